"""First-run setup, log in, log out, and who may do what. Nothing is open without a password."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from flask import Blueprint, Response, abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from kbaudit.store import access
from kbaudit.store.access import Session
from kbaudit.web.context import context, now

blueprint = Blueprint("auth", __name__)
ROLES = ("viewer", "editor", "admin")
TRIES = 15
WINDOW = timedelta(minutes=15)
FRESH = timedelta(minutes=5)
SHORTEST = 10
_hasher = PasswordHasher()
# What a login with an unknown name is checked against, so that it takes as long as one with a known name.
_decoy = _hasher.hash("nobody has this password")
OPEN = frozenset({"auth.setup", "auth.login", "static", "healthz", "readyz"})
View = TypeVar("View", bound=Callable[..., Any])


def hash_password(password: str) -> str:
    """argon2id."""
    return _hasher.hash(password)


@blueprint.before_app_request
def require_login() -> BaseResponse | None:
    """Every page wants a session; the API has its keys and takes no cookie."""
    if request.path.startswith("/api/v1/") or request.endpoint in OPEN or request.endpoint is None:
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _same_origin():
        abort(400, "The request came from another site.")
    token = session.get("token")
    with context().store.read() as db:
        if not access.has_users(db):
            return redirect(url_for("auth.setup"))
        found = access.session(db, token, now=now()) if isinstance(token, str) else None
    if found is None:
        session.clear()
        if request.headers.get("HX-Request"):
            return Response(status=401, headers={"HX-Redirect": url_for("auth.login")})
        return redirect(url_for("auth.login", next=request.full_path if request.method == "GET" else None))
    g.session = found
    if isinstance(token, str) and (now() - found.seen_at) > timedelta(minutes=1):
        with context().store.write() as db:
            access.touch_session(db, token, now=now())
    return None


def _same_origin() -> bool:
    # Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with forms, so the fetch metadata decide first.
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def me() -> str:
    """The name of who is logged in."""
    found: Session = g.session
    return found.user.name


def needs(role: str) -> Callable[[View], View]:
    """Only users of this role or a higher one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if ROLES.index(g.session.user.role) < ROLES.index(role):
                abort(403, f"This needs the role {role}; yours is {g.session.user.role}.")
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def fresh() -> bool:
    """The password was given within the last five minutes."""
    found: Session = g.session
    return now() - found.authenticated_at <= FRESH


def confirmed() -> bool:
    """For what destroys: the password was given again in this form (never a wrong one), or within five minutes."""
    found: Session = g.session
    password = request.form.get("password", "")
    if not password:
        return fresh()
    if not _verify(found.user.password, password):
        return False
    with context().store.write() as db:
        access.touch_session(db, session["token"], now=now(), authenticated=True)
    return True


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except Argon2Error:
        return False


def _begin(user_id: int) -> None:
    with context().store.write() as db:
        token = access.open_session(db, user_id, now=now())
    session.clear()
    session["token"] = token
    session.permanent = True


@blueprint.route("/setup", methods=["GET", "POST"])
def setup() -> Any:
    """Make the first user."""
    with context().store.read() as db:
        if access.has_users(db):
            return redirect(url_for("auth.login"))
    expected = context().setup_token
    problem = None
    if request.method == "POST":
        if not _same_origin():
            abort(400, "The request came from another site.")
        name, password = request.form.get("name", "").strip(), request.form.get("password", "")
        if expected and not hmac.compare_digest(request.form.get("token", "").encode(), expected.encode()):
            problem = "The setup code is not the one that `kbaudit serve` printed."
        elif not name:
            problem = "Give a name to log in with."
        elif len(password) < SHORTEST:
            problem = f"Take a password of at least {SHORTEST} characters."
        elif password != request.form.get("again", ""):
            problem = "The two passwords differ."
        else:
            with context().store.write() as db:
                if access.has_users(db):
                    return redirect(url_for("auth.login"))
                user = access.add_user(db, name, hash_password(password), role="admin", now=now())
                access.log(db, name, "setup", now=now())
            _begin(user.id)
            return redirect(url_for("queue.index"))
    page = render_template("setup.html", problem=problem, wants_token=bool(expected), shortest=SHORTEST)
    return page, 422 if problem else 200


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Any:
    """Log in with name and password; 15 tries in 15 minutes for an account and address."""
    with context().store.read() as db:
        if not access.has_users(db):
            return redirect(url_for("auth.setup"))
    problem = None
    if request.method == "POST":
        if not _same_origin():
            abort(400, "The request came from another site.")
        name, password = request.form.get("name", "").strip()[:200], request.form.get("password", "")
        who = f"{name}@{request.remote_addr}"
        with context().store.read() as db:
            tries = access.failures(db, "login", who, since=now() - WINDOW)
            user = access.user(db, name)
        if tries >= TRIES:
            return Response(
                render_template("login.html", problem="Too many tries. Wait a quarter of an hour."),
                status=429,
                headers={"Retry-After": "900"},
            )
        good = _verify(user.password if user else _decoy, password)
        if user and good and user.disabled_at is None:
            _begin(user.id)
            return redirect(_inside(request.args.get("next")))
        with context().store.write() as db:
            access.failed(db, "login", who, now=now())
        problem = "Name and password do not go together."
    return render_template("login.html", problem=problem), 401 if problem else 200


def _inside(target: str | None) -> str:
    """A path on this site, or the queue."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")):
        return target
    return url_for("queue.index")


@blueprint.post("/logout")
def logout() -> BaseResponse:
    """End the session, in the store too."""
    with context().store.write() as db:
        access.close_session(db, session["token"])
    session.clear()
    return redirect(url_for("auth.login"))
