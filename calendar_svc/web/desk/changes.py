"""What is done to a meeting beside amending it: undo, settle, withdraw, merge, redact.

Each has a page that shows what it would cause, with the button that does it.
"""

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import editing
from calendar_svc.domain.errors import CalendarError, NotFound, Refused
from calendar_svc.domain.revision import CLAIMED, FactName, undoing
from calendar_svc.domain.texts import plain
from calendar_svc.store import events, facts
from calendar_svc.web import asked
from calendar_svc.web.desk import door
from calendar_svc.web.desk.door import administrators_only, pages
from calendar_svc.web.desk.events import Found, Page, find, seen, sent, show
from calendar_svc.words import N_, say

CANDIDATES = 200
"""How many other meetings the page that merges offers."""


@pages.get("/events/<slug>/undo/<int(max=2147483647):number>")
def undo(slug: str, number: int) -> str:
    """What taking a revision back would cause."""
    now = asked.services().clock.now()
    with asked.services().database.reading() as db:
        found = find(db, slug)
        facts_back = undoing(facts.revisions_of(db, found.place.uid), number, now=now)
        prepared = editing.consider(db, found.place, facts_back, None, by=door.editor(), now=now)
        return _page("undo", found, number=number, preview=show(db, prepared))


@pages.post("/events/<slug>/undo/<int(max=2147483647):number>")
def undone(slug: str, number: int) -> Redirection:
    """Take it back, by a new revision."""
    with asked.services().database.transaction() as db:
        editing.undo(
            db,
            find(db, slug).place,
            number,
            by=door.editor(),
            now=asked.services().clock.now(),
            seen=seen(),
        )
    return _done(slug, N_("The revision is taken back."))


@pages.get("/events/<slug>/settle/<name>")
def settle(slug: str, name: str, fault: CalendarError | None = None) -> str:
    """The claims that disagree on a fact, to choose between."""
    with asked.services().database.reading() as db:
        found, fact = find(db, slug), _claimed(name)
        if fact not in found.evidence.against:
            raise NotFound("nothing disagrees on this any more")
        return _page("settle", found, name=fact, fault=fault)


@pages.post("/events/<slug>/settle/<name>")
def settled(slug: str, name: str) -> Page:
    """Decide, with the reason."""
    try:
        with asked.services().database.transaction() as db:
            if "holds" not in request.form:
                raise Refused("choose which of them holds", field="holds")
            editing.settle(
                db,
                find(db, slug).place,
                _claimed(name),
                request.form["holds"] or None,
                reason=plain(request.form.get("reason", ""), limit=1000),
                by=door.editor(),
                now=asked.services().clock.now(),
                seen=seen(),
                weighed=sent().number("weighed"),
            )
    except Refused as fault:
        status = door.record(fault)
        return settle(slug, name, fault), status
    return _done(slug, N_("It is settled."))


@pages.get("/events/<slug>/withdraw")
def withdraw(slug: str, fault: CalendarError | None = None) -> str:
    """What withdrawing means, and the button."""
    with asked.services().database.reading() as db:
        return _page("withdraw", find(db, slug), fault=fault)


@pages.post("/events/<slug>/withdraw")
def withdrew(slug: str) -> Page:
    """Take it back: gone everywhere."""
    try:
        with asked.services().database.transaction() as db:
            editing.withdraw(
                db,
                find(db, slug).place,
                reason=plain(request.form.get("reason", "")),
                by=door.editor(),
                now=asked.services().clock.now(),
            )
    except Refused as fault:
        status = door.record(fault)
        return withdraw(slug, fault), status
    return _done(slug, N_("The meeting is withdrawn."))


@pages.post("/events/<slug>/restore")
def restore(slug: str) -> Redirection:
    """Bring it back as it was."""
    with asked.services().database.transaction() as db:
        editing.restore(db, find(db, slug).place, by=door.editor())
    return _done(slug, N_("The meeting is back as it was."))


@pages.get("/events/<slug>/merge")
def merge(slug: str, fault: CalendarError | None = None) -> str:
    """Choose the other, then see which of the two survives."""
    look = asked.look_now()
    other = request.args.get("other", "").strip()
    with asked.services().database.reading() as db:
        found = find(db, slug)
        same = found.event.series if found.event else None
        sought = events.Sought(series=same)
        candidates = events.listed(db, look.at, sought, limit=CANDIDATES)
        chosen = _chosen(db, found, other) if other and fault is None else None
        if isinstance(chosen, CalendarError):
            fault, chosen = chosen, None
        return _page(
            "merge",
            found,
            other=other,
            chosen=chosen,
            kept=editing.survivor(db, found.place, chosen.place) if chosen else None,
            candidates=[one for one in candidates if one.slug != slug],
            fault=fault,
        )


@pages.post("/events/<slug>/merge")
def merged(slug: str) -> Page:
    """Make one of the two."""
    try:
        with asked.services().database.transaction() as db:
            one = find(db, slug).place
            other = find(db, request.form.get("other", "")).place
            kept = editing.merge(db, one, other, by=door.editor(), now=asked.services().clock.now())
    except Refused as fault:
        status = door.record(fault)
        return merge(slug, fault), status
    return _done(kept.slug, N_("The two meetings are one now."))


@pages.get("/events/<slug>/redact/<int(max=2147483647):number>/<name>")
@administrators_only
def redact(slug: str, number: int, name: str) -> str:
    """What redacting means, and the button."""
    with asked.services().database.reading() as db:
        found = find(db, slug)
        revisions = facts.revisions_of(db, found.place.uid)
        fact = next(
            (
                fact
                for one in revisions
                if one.number == number
                for fact in one.facts
                if fact.name == name
            ),
            None,
        )
        if fact is None:
            raise NotFound("there is no such fact in this meeting's history")
        return _page("redact", found, number=number, fact=fact)


@pages.post("/events/<slug>/redact/<int(max=2147483647):number>/<name>")
@administrators_only
def redacted(slug: str, number: int, name: str) -> Redirection:
    """Take a fact out for good."""
    with asked.services().database.transaction() as db:
        editing.redact(db, find(db, slug).place, number, _fact_name(name), by=door.editor())
    return _done(slug, N_("It is taken out."))


@pages.post("/events/<slug>/redact-claim")
@administrators_only
def redacted_claim(slug: str) -> Redirection:
    """Take the words of a claim out for good."""
    with asked.services().database.transaction() as db:
        key = request.form.get("claim", "")
        editing.redact_claim(db, find(db, slug).place, key, by=door.editor())
    return _done(slug, N_("Its words are taken out."))


def _page(
    template: str, found: Found, *, fault: CalendarError | None = None, **more: object
) -> str:
    return render_template(
        f"desk/{template}.html",
        look=asked.look_now(),
        found=found,
        event=found.event,
        evidence=found.evidence,
        fault=say(fault, asked.language()) if fault else None,
        reason=request.form.get("reason", ""),
        **more,
    )


def _chosen(db: Session, found: Found, other: str) -> Found | CalendarError:
    try:
        chosen = find(db, other)
    except CalendarError as fault:
        return fault
    if chosen.place.uid == found.place.uid or chosen.event is None or found.event is None:
        return Refused("choose another meeting than this one", field="other")
    return chosen


def _claimed(name: str) -> FactName:
    fact = _fact_name(name)
    if fact not in CLAIMED:
        raise NotFound("nothing disagrees on this any more")
    return fact


def _fact_name(name: str) -> FactName:
    try:
        return FactName(name)
    except ValueError:
        raise NotFound("there is no such fact in this meeting's history") from None


def _done(slug: str, sentence: str) -> Redirection:
    flash(sentence)
    return redirect(asked.here("desk.event", slug=slug), 303)
