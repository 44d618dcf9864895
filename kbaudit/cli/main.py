"""`kbaudit`: parse, one call, render. Commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from kbaudit import __version__
from kbaudit.errors import KbauditError, UsageError

# command -> (module under kbaudit.cli with a typer `app` or a function `command`, help)
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "Audit files or a site once and print the findings."),
    "rules": ("rules", "List the rules, or explain one."),
    "text": ("text", "Print an article's plain text, to which offsets refer."),
    "ask": ("ask", "Ask as a customer: what would the bot retrieve?"),
    "replay": ("replay", "Preview a fix: what gets better, what gets worse?"),
    "probes": ("probes", "Golden questions: how well they are found, which to add."),
    "report": ("report", "Print the gap report or the readiness for coming events."),
    "demo": ("demo", "Audit the sample store and serve it."),
    "init": ("init", "Write a data folder with a commented configuration."),
    "doctor": ("doctor", "Look at a data folder, the model and the machine, and say what is wrong."),
    "sources": ("sources", "Add, test and watch the sources of a data folder."),
    "crawl": ("crawl", "Read the sources into the store."),
    "reindex": ("reindex", "Rebuild the vector index from the store, without the model."),
    "audit": ("audit", "Run the checks over the store."),
    "serve": ("serve", "Serve pages and API, and run the jobs on schedule."),
    "web": ("web", "Serve pages and API alone, without the worker."),
    "worker": ("worker", "Run the jobs alone, without pages."),
    "keys": ("keys", "Create, list and revoke API keys."),
    "db": ("db", "Look at the store, and bring its schema up to date."),
    "erase": ("erase", "Take one customer out of everything that is kept."),
    "model": ("model", "Prepare or check the embedding model."),
}


class Lazy(TyperGroup):
    """A group whose commands are imported when called. (Typer carries its own copy of click, hence the loose types.)"""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in for help, the real command for a call."""
        if cmd_name not in COMMANDS:
            return None
        module, text = COMMANDS[cmd_name]
        if ctx.resilient_parsing or cmd_name not in sys.argv[1:2]:
            return _single(cmd_name, text, lambda: None)
        found: Any = importlib.import_module(f"kbaudit.cli.{module}")
        if hasattr(found, "app"):
            command = typer.main.get_command(found.app)
            command.name = cmd_name
            return command
        return _single(cmd_name, text, found.command)


def _single(name: str, text: str, function: Callable[..., Any]) -> Any:
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name, help=text)(function)
    command = typer.main.get_command(single)
    command.name = name
    return command


PRINTING = frozenset({"check", "rules", "text", "ask", "report", "replay"})
app = typer.Typer(cls=Lazy, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"kbaudit {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Keeps the knowledge base that a shop's support answers from honest."""


def main() -> None:
    """The entry point: exit status 2 for wrong usage, 3 for a failure inside kbaudit."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - closed by the caller: nobody reads, nothing fails
    if sys.argv[1:2] and sys.argv[1] in PRINTING and hasattr(signal, "SIGPIPE"):
        # A reader that has seen enough (`| head`) ends a command that only prints, and nothing else.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        app()
    except UsageError as error:
        typer.echo(f"kbaudit: {error}", err=True)
        sys.exit(2)
    except KbauditError as error:
        typer.echo(f"kbaudit: {error}", err=True)
        sys.exit(3)
    except KeyboardInterrupt:
        typer.echo("\nkbaudit: stopped. Nothing is lost; run it again to go on.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        import traceback

        if os.environ.get("KBAUDIT_DEBUG"):
            traceback.print_exc()
        last = traceback.extract_tb(error.__traceback__)[-1]
        typer.echo(
            f"kbaudit: a failure inside kbaudit, {type(error).__name__} at {last.filename.rsplit('/', 1)[-1]}:"
            f"{last.lineno}: {error}. Set KBAUDIT_DEBUG=1 for the whole trace and report it.",
            err=True,
        )
        sys.exit(3)
