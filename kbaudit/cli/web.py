"""`kbaudit web`: the pages and the API alone."""

from __future__ import annotations

from typing import Annotated

import typer

from kbaudit.cli.folder import Data, data_folder


def command(
    data: Data = None,
    port: Annotated[int, typer.Option("--port")] = 8420,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
) -> None:
    """Serve pages and API; the worker runs apart (`kbaudit worker`)."""
    import signal

    from kbaudit.serve import web
    from kbaudit.serve.parent import hold_lifeline

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    hold_lifeline()
    web.serve(data_folder(data), host, port)
