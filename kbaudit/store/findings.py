"""The queue: findings with filters, one finding with its history, and what people do to them.

Every function takes a connection from `Store.read()` or, where it changes something, `Store.write()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from kbaudit.errors import UsageError
from kbaudit.model.finding import Finding
from kbaudit.model.life import ACTIVE, STATES, State, Suppression, Transition, TransitionKind
from kbaudit.store import codec
from kbaudit.store.schema import conversations, finding_documents, findings, questions, suppressions, transitions

RANKS = {"low": 1, "medium": 2, "high": 3}
SORTS = ("impact", "severity", "newest", "score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What of the queue to show. Empty means any; `states` defaults to what a person still has to look at.

    `rules` are codes or prefixes (`SEA`, `CON201`); `text` is searched in message, titles and suggestion, every word
    must occur; `document` keeps findings about one (source, id);
    `asked_since` and `locale` those with a question that was asked since then, or in that locale; `topic` those with
    these words, or with a conversation that the helpdesk filed under it.
    """

    states: tuple[str, ...] = ACTIVE
    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    text: str = ""
    document: tuple[str, str] | None = None
    changed_since: datetime | None = None
    asked_since: datetime | None = None
    locale: str | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A finding as the store knows it: the judgement and its life so far."""

    finding: Finding
    state: State
    owner: str | None
    assignee: str | None
    opened_at: datetime
    seen_at: datetime
    changed_at: datetime
    resolved_at: datetime | None
    run: int

    @property
    def fingerprint(self) -> str:
        """The finding's id."""
        return self.finding.fingerprint


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next` is the cursor of the following one."""

    items: tuple[Item, ...]
    next: str | None
    total: int


def _item(row: Row[Any]) -> Item:
    return Item(
        finding=codec.finding_from_json(row.data),
        state=row.state,
        owner=row.owner,
        assignee=row.assignee,
        opened_at=row.opened_at,
        seen_at=row.seen_at,
        changed_at=row.changed_at,
        resolved_at=row.resolved_at,
        run=row.run,
    )


def _where(query: Select[Any], wanted: Filter) -> Select[Any]:
    if wanted.states:
        query = query.where(findings.c.state.in_(wanted.states))
    if wanted.rules:
        query = query.where(or_(*(findings.c.rule.startswith(rule.upper(), autoescape=True) for rule in wanted.rules)))
    if wanted.severities:
        query = query.where(findings.c.severity.in_(wanted.severities))
    if wanted.owners:
        query = query.where(findings.c.owner.in_(wanted.owners))
    if wanted.assignees:
        query = query.where(findings.c.assignee.in_(wanted.assignees))
    if wanted.changed_since is not None:
        query = query.where(findings.c.changed_at >= wanted.changed_since)
    for word in wanted.text.lower().split():
        query = query.where(findings.c.search.contains(word, autoescape=True))
    if wanted.asked_since is not None:
        query = query.where(_asked(questions.c.asked_at >= wanted.asked_since))
    if wanted.locale:
        query = query.where(_asked(questions.c.locale == wanted.locale))
    if wanted.topic.strip():
        words = [findings.c.search.contains(word, autoescape=True) for word in wanted.topic.lower().split()]
        filed = func.lower(conversations.c.topic) == wanted.topic.strip().lower()
        of = and_(
            conversations.c.source == finding_documents.c.source, conversations.c.id == finding_documents.c.id, filed
        )
        query = query.where(or_(and_(*words), _about(and_(_TALK, select(conversations.c.id).where(of).exists()))))
    if wanted.sources:
        query = query.where(_about(finding_documents.c.source.in_(wanted.sources)))
    if wanted.document is not None:
        source, id_ = wanted.document
        query = query.where(_about(and_(finding_documents.c.source == source, finding_documents.c.id == id_)))
    return query


_TALK = finding_documents.c.kind == "conversation"


def _asked(condition: Any) -> Any:
    """Findings of which a conversation holds a question of this kind."""
    of = and_(
        questions.c.source == finding_documents.c.source,
        questions.c.conversation == finding_documents.c.id,
        condition,
    )
    return _about(and_(_TALK, select(questions.c.id).where(of).exists()))


def _about(condition: Any) -> Any:
    return findings.c.fingerprint.in_(select(finding_documents.c.fingerprint).where(condition))


def _order(sort: str) -> tuple[Any, ...]:
    c = findings.c
    orders: dict[str, tuple[Any, ...]] = {
        "impact": (c.weight, c.score, c.fingerprint),
        "severity": (c.severity_rank, c.questions, c.score, c.fingerprint),
        "score": (c.score, c.severity_rank, c.questions, c.fingerprint),
        "newest": (c.opened_at, c.severity_rank, c.score, c.fingerprint),
    }
    if sort not in orders:
        raise UsageError(f"unknown sort {sort!r}. Use one of {', '.join(SORTS)}.")
    return orders[sort]


def page(
    db: Connection, wanted: Filter | None = None, *, sort: str = "impact", limit: int = 50, cursor: str | None = None
) -> Page:
    """One page of the queue, largest first. `limit` is at most 200.

    Raises:
        UsageError: an unknown sort, or a cursor that is not from this list.
    """
    wanted = wanted or Filter()
    limit = max(1, min(limit, 200))
    order = _order(sort)
    query = _where(select(findings), wanted)
    if cursor:
        position = codec.from_cursor(cursor, len(order) + 1)
        if position.pop(0) != sort:
            raise UsageError("this cursor belongs to another sort. Start from the first page.")
        if sort == "newest":
            try:
                position[0] = datetime.fromisoformat(position[0])
            except (TypeError, ValueError) as error:
                raise UsageError("this cursor is not one of ours. Start from the first page.") from error
        steps = [
            and_(*(order[i] == position[i] for i in range(at)), order[at] < position[at]) for at in range(len(order))
        ]
        query = query.where(or_(*steps))
    rows = db.execute(query.order_by(*(column.desc() for column in order)).limit(limit + 1)).all()
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        values = [getattr(rows[-1], column.name) for column in order]
        following = codec.to_cursor(sort, *(v.isoformat() if isinstance(v, datetime) else v for v in values))
    total = db.execute(_where(select(func.count()).select_from(findings), wanted)).scalar_one()
    return Page(tuple(_item(row) for row in rows), following, total)


def facets(db: Connection, wanted: Filter | None = None) -> dict[str, dict[str, int]]:
    """How many findings each choice of a filter would show: `state`, `rule`, `severity`, `owner`, `assignee`, `source`.

    Each is counted with the other filters in force and its own left open.
    """
    wanted = wanted or Filter()
    counts: dict[str, dict[str, int]] = {}
    for name, open_filter in (
        ("state", replace(wanted, states=())),
        ("rule", replace(wanted, rules=())),
        ("severity", replace(wanted, severities=())),
        ("owner", replace(wanted, owners=())),
        ("assignee", replace(wanted, assignees=())),
    ):
        column = findings.c[name]
        query = _where(select(column, func.count()).group_by(column), open_filter)
        counts[name] = {str(value): count for value, count in db.execute(query.order_by(column)) if value is not None}
    of_source = _where(
        select(finding_documents.c.source, func.count(findings.c.fingerprint.distinct()))
        .select_from(findings.join(finding_documents))
        .group_by(finding_documents.c.source)
        .order_by(finding_documents.c.source),
        replace(wanted, sources=()),
    )
    counts["source"] = dict(map(tuple, db.execute(of_source)))
    return counts


def get(db: Connection, fingerprint: str) -> Item | None:
    """One finding."""
    row = db.execute(select(findings).where(findings.c.fingerprint == fingerprint)).first()
    return None if row is None else _item(row)


def weightiest(db: Connection, condition: Any, limit: int) -> tuple[Item, ...]:
    """The findings that meet a condition on their row, in the queue's order."""
    order = (column.desc() for column in _order("impact"))
    rows = db.execute(select(findings).where(condition).order_by(*order).limit(limit))
    return tuple(_item(row) for row in rows)


def about(db: Connection, source: str, id: str, *, states: Iterable[str] = STATES) -> tuple[Item, ...]:
    """Every finding about one article, product or conversation, most severe first."""
    wanted = Filter(states=tuple(states), document=(source, id))
    return page(db, wanted, sort="severity", limit=200).items


def history(db: Connection, fingerprint: str) -> tuple[Transition, ...]:
    """Everything that happened to a finding, oldest first."""
    rows = db.execute(select(transitions).where(transitions.c.fingerprint == fingerprint).order_by(transitions.c.id))
    return tuple(_transition(row) for row in rows)


def histories(db: Connection, fingerprints: Sequence[str]) -> dict[str, tuple[Transition, ...]]:
    """The histories of a page of findings, in one query."""
    query = select(transitions).where(transitions.c.fingerprint.in_(fingerprints)).order_by(transitions.c.id)
    found: dict[str, list[Transition]] = {fingerprint: [] for fingerprint in fingerprints}
    for row in db.execute(query):
        found[row.fingerprint].append(_transition(row))
    return {fingerprint: tuple(items) for fingerprint, items in found.items()}


def recent(
    db: Connection, *, limit: int = 50, since: datetime | None = None, run: int | None = None
) -> tuple[Transition, ...]:
    """The newest transitions of all findings, newest first."""
    query = select(transitions).order_by(transitions.c.id.desc()).limit(limit)
    if since is not None:
        query = query.where(transitions.c.at >= since)
    if run is not None:
        query = query.where(transitions.c.run == run)
    return tuple(_transition(row) for row in db.execute(query))


def _transition(row: Row[Any]) -> Transition:
    return Transition(
        fingerprint=row.fingerprint,
        kind=row.kind,
        from_state=row.from_state,
        to_state=row.to_state,
        at=row.at,
        by=row.by,
        why=row.why,
        run=row.run,
        detail=row.detail,
    )


# What people do -------------------------------------------------------------------------------------------------


def act(
    db: Connection,
    fingerprint: str,
    kind: TransitionKind,
    *,
    by: str,
    now: datetime,
    why: str = "",
    to_state: State | None = None,
    detail: Mapping[str, object] | None = None,
    run: int | None = None,
) -> Item:
    """Write one transition and move the finding. The other functions of this section are words for it.

    Raises:
        UsageError: there is no such finding.
    """
    item = get(db, fingerprint)
    if item is None:
        raise UsageError(f"there is no finding {fingerprint!r}")
    target: State = to_state or item.state
    db.execute(
        insert(transitions).values(
            fingerprint=fingerprint,
            at=now,
            kind=kind,
            from_state=item.state,
            to_state=target,
            by=by,
            why=why,
            run=run,
            detail=codec.plain(detail or {}),
        )
    )
    values: dict[str, Any] = {"state": target, "changed_at": now}
    if target != item.state and "resolved" in (target, item.state):
        values["resolved_at"] = now if target == "resolved" else None
    db.execute(update(findings).where(findings.c.fingerprint == fingerprint).values(**values))
    return replace(item, state=target, changed_at=now)


def acknowledge(db: Connection, fingerprint: str, *, by: str, now: datetime, why: str = "") -> Item:
    """Somebody has seen it and agrees that it is a problem."""
    _must_be(db, fingerprint, ACTIVE, "acknowledge")
    return act(db, fingerprint, "acknowledged", by=by, now=now, why=why, to_state="acknowledged")


def start(db: Connection, fingerprint: str, *, by: str, now: datetime, why: str = "") -> Item:
    """Somebody is working on it."""
    _must_be(db, fingerprint, ACTIVE, "start")
    return act(db, fingerprint, "started", by=by, now=now, why=why, to_state="in_progress")


def assign(db: Connection, fingerprint: str, assignee: str | None, *, by: str, now: datetime, why: str = "") -> Item:
    """Give it to somebody, or (`None`) to nobody."""
    before = _must_be(db, fingerprint, STATES, "assign")
    item = act(db, fingerprint, "assigned", by=by, now=now, why=why, detail={"from": before.assignee, "to": assignee})
    db.execute(update(findings).where(findings.c.fingerprint == fingerprint).values(assignee=assignee))
    return replace(item, assignee=assignee)


def comment(db: Connection, fingerprint: str, text: str, *, by: str, now: datetime) -> Item:
    """Say something about it."""
    if not text.strip():
        raise UsageError("a comment says something")
    return act(db, fingerprint, "commented", by=by, now=now, why=text.strip())


def suppress(
    db: Connection, fingerprint: str, *, reason: str, by: str, now: datetime, until: datetime | None = None
) -> Item:
    """Do not show it until `until` (for ever if None), or until one of its sides changes materially.

    Raises:
        UsageError: no reason, an end in the past, or the finding is resolved.
    """
    if not reason.strip():
        raise UsageError("a suppression has a reason")
    if until is not None and until <= now:
        raise UsageError("a suppression ends in the future")
    item = _must_be(db, fingerprint, (*ACTIVE, "suppressed"), "suppress")
    end_suppressions(db, fingerprint, now, "replaced by a newer one")
    row = db.execute(select(findings.c.hashes).where(findings.c.fingerprint == fingerprint)).one()
    db.execute(
        insert(suppressions).values(
            fingerprint=fingerprint,
            reason=reason.strip(),
            by=by,
            at=now,
            until=until,
            hashes=row.hashes,
            sides=codec.plain(sides(item.finding)),
            subject=codec.plain(item.finding.subject),
        )
    )
    detail = {"until": until.isoformat() if until else None}
    return act(db, fingerprint, "suppressed", by=by, now=now, why=reason.strip(), to_state="suppressed", detail=detail)


def release(db: Connection, fingerprint: str, *, by: str, now: datetime, why: str = "") -> Item:
    """End a suppression: the finding is open again."""
    _must_be(db, fingerprint, ("suppressed",), "show again")
    end_suppressions(db, fingerprint, now, why or "ended by hand")
    return act(db, fingerprint, "released", by=by, now=now, why=why, to_state="open")


def end_suppressions(db: Connection, fingerprint: str, now: datetime, why: str) -> None:
    """End whatever suppression of a finding is in force."""
    db.execute(
        update(suppressions)
        .where(suppressions.c.fingerprint == fingerprint, suppressions.c.ended_at.is_(None))
        .values(ended_at=now, ended_why=why)
    )


def _must_be(db: Connection, fingerprint: str, allowed: Iterable[str], what: str) -> Item:
    item = get(db, fingerprint)
    if item is None:
        raise UsageError(f"there is no finding {fingerprint!r}")
    if item.state not in allowed:
        raise UsageError(f"cannot {what} a finding that is {item.state.replace('_', ' ')}")
    return item


def suppression(db: Connection, fingerprint: str) -> Suppression | None:
    """The suppression in force for a finding."""
    found = active_suppressions(db, fingerprint)
    return found[0] if found else None


def active_suppressions(db: Connection, fingerprint: str | None = None) -> list[Suppression]:
    """Every suppression that nobody and nothing has ended yet."""
    query = select(suppressions).where(suppressions.c.ended_at.is_(None)).order_by(suppressions.c.id.desc())
    if fingerprint is not None:
        query = query.where(suppressions.c.fingerprint == fingerprint)
    return [
        Suppression(
            fingerprint=row.fingerprint,
            reason=row.reason,
            by=row.by,
            at=row.at,
            until=row.until,
            hashes=row.hashes,
            sides={key: tuple(quotes) for key, quotes in row.sides.items()},
            subject=row.subject,
        )
        for row in db.execute(query)
    ]


# What an audit does ---------------------------------------------------------------------------------------------


def sides(finding: Finding) -> dict[str, list[str]]:
    """What each article and product of a finding is quoted with, by `ref_key`."""
    from kbaudit.model.life import ref_key

    found: dict[str, list[str]] = {}
    for evidence in finding.evidence:
        if evidence.ref.kind != "conversation":
            found.setdefault(ref_key(evidence.ref.source, evidence.ref.id), []).append(evidence.quote)
    return {key: sorted(set(quotes)) for key, quotes in sorted(found.items())}
