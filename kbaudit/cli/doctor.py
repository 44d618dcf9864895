"""`kbaudit doctor`: look at a data folder, the model and the machine, and say what is wrong and what to do."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kbaudit.cli.folder import Data, Format, Output, data_folder, show
from kbaudit.errors import KbauditError, SourceUnavailable

if TYPE_CHECKING:
    from kbaudit.app import App

Verdict = Literal["ok", "note", "bad"]
MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, and how it is."""

    what: str
    verdict: Verdict
    said: str


def command(
    data: Data = None,
    output: Output = Format.text,
    sources: Annotated[bool, typer.Option("--sources/--no-sources", help="Also ask every source.")] = True,
) -> None:
    """Look at everything; exit status 1 if something is wrong."""
    folder = data_folder(data)
    named = data is not None or "KBAUDIT_DATA" in os.environ
    lines = list(examine(folder, sources, named=named))
    text = "\n".join(f"{MARKS[line.verdict]} {line.what}: {line.said}" for line in lines)
    show([asdict(line) for line in lines], output, text)
    if any(line.verdict == "bad" for line in lines):
        raise typer.Exit(1)


def examine(folder: Path, ask_sources: bool, *, named: bool = True) -> Iterator[Line]:
    """Every line of the report. A folder that nobody `named` and that is no data folder is no fault."""
    from kbaudit.app import App

    yield from _machine(folder)
    yield _line("model", _model)
    if not named and not (folder / "config").is_dir():
        yield Line("data folder", "note", "none was named: `kbaudit doctor --data DIR` looks at one too")
        return
    try:
        app = App.open(folder)
    except KbauditError as error:
        for problem in str(error).splitlines():
            yield Line("data folder", "bad", problem)
        return
    try:
        yield Line("data folder", "ok", str(app.data))
        yield from _store(app)
        yield from _shop(app)
        yield from _rules(app)
        yield from _sources(app, ask_sources)
        yield from _worker(app)
    finally:
        app.close()


def _line(what: str, look: Callable[[], tuple[Verdict, str]]) -> Line:
    try:
        verdict, said = look()
    except KbauditError as error:
        return Line(what, "bad", str(error))
    return Line(what, verdict, said)


def _machine(folder: Path) -> Iterator[Line]:
    yield Line("python", "ok", f"{sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    from kbaudit.jobs.room import FREE_BYTES, FREE_SHARE, room

    left, total = room(folder)
    low = left < FREE_BYTES or left < FREE_SHARE * total
    free = f"{left / 1024**3:.1f} GiB free ({left / total:.0%})"
    yield Line("disk", "bad" if low else "ok", f"{free}. Make room: a run may fail in the middle." if low else free)


def _model() -> tuple[Verdict, str]:
    from kbaudit.index import encoder

    encoder.check_bundled()
    ready = (encoder.model_home() / encoder.ONNX_NAME).exists()
    return (
        ("ok", "weights have the right hash") if ready else ("note", "is prepared at first use, which takes a minute")
    )


def _store(app: App) -> Iterator[Line]:
    from kbaudit.store import HEAD, runs

    problems = app.store.problems()
    yield Line("store", "bad" if problems else "ok", "; ".join(problems[:3]) or f"sound, revision {HEAD}")
    with app.store.read() as db:
        held = runs.held(db)
        last = runs.latest(db, "audit")
    for item in held:
        yield Line(
            f"held sync of {item.source}",
            "bad",
            f'{item.reason}. Look at it, then: kbaudit crawl --release {item.id} --reason "why"',
        )
    said = (
        f"the last audit ended {last.finished_at:%Y-%m-%d %H:%M} UTC" if last and last.finished_at else "no audit yet"
    )
    yield Line("audit", "ok" if last else "note", said)


def _shop(app: App) -> Iterator[Line]:
    place = app.place
    said = (
        f"regions {', '.join(place.regions)}, zone {place.zone.key}, currency {place.currency}, locale {place.locale}"
    )
    if app.settings.shop.regions:
        yield Line("shop", "ok", said)
    else:
        yield Line("shop", "note", f"guessed: {said}. Set [shop] regions and locale in config/kbaudit.toml.")


def _rules(app: App) -> Iterator[Line]:
    from kbaudit.checks import catalogue
    from kbaudit.jobs.run import option_problems

    codes = {check.code: check for check in catalogue.all_checks()}
    wrong = []
    for code, options in app.settings.rules.items():
        if code not in codes:
            wrong.append(f"config/rules.toml [{code}]: no rule has this code. `kbaudit rules` lists them.")
            continue
        wrong += option_problems(codes[code], options)
    for line in wrong:
        yield Line("rules", "bad", line)
    if not wrong:
        yield Line("rules", "ok", f"{len(codes)} rules, options of {len(app.settings.rules)} changed")


def _sources(app: App, ask: bool) -> Iterator[Line]:
    if not app.settings.sources:
        yield Line("sources", "bad", f"none. Describe one in {app.data / 'config' / 'sources.toml'}.")
    for source in app.settings.sources if ask else ():
        probe = app.probe(source)
        yield Line(f"source {source.name}", "ok" if probe.ok else "bad", probe.message)


def _worker(app: App) -> Iterator[Line]:
    from kbaudit.scheduler import wire

    try:
        wire.ask(app.data / "run", "ping")
    except SourceUnavailable:
        yield Line("worker", "note", "does not run; `kbaudit serve` starts it")
    else:
        yield Line("worker", "ok", "runs and answers")
