"""What the commands on a data folder share: finding it, opening it, printing for people or for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kbaudit.app import App


class Format(StrEnum):
    """For people or for programs."""

    text = "text"
    json = "json"


Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The data folder. Default: $KBAUDIT_DATA, else this folder."),
]
Output = Annotated[Format, typer.Option("--output-format", help="text for people, json for programs.")]


def data_folder(given: Path | None) -> Path:
    """The data folder that was named, or the one to assume."""
    if given is not None:
        return given
    return Path(os.environ.get("KBAUDIT_DATA") or ".")


@contextmanager
def opened(given: Path | None) -> Iterator[App]:
    """The data folder, with a progress bar, closed at the end."""
    from kbaudit.app import App
    from kbaudit.cli.progress import Bar

    with Bar() as bar:
        app = App.open(data_folder(given), progress=bar)
        try:
            yield app
        except KeyboardInterrupt:
            typer.echo("\nkbaudit: stopped. Nothing is lost; run it again to go on.", err=True)
            raise
        finally:
            app.close()


def show(value: Any, output: Format, text: str) -> None:
    """Print: the text for people, the value for programs."""
    if output is Format.json:
        json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write("\n")
    else:
        typer.echo(text)
