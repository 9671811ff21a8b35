"""The meetings on the desk: the list, one of them, and the form that adds or amends one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import editing, previewing
from calendar_svc.actions.editing import Amendment, Prepared
from calendar_svc.domain.errors import CalendarError, Conflict, Moved, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.history import history, in_force
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.store import articles, events, facts
from calendar_svc.store import series as series_store
from calendar_svc.store.events import Place, Sought
from calendar_svc.web import asked
from calendar_svc.web.desk import door, fields
from calendar_svc.web.desk.door import pages
from calendar_svc.web.desk.fields import Faults, Form
from calendar_svc.web.evidence import Evidence, gather
from calendar_svc.words import N_, say

Page = str | Redirection | tuple[str, int]

PER_PAGE = 50
SOURCES = 100
"""How many articles the field of the source offers."""


@dataclass(frozen=True)
class Found:
    """A meeting as the desk has it: also when it is withdrawn, and in its last state."""

    place: Place
    event: Event | None
    """As known now; None for one that is withdrawn or not known yet."""
    evidence: Evidence
    number: int
    """Of its last revision."""


@dataclass(frozen=True)
class Version:
    """A fact that two editors changed from one state, or one of them."""

    name: FactName
    base: FactValue
    theirs: Mapping[FactName, FactValue]
    mine: Mapping[FactName, FactValue]


@pages.get("/events", endpoint="events")
def events_() -> str:
    """The list, narrowed to what is sought."""
    look, args = asked.look(), request.args
    status = args.get("status", "")
    sought = Sought(
        words=args.get("q", "")[:100],
        series=args.get("series") or None,
        status=Status(status) if status in list(Status) else None,
        is_contested="contested" in args,
    )
    page = max(1, args.get("page", 1, type=int)) if len(args.get("page", "")) < 6 else 1
    with asked.services().database.reading() as db:
        found = events.listed(db, look.at, sought, limit=PER_PAGE + 1, offset=PER_PAGE * (page - 1))
        return render_template(
            "desk/events.html",
            look=look,
            sought=sought,
            found=found[:PER_PAGE],
            page=page,
            is_more=len(found) > PER_PAGE,
            statuses=list(Status),
            series={one.slug: one for one in series_store.every(db)},
            withdrawn=events.withdrawn(db, limit=PER_PAGE),
        )


@pages.get("/events/<slug>")
def event(slug: str) -> str:
    """One meeting: what is known, what says so, and what can be done."""
    with asked.services().database.reading() as db:
        found = find(db, slug)
        return render_template(
            "desk/event.html",
            look=asked.look_now(),
            found=found,
            event=found.event,
            evidence=found.evidence,
            series=series_of(db, found.event),
        )


@pages.get("/events/new")
def new_event() -> str:
    """The form, empty."""
    with asked.services().database.reading() as db:
        return _form(db, None, {"status": fields.SCHEDULED})


@pages.post("/events/new")
def add_event() -> Page:
    """Show what a new meeting would be, then add it."""
    form = sent()
    try:
        with asked.services().database.transaction() as db:
            amendment, slug = _amendment(db, form, None), form.slug()
            form.check()
            if form.raw("step") != "save":
                if not events.is_free(db, slug):
                    raise Refused(
                        "an event is at /events/%(slug)s already", field="slug", slug=slug
                    )
                place = editing.new_place(slug)
                prepared = editing.prepare(db, place, amendment, **by_whom())
                return _form(db, None, form.sent, prepared=_shown(db, prepared, form))
            editing.announce(db, slug, amendment, **by_whom())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        with asked.services().database.reading() as db:
            return _form(db, None, form.sent, fault=fault), status
    flash(N_("The meeting is added."))
    return redirect(asked.here("desk.event", slug=slug), 303)


@pages.get("/events/<slug>/edit")
def edit_event(slug: str) -> str:
    """The form, filled with what is known; `?status=` with another status."""
    site, lang = asked.services().site, asked.language()
    with asked.services().database.reading() as db:
        found = find(db, slug)
        event = _there(found)
        filled = fields.filled_from(event, site, lang) | {"seen": str(found.number)}
        if request.args.get("status") in fields.STATUSES:
            filled["status"] = request.args["status"]
        return _form(db, found, filled)


@pages.post("/events/<slug>/edit")
def amend_event(slug: str) -> Page:
    """Show what a change would cause, then make it; nothing of two editors' work is lost."""
    form, opened_at = sent(), seen()
    try:
        with asked.services().database.transaction() as db:
            found, base = _opened(db, slug, opened_at)
            amendment = _amendment(db, form, base)
            form.check()
            if opened_at != found.number:
                raise Conflict("somebody else changed this meeting meanwhile; look at it again")
            if form.raw("step") != "save":
                prepared = editing.prepare(db, found.place, amendment, **by_whom())
                return _form(db, found, form.sent, prepared=_shown(db, prepared, form))
            editing.amend(db, found.place, amendment, **by_whom(), seen=opened_at)
    except (Faults, Refused, Conflict) as fault:
        status = door.record(fault)
        with asked.services().database.reading() as db:
            found, base = _opened(db, slug, opened_at)
            if isinstance(fault, Conflict):
                return _both(db, found, base, _amendment(db, form, base), form, fault), status
            return _form(db, found, form.sent, fault=fault), status
    flash(N_("The change is made."))
    return redirect(asked.here("desk.event", slug=slug), 303)


def find(db: Session, slug: str) -> Found:
    """The meeting of that slug, withdrawn or not. Raises NotFound, or Moved if it was merged."""
    now = asked.services().clock.now()
    place = events.place(db, slug)
    if place.merged_into is not None:
        raise Moved(events.slugs_of(db, [place.merged_into])[place.merged_into])
    revisions = facts.revisions_of(db, place.uid)
    return Found(
        place=place,
        event=events.by_uid(db, [place.uid], now).get(place.uid),
        evidence=gather(db, place.uid, now),
        number=revisions[-1].number if revisions else 0,
    )


def series_of(db: Session, event: Event | None) -> Any:
    """The series of an event, or None."""
    return series_store.get(db, event.series) if event and event.series else None


def show(db: Session, prepared: Prepared) -> previewing.Preview:
    """What a change would cause, in the language of this page."""
    services = asked.services()
    return previewing.preview(
        db,
        prepared,
        lang=asked.language(),
        site=services.site,
        sender=services.postbox.sender,
        now=services.clock.now(),
    )


def seen() -> int:
    """The revision that a form was made from. Raises Refused when it isn't there."""
    return sent().number("seen")


def _there(found: Found) -> Event:
    if found.event is None:
        raise Refused("this meeting is withdrawn; restore it first")
    return found.event


def by_whom() -> dict[str, Any]:
    """Who does it, when and where."""
    services = asked.services()
    return {
        "by": door.editor(),
        "now": services.clock.now(),
        "timezone": services.site.timezone,
    }


def sent() -> Form:
    """The form of this request."""
    return Form.of(request.form, asked.services().site, asked.language())


def _opened(db: Session, slug: str, number: int) -> tuple[Found, Event | None]:
    """The meeting of a form, and as it was when the form was made: what differs from that was
    typed."""
    found = find(db, slug)
    _there(found)
    revisions = [one for one in facts.revisions_of(db, found.place.uid) if one.number <= number]
    states = history(found.place.uid, found.place.slug, revisions)
    return found, in_force(states, asked.services().clock.now())


def _amendment(db: Session, form: Form, base: Event | None) -> Amendment:
    """What a form changes of an event, on whose word. Faults are kept in the form."""
    values = fields.event_values(form, base)
    known_series = [one.slug for one in series_store.every(db)]
    if values[FactName.SERIES] is not None and values[FactName.SERIES] not in known_series:
        form.faults["series"] = Refused("choose one from the list")
    source = form.raw("source")
    if source and not articles.exists(db, source):
        form.faults["source"] = Refused("choose one from the list")
        source = ""
    news = form.one_of("news", ("yes", "no"))
    before: Mapping[FactName, FactValue] = fields.values_of(base) if base else {}
    return Amendment(
        values={
            name: value
            for name, value in values.items()
            if value != before.get(name) and (base or value is not None)
        },
        article=articles.get(db, source) if source else None,
        quote=form.text("quote", 1000) if source else "",
        reason=form.text("reason", 1000),
        settles=bool(source) and form.raw("settles") == "yes",
        is_news=None if news is None else news == "yes",
    )


def _both(
    db: Session,
    found: Found,
    base: Event | None,
    amendment: Amendment,
    form: Form,
    fault: Conflict,
) -> str:
    """Two changed the same meeting: both versions, and a form with this one's work over the
    other's."""
    current = _there(found)
    before = fields.values_of(base) if base else {}
    theirs = {
        name: value
        for name, value in fields.values_of(current).items()
        if before.get(name) != value
    }
    typed = {name.value for name in amendment.values}
    kept = {
        name: value
        for name, value in form.sent.items()
        if name.partition("_")[0] in typed or name in ("source", "quote", "reason", "settles")
    }
    filled = fields.filled_from(current, form.site, form.lang) | kept
    versions = [
        Version(name, before.get(name), theirs, amendment.values)
        for name in FactName
        if name in theirs or name in amendment.values
    ]
    return _form(db, found, filled | {"seen": str(found.number)}, fault=fault, versions=versions)


def _shown(db: Session, prepared: Prepared, form: Form) -> previewing.Preview | None:
    """The preview, unless one only goes back to the form."""
    return None if form.raw("step") == "edit" else show(db, prepared)


def _form(
    db: Session,
    found: Found | None,
    filled: Mapping[str, str],
    *,
    fault: CalendarError | None = None,
    prepared: previewing.Preview | None = None,
    **more: Any,
) -> str:
    lang = asked.language()
    faults = fault.faults if isinstance(fault, Faults) else {}
    if isinstance(fault, Refused) and fault.field:
        faults = {fault.field: fault}
    return render_template(
        "desk/edit.html",
        look=asked.look_now(),
        found=found,
        event=found.event if found else None,
        filled=filled,
        fault=say(fault, lang) if fault else None,
        faults={name: say(one, lang) for name, one in faults.items()},
        preview=prepared,
        statuses=fields.STATUSES,
        series={one.slug: one for one in series_store.every(db)},
        sources=articles.latest(db, limit=SOURCES),
        **more,
    )
