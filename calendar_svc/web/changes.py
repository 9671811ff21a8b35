"""What changed and why, for feed readers: Atom (RFC 4287)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from flask import Blueprint, Response, make_response, request
from sqlalchemy.orm import Session

from calendar_svc.domain.claim import Claim
from calendar_svc.domain.event import Event
from calendar_svc.domain.news import Told, told
from calendar_svc.store import events, facts
from calendar_svc.web import asked
from calendar_svc.words import labels, tr

pages = Blueprint("changes", __name__)

LATEST = 50
"""How many changes the feed tells."""
ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Letters that no XML can hold (1.0, section 2.2); one of them would break the whole feed."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """A change of an event, and when it was published."""

    event: Event
    told: Told
    updated: datetime
    claims: Mapping[str, Claim]


@pages.get("/changes.atom")
def feed() -> Response:
    """The latest changes, the last published first."""
    look = asked.look()
    with asked.services().database.reading() as db:
        entries = _entries(db, look.at)
    response = make_response(_feed(entries, look))
    response.content_type = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response


def _entries(db: Session, at: datetime) -> list[Entry]:
    latest = facts.latest_news(db, at, limit=LATEST)
    uids = {uid for uid, _, _ in latest}
    known = events.by_uid(db, uids, at)
    histories = {
        uid: {one.revision.number: one for one in told(facts.revisions_of(db, uid), at)}
        for uid in uids
    }
    claims = {uid: {one.key: one for one in facts.claims_of(db, uid, at)} for uid in uids}
    return [
        Entry(known[uid], histories[uid][number], updated, claims[uid])
        for uid, number, updated in latest
        if uid in known and number in histories[uid]
    ]


def _feed(entries: Sequence[Entry], look: asked.Asked) -> bytes:
    links, lang = asked.services().site.links, look.lang
    root = ElementTree.Element(f"{{{ATOM}}}feed", {_LANG: lang})
    _add(root, "title", tr(lang, "Official meetings: what changed"))
    _add(root, "id", links.changes(lang))
    _add(root, "updated", _moment(max((one.updated for one in entries), default=_NEVER)))
    _add(_add(root, "author"), "name", tr(lang, "Official meetings"))
    _add(root, "link", rel="self", type="application/atom+xml", href=links.changes(lang))
    _add(root, "link", rel="alternate", type="text/html", hreflang=lang, href=links.home(lang))
    for entry in entries:
        _add_entry(root, entry, lang)
    ElementTree.indent(root)
    octets: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return octets


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _add_entry(root: ElementTree.Element, entry: Entry, lang: str) -> None:
    site, event, revision = asked.services().site, entry.event, entry.told.revision
    title = event.title.pick(lang, site.languages)
    news = labels.news_label(entry.told.news, lang)
    element = _add(root, "entry")
    # for life: neither a new base address nor a new slug makes an old change new
    _add(element, "id", f"urn:calendar-svc:{event.uid}:{revision.number}")
    _add(element, "title", f"{_one_line(title.value)}: {news}")
    _add(element, "updated", _moment(entry.updated))
    _add(element, "published", _moment(entry.updated))
    if revision.recorded_by is not None:
        by = revision.recorded_by or tr(lang, "an editor")
        _add(_add(element, "author"), "name", by)
    page = site.links.event(event.slug, lang)
    _add(element, "link", rel="alternate", type="text/html", href=page)
    if event.series:
        _add(element, "category", term=event.series)
    _add(element, "summary", "\n".join(_lines(entry, lang)))


def _lines(entry: Entry, lang: str) -> Sequence[str]:
    """What changed, a line each: old → new (source)."""
    order = asked.services().site.languages
    lines = []
    for change in entry.told.changes:
        new = labels.fact_value(change.fact.value, lang, order)
        old = labels.fact_value(change.old, lang, order)
        told_by = _source(entry.claims.get(change.fact.claim or ""), lang)
        label = labels.fact_label(change.fact.name, lang)
        lines.append(
            f"{label}: {new if change.old is None else f'{old} → {new}'}"
            + (f" ({told_by})" if told_by else "")
        )
    if entry.told.revision.reason:
        lines.append(f"{tr(lang, 'Reason:')} {entry.told.revision.reason}")
    return lines


def _source(claim: Claim | None, lang: str) -> str:
    if claim is None:
        return ""
    if claim.article is None:
        return claim.said_by or tr(lang, "an editor")
    return f"{claim.article.publisher}, {labels.day_label(claim.article.published_on, lang)}"


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text and _NOT_IN_XML.sub("", text)
    return element


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _one_line(text: str) -> str:
    return " ".join(text.split())
