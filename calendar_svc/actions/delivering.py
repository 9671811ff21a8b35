"""Deliver what is queued: claim, compose from what is true now, send, record."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session

from calendar_svc.actions.publishing import feed_name
from calendar_svc.clock import today
from calendar_svc.domain.delivery import (
    Delayed,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Outcome,
    Sent,
    Undeliverable,
    next_delay,
)
from calendar_svc.domain.event import Event
from calendar_svc.domain.reminder import lies_ahead
from calendar_svc.domain.subscriber import Subscriber
from calendar_svc.ical.component import Voice, vcalendar, vevent
from calendar_svc.links import Site
from calendar_svc.mail import messages
from calendar_svc.mail.messages import Post, Wanted
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import deliveries, events, facts, subscribers
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Transaction

log = structlog.get_logger()

BATCH = 50
"""How many messages one process claims at a time."""


def deliver(
    transaction: Transaction, postbox: Postbox, *, now: Callable[[], datetime], site: Site
) -> int:
    """Send what may be sent now, batch by batch, until nothing is left; how many were sent.

    Claims are committed before anything is sent and each outcome right after, so a message can
    be repeated only if this process dies between the peer's answer and our commit.
    """
    sent = 0
    try:
        while True:
            with transaction() as db:
                batch = deliveries.claim(db, BATCH)
            if not batch:
                return sent
            for delivery in batch:
                sent += _deliver_one(transaction, postbox, delivery, now(), site)
    finally:
        postbox.mailer.close()


def _deliver_one(
    transaction: Transaction, postbox: Postbox, delivery: Delivery, now: datetime, site: Site
) -> bool:
    try:
        with transaction() as db:
            composed = _compose(db, delivery, postbox.sender, now, site)
            if composed is None:
                deliveries.finish(db, delivery, DeliveryState.WITHDRAWN)
                return False
        message, recipient = composed
        outcome = postbox.mailer.send(message, postbox.sender, recipient)
        with transaction() as db:
            _record(db, delivery, outcome, message["Message-ID"])
    except Exception:
        # one bad message must not hold up the others; its lease runs out and it is tried again
        log.exception("delivery failed", delivery=delivery.id)
        with transaction() as db:
            _record(db, delivery, Delayed("it could not be composed; see the log"), None)
        return False
    return isinstance(outcome, Sent)


def _record(db: Session, delivery: Delivery, outcome: Outcome, message_id: str | None) -> None:
    match outcome:
        case Sent():
            deliveries.finish(db, delivery, DeliveryState.SENT, message_id=message_id)
        case Undeliverable(why):
            deliveries.finish(
                db, delivery, DeliveryState.UNDELIVERABLE, message_id=message_id, reason=why
            )
        case Delayed(why):
            wait = next_delay(delivery.attempts)
            if wait is None:
                deliveries.finish(
                    db, delivery, DeliveryState.UNDELIVERABLE, message_id=message_id, reason=why
                )
            else:
                deliveries.delay(db, delivery, wait, why)


def _compose(
    db: Session, delivery: Delivery, sender: str, now: datetime, site: Site
) -> tuple[EmailMessage, str] | None:
    """The message and its recipient; None when there is nothing to say any more."""
    subscriber = subscribers.get(db, delivery.subscriber)
    if subscriber is None:
        return None
    post = Post(sender, subscriber, delivery.key, now, site.links)
    match delivery.kind:
        case DeliveryKind.CONFIRM:
            message = _confirmation(db, post, site)
        case DeliveryKind.REMINDER:
            message = _reminder(db, post, delivery, site)
    return None if message is None else (message, subscriber.email)


def _confirmation(db: Session, post: Post, site: Site) -> EmailMessage | None:
    series = {series.slug: series for series in series_store.every(db)}
    lang = post.subscriber.lang
    wanted = [
        Wanted(
            feed_name(series.get(wish.series) if wish.series else None, lang, site.languages),
            wish.leads,
        )
        for wish in subscribers.subscriptions_of(db, post.subscriber.id)
        if wish.confirmed_at is None
    ]
    return messages.confirmation(post, wanted) if wanted else None


def _reminder(db: Session, post: Post, delivery: Delivery, site: Site) -> EmailMessage | None:
    assert delivery.event is not None
    event = events.by_uid(db, [delivery.event], post.now).get(delivery.event)
    if event is None or not _still_holds(db, delivery, event, post.subscriber, post.now):
        return None
    return messages.reminder(
        post,
        event,
        languages=site.languages,
        today=today(post.now, post.subscriber.zone),
        claims=facts.claims_of(db, event.uid, post.now),
        calendar=_calendar(db, event, post, site),
    )


def _still_holds(
    db: Session, delivery: Delivery, event: Event, subscriber: Subscriber, now: datetime
) -> bool:
    """Whether the meeting is still expected, then, and this reader still wants to know."""
    return (
        event.takes_place
        and event.when is not None
        and event.when_no == delivery.when_no
        and lies_ahead(event.when, now, subscriber.zone)
        and any(
            wish.confirmed_at and wish.wants(event) and delivery.lead in wish.leads
            for wish in subscribers.subscriptions_of(db, subscriber.id)
        )
    )


def _calendar(db: Session, event: Event, post: Post, site: Site) -> bytes:
    """The meeting as a message of its own (RFC 5546: METHOD and ORGANIZER)."""
    lang = post.subscriber.lang
    voice = Voice(lang, site.languages)
    page = site.links.event(event.slug, lang)
    series = series_store.get(db, event.series) if event.series else None
    return vcalendar(
        [vevent(event, voice, url=page, series=series, organizer=post.sender, stamp=post.now)],
        name=event.title.pick(lang, site.languages).value,
        description=page,
        voice=voice,
        timezone=site.timezone,
        url=page,
        method="PUBLISH",
    )
