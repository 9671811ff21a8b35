"""Event → ics.Event → component tree → VEVENT; and the calendar around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import ics
from ics.component import Component
from ics.grammar.parse import Container, ContentLine
from ics.utils import escape_string

from calendar_svc.clock import zone_rules
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.series import Series
from calendar_svc.ical.dates import date_lines, utc
from calendar_svc.ical.timezone import vtimezone
from calendar_svc.ical.write import closing, opening, write
from calendar_svc.words import edition, has, tr
from calendar_svc.words.labels import status_label, when_words

PRODID = "-//calendar_svc//Official meetings//EN"
REFRESH = "PT1H"
FORM = "1"
"""Raised when the same event is to be written differently, so that what is kept is made anew."""


def made_with() -> str:
    """What a kept VEVENT was made with: our form, the zones' rules and our words."""
    return f"{FORM}/{zone_rules()}/{edition()}"


@dataclass(frozen=True)
class Voice:
    """How a calendar speaks: `lang` first, then the `others` where a text doesn't exist."""

    lang: str
    others: Sequence[str] = ()


def vevent(
    event: Event,
    voice: Voice,
    *,
    url: str,
    series: Series | None = None,
    organizer: str | None = None,
    stamp: datetime | None = None,
) -> bytes:
    """One VEVENT, finished. `url` is the event's page; `organizer` a mail address, where a METHOD
    wants one; `stamp` the DTSTAMP, by default the last revision. The event must have a date."""
    component, languages = _component(event, voice, url=url, series=series)
    component.extra.append(ContentLine("DTSTAMP", {}, utc(stamp or event.modified_at)))
    if organizer:
        component.extra.append(ContentLine("ORGANIZER", {}, f"mailto:{organizer}"))
    tree = _tree(component)
    for line in tree:
        if line.name in languages:
            line.params = {"LANGUAGE": [languages[line.name]]}
    return write(tree)


def vcalendar(
    vevents: Iterable[bytes],
    *,
    name: str,
    description: str,
    voice: Voice,
    timezone: str,
    url: str,
    source: str | None = None,
    modified_at: datetime | None = None,
    method: str | None = None,
) -> bytes:
    """A whole calendar around finished VEVENTs (RFC 5545, section 3.6; RFC 7986)."""
    calendar = ics.Calendar(creator=PRODID)
    calendar.method = method
    language = {"LANGUAGE": [voice.lang]}
    add = calendar.extra.append
    add(ContentLine("NAME", dict(language), escape_string(name)))
    add(ContentLine("X-WR-CALNAME", {}, escape_string(name)))
    add(ContentLine("DESCRIPTION", dict(language), escape_string(description)))
    add(ContentLine("X-WR-CALDESC", {}, escape_string(description)))
    add(ContentLine("X-WR-TIMEZONE", {}, timezone))
    add(ContentLine("URL", {}, url))
    if source:
        # one calendar for life, whatever is asked of it in the query
        identity = uuid5(NAMESPACE_URL, source.partition("?")[0])
        add(ContentLine("UID", {}, str(identity)))
        add(ContentLine("SOURCE", {"VALUE": ["URI"]}, source))
        add(ContentLine("REFRESH-INTERVAL", {"VALUE": ["DURATION"]}, REFRESH))
        add(ContentLine("X-PUBLISHED-TTL", {}, REFRESH))
    if modified_at:
        add(ContentLine("LAST-MODIFIED", {}, utc(modified_at)))
    tree = _tree(calendar)
    return b"".join([opening(tree), vtimezone(timezone), *vevents, closing(tree)])


def _component(
    event: Event, voice: Voice, *, url: str, series: Series | None
) -> tuple[ics.Event, dict[str, str]]:
    """The event as `ics` has it, and the language of each text in it."""
    assert event.when is not None
    title = event.title.pick(voice.lang, voice.others)
    # the words beside a title are in its language, if we have it
    spoken = title.lang if has(title.lang) else voice.lang
    description, description_lang = _description(event, voice, spoken, url)
    component = ics.Event(
        # the one text that ics doesn't escape
        uid=escape_string(event.uid),
        name=_summary(event, title.value, spoken),
        description=description,
        last_modified=event.modified_at,
        status=event.published_status,
        transparent=event.when.is_vague or event.published_status == "CANCELLED",
        categories=[series.short] if series else None,
    )
    languages = {"SUMMARY": title.lang}
    if description_lang:
        languages["DESCRIPTION"] = description_lang
    if event.place:
        place = event.place.pick(voice.lang, voice.others)
        component.location = place.value
        languages["LOCATION"] = place.lang
    component.extra.extend(date_lines(event.when))
    component.extra.append(ContentLine("CREATED", {}, utc(event.created_at)))
    component.extra.append(ContentLine("SEQUENCE", {}, str(event.sequence)))
    component.extra.append(ContentLine("URL", {}, url))
    if event.when.is_vague:
        component.extra.append(ContentLine("X-EDTF", {}, str(event.when)))
    return component, languages


def _summary(event: Event, title: str, lang: str) -> str:
    assert event.when is not None
    if event.status is Status.POSTPONED:
        return tr(lang, "Postponed: %(title)s (new date to be announced)", title=title)
    if event.status is Status.CANCELLED:
        return tr(lang, "Cancelled: %(title)s", title=title)
    return f"{title}: {when_words(event, lang)}" if event.when.is_vague else title


def _description(event: Event, voice: Voice, spoken: str, url: str) -> tuple[str, str | None]:
    """What is known in words, and where the evidence is; with the language it is in, None where
    it is in two."""
    told = event.description.pick(voice.lang, voice.others) if event.description else None
    lang = told.lang if told and has(told.lang) else spoken
    facts = f"{status_label(event.status, lang)}. {when_words(event, lang)}."
    evidence = tr(lang, "Evidence and changes: %(url)s", url=url)
    text = "\n".join([*([told.value] if told else []), facts, evidence])
    return text, lang if told is None or told.lang == lang else None


def _tree(component: Component) -> Container:
    """What `Component.serialize` prints, before it is printed."""
    tree = component.extra.clone()
    for serialize in component.Meta.serializer.get_serializers():
        serialize(component, tree)
    return tree
