"""The conformance suite for connectors: subclass it, say what to talk to, and pytest does the rest.

    from kbaudit.testing import ConnectorConformance, Reply

    class TestAcme(ConnectorConformance):
        connector = Acme
        secrets = ("token-4711",)

        def handler(self):                  # a fresh stand-in of the system: request in, reply out
            return AcmeFake().handle

        def settings(self, url):            # the source's table, for a system at `url`
            return {"url": url, "token": "token-4711"}

        def malformed(self):                # the same system with one record that cannot be used
            return AcmeFake(broken=True).handle

A connector of local files returns no `handler`, and paths in `settings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from kbaudit.connector import Connector, Source
from kbaudit.errors import SourceRefused, SourceUnavailable
from kbaudit.http import Client, pace
from kbaudit.http.pace import Clock
from kbaudit.model.record import ArticleRecord, Checkpoint, ConversationRecord, Item, ProductRecord, Skipped, Unchanged
from kbaudit.testing.server import Handler, Reply, Request, Running, serve

PAUSE = 7


@dataclass
class FakeTime:
    """A clock that only moves when somebody sleeps; `slept` keeps how long each time."""

    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        """What a client takes."""
        return Clock(lambda: self.now, lambda: 1_790_000_000.0 + self.now, self.sleep, lambda: 0.5)

    def sleep(self, seconds: float) -> None:
        """Time passes at once."""
        self.slept.append(seconds)
        self.now += max(0.0, seconds)


@dataclass
class Bench:
    """A connector over a running stand-in."""

    connector: Connector
    client: Client
    time: FakeTime
    server: Running | None

    def read(self, since: str | None = None) -> list[Item]:
        """Everything that the connector yields."""
        return list(self.connector.read(since))


def identity(item: Item) -> tuple[str, str] | None:
    """Kind and id of a record, None for anything else."""
    if isinstance(item, ArticleRecord):
        return ("article", item.id)
    if isinstance(item, ProductRecord):
        return ("product", item.product.id)
    if isinstance(item, ConversationRecord):
        return ("conversation", item.conversation.id)
    return (item.kind, item.id) if isinstance(item, Unchanged) else None


def identities(items: list[Item]) -> list[tuple[str, str]]:
    """Kinds and ids of the records among items, sorted."""
    return sorted(found for item in items if (found := identity(item)) is not None)


class ConnectorConformance:
    """What every connector has to do; see the module."""

    connector: ClassVar[Callable[[Source, Client], Connector]]
    secrets: ClassVar[tuple[str, ...]] = ()
    # Ids that the stand-in holds in every state but published: none of them may come as live.
    hidden: ClassVar[tuple[str, ...]] = ()
    least: ClassVar[int] = 1

    def handler(self) -> Handler | None:
        """A fresh stand-in of the system, None for a connector of local files."""
        return None

    def settings(self, url: str) -> Mapping[str, Any]:
        """The source's own settings for a system at `url`."""
        raise NotImplementedError("say what the connector is configured with")

    def malformed(self) -> Handler | Mapping[str, Any] | None:
        """The stand-in (or, for files, the settings) with one record that cannot be used."""
        return None

    # How it is run ----------------------------------------------------------------------------------------------

    @contextmanager
    def bench(self, handler: Handler | None = None, settings: Mapping[str, Any] | None = None) -> Iterator[Bench]:
        """The connector over a stand-in that runs while the block does, with a clock that never waits."""
        pace.forget()
        chosen = handler or self.handler()
        with serve(chosen) if chosen else nullcontext() as server:
            values = dict(settings if settings is not None else self.settings(server.url if server else ""))
            values.setdefault("allow_private", ["127.0.0.1"])
            values.setdefault("requests_per_second", 0)
            source = Source(name="conformance", connector="conformance", settings=values, zone="Europe/London")
            client = Client.for_source(source)
            time = FakeTime()
            client.clock = time.clock()
            try:
                yield Bench(type(self).connector(source, client), client, time, server)
            finally:
                client.close()

    def remote(self) -> Handler:
        """The stand-in, or a skip where there is none."""
        handler = self.handler()
        if handler is None:
            pytest.skip("a connector of local files talks to nobody")
        return handler

    # What is asked of it ----------------------------------------------------------------------------------------

    def test_it_probes(self) -> None:
        with self.bench() as bench:
            probe = bench.connector.probe()
        assert probe.ok and probe.message

    def test_it_is_repeatable(self) -> None:
        with self.bench() as bench:
            first, second = bench.read(), bench.read()
        assert first == second
        found = identities(first)
        assert len(found) >= self.least
        assert len(set(found)) == len(found)

    def test_it_ends_with_a_checkpoint(self) -> None:
        with self.bench() as bench:
            assert isinstance(bench.read()[-1], Checkpoint)

    def test_it_goes_on_from_its_checkpoint(self) -> None:
        with self.bench() as bench:
            items = bench.read()
            last = items[-1]
            assert isinstance(last, Checkpoint)
            again = bench.read(last.value)
        assert isinstance(again[-1], Checkpoint)
        assert set(identities(again)) <= set(identities(items))
        if again[-1].complete:
            # A whole listing names everything, also what did not change: what it leaves out is deleted.
            assert identities(again) == identities(items)

    def test_it_goes_on_from_wherever_it_was_cut_off(self) -> None:
        with self.bench() as bench:
            items = bench.read()
            for number, item in enumerate(items[:-1]):
                if isinstance(item, Checkpoint):
                    rest = bench.read(item.value)
                    assert isinstance(rest[-1], Checkpoint)
                    # What came before it and what comes after it is everything.
                    whole = set(identities(items[:number])) | set(identities(rest))
                    assert whole == set(identities(items))

    def test_it_survives_a_checkpoint_that_it_did_not_write(self) -> None:
        with self.bench() as bench:
            items = bench.read('{"no": ["such", "thing"]}')
        assert isinstance(items[-1], Checkpoint)

    def test_it_survives_one_malformed_record(self) -> None:
        malformed = self.malformed()
        if malformed is None:
            pytest.skip("the author names no malformed record")
        with self.bench() as bench:
            good = identities(bench.read())
        handler = None if isinstance(malformed, Mapping) else malformed
        settings = malformed if isinstance(malformed, Mapping) else None
        with self.bench(handler, settings) as bench:
            items = bench.read()
        assert any(isinstance(item, Skipped) and item.reason for item in items)
        if handler is not None:
            assert len(set(good) & set(identities(items))) >= min(1, len(good) - 1)
        assert identities(items)
        assert isinstance(items[-1], Checkpoint)

    def test_it_shows_nothing_that_is_not_published(self) -> None:
        with self.bench() as bench:
            records = [item for item in bench.read() if isinstance(item, ArticleRecord)]
        live = {record.id for record in records if record.published and record.valid_from is None}
        assert not live & set(self.hidden)

    def test_it_honours_429_and_retry_after(self) -> None:
        inner = self.remote()
        refused: list[str] = []

        def handler(request: Request) -> Reply:
            if not refused and not request.path.endswith("/robots.txt"):
                refused.append(request.path)
                return Reply(429, b"", {"Retry-After": str(PAUSE)})
            return inner(request)

        with self.bench() as bench:
            expected = identities(bench.read())
        with self.bench(handler) as bench:
            found = identities(bench.read())
            assert found == expected
            assert any(seconds >= PAUSE for seconds in bench.time.slept)

    @pytest.mark.parametrize("status", [401, 403])
    def test_it_tells_a_refusal(self, status: int) -> None:
        self.remote()
        with self.bench(_always(status)) as bench:
            with pytest.raises(SourceRefused):
                bench.read()
            assert bench.server is not None
            # Asking again with the same credentials helps nobody and locks accounts.
            asked = [request.raw for request in bench.server.requests]
            assert all(asked.count(raw) <= 1 for raw in asked)

    @pytest.mark.parametrize("status", [500, 503])
    def test_it_tells_an_outage(self, status: int) -> None:
        self.remote()
        with self.bench(_always(status)) as bench:
            with pytest.raises(SourceUnavailable):
                bench.read()
            assert bench.time.slept
            assert max(bench.time.slept) <= 60.0

    def test_it_shows_no_secret(self) -> None:
        with self.bench() as bench:
            said = [repr(bench.connector), str(bench.connector), repr(bench.client), repr(bench.connector.probe())]
            said += [repr(item) for item in bench.read() if isinstance(item, (Skipped, Checkpoint))]
        if self.handler() is not None:
            for status in (401, 500):
                with self.bench(_always(status)) as bench:
                    try:
                        bench.read()
                    except (SourceRefused, SourceUnavailable) as problem:
                        said += [str(problem), repr(problem), repr(problem.__context__)]
        for secret in self.secrets:
            assert not any(secret in text for text in said)


def _always(status: int) -> Handler:
    def handler(request: Request) -> Reply:
        if request.path.endswith("/robots.txt"):
            return Reply(404)
        return Reply(status, b'{"error": "no"}', {"Content-Type": "application/json"})

    return handler
