"""Preview a fix: change one thing, and see for real questions what gets better and what gets worse.

The questions behind the change (those that find the changed articles, before or after; the newest ten) and a
regression set (questions whose answer is known, evenly over the rest) are retrieved twice, over the base as it is and
over the base as it would be. The right article of a question is a probe's, else the one that its answer came from
where that answer did not fail.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from kbaudit.check import Hit
from kbaudit.errors import UsageError
from kbaudit.facts.answers_sources import right_articles
from kbaudit.facts.probes import places
from kbaudit.jobs.corpus import Corpus, Place, collect
from kbaudit.jobs.inputs import input_of
from kbaudit.model.document import Document
from kbaudit.model.question import Question
from kbaudit.model.record import Item
from kbaudit.snapshot import BaseSnapshot

Change = Literal["better", "worse", "same"]
# The field's practice: five to ten real conversations that triggered the issue.
BEHIND = 10
REGRESSION = 50
DEPTH = 20
# A bot reads the first few results: what moves below them changes no answer.
READ = 5
# A cosine must move this far to count where nobody knows the right article: less is noise of wording.
MOVED = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """One question before and after. Ranks are those of the right article (of the changed one where none is known),
    None where it is not among the first twenty; `dense` is the cosine of the first hit. `conversation` is None for a
    probe."""

    question: str
    conversation: tuple[str, str] | None
    right: str | None
    rank_before: int | None
    rank_after: int | None
    first_before: str | None
    first_after: str | None
    dense_before: float
    dense_after: float
    change: Change


@dataclass(frozen=True, slots=True)
class Replay:
    """What the change does: `behind` to the questions that it is for, `regression` to the others. `new` are those of
    `changed` that take no article's place."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    behind: tuple[Row, ...]
    regression: tuple[Row, ...]
    new: tuple[str, ...] = ()

    @property
    def worse(self) -> int:
        """How many questions get worse, of both sets."""
        return sum(row.change == "worse" for row in (*self.behind, *self.regression))

    @property
    def better(self) -> int:
        """How many questions get better, of both sets."""
        return sum(row.change == "better" for row in (*self.behind, *self.regression))


def edited(path: Path, documents: Iterable[Document], place: Place) -> Document:
    """The document that a Markdown, HTML or text file stands for: the one with its id (front matter, else the file's
    name), its address or its title takes its place, else it is new. Raises `UsageError` for a file that cannot be read,
    or that may stand for several."""
    from kbaudit.config import Settings, connector_class

    if not path.is_file():
        raise UsageError(f"--with: {path} is no file.")
    known = sorted(documents, key=lambda item: item.ref)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "edited"
        folder.mkdir()
        (folder / path.name).write_bytes(path.read_bytes())
        entry = input_of("articles", str(folder), place.zone.key, place.currency, place.locale, place.regions[0])
        corpus = Corpus()
        items: list[Item] = list(connector_class(entry.source.connector)(entry.source, None).read(None))
        collect(items, corpus, source="edited", place=place, settings=Settings())
    if len(corpus.documents) != 1:
        reasons = "; ".join(problem.reason for problem in corpus.problems) or "it holds no article"
        raise UsageError(f"--with: {path} cannot be used: {reasons}.")
    (new,) = corpus.documents.values()
    old = _same(new, known, path)
    if old is None:
        source = known[0].source if known else new.source
        return replace(new, source=source)
    return replace(
        new,
        id=old.id,
        source=old.source,
        kind=old.kind,
        url=new.url or old.url,
        locale=old.locale,
        translation_of=old.translation_of,
        section=new.section or old.section,
        owner=new.owner or old.owner,
        audience=old.audience,
    )


def _same(new: Document, known: Sequence[Document], path: Path) -> Document | None:
    def stem(item: Document) -> str:
        return item.id.rsplit("/", 1)[-1]

    def address(item: Document) -> str:
        return (item.url or "").split("#")[0].rstrip("/")

    alike = {
        "id": [item for item in known if item.id == new.id],
        "address": [item for item in known if new.url and address(item) == address(new)],
        "name": [item for item in known if stem(item) == stem(new)],
        "title": [item for item in known if item.title == new.title],
    }
    for what, matches in alike.items():
        for narrower in (*alike.values(), [item for item in known if item.locale == new.locale]):
            if len(matches) > 1:
                matches = [item for item in matches if item in narrower] or matches
        if len(matches) == 1:
            return matches[0]
        if matches:
            shown = ", ".join(f"{item.source}/{item.id}" for item in matches[:5])
            raise UsageError(
                f"--with: {path} may stand for {len(matches)} articles with its {what}: {shown}. "
                "Say which by a line `id:` or `url:` in the front matter."
            )
    return None


def replay(
    before: BaseSnapshot,
    changed: Sequence[Document] = (),
    removed: Sequence[tuple[str, str]] = (),
    *,
    conversations: Collection[tuple[str, str]] = (),
    answer: tuple[str, str] | None = None,
) -> Replay:
    """Retrieve every question of both sets before and after the change.

    `conversations` are those behind a finding: then their questions are the ones that the change is for, and no others.
    `answer` is the article that answers those, where that is known.
    """
    gone = set(removed) | {document.ref for document in changed}
    if before.make_search is None:
        raise UsageError("This snapshot cannot retrieve.")
    after = before.make_search([d for d in (*_without(before.answers, gone), *changed) if d.live_on(before.now)])
    wanted = set(conversations)
    questions = sorted(before.questions, key=lambda q: (q.conversation not in wanted, *_newest(q)))
    right = right_articles(before)
    asked: list[tuple[str, str | None, tuple[str, str] | None]] = [
        (q.text, q.locale, q.conversation) for q in questions
    ]
    rights = [right.get(q.id) for q in questions]
    named = places(before)
    for probe in before.settings.probes:
        asked.append((probe.question, probe.locale, None))
        rights.append(next((place for name in probe.expected for place in sorted(named.get(name, ()))), None))
    unique: dict[tuple[str, str | None], int] = {}
    for number, (text, locale, _) in enumerate(asked):
        first = unique.setdefault((text, locale), number)
        own = first < len(questions) and questions[first].conversation in wanted
        if rights[first] is None and rights[number] is not None and not own:
            unique[(text, locale)] = number
    chosen = sorted(unique.values())
    texts, locales = [asked[n][0] for n in chosen], [asked[n][1] for n in chosen]
    old = before.search_many(texts, locales, DEPTH)
    new = after.search_many(texts, locales, DEPTH)
    behind: list[Row] = []
    others: list[Row] = []
    for number, hits_old, hits_new in zip(chosen, old, new, strict=True):
        text, _, conversation = asked[number]
        own = number < len(questions) and questions[number].conversation in wanted
        known = answer if own and answer is not None else rights[number]
        row = _row(text, conversation, known, hits_old, hits_new, gone)
        touched = any(hit.ref in gone for hit in (*hits_old[:READ], *hits_new[:READ]))
        if own or (not wanted and touched and (rights[number] in gone or rights[number] is None)):
            behind.append(row)
        elif rights[number] is not None or touched:
            others.append(row)
    return Replay(
        tuple(document.id for document in changed),
        tuple(ref[1] for ref in removed),
        tuple(sorted(behind, key=lambda row: row.right is None)[:BEHIND]),
        tuple(_evenly(others, REGRESSION)),
        tuple(sorted({document.id for document in changed if document.ref not in {d.ref for d in before.documents}})),
    )


def _newest(question: Question) -> tuple[float, str]:
    return (-question.asked_at.timestamp(), question.id)


def _without(documents: Iterable[Document], gone: set[tuple[str, str]]) -> list[Document]:
    return [document for document in documents if document.ref not in gone]


def _evenly(rows: Sequence[Row], most: int) -> list[Row]:
    """What changed, then the rest at even distances."""
    moved = [row for row in rows if row.change != "same"][:most]
    rest = [row for row in rows if row.change == "same"]
    room = most - len(moved)
    step = max(1, len(rest) // room) if room else 1
    return [*moved, *rest[::step][: max(room, 0)]]


def _row(
    text: str,
    conversation: tuple[str, str] | None,
    right: tuple[str, str] | None,
    old: Sequence[Hit],
    new: Sequence[Hit],
    gone: set[tuple[str, str]],
) -> Row:
    wanted = {right} if right else gone
    before, after = _rank(old, wanted), _rank(new, wanted)
    dense_before, dense_after = (old[0].dense if old else 0.0), (new[0].dense if new else 0.0)
    return Row(
        text,
        conversation,
        right[1] if right else None,
        before,
        after,
        old[0].ref[1] if old else None,
        new[0].ref[1] if new else None,
        dense_before,
        dense_after,
        _change(before, after, dense_after - dense_before, right is not None),
    )


def _rank(hits: Sequence[Hit], wanted: set[tuple[str, str]]) -> int | None:
    return next((number for number, hit in enumerate(hits, 1) if hit.ref in wanted), None)


def _change(before: int | None, after: int | None, moved: float, known: bool) -> Change:
    if known:
        a, b = min(before or DEPTH, READ + 1), min(after or DEPTH, READ + 1)
        return "better" if b < a else "worse" if b > a else "same"
    return "better" if moved >= MOVED else "worse" if moved <= -MOVED else "same"
