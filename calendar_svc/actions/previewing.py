"""Show what a change would cause before it is made: the feed entry, the mail, whom it reaches."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy.orm import Session

from calendar_svc.actions.editing import Prepared
from calendar_svc.clock import today
from calendar_svc.domain.event import Event
from calendar_svc.domain.feed import Vague, admits
from calendar_svc.domain.reminder import lies_ahead
from calendar_svc.domain.subscriber import Subscriber
from calendar_svc.ical.component import Voice, vevent
from calendar_svc.links import Site
from calendar_svc.mail import messages
from calendar_svc.mail.messages import Post
from calendar_svc.store import facts, subscribers
from calendar_svc.store import series as series_store

SAMPLE = Subscriber(0, "reader@example.invalid", 1, None)


@dataclass(frozen=True)
class Preview:
    """What readers would get of an event, in one language."""

    prepared: Prepared
    vevent: str | None
    """Its entry in the feeds; None without a date."""
    in_feeds: bool
    """Whether the feeds show it, as they are by default."""
    subject: str | None
    """Of the next reminder; None where there is none."""
    text: str | None
    reaches: int
    """How many subscribers asked for it."""


def preview(
    db: Session, prepared: Prepared, *, lang: str, site: Site, sender: str, now: datetime
) -> Preview:
    """What a change that was thought through would show and send. Stores nothing."""
    event = prepared.after
    mail = _reminder(db, prepared, event, lang=lang, site=site, sender=sender, now=now)
    body = mail.get_body(("plain",)) if mail else None
    return Preview(
        prepared=prepared,
        vevent=_vevent(db, event, lang, site),
        in_feeds=event is not None and admits(event, Vague.SPAN, today(now, site.timezone)),
        subject=str(mail["Subject"]) if mail else None,
        text=body.get_content() if body else None,
        reaches=subscribers.count_wanting(
            db, {one.series for one in (prepared.before, event) if one and one.series}
        ),
    )


def _vevent(db: Session, event: Event | None, lang: str, site: Site) -> str | None:
    if event is None or event.when is None:
        return None
    series = series_store.get(db, event.series) if event.series else None
    url = site.links.event(event.slug, lang)
    octets = vevent(event, Voice(lang, site.languages), url=url, series=series)
    # folded lines are for machines
    return octets.decode().replace("\r\n ", "").replace("\r\n", "\n")


def _reminder(
    db: Session,
    prepared: Prepared,
    event: Event | None,
    *,
    lang: str,
    site: Site,
    sender: str,
    now: datetime,
) -> EmailMessage | None:
    """The next reminder as it would read, without what is attached."""
    if event is None or event.when is None or not event.takes_place:
        return None
    if not lies_ahead(event.when, now, site.timezone):
        return None
    claims = facts.claims_of(db, event.uid, now)
    if prepared.claim:
        # in the order in which the database would have them
        claims = sorted([*claims, prepared.claim], key=lambda claim: claim.key)
        claims.sort(key=lambda claim: claim.since, reverse=True)
    post = Post(sender, SAMPLE, lang, site.timezone, "preview", now, now, site.links)
    return messages.reminder(
        post,
        event,
        languages=site.languages,
        claims=claims,
        calendar=b"",
    )
