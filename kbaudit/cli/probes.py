"""`kbaudit probes`: golden questions: how well they are found, which are proposed, and what becomes of them."""

from __future__ import annotations

import dataclasses
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show
from kbaudit.errors import UsageError

if TYPE_CHECKING:
    from kbaudit.store.probes import Point, Standing, Stored

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="As `kbaudit probes propose` prints it.")]


@app.callback(invoke_without_command=True)
def main(context: typer.Context, data: Data = None, output: Output = Format.text) -> None:
    """Show how well the golden questions are found: now, before, and what stands above the right article.

    Exit status 1 if one of them is found worse than in the audit before.
    """
    from kbaudit.store import probes

    if context.invoked_subcommand:
        return
    with opened(data) as found, found.store.read() as db:
        standings, points = probes.standings(db), probes.history(db)
        waiting = len(probes.listed(db, ("proposed",)))
    worse = [item for item in standings if item.moved == "worse"]
    value = {
        "measures": [{"run": p.run, "at": p.at, **dataclasses.asdict(p.measures)} for p in points],
        "probes": [{**_plain(s.probe), **_standing(s)} for s in standings],
        "proposed": waiting,
    }
    show(value, output, render(standings, points, waiting))
    sys.exit(1 if worse else 0)


@app.command("propose")
def propose(data: Data = None, output: Output = Format.text) -> None:
    """Look for questions that may become probes: from closed gaps and from conversations that went well."""
    from kbaudit.store import probes

    with opened(data) as found:
        new = found.propose_probes(by=getpass.getuser())
        with found.store.read() as db:
            waiting = probes.listed(db, ("proposed",))
    lines = [f"{item.id}  {item.question}\n    → {', '.join(item.expected)}\n    {item.why}" for item in waiting]
    lines.append(
        f"{len(waiting)} wait for a decision, {new} of them new. `kbaudit probes accept ID` or `dismiss ID`."
        if waiting
        else "Nothing to propose: it takes conversations that went well with their cited articles, or closed gaps."
    )
    show({"items": [_plain(item) for item in waiting], "new": new}, output, "\n".join(lines))


@app.command("accept")
def accept(
    ids: Ids,
    expected: Annotated[
        list[str] | None, typer.Option("--expected", metavar="ID", help="The article that answers it. Repeatable.")
    ] = None,
    data: Data = None,
) -> None:
    """Accept proposals: from the next audit on they are measured."""
    _decide(ids, "accepted", data, expected or [])


@app.command("dismiss")
def dismiss(ids: Ids, data: Data = None) -> None:
    """Dismiss proposals or accepted probes: they are not measured and not proposed again."""
    _decide(ids, "dismissed", data, [])


@app.command("export")
def export(
    data: Data = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Instead of standard output.")] = None,
) -> None:
    """Print the probes that people accepted as tables of probes.toml."""
    from kbaudit.export.probes_toml import render as toml
    from kbaudit.store import probes

    with opened(data) as found, found.store.read() as db:
        text = toml(probes.accepted(db))
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"--output: {output} cannot be written: {error.strerror}.") from None


def _decide(ids: list[str], state: Any, data: Path | None, expected: list[str]) -> None:
    from kbaudit.store import probes

    if expected and len(ids) != 1:
        raise UsageError("--expected says what answers one question: accept them one by one.")
    with opened(data) as found, found.store.write() as db:
        refused = []
        for id_ in ids:
            try:
                probes.decidable(db, id_)
            except UsageError as error:
                refused.append(f"{id_}: {error}")
        if refused:
            raise UsageError(f"nothing was {state}: {'; '.join(refused)}.")
        for id_ in dict.fromkeys(ids):
            item = probes.decide(db, id_, state, by=getpass.getuser(), now=datetime.now(UTC), expected=expected)
            typer.echo(f"{state}: {item.question}")


def render(standings: tuple[Standing, ...], points: tuple[Point, ...], waiting: int) -> str:
    """For a terminal."""
    lines = []
    if points:
        m = points[-1].measures
        lines.append(
            f"{m.questions} probes: recall@1 {m.recall_1:.2f}, recall@5 {m.recall_5:.2f}, recall@10 {m.recall_10:.2f}, "
            f"MRR {m.mrr:.2f}, nDCG@10 {m.ndcg_10:.2f} (run {points[-1].run})"
        )
    for item in standings:
        mark = {"better": "+", "worse": "-", "same": " ", "new": " "}[item.moved]
        before = "" if not item.known_before or item.moved == "same" else f" (before: {item.before or 'not found'})"
        lines.append(f"{mark} {item.rank or 'not found'}{before}  {item.probe.question}")
        if item.missing:
            lines.append(f"      no live article is called {', '.join(item.missing)}")
        if item.above and (item.moved == "worse" or item.rank is None):
            lines.append(f"      above it: {', '.join(article['title'] for article in item.above)}")
    if not points:
        lines.append("Nothing has been measured yet: accept probes or write them into config/probes.toml, then audit.")
    if waiting:
        lines.append(f"{waiting} proposed: `kbaudit probes propose` lists them.")
    return "\n".join(lines)


def _plain(item: Stored) -> dict[str, Any]:
    return {
        "id": item.id, "question": item.question, "locale": item.locale, "expected": list(item.expected),
        "state": item.state, "origin": item.origin, "why": item.why,
    }  # fmt: skip


def _standing(item: Standing) -> dict[str, Any]:
    return {
        "rank": item.rank, "before": item.before, "moved": item.moved, "above": list(item.above),
        "missing": list(item.missing),
    }  # fmt: skip
