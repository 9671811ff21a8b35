"""The audit log, the newest first."""

import re

from flask import render_template, request

from calendar_svc.actions.accounts import OPERATOR
from calendar_svc.domain.account import Act
from calendar_svc.store import audit as audit_store
from calendar_svc.web import asked
from calendar_svc.web.asked import BadQuery
from calendar_svc.web.desk.door import pages
from calendar_svc.words import tr

LINES = 50
"""On one page."""
LARGEST = 2**31 - 1


@pages.get("/audit")
def audit() -> str:
    """A page of it: of every kind or one, older than a line."""
    what, before = _what(), _before()
    with asked.services().database.reading() as db:
        found = audit_store.latest(db, limit=LINES + 1, before_id=before, what=what)
    shown = found[:LINES]
    return render_template(
        "desk/audit.html",
        entries=shown,
        older=shown[-1].id if len(found) > LINES else None,
        before=before,
        what=what,
        acts=list(Act),
        who_label=_who,
        detail_label=_detail,
    )


def _what() -> Act | None:
    text = request.args.get("what")
    if not text:
        return None
    try:
        return Act(text)
    except ValueError:
        raise BadQuery("what: choose one of the list") from None


def _before() -> int | None:
    text = request.args.get("before")
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > LARGEST:
        raise BadQuery("before: must be the number of a line")
    return int(text)


def _who(who: str) -> str:
    lang = asked.language()
    if who == OPERATOR:
        return tr(lang, who)
    return who or tr(lang, "somebody")


def _detail(detail: str) -> str:
    """In the language of the page, if it is a sentence of ours; the values were not kept."""
    said = tr(asked.language(), detail) if detail else ""
    return re.sub(r"%\(\w+\)[sd]", "…", said)
