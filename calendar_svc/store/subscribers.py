"""Subscribers and their wishes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.subscriber import Subscriber, Subscription
from calendar_svc.store import feeds
from calendar_svc.store.base import UtcTime, insert
from calendar_svc.store.tables import FeedRow, SeriesRow, SubscriberRow, SubscriptionRow


def add(db: Session, email: str, *, now: datetime) -> Subscriber:
    """The subscriber of an address, made if there is none; a new one is not confirmed."""
    values = {"email": email, "key_version": 1, "created_at": now}
    # two requests at once for one address: the second finds the first's
    db.execute(insert(db, SubscriberRow).values(values).on_conflict_do_nothing())
    return _subscriber(db.scalars(select(SubscriberRow).where(SubscriberRow.email == email)).one())


def get(db: Session, subscriber: int) -> Subscriber | None:
    """The subscriber of that number, or None."""
    row = db.get(SubscriberRow, subscriber, populate_existing=True)
    return _subscriber(row) if row else None


def wish(
    db: Session,
    subscriber: int,
    feed: str,
    leads: Sequence[timedelta],
    *,
    lang: str,
    zone: str,
    now: datetime,
) -> None:
    """Keep a wish until it is confirmed, in place of an earlier one for the same feed."""
    feed_id = feeds.get_id(db, feed)
    db.execute(
        delete(SubscriptionRow).where(
            SubscriptionRow.subscriber_id == subscriber,
            SubscriptionRow.feed_id == feed_id,
            SubscriptionRow.confirmed_at.is_(None),
        )
    )
    db.add(
        SubscriptionRow(
            subscriber_id=subscriber,
            feed_id=feed_id,
            lead_minutes=[int(lead.total_seconds()) // 60 for lead in leads],
            lang=lang,
            zone=zone,
            created_at=now,
        )
    )
    db.flush()


def confirm(db: Session, subscriber: int, *, now: datetime) -> None:
    """Confirm the address and every wish that waits; each replaces the one it was made over."""
    waiting = select(SubscriptionRow.feed_id).where(
        SubscriptionRow.subscriber_id == subscriber, SubscriptionRow.confirmed_at.is_(None)
    )
    replaced = list(db.scalars(waiting))
    db.execute(
        delete(SubscriptionRow).where(
            SubscriptionRow.subscriber_id == subscriber,
            SubscriptionRow.confirmed_at.is_not(None),
            SubscriptionRow.feed_id.in_(replaced),
        )
    )
    db.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.subscriber_id == subscriber, SubscriptionRow.confirmed_at.is_(None))
        .values(confirmed_at=now)
    )
    db.execute(
        update(SubscriberRow)
        .where(SubscriberRow.id == subscriber)
        .values(
            confirmed_at=func.coalesce(SubscriberRow.confirmed_at, literal(now, UtcTime)),
            answered_at=now,
        )
    )


def leave(db: Session, subscriber: int, *, now: datetime) -> None:
    """End every wish of an address, and its consent."""
    db.execute(delete(SubscriptionRow).where(SubscriptionRow.subscriber_id == subscriber))
    db.execute(
        update(SubscriberRow)
        .where(SubscriberRow.id == subscriber)
        .values(confirmed_at=None, answered_at=now)
    )


def subscriptions_of(db: Session, subscriber: int) -> list[Subscription]:
    """All wishes of a subscriber, those that wait too, the newest last."""
    query = _subscriptions().where(SubscriberRow.id == subscriber)
    return [_subscription(row) for row in db.execute(query)]


def confirmed(db: Session) -> list[Subscription]:
    """Every confirmed wish."""
    query = _subscriptions().where(SubscriptionRow.confirmed_at.is_not(None))
    return [_subscription(row) for row in db.execute(query)]


def count_wanting(db: Session, series: Iterable[str]) -> int:
    """How many confirmed subscribers asked for every meeting or for those of these series."""
    query = (
        select(func.count(SubscriptionRow.subscriber_id.distinct()))
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed_id)
        .outerjoin(SeriesRow, SeriesRow.id == FeedRow.series_id)
        .where(SubscriptionRow.confirmed_at.is_not(None))
        .where(or_(FeedRow.series_id.is_(None), SeriesRow.slug.in_(list(series))))
    )
    return db.scalars(query).one()


def _subscriptions() -> Select[SubscriptionRow, SubscriberRow, str]:
    return (
        select(SubscriptionRow, SubscriberRow, SeriesRow.slug)
        .join(SubscriberRow, SubscriberRow.id == SubscriptionRow.subscriber_id)
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed_id)
        .outerjoin(SeriesRow, SeriesRow.id == FeedRow.series_id)
        .order_by(SubscriberRow.id, SubscriptionRow.id)
    )


def _subscriber(row: SubscriberRow) -> Subscriber:
    return Subscriber(
        id=row.id,
        email=row.email,
        key_version=row.key_version,
        confirmed_at=row.confirmed_at,
        answered_at=row.answered_at,
    )


def _subscription(row: Row[SubscriptionRow, SubscriberRow, str]) -> Subscription:
    wish, subscriber, series = row
    return Subscription(
        id=wish.id,
        subscriber=_subscriber(subscriber),
        series=series,
        leads=tuple(timedelta(minutes=minutes) for minutes in wish.lead_minutes),
        lang=wish.lang,
        zone=wish.zone,
        confirmed_at=wish.confirmed_at,
    )
