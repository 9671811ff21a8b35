"""The overview: what waits for an editor, and whether feeds and mail are well."""

from flask import render_template

from calendar_svc.clock import utc_now
from calendar_svc.store import deliveries, drafts, events, notes, publications
from calendar_svc.web import asked
from calendar_svc.web.desk.door import pages

MOST = 20
"""How many of each are named."""


@pages.get("/")
def overview() -> str:
    """Drafts, contradictions, meetings without word, feeds and mail."""
    look = asked.look()
    with asked.services().database.reading() as db:
        waiting = drafts.waiting(db, limit=MOST)
        about = [one.proposal.event for one in waiting if one.proposal.event]
        return render_template(
            "desk/overview.html",
            look=look,
            waiting=waiting,
            known=events.by_uid(db, about, look.at),
            most=MOST,
            waiting_count=drafts.count_waiting(db),
            contested=events.contested(db, look.at, limit=MOST + 1),
            overdue=events.overdue(db, look.at, look.today, limit=MOST + 1),
            undated=events.undated(db, look.at, limit=MOST + 1),
            feeds=publications.health(db),
            heard=notes.last_heard(db),
            now=utc_now(),
            mail=deliveries.count_by_state(db),
            failures=deliveries.undeliverable(db, limit=5),
            mail_leaves=asked.services().mail_leaves,
        )
