"""The Flask application: wiring, headers, errors."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, g, jsonify, request
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, SecurityError

from kbaudit import __version__
from kbaudit.checks.catalogue import all_checks
from kbaudit.config import Settings
from kbaudit.errors import DiskFull, SourceUnavailable, StoreError, UsageError
from kbaudit.jobs.room import check_room
from kbaudit.store import Store, access
from kbaudit.web import auth, pages, render
from kbaudit.web.api import problems
from kbaudit.web.api.routes import api
from kbaudit.web.context import Ask, Context, Ingest

MAX_BODY = 1024 * 1024
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEY_HELP = "An API key, sent as `Authorization: Bearer kba_…`. Make one on the Keys page or with `kbaudit keys create`."


def create_app(
    store: Store,
    settings: Settings,
    *,
    ingest: Ingest | None = None,
    ask: Ask | None = None,
    setup_token: str | None = None,
    trusted_hosts: Sequence[str] = (),
    https: bool = False,
) -> OpenAPI:
    """The application over a store. `trusted_hosts` are the host names it answers to (none: any).

    `setup_token` is asked for when the first user is made. `ask` and `ingest` reach the worker and the ingest job.
    """
    app = OpenAPI(
        "kbaudit.web",
        info=Info(
            title="kbaudit", version=__version__, description="Findings, gaps, articles and events of the audit."
        ),
        security_schemes={"key": {"type": "http", "scheme": "bearer", "description": KEY_HELP}},
        doc_ui=False,
        validation_error_status=422,
        validation_error_model=problems.Problem,
        validation_error_callback=problems.invalid,
    )
    app.config.update(
        SECRET_KEY=_secret(store),
        SESSION_COOKIE_NAME="kbaudit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=100,
        TRUSTED_HOSTS=list(trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        TEMPLATES_AUTO_RELOAD=False,
    )
    # The rules' pages need every check's module: loaded at the start, or the first visitor waits for it.
    all_checks()
    app.extensions["kbaudit"] = Context(store, settings, ingest, ask, setup_token)
    app.url_map.strict_slashes = False
    render.install(app)
    csrf = CSRFProtect(app)
    app.register_api(api)
    csrf.exempt(api)
    app.register_blueprint(auth.blueprint)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    _install_errors(app)

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        took = (time.perf_counter() - getattr(g, "started", time.perf_counter())) * 1000
        response.headers["Server-Timing"] = f"app;dur={took:.1f}"
        return response

    @app.get("/healthz", doc_ui=False)
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz", doc_ui=False)
    def readyz() -> tuple[Response, int]:
        try:
            with store.read() as db:
                access.has_users(db)
            check_room(store)
            trouble: list[str] = []
        except StoreError as error:
            trouble = [str(error)]
        return jsonify(status="degraded" if trouble else "ok", problems=trouble), 503 if trouble else 200

    @app.get("/api/v1/openapi.json", doc_ui=False)
    def specification() -> Response:
        return jsonify(problems.described(app.api_doc))

    return app


def _secret(store: Store) -> str:
    with store.write() as db:
        secret = access.get_meta(db, "secret_key")
        if not isinstance(secret, str):
            secret = secrets.token_urlsafe(48)
            access.set_meta(db, "secret_key", secret)
    return secret


def _install_errors(app: OpenAPI) -> None:
    def answer(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Any:
        if request.path.startswith("/api/"):
            response = problems.problem(status, title, detail)
        else:
            response = render.error_page(status, title, detail)
        response.headers.update(headers or {})
        return response

    @app.errorhandler(UsageError)
    def usage(error: UsageError) -> Any:
        return answer(400, "That does not work", str(error))

    @app.errorhandler(SourceUnavailable)
    def unavailable(error: SourceUnavailable) -> Any:
        return answer(503, "Not now", str(error), {"Retry-After": "5"})

    @app.errorhandler(DiskFull)
    def full(error: DiskFull) -> Any:
        return answer(507, "No room on the disk", str(error))

    @app.errorhandler(StoreError)
    def broken(error: StoreError) -> Any:
        return answer(503, "The store is busy", str(error), {"Retry-After": "5"})

    @app.errorhandler(RecursionError)
    @app.errorhandler(UnicodeError)
    def unreadable(error: Exception) -> Any:
        return answer(422, "The input was not understood", "It is nested too deeply, or holds half a character.")

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> Any:
        return answer(400, "The form is too old", "Go back, load the page again and repeat what you did.")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if isinstance(error, SecurityError):
            # A name that is not ours (DNS rebinding): there are no addresses to build a page with.
            return Response("This service does not answer to that name.\n", 400, mimetype="text/plain")
        status = error.code or 500
        headers = {"Allow": error.get_response().headers["Allow"]} if status == 405 else None
        return answer(status, error.name, error.description or "", headers)

    @app.errorhandler(Exception)
    def crash(error: Exception) -> Any:
        app.logger.exception("unhandled error at %s", request.path)
        return answer(500, "A failure inside kbaudit", "It was logged. Try again; if it stays, report it.")
