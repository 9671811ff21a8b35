"""The desk's forms: what was typed → values, and values → what stands in the fields."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from calendar_svc.domain.claim import ClaimStatus, drafted_status
from calendar_svc.domain.draft import LARGEST_ORDINAL, LONGEST_LINE
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.texts import Texts, plain
from calendar_svc.domain.when import When
from calendar_svc.links import Site
from calendar_svc.words import labels
from calendar_svc.words.dates import read_when

T = TypeVar("T")

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
TAKEN = {"new", "read"}
"""Where the desk has a page of its own beside those of the meetings and the articles."""
LONGEST = {
    "title": LONGEST_LINE,
    "place": LONGEST_LINE,
    "description": 5000,
    "gist": 1000,
    "name": 300,
}
"""Letters of each text in each language."""


class Faults(CalendarError):
    """All that is wrong with a form, by field."""

    def __init__(self, faults: Mapping[str, CalendarError]) -> None:
        super().__init__("some fields need another look")
        self.faults = faults


@dataclass
class Form:
    """A form as it was sent, read field by field; what is wrong is kept and told together."""

    sent: Mapping[str, str]
    site: Site
    lang: str
    faults: dict[str, CalendarError] = field(default_factory=dict)

    @classmethod
    def of(cls, form: "MultiDict[str, str]", site: Site, lang: str) -> "Form":
        """The form of a request."""
        return cls(form.to_dict(), site, lang)

    def raw(self, name: str) -> str:
        """What stands in a field."""
        return self.sent.get(name, "").strip()

    def take(self, name: str, read: Callable[[str], T], default: T) -> T:
        """What a field says; a fault is kept for its name."""
        try:
            return read(self.raw(name))
        except CalendarError as fault:
            self.faults[name] = fault
            return default

    def check(self) -> None:
        """Raises Faults if there were any."""
        if self.faults:
            raise Faults(self.faults)

    def when(self, name: str = "when") -> When | None:
        """A date at any precision, as people write it or as EDTF."""
        return self.take(
            name, lambda text: read_when(text, self.lang, zone=self.site.timezone), None
        )

    def texts(self, name: str, others: Texts | None = None) -> Texts | None:
        """A text in each of the site's languages; what it had in `others` stays."""
        found = {
            lang: value for lang, value in (others or {}).items() if lang not in self.site.languages
        }
        for lang in self.site.languages:
            value = self.take(f"{name}_{lang}", lambda text: plain(text, limit=LONGEST[name]), "")
            if value:
                found[lang] = value
        return Texts(found, limit=10_000) if found else None

    def text(self, name: str, limit: int = 500) -> str:
        """A text of no particular language; may be empty."""
        return self.take(name, lambda text: plain(text, limit=limit), "")

    def ordinal(self) -> int | None:
        """Which edition."""
        return self.take("ordinal", _ordinal, None)

    def slug(self, name: str = "slug") -> str:
        """An address of our own."""
        return self.take(name, check_slug, "")

    def one_of(self, name: str, words: Sequence[str]) -> str | None:
        """A word from a list, or nothing."""

        def read(text: str) -> str | None:
            if text and text not in words:
                raise Refused("choose one from the list", field=name)
            return text or None

        return self.take(name, read, None)

    def number(self, name: str) -> int:
        """A whole number that our own page put there. Raises Refused at once."""
        text = self.raw(name)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Refused("this form is broken; load the page again", field=name)
        return int(text)


SCHEDULED = "scheduled"
"""What the field of the status says for “confirmed once the day is known”."""
STATUSES = (SCHEDULED, *Status)


def event_values(form: Form, base: Event | None) -> dict[FactName, FactValue]:
    """What a form says of an event. Faults are kept in the form."""
    when = form.when()
    title = form.texts("title", base.title if base else None)
    if title is None and not any(name.startswith("title_") for name in form.faults):
        first = form.site.languages[0]
        form.faults[f"title_{first}"] = Refused("a title is needed in at least one language")
    status = form.one_of("status", STATUSES)
    return {
        FactName.TITLE: title,
        FactName.WHEN: when,
        FactName.PLACE: form.texts("place", base.place if base else None),
        FactName.STATUS: drafted_status(ClaimStatus.SCHEDULED, when)
        if status in (None, SCHEDULED)
        else Status(status),
        FactName.DESCRIPTION: form.texts("description", base.description if base else None),
        FactName.SERIES: form.raw("series") or None,
        FactName.ORDINAL: form.ordinal(),
    }


def values_of(event: Event) -> dict[FactName, FactValue]:
    """What is known of an event, by fact."""
    return {name: getattr(event, name.value) for name in FactName}


def filled_from(event: Event, site: Site, lang: str) -> dict[str, str]:
    """What stands in the fields of an event's form."""
    fields = {
        "when": when_text(event.when, site, lang),
        "status": status_text(event.status, event.when),
        "series": event.series or "",
        "ordinal": str(event.ordinal or ""),
        "slug": event.slug,
    }
    for name, texts in (
        ("title", event.title),
        ("place", event.place),
        ("description", event.description),
    ):
        fields |= texts_fields(name, texts, site)
    return fields


def texts_fields(name: str, texts: Texts | None, site: Site) -> dict[str, str]:
    """What stands in the fields of a text."""
    known = dict(texts) if texts else {}
    return {f"{name}_{lang}": known.get(lang, "") for lang in site.languages}


def when_text(when: When | None, site: Site, lang: str) -> str:
    """A date in words where they say all of it, else as EDTF."""
    if when is None:
        return ""
    label = " ".join(labels.when_label(when, lang).split())
    try:
        same = read_when(label, lang, zone=site.timezone) == when
    except CalendarError:
        same = False
    return label if same else str(when)


def status_text(status: Status, when: When | None) -> str:
    """A status as its field has it."""
    return SCHEDULED if status is drafted_status(ClaimStatus.SCHEDULED, when) else status.value


def check_slug(text: str) -> str:
    """An address of our own, as it was typed. Raises Refused."""
    if not SLUG.fullmatch(text) or len(text) > LONGEST_SLUG:
        raise Refused(
            "an address is made of small letters, digits and single hyphens, at most %(limit)s",
            limit=LONGEST_SLUG,
        )
    if text in TAKEN:
        raise Refused("“%(slug)s” is taken by a page of the desk; choose another", slug=text)
    return text


def _ordinal(text: str) -> int | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if not 1 <= number <= LARGEST_ORDINAL:
        raise Refused("an edition is a whole number from 1 to %(largest)s", largest=LARGEST_ORDINAL)
    return number
