"""A real store with real documents and findings, and an app over it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from kbaudit.config import Settings, Shop
from kbaudit.facts.analysed import Analysed
from kbaudit.facts.probes import ProbeReport, ProbeResult, measure_ranks, probe_id
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence, Finding, Impact, Ref
from kbaudit.model.life import Transition
from kbaudit.model.record import ArticleRecord
from kbaudit.store import access, intake, known, open_store, probes, reports, runs
from kbaudit.store.database import Store
from kbaudit.store.probes import Stored
from kbaudit.text.document import build
from kbaudit.web import create_app
from kbaudit.web.auth import hash_password

PASSWORD = "correct horse battery"
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HASHED = hash_password(PASSWORD)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def article(number: int, title: str, body: str, **more: Any) -> Document:
    record = ArticleRecord(id=f"help/{number}", title=title, body=body, body_kind="html", **more)
    return build(record, source="help", locale="en-US", zone=ZoneInfo("UTC"))


def conflict(one: Document, two: Document, policy: str, impact: int) -> Finding:
    def side(document: Document, name: str) -> Evidence:
        block = document.blocks[1]
        return Evidence.of(document, block.start, block.end, side=name, note="says so")

    return Finding(
        rule="CON201",
        name="conflicting-policy",
        severity="high",
        subject={"policy": policy, "scope": "everyone", "values": ["30 days", "14 days"]},
        key=(policy, one.id, two.id),
        message=f"Two articles promise different things about {policy}.",
        documents=(Ref.to(one), Ref.to(two)),
        evidence=(side(one, "a"), side(two, "b")),
        suggestion="Change the older one to 30 days.",
        score=0.95,
        impact=Impact(impact, impact / 4),
    )


def gap(number: int, label: str) -> Finding:
    refs = [Ref("chats", f"c{number}{at}", kind="conversation") for at in range(3)]
    return Finding(
        rule="GAP401",
        name="unanswered-cluster",
        severity="high",
        subject={"cluster": f"cluster-{number}", "label": label},
        key=(f"cluster-{number}",),
        message=f"Customers keep asking about {label}.",
        documents=tuple(refs),
        evidence=tuple(Evidence(ref=ref, quote=f"Do you have {label}?", message=0) for ref in refs),
        suggestion="Write an article.",
        score=0.8,
        impact=Impact(7, 2.5),
        cause="missing article",
        extra={
            "outline": {"title": "Wrapping", "answer": "We wrap gifts.", "must_cover": [label], "to_confirm": "Who?"},
        },
    )


def fill(store: Store, items: list[Finding], texts: list[Document], now: datetime) -> None:
    with store.write() as db:
        run = runs.begin(db, "audit", holder="test", now=now, alive=lambda holder: True)
        for document in texts:
            intake.put(db, document, document.content_hash, run=run, now=now)
        moves = [
            Transition(
                fingerprint=f.fingerprint, kind="opened", from_state=None, to_state="open", at=now, by="audit", run=run
            )
            for f in items
        ]
        known.save(
            db,
            {f.fingerprint: (f, "digest", {f"{d.source}\x1f{d.id}": "hash" for d in f.documents}) for f in items},
            moves,
            run=run,
            now=now,
        )
        day = now.date()
        reports.save_events(
            db,
            [
                {
                    "event": "Lantern Week",
                    "region": "US",
                    "start": (day + timedelta(days=20)).isoformat(),
                    "end": (day + timedelta(days=26)).isoformat(),
                    "load_by": (day - timedelta(days=1)).isoformat(),
                    "gone_by": (day + timedelta(days=33)).isoformat(),
                    "articles": [{"source": "help", "id": "help/1", "title": "Returns", "url": None}],
                }
            ],
        )
        reports.save_coverage(db, Analysed(10, 9, 7, {}, {"unreadable: no id": 1}), run=run)
        runs.finish(db, run, "done", now=now, counts={"findings": len(items)})


def measure(store: Store, rank: int | None, now: datetime) -> None:
    """An accepted probe as an audit measured it, and one that waits."""
    question = f"may I send it back {NASTY}"
    with store.write() as db:
        id_ = probes.add(db, question, ["help/1"], by="kim", now=now).id
        waiting = Stored(
            id=probe_id("gift wrap", None), state="proposed", origin="conversation", question="do you gift wrap",
            locale=None, expected=("help/2",), why="2 conversations", source="chats", conversation="c10",
        )  # fmt: skip
        probes.propose(db, [waiting], now=now, most=5)
        run = runs.begin(db, "audit", holder="test", now=now, alive=lambda holder: True)
        result = ProbeResult(id_, question, ("help/1",), rank, (("help", "help/3"),), 0.5)
        probes.save(db, ProbeReport((result,), measure_ranks([rank])), {}, run=run, now=now)
        runs.finish(db, run, "done", now=now)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "kbaudit.sqlite3")
    now = datetime.now(UTC)
    one = article(1, "Returns", "<p>You may send things back within 30 days.</p>", url="https://shop.example/returns")
    two = article(2, "Sending back", "<p>You may send things back within 14 days.</p>", url="javascript:alert(3)")
    three = article(3, f"Nasty {NASTY}", f"<p>{NASTY.replace('<', '&lt;')} text</p>", url="https://shop.example/nasty")
    fill(
        store,
        [conflict(one, two, "return window", 40), conflict(two, three, NASTY, 3), gap(1, "gift wrap")],
        [one, two, three],
        now,
    )
    measure(store, 1, now - timedelta(days=1))
    measure(store, 3, now)
    with store.write() as db:
        access.add_user(db, "kim", HASHED, role="admin", now=now)
        access.add_user(db, "vi", HASHED, role="viewer", now=now)
    yield store
    store.close()


@pytest.fixture
def app(store: Store) -> Any:
    def ingest(rows: list[Any], by: str) -> tuple[list[str], list[Any]]:
        return [row["id"] for row in rows], []

    def ask(do: str, **arguments: Any) -> Any:
        if do == "ask":
            near = arguments["question"] != "qwerty"
            return [
                {
                    "source": "help",
                    "id": "help/1",
                    "title": "Returns",
                    "score": 0.9,
                    "dense": 0.8 if near else 0.1,
                    "likely": near,
                    "keyword": 0.7,
                    "passage": NASTY,
                }
            ]
        if do == "preview":
            row = {
                "question": NASTY, "conversation": ["chats", "c10"], "right": "help/1", "rank_before": None,
                "rank_after": 1, "first_before": None, "first_after": "help/1", "dense_before": 0.1,
                "dense_after": 0.9, "change": "better",
            }  # fmt: skip
            told = {"fingerprint": "0" * 24, "rule": "CON201", "severity": "high", "message": NASTY}
            found = {"gone": [told], "stays": [], "new": [told]}
            return {"better": 1, "worse": 0, "behind": [row], "regression": [], **found}
        return {"claims": [], "asked": arguments["answer"]}

    app = create_app(store, Settings(shop=Shop(name="Lamp & Co")), ingest=ingest, ask=ask)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client(app: Any) -> FlaskClient:
    client = app.test_client()
    assert client.post("/login", data={"name": "kim", "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def key(store: Store) -> str:
    with store.write() as db:
        return access.create_key(db, "helpdesk", scopes=["read", "write", "ingest"], by="kim", now=datetime.now(UTC))[1]


@contextmanager
def browsing(app: Any) -> Iterator[Any]:
    """A page of a browser that notes whatever goes wrong, and fails for it at the end."""
    from playwright.sync_api import sync_playwright
    from waitress import create_server

    app.config["WTF_CSRF_ENABLED"] = True
    server = create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{server.effective_port}")
        page.trouble = []
        page.on("dialog", lambda dialog: (page.trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda line: page.trouble.append(line.text) if line.type == "error" else None)
        # The icon's request is dropped when a page is left at once.
        page.on("requestfailed", lambda r: None if r.url.endswith(".svg") else page.trouble.append(f"failed {r.url}"))
        yield page
        assert page.trouble == []
        browser.close()
    server.close()


@pytest.fixture
def page(app: Any) -> Iterator[Any]:
    with browsing(app) as page:
        page.goto("/")
        page.fill("#name", "kim")
        page.fill("#password", PASSWORD)
        page.click("button.main")
        page.wait_for_url("**/")
        page.trouble.clear()
        yield page
