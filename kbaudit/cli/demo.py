"""`kbaudit demo`: the sample store, audited and served."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from kbaudit.cli.check import FailOn, Format, emit
from kbaudit.errors import UsageError

if TYPE_CHECKING:
    from kbaudit.app import App
    from kbaudit.jobs.audit import Audited

MARK = "demo.json"
LOGIN = "demo"


def prepare(folder: Path) -> None:
    """Write the sample store as of today; a demo of another day is made anew, any other folder is left alone."""
    from kbaudit import sample

    today = datetime.now(ZoneInfo(sample.ZONE)).date()
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()):
        if not mark.exists():
            raise UsageError(f"{folder} holds something else. Name an empty folder with --data.")
        if json.loads(mark.read_text("utf-8")).get("day") == today.isoformat():
            return
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    sample.write(folder, today)
    mark.write_text(json.dumps({"day": today.isoformat()}), "utf-8")


def run(app: App) -> Audited:
    """Read the sample store's sources and audit them."""
    for item in app.sync(by="demo"):
        if item.state != "done":
            typer.echo(f"kbaudit: {item.source}: {item.state}. {item.message}", err=True)
    return app.audit(by="demo")


def login(app: App) -> str:
    """Give the demo's user a new password, and say it."""
    from argon2 import PasswordHasher

    from kbaudit.store import access

    password = secrets.token_urlsafe(9)
    hashed = PasswordHasher().hash(password)
    with app.store.write() as db:
        if access.user(db, LOGIN) is None:
            access.add_user(db, LOGIN, hashed, role="admin", now=datetime.now(UTC))
        else:
            access.set_password(db, LOGIN, hashed)
    return password


def command(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages after the audit.")] = True,
    port: Annotated[int, typer.Option("--port", help="Where to serve.")] = 8420,
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Where the sample store is written.")] = Path(
        "demo"
    ),
    output_format: Annotated[
        Format, typer.Option("--output-format", help="How to print, with --no-serve.")
    ] = Format.text,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE")] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="As in `kbaudit check`, with --no-serve.")] = FailOn.low,
) -> None:
    """Write the sample store, audit it and serve it; with --no-serve, print the findings and exit like `check`."""
    from kbaudit.app import App
    from kbaudit.cli.progress import Bar

    if serve:
        from kbaudit.serve.web import check_port

        check_port("127.0.0.1", port)
    prepare(data)
    with Bar() as bar:
        app = App.open(data, progress=bar)
        try:
            audited = run(app)
            password = login(app) if serve else ""
        finally:
            app.close()
    if not serve:
        sys.exit(emit(audited.report(), output_format.value, output, fail_on.value))
    counts = audited.counts
    typer.echo(
        f"The sample store has {counts['articles']} articles, {counts['products']} products and "
        f"{counts['conversations']} conversations, and {counts['standing']} findings.\n"
        f"Log in as {LOGIN} with the password {password}"
    )
    sys.stdout.flush()
    # In place of this process, which holds the model that only the worker needs.
    command = [sys.executable, "-m", "kbaudit", "serve", "--data", str(data.resolve()), "--port", str(port)]
    os.execv(command[0], command)  # noqa: S606
