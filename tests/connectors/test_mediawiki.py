"""MediaWiki: the conformance suite, and its traps."""

from __future__ import annotations

from connectors.mediawiki import Connector
from kbaudit.model.record import ArticleRecord, Unchanged
from kbaudit.testing import ConnectorConformance
from tests.fakes.mediawiki import MediaWiki


class TestMediaWiki(ConnectorConformance):
    connector = Connector
    least = 3

    def handler(self):
        return MediaWiki().handle

    def settings(self, url):
        return {"url": url}

    def malformed(self):
        return MediaWiki(broken=True).handle

    def test_it_puts_together_what_comes_in_two_answers(self):
        with self.bench() as bench:
            found = [item for item in bench.read() if isinstance(item, ArticleRecord)]
        assert [item.title for item in found] == ["Returns", "Delivery", "Care"]
        assert all(item.labels == ("Orders",) for item in found)

    def test_it_renders_only_pages_with_a_new_revision(self):
        fake = MediaWiki()
        with self.bench(fake.handle) as bench:
            seen = bench.read()[-1].value
            fake.pages[2] = ("Delivery", 99, "<p>Four days.</p>")
            again = bench.read(seen)
        assert [item.id for item in again if isinstance(item, ArticleRecord)] == ["2"]
        assert [item.id for item in again if isinstance(item, Unchanged)] == ["1", "3"]
