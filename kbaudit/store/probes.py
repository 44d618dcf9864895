"""Golden probes that people accepted or that wait for their decision, and how well each audit found them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from kbaudit.config import Probe
from kbaudit.errors import UsageError
from kbaudit.facts.probes import Measures, ProbeReport, probe_id
from kbaudit.store import documents
from kbaudit.store.schema import conversations, probe_results, probe_runs, probes

State = Literal["proposed", "accepted", "dismissed"]
STATES: tuple[State, ...] = ("proposed", "accepted", "dismissed")
CONFIG = "config"
LEFT = "it left config/probes.toml"
# A rank beyond this is as good as not found: what moves below it is no change worth telling.
SEEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A probe. `origin`: config, gap, conversation or person; `why` says what speaks for it; `finding` is the gap and
    (`source`, `conversation`) the conversation that it comes from."""

    id: str
    state: State
    origin: str
    question: str
    locale: str | None
    expected: tuple[str, ...]
    why: str = ""
    finding: str | None = None
    source: str | None = None
    conversation: str | None = None
    made_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A probe with its rank in the newest measuring and in the one before (`known_before` False: it was not measured
    then), what stands above it now, and its expected names that no live article has."""

    probe: Stored
    rank: int | None
    before: int | None
    known_before: bool
    above: tuple[Mapping[str, str], ...]
    missing: tuple[str, ...]
    score: float

    @property
    def moved(self) -> Literal["better", "worse", "same", "new"]:
        """What became of it since the measuring before."""
        if not self.known_before:
            return "new"
        now, then = min(self.rank or SEEN + 1, SEEN + 1), min(self.before or SEEN + 1, SEEN + 1)
        return "worse" if now > then else "better" if now < then else "same"


@dataclass(frozen=True, slots=True)
class Point:
    """What one audit measured."""

    run: int
    at: datetime
    measures: Measures


def _stored(row: Row[Any]) -> Stored:
    return Stored(**(row._asdict() | {"expected": tuple(row.expected)}))


# Reading ----------------------------------------------------------------------------------------------------------


def listed(db: Connection, states: Sequence[str] = STATES) -> tuple[Stored, ...]:
    """Probes in these states, by question."""
    query = select(probes).where(probes.c.state.in_(states)).order_by(probes.c.question, probes.c.id)
    return tuple(_stored(row) for row in db.execute(query))


def get(db: Connection, id: str) -> Stored | None:
    """One probe."""
    row = db.execute(select(probes).where(probes.c.id == id)).first()
    return None if row is None else _stored(row)


def ids(db: Connection) -> frozenset[str]:
    """Every probe that there is or was, whatever became of it."""
    return frozenset(db.execute(select(probes.c.id)).scalars())


def accepted(db: Connection) -> tuple[Probe, ...]:
    """The probes that people accepted, as `probes.toml` gives its own, which are left out."""
    return tuple(
        Probe(question=item.question, expected=item.expected, locale=item.locale)
        for item in listed(db, ("accepted",))
        if item.origin != CONFIG
    )


def history(db: Connection, limit: int = 60) -> tuple[Point, ...]:
    """The newest measurings, oldest first."""
    rows = db.execute(select(probe_runs).order_by(probe_runs.c.run.desc()).limit(limit)).all()
    return tuple(
        Point(
            row.run,
            row.at,
            Measures(row.questions, row.recall_1, row.recall_5, row.recall_10, row.mrr, row.ndcg_10),
        )
        for row in reversed(rows)
    )


def standings(db: Connection) -> tuple[Standing, ...]:
    """Every probe of the newest measuring, what got worse first, then what is found worst."""
    newest = db.execute(select(probe_runs.c.run).order_by(probe_runs.c.run.desc()).limit(2)).scalars().all()
    if not newest:
        return ()
    r = probe_results
    results: dict[int, dict[str, Any]] = {run: {} for run in newest}
    for row in db.execute(select(r).where(r.c.run.in_(newest))):
        results[row.run][row.probe] = row
    then = results[newest[1]] if len(newest) > 1 else {}
    known = {item.id: item for item in listed(db, ("accepted",))}
    found = [
        Standing(
            known[id_],
            row.rank,
            then[id_].rank if id_ in then else None,
            id_ in then,
            tuple(row.above),
            tuple(row.missing),
            row.score,
        )
        for id_, row in results[newest[0]].items()
        if id_ in known
    ]
    return tuple(sorted(found, key=lambda s: (s.moved != "worse", -(s.rank or 99), s.probe.question, s.probe.id)))


# What people do ---------------------------------------------------------------------------------------------------


def decide(
    db: Connection, id: str, state: State, *, by: str, now: datetime, reason: str = "", expected: Sequence[str] = ()
) -> Stored:
    """Accept or dismiss a probe; `expected` replaces the articles that answer it.

    Raises:
        UsageError: there is no such probe, it stands in the configuration, where it is edited, or no article is called
            what `expected` says.
    """
    item = decidable(db, id)
    if state == "accepted":
        _check_names(db, expected)
    values: dict[str, Any] = {"state": state, "decided_at": now, "decided_by": by, "reason": reason.strip()}
    if item.origin == CONFIG:
        values["origin"] = "person"
    if expected:
        values["expected"] = list(dict.fromkeys(expected))
    db.execute(update(probes).where(probes.c.id == id).values(**values))
    found = get(db, id)
    assert found is not None
    return found


def decidable(db: Connection, id: str) -> Stored:
    """A probe that people decide about.

    Raises:
        UsageError: there is no such probe, or it stands in the configuration, where it is edited.
    """
    item = get(db, id)
    if item is None:
        raise UsageError(f"there is no probe {id!r}")
    if item.origin == CONFIG and item.reason != LEFT:
        raise UsageError("this probe stands in config/probes.toml: edit it there")
    return item


def _check_names(db: Connection, expected: Sequence[str]) -> None:
    unknown = sorted(set(expected) - documents.called(db, expected).keys()) if expected else []
    if unknown:
        raise UsageError(f"no article is called {', '.join(unknown)}: give its id, its address or source/id")


def add(
    db: Connection, question: str, expected: Sequence[str], *, by: str, now: datetime, locale: str | None = None
) -> Stored:
    """A probe that a person makes: accepted at once.

    Raises:
        UsageError: no question, no article or none of that name, or it stands in the configuration.
    """
    question = " ".join(question.split())
    if not question or not expected:
        raise UsageError("a probe has a question and an article that answers it")
    _check_names(db, expected)
    id_ = probe_id(question, locale)
    if get(db, id_) is None:
        db.execute(
            insert(probes).values(
                id=id_, state="proposed", origin="person", question=question, locale=locale,
                expected=list(expected), why="", made_at=now, reason="",
            )
        )  # fmt: skip
    return decide(db, id_, "accepted", by=by, now=now, expected=expected)


# What jobs do -----------------------------------------------------------------------------------------------------


def propose(db: Connection, found: Iterable[Stored], *, now: datetime, most: int) -> int:
    """Write what may become a probe, in the order given, until `most` wait for a decision. What was decided once is
    never proposed again. Returns how many are new."""
    known = set(ids(db))
    waiting = db.execute(select(func.count()).where(probes.c.state == "proposed")).scalar_one()
    rows: list[dict[str, Any]] = []
    for item in found:
        if waiting + len(rows) >= most:
            break
        if item.id not in known:
            known.add(item.id)
            row = {name: getattr(item, name) for name in Stored.__slots__}
            rows.append(row | {"expected": list(item.expected), "made_at": now})
    if rows:
        db.execute(insert(probes), rows)
    return len(rows)


def configure(db: Connection, configured: Sequence[Probe], *, now: datetime) -> None:
    """Take over what `probes.toml` says now; what left it is dismissed."""
    wanted = {probe_id(probe.question, probe.locale): probe for probe in reversed(configured)}
    known = {item.id: item for item in listed(db)}
    for id_, probe in wanted.items():
        values: dict[str, Any] = {
            "state": "accepted", "origin": CONFIG, "question": probe.question, "locale": probe.locale,
            "expected": list(probe.expected), "reason": "",
        }  # fmt: skip
        if id_ not in known:
            db.execute(insert(probes).values(id=id_, why="", made_at=now, **values))
        elif known[id_].origin != CONFIG or known[id_].reason or known[id_].expected != probe.expected:
            db.execute(update(probes).where(probes.c.id == id_).values(**values))
    for id_, item in known.items():
        if item.origin == CONFIG and item.state == "accepted" and id_ not in wanted:
            db.execute(update(probes).where(probes.c.id == id_).values(state="dismissed", decided_at=now, reason=LEFT))


def save(
    db: Connection, report: ProbeReport, titles: Mapping[tuple[str, str], str], *, run: int, now: datetime
) -> None:
    """Write what an audit measured."""
    if not report.results:
        return
    m = report.measures
    db.execute(
        insert(probe_runs).values(
            run=run, at=now, questions=m.questions, recall_1=m.recall_1, recall_5=m.recall_5, recall_10=m.recall_10,
            mrr=m.mrr, ndcg_10=m.ndcg_10,
        )
    )  # fmt: skip
    rows = [
        {
            "run": run,
            "probe": result.id,
            "rank": result.rank,
            "score": result.score,
            "above": [{"source": s, "id": i, "title": titles.get((s, i), i)} for s, i in result.above],
            "missing": list(result.missing),
        }
        for result in report.results
    ]
    db.execute(insert(probe_results), rows)


def erase(db: Connection, refs: Iterable[tuple[str, str]]) -> int:
    """Delete the probes that have the words of these conversations, with their results."""
    count = 0
    for source, conversation in refs:
        here = and_(probes.c.source == source, probes.c.conversation == conversation)
        ids = db.execute(select(probes.c.id).where(here)).scalars().all()
        db.execute(delete(probe_results).where(probe_results.c.probe.in_(ids)))
        count += db.execute(delete(probes).where(here)).rowcount
    return count


def forget(db: Connection) -> int:
    """Delete proposals, dismissed ones too, whose conversation is kept no longer. What was accepted is the shop's."""
    kept = select(conversations.c.id).where(
        conversations.c.source == probes.c.source, conversations.c.id == probes.c.conversation
    )
    stale = and_(probes.c.conversation.is_not(None), probes.c.state != "accepted", ~kept.exists())
    return db.execute(delete(probes).where(stale)).rowcount
