"""Fetch: an address → what is there, within limits of size and time, and nothing of our own
network."""

import re
import ssl
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

import certifi
import httpcore
import idna

from calendar_svc.articles.network import Deadline, Lookup, PublicOnly, look_up
from calendar_svc.domain.errors import Refused

LONGEST_ADDRESS = 2000
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
ACCEPT = "text/html, application/xhtml+xml, text/plain, application/rss+xml, application/atom+xml"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Page:
    """What was at an address. `url` is where it was in the end."""

    url: str
    content_type: str
    body: bytes = field(repr=False)
    etag: str | None = None
    last_modified: str | None = None


class Fetch(Protocol):
    """Reads an address. None: it has not changed since that ETag or day. Raises Refused."""

    def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page | None:
        """As `fetch` does."""


@dataclass(frozen=True)
class Limits:
    """What a fetch keeps to; tests have their own."""

    seconds: float = 10
    octets: int = 5 * MEGABYTE
    """Of the body, also as it is unpacked."""
    ports: frozenset[int] = frozenset({80, 443})
    allowed: frozenset[str] = frozenset()
    """Addresses that count as public though they are not."""
    look_up: Lookup = look_up
    trust: ssl.SSLContext | None = None
    """Whose certificates hold; None: those of the machine and of certifi."""


LIMITS = Limits()


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits = LIMITS,
) -> Page | None:
    """What is at an address; None if it has not changed since. Raises Refused, in one sentence,
    for an address that isn't read and for whatever goes wrong on the way."""
    deadline = Deadline(limits.seconds)
    headers = _headers(etag, last_modified)
    for _ in range(MOST_REDIRECTS + 1):
        url, host = _checked(url, limits.ports)
        deadline.host = host
        answer = _one_step(url, headers, deadline, limits)
        if not isinstance(answer, str):
            return answer
        try:
            url = urljoin(url, answer)
        except ValueError:
            raise _unreadable() from None
    raise Refused(
        "“%(host)s” leads on to other addresses without end", field="address", host=deadline.host
    )


def _one_step(
    url: str, headers: Mapping[str, str], deadline: Deadline, limits: Limits
) -> Page | str | None:
    """What is at one address, or where it leads."""
    network = PublicOnly(deadline, limits.look_up, limits.allowed)
    trust = limits.trust or _trust()
    try:
        with (
            httpcore.ConnectionPool(ssl_context=trust, network_backend=network) as pool,
            pool.stream("GET", url, headers=list(headers.items())) as answer,
        ):
            return _read(url, answer, deadline, limits)
    except httpcore.TimeoutException:
        raise deadline.passed() from None
    except httpcore.ConnectError as fault:
        if fault.args and isinstance(fault.args[0], ssl.SSLError):
            raise Refused(
                "the certificate of “%(host)s” doesn’t hold; it is not read",
                field="address",
                host=deadline.host,
            ) from None
        raise Refused("“%(host)s” can’t be reached", field="address", host=deadline.host) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError):
        raise _broken_off(deadline.host) from None


def _read(
    url: str, answer: httpcore.Response, deadline: Deadline, limits: Limits
) -> Page | str | None:
    headers = {
        name.decode("ascii", "replace").lower(): value.decode("utf-8", "replace")
        for name, value in answer.headers
    }
    if answer.status in REDIRECTS and headers.get("location"):
        return headers["location"]
    if answer.status == 304:
        return None
    if answer.status != 200:
        raise Refused(
            "“%(host)s” answered %(status)s instead of a page",
            field="address",
            host=deadline.host,
            status=answer.status,
        )
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.octets:
        raise _too_large(deadline.host, limits)
    return Page(
        url=url,
        content_type=headers.get("content-type", "")[:200],
        body=_body(answer, headers.get("content-encoding", ""), deadline, limits),
        etag=_validator(headers.get("etag")),
        last_modified=_validator(headers.get("last-modified")),
    )


def _body(answer: httpcore.Response, coding: str, deadline: Deadline, limits: Limits) -> bytes:
    parts: Iterable[bytes] = _measured(answer.iter_stream(), deadline, limits)
    match coding.strip().lower():
        case "" | "identity":
            pass
        case "gzip" | "x-gzip":
            parts = _measured(_unpacked(parts, deadline, limits), deadline, limits)
        case _:
            raise Refused(
                "“%(host)s” sends it in a coding that isn’t read",
                field="address",
                host=deadline.host,
            )
    return b"".join(parts)


def _measured(parts: Iterable[bytes], deadline: Deadline, limits: Limits) -> Iterable[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > limits.octets:
            raise _too_large(deadline.host, limits)
        deadline.left()
        yield part


def _unpacked(parts: Iterable[bytes], deadline: Deadline, limits: Limits) -> Iterable[bytes]:
    """Unpacked bit by bit, so that little that becomes much is noticed in time."""
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for part in parts:
        rest = part
        while rest and not unpacking.eof:
            try:
                yield unpacking.decompress(rest, 64 * 1024)
            except zlib.error:
                raise _broken_off(deadline.host) from None
            rest = unpacking.unconsumed_tail
    # what may follow the first packet is no part of the page
    if not unpacking.eof:
        raise _broken_off(deadline.host)


def _checked(url: str, ports: frozenset[int]) -> tuple[str, str]:
    """An address in the letters that HTTP takes, and its host. Raises Refused."""
    url = url.strip()
    if len(url) > LONGEST_ADDRESS or re.search(r"[\x00-\x20\x7f-\xa0\u2028-\u202e\\]", url):
        raise Refused(
            "an address has no spaces, and at most %(limit)s letters",
            field="address",
            limit=LONGEST_ADDRESS,
        )
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        raise _unreadable() from None
    if scheme not in ("http", "https") or not host:
        raise Refused(
            "an address begins with https:// or http:// and has no spaces", field="address"
        )
    if "@" in parts.netloc:
        raise Refused("an address with a name or a password in it is not read", field="address")
    if port is not None and port not in ports:
        raise Refused("only the ports 80 and 443 are read", field="address")
    host = _ascii(host)
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port is not None else ""
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*")
    query = f"?{quote(parts.query, safe='/%:=&?~+!$,;@()*[]')}" if parts.query else ""
    return f"{scheme}://{netloc}{path}{query}", host


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise _unreadable() from None


def _headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {
        "User-Agent": f"calendar-svc/{version('calendar-svc')} (reads articles for a calendar)",
        "Accept": f"{ACCEPT}, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _validator(text: str | None) -> str | None:
    """An ETag or a day that can be sent back as it came."""
    is_plain = text is not None and len(text) <= 200 and text.isascii() and text.isprintable()
    return text if is_plain else None


@cache
def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _unreadable() -> Refused:
    return Refused("this address can’t be read; check it", field="address")


def _too_large(host: str, limits: Limits) -> Refused:
    return Refused(
        "what “%(host)s” sends is larger than %(limit)s MB",
        field="address",
        host=host,
        limit=limits.octets // MEGABYTE,
    )


def _broken_off(host: str) -> Refused:
    return Refused("“%(host)s” broke off before all was there", field="address", host=host)
