"""Intercom: the conformance suite, and its traps."""

from __future__ import annotations

from datetime import UTC, datetime

from connectors.intercom import Connector
from kbaudit.model.record import ArticleRecord, ConversationRecord
from kbaudit.testing import ConnectorConformance
from tests.fakes.intercom import APR, MAR, TOKEN, Intercom


class TestIntercom(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    hidden = ("2/es", "3", "4")
    least = 6

    def handler(self):
        return Intercom().handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "external_pages": True, "snippets": True}

    def malformed(self):
        return Intercom(broken=True).handle

    def articles(self):
        with self.bench() as bench:
            return {item.id: item for item in bench.read() if isinstance(item, ArticleRecord)}

    def test_it_reads_the_times_of_a_translation_not_those_of_the_default_language(self):
        found = self.articles()
        assert found["1"].updated_at == datetime.fromtimestamp(MAR, UTC)
        assert found["1/de"].updated_at == datetime.fromtimestamp(APR, UTC)

    def test_it_reads_the_state_of_each_translation(self):
        found = self.articles()
        assert found["2"].published and not found["2/es"].published

    def test_it_notes_that_the_owner_has_a_fix_waiting(self):
        assert self.articles()["1"].extra["has_unpublished_changes"] is True

    def test_it_takes_a_scheduled_article_for_live_from_its_day_on(self):
        scheduled = self.articles()["4"]
        assert scheduled.published and scheduled.valid_from == datetime(2026, 5, 1, tzinfo=UTC)

    def test_it_scopes_an_article_to_its_audience(self):
        found = self.articles()
        assert found["5"].audience.segments == ("all_users",) and found["1"].audience.segments == ()

    def test_it_tells_guidance_from_answers(self):
        found = self.articles()
        assert found["snippet-6"].kind == "guidance" and found["external-5"].kind == "article"

    def test_it_names_the_collections(self):
        assert self.articles()["1"].section == "Orders"


class TestMacros(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)

    def handler(self):
        return Intercom().handle

    def malformed(self):
        return Intercom(broken=True).handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "kind": "macros"}


class TestConversations(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    least = 2

    def handler(self):
        return Intercom().handle

    def malformed(self):
        return Intercom(broken=True).handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "kind": "conversations"}

    def conversations(self):
        with self.bench() as bench:
            found = [item.conversation for item in bench.read() if isinstance(item, ConversationRecord)]
        return {item.id: item for item in found}

    def test_it_names_cited_articles_by_title_because_the_address_is_for_teammates(self):
        answered = self.conversations()["901"]
        assert answered.messages[1].role == "ai" and answered.messages[1].sources == ("Returns",)

    def test_it_reads_what_became_of_the_answer(self):
        found = self.conversations()
        assert (found["901"].resolved, found["901"].escalated, found["901"].handled_by) == (True, False, "ai")
        assert (found["902"].escalated, found["902"].handled_by) == (True, "both")
        assert found["901"].csat == 4.0 and found["901"].handle_seconds == 60 and found["901"].topic == "returns"

    def test_it_leaves_internal_notes_out(self):
        assert [m.text for m in self.conversations()["902"].messages] == [
            "How long can I return?",
            "You have 30 days.",
            "Let me look.",
        ]
