"""`kbaudit db`: the store itself."""

from __future__ import annotations

import typer

from kbaudit.cli.folder import Data, Format, Output, data_folder, show

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Look at the store.")


@app.command()
def migrate(data: Data = None) -> None:
    """Bring the schema up to date; starting kbaudit does the same."""
    from kbaudit import config
    from kbaudit.app import STORE_FILE
    from kbaudit.store import HEAD, open_store

    folder = data_folder(data)
    settings = config.load(folder / "config" if (folder / "config").is_dir() else None)
    store = open_store(settings.store.url or folder / STORE_FILE)
    typer.echo(f"The store is at revision {HEAD}.")
    store.close()


@app.command()
def check(data: Data = None, output: Output = Format.text) -> None:
    """Ask the database whether it is sound."""
    from kbaudit import config
    from kbaudit.app import STORE_FILE
    from kbaudit.store import open_store

    folder = data_folder(data)
    settings = config.load(folder / "config" if (folder / "config").is_dir() else None)
    store = open_store(settings.store.url or folder / STORE_FILE, migrate=False)
    problems = store.problems()
    store.close()
    show(problems, output, "\n".join(problems) or "The store is sound.")
    if problems:
        raise typer.Exit(3)
