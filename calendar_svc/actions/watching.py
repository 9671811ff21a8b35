"""Watch sources: what they list is read once, and what it says waits as drafts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from calendar_svc.actions import taking_in
from calendar_svc.articles import page
from calendar_svc.articles.fetch import Fetch
from calendar_svc.articles.reading import Read
from calendar_svc.articles.sources import Listing, listing
from calendar_svc.clock import today
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import Article, key_of
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.domain.source import LONGEST, SHORTEST, Source, Told, Waiting
from calendar_svc.store import audit, sources
from calendar_svc.store.base import Transaction
from calendar_svc.words import N_

log = structlog.get_logger()

BATCH = 10
"""How many articles of one source are read at a time."""
BETWEEN = 1.0
"""Seconds between two requests to one source."""


def look_at(fetch: Fetch, url: str) -> Listing:
    """What a source says of itself and lists. Raises Refused if it is none."""
    at = fetch(url)
    assert at is not None
    return listing(at)


def add(db: Session, url: str, *, publisher: str, lang: str, every: timedelta, by: Editor) -> int:
    """Watch a source from now on. Raises Refused for one that is watched, or too often."""
    if not SHORTEST <= every <= LONGEST:
        raise Refused(
            "look every %(shortest)s to %(longest)s minutes",
            field="every",
            shortest=int(SHORTEST.total_seconds()) // 60,
            longest=int(LONGEST.total_seconds()) // 60,
        )
    number = sources.add(db, url, publisher=publisher, lang=lang, every=every)
    audit.record(db, Act.SOURCE_ADDED, by=by, subject=publisher, detail=url)
    return number


def pause(db: Session, number: int, *, by: Editor) -> None:
    """Stop looking at a source until somebody resumes it."""
    if sources.pause(db, number, paused=True):
        source = sources.get(db, number)
        audit.record(db, Act.SOURCE_PAUSED, by=by, subject=source.publisher, detail=source.url)


def resume(db: Session, number: int, *, by: Editor) -> None:
    """Look at a source again, at once."""
    if sources.pause(db, number, paused=False):
        source = sources.get(db, number)
        audit.record(db, Act.SOURCE_RESUMED, by=by, subject=source.publisher, detail=source.url)


def remove(db: Session, number: int, *, by: Editor) -> None:
    """Watch a source no more; the articles that it brought stay. Raises NotFound."""
    source = sources.get(db, number)
    sources.remove(db, number)
    audit.record(db, Act.SOURCE_REMOVED, by=by, subject=source.publisher, detail=source.url)


def fetch_due(
    reading: Transaction,
    transaction: Transaction,
    fetch: Fetch,
    read: Read,
    *,
    now: Callable[[], datetime],
    timezone: str,
    rest: Callable[[float], None] = time.sleep,
) -> int:
    """Look at each source that is due; how many there were.

    A source is claimed and committed before it is fetched, and each of its articles is committed
    on its own, so that nothing is read twice whoever dies when.
    """
    reader = _Reader(reading, transaction, fetch, read, now, timezone)
    count = 0
    while True:
        with transaction() as db:
            source = sources.claim(db)
        if source is None:
            return count
        count += 1
        _look(reader, source, rest)


def _look(reader: "_Reader", source: Source, rest: Callable[[float], None]) -> None:
    try:
        at = reader.fetch(source.url, etag=source.etag, last_modified=source.last_modified)
        found = listing(at).listed if at is not None else ()
    except CalendarError as fault:
        with reader.transaction() as db:
            sources.fail(db, source, _told(fault))
        return
    with reader.transaction() as db:
        sources.note_listed(db, source, ((one.url, one.title, one.published_at) for one in found))
        waiting = sources.waiting(db, source, limit=BATCH)
    kept = 0
    for one in waiting:
        rest(BETWEEN)
        kept += reader.take_in(source, one)
    validators = (source.etag, source.last_modified) if at is None else (at.etag, at.last_modified)
    told = Told(
        N_("new articles: %(read)s; of these announce meetings: %(kept)s"),
        {"read": len(waiting), "kept": kept},
    )
    with reader.transaction() as db:
        sources.finish(db, source, told, etag=validators[0], last_modified=validators[1])


@dataclass(frozen=True)
class _Reader:
    """Reads the articles of a source, one after the other."""

    reading: Transaction
    transaction: Transaction
    fetch: Fetch
    read: Read
    now: Callable[[], datetime]
    timezone: str

    def take_in(self, source: Source, one: Waiting) -> bool:
        """Read an article; True if it is kept, since it says something of meetings."""
        kept, is_read = False, False
        try:
            kept, is_read = self._take_in(source, one), True
        except CalendarError as fault:
            log.info("an article was not read", url=one.url, why=str(fault))
        except Exception:
            # one bad page must not hold up the others
            log.exception("an article could not be read", url=one.url)
        with self.transaction() as db:
            sources.count_try(db, one.id, is_read=is_read)
        return kept

    def _take_in(self, source: Source, one: Waiting) -> bool:
        at = self.fetch(one.url)
        assert at is not None
        found = page.from_octets(at.body, at.url, at.content_type)
        day = self._day(one, found.published)
        article = Article(
            key=key_of(source.publisher, day),
            publisher=source.publisher,
            lang=source.lang,
            published_on=day,
            url=at.url,
            title=found.title or one.title,
        )
        with self.reading() as db:
            readings = taking_in.read_article(db, self.read, article, found.text, self.timezone)
        if not readings:
            # most of what a newspaper prints is about something else
            return False
        with self.transaction() as db:
            taken = taking_in.take_in(
                db,
                article,
                found.text,
                readings,
                by=None,
                who=source.publisher,
                now=self.now(),
                timezone=self.timezone,
            )
        return taken.is_new

    def _day(self, one: Waiting, said: date | None) -> date:
        """The day of an article: as its source says, else as the page does."""
        present = today(self.now(), self.timezone)
        day = today(one.published_at, self.timezone) if one.published_at else said or present
        # some clocks are ahead; what is further away is refused
        return present if day == present + timedelta(days=1) else day


def _told(fault: CalendarError) -> Told:
    values = {
        name: value if isinstance(value, int) else str(value)
        for name, value in fault.values.items()
    }
    return Told(fault.message, values)
