from __future__ import annotations

import pytest

from kbaudit.errors import UsageError
from kbaudit.model.life import STATES, Coverage
from kbaudit.store import Store, findings, intake, known
from kbaudit.store.findings import Filter
from kbaudit.triage import digest, triage
from tests.store.things import NOW, document, finding, later


def save(store: Store, *found: object, now=NOW, run: int = 1) -> None:  # type: ignore[no-untyped-def]
    with store.write() as db:
        coverage = Coverage(ran=frozenset({"SEA101", "CON201"}), fresh=frozenset({"help", "shop"}))
        done = triage(found, known.load(db), findings.active_suppressions(db), coverage, now=now, run=run)  # type: ignore[arg-type]
        known.save(db, done.found, done.moves, run=run, now=now)


@pytest.fixture
def queue(store: Store) -> Store:
    with store.write() as db:
        intake.put(db, document("a", owner="ann"), "1", run=1, now=NOW)
        intake.put(db, document("b"), "1", run=1, now=NOW)
    save(
        store,
        finding("one", questions=5),
        finding("two", questions=9, severity="low", documents=("b", "a")),
        finding(
            "three", rule="CON201", severity="medium", documents=("b",), message="Two return windows: 100% sure_ly."
        ),
        finding("four", source="shop", documents=("x",), questions=5, severity="medium"),
    )
    return store


def names(store: Store, wanted: Filter | None = None, **more: object) -> list[str]:
    with store.read() as db:
        return [item.finding.key[0] for item in findings.page(db, wanted, **more).items]  # type: ignore[arg-type]


def test_the_queue_weighs_severity_and_how_many_ask(queue: Store) -> None:
    assert names(queue) == ["one", "four", "two", "three"]
    assert names(queue, sort="severity") == ["one", "four", "three", "two"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(rules=("sea",)), {"one", "two", "four"}),
        (Filter(rules=("CON201", "XXX")), {"three"}),
        (Filter(severities=("medium",)), {"three", "four"}),
        (Filter(owners=("ann",)), {"one", "two"}),
        (Filter(sources=("shop",)), {"four"}),
        (Filter(document=("help", "b")), {"two", "three"}),
        (Filter(text="RETURN windows"), {"three"}),
        (Filter(text="100%"), {"three"}),
        (Filter(text="sure_ly"), {"three"}),
        (Filter(text="s_re"), set()),
        (Filter(text="'; DROP TABLE findings; --"), set()),
        (Filter(states=("resolved",)), set()),
        (Filter(changed_since=later(days=1)), set()),
    ],
)
def test_every_filter(queue: Store, wanted: Filter, expected: set[str]) -> None:
    assert set(names(queue, wanted)) == expected


@pytest.mark.parametrize("sort", findings.SORTS)
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_hold_every_finding_once(queue: Store, sort: str, limit: int) -> None:
    seen: list[str] = []
    cursor = None
    with queue.read() as db:
        while True:
            page = findings.page(db, sort=sort, limit=limit, cursor=cursor)
            assert page.total == 4
            seen += [item.finding.key[0] for item in page.items]
            cursor = page.next
            if cursor is None:
                break
    assert seen == names(queue, sort=sort)


@pytest.mark.parametrize("cursor", ["x", "W10", "not base64!", "WyJpbXBhY3QiLDEsMiwzLDRd"])
def test_a_foreign_cursor_is_refused(queue: Store, cursor: str) -> None:
    with queue.read() as db, pytest.raises(UsageError):
        findings.page(db, cursor=cursor)


def test_facets_count_what_each_choice_would_show(queue: Store) -> None:
    with queue.read() as db:
        counts = findings.facets(db, Filter(severities=("medium",)))
    assert counts["severity"] == {"high": 1, "low": 1, "medium": 2}
    assert counts["rule"] == {"CON201": 1, "SEA101": 1}
    assert counts["source"] == {"help": 1, "shop": 1}
    assert counts["owner"] == {}


def test_what_people_do_is_kept_as_rows(queue: Store) -> None:
    one = finding("one").fingerprint
    with queue.write() as db:
        findings.acknowledge(db, one, by="ann", now=later(hours=1), why="yes")
        findings.assign(db, one, "bob", by="ann", now=later(hours=2))
        findings.start(db, one, by="bob", now=later(hours=3))
        findings.comment(db, one, " on it ", by="bob", now=later(hours=4))
    with queue.read() as db:
        item = findings.get(db, one)
        assert item is not None
        assert (item.state, item.assignee, item.owner) == ("in_progress", "bob", "ann")
        assert [(t.kind, t.from_state, t.to_state, t.by, t.why) for t in findings.history(db, one)] == [
            ("opened", None, "open", "kbaudit", ""),
            ("acknowledged", "open", "acknowledged", "ann", "yes"),
            ("assigned", "acknowledged", "acknowledged", "ann", ""),
            ("started", "acknowledged", "in_progress", "bob", ""),
            ("commented", "in_progress", "in_progress", "bob", "on it"),
        ]
        assert findings.histories(db, [one])[one] == findings.history(db, one)
        assert findings.recent(db, limit=1)[0].kind == "commented"


def test_the_next_audit_leaves_what_people_did(queue: Store) -> None:
    one = finding("one")
    with queue.write() as db:
        findings.acknowledge(db, one.fingerprint, by="ann", now=later(hours=1))
        findings.assign(db, one.fingerprint, "bob", by="ann", now=later(hours=1))
    save(queue, finding("one", questions=7), now=later(days=1), run=2)
    with queue.read() as db:
        item = findings.get(db, one.fingerprint)
    assert item is not None
    assert (item.state, item.assignee, item.finding.impact.questions, item.opened_at) == ("acknowledged", "bob", 7, NOW)


def test_a_suppressed_finding_stays_away_until_it_is_released(queue: Store) -> None:
    one = finding("one").fingerprint
    with queue.write() as db:
        with pytest.raises(UsageError, match="reason"):
            findings.suppress(db, one, reason=" ", by="ann", now=NOW)
        with pytest.raises(UsageError, match="future"):
            findings.suppress(db, one, reason="x", by="ann", now=NOW, until=NOW)
        findings.suppress(db, one, reason="wanted", by="ann", now=NOW, until=later(days=30))
    assert "one" not in names(queue)
    assert names(queue, Filter(states=("suppressed",))) == ["one"]
    save(queue, finding("one"), finding("two"), finding("three", rule="CON201"), finding("four"), now=later(days=1))
    assert names(queue, Filter(states=("suppressed",))) == ["one"]
    with queue.write() as db:
        marked = findings.suppression(db, one)
        assert marked is not None and (marked.reason, marked.until) == ("wanted", later(days=30))
        findings.release(db, one, by="ann", now=later(days=2))
        assert findings.suppression(db, one) is None
    assert "one" in names(queue)


def test_a_resolved_finding_cannot_be_worked_on_but_commented(queue: Store) -> None:
    save(queue, now=later(days=1), run=2)
    one = finding("one").fingerprint
    with queue.write() as db:
        item = findings.get(db, one)
        assert item is not None and item.state == "resolved" and item.resolved_at == later(days=1)
        for act in (findings.acknowledge, findings.start):
            with pytest.raises(UsageError, match="resolved"):
                act(db, one, by="ann", now=later(days=2))
        findings.comment(db, one, "thanks", by="ann", now=later(days=2))
        item = findings.get(db, one)
    assert item is not None and item.resolved_at == later(days=1)


def test_unknown_findings_and_empty_comments_are_refused(queue: Store) -> None:
    with queue.write() as db:
        with pytest.raises(UsageError, match="no finding"):
            findings.comment(db, "nope", "x", by="ann", now=NOW)
        with pytest.raises(UsageError, match="says something"):
            findings.comment(db, finding("one").fingerprint, "  ", by="ann", now=NOW)


def test_a_finding_comes_back_as_it_was_stored(queue: Store) -> None:
    two = finding("two", questions=9, severity="low", documents=("b", "a"))
    with queue.read() as db:
        item = findings.get(db, two.fingerprint)
        assert findings.about(db, "help", "a", states=STATES)
    assert item is not None
    assert item.finding == two
    assert digest(item.finding) == digest(two)
