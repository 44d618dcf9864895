"""Tables of conversations whose columns are not those of the file formats: which column is what.

Two shapes are known: a row a message (an id, a role, a text), and a row a conversation (a question, maybe an answer).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kbaudit.errors import Unreadable, UsageError

Table = Iterable[tuple[int, dict[str, Any], bool]]
# Names that helpdesks and chat tools give their columns, best first.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "conversation_id", "ticket_id", "chat_id", "thread_id", "session_id", "case_id", "case_number",
           "ticket_number", "conversation", "ticket", "case"),
    "started_at": ("started_at", "created_at", "created_time", "created_date", "creation_date", "conversation_started",
                   "opened_at", "date_created", "created", "start_time", "sent_at", "timestamp", "datetime", "date",
                   "time"),
    "ended_at": ("ended_at", "closed_at", "solved_at", "resolved_at", "closed_time", "resolved_time", "end_time"),
    "role": ("role", "author_type", "sender_type", "from_type", "author_role", "sender_role", "direction", "author",
             "sender", "speaker", "from"),
    "text": ("text", "message", "message_text", "message_body", "body", "content", "comment", "utterance"),
    "question": ("question", "customer_message", "user_message", "first_message", "customer_question", "query",
                 "inquiry", "enquiry", "description", "user_query", "input"),
    "answer": ("answer", "bot_answer", "ai_answer", "bot_response", "ai_response", "response", "output"),
    "reply": ("agent_reply", "agent_answer", "agent_response", "reply", "resolution", "resolution_notes"),
    "channel": ("channel", "via", "ticket_channel"),
    "locale": ("locale", "language", "lang"),
    "customer_id": ("customer_id", "user_id", "contact_id", "requester_id", "visitor_id"),
    "customer_name": ("customer_name", "requester_name", "contact_name", "user_name", "requester"),
    "customer_email": ("customer_email", "requester_email", "contact_email", "email", "user_email"),
    "topic": ("topic", "category", "ticket_type", "tag", "tags", "intent", "subject", "ticket_subject"),
    "handled_by": ("handled_by",),
    "agent_id": ("agent_id", "assignee_id", "agent", "assignee", "agent_name"),
    "team": ("team", "group", "team_name", "group_name"),
    "resolved": ("resolved", "is_resolved", "solved"),
    "status": ("status", "state", "ticket_status"),
    "escalated": ("escalated", "is_escalated", "handed_over"),
    "escalation_reason": ("escalation_reason",),
    "csat": ("csat", "csat_score", "satisfaction_score", "customer_satisfaction_rating", "rating", "satisfaction"),
    "handle_seconds": ("handle_seconds", "handling_time", "handle_time"),
    "prompt_version": ("prompt_version",),
    "product_ids": ("product_ids", "product_id"),
    "sources": ("sources", "cited_articles"),
    "confidence": ("confidence",),
}  # fmt: skip
DONE = frozenset({"closed", "resolved", "solved"})
DIRECTIONS = {"inbound": "customer", "incoming": "customer", "outbound": "agent", "outgoing": "agent"}


def chosen(columns: Mapping[str, Any], header: list[str]) -> dict[str, str]:
    """What a person says the columns are: field to column, an empty column for a field that the table does not have.

    Raises:
        UsageError: a field that the formats do not know, or a column that the table does not have.
    """
    found: dict[str, str] = {}
    for field, column in columns.items():
        if field not in NAMES:
            known = ", ".join(sorted(NAMES))
            raise UsageError(f'columns: there is no field "{field}". Fields: {known}.')
        name = _spelt(str(column))
        if name and name not in header:
            raise UsageError(f'columns: there is no column "{column}". The table has {", ".join(header)}.')
        found[field] = name
    return found


def guess(header: list[str], said: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Field to column; what a person `said` of a field stands, and its column is taken for nothing else.

    Raises `Unreadable` where no column can hold what a customer said.
    """
    columns = {field: column for field, column in said.items() if column}
    taken = set(columns.values())
    for field, names in NAMES.items():
        if field in said:
            continue
        column = next((name for name in names if name in header and name not in taken), None)
        if column is not None:
            columns[field] = column
            taken.add(column)
    if "role" in columns and "text" in columns and "id" in columns:
        columns.pop("question", None)
        columns.pop("answer", None)
        columns.pop("reply", None)
    else:
        columns.pop("role", None)
        text = columns.pop("text", None)
        if "question" not in columns and text is not None:
            columns["question"] = text
        if "question" not in columns:
            raise Unreadable("no column holds what customers said: name one text (with id and role) or question")
    if "started_at" not in columns:
        raise Unreadable("no column holds the time of the conversation: name it started_at")
    return columns


def shown(columns: Mapping[str, str], header: list[str], said: Mapping[str, str] = MappingProxyType({})) -> str:
    """The mapping as a sentence; empty where every column has the name that the formats give it."""
    spelt = {_spelt(name): name.strip() for name in header}
    guessed = {field: column for field, column in columns.items() if field not in said}
    if all(field == column for field, column in guessed.items()):
        return ""
    pairs = ", ".join(f'"{spelt.get(column, column)}" as {field}' for field, column in sorted(guessed.items()))
    unused = [f'"{name}"' for column, name in spelt.items() if column and column not in columns.values()]
    return (
        f"columns guessed: {pairs}{'; not used: ' + ', '.join(unused) if unused else ''}. To correct one: --column "
        "FIELD=COLUMN, or columns in the source's table"
    )


def _spelt(name: str) -> str:
    """As `kbaudit.files.column` spells the columns of a table."""
    return "_".join(name.strip().strip("\ufeff").lower().replace("-", " ").split())


def gather(table: Table, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """Rows as conversations of the file formats, with the line on which each begins."""
    yield from _messages(table, columns) if "role" in columns else _questions(table, columns)


def _fields(values: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    skipped = {"role", "text", "question", "answer", "reply", "status", "sources", "confidence"}
    row = {field: values[column] for field, column in columns.items() if field not in skipped and column in values}
    status = str(values.get(columns.get("status", ""), "")).strip().lower()
    if status in DONE:
        row.setdefault("resolved", True)
    return row


def _questions(table: Table, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any], bool]]:
    for number, values, damaged in table:
        row = _fields(values, columns)
        if "id" not in row:
            row["id"] = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
        messages = [
            {"role": role, "text": values[columns[field]]}
            for field, role in (("question", "customer"), ("answer", "ai"), ("reply", "agent"))
            if values.get(columns.get(field, ""))
        ]
        row["messages"] = messages
        yield number, row, damaged


def _messages(table: Table, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any], bool]]:
    found: dict[str, tuple[int, dict[str, Any], bool]] = {}
    for number, values, damaged in table:
        identity = str(values.get(columns["id"], ""))
        role = str(values.get(columns["role"], "")).strip().lower()
        message: dict[str, Any] = {"role": DIRECTIONS.get(role, role), "text": values.get(columns["text"], "")}
        if at := values.get(columns["started_at"]):
            message["at"] = at
        for field in ("sources", "confidence"):
            if field in columns and columns[field] in values:
                message[field] = values[columns[field]]
        if identity not in found:
            found[identity] = (number, {**_fields(values, columns), "messages": [message]}, damaged)
            continue
        first, row, bad = found[identity]
        row["messages"].append(message)
        for field, value in _fields(values, columns).items():
            row.setdefault(field, value)
        found[identity] = (first, row, bad or damaged)
    yield from found.values()
