"""`kbaudit ask` and `kbaudit replay` over files, with the real model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kbaudit.cli.replay import render
from kbaudit.errors import UsageError
from kbaudit.jobs.ask import ask
from kbaudit.jobs.corpus import place_of
from kbaudit.jobs.replay import edited, replay
from kbaudit.testing import snapshot_of

pytestmark = pytest.mark.model
ARTICLES = [
    {"id": "sooner", "title": "Getting it sooner", "body_text": "Pick the blue option at checkout. It costs $15."},
    {"id": "season", "title": "Spring week", "body_text": "How much is express shipping? Express shipping is $5."},
    {"id": "pay", "title": "Ways to pay", "body_text": "We accept cards and PayPal. Vouchers are taken at checkout."},
    {"id": "ret", "title": "Returns", "body_text": "You may send goods back within 30 days of delivery."},
]


def conversation(name: str, question: str, article: str) -> dict[str, object]:
    return {
        "id": name,
        "started_at": "2026-04-01T10:00:00Z",
        "resolved": True,
        "csat": 5,
        "messages": [
            {"role": "customer", "text": question},
            {"role": "ai", "text": "Here is what holds.", "sources": [article]},
            {"role": "customer", "text": "Thank you, that solved it!"},
        ],
    }


CONVERSATIONS = [
    conversation("a", "How much is express shipping?", "sooner"),
    conversation("b", "What does express shipping cost?", "sooner"),
    conversation("c", "Can I pay with PayPal?", "pay"),
    conversation("d", "How long may I take to send goods back?", "ret"),
]


def test_ask_shows_passages_with_the_parts_of_their_scores() -> None:
    found = ask(snapshot_of(articles=ARTICLES), "can I use PayPal", "en", 3)
    assert found[0].id == "pay"
    assert [item.rank for item in found] == [1, 2, 3]
    assert "PayPal" in found[0].passage
    assert all(0 <= value <= 1 for item in found for value in (item.score, item.dense, item.keyword))


def test_replay_says_what_gets_better_and_what_worse() -> None:
    snapshot = snapshot_of(articles=ARTICLES, conversations=CONVERSATIONS, as_of="2026-04-10")
    season = next(document.ref for document in snapshot.documents if document.id == "season")
    result = replay(snapshot, (), [season])
    better = {
        (row.conversation or ("", ""))[1] for row in (*result.behind, *result.regression) if row.change == "better"
    }
    assert better == {"a", "b"}
    assert result.worse == 0
    pay = next(document.ref for document in snapshot.documents if document.id == "pay")
    assert replay(snapshot, (), [pay]).worse == 1


def test_the_commands_print_for_people_and_programs(tmp_path: Path) -> None:
    from kbaudit.cli.ask import command as ask_command
    from kbaudit.cli.replay import command as replay_command

    for name, rows in (("articles", ARTICLES), ("conversations", CONVERSATIONS)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    edited = tmp_path / "sooner.md"
    edited.write_text('---\ntitle: "Express shipping: what it costs"\n---\nExpress shipping costs $15.\n', "utf-8")
    import typer

    app = typer.Typer()
    app.command("ask")(ask_command)
    app.command("replay")(replay_command)
    base = ["--articles", str(tmp_path / "articles.jsonl")]
    asked = CliRunner().invoke(app, ["ask", "can I use PayPal", *base, "--output-format", "json"])
    assert asked.exit_code == 0
    assert json.loads(asked.stdout)[0]["id"] == "pay"
    tried = CliRunner().invoke(
        app,
        [
            "replay",
            "--with",
            str(edited),
            "--without",
            "season",
            *base,
            "--conversations",
            str(tmp_path / "conversations.jsonl"),
        ],
    )
    assert tried.exit_code == 0, tried.output
    assert "2 better, 0 worse" in tried.stdout
    nothing = CliRunner().invoke(app, ["replay", *base])
    assert nothing.exit_code != 0


def test_a_finding_is_named_with_a_data_folder_only(tmp_path: Path) -> None:
    import typer

    from kbaudit.cli.replay import command
    from kbaudit.errors import UsageError

    app = typer.Typer()
    app.command()(command)
    page = tmp_path / "a.md"
    page.write_text("# Returns\n\nThirty days.\n")
    done = CliRunner().invoke(app, ["--with", str(page), "--articles", str(tmp_path), "--finding", "0" * 24])
    assert isinstance(done.exception, UsageError) and "data folder" in str(done.exception)


@pytest.mark.parametrize(
    ("name", "front", "id_"),
    [
        ("copy.html", "url: https://shop.example/help/season/", "season"),
        ("copy.html", "title: Ways to pay", "pay"),
        ("ret.html", "title: Sending back", "ret"),
        ("copy.html", "url: https://shop.example/help/other", "copy"),
    ],
)
def test_a_file_takes_the_place_of_the_article_that_it_is_a_copy_of(
    tmp_path: Path, name: str, front: str, id_: str
) -> None:
    rows = [row | {"url": f"https://shop.example/help/{row['id']}"} for row in ARTICLES]
    snapshot = snapshot_of(articles=rows, conversations=CONVERSATIONS, as_of="2026-04-10")
    (tmp_path / name).write_text(f"---\n{front}\n---\n<h1>Copied</h1><p>Express shipping is $7.</p>", "utf-8")
    changed = edited(tmp_path / name, snapshot.documents, place_of(snapshot.settings, snapshot.regions))
    assert changed.id == id_
    result = replay(snapshot, [changed])
    assert result.new == (("copy",) if id_ == "copy" else ())
    assert ("with copy as a new article" in render(result)) is (id_ == "copy")


def test_a_file_that_may_stand_for_several_articles_is_no_new_one(tmp_path: Path) -> None:
    rows = [{**ARTICLES[0], "id": f"{locale}/sooner", "locale": locale} for locale in ("de", "fr")]
    snapshot = snapshot_of(articles=rows, as_of="2026-04-10")
    (tmp_path / "sooner.md").write_text("# Getting it sooner\n\nIt costs $7.\n", "utf-8")
    place = place_of(snapshot.settings, snapshot.regions)
    with pytest.raises(UsageError, match=r"may stand for 2 articles with its name: .*de/sooner.*`id:`"):
        edited(tmp_path / "sooner.md", snapshot.documents, place)
    (tmp_path / "sooner.md").write_text("---\nid: fr/sooner\n---\n# Getting it sooner\n\nIt costs $7.\n", "utf-8")
    assert edited(tmp_path / "sooner.md", snapshot.documents, place).id == "fr/sooner"
