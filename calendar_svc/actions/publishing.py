"""Publish the feeds: every feed in every language and every `vague`, finished, when it changed."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

import brotli
from sqlalchemy.orm import Session

from calendar_svc.clock import today
from calendar_svc.domain.event import Event
from calendar_svc.domain.feed import Choice, Feed, Vague, admits
from calendar_svc.domain.series import Series
from calendar_svc.ical.component import Voice, made_with, vcalendar, vevent
from calendar_svc.links import Site
from calendar_svc.store import counters, events, feeds, notes, publications
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Transaction
from calendar_svc.store.publications import Finished, Rendition
from calendar_svc.words import tr

Reading = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class _Seen:
    """What one publisher read, in one state of the database."""

    facts: int
    mark: str
    feeds: list[Feed]
    series: Mapping[str, Series]
    events: list[tuple[int, Event]]
    published: Mapping[Choice, str]
    kept: Mapping[str, Mapping[int, Rendition]]
    """By language, the VEVENT of each state that is kept."""


def publish(
    reading: Reading, transaction: Transaction, *, now: datetime, site: Site
) -> list[Choice]:
    """Publish what changed; two runs without a change in between publish nothing the second time.

    Reads in one transaction and writes in another, so that rendering holds nobody up; a feed
    that somebody else has built from a later state meanwhile stays. Each feed changes whole or
    not at all. Returns what was published.
    """
    with reading() as db:
        seen = _look(db, now, site)
    if seen is None:
        return []
    rendered = {lang: _render_missing(seen, lang, site) for lang in site.languages}
    day = today(now, site.timezone)
    changed = [
        finished
        for lang in site.languages
        for finished in _finish(seen, {**seen.kept[lang], **rendered[lang]}, lang, day, site)
        if seen.published.get(finished.choice) != finished.digest
    ]
    with transaction() as db:
        # one publisher writes at a time; the others wait here
        counters.lock(db, counters.PUBLICATIONS)
        for lang, fresh in rendered.items():
            publications.save_renditions(db, lang, fresh)
        if counters.read(db, counters.FACTS) == seen.facts:
            # else we were overtaken: what we don't know of may be new, and we are not done
            publications.drop_others(db, _choices(seen.feeds, site.languages))
            notes.write(db, notes.PUBLISHED, seen.mark)
        return [
            finished.choice
            for finished in changed
            if publications.save(db, finished, built_from=seen.facts)
        ]


def _look(db: Session, now: datetime, site: Site) -> _Seen | None:
    """All that a publisher needs; None when nothing has happened since the last one."""
    facts = counters.read(db, counters.FACTS)
    mark = "|".join(
        str(part)
        for part in (
            facts,
            today(now, site.timezone),
            events.last_change(db, now),
            made_with(),
            site.links.base,
            site.languages,
            site.timezone,
        )
    )
    if notes.read(db, notes.PUBLISHED) == mark:
        return None
    return _Seen(
        facts=facts,
        mark=mark,
        feeds=feeds.every(db),
        series={series.slug: series for series in series_store.every(db)},
        events=events.dated(db, now),
        published=publications.digests(db),
        kept={lang: publications.renditions(db, lang) for lang in site.languages},
    )


def _choices(feeds: Iterable[Feed], languages: Sequence[str]) -> list[Choice]:
    return [
        Choice(feed.slug, lang, vague) for feed in feeds for lang in languages for vague in Vague
    ]


def _render_missing(seen: _Seen, lang: str, site: Site) -> dict[int, Rendition]:
    """The VEVENTs that are not kept as they would be made now: those of states that are new."""
    voice = Voice(lang, site.languages)
    missing = {}
    for state, event in seen.events:
        series = seen.series.get(event.series) if event.series else None
        means = f"{made_with()} {site.links.base} {series.short if series else ''}"
        kept = seen.kept[lang].get(state)
        if kept is None or kept.made_with != means:
            url = site.links.event(event.slug, lang)
            missing[state] = Rendition(means, vevent(event, voice, url=url, series=series))
    return missing


def _finish(
    seen: _Seen, vevents: Mapping[int, Rendition], lang: str, day: date, site: Site
) -> Iterable[Finished]:
    """Every feed of a language, joined from its VEVENTs."""
    for feed in seen.feeds:
        for vague in Vague:
            chosen = [
                (state, event)
                for state, event in seen.events
                if feed.holds(event) and admits(event, vague, day)
            ]
            series = seen.series.get(feed.series) if feed.series else None
            plain = vcalendar(
                (vevents[state].content for state, _ in chosen),
                name=feed_name(series, lang, site.languages),
                description=tr(
                    lang,
                    "Official meetings, with dates as precise as they are known."
                    " A date that is not known to the day is shown over its whole span.",
                ),
                voice=Voice(lang, site.languages),
                timezone=site.timezone,
                url=site.links.series(series.slug, lang) if series else site.links.home(lang),
                source=site.links.feed(feed.slug, lang, vague),
                # of all it may hold, so that it doesn't fall when an event leaves
                modified_at=max(
                    (event.modified_at for _, event in seen.events if feed.holds(event)),
                    default=None,
                ),
            )
            yield _finished(Choice(feed.slug, lang, vague), plain, len(chosen))


def feed_name(series: Series | None, lang: str, languages: Sequence[str]) -> str:
    """What a calendar program calls a feed."""
    if series is None:
        return tr(lang, "Official meetings")
    return f"{series.short} – {series.name.pick(lang, languages).value}"


def _finished(choice: Choice, plain: bytes, count: int) -> Finished:
    return Finished(
        choice=choice,
        plain=plain,
        # no time stamp in the header: the same bytes give the same bytes
        gzip=gzip.compress(plain, 9, mtime=0),
        brotli=brotli.compress(plain, quality=9),
        digest=hashlib.sha256(plain).hexdigest()[:32],
        events=count,
    )
