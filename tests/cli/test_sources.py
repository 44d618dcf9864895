"""`kbaudit sources`: add, test, status, list."""

from __future__ import annotations

import json
import stat
import tomllib

import pytest
from typer.testing import CliRunner

from kbaudit.cli.sources import app
from tests.fakes.zendesk import EMAIL, TOKEN, Zendesk


@pytest.fixture
def data(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.toml").write_text("# what is read\n")
    return tmp_path


def run(data, *words, **more):
    return CliRunner().invoke(app, [*words, "--data", str(data)], **more)


def test_add_tries_at_once_writes_a_commented_table_and_puts_the_secret_where_it_belongs(data):
    from kbaudit.testing import serve

    with serve(Zendesk().handle) as server:
        given = ["--set", f"url={server.url}", "--set", f"email={EMAIL}", "--set", f"token={TOKEN}"]
        given += ["--set", 'allow_private=["127.0.0.1"]']
        done = run(data, "add", "desk", "--connector", "zendesk", *given)
        assert done.exit_code == 0, done.output
        text = (data / "config" / "sources.toml").read_text()
        assert TOKEN not in text and TOKEN not in done.output and text.startswith("# what is read\n")
        table = tomllib.loads(text)["desk"]
        assert table["token_env"] == "DESK_TOKEN" and "  # the user that the token belongs to" in text
        secret = data / "secrets" / "DESK_TOKEN"
        assert secret.read_text().strip() == TOKEN and stat.S_IMODE(secret.stat().st_mode) == 0o600
        tried = run(data, "test", "--output-format", "json")
        assert tried.exit_code == 0 and json.loads(tried.stdout)[0]["ok"] is True
    assert run(data, "test").exit_code == 1
    assert "already" in str(run(data, "add", "desk", "--connector", "folder", "--set", "path=.").exception)
    assert "never read" in run(data, "status").output
    assert "desk" in run(data, "list").output


def test_add_writes_nothing_for_a_source_that_does_not_answer(data):
    done = run(data, "add", "help", "--connector", "sitemap", "--set", "url=http://10.0.0.1/")
    assert done.exit_code == 1 and "no public address" in done.output
    assert "help" not in (data / "config" / "sources.toml").read_text().replace("what is read", "")


def test_add_asks_for_what_is_missing(data, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.md").write_text("# A\n\nText.\n")
    done = run(data, "add", "texts", "--connector", "folder", input=f"{tmp_path / 'texts'}\n")
    assert done.exit_code == 0, done.output
    assert tomllib.loads((data / "config" / "sources.toml").read_text())["texts"]["path"] == str(tmp_path / "texts")


def test_a_source_is_paused_with_a_reason_left_out_and_resumed(data):
    (data / "a.jsonl").write_text('{"id": "1", "title": "A", "body_text": "x"}\n')
    for name in ("one", "two"):
        assert run(data, "add", name, "--connector", "jsonl", "--set", f"path={data / 'a.jsonl'}").exit_code == 0
    assert run(data, "pause", "one").exit_code != 0
    assert run(data, "pause", "nope", "--reason", "x").exit_code != 0
    assert run(data, "pause", "one", "--reason", "we move").exit_code == 0
    assert "paused" in run(data, "status").output and "we move" in run(data, "status").output
    from kbaudit.app import App

    found = App.open(data)
    assert [done.source for done in found.sync()] == ["two"]
    found.close()
    assert run(data, "resume", "one").exit_code == 0
    assert "every 6 hours" in run(data, "status").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--connector", "zendsk"], 'no connector "zendsk". Did you mean "zendesk"?'),
        (
            ["--connector", "zendesk", "--set", "url=acme.example", "--set", "email=a@b.example"],
            'Did you mean "https://acme.example"?',
        ),
        (["--connector", "sitemap", "--set", "url=ftp://acme.example/"], 'Did you mean "https://acme.example/"?'),
        (["--connector", "sitemap", "--set", "url=http://a.example", "--set", "colour=red"], 'unknown key "colour"'),
        (["--connector", "sitemap", "--set", "url=http://a.example", "--set", "schedule=soon"], '"schedule" cannot be'),
        (["--connector", "sitemap", "--set", "url=http://a.example", "--set", "max_pages=many"], "a whole number, not"),
    ],
)
def test_add_writes_nothing_that_the_next_command_could_not_read(data, words, said):
    done = run(data, "add", "help", *words)
    assert done.exit_code != 0 and said in str(done.exception)
    assert run(data, "list").exit_code == 0 and "help" not in (data / "config" / "sources.toml").read_text()


def test_add_asks_once_and_says_that_the_host_wants_a_pause(data):
    from kbaudit.testing import Reply, serve

    with serve(lambda request: Reply(429, b"", {"Retry-After": "in a fortnight"})) as server:
        settings = ["--set", f"url={server.url}/help/", "--set", 'allow_private=["127.0.0.1"]']
        done = run(data, "add", "help", "--connector", "sitemap", *settings)
    assert done.exit_code == 1 and "asks for a pause of 3" in done.output and len(server.requests) == 1
