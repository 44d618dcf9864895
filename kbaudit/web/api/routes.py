"""Every operation of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Response, abort
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from kbaudit.errors import SourceUnavailable, UsageError
from kbaudit.export import plain
from kbaudit.jobs.holder import note_dead
from kbaudit.jobs.overview import Overview, overview
from kbaudit.model.finding import Ref
from kbaudit.model.life import ACTIVE, Transition
from kbaudit.store import access, documents, findings, probes, proof, reports, runs
from kbaudit.web.api import schemas as s
from kbaudit.web.api.guard import actor, authenticate, key, may_see, must_see, once, reply, scope
from kbaudit.web.api.problems import Problem
from kbaudit.web.context import context, now

PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 415, 422, 429, 503), Problem)
api = APIBlueprint(
    "api", __name__, url_prefix="/api/v1", abp_security=[{"key": []}], abp_responses=PROBLEMS, doc_ui=True
)
api.before_request(authenticate)
FINDINGS, GAPS, BASE, WORK = (
    Tag(name="findings", description="What is wrong, with evidence."),
    Tag(name="gaps", description="What customers ask and nobody answers."),
    Tag(name="base", description="Articles and events."),
    Tag(name="work", description="Runs, conversations, answers."),
)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _step(step: Transition) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "at": _time(step.at),
        "by": step.by,
        "from": step.from_state,
        "to": step.to_state,
        "why": step.why,
        "detail": dict(step.detail),
        "run": step.run,
    }


def _finding(item: findings.Item, history: Sequence[Transition]) -> dict[str, Any]:
    row = plain.finding(item.finding)
    row |= {
        "state": item.state,
        "owner": item.owner,
        "assignee": item.assignee,
        "opened_at": _time(item.opened_at),
        "seen_at": _time(item.seen_at),
        "changed_at": _time(item.changed_at),
        "resolved_at": _time(item.resolved_at),
        "history": [_step(step) for step in history],
    }
    return row


def _sources(chosen: Sequence[str]) -> tuple[str, ...]:
    """The sources that both the caller asks for and the key may see."""
    if not key().sources:
        return tuple(chosen)
    allowed = tuple(source for source in chosen if may_see(source)) if chosen else key().sources
    return allowed or ("\0",)


@api.get("/findings", tags=[FINDINGS], summary="List findings", responses={200: s.Listing})
@scope("read")
def list_findings(query: s.FindingQuery) -> Response:
    """The queue, largest impact first, each finding with its state and history."""
    wanted = findings.Filter(
        states=tuple(query.state) or ACTIVE,
        rules=tuple(query.rule),
        severities=tuple(query.severity),
        owners=tuple(query.owner),
        sources=_sources(query.source),
        text=query.q,
        changed_since=_aware(query.since),
    )
    with context().store.read() as db:
        page = findings.page(db, wanted, sort=query.sort, limit=query.limit, cursor=query.cursor)
        histories = findings.histories(db, [item.fingerprint for item in page.items])
    items = [_finding(item, histories[item.fingerprint]) for item in page.items]
    return reply({"items": items, "next": page.next, "total": page.total})


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


@api.get("/findings/<fingerprint>", tags=[FINDINGS], summary="One finding", responses={200: s.Thing})
@scope("read")
def one_finding(path: s.FindingPath) -> Response:
    """A finding with its evidence, state and history."""
    with context().store.read() as db:
        item = findings.get(db, path.fingerprint)
        if item is None:
            abort(404, f"There is no finding {path.fingerprint}.")
        must_see({ref.source for ref in item.finding.documents})
        history = findings.history(db, path.fingerprint)
        cluster = item.finding.subject.get("cluster")
        row = _finding(item, history)
        fixed = proof.fix_of(history) if item.state == "resolved" else None
        if fixed:
            row["fixed"] = {"at": _time(fixed.at), "why": fixed.why, **dict(fixed.detail)}
        if cluster and fixed:
            found = proof.recurrence(db, str(cluster), fixed.at, now())
            row["proof"] = {"verdict": found.verdict, **asdict(found)}
    return reply(row)


@api.post("/findings/<fingerprint>/<action>", tags=[FINDINGS], summary="Act on a finding", responses={200: s.Thing})
@scope("write")
def act_on_finding(path: s.ActionPath, header: s.IngestHeader, body: s.Action) -> Response:
    """Acknowledge, start, assign, comment, suppress, release (end a suppression) or verify."""
    with context().store.read() as db:
        found = findings.get(db, path.fingerprint)
    if found is None:
        abort(404, f"There is no finding {path.fingerprint}.")
    must_see({ref.source for ref in found.finding.documents})

    def work() -> tuple[dict[str, Any], int]:
        who, moment, fingerprint = actor(), now(), path.fingerprint
        with context().store.write() as db:
            if path.action == "acknowledge":
                findings.acknowledge(db, fingerprint, by=who, now=moment, why=body.why)
            elif path.action == "start":
                findings.start(db, fingerprint, by=who, now=moment, why=body.why)
            elif path.action == "assign":
                findings.assign(db, fingerprint, body.assignee, by=who, now=moment, why=body.why)
            elif path.action == "comment":
                findings.comment(db, fingerprint, body.why, by=who, now=moment)
            elif path.action == "suppress":
                until = datetime.combine(body.until, time.max, UTC) if body.until else None
                findings.suppress(db, fingerprint, reason=body.why, by=who, now=moment, until=until)
            elif path.action == "release":
                findings.release(db, fingerprint, by=who, now=moment, why=body.why)
            else:
                findings.act(db, fingerprint, "verify_requested", by=who, now=moment)
                runs.request(db, "verify", scope=fingerprint, by=who, now=moment)
            item = findings.get(db, fingerprint)
            assert item is not None
            return _finding(item, findings.history(db, fingerprint)), 200

    return once(header.idempotency_key, work)


def _ref(ref: Ref) -> dict[str, Any]:
    return {"source": ref.source, "id": ref.id, "title": ref.title, "url": ref.url}


def _gap(gap: reports.Gap) -> dict[str, Any]:
    more = gap.details
    near = {(item["source"], item["id"]): item for item in more.get("nearest", ())}
    return {
        "id": gap.id,
        "fingerprint": gap.fingerprint,
        "rule": gap.rule,
        "label": gap.label,
        "status": gap.status,
        "severity": gap.severity,
        "cause": gap.cause,
        "count": gap.count,
        "per_week": gap.per_week,
        "trend": more.get("trend"),
        "share": more.get("share"),
        "handling_minutes": more.get("handling_minutes"),
        "minutes_per_week": gap.minutes_per_week,
        "channels": dict(more.get("channels", {})),
        "products": list(more.get("products", ())),
        "weeks": [dict(week) for week in more.get("per_week", ())],
        "first_seen": _time(gap.first_seen),
        "last_seen": _time(gap.last_seen),
        "questions": list(gap.questions),
        "nearest": [
            _ref(ref) | {"why_not": near.get((ref.source, ref.id), {}).get("why_not")}
            for ref in gap.nearest
            if may_see(ref.source)
        ],
        "because": list(gap.because),
        "suggestion": gap.suggestion,
        "merged_from": list(more.get("merged_from", ())),
        "split_from": more.get("split_from"),
    }


@api.get("/gaps", tags=[GAPS], summary="The gap report", responses={200: s.GapListing})
@scope("read")
def list_gaps(query: s.GapQuery) -> Response:
    """Clusters of questions that nobody answers, most asked first; ids stay from week to week."""
    wanted = findings.Filter(
        states=tuple(query.status) or ACTIVE,
        sources=_sources(()),
        asked_since=_aware(query.since),
        locale=query.locale,
        topic=query.topic,
    )
    with context().store.read() as db:
        items, following, total = reports.gaps(db, wanted, limit=query.limit, cursor=query.cursor)
        coverage = reports.coverage(db, context().settings.conversation_sources)
    share = {**asdict(coverage), "share": coverage.share} if coverage else None
    return reply({"items": [_gap(gap) for gap in items], "next": following, "total": total, "coverage": share})


@api.get("/gaps/<id>", tags=[GAPS], summary="One gap with its questions", responses={200: s.GapDetail})
@scope("read")
def one_gap(path: s.GapPath) -> Response:
    """A gap, its evidence and the newest fifty questions, redacted."""
    with context().store.read() as db:
        gap = reports.gap(db, path.id)
        if gap is None:
            abort(404, f"There is no gap {path.id}.")
        item = findings.get(db, gap.fingerprint)
        must_see({ref.source for ref in item.finding.documents} if item else set())
        asked = reports.cluster_questions(db, path.id, limit=50)
    row = _gap(gap)
    row["asked"] = [
        {"text": q["text"], "asked_at": _time(q["asked_at"]), "locale": q["locale"], "conversation": q["conversation"]}
        for q in asked
    ]
    row["agent_replies"] = gap.details.get("agent_replies")
    row["outline"] = gap.details.get("outline")
    row["finding"] = plain.finding(item.finding) if item else None
    return reply(row)


@api.get("/probes", tags=[GAPS], summary="Golden probes", responses={200: s.ProbeListing})
@scope("read")
def list_probes(query: s.ProbeQuery) -> Response:
    """Questions whose answer is known, with their rank in the newest audit and in the one before, and the measures of
    the last sixty audits, oldest first."""
    if key().sources:
        abort(403, "This key is bound to some sources; probes are measured over all of them.")
    with context().store.read() as db:
        ranks = {item.probe.id: item for item in probes.standings(db)}
        items = probes.listed(db, (query.state,))
        points = probes.history(db)
    measures = [{"run": p.run, "at": _time(p.at), **asdict(p.measures)} for p in points]
    rows = [_probe(item, ranks.get(item.id)) for item in items]
    return reply({"items": rows, "next": None, "total": len(rows), "measures": measures})


def _probe(item: probes.Stored, standing: probes.Standing | None) -> dict[str, Any]:
    return {
        "id": item.id,
        "state": item.state,
        "origin": item.origin,
        "question": item.question,
        "locale": item.locale,
        "expected": list(item.expected),
        "why": item.why,
        "finding": item.finding,
        "measured": standing is not None,
        "rank": standing.rank if standing else None,
        "before": standing.before if standing else None,
        "moved": standing.moved if standing else None,
        "above": [dict(article) for article in standing.above] if standing else [],
        "missing": list(standing.missing) if standing else [],
    }


@api.post("/probes/<id>/<decision>", tags=[GAPS], summary="Accept or dismiss a probe", responses={200: s.Probe})
@scope("write")
def decide_probe(path: s.ProbePath, header: s.IngestHeader, body: s.ProbeDecision) -> Response:
    """An accepted probe is measured from the next audit on; a dismissed one is not proposed again."""

    if key().sources:
        abort(403, "This key is bound to some sources; probes are measured over all of them.")

    def work() -> tuple[dict[str, Any], int]:
        state: probes.State = "accepted" if path.decision == "accept" else "dismissed"
        with context().store.write() as db:
            if probes.get(db, path.id) is None:
                abort(404, f"There is no probe {path.id}.")
            item = probes.decide(db, path.id, state, by=actor(), now=now(), reason=body.why, expected=body.expected)
        return _probe(item, None), 200

    return once(header.idempotency_key, work)


@api.get("/events", tags=[BASE], summary="Events by date", responses={200: s.Listing})
@scope("read")
def list_events(query: s.EventQuery) -> Response:
    """Occurrences with the day by which content must be loaded and the day by which it must be gone."""
    today = now().date()
    start, end = query.start or today - timedelta(days=60), query.end or today + timedelta(days=120)
    with context().store.read() as db:
        rows = reports.event_rows(db, start=start, end=end, region=query.region)
    items = [
        {
            "event": row.event,
            "region": row.region,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "load_by": row.load_by.isoformat(),
            "gone_by": row.gone_by.isoformat(),
            "articles": [dict(article) for article in row.articles if may_see(str(article.get("source")))],
            "findings": list(row.findings),
        }
        for row in rows
    ]
    return reply({"items": items, "next": None, "total": len(items)})


def _article(item: documents.Stored) -> dict[str, Any]:
    return {
        "source": item.source,
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "url": item.url,
        "locale": item.locale,
        "section": item.section,
        "owner": item.owner,
        "published": item.published,
        "updated_at": _time(item.updated_at),
        "reviewed_at": _time(item.reviewed_at),
        "changed_at": _time(item.changed_at),
        "removed_at": _time(item.removed_at),
        "version": item.version,
        "content_hash": item.content_hash,
        "findings": item.findings,
    }


@api.get("/articles", tags=[BASE], summary="List articles", responses={200: s.Listing})
@scope("read")
def list_articles(query: s.ArticleQuery) -> Response:
    """Articles by title, with the number of open findings about each."""
    source = query.source
    if key().sources:
        if source is None and len(key().sources) == 1:
            source = key().sources[0]
        elif source is None:
            raise UsageError("This key is bound to several sources: name one with `source`.")
        elif not may_see(source):
            abort(404, f"There is no source {source}.")
    with context().store.read() as db:
        items, following, total = documents.page(
            db, source=source, text=query.q, removed=query.removed, limit=query.limit, cursor=query.cursor
        )
    return reply({"items": [_article(item) for item in items], "next": following, "total": total})


@api.get("/articles/<source>/<path:id>", tags=[BASE], summary="One article", responses={200: s.Thing})
@scope("read")
def one_article(path: s.ArticlePath) -> Response:
    """An article's plain text, its findings and its versions."""
    must_see({path.source})
    with context().store.read() as db:
        item = documents.get(db, path.source, path.id)
        if item is None or item.document is None:
            abort(404, f"There is no article {path.id} in {path.source}.")
        about = findings.about(db, path.source, path.id, states=ACTIVE)
        versions = documents.history(db, path.source, path.id)
    row = _article(item) | {
        "text": item.document.text,
        "open": [found.fingerprint for found in about],
        "findings": len(about),
        "versions": [{"version": v.version, "text_hash": v.text_hash, "seen_at": _time(v.seen_at)} for v in versions],
    }
    return reply(row)


def _run(run: runs.Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "job": run.job,
        "scope": run.scope,
        "state": run.state,
        "by": run.by,
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "progress": dict(run.progress),
        "counts": dict(run.counts),
        "problems": [dict(row) for row in run.problems],
        "error": run.error,
        "resumes": run.resumes,
    }


def _source(item: Overview) -> dict[str, Any]:
    status = item.status
    return {
        "name": status.name,
        "connector": status.connector,
        "state": status.state,
        "said": item.said,
        "message": item.message,
        "hint": item.hint,
        "reading": item.reading,
        "cut_off": item.cut,
        "progress": dict(item.run.progress) if item.run is not None and item.reading else None,
        "run": status.last_run,
        "counts": dict(item.run.counts) if item.run is not None else {},
        "articles": item.articles,
        "products": item.products,
        "conversations": item.conversations,
        "removed": item.removed,
        "missing": item.missing,
        "tried_at": _time(status.tried_at),
        "synced_at": _time(status.synced_at),
        "schedule": item.schedule,
        "next_at": _time(item.next_at),
        "paused": None
        if status.paused_at is None
        else {"at": _time(status.paused_at), "by": status.paused_by, "why": status.paused_why},
        "held": item.hold.id if item.hold is not None else None,
        "lag": item.lag,
    }


@api.get("/sources", tags=[WORK], summary="List sources", responses={200: s.Listing})
@scope("read")
def list_sources() -> Response:
    """How every source is: what was read, what went wrong in plain words, what comes next."""
    items = [item for item in overview(context().store, context().settings, now()) if may_see(item.status.name)]
    return reply({"items": [_source(item) for item in items], "next": None, "total": len(items)})


@api.post("/sources/<source>/<action>", tags=[WORK], summary="Pause or resume a source", responses={200: s.Thing})
@scope("write")
def act_on_source(path: s.SourcePath, header: s.IngestHeader, body: s.Pause) -> Response:
    """A paused source is left out of the schedule; its articles and findings stay."""
    must_see({path.source})

    def work() -> tuple[dict[str, Any], int]:
        with context().store.write() as db:
            status = runs.source_status(db, path.source)
            if status is None or status.removed:
                abort(404, f"There is no source {path.source}.")
            if path.action == "pause":
                runs.pause_source(db, path.source, why=body.why, by=actor(), now=now())
            else:
                runs.resume_source(db, path.source)
            access.log(db, actor(), f"source.{path.action}", now=now(), target=path.source, detail={"why": body.why})
        items = overview(context().store, context().settings, now())
        return next(_source(item) for item in items if item.status.name == path.source), 200

    return once(header.idempotency_key, work)


@api.get("/runs", tags=[WORK], summary="List runs", responses={200: s.Listing})
@scope("read")
def list_runs(query: s.RunQuery) -> Response:
    """What ran, newest first."""
    note_dead(context().store, now())
    with context().store.read() as db:
        items, following = runs.page(db, job=query.job, limit=query.limit, cursor=query.cursor)
    return reply({"items": [_run(run) for run in items], "next": following, "total": None})


@api.get("/runs/<int:run>", tags=[WORK], summary="One run", responses={200: s.Thing})
@scope("read")
def one_run(path: s.RunPath) -> Response:
    """A run and what each check did in it."""
    note_dead(context().store, now())
    with context().store.read() as db:
        found = runs.get(db, path.run)
        if found is None:
            abort(404, f"There is no run {path.run}.")
        covered = runs.covered(db, path.run)
    return reply(_run(found) | {"coverage": [dict(row) for row in covered]})


@api.post("/runs", tags=[WORK], summary="Ask for a run", responses={202: s.Thing})
@scope("write")
def ask_for_run(header: s.IngestHeader, body: s.RunRequest) -> Response:
    """The worker starts it within seconds."""

    def work() -> tuple[dict[str, Any], int]:
        with context().store.write() as db:
            number = runs.request(db, body.job, scope=body.scope, by=actor(), now=now())
        return {"request": number, "job": body.job, "scope": body.scope}, 202

    return once(header.idempotency_key, work)


@api.post("/conversations", tags=[WORK], summary="Send conversations", responses={202: s.Thing})
@scope("ingest")
def send_conversations(header: s.IngestHeader, body: s.Conversations) -> Response:
    """One conversation in the export format, or a list. Redacted before anything is stored; the same id replaces.

    The good ones are taken, the others are listed with the reason; 422 only if the body is no such object or list.
    """
    ingest = context().ingest
    if ingest is None:
        raise SourceUnavailable("This server takes no conversations.")
    sent = body.root if isinstance(body.root, list) else [body.root]
    rows = [item.model_dump(exclude_unset=True) for item in sent]

    def work() -> tuple[dict[str, Any], int]:
        accepted, refused = ingest(rows, actor())
        return {"accepted": accepted, "problems": [dict(row) for row in refused]}, 202

    return once(header.idempotency_key, work)


@api.post("/check-answer", tags=[WORK], summary="Check an answer before it is sent", responses={200: s.Thing})
@scope("ingest")
def check_answer(body: s.AnswerToCheck) -> Response:
    """Every claim of an answer: supported, contradicted (by what, quoted) or unsupported."""
    ask = context().ask
    if ask is None:
        raise SourceUnavailable("The worker does not run, so nothing can be checked. Start `kbaudit serve`.")
    return reply(ask("check-answer", **body.model_dump()))
