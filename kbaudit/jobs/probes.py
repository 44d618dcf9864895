"""Which questions may become golden probes: from gaps that are closed or confirmed, and from conversations that went
well. A person accepts or dismisses each; nothing here decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbaudit.facts.answers_sources import right_articles
from kbaudit.facts.probes import places, probe_id
from kbaudit.facts.titles import titled
from kbaudit.jobs.applying import Clock, utc_now
from kbaudit.jobs.fixes import answers
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.progress import Progress, Silent
from kbaudit.model.finding import Finding
from kbaudit.model.life import State
from kbaudit.model.question import Cluster, Question
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store import Store, known, probes, runs
from kbaudit.store.kept import Kept
from kbaudit.store.probes import Stored

Place = tuple[str, str]
# More than a person decides over a coffee are noise.
MOST = 20
# One conversation may have cited an article by chance; two that agree are a pattern, and four in five of them must.
LEAST, AGREE = 2, 0.8
SHORTEST, LONGEST = 3, 30
# Findings whose first articles, all but the last, are no answers: they are expired, or pollute what is found.
EXPIRED, POLLUTED = ("SEA101",), ("RET501",)
CONFIRMED: frozenset[State] = frozenset({"acknowledged", "in_progress", "resolved"})
_PLACEHOLDER = re.compile(r"\[[a-z_ ]+\]")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Material:
    """What a snapshot offers: for each cluster the article that answered its served questions, with the questions; the
    article that answers the cluster by its text; and what the articles are called."""

    served: Mapping[str, tuple[Place, tuple[Question, ...], int]]
    answered: Mapping[str, Place]
    clusters: Mapping[str, Cluster]
    names: Mapping[Place, str]


def material(snapshot: BaseSnapshot) -> Material:
    """Read a snapshot; costs what the facts cost that the gap rules need as well."""
    right = right_articles(snapshot)
    served = {}
    for cluster in snapshot.clusters:
        cited = [(question, right[question.id]) for question in cluster.questions if question.id in right]
        counts = Counter(place for _, place in cited)
        if not counts:
            continue
        place, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        talks = {question.conversation for question, other in cited if other == place}
        if len(talks) >= LEAST and count >= AGREE * len(cited):
            served[cluster.id] = (place, tuple(q for q, other in cited if other == place), len(talks))
    answered = answers(snapshot)
    named = places(snapshot)
    names = {document.ref: _name(named, document.ref, document.url) for document in snapshot.answers}
    return Material(served, answered, {cluster.id: cluster for cluster in snapshot.clusters}, names)


def look(
    store: Store,
    make: Callable[[Progress], tuple[BaseSnapshot, Kept]],
    *,
    by: str,
    clock: Clock = utc_now,
) -> int:
    """Propose outside an audit: a run of its own. Returns how many proposals are new."""
    with store.write() as db:
        run = runs.begin(db, "probes", holder=me(), alive=alive, by=by, now=clock())
    try:
        snapshot, kept = make(Silent())
        try:
            offered = material(snapshot) if snapshot.conversations else None
        finally:
            kept.close()
        with store.write() as db:
            found = proposals(offered, known.states(db), probes.ids(db)) if offered else []
            new = probes.propose(db, found, now=clock(), most=MOST)
            runs.finish(db, run, "done", now=clock(), counts={"proposed": new})
    except BaseException as error:
        with store.write() as db:
            runs.finish(db, run, "failed", now=clock(), error=f"{type(error).__name__}: {error}")
        raise
    return new


def _name(named: Mapping[str, set[Place]], place: Place, url: str | None) -> str:
    """What a probe calls an article: its id, unless another source has an article of that id."""
    whole = "/".join(place)
    return next((name for name in (place[1], url, whole) if name and len(named.get(name, ())) == 1), whole)


def proposals(
    found: Material, findings: Iterable[tuple[Finding, State]], decided: Collection[str] = ()
) -> list[Stored]:
    """What to propose, gaps first, then the most asked, each with the reason for it. A cluster is left out once one of
    its questions is among `decided` (ids of probes), in whatever words it would be proposed today."""
    findings = list(findings)
    wrong = _wrong(findings)
    twins = _twins(findings)
    result: list[tuple[int, int, Stored]] = []

    def offer(order: int, weight: int, place: Place, questions: Sequence[Question], why: str, gap: str | None) -> None:
        question = _spoken(questions)
        if question is None or place in wrong or place not in found.names:
            return
        if any(probe_id(_text(other), other.locale) in decided for other in questions):
            return
        text = _text(question)
        expected = [place, *sorted(twins.get(place, set()) - {place})]
        item = Stored(
            id=probe_id(text, question.locale),
            state="proposed",
            origin="gap" if gap else "conversation",
            question=text,
            locale=question.locale,
            expected=tuple(found.names[name] for name in expected if name in found.names),
            why=why,
            finding=gap,
            source=question.conversation[0],
            conversation=question.conversation[1],
        )
        result.append((order, -weight, item))

    for finding, state in findings:
        if not finding.rule.startswith("GAP") or state not in CONFIRMED:
            continue
        cluster = found.clusters.get(str(finding.subject.get("cluster")))
        if cluster is None:
            continue
        articles = [ref for ref in finding.documents if ref.kind == "article"]
        if finding.rule == "GAP403" and articles:
            closed = "was found again" if state == "resolved" else "is hidden, as somebody confirmed"
            why = f"{finding.rule}: this article answers it and {closed}."
            place = (articles[0].source, articles[0].id)
        elif state == "resolved" and cluster.id in found.answered:
            place = found.answered[cluster.id]
            why = f"{finding.rule}: a gap that is closed: this article answers it now."
        else:
            continue
        offer(0, len(cluster.questions), place, _central(cluster), why, finding.fingerprint)
    for id_, (place, questions, talks) in found.served.items():
        why = f"{talks} conversations that went well were answered from this article."
        central = [q for q in _central(found.clusters[id_]) if q in set(questions)]
        offer(1, len(found.clusters[id_].questions), place, [*central, *questions], why, None)
    return [item for _, _, item in sorted(result, key=lambda row: (row[0], row[1], row[2].id))]


def _wrong(findings: Iterable[tuple[Finding, State]]) -> set[Place]:
    """Articles that must not become somebody's right answer."""
    wrong: set[Place] = set()
    for finding, state in findings:
        refs = [(ref.source, ref.id) for ref in finding.documents if ref.kind == "article"]
        if state == "resolved":
            continue
        if finding.rule in EXPIRED:
            wrong.update(refs[:1])
        elif finding.rule in POLLUTED:
            wrong.update(refs[:-1])
    return wrong


def _twins(findings: Iterable[tuple[Finding, State]]) -> dict[Place, set[Place]]:
    """Articles that say the same: either is right."""
    twins: dict[Place, set[Place]] = {}
    for finding, state in findings:
        if finding.rule == "DUP601" and state != "resolved":
            group = {(ref.source, ref.id) for ref in finding.documents}
            for place in group:
                twins.setdefault(place, set()).update(group)
    return twins


def _central(cluster: Cluster) -> list[Question]:
    first = [cluster.questions[number] for number in cluster.representatives if number < len(cluster.questions)]
    return [*first, *cluster.questions]


def _text(question: Question) -> str:
    return titled(question.text, 200)


def _spoken(questions: Sequence[Question]) -> Question | None:
    """The first question that stands on its own: not too short, not a story, nothing taken out of it; one without
    figures, which are often somebody's own, where there is one."""
    fit = [
        question
        for question in questions
        if SHORTEST <= len(question.text.split()) <= LONGEST and not _PLACEHOLDER.search(question.text)
    ]
    return next((question for question in fit if not _FIGURE.search(question.text)), fit[0] if fit else None)
