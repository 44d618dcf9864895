"""Markup to plain text: the contract of offsets."""

from __future__ import annotations

import pytest

from kbaudit.text.extract import from_html, from_markdown, from_text

CASES = [
    ("inline markup is one line", "<p>Hello <b>big</b> <i>world</i>.</p>", "Hello big world."),
    ("blocks are lines", "<p>one</p><div>two<p>three</p>four</div>", "one\ntwo\nthree\nfour"),
    ("white space folds", "<p>a \n\t b&nbsp;c</p>", "a b c"),
    ("list items are lines", "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>", "one\ntwo\nthree"),
    ("cells are parted by a bar", "<table><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table>", "A | B\n1 | 2"),
    ("an empty cell keeps its place", "<table><tr><td>1<td><td>3</tr></table>", "1 | | 3"),
    ("a paragraph in a cell stays in its row", "<table><tr><td><p>a</p><p>b</p><td>c</tr></table>", "a b | c"),
    ("a break is a new line", "one<br>two", "one\ntwo"),
    ("what nobody sees is left out", "<p>a</p><script>x</script><style>y</style><p hidden>z</p><!-- c -->", "a"),
    ("styles that hide hide", "<p style='display: none'>a</p><p>b</p>", "b"),
    ("invisible characters go", "<p>a\u200bb\u202ec\U000e0041</p>", "abc"),
    ("entities are read", "<p>a &amp; b &lt;c&gt; &#8364;</p>", "a & b <c> €"),
    ("nothing is nothing", "", ""),
    ("broken markup is read as far as it goes", "<p>a<b>b</p></b><td>c", "ab\nc"),
]


@pytest.mark.parametrize(("what", "html", "text"), CASES, ids=[case[0] for case in CASES])
def test_html_becomes_its_visible_text(what: str, html: str, text: str) -> None:
    assert from_html("T", html).text == f"T\n\n{text}" if text else "T\n"


@pytest.mark.parametrize("html", [case[1] for case in CASES])
def test_every_block_is_a_slice_of_the_text_and_in_order(html: str) -> None:
    found = from_html("T", html)
    assert found.text[: found.blocks[0].end] == "T"
    assert "\n".join(found.text[b.start : b.end] for b in found.blocks[1:]) == found.text[3:]
    for block in found.blocks:
        assert all(block.start <= a <= b <= block.end for a, b in block.cells)


def test_headings_make_the_path_of_what_stands_below() -> None:
    found = from_markdown("T", "# A\n\nx\n\n## B\n\ny\n\n# C\n\nz")
    paths = {found.text[b.start : b.end]: b.path for b in found.blocks if b.kind == "paragraph"}
    assert paths == {"x": ("A",), "y": ("A", "B"), "z": ("C",)}


def test_a_table_row_knows_its_columns() -> None:
    found = from_markdown("T", "| Service | Days |\n|---|---|\n| Express | 2 |")
    row = found.blocks[-1]
    assert row.columns == ("Service", "Days")
    assert [found.text[a:b] for a, b in row.cells] == ["Express", "2"]


def test_links_and_struck_words_know_where_they_stand() -> None:
    found = from_html("T", "<p>was <s>$40</s> now <a href='/x'>$30</a></p>", "https://shop.example/help/")
    assert [(link.href, found.text[link.start : link.end]) for link in found.links] == [
        ("https://shop.example/x", "$30")
    ]
    assert [found.text[a:b] for a, b in found.struck] == ["$40"]


def test_a_quotation_is_known_and_a_note_is_none() -> None:
    quoted = from_markdown("T", "> They promise 90 days.")
    note = from_markdown("T", "> [!NOTE]\n> We promise 30 days.")
    assert quoted.blocks[-1].quoted
    assert not note.blocks[-1].quoted
    assert note.text.endswith("We promise 30 days.")


def test_plain_text_keeps_its_lines() -> None:
    found = from_text("T", "one\r\n\r\n- two\n three ")
    assert found.text == "T\n\none\n- two\nthree"
    assert [block.kind for block in found.blocks] == ["title", "paragraph", "list_item", "paragraph"]
