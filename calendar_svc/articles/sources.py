"""Sources: RSS and Atom → the articles that they list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser

from calendar_svc.articles.fetch import LONGEST_ADDRESS, Page
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.texts import pasted

MOST_LISTED = 200
"""Entries of one source that are looked at, the first ones."""


@dataclass(frozen=True)
class Listed:
    """An article that a source lists."""

    url: str
    title: str | None
    published_at: datetime | None


@dataclass(frozen=True)
class Listing:
    """What a source says of itself, and the articles that it lists."""

    title: str | None
    lang: str | None
    listed: tuple[Listed, ...]


def listing(page: Page) -> Listing:
    """What an RSS or Atom document lists, each address once. Raises Refused for anything else."""
    # octets in a file: a text could be taken for the name of one, or an address
    found = feedparser.parse(
        BytesIO(page.body),
        response_headers={"content-type": page.content_type, "content-location": page.url},
        sanitize_html=False,
    )
    if not found.get("version"):
        raise Refused("this is neither RSS nor Atom", field="url")
    listed: dict[str, Listed] = {}
    for entry in found.entries[:MOST_LISTED]:
        url = _address(page.url, entry)
        if url and url not in listed:
            # asked in this order: the library answers for one with the other, and complains
            said = [entry[name] for name in ("published_parsed", "updated_parsed") if name in entry]
            published = _moment(said[0]) if said else None
            listed[url] = Listed(url, _line(entry.get("title")), published)
    code = re.split("[-_]", str(found.feed.get("language") or "").lower())[0]
    lang = code if re.fullmatch("[a-z]{2,3}", code) else None
    return Listing(_line(found.feed.get("title")), lang, tuple(listed.values()))


def _address(base: str, entry: Mapping[str, Any]) -> str | None:
    try:
        url = urldefrag(urljoin(base, str(entry.get("link") or "").strip())).url
    except ValueError:
        return None
    is_readable = re.fullmatch(r"https?://[^\s\x00-\x20\x7f]+", url) and entry.get("link")
    return url if is_readable and len(url) <= LONGEST_ADDRESS else None


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None


def _line(text: str | None) -> str | None:
    # a title may be marked up
    plain = re.sub(r"<[^<>]{0,500}>", "", str(text or ""))
    return " ".join(pasted(plain).split())[:300] or None
