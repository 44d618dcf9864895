"""`kbaudit check` as programs call it: exit status, JSON, problems, determinism."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kbaudit.checks.catalogue import all_checks

ARTICLES = [
    {"id": "returns", "title": "Returns", "body_text": "You can return any item within 30 days of delivery."},
    {"id": "faq", "title": "Questions", "body_html": "<p>You can return any item within 14 days of delivery.</p>"},
    {"id": "bf", "title": "Black Friday 2024", "body_text": "Black Friday 2024 ends on Friday 29 November 2024."},
]


def kbaudit(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kbaudit.cli", *words], capture_output=True, text=True, cwd=cwd, check=False, timeout=120
    )


def write(path: Path, rows: list[Any]) -> str:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return str(path)


@pytest.fixture
def articles(tmp_path: Path) -> str:
    return write(tmp_path / "articles.jsonl", ARTICLES)


def report(*words: str) -> dict[str, Any]:
    done = kbaudit("check", *words, "--output-format", "json")
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_report_has_the_shape_of_the_contract(articles: str) -> None:
    found = report("--articles", articles, "--as-of", "2026-04-10")
    assert found["version"] == 1
    assert found["as_of"] == "2026-04-10"
    assert found["read"] == {"articles": 3, "products": 0, "conversations": 0, "skipped": 0}
    assert {"rule": "CAT301", "reason": "no products given"} in found["not_run"]
    rules = {item["rule"] for item in found["findings"]}
    assert {"CON201", "SEA101"} <= rules
    for item in found["findings"]:
        fields = "fingerprint rule name severity subject message documents evidence suggestion impact score"
        assert set(fields.split()) <= set(item)
        assert 0 <= item["score"] <= 1
        assert set(item["impact"]) == {"questions", "per_week"}


def test_quotes_stand_where_the_offsets_say(articles: str) -> None:
    for item in report("--articles", articles, "--as-of", "2026-04-10")["findings"]:
        for evidence in item["evidence"]:
            if "start" in evidence:
                done = kbaudit("text", "--articles", articles, evidence["document"])
                assert done.stdout[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_the_order_of_input_and_the_name_of_the_folder_change_nothing(tmp_path: Path, articles: str) -> None:
    first = report("--articles", articles, "--as-of", "2026-04-10")
    (tmp_path / "elsewhere").mkdir()
    shuffled = ARTICLES[:]
    random.Random(3).shuffle(shuffled)
    second = report("--articles", write(tmp_path / "elsewhere" / "articles.jsonl", shuffled), "--as-of", "2026-04-10")
    assert first["findings"] == second["findings"]


def test_a_bad_line_is_listed_and_the_good_ones_are_used(tmp_path: Path) -> None:
    path = write(
        tmp_path / "articles.jsonl",
        [ARTICLES[0], "{nonsense", {"id": "x", "body_text": "no title"}, "[1]", ARTICLES[1]],
    )
    found = report("--articles", path)
    assert found["read"]["articles"] == 2
    assert found["read"]["skipped"] == 3
    assert [(p["file"], p["line"]) for p in found["problems"]] == [("articles.jsonl", n) for n in (2, 3, 4)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--select", "FRE704"], 0),
        (["--select", "CON201"], 1),
        (["--select", "CON201", "--fail-on", "never"], 0),
        (["--select", "sea,con201", "--ignore", "CON,SEA"], 0),
        (["--select", "NOPE"], 2),
        (["--as-of", "tomorrow"], 2),
        (["--output-format", "yaml"], 2),
        (["--region", "XX"], 2),
    ],
)
def test_the_exit_status_says_how_it_went(articles: str, words: list[str], status: int) -> None:
    done = kbaudit("check", "--articles", articles, "--as-of", "2026-04-10", *words)
    assert done.returncode == status, done.stderr
    if status == 2:
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--articles", "nowhere.jsonl"],
        ["--articles", "."],
        ["--products", "x.exe"],
        ["--config", "nowhere"],
        ["--bogus"],
    ],
)
def test_wrong_usage_is_told_in_a_sentence(tmp_path: Path, words: list[str]) -> None:
    done = kbaudit("check", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_empty_base_with_conversations_is_valid(tmp_path: Path) -> None:
    row = {"id": "c", "started_at": "2026-04-01", "messages": [{"role": "customer", "text": "Do you sell gift cards?"}]}
    path = write(tmp_path / "chats.jsonl", [row])
    assert kbaudit("check", "--conversations", path, "--as-of", "2026-04-10").returncode == 0


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_every_format_is_written_to_a_file(tmp_path: Path, articles: str, form: str) -> None:
    out = tmp_path / "report"
    done = kbaudit(
        "check", "--articles", articles, "--as-of", "2026-04-10", "--output-format", form, "--output", str(out)
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "30 days" in out.read_text("utf-8")


def test_sarif_names_the_file_of_a_folder_and_the_line_of_the_quotation(tmp_path: Path) -> None:
    page = tmp_path / "help center" / "en" / "old.md"
    page.parent.mkdir(parents=True)
    page.with_suffix(".jpg").write_bytes(b"no article")
    page.write_text(
        "# Holiday deadlines 2024\n\nHello.\n\nOrder by December 18, 2024 to have it before Christmas 2024.\n"
    )
    done = kbaudit("check", "--articles", str(page.parents[1]), "--as-of", "2026-04-10", "--output-format", "sarif")
    places = [
        location["physicalLocation"]
        for result in json.loads(done.stdout)["runs"][0]["results"]
        for location in result["locations"] + result["relatedLocations"]
    ]
    assert {place["artifactLocation"]["uri"].rpartition("/help")[2] for place in places} == {"%20center/en/old.md"}
    assert {place["region"]["startLine"] for place in places} <= {1, 5}
    assert not any("charOffset" in place["region"] for place in places)


def test_html_runs_nothing_and_escapes_everything(tmp_path: Path) -> None:
    nasty = [{**row, "title": f"<script>alert(1)</script> {row['title']}"} for row in ARTICLES]
    path = write(tmp_path / "articles.jsonl", nasty)
    page = kbaudit("check", "--articles", path, "--as-of", "2026-04-10", "--output-format", "html").stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_terminal_escapes_in_an_article_never_reach_the_terminal(tmp_path: Path) -> None:
    evil = [{**row, "title": "\u001b[31mred\u0007 " + row["title"]} for row in ARTICLES]
    done = kbaudit("check", "--articles", write(tmp_path / "a.jsonl", evil), "--as-of", "2026-04-10")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_help_is_quick() -> None:
    kbaudit("--help")
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert kbaudit("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.5, "seconds of CPU, since the machine may be busy: 0.2 on an idle one"


def test_every_rule_explains_itself() -> None:
    for check in all_checks():
        page = check.explanation()
        for heading in ("Why it matters", "Flagged", "Not flagged", "Fix"):
            assert heading in page, f"{check.code} has no heading {heading}"
        assert kbaudit_rules_name(check.code) == check.name


def kbaudit_rules_name(code: str) -> str:
    formats = Path(__file__).parents[2] / ".." / "shared" / "formats.md"
    if not formats.exists():
        pytest.skip("the contract is not at hand")
    rules = formats.read_text("utf-8").partition("## Rules\n")[2]
    row = next(line for line in rules.splitlines() if line.startswith(f"| {code} |"))
    return row.split("|")[2].strip()


def test_a_site_on_this_machine_is_read_when_it_is_typed(httpserver: HTTPServer) -> None:
    httpserver.no_handler_status_code = 404
    for name, days in (("returns", 30), ("faq", 14)):
        body = f"<h1>{name}</h1><p>You can return any item within {days} days.</p>"
        page = f"<html lang=en><title>{name}</title><main>{body}"
        httpserver.expect_request(f"/help/{name}").respond_with_data(page, content_type="text/html")
    names = "".join(f"<url><loc>{httpserver.url_for(f'/help/{name}')}</loc></url>" for name in ("returns", "faq"))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{names}</urlset>'
    httpserver.expect_request("/sitemap.xml").respond_with_data(sitemap, content_type="application/xml")
    found = report("--articles", httpserver.url_for("/help/"), "--select", "CON201")
    assert found["read"]["articles"] == 2
    assert [item["rule"] for item in found["findings"]] == ["CON201"]


@pytest.mark.parametrize("command", [["check"], ["report", "events"]])
@pytest.mark.parametrize(
    ("event", "said"),
    [
        ('start = "blah"', '[Sale]: "start" cannot be read: "blah"'),
        ('start = 2026-05-02\nend = "5th of never"', '[Sale]: "end" cannot be read: "5th of never"'),
        ('holiday = "no such day"', '[Sale]: "holiday" cannot be read'),
        ('start = "2026-13-45"', '[Sale]: "start" cannot be read'),
    ],
)
def test_a_day_of_an_event_that_cannot_be_read_is_wrong_usage(
    tmp_path: Path, command: list[str], event: str, said: str
) -> None:
    (tmp_path / "events.toml").write_text(f'[[event]]\nname = "Sale"\n{event}\n')
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "Returns", "body_text": "Send it back."}\n')
    done = kbaudit(*command, "--articles", str(tmp_path / "a.jsonl"), "--config", str(tmp_path))
    assert done.returncode == 2 and f"{tmp_path}/events.toml {said}" in done.stderr


@pytest.mark.parametrize("region", ["XX", "UK", "usa"])
def test_a_region_that_is_none_is_wrong_usage(tmp_path: Path, region: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "Returns", "body_text": "Send it back."}\n')
    done = kbaudit("check", "--articles", str(tmp_path / "a.jsonl"), "--region", region)
    assert done.returncode == 2 and f'"{region.upper()}" is no region' in done.stderr
