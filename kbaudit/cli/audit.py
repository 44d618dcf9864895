"""`kbaudit audit`: run the checks over the store and bring the queue up to date."""

from __future__ import annotations

from typing import Annotated

import typer

from kbaudit.cli.check import FailOn, parse_codes, parse_day
from kbaudit.cli.folder import Data, Format, Output, opened, show
from kbaudit.model.finding import SEVERITIES

SHOWN = 20


def command(
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Default: today.")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", help="Codes or prefixes, comma-separated.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Wins over --select.")] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit 1 for findings from this severity on.")
    ] = FailOn.never,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Run the checks over what was read, open what is new, resolve what is fixed."""
    with opened(data) as app:
        audited = app.audit(
            day=parse_day(as_of), select=parse_codes(select), ignore=parse_codes(ignore), by="command line"
        )
    counts, moves = audited.counts, audited.triaged.moves
    names = {finding.fingerprint: finding for finding in audited.outcome.findings}
    lines = [
        f"{counts['standing']} findings on {counts['articles']} articles, {counts['products']} products and "
        f"{counts['conversations']} conversations: {counts['opened']} opened, {counts['changed']} changed, "
        f"{counts['resolved']} resolved, {counts['reopened']} reopened."
    ]
    for move in moves[:SHOWN]:
        finding = names.get(move.fingerprint)
        said = f"{finding.rule} {finding.message}" if finding is not None else move.fingerprint
        lines.append(f"  {move.kind}: {said}" + (f" ({move.why})" if move.why else ""))
    if len(moves) > SHOWN:
        lines.append(f"  and {len(moves) - SHOWN} more; the queue has them all")
    lines.extend(f"  {entry.rule} broke: {entry.reason}" for entry in audited.outcome.broken)
    value = {
        "run": audited.run,
        "counts": counts,
        "transitions": [
            {"fingerprint": m.fingerprint, "kind": m.kind, "from": m.from_state, "to": m.to_state, "why": m.why}
            for m in moves
        ],
        "not_run": [{"rule": entry.rule, "reason": entry.reason} for entry in audited.outcome.not_run],
        "broken": [{"rule": entry.rule, "reason": entry.reason} for entry in audited.outcome.broken],
    }
    show(value, output, "\n".join(lines))
    if fail_on is not FailOn.never:
        least = SEVERITIES.index(fail_on.value)
        if any(SEVERITIES.index(finding.severity) >= least for finding in audited.outcome.findings):
            raise typer.Exit(1)
