"""The pages: nothing without a password, text stays text, people's decisions are kept."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from kbaudit.model.record import ArticleRecord
from kbaudit.store import findings, intake, probes
from kbaudit.store.database import Store
from kbaudit.text.document import build
from tests.web.conftest import NASTY, PASSWORD

PAGES = """
/ /?rule=CON201&sort=severity&q=things /articles /articles/help/help/1 /articles/help/help/3 /events /gaps /gaps.csv
/gaps.xlsx /runs /runs/1 /sources /rules /ask /ask?q=returns /preview/help/help/1 /keys /api
/probes /probes.toml /review /review?days=28 /review?days=x /preview
""".split()
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")


def first(store: Store) -> str:
    with store.read() as db:
        return findings.page(db).items[0].fingerprint


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_who_is_logged_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/findings/0123456789abcdef01234567", "/holds/1"])
def test_no_page_opens_without_a_session(app: Any, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 302
    assert "/login" in answer.headers["Location"]


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/login", "/healthz", "/api/v1/findings", "/api/v1/nowhere"])
def test_every_answer_carries_the_safety_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert all(name in answer.headers for name in HEADERS)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/articles", "/articles/help/help/3", "/gaps", "/ask?q=x", "/probes"])
def test_text_from_outside_is_shown_as_text(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert NASTY not in page
    assert "<script>alert" not in page


def test_only_web_addresses_become_links(client: FlaskClient, store: Store) -> None:
    page = client.get(f"/findings/{first(store)}").text
    assert 'href="https://shop.example/returns"' in page
    assert "javascript:" not in page


def test_a_wrong_password_is_refused_and_counted(app: Any) -> None:
    client = app.test_client()
    answers = [client.post("/login", data={"name": "kim", "password": "wrong"}).status_code for _ in range(16)]
    assert answers == [401] * 15 + [429]
    assert client.post("/login", data={"name": "kim", "password": PASSWORD}).status_code == 429


def test_logging_out_ends_the_session_in_the_store_too(client: FlaskClient) -> None:
    cookie = client.get_cookie("kbaudit")
    assert cookie is not None
    client.post("/logout")
    client.set_cookie("kbaudit", cookie.value)
    assert client.get("/").status_code == 302


def test_after_login_only_paths_of_this_site_are_followed(app: Any) -> None:
    client = app.test_client()
    for target in ("//evil.example", "https://evil.example", "/\\evil.example"):
        answer = client.post(f"/login?next={target}", data={"name": "kim", "password": PASSWORD})
        assert answer.headers["Location"] == "/"


def test_a_request_from_another_site_changes_nothing(client: FlaskClient, store: Store) -> None:
    answer = client.post(f"/findings/{first(store)}/acknowledge", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_a_form_without_its_token_changes_nothing(app: Any, client: FlaskClient, store: Store) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(f"/findings/{first(store)}/acknowledge").status_code == 400


def test_a_viewer_decides_nothing(app: Any, store: Store) -> None:
    client = app.test_client()
    client.post("/login", data={"name": "vi", "password": PASSWORD})
    assert client.get("/").status_code == 200
    assert client.post(f"/findings/{first(store)}/acknowledge").status_code == 403
    assert client.get("/keys").status_code == 403


@pytest.mark.parametrize(
    ("action", "form", "state"),
    [
        ("acknowledge", {}, "acknowledged"),
        ("start", {}, "in_progress"),
        ("assign", {"assignee": "sam"}, "open"),
        ("comment", {"why": "looking into it"}, "open"),
        ("suppress", {"why": "both are right", "until": "2099-01-01"}, "suppressed"),
        ("verify", {}, "open"),
    ],
)
def test_a_decision_is_kept_with_who_made_it(
    client: FlaskClient, store: Store, action: str, form: dict[str, str], state: str
) -> None:
    fingerprint = first(store)
    assert client.post(f"/findings/{fingerprint}/{action}", data=form).status_code == 303
    with store.read() as db:
        item = findings.get(db, fingerprint)
        assert item is not None
        assert item.state == state
        assert findings.history(db, fingerprint)[-1].by == "kim"


@pytest.mark.parametrize("form", [{"why": ""}, {"why": "x", "until": "2001-01-01"}, {"why": "x", "until": "soon"}])
def test_a_suppression_needs_a_reason_and_an_end_ahead(client: FlaskClient, store: Store, form: dict[str, str]) -> None:
    fingerprint = first(store)
    client.post(f"/findings/{fingerprint}/suppress", data=form)
    with store.read() as db:
        item = findings.get(db, fingerprint)
        assert item is not None
        assert item.state == "open"


def test_the_first_user_needs_the_setup_code(app: Any, store: Store) -> None:
    from sqlalchemy import delete

    from kbaudit.store.schema import sessions, users

    with store.write() as db:
        db.execute(delete(sessions))
        db.execute(delete(users))
    app.extensions["kbaudit"].setup_token = "blue-lamp"
    client = app.test_client()
    assert client.get("/").headers["Location"] == "/setup"
    form = {"name": "first", "password": "long enough one", "again": "long enough one", "token": "red-lamp"}
    assert client.post("/setup", data=form).status_code == 422
    assert (
        client.post("/setup", data=form | {"token": "blue-lamp", "password": "short", "again": "short"}).status_code
        == 422
    )
    assert client.post("/setup", data=form | {"token": "blue-lamp"}).status_code == 302
    assert client.get("/").status_code == 200
    assert app.test_client().get("/setup").status_code == 302


def test_a_change_is_previewed_and_nothing_is_published(client: FlaskClient, store: Store) -> None:
    from kbaudit.store import documents

    page = client.post("/preview/help/help/1", data={"text": "Returns\n\nForty days.", "what": "edit"}).text
    assert "better" in page and "Findings that would go" in page and "Findings that it would open" in page
    assert NASTY not in page
    with store.read() as db:
        stored = documents.get(db, "help", "help/1")
    assert stored is not None
    assert stored.document is not None
    assert "Forty" not in stored.document.text


def test_a_conversation_is_shown_as_it_is_stored(client: FlaskClient, store: Store) -> None:
    from datetime import UTC, datetime

    from kbaudit.model.conversation import Conversation, Message
    from kbaudit.store import conversations

    talk = Conversation(
        id="c/1", source="chats", started_at=datetime.now(UTC), messages=(Message(role="customer", text=NASTY),)
    )
    with store.write() as db:
        conversations.put(db, talk, "hash", now=datetime.now(UTC))
    page = client.get("/conversations/chats/c/1?message=0").text
    assert "&lt;script&gt;" in page
    assert NASTY not in page
    assert client.get("/conversations/chats/other").status_code == 404


def test_a_wrong_password_makes_no_key_even_right_after_login(client: FlaskClient) -> None:
    form = {"name": "evil", "scope": "admin", "password": "bad"}
    assert "kba_" not in client.post("/keys", data=form, follow_redirects=True).text
    assert "kba_" in client.post("/keys", data={"name": "good", "scope": "read"}).text


def test_the_probes_page_shows_what_got_worse_and_what_stands_above(client: FlaskClient) -> None:
    page = client.get("/probes").text
    assert "3 worse" in page
    assert "/articles/help/help/3" in page
    assert "<polyline" in page and "The figures as a table" in page


def test_a_proposed_probe_is_accepted_by_a_person_and_exported(client: FlaskClient, store: Store) -> None:
    with store.read() as db:
        (waiting,) = probes.listed(db, ("proposed",))
    form = {"expected": "help/1\n help/2 \n"}
    assert client.post(f"/probes/{waiting.id}/accept", data=form).status_code == 303
    with store.read() as db:
        item = probes.get(db, waiting.id)
        assert item is not None and (item.state, item.decided_by, item.expected) == (
            "accepted", "kim", ("help/1", "help/2"),
        )  # fmt: skip
    text = client.get("/probes.toml").text
    assert {table["question"] for table in tomllib.loads(text)["probe"]} >= {"do you gift wrap"}


def test_an_article_that_is_not_there_answers_no_probe(client: FlaskClient, store: Store) -> None:
    with store.read() as db:
        (waiting,) = probes.listed(db, ("proposed",))
    client.post(f"/probes/{waiting.id}/accept", data={"expected": "nope"})
    assert "no article is called nope" in client.get("/probes").text
    with store.read() as db:
        assert [item.id for item in probes.listed(db, ("proposed",))] == [waiting.id]


def test_where_one_asks_it_is_said_whether_anything_fits(client: FlaskClient) -> None:
    assert "None of these is near" in client.get("/ask?q=qwerty").text
    assert "would probably be the answer" in client.get("/ask?q=returns").text


def test_a_right_answer_becomes_a_probe_where_one_asks(client: FlaskClient, store: Store) -> None:
    form = {"question": "how  long", "source": "help", "id": "help/1"}
    assert client.post("/probes/add", data=form).status_code == 303
    with store.read() as db:
        assert {item.question for item in probes.listed(db, ("accepted",))} >= {"how long"}
    assert client.post("/probes/add", data=form | {"id": "none"}).status_code == 404


def test_a_viewer_adds_no_probe(app: Any) -> None:
    client = app.test_client()
    client.post("/login", data={"name": "vi", "password": PASSWORD})
    assert client.post("/probes/propose").status_code == 403
    assert client.post("/probes/add", data={"question": "x"}).status_code == 403


def test_the_gaps_page_says_how_many_conversations_were_analysed(client: FlaskClient) -> None:
    page = client.get("/gaps").text
    assert "90 % of conversations analysed" in page
    assert "1 unreadable: no id" in page


def test_an_article_shows_who_else_reads_it_and_its_other_languages(client: FlaskClient, store: Store) -> None:
    now = datetime.now(UTC)
    with store.write() as db:
        for source, id_, more in (
            ("site", "returns", {"url": "https://www.shop.example/returns/#top"}),
            (
                "help",
                "help/1/de",
                {"url": "https://shop.example/de/returns", "locale": "de", "translation_of": "help/1"},
            ),
        ):
            record = ArticleRecord(id=id_, title=f"Title {id_}", body="<p>Something.</p>", **more)
            document = build(record, source=source, locale="en-US", zone=ZoneInfo("UTC"))
            intake.put(db, document, document.content_hash, run=None, now=now)
    text = client.get("/articles/help/help/1").get_data(as_text=True)
    assert "is read by" in text and '<a href="/articles/site/returns">' in text and "as it stands here" in text
    assert 'hreflang="de"' in text and "Title help/1/de" in text
    text = client.get("/articles/site/returns").get_data(as_text=True)
    assert '<a href="/articles/help/help/1">' in text and "as it stands in" in text
    assert "is read by" not in client.get("/articles/help/help/2").get_data(as_text=True)


def test_a_gap_shows_its_outline_and_a_new_article_begins_with_it(client: FlaskClient, store: Store) -> None:
    with store.read() as db:
        (item,) = findings.page(db, findings.Filter(rules=("GAP401",))).items
    page = client.get(f"/findings/{item.fingerprint}").text
    assert "Outline of the article" in page and f"/preview?finding={item.fingerprint}" in page
    assert "Wrapping\n\nWe wrap gifts.</textarea>" in client.get(f"/preview?finding={item.fingerprint}").text
