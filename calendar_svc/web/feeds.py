"""The page of the feeds, and what to do with them. The feeds themselves are in `published.py`."""

from typing import NoReturn

from flask import Blueprint, abort, render_template

from calendar_svc.actions.publishing import feed_name
from calendar_svc.domain.errors import NotFound
from calendar_svc.store import feeds
from calendar_svc.store import series as series_store
from calendar_svc.web import asked

pages = Blueprint("feeds", __name__, url_prefix="/feeds")


def names() -> dict[str, str]:
    """What each feed is called, by its slug, in the language of this answer."""
    languages = asked.services().site.languages
    with asked.services().database.reading() as db:
        series = {one.slug: one for one in series_store.every(db)}
        return {
            feed.slug: feed_name(
                series.get(feed.series) if feed.series else None, asked.language(), languages
            )
            for feed in feeds.every(db)
        }


@pages.get("/")
def every() -> str:
    """All feeds with their addresses."""
    return render_template("feeds.html", look=asked.look(), names=names())


@pages.get("/<slug>.ics")
def not_published(slug: str) -> NoReturn:
    """Whatever of `/feeds/….ics` comes as far as Flask is not there, or not yet."""
    with asked.services().database.reading() as db:
        known = any(feed.slug == slug for feed in feeds.every(db))
    if known:
        abort(503, retry_after=5)
    raise NotFound("there is no feed “%(slug)s”; /feeds/ lists them", slug=slug[:80])
