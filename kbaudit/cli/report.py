"""`kbaudit report`: the reports that are not the queue of findings."""

from __future__ import annotations

import typer

from kbaudit.cli import report_events, report_gaps

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Print the gap report or the readiness for coming events."""


app.command("gaps")(report_gaps.command)
app.command("events")(report_events.command)
