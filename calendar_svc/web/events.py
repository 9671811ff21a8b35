"""The pages of the meetings: upcoming, one meeting, one series."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request

from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.event import Event
from calendar_svc.domain.feed import LONGEST_SPAN
from calendar_svc.domain.when import When
from calendar_svc.ical.component import Voice, vcalendar, vevent
from calendar_svc.store import events, facts
from calendar_svc.store import series as series_store
from calendar_svc.web import asked
from calendar_svc.web.evidence import gather
from calendar_svc.words import labels

pages = Blueprint("events", __name__)

PAST = 10
"""How many past meetings stand below the upcoming ones."""


@dataclass(frozen=True)
class Group:
    """Meetings under one heading: a month, or a longer span in which something falls."""

    heading: str
    events: list[Event]


@pages.get("/")
def upcoming() -> str:
    """What is coming, and what is past."""
    look, slug = asked.look(), asked.series()
    with asked.services().database.reading() as db:
        chosen = series_store.get(db, slug) if slug else None
        coming = events.upcoming(db, look.at, look.today, series=slug)
        past = events.past(db, look.at, look.today, series=slug, limit=PAST)
        undated = events.undated(db, look.at, series=slug)
        shown = [event.uid for event in (*coming, *past, *undated)]
        return render_template(
            "upcoming.html",
            look=look,
            chosen=chosen,
            series={one.slug: one for one in series_store.every(db)},
            groups=_by_month(coming, look.lang),
            undated=undated,
            past=past,
            sources=facts.sources_of(db, shown, look.at),
        )


@pages.get("/events/<slug>")
def event(slug: str) -> str:
    """One meeting: its facts, what says so, and its history."""
    look = asked.look()
    with asked.services().database.reading() as db:
        found = events.get(db, slug, look.at)
        return render_template(
            "event.html",
            look=look,
            event=found,
            series=series_store.get(db, found.series) if found.series else None,
            evidence=gather(db, found.uid, look.at),
        )


@pages.get("/events/<slug>.ics")
def event_calendar(slug: str) -> Response:
    """One meeting as a file for calendar programs."""
    look = asked.look()
    site = asked.services().site
    with asked.services().database.reading() as db:
        found = events.get(db, slug, look.at)
        series = series_store.get(db, found.series) if found.series else None
    if found.when is None:
        raise NotFound("no date of this meeting is known yet, so there is nothing to put in one")
    voice = Voice(look.lang, site.languages)
    page = site.links.event(slug, look.lang)
    content = vcalendar(
        [vevent(found, voice, url=page, series=series)],
        name=found.title.pick(look.lang, site.languages).value,
        description=page,
        voice=voice,
        timezone=site.timezone,
        url=page,
        modified_at=found.modified_at,
    )
    response = make_response(content)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/series/<slug>")
def series(slug: str) -> str:
    """The editions of a series."""
    look = asked.look()
    with asked.services().database.reading() as db:
        return render_template(
            "series.html",
            look=look,
            series=series_store.get(db, slug),
            editions=events.of_series(db, look.at, slug),
        )


def _by_month(coming: Iterable[Event], lang: str) -> list[Group]:
    """In the order of the pages: the dated ones of a month, then what falls somewhere in it."""

    def heading(event: Event) -> str:
        when = event.when
        assert when is not None
        return _heading(when, lang)

    return [Group(label, list(group)) for label, group in groupby(coming, heading)]


def _heading(when: When, lang: str) -> str:
    if when.is_vague and when.days > LONGEST_SPAN:
        return labels.when_label(when, lang)
    return labels.month_label(when.last_day if when.is_vague else when.first_day, lang)
