"""Event: a meeting, with a uid for life, as it is known at one time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When


class Status(StrEnum):
    """How an event stands."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    """One state of a meeting: its facts, and the counters that its revisions drive."""

    uid: str
    slug: str
    title: Texts
    status: Status
    when: When | None
    place: Texts | None
    description: Texts | None
    series: str | None
    """The slug of the series it is an edition of."""
    ordinal: int | None
    """Which edition, where the series counts them."""
    sequence: int
    """RFC 5546's counter: grows when the published date, status or place changes."""
    when_no: int
    """Grows only when `when` changes; part of a reminder's key."""
    revision: int
    """The number of the last revision that this state rests on."""
    created_at: datetime
    modified_at: datetime
    """When the last revision took effect."""
    when_since: datetime
    """When the present `when` took effect."""
    contested: tuple[str, ...] = ()
    """The names of the facts on which claims disagree, until an editor settles them."""

    @property
    def published_status(self) -> str:
        """RFC 5545's STATUS (section 3.8.1.11): a vague date is always tentative."""
        return published_status(self.status, self.when)

    @property
    def takes_place(self) -> bool:
        """Whether it is still to be expected: neither held nor called off."""
        return self.status in (Status.TENTATIVE, Status.CONFIRMED)


def published_status(status: Status, when: When | None) -> str:
    """The STATUS that a calendar program sees: TENTATIVE, CONFIRMED or CANCELLED."""
    if status in (Status.CANCELLED, Status.POSTPONED):
        return "CANCELLED"
    if status is Status.TENTATIVE or (when and when.is_vague):
        return "TENTATIVE"
    return "CONFIRMED"
