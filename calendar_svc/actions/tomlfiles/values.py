"""What the files say, as values; and which revisions follow where they name claims alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.evidence import following
from calendar_svc.domain.history import Counters
from calendar_svc.domain.news import is_news
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision, present_facts
from calendar_svc.domain.series import Series

IDENTITY = (FactName.TITLE, FactName.SERIES, FactName.ORDINAL, FactName.DESCRIPTION)
"""What an event is, whatever is said of it."""


@dataclass(frozen=True)
class Meeting:
    """An event in its short form (`identity`) or in its long one (`revisions`)."""

    uid: str
    slug: str
    claims: tuple[Claim, ...]
    identity: Mapping[FactName, FactValue] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    """Without any, they follow from the claims."""
    created_at: datetime | None = None
    counters: Counters = field(default_factory=Counters)
    stands: str = ""
    """Where it stands: the file and the entry, for refusals."""


@dataclass(frozen=True)
class Merged:
    """An event that turned out to be the one of uid `into`; its address leads there."""

    uid: str
    slug: str
    into: str
    created_at: datetime | None = None
    stands: str = ""


@dataclass(frozen=True)
class Seed:
    """All that a folder of TOML files says, checked."""

    series: tuple[Series, ...]
    articles: tuple[Article, ...]
    events: tuple[Meeting, ...]
    merged: tuple[Merged, ...] = ()


def default_key(slug: str, origin: Origin, article: Article | None) -> str:
    """The key of a claim that names none: who says so, of which event."""
    return f"{slug}/{article.key if article else origin}"


def derived(
    identity: Mapping[FactName, FactValue],
    claims: Iterable[Claim],
    *,
    begun: datetime,
    now: datetime,
    before: Sequence[Revision] = (),
) -> list[Revision]:
    """The revisions that follow from claims, day by day, after those that are there `before`.

    Each counts as recorded when the event was begun, or once it was known if that came later,
    but never ahead of `now`.
    """
    made = list(before)
    for claim in sorted(claims, key=lambda claim: claim.since):
        about = () if made else tuple(_identity_facts(identity, claim))
        changes = (*about, *following(claim, present_facts(made, claim.since)))
        if changes:
            recorded_at = min(now, max(begun, claim.since))
            if made:
                recorded_at = max(recorded_at, made[-1].recorded_at)
            number = made[-1].number + 1 if made else 1
            revision = Revision(number, recorded_at, changes)
            made.append(replace(revision, is_news=is_news(made, revision)))
    return made[len(before) :]


def ordered(revision: Revision) -> Revision:
    """The same revision with its facts in one order."""
    order = list(FactName)
    facts = sorted(revision.facts, key=lambda fact: order.index(fact.name))
    return replace(revision, facts=tuple(facts))


def _identity_facts(identity: Mapping[FactName, FactValue], claim: Claim) -> list[Fact]:
    return [Fact(name, value, claim.since, claim.key) for name, value in identity.items()]
