"""Feeds: the names under which events are published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.feed import ALL, Feed
from calendar_svc.store.tables import FeedRow, SeriesRow


def every(db: Session) -> list[Feed]:
    """All feeds: `all` first, then by slug."""
    query = (
        select(FeedRow.slug, SeriesRow.slug)
        .outerjoin(SeriesRow, SeriesRow.id == FeedRow.series_id)
        .order_by(FeedRow.slug != ALL, FeedRow.slug)
    )
    return [Feed(slug, series) for slug, series in db.execute(query)]


def get_id(db: Session, slug: str) -> int:
    """The row of a feed. Raises NotFound."""
    row = db.scalars(select(FeedRow.id).where(FeedRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("there is no feed “%(slug)s”", slug=slug[:80])
    return row
