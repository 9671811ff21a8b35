"""Reminder: computed, never stored. Which are due at a given now?

The rules are those of DESIGN.md, section 4. For a clock time a lead counts back from its
instant; for a day or coarser it counts calendar days back from the first day of the span, at
09:00 in the subscriber's zone, and leads under a day say nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from calendar_svc.domain.event import Event
from calendar_svc.domain.subscriber import Subscription
from calendar_svc.domain.when import When

MORNING = time(9, 0)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reminder:
    """One message owed: of this event, this early, to this subscriber."""

    event: Event
    subscription: Subscription
    lead: timedelta
    due_at: datetime

    @property
    def key(self) -> str:
        """What it is for, so that no second one can be queued."""
        return reminder_key(self.subscription.subscriber.id, self.event, self.lead)


def reminder_key(subscriber: int, event: Event, lead: timedelta) -> str:
    """subscriber, event, occurrence (a single meeting has one, named ``-``), lead, when_no."""
    minutes = int(lead.total_seconds()) // 60
    return f"reminder:{subscriber}:{event.uid}:-:{minutes}:{event.when_no}"


def due_at(when: When, lead: timedelta, zone: str) -> datetime | None:
    """The moment in UTC at which a reminder falls due; None where the lead says nothing."""
    if instant := when.start.instant:
        return instant - lead
    if lead < DAY:
        return None
    try:
        morning = datetime.combine(when.first_day - lead, MORNING, ZoneInfo(zone))
    except OverflowError:  # the year 1: nobody is waiting
        return None
    return morning.astimezone(UTC)


def lies_ahead(when: When, now: datetime, zone: str) -> bool:
    """Whether the meeting is still to come: a clock time later than now, a day not before
    today in `zone`; of a vague date its last day counts, because it may still be coming."""
    if instant := when.start.instant:
        return instant > now
    today = now.astimezone(ZoneInfo(zone)).date()
    return (when.last_day if when.starts_vaguely else when.first_day) >= today


def due(
    events: Iterable[Event],
    subscriptions: Iterable[Subscription],
    *,
    since: datetime,
    now: datetime,
) -> Iterator[Reminder]:
    """The reminders that fell due after `since` and up to `now`.

    One counts only if it fell due while the subscription was confirmed and after the date was
    known; what fell due earlier was told when the reader subscribed or the date was announced.
    """
    wishes = list(subscriptions)
    for event in events:
        if event.when is None or not event.takes_place:
            continue
        for subscription in wishes:
            if not subscription.confirmed_at or not subscription.wants(event):
                continue
            start = max(since, subscription.confirmed_at, event.when_since)
            for lead in subscription.leads:
                moment = due_at(event.when, lead, subscription.zone)
                if moment and start < moment <= now:
                    yield Reminder(event, subscription, lead, moment)
