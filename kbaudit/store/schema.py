"""Every table of the store. Portable between SQLite and PostgreSQL: no dialect's own types, times in UTC.

Rows that people rely on as a record (versions, transitions, audit log) are only ever inserted. What can be computed
again (chunks, vectors, facts) is keyed by content, so that doing it twice is the same as doing it once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite has no zone of its own, so the offset is dropped there and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive time is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times in the store carry an offset")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back to an aware time."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


meta = Table(
    "meta",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", JSON, nullable=False),
)

# What was read ------------------------------------------------------------------------------------------------

sources = Table(
    "sources",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("connector", String(200), nullable=False),
    Column("settings_hash", String(64), nullable=False, default=""),
    # never, ok, incomplete, failed, refused, held: how the last sync ended
    Column("state", String(20), nullable=False, default="never"),
    Column("message", Text, nullable=False, default=""),
    Column("checkpoint", Text),
    Column("last_run", Integer),
    Column("tried_at", Moment),
    Column("synced_at", Moment),  # last time everything was read
    Column("removed", Boolean, nullable=False, default=False),  # no longer in sources.toml
    Column("paused_at", Moment),
    Column("paused_by", String(200)),
    Column("paused_why", Text),
)

documents = Table(
    "documents",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("id", String(1000), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("locale", String(35), nullable=False),
    Column("section", Text),
    Column("owner", String(300)),
    Column("published", Boolean, nullable=False),
    Column("updated_at", Moment),
    Column("reviewed_at", Moment),
    Column("content_hash", String(64), nullable=False),  # of everything that a fact can read
    Column("text_hash", String(64), nullable=False),  # of the plain text: a new one is a new version
    Column("record_hash", String(64), nullable=False),  # of everything the source served, and how it was read
    Column("data", LargeBinary, nullable=False),  # kbaudit.model.document.Document, msgpack
    Column("version", Integer, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("missing_runs", Integer, nullable=False, default=0),
    Column("missing_since", Moment),
    Column("removed_at", Moment),  # tombstone: gone from its source, kept for its history
    Column("address", Text),  # kbaudit.text.identity.page_address: what copies in other sources share
    Column("translation_of", String(1000)),  # id of the original, in the same source
    Index("ix_documents_address", "address"),
    Index("ix_documents_text_hash", "text_hash"),
    Index("ix_documents_live", "removed_at", "source", "title"),
    Index("ix_documents_content_hash", "content_hash"),
)

versions = Table(
    "versions",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("id", String(1000), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text_hash", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("updated_at", Moment),  # as the source says
    Column("seen_at", Moment, nullable=False),  # when kbaudit read it first
    Column("run", Integer),
)

chunks = Table(
    "chunks",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("path", JSON, nullable=False),
    Column("vector", String(64), nullable=False),  # key in `vectors`
)

vectors = Table(
    "vectors",
    metadata,
    Column("key", String(64), primary_key=True),  # of model and text
    Column("model", String(64), nullable=False),
    Column("vector", LargeBinary, nullable=False),  # little-endian float32, unit length
    Column("used_at", Moment, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("digest", String(64), primary_key=True),  # of the code and settings that computed it
    Column("content_hash", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Index("ix_facts_content_hash", "content_hash"),
)

products = Table(
    "products",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("id", String(1000), primary_key=True),
    Column("title", Text, nullable=False),
    Column("record_hash", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("missing_runs", Integer, nullable=False, default=0),
    Column("missing_since", Moment),
    Column("removed_at", Moment),
    Index("ix_products_removed_at", "removed_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("id", String(1000), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("subject", String(64)),  # keyed hash of the customer: links for erasure and repeat contacts
    Column("topic", String(300)),
    Column("record_hash", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),  # redacted; raw text is never stored
    Column("stored_at", Moment, nullable=False),
    Index("ix_conversations_started_at", "started_at"),
    Index("ix_conversations_subject", "subject"),
)

# What a sync has read and not yet applied: a run is applied whole, or held whole.
incoming = Table(
    "incoming",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("kind", String(20), primary_key=True),  # article, product, conversation
    Column("id", String(1000), primary_key=True),
    # new (with its data), seen (nothing to write), gone (the source says so)
    Column("state", String(10), nullable=False, server_default="new"),
    Column("record_hash", String(64), nullable=False),
    Column("data", LargeBinary),
)

# A reading that is not at its end: where to go on after a crash, a stop or an outage.
readings = Table(
    "readings",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("run", Integer, nullable=False),  # whose rows in `incoming` belong to it
    Column("began_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("mark", String(64), nullable=False),  # of settings and code: another reader begins afresh
    Column("checkpoint", Text, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("problems", JSON, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("url", String(2000), primary_key=True),
    Column("ok", Boolean),
    Column("status", Integer),
    Column("target", Text),
    Column("reason", Text, nullable=False, default=""),
    Column("checked_at", Moment, nullable=False),
    Column("failed_since", Moment),
)

holds = Table(
    "holds",
    metadata,
    _id(),
    Column("source", String(200), nullable=False),
    Column("run", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(20), nullable=False),  # held, released, dismissed, superseded
    Column("reason", Text, nullable=False),
    Column("present", Integer, nullable=False),
    Column("missing", JSON, nullable=False),  # [{kind, id, title, url}]
    Column("decided_at", Moment),
    Column("decided_by", String(200)),
    Column("decision", Text),
    Column("checkpoint", Text),  # of the source, once released
    Index("ix_holds_state", "state", "source"),
)

# Work ---------------------------------------------------------------------------------------------------------

runs = Table(
    "runs",
    metadata,
    _id(),
    Column("job", String(50), nullable=False),  # sync, reindex, audit, verify, prune
    Column("scope", String(300), nullable=False, default=""),  # the source, the finding
    Column("slot", String(100)),
    Column("resumes", Integer),  # the run whose reading this one goes on with
    # running, done, incomplete, held, failed, interrupted
    Column("state", String(20), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("heartbeat_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("holder", String(200), nullable=False),
    Column("by", String(200), nullable=False, default="kbaudit"),
    Column("progress", JSON, nullable=False),  # {done, total, label}
    Column("counts", JSON, nullable=False),
    Column("problems", JSON, nullable=False),  # [{file, line, reason, ref}], at most 500
    Column("error", Text),
    Index("ix_runs_job", "job", "scope", "id"),
    Index("ix_runs_state", "state"),
)

coverage = Table(
    "coverage",
    metadata,
    Column("run", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", String(10), primary_key=True),
    Column("state", String(20), nullable=False),  # ran, not_run, broken
    Column("reason", Text, nullable=False, default=""),
    Column("findings", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
)

slots = Table(
    "slots",
    metadata,
    _id(),
    Column("job", String(100), nullable=False),
    Column("slot", String(100), nullable=False),
    Column("state", String(20), nullable=False),  # claimed, done, failed, skipped, late, interrupted
    Column("claimed_at", Moment, nullable=False),
    Column("claimed_by", String(200), nullable=False),
    Column("token", Integer, nullable=False),
    Column("finished_at", Moment),
    Column("run", Integer),
    Column("note", Text, nullable=False, default=""),
    UniqueConstraint("job", "slot"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("token", Integer, nullable=False),
    Column("until", Moment, nullable=False),
)

# What people asked the worker to do soon: verify a finding, sync a source, audit now.
requests = Table(
    "requests",
    metadata,
    _id(),
    Column("job", String(50), nullable=False),
    Column("scope", String(300), nullable=False, default=""),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(20), nullable=False),  # waiting, running, done, failed
    Column("run", Integer),
    Column("finished_at", Moment),
    Index("ix_requests_state", "state", "id"),
)

# What is wrong --------------------------------------------------------------------------------------------------

findings = Table(
    "findings",
    metadata,
    Column("fingerprint", String(24), primary_key=True),
    Column("rule", String(10), nullable=False),
    Column("name", String(100), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("severity_rank", Integer, nullable=False),  # 3 high, 2 medium, 1 low
    Column("weight", Float, nullable=False),  # kbaudit.model.finding.Finding.weight: what the queue is sorted by
    # open, acknowledged, in_progress, suppressed, resolved
    Column("state", String(20), nullable=False),
    Column("owner", String(300)),  # of the first article that has one
    Column("assignee", String(300)),
    Column("message", Text, nullable=False),
    Column("search", Text, nullable=False),  # message, titles, suggestion: lower case
    Column("score", Float, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("per_week", Float, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("run", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # of evidence and subject: did it change
    Column("hashes", JSON, nullable=False),  # {"source\u001fid": content hash}
    Column("data", LargeBinary, nullable=False),  # kbaudit.model.finding.Finding, JSON
    Index("ix_findings_impact", "state", "weight", "score", "fingerprint"),
    Index("ix_findings_rule", "rule", "state"),
    Index("ix_findings_changed_at", "changed_at"),
)

finding_documents = Table(
    "finding_documents",
    metadata,
    Column("fingerprint", String(24), ForeignKey("findings.fingerprint", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("id", String(1000), nullable=False),
    Column("kind", String(20), nullable=False),
    Index("ix_finding_documents_ref", "source", "id", "kind"),
)

transitions = Table(
    "transitions",
    metadata,
    _id(),
    Column("fingerprint", String(24), ForeignKey("findings.fingerprint", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    # opened, changed, resolved, reopened, acknowledged, assigned, started, commented, suppressed, released,
    # verify_requested, verified
    Column("kind", String(20), nullable=False),
    Column("from_state", String(20)),
    Column("to_state", String(20), nullable=False),
    Column("by", String(200), nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("run", Integer),
    Column("detail", JSON, nullable=False),
    Index("ix_transitions_fingerprint", "fingerprint", "id"),
    Index("ix_transitions_at", "at"),
)

suppressions = Table(
    "suppressions",
    metadata,
    _id(),
    Column("fingerprint", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Column("hashes", JSON, nullable=False),  # content hashes it was made on
    Column("sides", JSON, nullable=False),  # {"source\u001fid": [quotes]}: what the sides said then
    Column("subject", JSON, nullable=False),
    Column("ended_at", Moment),
    Column("ended_why", Text),
    Index("ix_suppressions_fingerprint", "fingerprint", "ended_at"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", String(300), primary_key=True),
    Column("source", String(200), nullable=False),
    Column("conversation", String(1000), nullable=False),
    Column("cluster", String(100)),
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("locale", String(35), nullable=False),
    Column("answered", Boolean),
    Index("ix_questions_cluster", "cluster", "asked_at"),
    Index("ix_questions_conversation", "source", "conversation"),
)

clusters = Table(
    "clusters",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("label", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("per_week", Float, nullable=False),
    Column("first_asked", Moment),
    Column("last_asked", Moment),
    Column("created_at", Moment, nullable=False),
    Column("run", Integer, nullable=False),  # last run that saw it
    Column("data", LargeBinary, nullable=False),  # kbaudit.model.question.Cluster, msgpack
)

events = Table(
    "events",
    metadata,
    Column("event", String(200), primary_key=True),
    Column("region", String(10), primary_key=True),
    Column("start", String(10), primary_key=True),
    Column("end", String(10), nullable=False),
    Column("load_by", String(10), nullable=False),
    Column("gone_by", String(10), nullable=False),
    Column("articles", JSON, nullable=False),  # [{source, id, title, url}]
    Index("ix_events_start", "start"),
)

# How well the known questions are found ------------------------------------------------------------------------

probes = Table(
    "probes",
    metadata,
    Column("id", String(16), primary_key=True),  # of question and locale
    Column("state", String(10), nullable=False),  # proposed, accepted, dismissed
    Column("origin", String(20), nullable=False),  # config, gap, conversation, person
    Column("question", Text, nullable=False),
    Column("locale", String(35)),
    Column("expected", JSON, nullable=False),  # [id, address or source/id]: any one of them is right
    Column("why", Text, nullable=False, default=""),
    Column("finding", String(24)),  # the gap that it comes from
    Column("source", String(200)),  # the conversation whose words it has, for erasure
    Column("conversation", String(1000)),
    Column("made_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(200)),
    Column("reason", Text, nullable=False, default=""),
    Index("ix_probes_state", "state"),
    Index("ix_probes_conversation", "source", "conversation"),
)

probe_results = Table(
    "probe_results",
    metadata,
    Column("run", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("probe", String(16), primary_key=True),
    Column("rank", Integer),  # None: not found
    Column("score", Float, nullable=False),  # of the first hit
    Column("above", JSON, nullable=False),  # [{source, id, title}]: what stands above the right one
    Column("missing", JSON, nullable=False),  # expected names that no live article has
    Index("ix_probe_results_probe", "probe", "run"),
)

probe_runs = Table(
    "probe_runs",
    metadata,
    Column("run", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("recall_1", Float, nullable=False),
    Column("recall_5", Float, nullable=False),
    Column("recall_10", Float, nullable=False),
    Column("mrr", Float, nullable=False),
    Column("ndcg_10", Float, nullable=False),
)

# People and programs --------------------------------------------------------------------------------------------

users = Table(
    "users",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("password", Text, nullable=False),  # argon2id, made by the caller
    Column("role", String(20), nullable=False),  # admin, editor, viewer
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user", Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("authenticated_at", Moment, nullable=False),
    Column("data", JSON, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    _id(),
    Column("what", String(20), nullable=False),  # login, key
    Column("who", String(300), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attempts_who", "what", "who", "at"),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("secret_hash", String(64), nullable=False),  # SHA-256 of 256 random bits
    Column("scopes", JSON, nullable=False),
    Column("sources", JSON, nullable=False),  # empty: every source
    Column("by", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("owner", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("status", Integer),  # None while the request is at work
    Column("body", Text),
    Column("at", Moment, nullable=False),
)

audit_log = Table(
    "audit_log",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("action", String(50), nullable=False),
    Column("target", Text, nullable=False, default=""),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_log_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("event_id", String(64), nullable=False, unique=True),
    Column("kind", String(50), nullable=False),
    Column("target", String(500), nullable=False, default=""),
    Column("payload", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(20), nullable=False),  # waiting, sent, dead
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try", Moment, nullable=False),
    Column("error", Text, nullable=False, default=""),
    Index("ix_outbox_state", "state", "next_try"),
)
