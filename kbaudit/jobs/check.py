"""The one-shot audit: files in, findings out, nothing kept but a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from kbaudit.checks import catalogue
from kbaudit.config import Settings, connector_class
from kbaudit.errors import SourceError, Unreadable, UsageError
from kbaudit.index.encoder import make_encoder
from kbaudit.index.retriever import make_search
from kbaudit.jobs.corpus import Corpus, Place, check_events, collect, place_of, settings_digest
from kbaudit.jobs.inputs import Input, as_configured, input_of, with_columns
from kbaudit.jobs.run import Outcome, run_checks
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document
from kbaudit.model.product import Product
from kbaudit.model.record import Item, Skipped
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store.cache import Cache, cached_encode, default_folder

KINDS = ("articles", "products", "conversations")
# What a folder's articles end in.
TEXTS = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})


class Progress(Protocol):
    """Where long work says how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins."""

    def done(self, count: int) -> None:
        """So many of the stage's total are done."""


class Silent:
    """Says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def done(self, count: int) -> None:
        """Nothing."""


@dataclass(slots=True)
class Request:
    """What to audit: paths or addresses by kind, and how. `columns`: field to column, for tables of conversations."""

    articles: Sequence[str] = ()
    products: Sequence[str] = ()
    conversations: Sequence[str] = ()
    as_of: date | None = None
    regions: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    check_links: bool = False
    cache: Path | None = field(default_factory=default_folder)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The result of an audit, ready for any output format."""

    as_of: date
    counts: dict[str, int]
    problems: list[Skipped]
    outcome: Outcome
    snapshot: BaseSnapshot


def snapshot_over(
    corpus: Corpus,
    settings: Settings,
    place: Place,
    day: date | None,
    cache: Cache,
    progress: Progress | None = None,
) -> BaseSnapshot:
    """A snapshot of a corpus in memory, with the bundled model behind the cache."""
    steps = progress or Silent()

    def tell(done: int, total: int) -> None:
        if done <= 50:
            steps.stage("encoding texts", total)
        steps.done(done)

    encode = cached_encode(make_encoder(settings.model.name), cache, tell)
    return BaseSnapshot(
        settings=settings,
        now=place.moment(day),
        zone=place.zone,
        regions=place.regions,
        currency=place.currency,
        documents=tuple(corpus.documents.values()),
        products=tuple(corpus.products.values()),
        conversations=tuple(corpus.conversations.values()),
        encode=encode,
        make_search=make_search(encode),
        cache=cache,
    )


def read(request: Request, settings: Settings, progress: Progress | None = None) -> tuple[Corpus, Place]:
    """Read every input. Raises `UsageError` if nothing yields a record, `SourceError` if an address cannot be read."""
    steps = progress or Silent()
    place = place_of(settings, request.regions)
    check_events(settings, place)
    inputs = [
        as_configured(
            input_of(kind, path, place.zone.key, place.currency, place.locale, place.regions[0]), settings.sources
        )
        for kind in KINDS
        for path in getattr(request, kind)
    ]
    if request.columns:
        inputs = [with_columns(entry, request.columns) for entry in inputs]
    if not inputs:
        raise UsageError("Nothing to check: give --articles, --products or --conversations.")
    delivered = []
    for entry in inputs:
        steps.stage(f"reading {entry.source.name}")
        delivered.append((entry, list(_items(entry))))
    if not (request.regions or settings.shop.regions or settings.shop.locale):
        place = place_of(settings, (), _locales(delivered))
        if place.currency != "USD" and any(entry.kind == "products" for entry, _ in delivered):
            # Bare prices were read as dollars before the region was known.
            inputs = [
                input_of(entry.kind, path, place.zone.key, place.currency, place.locale, place.regions[0])
                for entry, path in zip(inputs, (p for k in KINDS for p in getattr(request, k)), strict=True)
            ]
            delivered = [
                (new, list(_items(new)) if new.kind == "products" else items)
                for new, (_, items) in zip(inputs, delivered, strict=True)
            ]
    corpus = Corpus()
    for entry, items in delivered:
        steps.stage(f"cleaning {entry.source.name}", len(items))
        collect(items, corpus, source=entry.source.name, place=place, settings=settings)
    if not (corpus.documents or corpus.products or corpus.conversations):
        reasons = "; ".join(f"{p.file or p.ref}: {p.reason}" for p in corpus.problems[:3])
        raise UsageError(f"No input yielded a record.{' ' + reasons if reasons else ''}")
    return corpus, place


def article_files(request: Request) -> dict[tuple[str, str], Path]:
    """Articles that are a file of a folder, by (source, id). A file whose front matter gives another id is left out."""
    found: dict[tuple[str, str], Path] = {}
    for name in request.articles:
        root = Path(name)
        if not root.is_dir():
            continue
        for path in sorted(item for item in root.rglob("*") if item.suffix.lower() in TEXTS):
            below = path.relative_to(root)
            # As the folder's connector names them: with the ending only where two files differ by nothing else.
            found.setdefault((root.resolve().name, below.with_suffix("").as_posix()), path)
            found[root.resolve().name, below.as_posix()] = path
    return found


def _items(entry: Input) -> Iterator[Item]:
    kind = connector_class(entry.source.connector)
    try:
        if "url" in entry.source.settings:
            from kbaudit.http import Client

            yield from kind(entry.source, Client.for_source(entry.source)).read(None)
        else:
            yield from kind(entry.source, None).read(None)
    except (SourceError, Unreadable) as error:
        raise UsageError(f"{entry.source.name}: {error}") from error


def _locales(delivered: Iterable[tuple[Input, list[Item]]]) -> list[str]:
    return [
        locale
        for entry, items in delivered
        if entry.kind == "articles"
        for item in items
        if (locale := getattr(item, "locale", None))
    ]


def check(
    request: Request,
    settings: Settings,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Report:
    """Read, compute facts, run the checks. Raises `UsageError` (also `ConfigError`)."""
    steps = progress or Silent()
    checks = catalogue.selected(request.select, request.ignore)
    for code in (*request.select, *request.ignore):
        if not any(module[:6].upper().startswith(code) for module in catalogue.MODULES):
            raise UsageError(f'No rule\'s code starts with "{code}". `kbaudit rules` lists them.')
    corpus, place = read(request, settings, progress)
    cache = Cache(request.cache, settings_digest(settings, place), warn)
    try:
        snapshot = snapshot_over(corpus, settings, place, request.as_of, cache, steps)
        if request.check_links:
            from kbaudit.jobs.links import check_links

            steps.stage("checking links")
            snapshot.link_status = check_links(snapshot)
        steps.stage("running checks", len(checks))
        names = iter(range(1, len(checks) + 1))

        def tell(code: str) -> None:
            steps.stage(f"checking {code}", len(checks))
            steps.done(next(names))

        outcome = run_checks(snapshot, checks, tell)
    finally:
        cache.close()
    return Report(
        as_of=snapshot.today,
        counts=counts_of(corpus.documents.values(), corpus.products.values(), corpus.conversations.values())
        | {"skipped": corpus.skipped},
        problems=corpus.problems,
        outcome=outcome,
        snapshot=snapshot,
    )


def counts_of(
    documents: Iterable[Document], products: Iterable[Product], conversations: Iterable[Conversation]
) -> dict[str, int]:
    """How much of what was read."""
    return {
        "articles": sum(1 for _ in documents),
        "products": sum(1 for _ in products),
        "conversations": sum(1 for _ in conversations),
    }
