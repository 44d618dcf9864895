"""The report for a terminal: grouped by rule, coloured, with the quoted evidence."""

from __future__ import annotations

import io
from typing import Any

from kbaudit.export.plain import View, by_rule, reach
from kbaudit.model.finding import Evidence, Finding

COLOURS = {"high": "red", "medium": "yellow", "low": "cyan"}
MOST_EVIDENCE = 6
LONGEST_QUOTE = 240


def render(view: View, *, colour: bool = False, width: int = 100) -> str:
    """Text of at most `width` columns, with ANSI colours if asked."""
    from rich.console import Console

    stream = io.StringIO()
    console = Console(
        file=stream, force_terminal=colour, no_color=not colour, width=width, highlight=False, markup=False, emoji=False
    )
    for rule, findings in by_rule(view.findings).items():
        first = findings[0]
        console.print(f"{rule} {first.name}", style=f"bold {COLOURS[first.severity]}", end="")
        console.print(f"  {first.severity}, {len(findings)}", style="dim")
        for item in findings:
            _finding(console, item)
        console.print()
    _summary(console, view)
    # Rich fills lines up to the width, which only makes a saved report longer.
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def _finding(console: Any, item: Finding) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(clean(item.message), style="bold"), (0, 0, 0, 2)))
    names = [f"{ref.title or ref.id} ({ref.source}/{ref.id})" for ref in item.documents[:4]]
    more = len(item.documents) - len(names)
    where = "; ".join(names) + (f"; and {more} more" if more > 0 else "")
    console.print(Padding(Text(clean(where), style="dim"), (0, 0, 0, 4)))
    for evidence in item.evidence[:MOST_EVIDENCE]:
        console.print(Padding(_quote(evidence), (0, 0, 0, 4)))
    if len(item.evidence) > MOST_EVIDENCE:
        console.print(Padding(Text(f"… {len(item.evidence) - MOST_EVIDENCE} more passages", style="dim"), (0, 0, 0, 4)))
    console.print(Padding(Text("→ " + clean(item.suggestion), style="green"), (0, 0, 0, 4)))
    if item.impact.questions:
        touched = reach(item)
        console.print(Padding(Text(touched, style="dim"), (0, 0, 0, 4)))


def _quote(evidence: Evidence) -> Any:
    from rich.text import Text

    quote = " ".join(clean(evidence.quote).split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1] + "…"
    line = Text()
    if evidence.side:
        line.append(f"{evidence.side} ", style="bold")
    if evidence.field:
        line.append(f"{evidence.field}: ", style="dim")
    line.append(f"“{quote}”")
    if evidence.note:
        line.append(f"  {clean(evidence.note)}", style="dim")
    return line


def _summary(console: Any, view: View) -> None:
    read = view.counts
    console.print(
        f"As of {view.as_of}: read {read.get('articles', 0)} articles, {read.get('products', 0)} products, "
        f"{read.get('conversations', 0)} conversations; {read.get('skipped', 0)} skipped."
    )
    for problem in view.problems[:20]:
        line = f":{problem.line}" if problem.line is not None else ""
        console.print(f"  {clean(problem.file or problem.ref)}{line}: {clean(problem.reason)}", style="yellow")
    if len(view.problems) > 20:
        console.print(f"  … and {len(view.problems) - 20} more", style="yellow")
    reasons: dict[str, list[str]] = {}
    for rule, reason in view.not_run:
        reasons.setdefault(reason, []).append(rule)
    for reason, rules in reasons.items():
        console.print(f"Not run ({reason}): {', '.join(rules)}", style="dim")
    for rule, reason in view.broken:
        console.print(f"{rule} failed inside kbaudit: {reason}", style="bold red")
    counts = {severity: sum(item.severity == severity for item in view.findings) for severity in COLOURS}
    total = len(view.findings)
    if total:
        parts = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count)
        console.print(f"{total} finding{'s' if total != 1 else ''}: {parts}.", style="bold")
    else:
        console.print("No findings.", style="bold green")


def clean(text: str) -> str:
    """Text from outside without control characters: no escape sequence reaches a terminal."""
    return "".join(char if char.isprintable() or char in "\n " else " " for char in text)
