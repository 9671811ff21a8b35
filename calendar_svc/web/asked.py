"""Read the request: its language, the day it looks from, and addresses that keep both."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import current_app, g, request, url_for

from calendar_svc.clock import day_end, today
from calendar_svc.domain.errors import CalendarError
from calendar_svc.domain.texts import Text, Texts
from calendar_svc.services import Services
from calendar_svc.words import tr


class BadQuery(CalendarError):
    """A value of the query can't be read (HTTP 400)."""


@dataclass(frozen=True)
class Asked:
    """From where a page looks at the calendar: what was known at `at`, on the day `today`."""

    lang: str
    at: datetime
    today: date
    as_of: date | None


def services() -> Services:
    """The parts this application was made with."""
    found: Services = current_app.extensions["calendar_svc"]
    return found


def language() -> str:
    """The language of this answer: `?lang`, else the reader's own, else the first configured."""
    if "lang" not in g:
        languages = services().site.languages
        asked = request.args.get("lang")
        g.lang = (
            asked
            if asked in languages
            else request.accept_languages.best_match(languages, languages[0])
        )
    lang: str = g.lang
    return lang


def look() -> Asked:
    """Read `?lang` and `?as_of`. Raises BadQuery naming the value that can't be read.

    “As of” a day means what was known at its end, and takes that day as today; nobody looks
    further than now.
    """
    site = services().site
    asked = request.args.get("lang")
    if asked is not None and asked not in site.languages:
        raise BadQuery("lang: must be one of %(languages)s", languages=", ".join(site.languages))
    now = services().clock.now()
    text = request.args.get("as_of")
    if text is None:
        return Asked(language(), now, today(now, site.timezone), None)
    day = _day(text)
    return Asked(language(), min(day_end(day, site.timezone), now), day, day)


def look_now() -> Asked:
    """As `look`, for a page that changes something: that is done to what is known now."""
    site, now = services().site, services().clock.now()
    return Asked(look().lang, now, today(now, site.timezone), None)


def series() -> str | None:
    """Read `?series`: a slug, or None for all."""
    return request.args.get("series") or None


def here(endpoint: str, **values: Any) -> str:
    """The address of a page, with the language and the day chosen for this one."""
    chosen = {key: request.args[key] for key in ("lang", "as_of") if key in request.args}
    return url_for(endpoint, **(chosen | values))


def this_page(**values: Any) -> str:
    """The address of this page with other values in its query."""
    arguments = {**(request.view_args or {}), **request.args.to_dict(), **values}
    return url_for(request.endpoint or "events.upcoming", **arguments)


def words() -> dict[str, Any]:
    """What every template speaks with, in the language of this answer."""
    lang = language()
    site = services().site

    def pick(texts: Texts) -> Text:
        return texts.pick(lang, site.languages)

    return {
        "lang": lang,
        "_": partial(tr, lang),
        "pick": pick,
        "here": here,
        "this_page": this_page,
        "links": site.links,
        "languages": site.languages,
        "mail_leaves": services().mail_leaves,
        "simulated_now": services().clock.now() if services().clock.simulated else None,
        "timezone": site.timezone,
        "local_day": lambda moment, zone=site.timezone: today(moment, zone),
    }


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # the ends of the calendar are left out: a day more must still be a day
    if day is None or len(text) != 10 or not 1000 <= day.year <= 9998:
        raise BadQuery("as_of: “%(text)s” is not a day; write it as 2025-09-27", text=text[:40])
    return day
