"""S1–S4: no packet to an internal address, however it is spelt, resolved or redirected to."""

from __future__ import annotations

import ipaddress
import itertools
import socket
import threading
from contextlib import suppress

import pytest

from kbaudit.errors import BlockedAddress, KbauditError, SourceUnavailable, Unreadable
from kbaudit.http import Client, pace
from kbaudit.http.address import is_public
from kbaudit.testing import Reply, serve

NETWORKS = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.5.5",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::",
)


def spellings(text: str) -> list[str]:
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        full = address.exploded
        return [f"[{text}]", f"[{full}]", f"[{full.upper()}]", f"[{address.compressed}%25lo]"]
    number = int(address)
    a, b, c, d = address.packed
    low = f"{number & 0xFFFF:x}"
    high = f"{number >> 16:x}"
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)
    return [
        text, f"{number}", f"0x{number:x}", f"{a:#o}.{b:#o}.{c:#o}.{d:#o}".replace("0o", "0"), f"0x{a:x}.{b}.{c}.{d}",
        f"{a}.{b}.{c * 256 + d}", f"{a}.{b * 65536 + c * 256 + d}", wide, f"[::ffff:{text}]", f"[::ffff:{high}:{low}]",
        f"[64:ff9b::{high}:{low}]", f"[2002:{high}:{low}::]",
    ]  # fmt: skip


def urls() -> list[str]:
    found = []
    for network in NETWORKS:
        for host in spellings(network):
            for form in (
                "http://{}/",
                "https://{}/",
                "http://user:pw@{}/",
                "http://{}:80/",
                "http://{}./",
                "http://{}:443/x",
                "HTTP://{}/a?b=c",
                "https://{}:443/#x",
            ):
                found.append(form.format(host))
            # Full stops of other scripts, which IDNA takes for dots.
            found += [f"http://{host.replace('.', stop)}/" for stop in "。．｡" if "." in host]
    return found


@pytest.fixture
def canary(monkeypatch):
    """Counts every attempt to open a connection, whoever asks for it."""
    dialled: list[object] = []

    def connect(address, *arguments, **more):
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return dialled


@pytest.mark.parametrize("share", [10, pytest.param(1, marks=pytest.mark.soak)])
def test_s1_an_internal_address_in_any_spelling_is_refused_before_connecting(canary, share):
    pace.forget()
    client = Client(name="s1")
    assert len(urls()) >= 1_200
    for url in urls()[::share]:
        with pytest.raises(KbauditError) as found:
            client.get(url, tries=1)
        assert isinstance(found.value, (BlockedAddress, Unreadable, SourceUnavailable)), url
    assert canary == []


@pytest.mark.parametrize(
    "text",
    [
        "192.0.0.192",
        "224.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "100.64.0.1",
        "::ffff:10.0.0.1",
        "168.63.129.16",
        "::7f00:1",
    ],
)
def test_what_python_calls_global_and_is_not(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "1.1.1.1"]
)
def test_the_public_internet_is_open(text):
    assert is_public(ipaddress.ip_address(text))


class Resolver:
    """A resolver that gives each question the next answer."""

    def __init__(self, answers):
        self.answers = itertools.cycle(answers)
        self.asked = 0

    def __call__(self, host, port, *arguments, **more):
        self.asked += 1
        return [(socket.AF_INET6 if ":" in a else socket.AF_INET, 1, 6, "", (a, port)) for a in next(self.answers)]


BAD = (
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "192.168.0.9",
    "64:ff9b::a00:1",
    "100.64.9.9",
    "224.0.0.5",
)


@pytest.mark.parametrize("bad", sorted({*BAD, *NETWORKS}))
def test_s2_a_name_is_refused_if_any_of_its_addresses_is_internal(monkeypatch, canary, bad):
    public = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")
    for mixed in itertools.permutations((*public, bad), 3):
        monkeypatch.setattr(socket, "getaddrinfo", Resolver([list(mixed)]))
        with pytest.raises(BlockedAddress):
            Client().get("http://shop.example/", tries=1)
    assert canary == []


@pytest.mark.parametrize("fetches", [100, pytest.param(1000, marks=pytest.mark.soak)])
def test_s3_only_the_checked_address_is_dialled_when_answers_alternate(monkeypatch, canary, fetches):
    resolver = Resolver([["93.184.216.34"], ["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    client = Client()
    for _ in range(fetches):
        with pytest.raises(KbauditError):
            client.get("http://rebind.example/", tries=1)
    assert {host for host, _ in canary} == {"93.184.216.34"}
    assert resolver.asked == fetches


TARGETS = (
    "http://127.0.0.1:{other}/",
    "http://localhost:{other}/",
    "http://0x7f.1:{other}/",
    "http://2130706433/",
    "//127.0.0.1:{other}/",
    "http://[::1]:{other}/", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/",
    "data:text/html,hi", "ftp://127.0.0.1/", "javascript:alert(1)", "http://user@127.0.0.1:{other}/", "http://127.0.0.1.:{other}/",
)  # fmt: skip


# Every spelling of this machine and of two others inside, each a target of its own.
TARGETS += tuple(
    f"http://{host}:{{other}}/" for network in ("127.0.0.1", "10.1.2.3", "::1") for host in spellings(network)
)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_s4_a_redirect_to_an_internal_address_or_another_scheme_is_refused_on_that_hop(code):
    pace.forget()
    with serve(lambda request: Reply(200, b"secret")) as other:
        places = [target.format(other=other.port) for target in TARGETS]
        assert len(places) >= 40
        # What is no ASCII arrives as it would on the wire.
        sent = [place.encode().decode("latin-1") for place in places]
        with serve(lambda request: Reply(code, b"", {"Location": sent[int(request.path.strip("/"))]})) as server:
            client = Client(allow_private=["127.0.0.1"], ports=[server.port])
            for number, place in enumerate(places):
                with pytest.raises(KbauditError):
                    client.get(f"{server.url}/{number}", tries=1)
                assert len(server.requests) == number + 1, place
            client.close()
        assert other.requests == []


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Refresh": "0; url={inside}"}, ""),
        ({"Link": "<{inside}>; rel=canonical"}, ""),
        ({"Content-Location": "{inside}"}, ""),
        ({"X-Accel-Redirect": "{inside}"}, ""),
        ({}, '<meta http-equiv="refresh" content="0;url={inside}">'),
        ({}, '<link rel="canonical" href="{inside}"><a href="{inside}">in</a><img src="{inside}">'),
        ({}, '<iframe src="{inside}"></iframe><script src="{inside}"></script><base href="{inside}">'),
    ],
)
@pytest.mark.parametrize("where", ["page", "robots", "sitemap", "listed", "sitemap line"])
def test_s4_a_crawl_never_goes_inside_whatever_a_site_says(headers, body, where):
    from tests.connectors.test_sitemap import Base

    pace.forget()
    text = "<title>Lamps</title><h1>Lamps</h1><p>" + "All about lamps. " * 40 + "</p>"
    with serve(lambda request: Reply(200, b"secret")) as other:
        inside = f"http://localhost:{other.port}/inside"

        def handle(request):
            host = f"http://{request.headers['host']}"
            page = {name: value.format(inside=inside) for name, value in headers.items()}
            page |= {"Content-Type": "text/html"}
            if request.path == "/robots.txt":
                if where == "robots":
                    return Reply(302, b"", {"Location": inside})
                line = inside if where == "sitemap line" else f"{host}/sitemap.xml"
                return Reply(200, f"Sitemap: {line}\n".encode())
            if request.path == "/sitemap.xml":
                if where == "sitemap":
                    return Reply(302, b"", {"Location": inside})
                entries = [f"{host}/help/a", inside if where == "listed" else f"{host}/help/b"]
                listed = "".join(f"<url><loc>{entry}</loc></url>" for entry in entries)
                return Reply(200, f"<urlset>{listed}</urlset>".encode())
            return Reply(200, f"{text}{body.format(inside=inside)}".encode(), page)

        with Base().bench(handle) as bench, suppress(KbauditError):
            bench.read()
        assert other.requests == []


def test_an_address_is_opened_by_name_only():
    with serve(lambda request: Reply(200, b"ok")) as server:
        with pytest.raises(BlockedAddress) as found:
            Client(ports=[server.port]).get(server.url)
        assert 'allow_private = ["127.0.0.1"]' in str(found.value)
        with pytest.raises(BlockedAddress):
            Client(ports=[server.port], allow_private=["10.0.0.1", "help.internal"]).get(server.url)
        with pytest.raises(BlockedAddress):
            Client(allow_private=["127.0.0.1"]).get(server.url)
        assert server.requests == []
        assert Client(ports=[server.port], allow_private=["127.0.0.1"]).get(server.url).body == b"ok"


def test_no_configuration_opens_cloud_metadata(canary):
    for address in ("169.254.169.254", "224.0.0.1", "0.0.0.0"):
        with pytest.raises(BlockedAddress):
            Client(allow_private=[address]).get(f"http://{address}/", tries=1)
    assert canary == []


def test_the_reached_address_is_looked_at_again(monkeypatch):
    import httpcore2

    from kbaudit.http.backend import GuardedBackend

    class Elsewhere(httpcore2.NetworkStream):
        closed = False

        def get_extra_info(self, info):
            return ("127.0.0.1", 80) if info == "server_addr" else None

        def close(self):
            Elsewhere.closed = True

    monkeypatch.setattr(socket, "getaddrinfo", Resolver([["93.184.216.34"]]))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", lambda *arguments, **more: Elsewhere())
    with pytest.raises(BlockedAddress):
        Client().get("http://shop.example/", tries=1)
    assert Elsewhere.closed and GuardedBackend


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    with serve(lambda request: Reply(200, b"proxied")) as proxy, serve(lambda request: Reply(200, b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        client = Client(ports=[server.port], allow_private=["127.0.0.1"])
        assert client.get(server.url).body == b"direct" and proxy.requests == []


def test_the_resolver_does_not_outlast_the_deadline(monkeypatch):
    stop = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **more: [stop.wait(20)][:0])
    monkeypatch.setattr("kbaudit.http.client.CONNECT_SECONDS", 0.2)
    with pytest.raises(SourceUnavailable, match="not resolved"):
        Client().get("http://slow.example/", tries=1)
    stop.set()
