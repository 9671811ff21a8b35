"""Series and the feeds that go with them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.feed import RESERVED
from calendar_svc.domain.series import Series
from calendar_svc.store.tables import FeedRow, SeriesRow


def every(db: Session) -> list[Series]:
    """All series, by slug."""
    return [_series(row) for row in db.scalars(select(SeriesRow).order_by(SeriesRow.slug))]


def get(db: Session, slug: str) -> Series:
    """The series of that slug. Raises NotFound."""
    row = db.scalars(select(SeriesRow).where(SeriesRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("there is no series “%(slug)s”", slug=slug[:80])
    return _series(row)


def save(db: Session, series: Series) -> bool:
    """Add a series with its feed, or bring its names up to date. True if anything changed.

    Raises Refused when the slug is reserved or a feed has it."""
    if series.slug in RESERVED:
        raise Refused(
            "“%(slug)s” is reserved; choose another short name", field="slug", slug=series.slug
        )
    row = db.scalars(select(SeriesRow).where(SeriesRow.slug == series.slug)).one_or_none()
    if row is not None:
        changed = _series(row) != series
        row.short, row.name = series.short, series.name
        return changed
    if db.scalars(select(FeedRow.id).where(FeedRow.slug == series.slug)).first():
        raise Refused("a feed is called “%(slug)s” already", field="slug", slug=series.slug)
    row = SeriesRow(slug=series.slug, short=series.short, name=series.name)
    db.add(row)
    db.flush()
    db.add(FeedRow(slug=series.slug, series_id=row.id))
    db.flush()
    return True


def ids(db: Session) -> dict[str, int]:
    """The row of each slug, for this room's own use."""
    return {slug: row for slug, row in db.execute(select(SeriesRow.slug, SeriesRow.id))}


def _series(row: SeriesRow) -> Series:
    return Series(row.slug, row.short, row.name)
