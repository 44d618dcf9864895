"""Run the checks over the store: snapshot → findings → triage → queue. A run costs what changed since the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kbaudit.checks import catalogue
from kbaudit.config import Settings
from kbaudit.errors import UsageError
from kbaudit.index.encoder import Encoder
from kbaudit.index.retriever import make_search
from kbaudit.jobs import fixes, notify, opinion
from kbaudit.jobs import probes as probing
from kbaudit.jobs.applying import Clock, utc_now
from kbaudit.jobs.check import Report, counts_of
from kbaudit.jobs.corpus import Place, place_of, settings_digest
from kbaudit.jobs.events import event_rows
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.progress import Progress, beating
from kbaudit.jobs.room import check_room
from kbaudit.jobs.run import Outcome, run_checks
from kbaudit.model.life import Coverage, ref_key
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store import Store, access, conversations, documents, findings, known, probes, reports, runs
from kbaudit.store.cache import cached_encode
from kbaudit.store.kept import Kept
from kbaudit.text.redact import Redactor
from kbaudit.triage import Triaged, triage

OPINIONS = "opinions"
# Conversations that come through the API have no configured source.
API_SOURCE = "api"
UNPROVEN = "it was not found again, but not every source could be read: nothing is proven"


@dataclass(slots=True)
class Audited:
    """How an audit ended. `counts`: opened, changed, resolved, reopened, standing; facts and vectors computed."""

    run: int
    outcome: Outcome
    triaged: Triaged
    snapshot: BaseSnapshot
    counts: dict[str, int] = field(default_factory=dict)

    def report(self) -> Report:
        """As the one-shot audit reports, for any output format."""
        view = self.snapshot
        counts = counts_of(view.documents, view.products, view.conversations)
        return Report(as_of=view.today, counts=counts, problems=[], outcome=self.outcome, snapshot=view)


def stored_place(store: Store, settings: Settings) -> Place:
    """Where the shop is, by its settings, else by the locales of what is stored."""
    with store.read() as db:
        return place_of(settings, (), documents.locales(db))


class Audit:
    """One audit of everything in the store."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        encoder: Encoder,
        *,
        by: str = "kbaudit",
        day: date | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        progress: Progress | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.store, self.settings, self.encoder = store, settings, encoder
        self._by, self._day, self._progress, self._clock = by, day, progress, clock
        self._select = tuple(select) or settings.selection.select
        self._ignore = tuple(ignore) or settings.selection.ignore

    def run(self) -> Audited:
        """Audit everything and write the queue.

        Raises:
            ConfigError: an option that a rule does not have.
            StoreError: the store cannot be written.
        """
        check_room(self.store)
        with self.store.write() as db:
            run = runs.begin(db, "audit", holder=me(), alive=alive, by=self._by, now=self._clock())
        try:
            with beating(self.store, run, self._progress) as progress:
                return self._run(run, progress)
        except BaseException as error:
            stopped = isinstance(error, KeyboardInterrupt | SystemExit)
            with self.store.write() as db:
                message = "stopped" if stopped else f"{type(error).__name__}: {error}"
                state = "interrupted" if stopped else "failed"
                runs.finish(db, run, state, now=self._clock(), error=message)
            raise

    def _run(self, run: int, progress: Progress) -> Audited:
        snapshot, kept = self.snapshot(progress)
        try:
            outcome = self.check(snapshot, progress)
            self._second_opinion(outcome, progress)
            progress.stage("events and questions")
            rows = event_rows(snapshot)
            progress.stage("probes")
            probed = snapshot.fact("probes")
            # Without the gap rules nobody knows which questions are answered.
            offered = probing.material(snapshot) if snapshot.conversations and "GAP401" in outcome.ran else None
            analysed = snapshot.fact("analysed")
            details = self._fixes(outcome, snapshot, run)
            kept.flush()
            progress.stage("writing the queue")
            with self.store.write() as db:
                runs.hold_on(db, run)
                triaged = self._triage(db, outcome, run)
                triaged = replace(triaged, moves=fixes.tagged(triaged.moves, details))
                now = self._clock()
                notify.queue(
                    db, self.settings, triaged.moves, {key: item[0] for key, item in triaged.found.items()}, now=now
                )
                known.save(db, triaged.found, triaged.moves, run=run, now=now)
                reports.save_events(db, rows)
                if snapshot.conversations:
                    weeks = snapshot.weeks
                    reports.save_questions(db, snapshot.questions, snapshot.clusters, weeks=weeks, run=run, now=now)
                probes.configure(db, self.settings.probes, now=now)
                probes.save(db, probed, {d.ref: d.title for d in snapshot.documents}, run=run, now=now)
                if offered is not None:
                    found = probing.proposals(offered, known.states(db), probes.ids(db))
                    probes.propose(db, found, now=now, most=probing.MOST)
                reports.save_coverage(db, analysed, run=run)
                runs.cover(db, run, _coverage_rows(outcome))
                counts = _counts(triaged, outcome, snapshot) | kept.computed
                problems = [{"ref": entry.rule, "reason": entry.reason} for entry in outcome.broken]
                runs.finish(db, run, "done", now=now, counts=counts, problems=problems)
        finally:
            kept.close()
        return Audited(run, outcome, triaged, snapshot, counts)

    def snapshot(self, progress: Progress) -> tuple[BaseSnapshot, Kept]:
        """The view of this moment, with vectors and facts from the store."""
        place = stored_place(self.store, self.settings)
        progress.stage("loading")
        with self.store.read() as db:
            texts = tuple(documents.load(db))
            products = tuple(documents.load_products(db))
            talks = tuple(conversations.load(db))
            clusters = reports.known_clusters(db)
            accepted = probes.accepted(db)
        kept = Kept(self.store, settings_digest(self.settings, place), self.encoder.name, self._clock())

        def tell(done: int, total: int) -> None:
            progress.stage("encoding texts", total)
            progress.done(done)

        encode = cached_encode(self.encoder, kept, tell)
        snapshot = BaseSnapshot(
            settings=replace(self.settings, probes=(*self.settings.probes, *accepted)),
            now=place.moment(self._day) if self._day else self._clock().astimezone(place.zone),
            zone=place.zone,
            regions=place.regions,
            currency=place.currency,
            documents=texts,
            products=products,
            conversations=talks,
            encode=encode,
            make_search=make_search(encode),
            cache=kept,
            known_clusters=clusters,
        )
        return snapshot, kept

    def check(self, snapshot: BaseSnapshot, progress: Progress) -> Outcome:
        """Run the selected checks."""
        checks = catalogue.selected(self._select, self._ignore)
        number = iter(range(1, len(checks) + 1))

        def tell(code: str) -> None:
            progress.stage(f"checking {code}", len(checks))
            progress.done(next(number))

        return run_checks(snapshot, checks, tell)

    def _second_opinion(self, outcome: Outcome, progress: Progress) -> None:
        judge = opinion.make_judge(self.settings.second_opinion)
        if judge is None:
            return
        progress.stage("second opinion")
        with self.store.read() as db:
            known: dict[str, dict[str, str]] = access.get_meta(db, OPINIONS, {})
        outcome.findings = opinion.second_opinions(
            outcome.findings,
            judge,
            known=known,
            max_calls=self.settings.second_opinion.max_calls,
            redact=Redactor(self.settings.order_patterns),
        )
        with self.store.write() as db:
            access.set_meta(db, OPINIONS, known)

    def _fixes(self, outcome: Outcome, snapshot: BaseSnapshot, run: int) -> dict[str, dict[str, object]]:
        """What closed the findings that this audit will resolve; before the write, since measuring takes its time."""
        with self.store.read() as db:
            expected = self._triage(db, outcome, run)
            return fixes.examine(db, snapshot, known.load(db), expected.moves)

    def _triage(self, db: Any, outcome: Outcome, run: int) -> Triaged:
        return triage(
            outcome.findings,
            known.load(db),
            findings.active_suppressions(db),
            coverage_of(db, outcome.ran),
            now=self._clock(),
            run=run,
        )


def coverage_of(db: Any, ran: Sequence[str]) -> Coverage:
    """What the store can say about a run's coverage."""
    statuses = runs.source_statuses(db, removed=True)
    fresh = {status.name for status in statuses if status.state == "ok" and not status.removed}
    return Coverage(
        ran=frozenset(ran),
        fresh=frozenset(fresh | {API_SOURCE}),
        hashes={ref_key(source, id_): mark for (source, id_), mark in documents.content_hashes(db).items()},
        gone=frozenset(ref_key(source, id_) for source, id_ in documents.gone(db)),
    )


def _coverage_rows(outcome: Outcome) -> list[dict[str, Any]]:
    standing: dict[str, int] = {}
    for finding in outcome.findings:
        standing[finding.rule] = standing.get(finding.rule, 0) + 1
    rows: list[dict[str, Any]] = [
        {"rule": code, "state": "ran", "reason": "", "findings": standing.get(code, 0)} for code in outcome.ran
    ]
    rows += [{"rule": e.rule, "state": "not_run", "reason": e.reason, "findings": 0} for e in outcome.not_run]
    rows += [{"rule": e.rule, "state": "broken", "reason": e.reason, "findings": 0} for e in outcome.broken]
    return [row | {"seconds": outcome.seconds.get(str(row["rule"]), 0.0)} for row in rows]


def _counts(triaged: Triaged, outcome: Outcome, snapshot: BaseSnapshot) -> dict[str, int]:
    kinds = ("opened", "changed", "resolved", "reopened")
    moved = {kind: sum(move.kind == kind for move in triaged.moves) for kind in kinds}
    return moved | {
        "standing": len(outcome.findings),
        "articles": len(snapshot.documents),
        "products": len(snapshot.products),
        "conversations": len(snapshot.conversations),
    }


def verify(audit: Audit, fingerprint: str, *, run: int, by: str) -> str:
    """Look again at one finding, with fresh sources: `resolved` or `standing`. Other findings are left as they are.

    The verdict is written as a transition. Raises `UsageError` if there is no such finding.
    """
    store, now = audit.store, audit._clock()
    with store.read() as db:
        item = findings.get(db, fingerprint)
    if item is None:
        raise UsageError(f"there is no finding {fingerprint!r}")
    # Rules that may silence or replace this one have to run beside it: the whole family does.
    audit._select, audit._ignore = (item.finding.rule[:3],), ()
    with beating(store, run, audit._progress) as progress:
        snapshot, kept = audit.snapshot(progress)
        try:
            outcome = audit.check(snapshot, progress)
        finally:
            kept.close()
    again = [finding for finding in outcome.findings if finding.fingerprint == fingerprint]
    details: dict[str, dict[str, object]] = {}
    if not again:
        with store.read() as db:
            known_now = {fingerprint: known.load(db)[fingerprint]}
            expected = triage((), known_now, (), coverage_of(db, outcome.ran), now=now, run=run)
            details = fixes.examine(db, snapshot, known_now, expected.moves)
    with store.write() as db:
        before = {fingerprint: known.load(db)[fingerprint]}
        marks = [s for s in findings.active_suppressions(db) if s.fingerprint == fingerprint]
        triaged = triage(again, before, marks, coverage_of(db, outcome.ran), now=now, run=run)
        known.save(db, triaged.found, fixes.tagged(triaged.moves, details), run=run, now=now)
        state = findings.get(db, fingerprint)
        assert state is not None
        gone = state.state == "resolved"
        why = "it is no longer there" if gone else "it is still there" if again else UNPROVEN
        findings.act(db, fingerprint, "verified", by=by, now=now, why=why, run=run)
    return "resolved" if gone else "standing"
