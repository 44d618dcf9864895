"""`kbaudit keys`: who may use the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Create, list and revoke API keys.",
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What uses it, for example the helpdesk.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read, write, ingest, admin; repeatable. Default: read.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Only these sources. Default: all.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, help="How long it is valid. Default: for ever.")] = None,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Make a key and print it once; only its hash is kept."""
    from kbaudit.store import access

    now = datetime.now(UTC)
    with opened(data) as opened_app, opened_app.store.write() as db:
        key, text = access.create_key(
            db,
            name,
            scopes=scope or ["read"],
            sources=source or (),
            by="command line",
            now=now,
            expires_at=now + timedelta(days=days) if days else None,
        )
        access.log(db, "command line", "key created", now=now, target=key.id, detail={"scopes": key.scopes})
    show(
        {"id": key.id, "key": text, "scopes": key.scopes}, output, f"{text}\nIt is shown only now. Its id is {key.id}."
    )


@app.command("list")
def list_keys(data: Data = None, output: Output = Format.text) -> None:
    """Every key, without its secret."""
    from kbaudit.store import access

    with opened(data) as opened_app, opened_app.store.read() as db:
        keys = access.all_keys(db)
    rows: list[dict[str, Any]] = [
        {
            "id": key.id,
            "name": key.name,
            "scopes": key.scopes,
            "sources": key.sources,
            "created_at": key.created_at.isoformat(),
            "used_at": key.used_at.isoformat() if key.used_at else None,
            "state": "revoked" if key.revoked_at else "valid",
        }
        for key in keys
    ]
    lines = [
        f"{row['id']}  {row['state']:8} {','.join(key.scopes):20} {key.name}"
        for row, key in zip(rows, keys, strict=True)
    ]
    show(rows, output, "\n".join(lines) or "There are no keys. `kbaudit keys create NAME` makes one.")


@app.command()
def revoke(id: Annotated[str, typer.Argument()], data: Data = None) -> None:
    """Make a key useless at once."""
    from kbaudit.store import access

    now = datetime.now(UTC)
    with opened(data) as opened_app, opened_app.store.write() as db:
        access.revoke_key(db, id, now=now)
        access.log(db, "command line", "key revoked", now=now, target=id)
    typer.echo(f"{id} is revoked.")
