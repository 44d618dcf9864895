"""People and programs: users, sessions, API keys, failed attempts, repeated requests, and the record of who did what.

Secrets come in as they are and are kept only as hashes. Passwords are hashed by the caller (argon2id), since that is
slow on purpose and must not happen inside a transaction.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kbaudit.errors import UsageError
from kbaudit.store import codec
from kbaudit.store.schema import attempts, audit_log, idempotency, keys, meta, sessions, users

ROLES = ("viewer", "editor", "admin")
SCOPES = ("read", "write", "ingest", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may log in. `password` is the argon2id hash."""

    id: int
    name: str
    role: str
    password: str = field(repr=False)
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A logged-in browser. `authenticated_at` is the last time the password was given (for what destroys)."""

    user: User
    created_at: datetime
    seen_at: datetime
    authenticated_at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key without its secret. Empty `sources` means every source."""

    id: str
    name: str
    scopes: tuple[str, ...]
    sources: tuple[str, ...]
    by: str
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


def _hash(secret: str) -> str:
    # A plain hash is enough for 256 random bits (OWASP ASVS 6.5.2 asks a slow one below 112 bits of entropy).
    return hashlib.sha256(secret.encode()).hexdigest()


# Users and sessions -----------------------------------------------------------------------------------------------


def has_users(db: Connection) -> bool:
    """Has first-run setup been done."""
    return db.execute(select(users.c.id).limit(1)).first() is not None


def add_user(db: Connection, name: str, password_hash: str, *, role: str, now: datetime) -> User:
    """Add somebody who may log in.

    Raises:
        UsageError: the name is taken, or the role is unknown.
    """
    if role not in ROLES:
        raise UsageError(f"unknown role {role!r}. Use one of {', '.join(ROLES)}.")
    try:
        with db.begin_nested():
            db.execute(insert(users).values(name=name, password=password_hash, role=role, created_at=now))
    except IntegrityError as error:
        raise UsageError(f"there is a user {name!r} already") from error
    found = user(db, name)
    assert found is not None
    return found


def user(db: Connection, name: str) -> User | None:
    """A user by name."""
    row = db.execute(select(users).where(users.c.name == name)).first()
    return None if row is None else User(**row._mapping)


def all_users(db: Connection) -> tuple[User, ...]:
    """Every user, by name."""
    return tuple(User(**row._mapping) for row in db.execute(select(users).order_by(users.c.name)))


def set_password(db: Connection, name: str, password_hash: str) -> None:
    """Change a password; every session of the user ends."""
    db.execute(update(users).where(users.c.name == name).values(password=password_hash))
    db.execute(delete(sessions).where(sessions.c.user.in_(select(users.c.id).where(users.c.name == name))))


def disable_user(db: Connection, name: str, *, now: datetime) -> None:
    """Let somebody in no more; every session of the user ends."""
    db.execute(update(users).where(users.c.name == name).values(disabled_at=now))
    db.execute(delete(sessions).where(sessions.c.user.in_(select(users.c.id).where(users.c.name == name))))


def open_session(db: Connection, user_id: int, *, now: datetime, data: Mapping[str, Any] | None = None) -> str:
    """A new session; the token goes into the cookie, its hash into the store."""
    token = secrets.token_urlsafe(32)
    db.execute(
        insert(sessions).values(
            token_hash=_hash(token),
            user=user_id,
            created_at=now,
            seen_at=now,
            authenticated_at=now,
            data=dict(data or {}),
        )
    )
    return token


def session(
    db: Connection,
    token: str,
    *,
    now: datetime,
    idle: timedelta = timedelta(minutes=30),
    lifetime: timedelta = timedelta(hours=12),
) -> Session | None:
    """The session behind a cookie, unless it is over or its user is disabled. Reads only: see `touch_session`."""
    row = db.execute(select(sessions).where(sessions.c.token_hash == _hash(token))).first()
    if row is None or now - row.seen_at > idle or now - row.created_at > lifetime:
        return None
    of = db.execute(select(users).where(users.c.id == row.user)).one()
    if of.disabled_at is not None:
        return None
    return Session(
        user=User(**of._mapping),
        created_at=row.created_at,
        seen_at=row.seen_at,
        authenticated_at=row.authenticated_at,
        data=row.data,
    )


def touch_session(db: Connection, token: str, *, now: datetime, authenticated: bool = False) -> None:
    """The session was used; with `authenticated`, the password was given again."""
    values: dict[str, Any] = {"seen_at": now}
    if authenticated:
        values["authenticated_at"] = now
    db.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(**values))


def close_session(db: Connection, token: str) -> None:
    """Log out."""
    db.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def close_old_sessions(db: Connection, *, before: datetime) -> int:
    """Drop sessions not used since `before`."""
    return db.execute(delete(sessions).where(sessions.c.seen_at < before)).rowcount


def failed(db: Connection, what: str, who: str, *, now: datetime) -> None:
    """Remember a failed attempt: `what` is `login` or `key`, `who` an account, an address or a key id."""
    db.execute(insert(attempts).values(what=what, who=who, at=now))


def failures(db: Connection, what: str, who: str, *, since: datetime) -> int:
    """How many attempts failed since a time."""
    where = and_(attempts.c.what == what, attempts.c.who == who, attempts.c.at >= since)
    return db.execute(select(func.count()).select_from(attempts).where(where)).scalar_one()


def forget_failures(db: Connection, *, before: datetime) -> int:
    """Drop old attempts."""
    return db.execute(delete(attempts).where(attempts.c.at < before)).rowcount


# Keys -------------------------------------------------------------------------------------------------------------


def create_key(
    db: Connection,
    name: str,
    *,
    scopes: Sequence[str],
    by: str,
    now: datetime,
    sources: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """A new API key and, once, its text `kba_<id>_<secret>` (256 random bits).

    Raises:
        UsageError: no name or an unknown scope.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise UsageError(f"unknown scope {', '.join(unknown) or '(none)'}. Use some of {', '.join(SCOPES)}.")
    if not name.strip():
        raise UsageError("a key has a name, so that people know what uses it")
    id_, secret = secrets.token_hex(6), secrets.token_hex(32)
    db.execute(
        insert(keys).values(
            id=id_,
            name=name.strip(),
            secret_hash=_hash(secret),
            scopes=sorted(set(scopes)),
            sources=sorted(set(sources)),
            by=by,
            created_at=now,
            expires_at=expires_at,
        )
    )
    row = db.execute(select(keys).where(keys.c.id == id_)).one()
    return _key(row), f"kba_{id_}_{secret}"


def _key(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes),
        sources=tuple(row.sources),
        by=row.by,
        created_at=row.created_at,
        used_at=row.used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def key_of(db: Connection, text: str, *, now: datetime) -> Key | None:
    """The key behind the text of an `Authorization` header, unless unknown, wrong, expired or revoked."""
    prefix, _, rest = text.partition("_")
    id_, _, secret = rest.partition("_")
    row = db.execute(select(keys).where(keys.c.id == id_)).first() if prefix == "kba" else None
    # The same work for an unknown id as for a known one.
    right = hmac.compare_digest(_hash(secret), row.secret_hash if row is not None else _hash(""))
    if row is None or not right or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return _key(row)


def use_key(db: Connection, id: str, *, now: datetime) -> None:
    """The key was used (the caller writes this at most once a minute)."""
    db.execute(update(keys).where(keys.c.id == id).values(used_at=now))


def all_keys(db: Connection) -> tuple[Key, ...]:
    """Every key, newest first."""
    return tuple(_key(row) for row in db.execute(select(keys).order_by(keys.c.created_at.desc(), keys.c.id)))


def revoke_key(db: Connection, id: str, *, now: datetime) -> None:
    """Make a key useless at once.

    Raises:
        UsageError: there is no such key.
    """
    where = and_(keys.c.id == id, keys.c.revoked_at.is_(None))
    if db.execute(update(keys).where(where).values(revoked_at=now)).rowcount == 0:
        raise UsageError(f"there is no key {id!r} to revoke")


# Repeated requests ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replay:
    """What is known of a request with this Idempotency-Key: `new` (do it), `busy` (409), `other` (422: another body),
    `done` (answer with `status` and `body`)."""

    state: str
    status: int | None = None
    body: str | None = None


def claim_request(db: Connection, key: str, *, owner: str, request_hash: str, now: datetime) -> Replay:
    """Claim an Idempotency-Key of one API key (`owner`) for 24 hours; one that never ended is free after a minute."""
    where = and_(idempotency.c.key == key, idempotency.c.owner == owner)
    row = db.execute(select(idempotency).where(where)).first()
    if row is not None:
        old = now - row.at > (timedelta(minutes=1) if row.status is None else timedelta(hours=24))
        if not old:
            if row.request_hash != request_hash:
                return Replay("other")
            return Replay("busy") if row.status is None else Replay("done", row.status, row.body)
        db.execute(delete(idempotency).where(where))
    db.execute(insert(idempotency).values(key=key, owner=owner, request_hash=request_hash, at=now))
    return Replay("new")


def answer_request(db: Connection, key: str, *, owner: str, status: int, body: str) -> None:
    """Keep the answer for whoever asks again."""
    where = and_(idempotency.c.key == key, idempotency.c.owner == owner)
    db.execute(update(idempotency).where(where).values(status=status, body=body))


def forget_requests(db: Connection, *, before: datetime) -> int:
    """Drop old answers."""
    return db.execute(delete(idempotency).where(idempotency.c.at < before)).rowcount


# Who did what -----------------------------------------------------------------------------------------------------


def log(
    db: Connection, by: str, action: str, *, now: datetime, target: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Write one line of the audit log."""
    db.execute(insert(audit_log).values(at=now, by=by, action=action, target=target, detail=codec.plain(detail or {})))


def logged(db: Connection, *, limit: int = 100, before: int | None = None) -> tuple[Mapping[str, Any], ...]:
    """The newest lines of the audit log: {id, at, by, action, target, detail}."""
    query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(audit_log.c.id < before)
    return tuple(dict(row._mapping) for row in db.execute(query))


def get_meta(db: Connection, key: str, default: Any = None) -> Any:
    """A value that the installation remembers."""
    value = db.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if value is None else value


def set_meta(db: Connection, key: str, value: Any) -> None:
    """Remember a value."""
    if db.execute(update(meta).where(meta.c.key == key).values(value=value)).rowcount == 0:
        db.execute(insert(meta).values(key=key, value=value))
