"""Every answer that a connector gets from its stand-in is judged by the specification: what is served is what exists.

Zendesk's and Intercom's specifications are the vendors' own. Those of Freshdesk and Gorgias are a third party's: that a
stand-in agrees with them proves nothing about the vendor, only that both were read the same way.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest

from kbaudit.model.record import ArticleRecord, ConversationRecord
from tests.connectors import test_freshdesk, test_gorgias, test_intercom, test_zendesk
from tests.fakes.freshdesk import Freshdesk
from tests.fakes.zendesk import Zendesk
from tests.peers.conftest import SHARED, need_path

pytestmark = pytest.mark.peer

# Specification, what its paths are relative to, and the suite whose stand-in and settings are used.
INTERCOM, HELP, SUPPORT = "intercom-2.16.yaml", "zendesk-help-center.yaml", "zendesk-support.yaml"
FRESHDESK, GORGIAS = "freshdesk-unofficial.yaml", "gorgias-unofficial.yaml"
CASES = [
    ("Zendesk articles", HELP, "", test_zendesk.TestZendesk),
    ("Zendesk macros", SUPPORT, "", test_zendesk.TestMacros),
    ("Zendesk tickets", SUPPORT, "", test_zendesk.TestTickets),
    ("Intercom articles", INTERCOM, "", test_intercom.TestIntercom),
    ("Intercom macros", INTERCOM, "", test_intercom.TestMacros),
    ("Intercom conversations", INTERCOM, "", test_intercom.TestConversations),
    ("Freshdesk articles", FRESHDESK, "/api/v2", test_freshdesk.TestFreshdesk),
    ("Freshdesk tickets", FRESHDESK, "/api/v2", test_freshdesk.TestTickets),
    ("Gorgias macros", GORGIAS, "", test_gorgias.TestMacros),
    ("Gorgias tickets", GORGIAS, "", test_gorgias.TestTickets),
]
# Some stand-ins serve on purpose what no specification knows: a state of tomorrow, a ticket that was deleted.
LAWFUL = {
    test_zendesk.TestTickets: lambda: (
        Zendesk(tickets=[Zendesk.ticket(1, "solved", {"score": "good"}), Zendesk.ticket(2, "open", {})]).handle
    ),
    test_freshdesk.TestFreshdesk: lambda: Freshdesk(odd=False).handle,
}


@cache
def specification(name):
    import schemathesis

    return schemathesis.openapi.from_path(need_path(SHARED / "specs" / name, "the specification"))


def operation(specified, method, path):
    """The operation that a request means: literal parts of a path go before parameters, and no word is an id."""

    def fits(part, word):
        return not (part.endswith("id}") and word.isalpha()) if part.startswith("{") else part == word

    asked = path.strip("/").split("/")
    found = []
    for template in specified:
        parts = template.strip("/").split("/")
        if len(parts) == len(asked) and all(map(fits, parts, asked)):
            found.append((template.count("{"), template))
    try:
        return specified[min(found)[1]][method] if found else None
    except LookupError:
        return None


def exchanged(suite, handler):
    """What a connector asked of its stand-in, what it was answered, and what it made of that."""
    inner = handler or suite.handler()
    pairs = []

    def handle(request):
        reply = inner(request)
        pairs.append((request, reply))
        return reply

    with suite.bench(handle) as bench:
        items = bench.read()
    return pairs, items


@pytest.mark.parametrize(("file", "base", "suite"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_stand_in_answers_as_the_specification_says(file, base, suite):
    import httpx2
    from schemathesis.core.failures import FailureGroup

    specified = specification(file)
    pairs, items = exchanged(suite(), LAWFUL[suite]() if suite in LAWFUL else None)
    assert any(isinstance(item, (ArticleRecord, ConversationRecord)) for item in items)
    wrong, judged, unknown = {}, set(), set()
    for request, reply in pairs:
        path = request.path.removesuffix(".json").removeprefix(base)
        found = operation(specified, request.method, path)
        if found is None:
            unknown.add(path)
            continue
        judged.add(found.path)
        asked = httpx2.Request(request.method, f"http://fake{request.raw}", content=request.body)
        answer = httpx2.Response(reply.status, headers=reply.headers, content=reply.body, request=asked)
        answer.elapsed = timedelta()
        try:
            found.validate_response(answer)
        except FailureGroup as group:
            wrong[found.path] = "\n".join(f"{failure.title}: {failure.message[:600]}" for failure in group.exceptions)
    print(f"judged: {sorted(judged)}; not in the specification: {sorted(unknown)}")
    assert judged and not wrong, "\n".join(f"{path}: {what}" for path, what in wrong.items())
