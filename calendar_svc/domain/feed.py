"""Feed: a name and a choice of events."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from calendar_svc.domain.event import Event, Status

ALL = "all"
RESERVED = frozenset({ALL, "private"})
"""Names that neither a series nor a feed may take; both share one namespace."""

CANCELLED_STAYS = timedelta(days=30)
"""How long after its date a cancelled event stays in the feeds."""

LONGEST_SPAN = 31
"""Days: up to a month a vague date is shown as a bar; a bar across a year helps nobody."""


class Vague(StrEnum):
    """What a feed does with dates that are not known to the day."""

    SPAN = "span"
    OMIT = "omit"
    ALL = "all"


@dataclass(frozen=True)
class Feed:
    """`series` None: of all series and of none."""

    slug: str
    series: str | None = None

    def holds(self, event: Event) -> bool:
        """Whether the event belongs to this feed at all."""
        return self.series is None or event.series == self.series


@dataclass(frozen=True)
class Choice:
    """One form of a feed that is published."""

    feed: str
    lang: str
    vague: Vague


def admits(event: Event, vague: Vague, today: date) -> bool:
    """Whether an event is to be published today, by the rules of DESIGN.md, section 4."""
    if event.when is None:
        return False
    if event.status is Status.CANCELLED and event.when.last_day + CANCELLED_STAYS < today:
        return False
    if not event.when.is_vague:
        return True
    return vague is Vague.ALL or (vague is Vague.SPAN and event.when.days <= LONGEST_SPAN)
