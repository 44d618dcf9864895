"""A static site of 1,000 pages with a heavy menu on each, served by lighttpd (or Python where that is missing)."""

from __future__ import annotations

import pytest

from connectors import sitemap
from kbaudit.model.record import ArticleRecord, Unchanged
from kbaudit.text.document import extract
from tests.fakes.site import help_center
from tests.fakes.static import lay_out, server
from tests.peers.conftest import connect, free_port, running

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    lay_out(root, help_center(1000), url)
    with running(server(root, port), f"{url}/sitemap.xml"):
        yield url, root


def test_menus_are_gone_sections_are_right_and_nothing_is_read_twice(site):
    url, root = site
    connector = connect(sitemap.Connector, f"{url}/help/")
    items = list(connector.read(None))
    found = [item for item in items if isinstance(item, ArticleRecord)]
    assert len(found) == 1000 and items[-1].complete
    for record in found[::50]:
        document = extract(record)
        assert "Browse department" not in document.text and "Wick Street" not in document.text
        assert [block.path[-1] for block in document.blocks if block.kind == "table_row"] == ["Prices", "Prices"]
    page = root / "help" / "page-5.html"
    page.write_text(page.read_text().replace("workshop", "depot") + " ")
    again = list(connector.read(items[-1].value))
    assert [item.id for item in again if isinstance(item, ArticleRecord)] == ["help/page-5.html"]
    assert len([item for item in again if isinstance(item, Unchanged)]) == 999
