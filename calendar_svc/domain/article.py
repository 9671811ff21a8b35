"""Article: a text we read, its publisher, language and day."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from unicodedata import normalize

LONGEST_TEXT = 50_000
"""Letters of an article that are kept."""
EARLIEST_YEAR = 1900
"""Of an article that is read; the years that dates are told without are counted from its day."""


@dataclass(frozen=True)
class Article:
    """What we say of a text in public; the text itself never is."""

    key: str
    """Our name for it, for life."""
    publisher: str
    lang: str
    published_on: date
    dateline: str | None = None
    url: str | None = None
    title: str | None = None


def key_of(publisher: str, day: date) -> str:
    """What an article's key is, unless another has it: `bernama-2025-09-27`."""
    words = "-".join(re.findall("[a-z0-9]+", publisher.lower()))
    return f"{words[:60].strip('-') or 'article'}-{day}"


def digest_of(text: str | None) -> str | None:
    """What two copies of a text have in common, however their lines, quotation marks and capital
    letters stand; None for one without a word."""
    words = re.findall(r"\w+", normalize("NFKC", text or "").casefold())
    return sha256(" ".join(words).encode()).hexdigest() if words else None
