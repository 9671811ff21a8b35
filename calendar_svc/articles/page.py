"""Page: octets → the text of an article, and what the page says of it."""

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from calendar_svc.domain.article import EARLIEST_YEAR, LONGEST_TEXT
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.texts import pasted

LARGEST_FILE = 1024 * 1024
"""Octets of a text; the letters are counted once they are known."""
LARGEST_PAGE = 3 * 1024 * 1024
MOST_PARTS = 50_000
"""Elements of a page; the time that it takes to find the text in them grows with their number."""

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_PLAIN = ("", "text/plain", "text/markdown", "application/octet-stream")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_LANGUAGES = {"in": "id", "msa": "ms", "may": "ms", "ind": "id", "eng": "en"}
"""Other codes for a language that pages still have."""
_NO_CHARSETS = {"punycode", "idna", "utf_7", "unicode_escape", "raw_unicode_escape", "undefined"}
"""What Python can decode and no page is written in; some take for ever, or hide what is there."""
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Extracted:
    """The text of an article; what the page doesn't say is None."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    lang: str | None = None


def from_octets(octets: bytes, url: str = "", content_type: str = "") -> Extracted:
    """The text of a page or of a plain text, whichever it is. Raises Refused, in one sentence."""
    kind = content_type.partition(";")[0].strip().lower()
    if "html" in kind or _HTML.match(octets[:4096]):
        return from_html(octets, url, content_type)
    if kind not in _PLAIN:
        raise Refused("this is neither a page nor a text (%(kind)s)", field="address", kind=kind)
    if len(octets) > LARGEST_FILE:
        raise _too_long()
    return Extracted(_checked(_decoded(octets, content_type)))


def from_html(octets: bytes, url: str = "", content_type: str = "") -> Extracted:
    """The text of a page without what stands around it. Raises Refused, in one sentence."""
    if len(octets) > LARGEST_PAGE:
        raise _too_long()
    html = _decoded(octets, content_type)
    if _BINARY.search(html):
        raise _binary()
    tree = load_html(html)
    if tree is None or sum(1 for _ in tree.iter()) > MOST_PARTS:
        raise _no_text() if tree is None else _too_long()
    lang = _language(tree)
    found = bare_extraction(
        tree,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise _no_text()
    return Extracted(
        text=_checked(found.text or ""),
        title=_line(found.title, 300),
        publisher=_line(found.sitename, 100),
        published=_day(found.date),
        lang=lang,
    )


def _checked(text: str) -> str:
    """A text that may be kept. Raises Refused."""
    if _BINARY.search(text):
        raise _binary()
    text = pasted(text)
    if not text:
        raise _no_text()
    if len(text) > LONGEST_TEXT:
        raise _too_long()
    return text


def _decoded(octets: bytes, content_type: str) -> str:
    """The letters of octets: as their mark says, as they were sent, as the page says, or UTF-8;
    the first of these that fits."""
    for charset in _charsets(octets, content_type):
        with suppress(LookupError, UnicodeError):
            if codecs.lookup(charset).name.replace("-", "_") not in _NO_CHARSETS:
                return octets.decode(charset)
    raise Refused(
        "its letters can’t be read: they are in another encoding than it says", field="address"
    )


def _charsets(octets: bytes, content_type: str) -> Iterable[str]:
    for mark, charset in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if octets.startswith(mark):
            yield charset
    if sent := _CHARSET.search(content_type):
        yield _known(sent[1])
    if said := _META.search(octets[:4096]):
        yield _known(said[1].decode())
    yield "utf-8"


def _known(charset: str) -> str:
    """As browsers read it: what is called Latin-1 is Windows’s."""
    return (
        "windows-1252"
        if charset.lower() in ("iso-8859-1", "latin-1", "ascii", "us-ascii")
        else charset
    )


def _language(tree: HtmlElement) -> str | None:
    for element in tree.iter("html"):
        said = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        code = re.split("[-_]", (said or "").strip().lower())[0]
        if re.fullmatch("[a-z]{2,3}", code):
            return _LANGUAGES.get(code, code)
    return None


def _line(text: str | None, limit: int) -> str | None:
    """In one line, or None."""
    line = " ".join(pasted(text or "").split())
    return line[:limit].strip() or None


def _day(text: str | None) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat((text or "")[:10])
        return day if day.year >= EARLIEST_YEAR else None
    return None


def _binary() -> Refused:
    return Refused("this is no text: it holds what no letter is", field="address")


def _no_text() -> Refused:
    return Refused("there is no text of an article in it", field="address")


def _too_long() -> Refused:
    return Refused(
        "it is too long for an article; at most %(limit)s letters are kept",
        field="address",
        limit=LONGEST_TEXT,
    )
