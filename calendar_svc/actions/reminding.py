"""Queue the reminders that are due: computed from what is true now, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from calendar_svc.domain.delivery import DeliveryKind, DeliveryState
from calendar_svc.domain.event import Event
from calendar_svc.domain.reminder import Reminder, due, due_at, lies_ahead
from calendar_svc.domain.subscriber import Subscription
from calendar_svc.store import deliveries, events, notes, subscribers
from calendar_svc.store.deliveries import Owed

JOB = "remind"
OVERLAP = timedelta(hours=1)
"""How far each run looks back behind the last: a change may have been committed after it."""
NOTED_EVERY = timedelta(minutes=1)
"""How often a run without work is written down; the overlap is far longer."""
ZONES = timedelta(days=2)
"""By how much a day may differ between any two zones, and one over."""


def remind(db: Session, *, now: datetime) -> int:
    """Queue every reminder that fell due since the last run; how many were new.

    What fell due while nothing ran is still sent if its meeting lies ahead, and recorded as
    missed if not.
    """
    covered = notes.covered_until(db, JOB) or now
    since = min(covered, now) - OVERLAP
    wishes = subscribers.confirmed(db)
    found = due(_events_due(db, wishes, since, now), wishes, since=since, now=now)
    queued = deliveries.queue(db, [_owed(reminder, now) for reminder in found])
    if queued or now - covered >= NOTED_EVERY or covered == now:
        notes.cover(db, JOB, max(covered, now))
    return queued


@dataclass(frozen=True)
class Coming:
    """A reminder that lies in the future, if nothing changes."""

    event: Event
    lead: timedelta
    due_at: datetime
    zone: str
    """The reader's, in which the due moment is a day."""


def coming(db: Session, wishes: Iterable[Subscription], *, now: datetime) -> list[Coming]:
    """What will come and when, as known now, the next first: each meeting and lead once."""
    wishes = list(wishes)
    found = {
        (event.uid, lead): Coming(event, lead, moment, wish.zone)
        for wish in wishes
        for event in events.remindable(
            db, now, (now - ZONES).date(), (now + events.UPCOMING_DAYS).date()
        )
        if wish.wants(event) and event.when
        for lead in wish.leads
        if (moment := due_at(event.when, lead, wish.zone)) and moment > now
    }
    return sorted(found.values(), key=lambda one: (one.due_at, one.event.uid))


def _events_due(
    db: Session, wishes: list[Subscription], since: datetime, now: datetime
) -> list[Event]:
    """The meetings near enough that one of these wishes may be due."""
    longest = max((lead for wish in wishes for lead in wish.leads), default=None)
    if longest is None:
        return []
    return events.remindable(db, now, (since - ZONES).date(), (now + longest + ZONES).date())


def _owed(reminder: Reminder, now: datetime) -> Owed:
    event, wish = reminder.event, reminder.subscription
    assert event.when is not None
    ahead = lies_ahead(event.when, now, wish.zone)
    return Owed(
        key=reminder.key,
        kind=DeliveryKind.REMINDER,
        subscriber=wish.subscriber.id,
        due_at=reminder.due_at,
        event=event.uid,
        lead=reminder.lead,
        when_no=event.when_no,
        state=DeliveryState.QUEUED if ahead else DeliveryState.MISSED,
    )
