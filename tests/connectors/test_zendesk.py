"""Zendesk: the conformance suite, and the traps that its help center sets."""

from __future__ import annotations

from datetime import UTC, datetime

from connectors.zendesk import Connector
from kbaudit.model.record import ArticleRecord, Checkpoint, ConversationRecord, Deleted
from kbaudit.testing import ConnectorConformance
from tests.fakes.zendesk import EMAIL, TOKEN, Zendesk


class TestZendesk(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    hidden = ("104", "102/de")
    least = 5

    def handler(self):
        return Zendesk().handle

    def settings(self, url):
        return {"url": url, "email": EMAIL, "token": TOKEN}

    def malformed(self):
        return Zendesk(broken=True).handle

    def articles(self, fake=None):
        with self.bench((fake or Zendesk()).handle) as bench:
            return {item.id: item for item in bench.read() if isinstance(item, ArticleRecord)}

    def test_it_takes_edited_at_for_the_last_edit_because_updated_at_moves_with_metadata(self):
        assert self.articles()["101"].updated_at == datetime(2026, 3, 1, 9, tzinfo=UTC)

    def test_it_reads_edited_at_of_each_locale(self):
        assert self.articles()["101/de"].updated_at == datetime(2025, 5, 5, tzinfo=UTC)

    def test_it_reads_draft_of_each_translation(self):
        found = self.articles()
        assert found["102"].published and not found["102/de"].published
        assert not found["104"].published

    def test_it_takes_an_unknown_state_for_not_published(self):
        assert not self.articles(Zendesk(broken=True))["105"].published

    def test_it_links_translations_to_their_source(self):
        found = self.articles()
        assert found["101/de"].translation_of == "101" and found["101"].translation_of is None
        assert found["101/de"].locale == "de" and found["101"].locale == "en-US"

    def test_it_scopes_an_article_to_its_user_segment(self):
        found = self.articles()
        assert found["103"].audience.segments == ("Trade",) and found["101"].audience.segments == ()

    def test_it_names_category_and_section(self):
        assert self.articles()["101"].section == "Help > Orders"

    def test_it_assumes_no_page_size(self):
        small, large = Zendesk(size=1), Zendesk(size=100)
        assert self.articles(small) == self.articles(large)

    def test_it_calls_nothing_deleted_when_another_identity_looked(self):
        with self.bench() as bench:
            seen = bench.read()[-1]
        assert isinstance(seen, Checkpoint) and seen.complete
        fake = Zendesk()
        with self.bench(fake.handle, {"url": "http://127.0.0.1"}) as bench:
            bench.connector.base = bench.server.url
            bench.client._ports = frozenset({bench.server.port})
            items = bench.read(seen.value)
        assert "103" not in {item.id for item in items if isinstance(item, ArticleRecord)}
        assert isinstance(items[-1], Checkpoint) and not items[-1].complete


class TestMacros(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    hidden = ("macro-2",)

    def handler(self):
        return Zendesk().handle

    def malformed(self):
        return Zendesk(broken=True).handle

    def settings(self, url):
        return {"url": url, "email": EMAIL, "token": TOKEN, "kind": "macros"}

    def test_it_reads_the_reply_of_a_macro_and_leaves_out_macros_without_one(self):
        with self.bench() as bench:
            found = [item for item in bench.read() if isinstance(item, ArticleRecord)]
        assert [(item.id, item.kind, item.body_kind) for item in found] == [
            ("macro-1", "macro", "html"),
            ("macro-2", "macro", "text"),
        ]

    def test_it_reads_a_reply_that_names_its_channel_first(self):
        with self.bench() as bench:
            thing = {
                "id": 4,
                "title": "T",
                "active": True,
                "actions": [{"field": "comment_value", "value": ["channel:all", "Hi"]}],
            }
            (record,) = bench.connector._macro(thing)
        assert record.body == "Hi"


class TestTickets(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)

    def handler(self):
        return Zendesk().handle

    def malformed(self):
        return Zendesk(broken=True).handle

    def settings(self, url):
        return {"url": url, "email": EMAIL, "token": TOKEN, "kind": "conversations"}

    def test_it_reads_public_comments_with_their_roles(self):
        with self.bench() as bench:
            found = [item for item in bench.read() if isinstance(item, ConversationRecord)]
        first = found[0].conversation
        assert [message.role for message in first.messages] == ["customer", "agent"]
        assert "upset" not in repr(first)
        assert first.csat == 5.0 and first.resolved is True and first.handled_by == "human" and first.team == "Parcels"
        assert found[0].customer_email == "maren@customer.example"
        assert found[1].conversation.resolved is None and found[1].conversation.csat is None

    def test_it_passes_a_deleted_ticket_on(self):
        with self.bench() as bench:
            assert Deleted("conversation", "3") in bench.read()

    def test_it_reads_only_what_came_after_its_cursor(self):
        fake = Zendesk()
        with self.bench(fake.handle) as bench:
            cursor = bench.read()[-1].value
            fake.tickets.append(Zendesk.ticket(4, "open", {}))
            again = [item for item in bench.read(cursor) if isinstance(item, ConversationRecord)]
        assert [item.conversation.id for item in again] == ["4"]
