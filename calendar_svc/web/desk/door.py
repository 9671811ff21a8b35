"""The door of the desk: who is signed in, who may go where, and what was refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, redirect, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import refusing, signing_in
from calendar_svc.clock import utc_now
from calendar_svc.domain.account import DeskSession, Editor
from calendar_svc.domain.errors import CalendarError, Forbidden
from calendar_svc.web import asked, errors

pages = Blueprint("desk", __name__, url_prefix="/desk")

TOKEN = "desk"  # noqa: S105 - under which the cookie keeps it
OUTSIDE = {
    *("desk.sign_in", "desk.signed_in"),
    *("desk.forgotten", "desk.forgot"),
    *("desk.choose_password", "desk.chosen_password"),
}
"""What is before the door."""
NAVIGATION = ("overview", "events", "articles", "series", "editors", "audit")

P = ParamSpec("P")
R = TypeVar("R")


def editor() -> Editor:
    """Who is signed in. Only behind the door."""
    found = _found()
    assert found is not None
    return found[1]


def this_session() -> DeskSession:
    """The session that this request belongs to. Only behind the door."""
    found = _found()
    assert found is not None
    return found[0]


def administrators_only(view: Callable[P, R]) -> Callable[P, R]:
    """A page for administrators; for others it raises Forbidden."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not editor().is_administrator:
            raise Forbidden("only an administrator may do that")
        return view(*args, **kwargs)

    return guarded


def enter(token: str) -> Redirection:
    """Take the token of a new session into the cookie, and go where one wanted to."""
    # nothing of the visit before goes along: neither its form tokens nor another's session
    session.clear()
    session[TOKEN] = token
    wanted = _next()
    return redirect(request.script_root + wanted if wanted else home(), 303)


def home() -> str:
    """Where the desk begins."""
    overview = "desk.overview" in current_app.view_functions
    return asked.here("desk.overview" if overview else "desk.account")


def is_signed_in() -> bool:
    """Whether somebody is, also before the door."""
    return _found() is not None


def key() -> str:
    """The secret key that hashes what is counted."""
    return asked.services().secret_keys[0]


def client() -> str:
    """The address that the request comes from."""
    return request.remote_addr or ""


def record(error: CalendarError) -> int:
    """Have a refusal in the audit log that a page answers with its form; its HTTP status."""
    _record(error.message)
    return errors.status_of(error)


@pages.before_request
def _guard() -> Redirection | None:
    if request.endpoint in OUTSIDE:
        return None
    found = _found()
    if found is None:
        if request.method not in ("GET", "HEAD"):
            raise Forbidden("this session has ended; sign in again")
        wanted = request.full_path.rstrip("?")
        return redirect(asked.here("desk.sign_in", next=wanted), 303)
    if not found[0].was_just_seen(utc_now()):
        with asked.services().database.transaction() as db:
            signing_in.stay(db, found[0], now=utc_now())
    return None


@pages.after_request
def _keep_to_yourself(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.errorhandler(CalendarError)
def _refused(error: CalendarError) -> errors.Answer:
    if request.method == "POST" or isinstance(error, Forbidden):
        _record(error.message)
    return errors.refused(error)


@pages.errorhandler(CSRFError)
def _stale(error: CSRFError) -> errors.Answer:
    _record(errors.STALE)
    return errors.stale(error)


@pages.context_processor
def _words() -> dict[str, Any]:
    found = _found()
    me = found[1] if found else None
    places = [
        place
        for place in NAVIGATION
        if f"desk.{place}" in current_app.view_functions
        and (place != "editors" or (me and me.is_administrator))
    ]
    return {"me": me, "places": places}


def _found() -> tuple[DeskSession, Editor] | None:
    """The session of this request and whose it is, looked up once."""
    if "desk_session" not in g:
        token = session.get(TOKEN)
        g.desk_session = None
        if isinstance(token, str):
            with asked.services().database.reading() as db:
                g.desk_session = signing_in.look(db, token, now=utc_now())
    found: tuple[DeskSession, Editor] | None = g.desk_session
    return found


def _record(message: str) -> None:
    found = _found()
    refusing.record(
        asked.services().database.transaction,
        request.endpoint or "",
        message,
        by=found[1] if found else None,
        address=client(),
        key=key(),
        now=utc_now(),
    )


def _next() -> str | None:
    """Where to go after signing in: a page of the desk, below our own root, or nowhere."""
    wanted = request.args.get("next", "")
    if any(letter <= " " or letter in "\\\x7f" for letter in wanted):
        return None
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    is_ours = parts.path == "/desk" or parts.path.startswith("/desk/")
    return wanted if is_ours and not parts.scheme and not parts.netloc else None
