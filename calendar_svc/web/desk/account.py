"""One's own account: name, password, second factor, sessions."""

import segno
from flask import flash, redirect, render_template, request, session
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import accounts, passwords, second_factor, signing_in
from calendar_svc.clock import utc_now
from calendar_svc.domain.account import check_name
from calendar_svc.domain.errors import CalendarError, Refused, Slowed
from calendar_svc.store import sessions
from calendar_svc.web import asked
from calendar_svc.web.desk import door
from calendar_svc.web.desk.door import pages
from calendar_svc.words import N_, say, tr

PENDING = "second_factor"
"""Under which the cookie keeps a secret until a first code confirms it."""

Page = str | Redirection | tuple[str, int]


@pages.get("/account")
def account() -> str:
    """All of it, with the forms that change it."""
    return _account()


@pages.post("/account/name")
def rename() -> Page:
    """Take another display name."""
    try:
        name = check_name(request.form.get("name", ""))
    except Refused as fault:
        return _account(fault), door.record(fault)
    with asked.services().database.transaction() as db:
        accounts.rename(db, door.editor(), name)
    return _done(N_("Your name is kept."))


@pages.post("/account/password")
def change_password() -> Page:
    """Take another password; the old one is asked for."""
    services = asked.services()
    try:
        passwords.change(
            services.database.transaction,
            door.editor(),
            request.form.get("old", ""),
            request.form.get("new", ""),
            session=door.this_session().id,
            hasher=services.hasher,
            key=door.key(),
            now=utc_now(),
        )
    except (Refused, Slowed) as fault:
        return _account(fault), door.record(fault)
    return _done(N_("Your password is set, and all your other sessions have ended."))


@pages.get("/account/second-factor")
def second_factor_form() -> Page:
    """The secret as a QR code and in letters; it counts once a code confirms it."""
    if door.editor().has_second_factor:
        return redirect(asked.here("desk.account"), 303)
    return _second_factor()


@pages.post("/account/second-factor")
def set_second_factor() -> Page:
    """Confirm it by a first code, and show the recovery codes, this once."""
    secret = session.get(PENDING)
    if not isinstance(secret, str):
        # set up in another tab, or the session began anew: there is a new secret to scan
        return redirect(asked.here("desk.second_factor_form"), 303)
    code = request.form.get("code", "")
    try:
        with asked.services().database.transaction() as db:
            codes = second_factor.set_up(db, door.editor(), secret, code, now=utc_now())
    except Refused as fault:
        return _second_factor(fault), door.record(fault)
    session.pop(PENDING)
    return render_template("desk/recovery_codes.html", codes=codes)


@pages.post("/account/second-factor/remove")
def remove_second_factor() -> Page:
    """Do without it again; the password is asked for."""
    services, me = asked.services(), door.editor()
    transaction, password = services.database.transaction, request.form.get("password", "")
    try:
        passwords.prove(
            transaction,
            me,
            password,
            field="password",
            hasher=services.hasher,
            key=door.key(),
            now=utc_now(),
        )
    except (Refused, Slowed) as fault:
        return _account(fault), door.record(fault)
    with transaction() as db:
        second_factor.remove(db, me, by=me)
    return _done(N_("Signing in asks for no code any more."))


@pages.post("/account/sessions/<int(max=2147483647):number>/end")
def end_session(number: int) -> Page:
    """End another of one's sessions."""
    with asked.services().database.transaction() as db:
        signing_in.end_session(db, door.editor(), number)
    return _done(N_("The session has ended."))


@pages.post("/account/sessions/end-others")
def end_other_sessions() -> Page:
    """End all of them but this one."""
    with asked.services().database.transaction() as db:
        signing_in.end_other_sessions(db, door.editor(), door.this_session().id)
    return _done(N_("All your other sessions have ended."))


def _account(fault: CalendarError | None = None) -> str:
    with asked.services().database.reading() as db:
        mine = sessions.of_editor(db, door.editor().id, now=utc_now())
    return render_template(
        "desk/account.html",
        name=request.form.get("name", door.editor().name),
        sessions=mine,
        this=door.this_session(),
        shortest=passwords.SHORTEST,
        fault=say(fault, asked.language()) if fault else None,
        faulty=getattr(fault, "field", None),
    )


def _second_factor(fault: CalendarError | None = None) -> str:
    lang = asked.language()
    # the same again when the page is loaded again: it may have been scanned already
    secret: str = session.setdefault(PENDING, second_factor.new_secret())
    address = second_factor.address(secret, door.editor(), tr(lang, "Official meetings"))
    drawn = segno.make(address, error="m").svg_inline(
        dark="#000", light="#fff", border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return render_template(
        "desk/second_factor.html",
        # segno draws squares: nothing of the address is text in it
        code=Markup(drawn),  # noqa: S704
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        fault=say(fault, lang) if fault else None,
    )


def _done(sentence: str) -> Redirection:
    flash(sentence)
    return redirect(asked.here("desk.account"), 303)
