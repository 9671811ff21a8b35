"""Delivery: one message to one address, recorded; its key says what it is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """A delivery's life: queued → sending → sent | undeliverable | withdrawn; or missed."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    WITHDRAWN = "withdrawn"
    MISSED = "missed"


class DeliveryKind(StrEnum):
    """What the message says."""

    CONFIRM = "confirm"
    REMINDER = "reminder"
    INVITE = "invite"


@dataclass(frozen=True)
class Delivery:
    """To a subscriber or to an editor. `due_at` is on the calendar's clock; attempts and leases
    are on the wall clock."""

    id: int
    key: str
    kind: DeliveryKind
    subscriber: int | None
    event: str | None
    lead: timedelta | None
    when_no: int | None
    due_at: datetime
    state: DeliveryState
    attempts: int
    message_id: str | None
    editor: int | None = None


@dataclass(frozen=True)
class Sent:
    """The peer took it."""


@dataclass(frozen=True)
class Delayed:
    """The peer said "later" (SMTP 4xx) or did not answer. `relay_away`: it is not about this
    message, the next would fare no better."""

    why: str
    relay_away: bool = False


@dataclass(frozen=True)
class Undeliverable:
    """The peer said "never" (SMTP 5xx)."""

    why: str


Outcome = Sent | Delayed | Undeliverable

FIRST_DELAY, LONGEST_DELAY, GIVE_UP_AFTER = timedelta(minutes=1), timedelta(hours=8), 14
"""Doubling from a minute to eight hours, 14 attempts span about two days."""


def next_delay(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None: give up."""
    if attempts >= GIVE_UP_AFTER:
        return None
    return min(FIRST_DELAY * (1 << max(attempts - 1, 0)), LONGEST_DELAY)
