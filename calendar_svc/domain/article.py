"""Article: a text we read, its publisher, language and day."""

from dataclasses import dataclass
from datetime import date


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
