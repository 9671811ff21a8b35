"""Network: which addresses belong to everybody, and connections to no others, in a given time."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

from calendar_svc.domain.errors import Refused

Lookup = Callable[[str, int], Sequence[str]]
"""The addresses of a host. Raises OSError where there are none."""

_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # for protocols; a cloud's metadata is there
            "192.88.99.0/24",  # the way into 6to4
            "168.63.129.16/32",  # looks public, and is a cloud's own server inside it
            "2001::/23",  # for protocols; Teredo, which carries another address
            "2002::/16",  # 6to4, which carries another address
        ),
    )
)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is written in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in _GLOBAL_V6:
            return False
    own = any(found in network for network in _REFUSED if network.version == found.version)
    return found.is_global and not found.is_multicast and not found.is_reserved and not own


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host, as the machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass
class Deadline:
    """A moment by which everything has to be done, however slowly the other side drips."""

    seconds: float
    host: str = ""
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.seconds

    def left(self) -> float:
        """The seconds that are left. Raises Refused when none are."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> Refused:
        """What is said then."""
        return Refused(
            "“%(host)s” took longer than %(seconds)s seconds",
            field="address",
            host=self.host,
            seconds=round(self.seconds, 1),
        )


class PublicOnly(httpcore.NetworkBackend):
    """Connects to the address that was checked, and looks nothing up a second time."""

    def __init__(self, deadline: Deadline, look_up: Lookup, allowed: Iterable[str] = ()) -> None:
        """`allowed` are addresses that count as public: for tests."""
        self._deadline, self._look_up, self._allowed = deadline, look_up, frozenset(allowed)
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look up, check, connect. Raises Refused unless every address of the host is public."""
        self._deadline.host = host
        failure: Exception = httpcore.ConnectError()
        for address in self._checked(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, self._deadline.left())
                return _Hurried(stream, self._deadline)
            except httpcore.ConnectError as fault:
                failure = fault
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        found = self._found(host, port)
        if not found:
            raise _unknown(host)
        if not all(address in self._allowed or is_public(address) for address in found):
            raise Refused(
                "“%(host)s” is inside a private network; only public addresses are read",
                field="address",
                host=host,
            )
        return found

    def _found(self, host: str, port: int) -> list[str]:
        """The lookup knows no time limit of its own, so it is left behind when it takes too
        long."""
        answers: list[Sequence[str] | Exception] = []

        def ask() -> None:
            try:
                answers.append(self._look_up(host, port))
            except (OSError, UnicodeError) as fault:
                answers.append(fault)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._deadline.left())
        if not answers:
            raise self._deadline.passed()
        if isinstance(answers[0], Exception):
            raise _unknown(host)
        return list(answers[0])


class _Hurried(httpcore.NetworkStream):
    """A connection whose every step has only the time that is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Hurried(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _unknown(host: str) -> Refused:
    return Refused("there is no “%(host)s”; check the address", field="address", host=host)
