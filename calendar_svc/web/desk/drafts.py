"""Drafts on the desk: each beside the text it came from; accept, change, reject, or several at
once."""

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import deciding, intake
from calendar_svc.actions.deciding import Weighed
from calendar_svc.domain.draft import Draft, DraftState
from calendar_svc.domain.errors import CalendarError, Conflict, Refused
from calendar_svc.domain.texts import plain
from calendar_svc.store import articles, drafts, events
from calendar_svc.web import asked
from calendar_svc.web.desk import door, fields
from calendar_svc.web.desk.articles import draft_choices, marked, proposal_fields, proposed, told
from calendar_svc.web.desk.door import pages
from calendar_svc.web.desk.events import Page, by_whom, show
from calendar_svc.web.desk.fields import Faults, Form
from calendar_svc.words import N_, say

MOST = 100
"""How many waiting drafts the list shows."""


@pages.get("/drafts", endpoint="drafts")
def drafts_() -> str:
    """All that wait, the oldest first."""
    with asked.services().database.reading() as db:
        waiting = drafts.waiting(db, limit=MOST)
        about = [one.proposal.event for one in waiting if one.proposal.event]
        return render_template(
            "desk/drafts.html",
            look=asked.look_now(),
            waiting=waiting,
            count=drafts.count_waiting(db),
            known=events.by_uid(db, about, asked.services().clock.now()),
        )


@pages.post("/drafts/accept")
def accept_drafts() -> Redirection:
    """Accept those that are ticked and contradict nothing; say why the others stay."""
    numbers = [int(text) for text in request.form.getlist("draft") if _is_number(text)][:MOST]
    with asked.services().database.transaction() as db:
        accepted, left = deciding.accept_all(db, numbers, **by_whom())
    if accepted:
        flash(N_("The drafts are accepted."))
    for _, fault in left:
        door.record(fault)
        flash(say(fault, asked.language()))
    return redirect(asked.here("desk.drafts"), 303)


@pages.get("/drafts/<int(max=2147483647):number>")
def draft(number: int) -> str:
    """One draft beside its text, with what accepting it would cause."""
    with asked.services().database.reading() as db:
        return _page(db, drafts.get(db, number))


@pages.post("/drafts/<int(max=2147483647):number>/accept")
def accept_draft(number: int) -> Page:
    """Accept it: a claim, and a revision if something follows from it."""
    believed = {"yes": True, "no": False}.get(request.form.get("believed", ""))
    slug = request.form.get("slug", "").strip()
    try:
        with asked.services().database.transaction() as db:
            place = deciding.accept(
                db,
                number,
                slug=fields.check_slug(slug) if slug else None,
                believed=believed,
                reason=plain(request.form.get("reason", ""), limit=1000),
                seen=_seen(),
                **by_whom(),
            )
    except (Refused, Conflict) as fault:
        status = door.record(fault)
        with asked.services().database.reading() as db:
            return _page(db, drafts.get(db, number), fault=fault), status
    flash(N_("The draft is accepted."))
    return redirect(asked.here("desk.event", slug=place.slug), 303)


@pages.post("/drafts/<int(max=2147483647):number>/change")
def change_draft(number: int) -> Page:
    """Say otherwise what the article says."""
    form = Form.of(request.form, asked.services().site, asked.language())
    try:
        with asked.services().database.transaction() as db:
            proposal = proposed(db, form, drafts.get(db, number).proposal)
            form.check()
            intake.change_draft(db, number, proposal, by=door.editor())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        with asked.services().database.reading() as db:
            return _page(db, drafts.get(db, number), fault=fault, form=form), status
    return redirect(asked.here("desk.draft", number=number), 303)


@pages.post("/drafts/<int(max=2147483647):number>/reject")
def reject_draft(number: int) -> Redirection:
    """Put it aside; nothing of it is claimed."""
    with asked.services().database.transaction() as db:
        deciding.reject(
            db,
            number,
            reason=plain(request.form.get("reason", ""), limit=1000),
            by=door.editor(),
            now=asked.services().clock.now(),
        )
    flash(N_("The draft is rejected."))
    return redirect(asked.here("desk.drafts"), 303)


def _page(
    db: Session, found: Draft, *, fault: CalendarError | None = None, form: Form | None = None
) -> str:
    said = found.proposal
    slug = events.slugs_of(db, [said.event]).get(said.event) if said.event else None
    weighed = _weighed(db, found) if found.state is DraftState.WAITING else None
    text = articles.text_of(db, found.article.key)
    return render_template(
        "desk/draft.html",
        look=asked.look_now(),
        draft=found,
        slug=slug,
        proposed_slug=request.form.get("slug") or deciding.proposed_slug(db, found),
        text=marked(text, [said.quote]) if text else None,
        weighed=weighed,
        preview=show(db, weighed.prepared) if weighed else None,
        filled=form.sent if form else proposal_fields(found, slug),
        is_changing=form is not None,
        reason=request.form.get("reason", ""),
        believed=request.form.get("believed"),
        **draft_choices(db),
        **told(fault),
    )


def _weighed(db: Session, found: Draft) -> Weighed | None:
    """The draft held against what is known; None if its meeting is not there any more."""
    try:
        # as if it were believed: what that would cause is what has to be seen
        return deciding.weigh(db, found, believed=True, **by_whom())
    except CalendarError:
        return None


def _seen() -> int | None:
    text = request.form.get("seen", "")
    return int(text) if _is_number(text) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
