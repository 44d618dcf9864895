"""Links are asked once, politely, and remembered."""

from __future__ import annotations

from pathlib import Path

from kbaudit.errors import BlockedAddress, SourceUnavailable
from kbaudit.http.client import Answer
from kbaudit.jobs.links import addresses, check_links
from kbaudit.testing import findings_of, snapshot_of

BODY = (
    "[a](https://ok.example/a#part) [b](https://gone.example/b) [c](https://refuses.example/c) "
    "[d](https://nohost.example/d) [e](http://inside.example/e) [f](mailto:x@ok.example)"
)


class Fake:
    """A client that answers from a table."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def request(self, method: str, url: str, **options: object) -> Answer:
        self.asked.append((method, url))
        if "nohost" in url:
            raise SourceUnavailable("nohost.example: no such host")
        if "inside" in url:
            raise BlockedAddress("inside.example: private")
        status = {"https://ok.example/a": 200, "https://gone.example/b": 404}.get(url, 405 if method == "HEAD" else 403)
        return Answer(url, status, {}, b"")


def test_statuses_and_cache(tmp_path: Path) -> None:
    snapshot = snapshot_of(articles=[{"id": "x", "title": "Links", "body_markdown": BODY}])
    assert "https://ok.example/a" in addresses(snapshot)
    client = Fake()
    statuses = check_links(snapshot, client, tmp_path / "links.json")  # type: ignore[arg-type]
    assert statuses == {
        "https://ok.example/a": 200,
        "https://gone.example/b": 404,
        "https://refuses.example/c": 403,
        "https://nohost.example/d": "no such host",
        "http://inside.example/e": "blocked",
    }
    assert ("GET", "https://refuses.example/c") in client.asked
    again = Fake()
    assert check_links(snapshot, again, tmp_path / "links.json") == statuses  # type: ignore[arg-type]
    assert again.asked == []


def test_only_what_is_surely_dead_is_reported(tmp_path: Path) -> None:
    snapshot = snapshot_of(articles=[{"id": "x", "title": "Links", "body_markdown": BODY}])
    snapshot.link_status = check_links(snapshot, Fake(), tmp_path / "links.json")  # type: ignore[arg-type]
    (finding,) = findings_of(snapshot, ["FRE702"])
    assert [evidence.quote for evidence in finding.evidence] == ["b", "d"]


def test_a_damaged_cache_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    file.write_text("[1, 2")
    snapshot = snapshot_of(articles=[{"id": "x", "title": "Links", "body_markdown": "[a](https://ok.example/a)"}])
    assert check_links(snapshot, Fake(), file) == {"https://ok.example/a": 200}  # type: ignore[arg-type]
