"""Drafts: what articles seem to say, until an editor decides."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.draft import Draft, DraftState, Proposal
from calendar_svc.domain.errors import Conflict, NotFound
from calendar_svc.domain.revision import FactValue
from calendar_svc.store import articles
from calendar_svc.store import series as series_store
from calendar_svc.store.tables import ArticleRow, DraftRow, EventRow, SeriesRow


def add(db: Session, article: str, proposal: Proposal, *, now: datetime) -> int:
    """Keep a proposal from an article until somebody decides. Its number."""
    row = DraftRow(
        article_id=db.scalars(select(ArticleRow.id).where(ArticleRow.key == article)).one(),
        state=DraftState.WAITING,
        made_at=now,
        **_columns(db, proposal),
    )
    db.add(row)
    db.flush()
    return row.id


def get(db: Session, number: int) -> Draft:
    """The draft of that number. Raises NotFound."""
    found = _drafts(db, _query().where(DraftRow.id == number))
    if not found:
        raise NotFound("there is no draft %(number)s", number=number)
    return found[0]


def lock(db: Session, number: int) -> Draft:
    """Be the only one to decide on a draft that waits, until the transaction ends. Raises
    Conflict if it was decided."""
    query = _query().where(DraftRow.id == number, DraftRow.state == DraftState.WAITING)
    query = query.with_for_update(of=DraftRow).execution_options(populate_existing=True)
    found = _drafts(db, query)
    if not found:
        raise _decided()
    return found[0]


def meetings_of(db: Session, numbers: Iterable[int]) -> list[str]:
    """The uids of the meetings that these drafts are about, in order."""
    query = select(EventRow.uid).join(DraftRow, DraftRow.event_id == EventRow.id).distinct()
    return list(db.scalars(query.where(DraftRow.id.in_(list(numbers))).order_by(EventRow.uid)))


def of_article(db: Session, article: str) -> list[Draft]:
    """All drafts from an article, in the order in which they were made."""
    return _drafts(db, _query().where(ArticleRow.key == article).order_by(DraftRow.id))


def waiting(db: Session, *, limit: int) -> list[Draft]:
    """Drafts that nobody has decided on, the oldest first."""
    query = _query().where(DraftRow.state == DraftState.WAITING).order_by(DraftRow.id)
    return _drafts(db, query.limit(limit))


def waiting_new(db: Session) -> list[Draft]:
    """Those that wait and are about a meeting that isn't known yet, the oldest first."""
    is_new = DraftRow.state == DraftState.WAITING, DraftRow.event_id.is_(None)
    return _drafts(db, _query().where(*is_new).order_by(DraftRow.id))


def assign(db: Session, numbers: Iterable[int], uid: str) -> None:
    """Have drafts that wait be about an event. One on which somebody is deciding is left as it
    is, and not waited for."""
    query = select(DraftRow.id).where(
        DraftRow.id.in_(list(numbers)), DraftRow.state == DraftState.WAITING
    )
    free = list(db.scalars(query.order_by(DraftRow.id).with_for_update(skip_locked=True)))
    about = update(DraftRow).where(DraftRow.id.in_(free)).values(event_id=_event_id(db, uid))
    db.execute(about)


def count_waiting(db: Session) -> int:
    """How many drafts wait."""
    query = select(func.count()).select_from(DraftRow)
    return db.scalars(query.where(DraftRow.state == DraftState.WAITING)).one()


def change(db: Session, number: int, proposal: Proposal) -> None:
    """Change a draft that waits. Raises Conflict if it was decided meanwhile."""
    _update(db, number, _columns(db, proposal))


def decide(
    db: Session,
    number: int,
    state: DraftState,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    event: str | None = None,
) -> None:
    """Accept or reject a draft that waits; `event` is the meeting that came of it. Raises
    Conflict if somebody else decided first."""
    values: dict[str, Any] = {
        "state": state,
        "decided_at": now,
        "decided_by": by,
        "reason": reason,
    }
    if event is not None:
        values["event_id"] = _event_id(db, event)
    _update(db, number, values)


def move(db: Session, old: str, new: str) -> None:
    """Have the drafts about one event be about another."""
    db.execute(
        update(DraftRow)
        .where(DraftRow.event_id == _event_id(db, old))
        .values(event_id=_event_id(db, new))
    )


def redact(db: Session, uid: str, value: FactValue) -> None:
    """Take a value out of the drafts about an event for good, with the words that go with it."""
    query = select(DraftRow).where(DraftRow.event_id == _event_id(db, uid))
    for row in db.scalars(query):
        for name in ("title", "when", "was", "place"):
            if value is not None and getattr(row, name) == value:
                setattr(row, name, None)
                row.quote, row.gist = "", None
    db.flush()


def _update(db: Session, number: int, values: Mapping[str, Any]) -> None:
    changed = db.scalars(
        update(DraftRow)
        .where(DraftRow.id == number, DraftRow.state == DraftState.WAITING)
        .values(**values)
        .returning(DraftRow.id)
    ).all()
    if not changed:
        raise _decided()


def _decided() -> Conflict:
    return Conflict("somebody else decided on this draft meanwhile; look at it again")


def _columns(db: Session, proposal: Proposal) -> dict[str, Any]:
    values = dict(vars(proposal))
    event, series = values.pop("event"), values.pop("series")
    return values | {
        "event_id": None if event is None else _event_id(db, event),
        "series_id": None if series is None else series_store.ids(db)[series],
    }


def _event_id(db: Session, uid: str) -> int:
    return db.scalars(select(EventRow.id).where(EventRow.uid == uid)).one()


_Query = Select[DraftRow, ArticleRow, str, str]


def _query() -> _Query:
    return (
        select(DraftRow, ArticleRow, EventRow.uid, SeriesRow.slug)
        .join(ArticleRow, ArticleRow.id == DraftRow.article_id)
        .outerjoin(EventRow, EventRow.id == DraftRow.event_id)
        .outerjoin(SeriesRow, SeriesRow.id == DraftRow.series_id)
    )


def _drafts(db: Session, query: _Query) -> list[Draft]:
    return [
        Draft(
            id=row.id,
            article=articles.to_article(article),
            proposal=Proposal(
                event=uid,
                title=row.title,
                series=series,
                ordinal=row.ordinal,
                when=row.when,
                was=row.was,
                place=row.place,
                status=row.status,
                quote=row.quote,
                gist=row.gist,
            ),
            state=row.state,
            made_at=row.made_at,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            reason=row.reason,
        )
        for row, article, uid, series in db.execute(query)
    ]
