"""Keep the list of series."""

from sqlalchemy.orm import Session

from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.series import Series
from calendar_svc.store import audit, counters
from calendar_svc.store import series as series_store


def save_series(db: Session, series: Series, *, is_new: bool, by: Editor) -> None:
    """Add a series with its feed, or bring its names up to date. Raises Refused for a new one
    whose address is taken."""
    if is_new and series.slug in series_store.ids(db):
        raise Refused("a feed is called “%(slug)s” already", field="slug", slug=series.slug)
    if series_store.save(db, series):
        counters.bump(db, counters.FACTS)
        audit.record(db, Act.SERIES_SAVED, by=by, subject=series.slug)
