"""Load the facts that are kept as TOML in `data/seed`: series, articles, events, their claims."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from calendar_svc.actions import editing
from calendar_svc.clock import day_start
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.evidence import following
from calendar_svc.domain.feed import RESERVED
from calendar_svc.domain.revision import Fact, FactName, FactValue, present_facts
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import MAX_YEAR, MIN_YEAR, When
from calendar_svc.store import articles, counters, events, facts
from calendar_svc.store import series as series_store

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UID = re.compile(r"[A-Za-z0-9@._+-]{1,255}")  # nothing that iCalendar would have to escape
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LARGEST = 9999


@dataclass(frozen=True)
class Identity:
    """What an event is, whatever is said of it."""

    uid: str
    slug: str
    title: Texts
    series: str | None
    ordinal: int | None
    description: Texts | None
    place: str
    """Where it stands: the file and the entry, for refusals."""


@dataclass(frozen=True)
class Seed:
    """All that a folder of TOML files says, checked."""

    series: tuple[Series, ...]
    articles: tuple[Article, ...]
    events: tuple[tuple[Identity, tuple[Claim, ...]], ...]


def read(folder: Path, timezone: str) -> Seed:
    """Read every `*.toml` of a folder. Raises Refused naming the file, the entry and the field.

    An article counts as known from the first moment of its day in `timezone`.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise Refused("%(folder)s holds no .toml file", folder=folder)
    entries = [(path, *entry) for path in paths for entry in _entries(path)]
    once: set[tuple[str, str]] = set()

    def read_all(kind: str) -> Iterator[_Entry]:
        for path, found, values in entries:
            if found == kind:
                entry = _Entry(path, kind, values)
                entry.once = once
                yield entry

    series = [_series(entry) for entry in read_all("series")]
    articles = [_article(entry) for entry in read_all("article")]
    by_key = {article.key: article for article in articles}
    known = {one.slug for one in series}
    meetings = [_event(entry, by_key, known, timezone) for entry in read_all("event")]
    return Seed(tuple(series), tuple(articles), tuple(meetings))


def load(db: Session, seed: Seed, *, now: datetime) -> int:
    """Store what isn't there yet; a claim that is there stays as it is. How much was new.

    Raises Refused when a claim that is stored says something else now.
    """
    new = sum(series_store.save(db, one) for one in seed.series)
    new += sum(articles.save(db, one) for one in seed.articles)
    new += sum(_load_event(db, event, claims, now) for event, claims in seed.events)
    if new:
        counters.bump(db, counters.FACTS)
    return new


def _load_event(db: Session, event: Identity, claims: tuple[Claim, ...], now: datetime) -> int:
    slug = events.slug_of(db, event.uid)
    if slug is not None and not events.place(db, slug).is_public:
        # what was withdrawn, or merged into another, stays so
        return 0
    stored = {claim.key: claim for claim in facts.claims_of(db, event.uid)}
    _check_stored(db, event, claims, stored)
    fresh = sorted(
        (claim for claim in claims if claim.key not in stored), key=lambda claim: claim.since
    )
    if slug is None:
        events.add(db, event.uid, event.slug, created_at=now)
    for claim in fresh:
        facts.save_claim(db, claim)
        about = _identity_facts(event, claim) if not stored and claim is fresh[0] else []
        known = present_facts(facts.revisions_of(db, event.uid), claim.since)
        if changes := [*about, *following(claim, known)]:
            editing.record(db, event.uid, changes, by=None, now=now)
    return len(fresh)


def _check_stored(
    db: Session, event: Identity, claims: tuple[Claim, ...], stored: Mapping[str, Claim]
) -> None:
    """What was loaded once doesn't change by loading it again."""
    redacted = facts.redacted_claims(db, event.uid)
    slug = events.slug_of(db, event.uid)
    if slug not in (None, event.slug):
        raise Refused(
            "%(place)s: slug: this uid is at /events/%(slug)s already; an address is for life",
            place=event.place,
            slug=slug,
        )
    for claim in claims:
        if claim.key in stored and claim.key not in redacted and stored[claim.key] != claim:
            raise Refused(
                "%(place)s: its claim of “%(key)s” is stored already and says something else;"
                " a claim never changes: add a new one",
                place=event.place,
                key=claim.article.key if claim.article else claim.key,
            )
    if not stored:
        return
    first = {fact.name: fact.value for fact in facts.revisions_of(db, event.uid)[0].facts}
    gone = facts.redacted_facts(db, event.uid)
    for name, value in _identity(event).items():
        if (1, name) not in gone and first.get(name) != value:
            raise Refused(
                "%(place)s: %(name)s: is stored already as something else, and a file doesn't"
                " change what is stored",
                place=event.place,
                name=name,
            )


def _identity(event: Identity) -> dict[FactName, FactValue]:
    return {
        FactName.TITLE: event.title,
        FactName.SERIES: event.series,
        FactName.ORDINAL: event.ordinal,
        FactName.DESCRIPTION: event.description,
    }


def _identity_facts(event: Identity, claim: Claim) -> list[Fact]:
    return [
        Fact(name, value, claim.since, claim.key)
        for name, value in _identity(event).items()
        if value is not None
    ]


def _entries(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Refused("%(path)s: can't be read: %(why)s", path=path, why=fault.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused("%(path)s: is not TOML: %(fault)s", path=path, fault=fault) from None
    for kind, entries in content.items():
        if kind not in ("series", "article", "event") or not _are_tables(entries):
            raise Refused(
                "%(path)s: “%(kind)s” is not known; there are [[series]], [[article]], [[event]]",
                path=path,
                kind=" ".join(kind.split())[:60],
            )
        for entry in entries:
            yield kind, entry


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


class _Entry:
    """One table of a file, read field by field; what is wrong is said with its place."""

    def __init__(self, path: Path, kind: str, values: Mapping[str, Any]) -> None:
        self.values = values
        self.taken: set[str] = set()
        self.once: set[tuple[str, str]] = set()
        self.kind = kind
        name = str(values.get("slug") or values.get("key") or values.get("article") or "?")
        self.place = f"{path}: {kind} “{' '.join(name.split())[:60]}”"

    def text(self, field: str) -> str:
        value = self.optional_text(field)
        if not value:
            raise self.fault(field, "is missing")
        return value

    def optional_text(self, field: str) -> str | None:
        value = self._take(field)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.fault(field, "must be text")
        if not value.strip():
            raise self.fault(field, "is empty; leave it out")
        # the checks of any text of ours: length, characters
        return self._texts(field, {"en": value})["en"]

    def slug(self, field: str) -> str:
        what = "must be small letters, digits and single hyphens"
        return self.unique(field, self.like(field, _SLUG, what))

    def like(self, field: str, form: re.Pattern[str], what: str) -> str:
        value = self.text(field)
        if not form.fullmatch(value):
            raise self.fault(field, what)
        return value

    def unique(self, field: str, value: str) -> str:
        if (self.kind + field, value) in self.once:
            raise self.fault(field, f"“{value}” is there twice")
        self.once.add((self.kind + field, value))
        return value

    def number(self, field: str) -> int | None:
        value = self._take(field)
        if value is not None and (type(value) is not int or not 1 <= value <= _LARGEST):
            raise self.fault(field, f"must be a whole number from 1 to {_LARGEST}")
        return value

    def day(self, field: str) -> date:
        value = self._take(field)
        if type(value) is not date or not MIN_YEAR <= value.year <= MAX_YEAR:
            raise self.fault(field, "must be a day, like 2025-09-27")
        return value

    def texts(self, field: str) -> Texts:
        value = self.optional_texts(field)
        if value is None:
            raise self.fault(field, "is missing")
        return value

    def optional_texts(self, field: str) -> Texts | None:
        value = self._take(field)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise self.fault(field, "must be texts by language, like title.en = “…”")
        return self._texts(field, value)

    def when(self, field: str) -> When | None:
        value = self.optional_text(field)
        try:
            return None if value is None else When.parse(value)
        except Refused as fault:
            raise self.fault(field, str(fault)) from None

    def tables(self, field: str) -> list[Mapping[str, Any]]:
        value = self._take(field)
        if not _are_tables(value) or not value:
            raise self.fault(field, "is missing: an event needs at least one [[event.claim]]")
        tables: list[Mapping[str, Any]] = value
        return tables

    def end(self) -> None:
        """All fields have been read: whatever is left was misspelt."""
        if unknown := sorted(set(self.values) - self.taken):
            raise self.fault(unknown[0], "is not a field")

    def fault(self, field: str, what: str) -> Refused:
        return Refused("%(place)s: %(name)s: %(what)s", place=self.place, name=field, what=what)

    def _texts(self, field: str, value: Mapping[str, str]) -> Texts:
        try:
            return Texts(value, limit=10_000)
        except Refused as fault:
            raise self.fault(field, str(fault)) from None

    def _take(self, field: str) -> Any:
        self.taken.add(field)
        return self.values.get(field)


def _series(entry: _Entry) -> Series:
    series = Series(entry.slug("slug"), entry.text("short"), entry.texts("name"))
    if series.slug in RESERVED:
        raise entry.fault("slug", "is reserved; choose another short name")
    entry.end()
    return series


def _article(entry: _Entry) -> Article:
    article = Article(
        key=entry.slug("key"),
        publisher=entry.text("publisher"),
        lang=entry.like("lang", _LANGUAGE, "must be a language, like ms or en"),
        published_on=entry.day("published_on"),
        dateline=entry.optional_text("dateline"),
        title=entry.optional_text("title"),
        url=entry.optional_text("url"),
    )
    if article.url and not article.url.startswith(("http://", "https://")):
        raise entry.fault("url", "must begin with https:// or http://")
    entry.end()
    return article


def _event(
    entry: _Entry, articles: Mapping[str, Article], series: set[str], timezone: str
) -> tuple[Identity, tuple[Claim, ...]]:
    event = Identity(
        uid=entry.unique("uid", entry.like("uid", _UID, "must be letters, digits and @ . _ + -")),
        slug=entry.slug("slug"),
        title=entry.texts("title"),
        series=entry.optional_text("series"),
        ordinal=entry.number("ordinal"),
        description=entry.optional_texts("description"),
        place=entry.place,
    )
    if event.series is not None and event.series not in series:
        raise entry.fault("series", f"there is no series “{event.series}” in this folder")
    claims = [
        _claim(_Entry(Path(entry.place), "claim", table), event, articles, timezone)
        for table in entry.tables("claim")
    ]
    entry.end()
    sources = [claim.key for claim in claims]
    if len(set(sources)) < len(sources):
        raise entry.fault("claim", "an article says one thing of an event; join its claims")
    return event, tuple(claims)


def _claim(entry: _Entry, event: Identity, articles: Mapping[str, Article], timezone: str) -> Claim:
    source = entry.text("article")
    if source not in articles:
        raise entry.fault("article", f"there is no article “{source}” in this folder")
    said = entry.optional_text("status")
    if said is not None and said not in list(ClaimStatus):
        raise entry.fault("status", f"must be one of {', '.join(ClaimStatus)}")
    claim = Claim(
        key=f"{event.slug}/{source}",
        event=event.uid,
        origin=Origin.ARTICLE,
        since=day_start(articles[source].published_on, timezone),
        when=entry.when("when"),
        was=entry.when("was"),
        place=entry.optional_texts("place"),
        status=ClaimStatus(said) if said else None,
        quote=entry.optional_text("quote") or "",
        gist=entry.optional_texts("gist"),
        article=articles[source],
    )
    entry.end()
    return claim
