"""Who may come in: for administrators."""

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import accounts
from calendar_svc.actions.subscribing import check_email
from calendar_svc.clock import utc_now
from calendar_svc.domain.account import Editor, Role, check_name
from calendar_svc.domain.errors import CalendarError, Conflict, Refused
from calendar_svc.store import accounts as account_store
from calendar_svc.web import asked
from calendar_svc.web.desk import door
from calendar_svc.web.desk.door import administrators_only, pages
from calendar_svc.words import N_, say

Page = str | Redirection | tuple[str, int]


@pages.get("/editors")
@administrators_only
def editors() -> str:
    """All editors, and the form that invites one."""
    return _editors()


@pages.post("/editors")
@administrators_only
def invite_editor() -> Page:
    """Add one and queue the invitation; a mistake gives the form back as it was filled."""
    services = asked.services()
    try:
        email, name, role = check_email(request.form.get("email", "")), _name(), _role()
        with services.database.transaction() as db:
            accounts.invite(
                db,
                email,
                name,
                role,
                by=door.editor(),
                now=utc_now(),
                due_at=services.clock.now(),
            )
    except (Refused, Conflict) as fault:
        return _editors(fault), door.record(fault)
    flash(N_("The invitation is on its way."))
    return redirect(asked.here("desk.editors"), 303)


@pages.get("/editors/<int(max=2147483647):number>")
@administrators_only
def editor(number: int) -> str:
    """One editor, and what can be done about them."""
    return _editor(number)


@pages.post("/editors/<int(max=2147483647):number>")
@administrators_only
def change_editor(number: int) -> Page:
    """Give them another name or role."""
    try:
        name, role = _name(), _role()
        with asked.services().database.transaction() as db:
            accounts.change(db, number, name, role, by=door.editor())
    except Refused as fault:
        return _editor(number, fault), door.record(fault)
    return _done(number, N_("It is kept."))


@pages.post("/editors/<int(max=2147483647):number>/link")
@administrators_only
def send_editor_link(number: int) -> Page:
    """Queue another mail with a link that sets a password."""
    services = asked.services()
    with services.database.transaction() as db:
        accounts.send_again(db, number, by=door.editor(), due_at=services.clock.now())
    return _done(number, N_("The link is on its way."))


@pages.post("/editors/<int(max=2147483647):number>/disable")
@administrators_only
def disable_editor(number: int) -> Page:
    """Let them in no more."""
    with asked.services().database.transaction() as db:
        accounts.disable(db, number, by=door.editor(), now=utc_now())
    return _done(number, N_("This editor can’t come in any more, and all their sessions ended."))


@pages.post("/editors/<int(max=2147483647):number>/enable")
@administrators_only
def enable_editor(number: int) -> Page:
    """Let them in again."""
    with asked.services().database.transaction() as db:
        accounts.enable(db, number, by=door.editor())
    return _done(number, N_("This editor can come in again."))


@pages.post("/editors/<int(max=2147483647):number>/second-factor/remove")
@administrators_only
def remove_editor_second_factor(number: int) -> Page:
    """Ask them for no code any more."""
    with asked.services().database.transaction() as db:
        accounts.remove_second_factor(db, number, by=door.editor())
    return _done(number, N_("Their second factor is removed."))


def _name() -> str:
    return check_name(request.form.get("name", ""))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise Refused("choose a role from the list", field="role") from None


def _editors(fault: CalendarError | None = None) -> str:
    with asked.services().database.reading() as db:
        found = account_store.every(db)
    return render_template("desk/editors.html", editors=found, **_filled(fault))


def _editor(number: int, fault: CalendarError | None = None) -> str:
    with asked.services().database.reading() as db:
        found = accounts.get(db, number)
    return render_template("desk/editor.html", whose=found, **_filled(fault, found))


def _filled(fault: CalendarError | None, whose: Editor | None = None) -> dict[str, object]:
    return {
        "email": request.form.get("email", ""),
        "name": request.form.get("name", whose.name if whose else ""),
        "role": request.form.get("role", whose.role if whose else Role.EDITOR),
        "roles": list(Role),
        "fault": say(fault, asked.language()) if fault else None,
        "faulty": "email" if isinstance(fault, Conflict) else getattr(fault, "field", None),
    }


def _done(number: int, sentence: str) -> Redirection:
    flash(sentence)
    return redirect(asked.here("desk.editor", number=number), 303)
