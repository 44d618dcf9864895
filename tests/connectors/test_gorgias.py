"""Gorgias (not proven against the vendor): the conformance suite, and its traps."""

from __future__ import annotations

from connectors.gorgias import Connector
from kbaudit.model.record import ArticleRecord, ConversationRecord
from kbaudit.testing import ConnectorConformance
from tests.fakes.gorgias import EMAIL, TOKEN, Gorgias


class TestMacros(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    hidden = ("macro-2",)

    def handler(self):
        return Gorgias().handle

    def malformed(self):
        return Gorgias(broken=True).handle

    def settings(self, url):
        return {"url": url, "email": EMAIL, "token": TOKEN}

    def test_it_leaves_out_macros_that_say_nothing(self):
        with self.bench() as bench:
            found = [item.id for item in bench.read() if isinstance(item, ArticleRecord)]
        assert found == ["macro-1", "macro-2"]

    def test_it_waits_while_the_bucket_is_full(self):
        with self.bench(Gorgias(full=True).handle) as bench:
            bench.read()
            assert sum(bench.time.slept) >= 2.0


class TestTickets(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    least = 3

    def handler(self):
        return Gorgias().handle

    def settings(self, url):
        return {
            "url": url,
            "email": EMAIL,
            "token": TOKEN,
            "kind": "conversations",
            "ai_authors": ["bot@lantern.example"],
        }

    def malformed(self):
        return Gorgias(broken=True).handle

    def test_it_orders_messages_by_time_and_tells_bots_from_people(self):
        with self.bench() as bench:
            found = [item.conversation for item in bench.read() if isinstance(item, ConversationRecord)]
        second = next(item for item in found if item.id == "2")
        assert [message.role for message in second.messages] == ["customer", "ai", "agent"]
        assert second.csat == 5.0 and second.handled_by == "both" and second.topic == "returns"
