"""Write the facts as TOML, in the form in which one writes it by hand.

tomli-w spells the values. It would lay out tables in lines of their own or not by their length,
so that one more word makes another layout; here each table always has its header, texts by
language are `title.en = "…"`, and a list of words is one line.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import tomli_w

from calendar_svc.actions.tomlfiles.values import Meeting, Merged, Seed, default_key
from calendar_svc.clock import day_start
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, Revision
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

HEADER = "# Written by `calendar-svc export --toml`, read by `calendar-svc db seed`.\n"
"""The first line of each file of ours."""


def document(seed: Seed, timezone: str) -> str:
    """Everything in one document; articles are known since their day began in `timezone`."""
    return _joined(
        [
            *map(_series, seed.series),
            *map(_article, seed.articles),
            *(table for event in seed.events for table in _event(event, seed, timezone)),
        ]
    )


def files(seed: Seed, timezone: str) -> dict[str, str]:
    """The same in files, by name: one for each event, with those that were merged into it."""
    written = {
        "series.toml": _joined(map(_series, seed.series)),
        "articles.toml": _joined(map(_article, seed.articles)),
    }
    for event in seed.events:
        written[f"event-{event.slug}.toml"] = _joined(_event(event, seed, timezone))
    return written


def _joined(tables: Iterable[str]) -> str:
    return "\n".join([HEADER, *tables])


def _series(series: Series) -> str:
    return _table("series", {"slug": series.slug, "short": series.short, "name": series.name})


def _article(article: Article) -> str:
    fields = ("key", "publisher", "lang", "published_on", "dateline", "title", "url")
    return _table("article", {name: getattr(article, name) for name in fields})


def _event(event: Meeting, seed: Seed, timezone: str) -> Iterator[str]:
    values: dict[str, object] = {
        "uid": event.uid,
        "slug": event.slug,
        **{str(name): value for name, value in event.identity.items()},
        "created_at": event.created_at,
        "sequence_from": event.counters.sequence or None,
        "when_no_from": event.counters.when_no or None,
    }
    yield _table("event", values)
    for claim in event.claims:
        yield _claim(claim, event.slug, timezone)
    said = {claim.key: claim for claim in event.claims}
    for revision in event.revisions:
        yield from _revision(revision, said)
    for merged in seed.merged:
        if merged.into == event.uid:
            yield _merged(merged)


def _merged(merged: Merged) -> str:
    fields = ("uid", "slug", "into", "created_at")
    return _table("merged", {name: getattr(merged, name) for name in fields})


def _claim(claim: Claim, slug: str, timezone: str) -> str:
    article = claim.article
    begins = article and day_start(article.published_on, timezone)
    named = claim.key == default_key(slug, claim.origin, article)
    return _table(
        "event.claim",
        {
            "origin": None if claim.origin is Origin.ARTICLE else claim.origin,
            "article": article and article.key,
            "key": None if named else claim.key,
            "since": None if claim.since == begins else claim.since,
            "said_by": claim.said_by,
            "when": claim.when,
            "was": claim.was,
            "status": claim.status,
            "place": claim.place,
            "quote": claim.quote or None,
            "gist": claim.gist,
        },
    )


def _revision(revision: Revision, said: Mapping[str, Claim]) -> Iterator[str]:
    groups = _alike(revision.facts)
    values = {
        "number": revision.number,
        "recorded_at": revision.recorded_at,
        "recorded_by": revision.recorded_by,
        "reason": revision.reason or None,
        "undoes": revision.undoes,
        "is_news": None if revision.is_news else False,
    }
    first = _facts(groups[0], revision, said) if groups else {}
    yield _table("event.revision", values | first)
    for group in groups[1:]:
        yield _table("event.revision.also", _facts(group, revision, said))


def _alike(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The facts by what they rest on and since when they are known, most facts first."""
    groups: dict[tuple[datetime, str | None], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.known_since, fact.claim), []).append(fact)
    return sorted(groups.values(), key=len, reverse=True)


def _facts(facts: list[Fact], revision: Revision, said: Mapping[str, Claim]) -> dict[str, object]:
    since, claim = facts[0].known_since, facts[0].claim
    expected = said[claim].since if claim else revision.recorded_at
    return {
        "known_since": None if since == expected else since,
        "claim": claim,
        "settles": [str(fact.name) for fact in facts if fact.settles],
        "unknown": [str(fact.name) for fact in facts if fact.value is None],
        **{str(fact.name): fact.value for fact in facts},
    }


def _table(header: str, values: Mapping[str, object]) -> str:
    """A table with its header; what is None or an empty list is left out."""
    lines = [f"[[{header}]]\n"]
    for name, value in values.items():
        if isinstance(value, Texts):
            lines += [f"{name}.{_line(lang, text)}" for lang, text in value.items()]
        elif isinstance(value, When | Status | Origin):
            lines.append(_line(name, str(value)))
        elif isinstance(value, list):
            words = ", ".join(f'"{word}"' for word in value)
            lines += [f"{name} = [{words}]\n"] if words else []
        elif value is not None:
            lines.append(_line(name, value))
    return "".join(lines)


def _line(name: str, value: object) -> str:
    return tomli_w.dumps({name: value}, multiline_strings=True)
