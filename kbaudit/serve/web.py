"""The web process: pages and API over the store, on waitress."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from kbaudit.app import App
from kbaudit.errors import UsageError
from kbaudit.scheduler import wire

# What a browser on this machine calls it. Any other name is a page elsewhere that points here (DNS rebinding).
LOCAL = ("127.0.0.1", "localhost", "::1")
SETUP_TOKEN = "KBAUDIT_SETUP_TOKEN"  # noqa: S105


def application(app: App) -> Any:
    """The Flask application over a data folder."""
    from kbaudit.web.app import create_app

    def ask(do: str, /, **arguments: Any) -> Any:
        return wire.ask(app.data / "run", do, **arguments)

    web = app.settings.web
    flask = create_app(
        app.store,
        app.settings,
        ingest=app.ingest,
        ask=ask,
        setup_token=os.environ.get(SETUP_TOKEN),
        trusted_hosts=web.hosts or (LOCAL if web.host in LOCAL else ()),
        https=web.proxies > 0,
    )
    if web.proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        count = web.proxies
        flask.wsgi_app = ProxyFix(flask.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return flask


def address_of(host: str, port: int) -> str:
    """The address to type into a browser."""
    return f"http://{'localhost' if host in LOCAL else host}:{port}/"


def serve(data: Path, host: str, port: int) -> None:
    """Serve until stopped."""
    from waitress.server import create_server

    app = App.open(data)
    server: Any = create_server(
        application(app),
        host=host,
        port=port,
        threads=app.settings.web.threads,
        ident="kbaudit",
        max_request_body_size=8 * 1024 * 1024,
        channel_timeout=60,
    )
    # Said when it is true: the socket listens from here on.
    print(f"kbaudit serves {address_of(host, port)}", flush=True)  # noqa: T201
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        app.close()


def check_port(host: str, port: int) -> None:
    """Raises `UsageError` if nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"{host}:{port} cannot be listened on ({error.strerror}). Choose another with --port."
            ) from error
