"""Subscriber: an address and its consent. Subscription: one wish, what and how early."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_svc.domain.event import Event

DEFAULT_LEADS = (timedelta(days=7), timedelta(days=1))
OFFERED_LEADS = (
    timedelta(days=30),
    timedelta(days=14),
    timedelta(days=7),
    timedelta(days=2),
    timedelta(days=1),
    timedelta(hours=1),
)
"""What the page offers, longest first."""


@dataclass(frozen=True)
class Subscriber:
    """`key_version` is in every signed link; raising it revokes those that can be revoked."""

    id: int
    email: str
    key_version: int
    confirmed_at: datetime | None
    answered_at: datetime | None = None
    """When the address last confirmed or left, on the calendar's clock."""


@dataclass(frozen=True)
class Subscription:
    """`series` None: every meeting. `leads` longest first. Mails about it are in `lang`, and its
    mornings are those of `zone`."""

    id: int
    subscriber: Subscriber
    series: str | None
    leads: tuple[timedelta, ...]
    lang: str
    zone: str
    confirmed_at: datetime | None

    def wants(self, event: Event) -> bool:
        """Whether the event is one it asked for."""
        return self.series is None or event.series == self.series
