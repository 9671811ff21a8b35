"""Before the door: sign in, choose a password behind a link, ask for one; and sign out."""

from flask import flash, redirect, render_template, request, session
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import passwords, signing_in
from calendar_svc.actions.signing_in import Typed
from calendar_svc.actions.subscribing import check_email
from calendar_svc.clock import utc_now
from calendar_svc.domain.account import Editor
from calendar_svc.domain.errors import CalendarError, Refused, Slowed
from calendar_svc.links import PasswordTicket
from calendar_svc.web import asked
from calendar_svc.web.desk import door
from calendar_svc.web.desk.door import pages
from calendar_svc.words import N_, say

_BROWSERS = {"Firefox/": "Firefox", "Edg/": "Edge", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "Linux": "Linux",
}

Page = str | Redirection | tuple[str, int]


@pages.get("/sign-in")
def sign_in() -> Page:
    """The form; whoever is signed in already goes on."""
    if door.is_signed_in():
        return redirect(door.home(), 303)
    return _sign_in_form()


@pages.post("/sign-in")
def signed_in() -> Page:
    """Begin a session, or say the same sentence whatever was wrong."""
    services = asked.services()
    typed = Typed(
        email=request.form.get("email", ""),
        password=request.form.get("password", ""),
        code=request.form.get("code", ""),
        address=door.client(),
        browser=_browser(),
    )
    try:
        token = signing_in.sign_in(
            services.database.transaction,
            typed,
            hasher=services.hasher,
            key=door.key(),
            now=utc_now(),
        )
    except Slowed as fault:
        return _sign_in_form(email=typed.email, fault=fault), 429
    except Refused as fault:
        return _sign_in_form(email=typed.email, fault=fault), 422
    return door.enter(token)


@pages.post("/sign-out")
def sign_out() -> Redirection:
    """End this session."""
    with asked.services().database.transaction() as db:
        signing_in.sign_out(db, door.editor(), door.this_session().id)
    session.clear()
    flash(N_("You are signed out."))
    return redirect(asked.here("desk.sign_in"), 303)


@pages.get("/forgotten")
def forgotten() -> str:
    """Ask for a link that sets a new password."""
    return _forgotten_form()


@pages.post("/forgotten")
def forgot() -> Page:
    """Queue it; the answer is the same for every address."""
    services = asked.services()
    email = request.form.get("email", "")
    try:
        passwords.forgotten(
            services.database.transaction,
            check_email(email),
            door.client(),
            key=door.key(),
            now=utc_now(),
            due_at=services.clock.now(),
        )
    except (Refused, Slowed) as fault:
        return _forgotten_form(email=email, fault=fault), door.record(fault)
    return render_template("desk/forgotten_sent.html")


@pages.get("/password/<token>")
def choose_password(token: str) -> str:
    """The form behind a link."""
    _, editor = _opened(token)
    return _password_form(editor)


@pages.post("/password/<token>")
def chosen_password(token: str) -> Page:
    """Set the password and begin a session; where a code is asked for, sign in with it first."""
    services = asked.services()
    ticket, editor = _opened(token)
    try:
        passwords.set_by_link(
            services.database.transaction,
            ticket,
            request.form.get("password", ""),
            hasher=services.hasher,
        )
    except Refused as fault:
        return _password_form(editor, fault), door.record(fault)
    if editor.has_second_factor:
        session.clear()
        flash(N_("Your password is set. Sign in with it and a code."))
        return redirect(asked.here("desk.sign_in"), 303)
    with services.database.transaction() as db:
        began = signing_in.begin(
            db, editor, browser=_browser(), address=door.client(), now=utc_now()
        )
    answer = door.enter(began)
    flash(N_("Your password is set."))
    return answer


def _opened(token: str) -> tuple[PasswordTicket, Editor]:
    """What the link says and whose it is. Raises NotFound when it serves no more."""
    ticket = asked.services().site.links.open_password(token)
    with asked.services().database.reading() as db:
        return ticket, passwords.look(db, ticket)


def _sign_in_form(email: str = "", fault: CalendarError | None = None) -> str:
    return render_template("desk/sign_in.html", email=email, fault=_said(fault))


def _forgotten_form(email: str = "", fault: CalendarError | None = None) -> str:
    return render_template("desk/forgotten.html", email=email, fault=_said(fault))


def _password_form(editor: Editor, fault: CalendarError | None = None) -> str:
    return render_template(
        "desk/password.html", whose=editor, shortest=passwords.SHORTEST, fault=_said(fault)
    )


def _said(fault: CalendarError | None) -> str | None:
    return say(fault, asked.language()) if fault else None


def _browser() -> str:
    """The browser in a word or two, by which its owner knows it again."""
    agent = request.headers.get("User-Agent", "")
    named = [
        next((name for mark, name in marks.items() if mark in agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, named))
