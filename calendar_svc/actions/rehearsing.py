"""Live through a time on a simulated clock, on a copy of the facts, and send nothing."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy.orm import Session

from calendar_svc.actions import delivering, editing, keeping, publishing, reminding
from calendar_svc.actions.publishing import Reading
from calendar_svc.clock import day_start, today, utc_now
from calendar_svc.domain.delivery import Outcome, Sent
from calendar_svc.domain.feed import ALL, Choice
from calendar_svc.domain.subscriber import DEFAULT_LEADS
from calendar_svc.links import Site
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import copying, events, schema, subscribers
from calendar_svc.store.base import Database

SAMPLE = "sample@example.invalid"


@dataclass(frozen=True)
class Happening:
    """What would happen, and when on the simulated clock (UTC)."""

    at: datetime
    what: str


def rehearse(
    reading: Reading, site: Site, sender: str, *, first: datetime, last: datetime
) -> Iterator[Happening]:
    """Each publication and mail from `first` to `last`, in order, for one sample subscriber who
    confirms at the start. Every fact takes effect when it became known."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'rehearsal.db'}", durable=False)
        try:
            _prepare(database, reading, site, first)
            mailbag = _Mailbag()
            moment: datetime | None = first
            while moment is not None and moment <= last:
                for what in _live(database, site, Postbox(mailbag, sender), moment):
                    yield Happening(moment, what)
                with database.reading() as db:
                    moment = _next(db, moment, site.timezone)
        finally:
            database.close()


class _Mailbag:
    """Takes every message and hands out what it took."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        self.messages.append(message)
        return Sent()

    def close(self) -> None:
        """Nothing is open."""


def _prepare(database: Database, reading: Reading, site: Site, first: datetime) -> None:
    schema.upgrade(database)
    with reading() as source, database.transaction() as db:
        keeping.found(db, start=first, wall=utc_now())
        copying.copy_facts(source, db)
        for uid in events.every_uid(db):
            editing.work_out(db, uid)
        sample = subscribers.add(db, SAMPLE, now=first)
        lang, zone = site.languages[0], site.timezone
        subscribers.wish(db, sample.id, ALL, DEFAULT_LEADS, lang=lang, zone=zone, now=first)
        subscribers.confirm(db, sample.id, now=first)


def _live(database: Database, site: Site, postbox: Postbox, now: datetime) -> Iterator[str]:
    """One moment: what the scheduler's jobs would do in it."""
    changed = publishing.publish(database.reading, database.transaction, now=now, site=site)
    yield from _published(changed)
    with database.transaction() as db:
        reminding.remind(db, now=now)
    mailbag = postbox.mailer
    assert isinstance(mailbag, _Mailbag)
    mailbag.messages.clear()
    delivering.deliver(database.transaction, postbox, now=lambda: now, site=site)
    for message in mailbag.messages:
        yield f"mail to {message['To']}: {message['Subject']}"


def _published(changed: list[Choice]) -> Iterator[str]:
    """A line per feed, with the forms in which it changed."""
    for feed in dict.fromkeys(choice.feed for choice in changed):
        forms = [f"{one.lang} {one.vague}" for one in changed if one.feed == feed]
        yield f"feed {feed} published ({', '.join(forms)})"


def _next(db: Session, now: datetime, timezone: str) -> datetime | None:
    """The next moment at which anything can happen: something becomes known, a reminder falls
    due, or a day begins."""
    wishes = subscribers.confirmed(db)
    moments = [
        events.next_change(db, now),
        *(coming.due_at for coming in reminding.coming(db, wishes, now=now)[:1]),
        day_start(today(now, timezone) + timedelta(days=1), timezone),
    ]
    return min(moment for moment in moments if moment is not None)
