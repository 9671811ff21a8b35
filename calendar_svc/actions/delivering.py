"""Deliver what is queued: claim, compose from what is true now, send, record."""

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session

from calendar_svc.actions import passwords
from calendar_svc.actions.publishing import feed_name
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
from calendar_svc.domain.subscriber import Subscription
from calendar_svc.ical.component import Voice, vcalendar, vevent
from calendar_svc.links import Site
from calendar_svc.mail import messages
from calendar_svc.mail.messages import Post, Wanted
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import accounts, deliveries, events, facts, subscribers
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
            for place, delivery in enumerate(batch, 1):
                outcome = _deliver_one(transaction, postbox, delivery, now(), site)
                sent += isinstance(outcome, Sent)
                if isinstance(outcome, Delayed) and outcome.relay_away:
                    # the others would fare no better, and must not lose an attempt to it
                    with transaction() as db:
                        deliveries.release(db, batch[place:])
                    return sent
    finally:
        postbox.mailer.close()


def _deliver_one(
    transaction: Transaction, postbox: Postbox, delivery: Delivery, now: datetime, site: Site
) -> Outcome | None:
    """Compose, send, record; None when there was nothing to send (any more)."""
    with transaction() as db:
        # the batch may have taken longer than its lease: then it is somebody else's
        if not deliveries.renew(db, delivery):
            return None
    message_id = None
    try:
        with transaction() as db:
            composed = _compose(db, delivery, postbox.sender, now, site)
            if composed is None:
                deliveries.finish(db, delivery, DeliveryState.WITHDRAWN)
                return None
        message, recipient = composed
        message_id = message["Message-ID"]
        outcome = postbox.mailer.send(message, postbox.sender, recipient)
    except Exception:
        # one bad message must not hold up the others
        log.exception("a message could not be sent", delivery=delivery.id)
        outcome = Delayed("it could not be composed or sent; see the log")
    with transaction() as db:
        _record(db, delivery, outcome, message_id)
    return outcome


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
    if delivery.subscriber is None:
        return _to_editor(db, delivery, sender, now, site)
    subscriber = subscribers.get(db, delivery.subscriber)
    wishes = subscribers.subscriptions_of(db, delivery.subscriber)
    event = events.by_uid(db, [delivery.event], now).get(delivery.event) if delivery.event else None
    match delivery.kind:
        case DeliveryKind.CONFIRM:
            waiting = [wish for wish in wishes if wish.confirmed_at is None]
        case DeliveryKind.REMINDER:
            waiting = [
                wish for wish in wishes if event and _still_holds(delivery, event, wish, now)
            ]
        case _:
            waiting = []
    if subscriber is None or not waiting:
        return None
    # the newest wish says in which language and zone
    lang, zone = waiting[-1].lang, waiting[-1].zone
    post = Post(sender, subscriber, lang, zone, delivery.key, delivery.due_at, now, site.links)
    if event is None:
        return _confirmation(db, post, waiting, site), subscriber.email
    return _reminder(db, post, event, site), subscriber.email


def _to_editor(
    db: Session, delivery: Delivery, sender: str, now: datetime, site: Site
) -> tuple[EmailMessage, str] | None:
    """The link that sets a password; None when it would not open any more."""
    editor = accounts.get(db, delivery.editor) if delivery.editor else None
    if editor is None or not passwords.still_sends(editor, delivery.key):
        return None
    lang, zone = site.languages[0], site.timezone
    post = Post(sender, editor, lang, zone, delivery.key, delivery.due_at, now, site.links)
    return messages.invitation(post, editor), editor.email


def _confirmation(
    db: Session, post: Post, waiting: Sequence[Subscription], site: Site
) -> EmailMessage:
    series = {series.slug: series for series in series_store.every(db)}
    names = [
        feed_name(series.get(wish.series) if wish.series else None, post.lang, site.languages)
        for wish in waiting
    ]
    wanted = [Wanted(name, wish.leads) for name, wish in zip(names, waiting, strict=True)]
    return messages.confirmation(post, wanted)


def _reminder(db: Session, post: Post, event: Event, site: Site) -> EmailMessage:
    return messages.reminder(
        post,
        event,
        languages=site.languages,
        claims=facts.claims_of(db, event.uid, post.now),
        calendar=_calendar(db, event, post, site),
    )


def _still_holds(delivery: Delivery, event: Event, wish: Subscription, now: datetime) -> bool:
    """Whether the meeting is still expected, then, and this wish still asks for it."""
    return (
        event.takes_place
        and event.when is not None
        and event.when_no == delivery.when_no
        and lies_ahead(event.when, now, wish.zone)
        and wish.confirmed_at is not None
        and wish.wants(event)
        and delivery.lead in wish.leads
    )


def _calendar(db: Session, event: Event, post: Post, site: Site) -> bytes:
    """The meeting as a message of its own (RFC 5546: METHOD and ORGANIZER)."""
    lang = post.lang
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
