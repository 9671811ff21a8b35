"""Articles: taken in from a file or an address."""

import json
import re
import sys
from datetime import date
from pathlib import Path

import click

from calendar_svc import config
from calendar_svc.actions import intake, taking_in
from calendar_svc.actions.taking_in import Outcome, TakenIn
from calendar_svc.articles import page
from calendar_svc.articles.extract import guess_language
from calendar_svc.articles.fetch import Fetch
from calendar_svc.articles.page import Extracted
from calendar_svc.cli.commands import commands, open_services
from calendar_svc.domain.article import Article, key_of
from calendar_svc.domain.errors import Refused
from calendar_svc.store import series as series_store

WHO = "take-in"
"""In the audit log."""


@commands.command(name="take-in")
@click.argument("source", metavar="FILE|URL")
@click.option("--published", metavar="DAY", help="2025-09-27; needed where the page has no day.")
@click.option("--publisher", metavar="NAME", help="Needed where the page doesn't say.")
@click.option("--lang", metavar="ms|id|en", help="Its language; told by its words if not given.")
def take_in(source: str, published: str | None, publisher: str | None, lang: str | None) -> None:
    """Store the article at FILE or URL, and drafts of what it says; - reads standard input.

    A text that is there already is recognised. The drafts wait for an editor.
    """
    day = _day(published) if published is not None else None
    _check_lang(lang)
    settings = config.read()
    with open_services(settings) as built:
        found, url = _found(source, built.fetch)
        article = _article(found, url, day, publisher, lang)
        with built.database.reading() as db:
            readings = taking_in.read_article(
                db, built.read, article, found.text, settings.timezone
            )
        with built.database.transaction() as db:
            taken = taking_in.take_in(
                db,
                article,
                found.text,
                readings,
                by=None,
                who=WHO,
                now=built.clock.now(),
                timezone=settings.timezone,
            )
    _tell(taken)


@commands.command()
@click.argument("source", metavar="FILE|URL")
@click.option("--published", metavar="DAY", help="2025-09-27; needed where the page has no day.")
@click.option("--lang", metavar="ms|id|en", help="Its language; told by its words if not given.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of lines.")
def read(source: str, published: str | None, lang: str | None, *, as_json: bool) -> None:
    """Say what the article at FILE or URL tells of meetings; - reads standard input.

    Nothing is stored. The series are those of the database.
    """
    settings = config.read()
    day = _day(published) if published is not None else None
    _check_lang(lang)
    with open_services(settings) as built:
        found, _ = _found(source, built.fetch)
        day = day or found.published
        if day is None:
            raise Refused("say when it was published: --published 2025-09-27")
        with built.database.reading() as db:
            series = series_store.every(db)
        readings = built.read(
            intake.check_text(found.text),
            published=day,
            lang=lang or found.lang,
            series=series,
            timezone=settings.timezone,
        )
    if as_json:
        told = [one.as_json() for one in readings]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in readings:
        where = f", {one.place}" if one.place else ""
        click.echo(f"{one.title}: {one.when or 'date unknown'}, {one.status}{where}")
        click.echo(f"  “{one.evidence}”")
    if not readings:
        click.echo("it announces no meeting")


def _check_lang(lang: str | None) -> None:
    if lang is not None and not re.fullmatch("[a-z]{2,3}", lang):
        raise Refused("--lang: “%(lang)s” is not a language; write ms, id or en", lang=lang[:20])


def _found(source: str, fetch: Fetch) -> tuple[Extracted, str | None]:
    """The text at a file or an address, and the address."""
    if re.match("[a-zA-Z][a-zA-Z0-9+.-]*://", source):
        at = fetch(source)
        assert at is not None
        return page.from_octets(at.body, at.url, at.content_type), at.url
    if source == "-":
        return page.from_octets(sys.stdin.buffer.read(page.LARGEST_PAGE + 1)), None
    try:
        with Path(source).open("rb") as file:
            return page.from_octets(file.read(page.LARGEST_PAGE + 1)), None
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is no name of a file"
        raise Refused("%(file)s can't be read: %(why)s", file=source[:200], why=why) from None


def _article(
    found: Extracted, url: str | None, day: date | None, publisher: str | None, lang: str | None
) -> Article:
    """What is said on the command line goes before what the page says."""
    day = day or found.published
    if day is None:
        raise Refused("say when it was published: --published 2025-09-27")
    name = " ".join((publisher or found.publisher or "").split())
    if not name:
        raise Refused("say who published it: --publisher NAME")
    if len(name) > 100 or not name.isprintable():
        raise Refused("--publisher: at most 100 letters that can be printed")
    return Article(
        key=key_of(name, day),
        publisher=name,
        lang=lang or found.lang or guess_language(found.text),
        published_on=day,
        url=url,
        title=found.title,
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or str(day) != text or day.year < 1000:
        raise Refused("--published: “%(text)s” is no day; write it as 2025-09-27", text=text[:40])
    return day


def _tell(taken: TakenIn) -> None:
    key = taken.article.key
    click.echo(f"{key}: kept" if taken.is_new else f"{key}: this text is there already")
    for outcome in taken.outcomes:
        click.echo(f"  {_line(outcome)}")
    if taken.is_new and not taken.outcomes:
        click.echo("  it announces no meeting")


def _line(outcome: Outcome) -> str:
    said = outcome.proposal
    title = next(iter(said.title.values())) if said.title else ""
    facts = [str(said.when) if said.when else "date unknown", str(said.status or "")]
    about = f"  → {outcome.event.slug}" if outcome.event else ""
    number = f"draft {outcome.draft}" if outcome.draft is not None else "no draft"
    return f"{number:9} {outcome.tells:12} {title}, {', '.join(facts)}{about}"
