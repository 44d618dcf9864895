"""`kbaudit serve`, and the two processes that it starts: `kbaudit web` and `kbaudit worker`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kbaudit.cli.folder import Data, data_folder

Port = Annotated[int | None, typer.Option("--port", help="Default: [web] port of kbaudit.toml, 8420.")]
Host = Annotated[str | None, typer.Option("--host", help="Default: [web] host of kbaudit.toml, this machine only.")]


def command(data: Data = None, port: Port = None, host: Host = None) -> None:
    """Serve pages and API, and run the jobs on schedule, until stopped."""
    raise typer.Exit(run(data_folder(data), port, host))


def run(folder: Path, port: int | None = None, host: str | None = None) -> int:
    """Start web and worker over a data folder and keep them alive; the exit status."""
    import secrets

    from kbaudit.app import App
    from kbaudit.serve.parent import Child, Parent, only_one
    from kbaudit.serve.web import SETUP_TOKEN, address_of, check_port
    from kbaudit.store import access

    app = App.open(folder)
    web = app.settings.web
    address, number = host or web.host, port or web.port
    with app.store.read() as db:
        ready = access.has_users(db)
    app.close()
    only_one(folder.resolve())
    check_port(address, number)
    shown = address_of(address, number)
    token = "" if ready else secrets.token_urlsafe(12)
    place = ["--data", str(folder.resolve())]
    base = [sys.executable, "-m", "kbaudit"]
    children = [
        Child(
            "web",
            [*base, "web", *place, "--host", address, "--port", str(number)],
            {SETUP_TOKEN: token} if token else {},
        ),
        Child("worker", [*base, "worker", *place], {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2")}),
    ]
    if token:
        typer.echo(f"First run: choose a name and a password at {shown}setup with the setup token {token}")
    typer.echo("Starting; stop it with Ctrl-C.")
    sys.stdout.flush()
    return Parent(children, lambda text: typer.echo(f"kbaudit: {text}", err=True)).run()
