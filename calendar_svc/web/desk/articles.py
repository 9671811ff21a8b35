"""Articles on the desk: what was read, with its evidence marked, and drafts from it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import intake, taking_in
from calendar_svc.articles import page
from calendar_svc.articles.extract import guess_language
from calendar_svc.articles.reading import Reading
from calendar_svc.clock import today
from calendar_svc.domain.article import Article, key_of
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import LONGEST_QUOTE, Draft, DraftState, Proposal
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.domain.texts import pasted
from calendar_svc.store import articles as article_store
from calendar_svc.store import drafts, events, facts
from calendar_svc.store import series as series_store
from calendar_svc.web import asked
from calendar_svc.web.desk import door, fields
from calendar_svc.web.desk.door import pages
from calendar_svc.web.desk.events import Page, by_whom
from calendar_svc.web.desk.fields import Faults, Form
from calendar_svc.words import N_, say

PER_PAGE = 50
LANGUAGES = ("ms", "id", "en")
"""Those in which articles come."""
MEETINGS = 300
"""How many meetings the field of a draft offers."""


@pages.get("/articles")
def articles() -> str:
    """The list, the newest first."""
    text = request.args.get("page", "")
    number = max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    with asked.services().database.reading() as db:
        found = article_store.latest(db, limit=PER_PAGE + 1, offset=PER_PAGE * (number - 1))
    return render_template(
        "desk/articles.html",
        look=asked.look_now(),
        found=found[:PER_PAGE],
        page=number,
        is_more=len(found) > PER_PAGE,
    )


@pages.get("/articles/new")
def new_article() -> str:
    """The form, empty."""
    services = asked.services()
    day = today(services.clock.now(), services.site.timezone)
    return _article_form(
        None, {"published_on": str(day), "article_lang": services.site.languages[0]}
    )


@pages.get("/articles/read")
def nothing_read() -> Redirection:
    """Where somebody comes who asks for that page once more."""
    return redirect(asked.here("desk.new_article"), 303)


@pages.post("/articles/read")
def read_address() -> Page:
    """Fill the form with what is at an address. Nothing is kept before the editor says so."""
    form, services = _sent(), asked.services()
    try:
        at = services.fetch(form.raw("address"))
        assert at is not None
        found = page.from_octets(at.body, at.url, at.content_type)
    except Refused as fault:
        status = door.record(fault)
        return _article_form(None, form.sent, fault), status
    lang = found.lang if found.lang in LANGUAGES else guess_language(found.text)
    filled = {
        "address": form.raw("address"),
        "url": at.url,
        "publisher": found.publisher or "",
        "published_on": str(found.published or ""),
        "article_lang": lang,
        "title": found.title or "",
        "text": found.text,
    }
    return _article_form(None, filled, is_read=True)


@pages.post("/articles/new")
def add_article() -> Page:
    """Keep an article with its text, and drafts of what it says; a text that is there already is
    kept once."""
    form = _sent()
    try:
        with asked.services().database.transaction() as db:
            article, text = _article(form), form.raw("text")
            form.check()
            if known := article_store.by_text(db, pasted(text)):
                flash(N_("This text is there already; nothing was made twice."))
                return redirect(asked.here("desk.article", key=known.key), 303)
            if article_store.exists(db, article.key) and (form.raw("key") or not text):
                if not form.raw("key"):
                    # one of many of that day, or the button was pressed twice: the next is offered
                    form.sent = {**form.sent, "key": article_store.free_key(db, article.key)}
                raise Refused("an article of that key is there already", field="key")
            taken = taking_in.take_in(db, article, text, _read(db, article, text), **by_whom())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        return _article_form(None, form.sent, fault), status
    if any(outcome.draft for outcome in taken.outcomes):
        flash(N_("The article is kept; what it seems to say waits as drafts."))
    elif taken.outcomes:
        flash(N_("The article is kept; all that it says is known from it already."))
    else:
        flash(N_("The article is kept. Now say what it announces."))
    return redirect(asked.here("desk.article", key=taken.article.key), 303)


@pages.get("/articles/<key>")
def article(key: str) -> str:
    """One article: its text with the evidence marked, its drafts, its claims, a form for more."""
    with asked.services().database.reading() as db:
        return _article_page(db, key, {"status": ClaimStatus.SCHEDULED.value})


@pages.get("/articles/<key>/edit")
def edit_article(key: str) -> str:
    """The form, filled."""
    with asked.services().database.reading() as db:
        found, text = article_store.get(db, key), article_store.text_of(db, key)
    return _article_form(
        found,
        {
            name: str(value or "")
            for name, value in (vars(found) | {"text": text, "article_lang": found.lang}).items()
        },
    )


@pages.post("/articles/<key>/edit")
def change_article(key: str) -> Page:
    """Keep it otherwise. Its key and day stay: claims rest on them. A text that comes later is
    read then."""
    form = _sent()
    with asked.services().database.reading() as db:
        before, had_text = article_store.get(db, key), bool(article_store.text_of(db, key))
    try:
        with asked.services().database.transaction() as db:
            changed, text = _article(form, before), form.raw("text")
            form.check()
            intake.keep_article(db, changed, text, by=door.editor())
            if not had_text:
                taking_in.draft_all(db, changed, _read(db, changed, text), **by_whom())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        return _article_form(before, form.sent, fault), status
    flash(N_("It is kept."))
    return redirect(asked.here("desk.article", key=key), 303)


@pages.post("/articles/<key>/drafts")
def add_draft(key: str) -> Page:
    """Keep what an article seems to say until somebody decides."""
    form = _sent()
    try:
        with asked.services().database.transaction() as db:
            found = article_store.get(db, key)
            proposal = proposed(db, form)
            form.check()
            now = asked.services().clock.now()
            number = intake.propose(db, found, proposal, by=door.editor(), now=now)
    except (Faults, Refused) as fault:
        status = door.record(fault)
        with asked.services().database.reading() as db:
            return _article_page(db, key, form.sent, fault), status
    return redirect(asked.here("desk.draft", number=number), 303)


def proposed(db: Session, form: Form, before: Proposal | None = None) -> Proposal:
    """What a form says that an article says; texts in other languages than the site's stay as
    they were before. Faults are kept in the form."""
    about = form.raw("about")
    uid = None
    if about:
        try:
            place = events.place(db, about)
            uid = place.merged_into or place.uid
        except CalendarError as fault:
            form.faults["about"] = fault
    series = form.raw("series") or None
    if series and series not in [one.slug for one in series_store.every(db)]:
        form.faults["series"] = Refused("choose one from the list")
    status = form.one_of("status", list(ClaimStatus))
    return Proposal(
        event=uid,
        title=form.texts("title", before.title if before else None),
        series=series,
        ordinal=form.ordinal(),
        when=form.when(),
        was=form.when("was"),
        place=form.texts("place", before.place if before else None),
        status=ClaimStatus(status) if status else None,
        quote=form.text("quote", LONGEST_QUOTE),
        gist=form.texts("gist", before.gist if before else None),
    )


def proposal_fields(draft: Draft, slug: str | None) -> dict[str, str]:
    """What stands in the fields of a draft's form."""
    said, site, lang = draft.proposal, asked.services().site, asked.language()
    filled = {
        "about": slug or "",
        "series": said.series or "",
        "ordinal": str(said.ordinal or ""),
        "when": fields.when_text(said.when, site, lang),
        "was": fields.when_text(said.was, site, lang),
        "status": said.status.value if said.status else "",
        "quote": said.quote,
    }
    for name, texts in (("title", said.title), ("place", said.place), ("gist", said.gist)):
        filled |= fields.texts_fields(name, texts, site)
    return filled


def draft_choices(db: Session) -> dict[str, Any]:
    """What the form of a draft offers."""
    at = asked.services().clock.now()
    return {
        "series": {one.slug: one for one in series_store.every(db)},
        "meetings": events.listed(db, at, events.Sought(), limit=MEETINGS),
        "claim_statuses": list(ClaimStatus),
    }


def marked(text: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """A text in parts, each with whether a quote covers it; spaces and line breaks may differ."""
    covered: set[int] = set()
    for quote in quotes:
        words = [re.escape(word) for word in quote.split()]
        if words and (found := re.search(r"\s+".join(words), text)):
            covered.update(range(*found.span()))
    edges = [0, *(at for at in range(1, len(text)) if (at in covered) != (at - 1 in covered))]
    return [(text[begin:end], begin in covered) for begin, end in pairwise([*edges, len(text)])]


def _article_page(
    db: Session, key: str, filled: Mapping[str, str], fault: CalendarError | None = None
) -> str:
    found, text = article_store.get(db, key), article_store.text_of(db, key)
    made, claims = drafts.of_article(db, key), facts.claims_of_article(db, key)
    about = {claim.event for claim in claims} | {
        one.proposal.event for one in made if one.proposal.event
    }
    quotes = [claim.quote for claim in claims] + [
        one.proposal.quote for one in made if one.state is DraftState.WAITING
    ]
    return render_template(
        "desk/article.html",
        look=asked.look_now(),
        article=found,
        text=marked(text, quotes) if text else None,
        drafts=made,
        claims=claims,
        slugs=events.slugs_of(db, about),
        known=events.by_uid(db, about, asked.services().clock.now()),
        filled=filled,
        **draft_choices(db),
        **told(fault),
    )


def told(fault: CalendarError | None) -> dict[str, Any]:
    """What a form says of its faults."""
    lang = asked.language()
    faults = fault.faults if isinstance(fault, Faults) else {}
    if isinstance(fault, Refused) and fault.field:
        faults = {fault.field: fault}
    return {
        "fault": say(fault, lang) if fault else None,
        "faults": {name: say(one, lang) for name, one in faults.items()},
    }


def _read(db: Session, article: Article, text: str) -> list[Reading]:
    services = asked.services()
    return taking_in.read_article(db, services.read, article, text, services.site.timezone)


def _article_form(
    found: Article | None,
    filled: Mapping[str, str],
    fault: CalendarError | None = None,
    *,
    is_read: bool = False,
) -> str:
    return render_template(
        "desk/article_edit.html",
        look=asked.look_now(),
        article=found,
        filled=filled,
        article_languages=_languages(found),
        is_read=is_read,
        **told(fault),
    )


def _sent() -> Form:
    return Form.of(request.form, asked.services().site, asked.language())


def _article(form: Form, found: Article | None = None) -> Article:
    """The article of a form; of one that was there its key and day stay. Faults are kept in the
    form."""
    services = asked.services()
    latest = today(services.clock.now(), services.site.timezone)
    publisher = form.text("publisher", 100)
    if not publisher and "publisher" not in form.faults:
        form.faults["publisher"] = Refused("say who published it")
    if found is None:
        day = form.take("published_on", lambda text: _day(text, latest), latest)
        key = form.take("key", lambda text: fields.check_slug(text or key_of(publisher, day)), "")
    else:
        day, key = found.published_on, found.key
    return Article(
        key=key,
        publisher=publisher,
        lang=form.one_of("article_lang", _languages(found)) or LANGUAGES[0],
        published_on=day,
        dateline=form.text("dateline", 100) or None,
        url=form.take("url", _url, None),
        title=form.text("title", 300) or None,
    )


def _languages(found: Article | None) -> list[str]:
    """Those to choose from: the article's own is always among them."""
    return list(dict.fromkeys([*LANGUAGES, *([found.lang] if found else [])]))


def _day(text: str, latest: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("write the day as 2025-09-27") from None
    # other ways to write it are read, too; none of them comes from a browser
    if str(day) != text:
        raise Refused("write the day as 2025-09-27")
    if not day.year >= 1000 or day > latest:
        raise Refused("an article can't be from the future; today is %(day)s", day=latest)
    return day


def _url(text: str) -> str | None:
    if not text:
        return None
    if len(text) > 2000 or not re.fullmatch(r"https?://[^\s\"<>\\^`{|}\x00-\x20]+", text):
        raise Refused("an address begins with https:// or http:// and has no spaces")
    return text
