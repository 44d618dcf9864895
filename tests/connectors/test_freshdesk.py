"""Freshdesk (not proven against the vendor): the conformance suite, and its traps."""

from __future__ import annotations

import connectors.freshdesk as module
from connectors.freshdesk import Connector
from kbaudit.model.record import ArticleRecord, Checkpoint, ConversationRecord
from kbaudit.testing import ConnectorConformance
from tests.fakes.freshdesk import TOKEN, Freshdesk


class TestFreshdesk(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    hidden = ("101", "103")
    least = 4

    def handler(self):
        return Freshdesk().handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "languages": ["de"]}

    def malformed(self):
        return Freshdesk(broken=True).handle

    def articles(self):
        with self.bench() as bench:
            return {item.id: item for item in bench.read() if isinstance(item, ArticleRecord)}

    def test_it_walks_the_tree_because_there_is_no_list_of_all_articles(self):
        found = self.articles()
        assert found["104"].section == "Help > Orders > Post"

    def test_it_takes_an_unknown_visibility_for_not_published(self):
        found = self.articles()
        assert not found["103"].published and found["102"].audience.segments == ("agents",)

    def test_it_links_a_translation(self):
        found = self.articles()["100/de"]
        assert (found.translation_of, found.locale, found.title) == ("100", "de", "Rückgabe")

    def test_it_goes_on_with_the_next_folder(self):
        with self.bench() as bench:
            first, second = [item for item in bench.read() if isinstance(item, Checkpoint)][:2]
            rest = bench.read(second.value)
        assert first.part and second.part
        found = [item.id for item in rest if isinstance(item, ArticleRecord)]
        assert found[0] == "103" and "100/de" in found and not {"100", "102", "104"} & set(found)

    def test_a_folder_that_is_gone_is_no_place_to_go_on_from(self):
        with self.bench() as bench:
            assert {"100", "103"} <= {i.id for i in bench.read('{"at": ["", 77]}') if isinstance(i, ArticleRecord)}


class TestTickets(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    least = 3

    def handler(self):
        return Freshdesk().handle

    def malformed(self):
        return Freshdesk(broken=True).handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "kind": "conversations"}

    def test_it_reads_satisfaction_and_leaves_private_notes_out(self):
        with self.bench() as bench:
            found = [item.conversation for item in bench.read() if isinstance(item, ConversationRecord)]
        assert found[0].csat == 5.0 and [message.text for message in found[0].messages] == [
            "Where is it?",
            "It is coming.",
        ]

    def test_it_goes_on_behind_the_wall_at_page_300(self, monkeypatch):
        monkeypatch.setattr(module, "LAST_PAGE", 3)
        monkeypatch.setattr(module, "PAGE", 10)
        with self.bench(Freshdesk(count=95).handle) as bench:
            found = {item.conversation.id for item in bench.read() if isinstance(item, ConversationRecord)}
        assert len(found) == 95
