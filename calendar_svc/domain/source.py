"""Source: a list of articles (RSS or Atom) that is looked at again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(days=7)
"""Between two looks; oftener would not be polite."""
LONGEST_WAIT = timedelta(days=1)
"""After failures, unless the source is looked at less often anyway."""


@dataclass(frozen=True)
class Told:
    """What came of a look, as a sentence and its %-values, so that it can be said in each
    language."""

    message: str
    values: Mapping[str, str | int]


@dataclass(frozen=True)
class Source:
    """What brings articles; they wait as drafts."""

    id: int
    url: str
    publisher: str
    lang: str
    every: timedelta
    etag: str | None
    last_modified: str | None
    next_check_at: datetime
    checked_at: datetime | None
    failures: int
    """One after the other, up to now."""
    paused: bool
    told: Told | None
    lease_until: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """An article that a source lists and nobody has read yet."""

    id: int
    url: str
    title: str | None
    published_at: datetime | None


def next_wait(every: timedelta, failures: int) -> timedelta:
    """How long until the next look: longer with each failure, at most a day."""
    # beyond a few doublings the longest is reached anyway
    return min(every * (1 << min(failures, 10)), max(every, LONGEST_WAIT))
