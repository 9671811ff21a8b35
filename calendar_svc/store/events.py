"""Events, each in the state it was known in at a moment. Now is a moment, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Select, String, and_, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import Gone, Moved, NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.history import Counters, Known
from calendar_svc.store import series as series_store
from calendar_svc.store.base import insert
from calendar_svc.store.tables import EventRow, OccurrenceRow, SeriesRow, StateRow

UPCOMING_DAYS = timedelta(days=365)
REMINDABLE = (Status.TENTATIVE, Status.CONFIRMED)


@dataclass(frozen=True)
class Place:
    """Where an event is: what of it doesn't follow from its revisions."""

    uid: str
    slug: str
    counters: Counters
    """Where its counters begin."""
    withdrawn_at: datetime | None = None
    merged_into: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether readers may see anything of it."""
        return self.withdrawn_at is None and self.merged_into is None


def add(db: Session, uid: str, slug: str, *, created_at: datetime) -> None:
    """Make room for an event; its first revision says what it is. Raises Refused for a slug in
    use."""
    made = insert(db, EventRow).values(uid=uid, slug=slug, created_at=created_at)
    # of two at once one gets it
    made = made.on_conflict_do_nothing(index_elements=[EventRow.slug])
    if db.scalars(made.returning(EventRow.id)).first() is None:
        raise Refused("an event is at /events/%(slug)s already", field="slug", slug=slug)


def slug_of(db: Session, uid: str) -> str | None:
    """The slug of an event, or None if there is none of that uid."""
    return db.scalars(select(EventRow.slug).where(EventRow.uid == uid)).one_or_none()


def is_free(db: Session, slug: str) -> bool:
    """Whether no event was ever at that slug."""
    return db.scalars(select(EventRow.id).where(EventRow.slug == slug)).first() is None


def every_uid(db: Session) -> list[str]:
    """The uid of each event, in order."""
    return list(db.scalars(select(EventRow.uid).order_by(EventRow.uid)))


def place(db: Session, slug: str) -> Place:
    """Where the event of that slug is, withdrawn or not. Raises NotFound."""
    found = db.scalars(select(EventRow).where(EventRow.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("there is no meeting “%(slug)s”", slug=slug[:80])
    return _place(found)


def lock(db: Session, uid: str) -> Place:
    """Be the only one to change an event until the transaction ends (on SQLite one always is)."""
    query = select(EventRow).where(EventRow.uid == uid).with_for_update()
    return _place(db.scalars(query.execution_options(populate_existing=True)).one())


def withdraw(db: Session, uid: str, *, at: datetime | None) -> None:
    """Say since when an event is withdrawn; None: it isn't any more."""
    db.execute(update(EventRow).where(EventRow.uid == uid).values(withdrawn_at=at))


def merge(db: Session, uid: str, *, into: str) -> None:
    """Say which event this one turned out to be."""
    db.execute(update(EventRow).where(EventRow.uid == uid).values(merged_into=into))
    # what was merged into it earlier is found in one step
    db.execute(update(EventRow).where(EventRow.merged_into == uid).values(merged_into=into))


def count_from(db: Session, uid: str, counters: Counters) -> None:
    """Say where an event's counters begin."""
    db.execute(
        update(EventRow)
        .where(EventRow.uid == uid)
        .values(sequence_from=counters.sequence, when_no_from=counters.when_no)
    )


def save_history(db: Session, uid: str, states: Iterable[Known]) -> None:
    """Write the states of one event anew, with their occurrences."""
    event = db.scalars(select(EventRow.id).where(EventRow.uid == uid)).one()
    db.execute(delete(StateRow).where(StateRow.event_id == event))
    series = series_store.ids(db)
    for known in states:
        row = _row(event, known, series)
        db.add(row)
        db.flush()
        when = known.event.when
        if when is not None:
            db.add(
                OccurrenceRow(
                    state_id=row.id,
                    when=when,
                    starts_on=when.first_day,
                    ends_on=when.last_day,
                    sort_key=when.sort_key,
                )
            )
    db.flush()


def get(db: Session, slug: str, at: datetime) -> Event:
    """The event of that slug as known at a moment. Raises NotFound; Gone if it was withdrawn,
    Moved if it turned out to be another."""
    found = _events(db, _known_at(at).where(EventRow.slug == slug))
    if found:
        return found[0]
    where = place(db, slug)
    if where.merged_into is not None:
        raise Moved(slug_of(db, where.merged_into) or slug)
    if where.withdrawn_at is not None:
        raise Gone("this meeting was withdrawn")
    raise NotFound("there is no meeting “%(slug)s”", slug=slug[:80])


def by_uid(db: Session, uids: Iterable[str], at: datetime) -> dict[str, Event]:
    """The events of those uids as known at a moment."""
    found = _events(db, _known_at(at).where(EventRow.uid.in_(list(uids))))
    return {event.uid: event for event in found}


def upcoming(
    db: Session, at: datetime, today: date, *, series: str | None = None, limit: int = 100
) -> list[Event]:
    """Meetings not over by `today`, of the next 12 months, in the order of the pages."""
    query = _dated(at).where(
        OccurrenceRow.ends_on >= today,
        OccurrenceRow.starts_on < today + UPCOMING_DAYS,
        StateRow.status != Status.HELD,
    )
    return _events(db, _of_series(query, series).order_by(*_ORDER).limit(limit))


def past(
    db: Session, at: datetime, today: date, *, series: str | None = None, limit: int = 20
) -> list[Event]:
    """Meetings over by `today` or held, the latest first."""
    query = _dated(at).where(or_(OccurrenceRow.ends_on < today, StateRow.status == Status.HELD))
    latest = OccurrenceRow.sort_key.desc(), EventRow.slug
    return _events(db, _of_series(query, series).order_by(*latest).limit(limit))


def undated(
    db: Session, at: datetime, *, series: str | None = None, limit: int = 100
) -> list[Event]:
    """Meetings whose date nobody has told yet."""
    query = _known_at(at).where(StateRow.when.is_(None))
    return _events(db, _of_series(query, series).order_by(EventRow.slug).limit(limit))


def of_series(db: Session, at: datetime, series: str) -> list[Event]:
    """All editions of a series, the latest first; those without a date at the end."""
    query = _known_at(at).outerjoin(OccurrenceRow, OccurrenceRow.state_id == StateRow.id)
    order = OccurrenceRow.sort_key.is_(None), OccurrenceRow.sort_key.desc(), EventRow.slug
    return _events(db, _of_series(query, series).order_by(*order))


def around(db: Session, at: datetime, first: date, last: date) -> list[Event]:
    """Every meeting that touches a day from `first` to `last`, and those without a date."""
    touches = and_(OccurrenceRow.starts_on <= last, OccurrenceRow.ends_on >= first)
    query = _known_at(at).outerjoin(OccurrenceRow, OccurrenceRow.state_id == StateRow.id)
    query = query.where(or_(OccurrenceRow.id.is_(None), touches))
    return _events(db, query.order_by(EventRow.slug))


def dated(db: Session, at: datetime) -> list[tuple[int, Event]]:
    """Every event with a date as known at a moment, in order, each with its state's row."""
    rows = db.execute(_dated(at).order_by(*_ORDER)).all()
    return [(row[0].id, _event(*row)) for row in rows]


def remindable(db: Session, at: datetime, first: date, last: date) -> list[Event]:
    """Meetings to be expected whose first day is from `first` to `last`."""
    query = _dated(at).where(
        StateRow.status.in_(REMINDABLE),
        OccurrenceRow.starts_on.between(first, last),
    )
    return _events(db, query.order_by(*_ORDER))


def contested(db: Session, at: datetime, *, limit: int) -> list[Event]:
    """Meetings on which claims disagree, by slug."""
    query = _known_at(at).where(_is_contested()).order_by(EventRow.slug)
    return _events(db, query.limit(limit))


def overdue(db: Session, at: datetime, today: date, *, limit: int) -> list[Event]:
    """Meetings still expected though their date has passed, the latest first."""
    query = _dated(at).where(OccurrenceRow.ends_on < today, StateRow.status.in_(REMINDABLE))
    latest = OccurrenceRow.sort_key.desc(), EventRow.slug
    return _events(db, query.order_by(*latest).limit(limit))


@dataclass(frozen=True)
class Sought:
    """What the desk's list is narrowed to; None and False: to nothing."""

    words: str = ""
    series: str | None = None
    status: Status | None = None
    is_contested: bool = False


def listed(
    db: Session, at: datetime, sought: Sought, *, limit: int, offset: int = 0
) -> list[Event]:
    """Meetings for the desk, those without a date first, then the latest; `words` are looked for
    in title, place and address."""
    query = _known_at(at).outerjoin(OccurrenceRow, OccurrenceRow.state_id == StateRow.id)
    query = _of_series(query, sought.series)
    if sought.status is not None:
        query = query.where(StateRow.status == sought.status)
    if sought.is_contested:
        query = query.where(_is_contested())
    order = OccurrenceRow.sort_key.is_not(None), OccurrenceRow.sort_key.desc(), EventRow.slug
    query = query.order_by(*order)
    words = _folded(sought.words).split()[:10]
    if not words:
        return _events(db, query.limit(limit).offset(offset))
    # a database folds only such letters surely, and looks into the JSON around the texts, too:
    # it narrows, and what it finds is looked at again
    for word in (word for word in words if word.isascii() and word.isalnum()):
        query = query.where(or_(*(text.icontains(word) for text in _SEARCHED)))
    found = [event for event in _events(db, query) if _has_words(event, words)]
    return found[offset : offset + limit]


def withdrawn(db: Session, *, limit: int) -> list[Place]:
    """Where the withdrawn events are, the last one first."""
    query = select(EventRow).where(EventRow.withdrawn_at.is_not(None))
    query = query.order_by(EventRow.withdrawn_at.desc(), EventRow.slug)
    return [_place(row) for row in db.scalars(query.limit(limit))]


def slugs_of(db: Session, uids: Iterable[str]) -> Mapping[str, str]:
    """The slug of each of these events."""
    query = select(EventRow.uid, EventRow.slug).where(EventRow.uid.in_(list(uids)))
    return {uid: slug for uid, slug in db.execute(query)}


def last_change(db: Session, at: datetime) -> datetime | None:
    """The last moment up to `at` at which something became known."""
    return db.scalars(select(func.max(StateRow.known_from)).where(StateRow.known_from <= at)).one()


def next_change(db: Session, after: datetime) -> datetime | None:
    """The next moment at which something becomes known, on a simulated clock."""
    return db.scalars(
        select(func.min(StateRow.known_from)).where(StateRow.known_from > after)
    ).one()


_ORDER = (OccurrenceRow.sort_key, EventRow.slug)

_Query = Select[StateRow, EventRow, str]


def _known_at(at: datetime) -> _Query:
    return (
        select(StateRow, EventRow, SeriesRow.slug)
        .join(EventRow, EventRow.id == StateRow.event_id)
        .outerjoin(SeriesRow, SeriesRow.id == StateRow.series_id)
        .where(_in_force(at))
    )


def _in_force(at: datetime) -> ColumnElement[bool]:
    return and_(StateRow.known_from <= at, or_(StateRow.known_to.is_(None), StateRow.known_to > at))


def _is_contested() -> ColumnElement[bool]:
    # the same text in SQLite and in PostgreSQL's jsonb
    return cast(StateRow.contested, String) != "[]"


_SEARCHED = (
    cast(StateRow.title, String),
    cast(StateRow.place, String),
    cast(EventRow.slug, String),
)


def _has_words(event: Event, words: Iterable[str]) -> bool:
    texts = [event.slug, *event.title.values(), *(event.place or {}).values()]
    folded = [_folded(text) for text in texts]
    return all(any(word in text for text in folded) for word in words)


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()


def _place(row: EventRow) -> Place:
    return Place(
        uid=row.uid,
        slug=row.slug,
        counters=Counters(row.sequence_from, row.when_no_from),
        withdrawn_at=row.withdrawn_at,
        merged_into=row.merged_into,
    )


def _dated(at: datetime) -> _Query:
    return _known_at(at).join(OccurrenceRow, OccurrenceRow.state_id == StateRow.id)


def _of_series(query: _Query, series: str | None) -> _Query:
    return query if series is None else query.where(SeriesRow.slug == series)


def _events(db: Session, query: _Query) -> list[Event]:
    return [_event(*row) for row in db.execute(query)]


def _event(state: StateRow, event: EventRow, series: str | None) -> Event:
    return Event(
        uid=event.uid,
        slug=event.slug,
        title=state.title,
        status=state.status,
        when=state.when,
        place=state.place,
        description=state.description,
        series=series,
        ordinal=state.ordinal,
        sequence=state.sequence,
        when_no=state.when_no,
        revision=state.revision,
        created_at=state.created_at,
        modified_at=state.modified_at,
        when_since=state.when_since,
        contested=tuple(state.contested),
    )


def _row(event_id: int, known: Known, series: dict[str, int]) -> StateRow:
    event = known.event
    values: dict[str, Any] = {
        name: value for name, value in vars(event).items() if name not in ("uid", "slug", "series")
    }
    return StateRow(
        event_id=event_id,
        known_from=known.known_from,
        known_to=known.known_to,
        series_id=series[event.series] if event.series else None,
        **(values | {"contested": list(event.contested)}),
    )


def every_place(db: Session) -> list[tuple[Place, datetime]]:
    """Where each event is, withdrawn or not, and when it was added; by slug."""
    rows = db.scalars(select(EventRow).order_by(EventRow.slug))
    return [(_place(row), row.created_at) for row in rows]
