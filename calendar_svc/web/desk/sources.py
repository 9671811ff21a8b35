"""Sources on the desk: which are watched, how the last look went, and a form for another."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import watching
from calendar_svc.domain.account import Editor
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.domain.source import SHORTEST
from calendar_svc.store import sources as source_store
from calendar_svc.web import asked
from calendar_svc.web.desk import door
from calendar_svc.web.desk.articles import LANGUAGES, told
from calendar_svc.web.desk.door import pages
from calendar_svc.web.desk.events import Page
from calendar_svc.web.desk.fields import Faults, Form
from calendar_svc.words import N_

USUAL_MINUTES = 60
NUMBER = "<int(max=2147483647):number>"


class Change(Protocol):
    """What is done to a source on the desk. Raises NotFound."""

    def __call__(self, db: Session, number: int, *, by: Editor) -> None:
        """Do it."""


@pages.get("/sources")
def sources() -> str:
    """All sources, and the form for another."""
    return _list({"every": str(USUAL_MINUTES), "source_lang": asked.services().site.languages[0]})


@pages.post("/sources")
def add_source() -> Page:
    """Watch a source, if there is one at that address."""
    form = Form.of(request.form, asked.services().site, asked.language())
    try:
        url, every = form.raw("url"), form.take("every", _minutes, SHORTEST)
        publisher = form.text("publisher", 100)
        if not publisher and "publisher" not in form.faults:
            form.faults["publisher"] = Refused("say who published it")
        lang = form.one_of("source_lang", LANGUAGES) or LANGUAGES[0]
        form.check()
        _look_at(url)
        with asked.services().database.transaction() as db:
            watching.add(db, url, publisher=publisher, lang=lang, every=every, by=door.editor())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        return _list(form.sent, fault), status
    flash(N_("The source is watched. What it brings waits as drafts."))
    return redirect(asked.here("desk.sources"), 303)


@pages.post(f"/sources/{NUMBER}/pause")
def pause_source(number: int) -> Redirection:
    """Stop looking at it."""
    return _changed(watching.pause, number, N_("The source is paused."))


@pages.post(f"/sources/{NUMBER}/resume")
def resume_source(number: int) -> Redirection:
    """Look at it again."""
    return _changed(watching.resume, number, N_("The source is watched again."))


@pages.post(f"/sources/{NUMBER}/remove")
def remove_source(number: int) -> Redirection:
    """Watch it no more."""
    told = N_("The source is removed; the articles that it brought stay.")
    return _changed(watching.remove, number, told)


def _changed(change: Change, number: int, told: str) -> Redirection:
    with asked.services().database.transaction() as db:
        change(db, number, by=door.editor())
    flash(told)
    return redirect(asked.here("desk.sources"), 303)


def _look_at(url: str) -> None:
    """Raises Refused, for the field of the address, unless a source is there."""
    try:
        watching.look_at(asked.services().fetch, url)
    except Refused as fault:
        raise Faults({"url": fault}) from None


def _minutes(text: str) -> timedelta:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refused("write the minutes as a whole number")
    return timedelta(minutes=int(text))


def _list(filled: Mapping[str, str], fault: CalendarError | None = None) -> str:
    with asked.services().database.reading() as db:
        every = source_store.every(db)
    return render_template(
        "desk/sources.html",
        look=asked.look_now(),
        every=every,
        filled=filled,
        source_languages=LANGUAGES,
        shortest=int(SHORTEST.total_seconds()) // 60,
        **told(fault),
    )
