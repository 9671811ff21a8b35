"""Ask to be reminded, confirm, leave: consent first, and no account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from calendar_svc.domain.delivery import DeliveryKind
from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.subscriber import OFFERED_LEADS, Subscriber, Subscription
from calendar_svc.links import Ticket
from calendar_svc.store import deliveries, feeds, subscribers
from calendar_svc.store.deliveries import Owed

CONFIRMATIONS = 3
"""How many confirmation mails an address gets until it answers."""


@dataclass(frozen=True)
class Wish:
    """What a reader asks for; `feed` is the slug of a feed, `leads` how early."""

    email: str
    feed: str
    leads: tuple[timedelta, ...]
    lang: str
    zone: str


def check_email(text: str) -> str:
    """One mail address in its usual form. Raises Refused with a reason."""
    try:
        # addresses that only exist in tests (.test, .invalid) are up to the operator's relay
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Refused(
            "this is not a mail address we can write to; check it, like name@example.org",
            field="email",
        ) from None
    # the domain in ASCII, which every relay takes
    return f"{found.local_part}@{found.ascii_domain}".lower()


def check_leads(minutes: Sequence[str]) -> tuple[timedelta, ...]:
    """The leads of a form, longest first. Raises Refused for none or one that isn't offered."""
    offered = {str(int(lead.total_seconds()) // 60): lead for lead in OFFERED_LEADS}
    if not minutes:
        raise Refused("choose at least one time to be reminded", field="lead")
    if any(text not in offered for text in minutes):
        raise Refused("choose how early from the times offered", field="lead")
    return tuple(sorted({offered[text] for text in minutes}, reverse=True))


def ask(db: Session, wish: Wish, *, now: datetime) -> None:
    """Keep a wish until it is confirmed, and queue the mail that asks.

    Whoever asks learns nothing of the address: the answer is the same for each. Raises NotFound
    when there is no such feed.
    """
    feeds.get_id(db, wish.feed)
    subscriber = subscribers.add(db, wish.email, now=now)
    subscribers.wish(
        db, subscriber.id, wish.feed, wish.leads, lang=wish.lang, zone=wish.zone, now=now
    )
    kind = DeliveryKind.CONFIRM
    if deliveries.count(db, subscriber.id, kind, since=subscriber.answered_at) >= CONFIRMATIONS:
        return
    key = f"confirm:{subscriber.id}:{deliveries.count(db, subscriber.id, kind)}"
    deliveries.queue(db, [Owed(key, DeliveryKind.CONFIRM, subscriber.id, due_at=now)])


def look(db: Session, ticket: Ticket) -> tuple[Subscriber, list[Subscription]]:
    """Whom a link belongs to, and what they asked for. Raises NotFound for a revoked link."""
    subscriber = subscribers.get(db, ticket.subscriber)
    if subscriber is None or (
        ticket.purpose.can_be_revoked and ticket.key_version != subscriber.key_version
    ):
        raise NotFound("this link is no longer valid; ask for a new one")
    return subscriber, subscribers.subscriptions_of(db, subscriber.id)


def confirm(db: Session, ticket: Ticket, *, now: datetime) -> Subscriber:
    """Confirm the address and what it asked for. Doing it twice changes nothing."""
    look(db, ticket)
    subscribers.confirm(db, ticket.subscriber, now=now)
    return look(db, ticket)[0]


def leave(db: Session, ticket: Ticket, *, now: datetime) -> Subscriber:
    """End everything this address asked for. Doing it twice changes nothing."""
    look(db, ticket)
    subscribers.leave(db, ticket.subscriber, now=now)
    return look(db, ticket)[0]
