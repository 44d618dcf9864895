"""Which addresses may be dialled: judged as numbers after resolving, never as the text of a URL."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from kbaudit.errors import BlockedAddress, SourceUnavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
COMPATIBLE = ipaddress.ip_network("::/96")
# `is_global` calls these global, or a cloud answers on them with credentials: reliability standard, section 3.3.
DENIED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)
# No configuration opens these: link-local (cloud metadata), multicast, the unspecified address.
NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "192.0.0.192/32",
        "100.100.100.200/32",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "fd00:ec2::/32",
        "fe80::/10",
        "ff00::/8",
    )
)


def unwrap(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4, ISATAP), else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    number = int(address)
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in NAT64 or (address in COMPATIBLE and number > 1):
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return ipaddress.IPv4Address((number >> 80) & 0xFFFFFFFF)
    if (number >> 32) & 0xFCFFFFFF == 0x00005EFE:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, also when it hides inside another."""
    inner = unwrap(address)
    if inner.is_multicast or not inner.is_global:
        return False
    return not any(inner.version == network.version and inner in network for network in DENIED)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a source's configuration opens beside the public internet: host names and single addresses, by name."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> Allowed:
        """Names as written in `allow_private`."""
        return cls(frozenset(plain_host(name) for name in names))

    def permits(self, host: str, address: Address) -> bool:
        """Whether `address`, to which `host` resolved, may be dialled."""
        inner = unwrap(address)
        if any(inner.version == network.version and inner in network for network in NEVER):
            return False
        if is_public(address):
            return True
        return plain_host(host) in self.names or str(inner) in self.names


def plain_host(host: str) -> str:
    """A host name in lower case, without brackets, scope and final dot."""
    return host.strip().strip("[]").split("%")[0].rstrip(".").lower()


def resolve(host: str, port: int, allowed: Allowed, timeout: float) -> list[str]:
    """The addresses of a host, every one of them checked.

    Raises `BlockedAddress` if any of them may not be dialled (a name with one public and one internal answer is an
    attack, not a mistake), `SourceUnavailable` if the name has none.
    """
    answers: list[str] = []
    problem: list[Exception] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.extend(dict.fromkeys(str(entry[4][0]) for entry in found))
        except (OSError, UnicodeError, ValueError) as error:
            problem.append(error)

    # The resolver takes no timeout of its own.
    asking = threading.Thread(target=ask, daemon=True, name="kbaudit-resolve")
    asking.start()
    asking.join(timeout)
    if asking.is_alive():
        raise SourceUnavailable(f"{host}: the name was not resolved within {timeout:.0f} s")
    if problem or not answers:
        raise SourceUnavailable(f"{host}: the name does not resolve")
    for answer in answers:
        check(host, answer, allowed)
    return answers


def check(host: str, address: str, allowed: Allowed) -> None:
    """Raise `BlockedAddress` unless an address may be dialled for a host."""
    try:
        number = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        raise BlockedAddress(f"{host}: resolved to {address!r:.60}, which is no address") from None
    if allowed.permits(host, number):
        return
    hint = f' If this is wanted, name it in this source: allow_private = ["{plain_host(host)}"].'
    if any(unwrap(number).version == network.version and unwrap(number) in network for network in NEVER):
        hint = ""
    raise BlockedAddress(f"{host}: not dialled, {address} is no public address.{hint}")
