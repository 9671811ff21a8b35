"""Refusals as pages: one clear sentence, in the reader's language, with the right status."""

from flask import Flask, redirect, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as Redirection

from calendar_svc.domain.errors import (
    CalendarError,
    Conflict,
    Forbidden,
    Gone,
    Moved,
    NotFound,
    Refused,
    Slowed,
)
from calendar_svc.web.asked import BadQuery, language, this_page
from calendar_svc.words import N_, say, tr

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]

_STATUS: dict[type[CalendarError], int] = {
    BadQuery: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    Refused: 422,
    Slowed: 429,
}
_SENTENCES = {
    400: N_("this request can't be read"),
    404: N_("there is no such page"),
    405: N_("this page does not take that kind of request"),
    413: N_("that is too much at once; shorten it"),
    503: N_("this is not ready yet; try again in a few seconds"),
}
_BROKEN = N_("something went wrong here; try again later")
STALE = N_("this form was open for too long, or came from elsewhere; load the page again")


def register(app: Flask) -> None:
    """Have every refusal answered by a page."""
    app.register_error_handler(CalendarError, refused)
    app.register_error_handler(Moved, _moved)
    app.register_error_handler(CSRFError, stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _strange_host)


def refused(error: CalendarError) -> Answer:
    """A refusal's page."""
    return _page(say(error, language()), status_of(error))


def _moved(error: Moved) -> Redirection:
    # every page of an event has its slug in the address
    return redirect(this_page(slug=error.slug), 301)


def status_of(error: CalendarError) -> int:
    """The HTTP status of a refusal."""
    return _STATUS.get(type(error), 422)


def stale(error: CSRFError) -> Answer:
    """The page for a form that can't be known to be ours."""
    return _page(tr(language(), STALE), 400)


def _strange_host(error: SecurityError) -> Answer:
    # no page: its links would need the host that was refused
    return "this host is not served here\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _http(error: HTTPException) -> Answer:
    code = error.code or 500
    text, status = _page(tr(language(), _SENTENCES.get(code, _BROKEN)), code)
    headers = dict(error.get_headers())
    # what belongs to the status stays: Allow of a 405, Retry-After of a 503
    kept = [name for name in ("Allow", "Retry-After") if name in headers]
    return text, status, {name: headers[name] for name in kept}


def _page(sentence: str, status: int) -> tuple[str, int]:
    return render_template("error.html", sentence=sentence, status=status), status
