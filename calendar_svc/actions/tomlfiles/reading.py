"""Read a folder of TOML files, to the letter."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from calendar_svc.actions.tomlfiles.entry import LARGEST, Entry, are_tables
from calendar_svc.actions.tomlfiles.values import IDENTITY, Meeting, Merged, Seed, default_key
from calendar_svc.clock import day_start
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.feed import RESERVED
from calendar_svc.domain.history import Counters
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.series import Series

_KINDS = ("series", "article", "event", "merged")
_UID = re.compile(r"[A-Za-z0-9@._+-]{1,255}")  # nothing that iCalendar would have to escape
_KEY = re.compile(r"[A-Za-z0-9@._+/-]{1,500}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CAN_BE_UNKNOWN = [name for name in FactName if name not in (FactName.TITLE, FactName.STATUS)]


@dataclass(frozen=True)
class _Around:
    """What an event may refer to."""

    articles: Mapping[str, Article]
    series: frozenset[str]
    timezone: str


def read(folder: Path, timezone: str) -> Seed:
    """Read every `*.toml` of a folder. Raises Refused naming the file, the entry and the field.

    An article counts as known from the first moment of its day in `timezone`.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise Refused("%(folder)s holds no .toml file", folder=folder)
    once: set[tuple[str, str]] = set()
    entries: dict[str, list[Entry]] = {kind: [] for kind in _KINDS}
    for path in paths:
        for kind, values in _tables(path):
            entries[kind].append(Entry(path, kind, values, once))
    series = tuple(map(_series, entries["series"]))
    articles = tuple(map(_article, entries["article"]))
    around = _Around(
        articles={article.key: article for article in articles},
        series=frozenset(one.slug for one in series),
        timezone=timezone,
    )
    events = tuple(_event(entry, around) for entry in entries["event"])
    uids = {event.uid for event in events}
    return Seed(series, articles, events, tuple(_merged(one, uids) for one in entries["merged"]))


def _tables(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Refused("%(path)s: can't be read: %(why)s", path=path, why=fault.strerror) from None
    except (ValueError, RecursionError) as fault:
        raise Refused("%(path)s: is not TOML: %(fault)s", path=path, fault=str(fault)) from None
    for kind, tables in content.items():
        if kind not in _KINDS or not are_tables(tables):
            raise Refused(
                "%(path)s: “%(kind)s” is not known; there are [[series]], [[article]], [[event]],"
                " [[merged]]",
                path=path,
                kind=" ".join(kind.split())[:60],
            )
        for table in tables:
            yield kind, table


def _series(entry: Entry) -> Series:
    slug = entry.unique("slug", entry.slug("slug"))
    if slug in RESERVED:
        raise entry.fault("slug", "is reserved; choose another short name")
    series = Series(slug, entry.text("short"), entry.texts("name"))
    entry.end()
    return series


def _article(entry: Entry) -> Article:
    article = Article(
        key=entry.unique("key", entry.slug("key")),
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


def _event(entry: Entry, around: _Around) -> Meeting:
    uid, slug = _uid(entry), entry.unique("slug", entry.slug("slug"))
    claims = tuple(_claim(one, uid, slug, around) for one in entry.entries("claim"))
    revisions = _revisions(entry, claims, around)
    if not claims and not revisions:
        raise entry.fault("claim", "is missing: an event needs at least one [[event.claim]]")
    meeting = Meeting(
        uid=uid,
        slug=slug,
        claims=claims,
        identity={} if revisions else _identity(entry, around),
        revisions=revisions,
        created_at=entry.optional_moment("created_at"),
        counters=_counters(entry) if revisions else Counters(),
        stands=entry.place,
    )
    entry.end()
    return meeting


def _merged(entry: Entry, uids: set[str]) -> Merged:
    merged = Merged(
        uid=_uid(entry),
        slug=entry.unique("slug", entry.slug("slug"), among="event"),
        into=entry.text("into"),
        created_at=entry.optional_moment("created_at"),
        stands=entry.place,
    )
    if merged.into not in uids:
        raise entry.fault("into", f"there is no event of uid “{merged.into[:80]}” in this folder")
    entry.end()
    return merged


def _uid(entry: Entry) -> str:
    uid = entry.like("uid", _UID, "must be letters, digits and @ . _ + -")
    return entry.unique("uid", uid, among="event")


def _counters(entry: Entry) -> Counters:
    most = 10**6
    return Counters(
        entry.number("sequence_from", least=0, most=most) or 0,
        entry.number("when_no_from", least=0, most=most) or 0,
    )


def _identity(entry: Entry, around: _Around) -> dict[FactName, FactValue]:
    # without a title there is no meeting
    entry.texts("title")
    return {name: value for name in IDENTITY if (value := _value(entry, name, around)) is not None}


def _claim(entry: Entry, uid: str, slug: str, around: _Around) -> Claim:
    origin = entry.one_of("origin", Origin) or Origin.ARTICLE
    article = _source(entry, around) if origin is Origin.ARTICLE else None
    key = entry.optional_like("key", _KEY, "must be letters, digits and @ . _ + - /")
    if article is None:
        since = entry.moment("since")
    else:
        day = day_start(article.published_on, around.timezone)
        since = entry.optional_moment("since") or day
    claim = Claim(
        key=entry.unique("key", key or default_key(slug, origin, article)),
        event=uid,
        origin=origin,
        since=since,
        when=entry.when("when"),
        was=entry.when("was"),
        place=entry.optional_texts("place"),
        status=entry.one_of("status", ClaimStatus),
        quote=entry.optional_text("quote") or "",
        gist=entry.optional_texts("gist"),
        article=article,
        said_by=entry.name("said_by") if origin is Origin.EDITOR else None,
    )
    entry.end()
    return claim


def _source(entry: Entry, around: _Around) -> Article:
    key = entry.text("article")
    if key not in around.articles:
        raise entry.fault("article", f"there is no article “{key[:80]}” in this folder")
    return around.articles[key]


def _revisions(entry: Entry, claims: tuple[Claim, ...], around: _Around) -> tuple[Revision, ...]:
    said = {claim.key: claim for claim in claims}
    made: list[Revision] = []
    for one in entry.entries("revision"):
        made.append(_revision(one, made[-1] if made else None, said, around))
    if not made:
        return ()
    for name in IDENTITY:
        if name in entry.values:
            raise entry.fault(name, "follows from the revisions; leave it out")
    if not any(fact.name is FactName.TITLE for revision in made for fact in revision.facts):
        raise entry.fault("revision", "none of them tells the title")
    return tuple(made)


def _revision(
    entry: Entry, before: Revision | None, said: Mapping[str, Claim], around: _Around
) -> Revision:
    number = before.number + 1 if before else 1
    if entry.number("number", most=10**6) != number:
        raise entry.fault("number", f"must be {number}: they are counted from 1, in order")
    recorded_at = entry.moment("recorded_at")
    if before and recorded_at < before.recorded_at:
        raise entry.fault("recorded_at", f"comes before that of revision {before.number}")
    undoes = entry.number("undoes", most=10**6)
    if undoes is not None and undoes >= number:
        raise entry.fault("undoes", "must be the number of an earlier revision")
    revision = Revision(
        number=number,
        recorded_at=recorded_at,
        facts=_facts(entry, recorded_at, said, around),
        recorded_by=entry.name("recorded_by"),
        is_news=entry.flag("is_news", default=True),
        reason=entry.optional_text("reason") or "",
        undoes=undoes,
    )
    entry.end()
    return revision


def _facts(
    entry: Entry, recorded_at: datetime, said: Mapping[str, Claim], around: _Around
) -> tuple[Fact, ...]:
    """The facts of a revision: those that stand in it, and those of other evidence in its
    [[event.revision.also]]."""
    found = {fact.name: fact for fact in _facts_alike(entry, recorded_at, said, around)}
    for also in entry.entries("also"):
        for fact in _facts_alike(also, recorded_at, said, around):
            if fact.name in found:
                raise also.fault(fact.name, "is there twice in this revision")
            found[fact.name] = fact
        also.end()
    return tuple(found[name] for name in FactName if name in found)


def _facts_alike(
    entry: Entry, recorded_at: datetime, said: Mapping[str, Claim], around: _Around
) -> list[Fact]:
    """The facts of one table: all rest on one claim and are known since one moment."""
    key = entry.optional_text("claim")
    if key is not None and key not in said:
        raise entry.fault("claim", f"there is no claim “{key[:80]}” of this event")
    since = entry.optional_moment("known_since") or (said[key].since if key else recorded_at)
    values = {name: _value(entry, name, around) for name in FactName}
    unknown = entry.some_of("unknown", _CAN_BE_UNKNOWN)
    settles = entry.some_of("settles", FactName)
    for name in unknown:
        if values[name] is not None:
            raise entry.fault("unknown", f"{name} is told in the same place")
    facts = [
        Fact(name, value, since, key, settles=name in settles)
        for name, value in values.items()
        if value is not None or name in unknown
    ]
    if missing := sorted(set(settles) - {fact.name for fact in facts}):
        raise entry.fault("settles", f"{missing[0]} is no fact of the same place")
    return facts


def _value(entry: Entry, name: FactName, around: _Around) -> FactValue:
    match name:
        case FactName.TITLE | FactName.PLACE | FactName.DESCRIPTION:
            return entry.optional_texts(name)
        case FactName.WHEN:
            return entry.when(name)
        case FactName.STATUS:
            return entry.one_of(name, Status)
        case FactName.ORDINAL:
            return entry.number(name, most=LARGEST)
        case FactName.SERIES:
            slug = entry.optional_text(name)
            if slug is not None and slug not in around.series:
                raise entry.fault(name, f"there is no series “{slug[:80]}” in this folder")
            return slug
