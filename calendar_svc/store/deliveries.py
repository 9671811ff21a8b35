"""Deliveries: what is owed to whom, claimed row by row so that any number may send."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, Update, and_, func, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.delivery import Delivery, DeliveryKind, DeliveryState
from calendar_svc.domain.event import Event
from calendar_svc.domain.reminder import reminder_key
from calendar_svc.store.base import database_now, insert
from calendar_svc.store.tables import DeliveryRow, EventRow

LEASE = timedelta(minutes=5)
"""How long a claimed message may take before another process may take it up."""


@dataclass(frozen=True)
class Owed:
    """A message to be queued. `state` QUEUED, or MISSED where it only has to be recorded."""

    key: str
    kind: DeliveryKind
    subscriber: int | None
    due_at: datetime
    event: str | None = None
    lead: timedelta | None = None
    when_no: int | None = None
    state: DeliveryState = DeliveryState.QUEUED
    editor: int | None = None


def queue(db: Session, owed: Sequence[Owed]) -> int:
    """Queue messages whose key isn't there yet. How many were new."""
    if not owed:
        return 0
    meetings = select(EventRow.uid, EventRow.id).where(
        EventRow.uid.in_({one.event for one in owed if one.event})
    )
    events = {uid: row for uid, row in db.execute(meetings)}
    now = database_now(db)
    rows = [
        {
            "key": one.key,
            "kind": one.kind,
            "subscriber_id": one.subscriber,
            "editor_id": one.editor,
            "event_id": events[one.event] if one.event else None,
            "lead_minutes": int(one.lead.total_seconds()) // 60 if one.lead is not None else None,
            "when_no": one.when_no,
            "due_at": one.due_at,
            "queued_at": now,
            "state": one.state,
            "attempts": 0,
            "next_attempt_at": now,
            "finished_at": None if one.state is DeliveryState.QUEUED else now,
        }
        for one in owed
    ]
    statement = insert(db, DeliveryRow).on_conflict_do_nothing(index_elements=["key"])
    return len(db.scalars(statement.returning(DeliveryRow.id), rows).all())


def move_reminders(db: Session, old: str, new: Event) -> None:
    """Have the reminders of one event that wait be of another; one that this has itself is
    withdrawn."""
    named = select(EventRow.uid, EventRow.id).where(EventRow.uid.in_([old, new.uid]))
    ids = {uid: row for uid, row in db.execute(named)}
    waiting = select(DeliveryRow).where(
        DeliveryRow.event_id == ids[old],
        DeliveryRow.kind == DeliveryKind.REMINDER,
        DeliveryRow.state == DeliveryState.QUEUED,
    )
    for row in db.scalars(waiting).all():
        assert row.subscriber_id is not None and row.lead_minutes is not None
        key = reminder_key(row.subscriber_id, new, timedelta(minutes=row.lead_minutes))
        if db.scalars(select(DeliveryRow.id).where(DeliveryRow.key == key)).first() is None:
            row.key, row.event_id, row.when_no = key, ids[new.uid], new.when_no
        else:
            row.state, row.finished_at = DeliveryState.WITHDRAWN, database_now(db)
    db.flush()


def claim(db: Session, limit: int) -> list[Delivery]:
    """Take up to `limit` messages that may be tried now, the longest due first, and lease them.

    A message whose lease ran out belongs to a process that died: it is taken up again."""
    now = database_now(db)
    ready = or_(
        and_(DeliveryRow.state == DeliveryState.QUEUED, DeliveryRow.next_attempt_at <= now),
        and_(DeliveryRow.state == DeliveryState.SENDING, DeliveryRow.lease_until < now),
    )
    ids = list(
        db.scalars(
            select(DeliveryRow.id)
            .where(ready)
            .order_by(DeliveryRow.due_at, DeliveryRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    if not ids:
        return []
    db.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(ids))
        .values(
            state=DeliveryState.SENDING,
            lease_until=now + LEASE,
            attempts=DeliveryRow.attempts + 1,
        )
    )
    query = _deliveries().where(DeliveryRow.id.in_(ids))
    return [
        _delivery(row, event)
        for row, event in db.execute(query.order_by(DeliveryRow.due_at, DeliveryRow.id))
    ]


def renew(db: Session, delivery: Delivery) -> bool:
    """Lease a claimed message anew before it is sent; False when it isn't ours any more."""
    lease = _mine(delivery).values(lease_until=database_now(db) + LEASE)
    return bool(db.scalars(lease.returning(DeliveryRow.id)).all())


def release(db: Session, claimed: Iterable[Delivery]) -> None:
    """Put claimed messages back as if they had not been tried."""
    for delivery in claimed:
        db.execute(
            _mine(delivery).values(
                state=DeliveryState.QUEUED, lease_until=None, attempts=delivery.attempts - 1
            )
        )


def finish(
    db: Session,
    delivery: Delivery,
    state: DeliveryState,
    *,
    message_id: str | None = None,
    reason: str | None = None,
) -> None:
    """Record how a claimed message ended."""
    db.execute(
        _mine(delivery).values(
            state=state,
            lease_until=None,
            message_id=message_id,
            reason=reason,
            finished_at=database_now(db),
        )
    )


def delay(db: Session, delivery: Delivery, wait: timedelta, reason: str) -> None:
    """Put a claimed message back, to be tried again after `wait`."""
    db.execute(
        _mine(delivery).values(
            state=DeliveryState.QUEUED,
            lease_until=None,
            next_attempt_at=database_now(db) + wait,
            reason=reason,
        )
    )


def count(
    db: Session, subscriber: int, kind: DeliveryKind, *, since: datetime | None = None
) -> int:
    """How many messages of a kind fell due for a subscriber, ever or since a moment."""
    query = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(DeliveryRow.subscriber_id == subscriber, DeliveryRow.kind == kind)
    )
    if since is not None:
        query = query.where(DeliveryRow.due_at > since)
    return db.scalars(query).one()


def count_to_editor(db: Session, editor: int, *, within: timedelta | None = None) -> int:
    """How many messages were queued for an editor, ever or within so long before now."""
    query = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.editor_id == editor)
    if within is not None:
        query = query.where(DeliveryRow.queued_at > database_now(db) - within)
    return db.scalars(query).one()


def count_by_state(db: Session) -> dict[DeliveryState, int]:
    """How many messages are in each state."""
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    return {state: count for state, count in db.execute(query)}


@dataclass(frozen=True)
class Failure:
    """A message that was given up, and why."""

    kind: DeliveryKind
    finished_at: datetime | None
    reason: str


def undeliverable(db: Session, *, limit: int) -> list[Failure]:
    """The last messages that were given up."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.state == DeliveryState.UNDELIVERABLE)
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    )
    return [Failure(row.kind, row.finished_at, row.reason or "") for row in db.scalars(query)]


def every(db: Session) -> list[Delivery]:
    """All deliveries, in the order in which they were queued."""
    query = _deliveries().order_by(DeliveryRow.id)
    return [_delivery(row, event) for row, event in db.execute(query)]


def _mine(delivery: Delivery) -> Update:
    # naming what was seen: if the lease was lost and another took it up, nothing happens
    return update(DeliveryRow).where(
        DeliveryRow.id == delivery.id,
        DeliveryRow.state == DeliveryState.SENDING,
        DeliveryRow.attempts == delivery.attempts,
    )


def _deliveries() -> Select[DeliveryRow, str]:
    return select(DeliveryRow, EventRow.uid).outerjoin(
        EventRow, EventRow.id == DeliveryRow.event_id
    )


def _delivery(row: DeliveryRow, event: str | None) -> Delivery:
    lead = row.lead_minutes
    return Delivery(
        id=row.id,
        key=row.key,
        kind=row.kind,
        subscriber=row.subscriber_id,
        event=event,
        lead=None if lead is None else timedelta(minutes=lead),
        when_no=row.when_no,
        due_at=row.due_at,
        state=row.state,
        attempts=row.attempts,
        message_id=row.message_id,
        editor=row.editor_id,
    )
