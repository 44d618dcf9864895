"""The vendors' own specifications, served by Prism, which refuses a request that they do not allow."""

from __future__ import annotations

import pytest

from connectors import intercom, zendesk
from kbaudit.errors import SourceRefused, SourceUnavailable, Unreadable
from kbaudit.model.record import ArticleRecord
from tests.peers.conftest import PEERS, SHARED, connect, free_port, need, need_path, running

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def prism():
    need("node")
    program = need_path(PEERS / "prism" / "node_modules" / ".bin" / "prism", "Prism")
    from contextlib import ExitStack

    with ExitStack() as stack:
        found = {}

        def start(spec):
            if spec not in found:
                path = need_path(SHARED / "specs" / spec, "the specification")
                port = free_port()
                url = f"http://127.0.0.1:{port}"
                stack.enter_context(
                    running(["node", str(program), "mock", "-h", "127.0.0.1", "-p", str(port), str(path)], url)
                )
                found[spec] = url
            return found[spec]

        yield start


def watched(connector):
    """The answers that a connector gets, and an error for every request that Prism finds wrong."""
    answers = []
    ask = connector.client.request

    def request(method, url, **options):
        answer = ask(method, url, **options)
        assert "sl-violations" not in answer.headers, answer.headers["sl-violations"]
        answers.append((method, url, answer.status))
        return answer

    connector.client.request = request
    return answers


def walk(connector, limit=200):
    """What a connector yields. Prism knows one page only, so a walk over pages may go in a circle there."""
    items = []
    try:
        for item in connector.read(None):
            items.append(item)
            if len(items) >= limit:
                break
    except SourceUnavailable as problem:
        assert "circle" in str(problem)
    return items


@pytest.mark.parametrize(
    "settings", [{}, {"external_pages": True, "snippets": True}, {"kind": "macros"}, {"kind": "conversations"}]
)
def test_intercom(prism, settings):
    connector = connect(intercom.Connector, prism("intercom-2.16.yaml"), token="anything", **settings)
    answers = watched(connector)
    walk(connector)
    assert answers and all(status == 200 for _, _, status in answers)


def test_intercom_articles_are_read_as_the_specification_writes_them(prism):
    connector = connect(intercom.Connector, prism("intercom-2.16.yaml"), token="anything")
    found = [item for item in walk(connector) if isinstance(item, ArticleRecord)]
    assert found and all(item.title for item in found)


def test_zendesk_articles(prism):
    connector = connect(zendesk.Connector, prism("zendesk-help-center.yaml"), email="a@b.example", token="t")
    answers = watched(connector)
    items = walk(connector)
    assert any("/articles" in url for _, url, _ in answers) and all(status == 200 for _, _, status in answers)
    assert any(isinstance(item, ArticleRecord) for item in items)


@pytest.mark.parametrize("kind", ["macros", "conversations"])
def test_zendesk_support(prism, kind):
    connector = connect(zendesk.Connector, prism("zendesk-support.yaml"), email="a@b.example", token="t", kind=kind)
    answers = watched(connector)
    walk(connector)
    assert answers and all(status == 200 for _, _, status in answers)


def test_a_wrong_request_fails(prism):
    url = prism("intercom-2.16.yaml")
    connector = connect(intercom.Connector, url, token="anything")
    with pytest.raises(Unreadable, match="status 4"):
        connector.client.get(f"{connector.base}/no_such_list")
    connector.client._credentials.clear()
    with pytest.raises(SourceRefused):
        connector.client.get(f"{connector.base}/articles")
