"""P1–P14 as far as articles go: every body ends as text, in part with a flag, or empty with a reason; in time."""

from __future__ import annotations

import os
import time

import pytest

from kbaudit.model.record import ArticleRecord
from kbaudit.parsing import close, guard, safe_extract, safe_page
from kbaudit.text.extract import Extract
from kbaudit.text.linear import MAX_TEXT

BODIES = {
    "nested divs": "<div>" * 200_000 + "hello world" + "</div>" * 200_000,
    "nested spans": "<span>" * 100_000 + "hello",
    "nested tables": "<table><tr><td>" * 30_000 + "hello",
    "unclosed bold": "<p><b><i>word " * 30_000,
    "paragraphs with links": "<p>word <a href='x'>link</a></p>" * 40_000,
    "fifty megabytes": "<p>lorem ipsum</p>" * 2_900_000,
    "one line of fifty megabytes": "x" * 50_000_000,
    "million short lines": "a\n" * 1_000_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">hello</p>",
    "open brackets": "<" * 1_000_000,
    "open tags": "<a " * 300_000,
    "open comments": "<!--" * 300_000,
    "open scripts": "<script " * 200_000,
    "colspan": "<table><tr><td colspan=9007199254740991>hello</td></tr></table>",
    "surrogates": "hello \ud800 world",
    "nul": "hello \0 world",
    "marks": "a" + "\u0301" * 100_000,
    "xml bomb": '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><p>hello &b;</p>',
    "xxe": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>hello &f;</p>',
    "entities": "&amp;" * 300_000,
    "row of many cells": "<table><tr>" + "<td>x</td>" * 10_000 + "</tr></table>",
    "many rows": "<table>" + "<tr><td>x</td></tr>" * 9_000 + "</table>",
}
MARKDOWN = {
    "emphasis": "*a_ " * 100_000,
    "brackets": "[" * 20_000,
    "images": "![[" * 20_000,
    "lists": "- a\n" * 20_000,
    "quotes": ">" * 3_000 + "hello",
    "table": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|b\n" * 2_000,
    "backticks": "".join("`" * n + "a" for n in range(1, 900)),
    "references": "[a]: /x\n" * 5_000 + "[a]" * 5_000,
    "html": "<a href='" * 20_000,
}
# A share of the tier's time; the wall limit of the child and its start come on top where the machine is busy.
SECONDS = guard.WALL_SECONDS + 25


def sound(found: Extract) -> None:
    """The contract of the plain text holds for whatever came back."""
    assert isinstance(found.text, str) and len(found.text) <= MAX_TEXT + 3_000
    found.text.encode("utf-8")
    for block in found.blocks:
        assert 0 <= block.start <= block.end <= len(found.text)


@pytest.mark.parametrize("kind", BODIES)
def test_a_hostile_body_ends_in_its_limits(kind):
    body = BODIES[kind]
    start = time.monotonic()
    found = safe_extract(ArticleRecord(id="x", title="Title", body=body))
    assert time.monotonic() - start < SECONDS
    sound(found)
    assert found.text.startswith("Title")
    # What is not all there says so.
    if "hello" in body and "hello" not in found.text:
        assert found.flags
    assert "root:" not in found.text
    if len(body) > 5_000_000:
        assert found.flags


@pytest.mark.parametrize("kind", MARKDOWN)
def test_hostile_markdown_ends_in_its_limits(kind):
    start = time.monotonic()
    found = safe_extract(ArticleRecord(id="x", title="Title", body=MARKDOWN[kind], body_kind="markdown"))
    assert time.monotonic() - start < SECONDS
    sound(found)


def test_a_hostile_text_and_title():
    for body in ("x\n" * 3_000_000, "y" * 50_000_000, "\u2028" * 100_000):
        sound(safe_extract(ArticleRecord(id="x", title="T" * 100_000, body=body, body_kind="text")))


@pytest.mark.parametrize("kind", [*BODIES, "empty", "pdf", "gif"])
def test_a_hostile_page_ends_in_its_limits(kind):
    body = {"empty": b"", "pdf": b"%PDF-1.7\n" + os.urandom(5000), "gif": b"GIF89a" + os.urandom(5000)}.get(kind)
    start = time.monotonic()
    page = safe_page(body if body is not None else BODIES[kind].encode("utf-8", "surrogatepass"), "http://l.example/a")
    assert time.monotonic() - start < SECONDS
    sound(safe_extract(ArticleRecord(id="x", title=page.title or "T", body=page.body, body_kind=page.body_kind)))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-be", "iso-8859-1", "windows-1252", "shift_jis", "gb18030", "koi8-r"]
)
def test_a_page_in_its_own_encoding(encoding):
    word = {"shift_jis": "返品", "gb18030": "退货", "koi8-r": "Возврат"}.get(encoding, "Rückgabe")
    text = f"<html><head><title>{word}</title></head><body><h1>{word}</h1><p>{word} {word}</p></body></html>"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    page = safe_page(mark + text.encode(encoding), "http://l.example/", charset=None if "16" in encoding else encoding)
    assert page.title == word and word in page.body


def test_a_child_that_dies_costs_one_document(monkeypatch):
    big = "<p>word</p>" * 9_000
    safe_extract(ArticleRecord(id="x", title="T", body=big))
    assert guard.child()._process is not None
    guard.child()._process.kill()
    first = safe_extract(ArticleRecord(id="x", title="T", body=big))
    again = safe_extract(ArticleRecord(id="x", title="T", body=big))
    assert again.flags == () and again.text.count("word") == 9_000
    assert first.text.count("word") == 9_000


def test_a_child_that_hangs_is_killed(monkeypatch):
    monkeypatch.setattr(guard, "WALL_SECONDS", 0.0)
    monkeypatch.setattr(guard, "START_SECONDS", 0.0)
    close()
    found = safe_extract(ArticleRecord(id="x", title="T", body="<p>word</p>" * 9_000))
    assert any(flag.startswith("parser_failed") for flag in found.flags) and found.text.count("word") == 9_000


def test_the_child_has_limits_and_no_network():
    script = (
        "import resource, socket; from kbaudit.parsing.child import limit; limit(); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_NOFILE)[0])\n"
        "try: open('/tmp/kbaudit-too-large', 'wb').write(b'x' * (65 * 1024 * 1024)); print('wrote')\n"
        "except OSError: print('refused')\n"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert str(1024**3) in done.stdout and " 32" in done.stdout and "wrote" not in done.stdout


def test_a_child_is_renewed():
    close()
    before = guard.child().started
    for _ in range(3):
        safe_extract(ArticleRecord(id="x", title="T", body="<p>word</p>" * 9_000))
    assert guard.child().started == before + 1
    guard.child()._served = guard.RECYCLED_AFTER
    safe_extract(ArticleRecord(id="x", title="T", body="<p>word</p>" * 9_000))
    assert guard.child().started == before + 2
