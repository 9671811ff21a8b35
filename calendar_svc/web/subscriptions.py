"""Ask for reminders, confirm, leave. GET looks, POST does."""

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from calendar_svc.actions import reminding, subscribing
from calendar_svc.actions.subscribing import Wish
from calendar_svc.domain.errors import CalendarError, NotFound, Refused
from calendar_svc.domain.feed import ALL
from calendar_svc.domain.subscriber import DEFAULT_LEADS, OFFERED_LEADS, Subscription
from calendar_svc.links import Purpose
from calendar_svc.web import asked, feeds
from calendar_svc.words import say

pages = Blueprint("subscriptions", __name__)
signed = Blueprint("signed", __name__, url_prefix="/subscriptions/<token>")

COMING = 5
"""How many of the next reminders the confirmation page names."""


@signed.after_request
def _keep_to_yourself(response: Response) -> Response:
    """The address is the key: it goes into no cache, no index and no Referer."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.get("/subscribe")
def form() -> str:
    """The form."""
    leads = [str(int(lead.total_seconds()) // 60) for lead in DEFAULT_LEADS]
    return _form(email="", feed=request.args.get("feed", ALL), leads=leads)


@pages.post("/subscribe")
def ask() -> str | Redirection | tuple[str, int]:
    """Keep the wish and have the address asked; a mistake gives the form back as it was filled."""
    site = asked.services().site
    email, feed = request.form.get("email", ""), request.form.get("feed", "")
    leads = request.form.getlist("lead")
    try:
        wish = Wish(
            email=subscribing.check_email(email),
            feed=feed,
            leads=subscribing.check_leads(leads),
            lang=asked.look().lang,
            zone=site.timezone,
        )
        with asked.services().database.transaction() as db:
            subscribing.ask(db, wish, now=asked.services().clock.now())
    except (Refused, NotFound) as fault:
        return _form(email=email, feed=feed, leads=leads, fault=fault), 422
    return redirect(asked.here("subscriptions.waiting"), 303)


@pages.get("/subscribe/sent")
def waiting() -> str:
    """What to do now; the same page whoever asked."""
    return render_template("asked.html", look=asked.look())


@signed.get("/confirm")
def confirm(token: str) -> str:
    """Show what was asked for, with the button that confirms."""
    ticket = asked.services().site.links.open(token, Purpose.CONFIRM)
    with asked.services().database.reading() as db:
        subscriber, wishes = subscribing.look(db, ticket)
    return render_template(
        "confirm.html",
        look=asked.look(),
        subscriber=subscriber,
        names=feeds.names(),
        wishes=[wish for wish in wishes if wish.confirmed_at is None],
    )


@signed.post("/confirm")
def confirmed(token: str) -> str:
    """Confirm, and say what will come and when."""
    ticket = asked.services().site.links.open(token, Purpose.CONFIRM)
    now = asked.services().clock.now()
    with asked.services().database.transaction() as db:
        subscriber = subscribing.confirm(db, ticket, now=now)
        _, wishes = subscribing.look(db, ticket)
        coming = reminding.coming(db, _confirmed(wishes), now=now)
    return render_template(
        "confirmed.html", look=asked.look(), subscriber=subscriber, coming=coming[:COMING]
    )


@signed.get("/leave")
def leave(token: str) -> str:
    """The button that ends everything."""
    ticket = asked.services().site.links.open(token, Purpose.LEAVE)
    with asked.services().database.reading() as db:
        subscriber, wishes = subscribing.look(db, ticket)
    return render_template(
        "leave.html",
        look=asked.look(),
        subscriber=subscriber,
        names=feeds.names(),
        wishes=_confirmed(wishes),
    )


@signed.post("/leave")
def left(token: str) -> str:
    """End everything: from the button, or in one click from the mail program (RFC 8058)."""
    ticket = asked.services().site.links.open(token, Purpose.LEAVE)
    with asked.services().database.transaction() as db:
        subscribing.leave(db, ticket, now=asked.services().clock.now())
    return render_template("left.html", look=asked.look())


def _form(*, email: str, feed: str, leads: list[str], fault: CalendarError | None = None) -> str:
    look = asked.look()
    return render_template(
        "subscribe.html",
        look=look,
        names=feeds.names(),
        offered=[(str(int(lead.total_seconds()) // 60), lead) for lead in OFFERED_LEADS],
        email=email,
        feed=feed,
        leads=leads,
        fault=say(fault, look.lang) if fault else None,
        faulty=getattr(fault, "field", None) or ("feed" if fault else None),
    )


def _confirmed(wishes: list[Subscription]) -> list[Subscription]:
    return [wish for wish in wishes if wish.confirmed_at is not None]
