"""Matching: which of the meetings that are known a proposal is about, and what it adds.

By series and edition; else by series and date; else by the words of the title and a date that
fits. What fits several equally well, or none, is a new meeting: two that turn out to be one are
merged more easily than one is taken apart.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import normalize

from calendar_svc.domain.claim import Claim, ClaimStatus
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.evidence import following, is_at_odds
from calendar_svc.domain.revision import Fact, FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

LOOKS_BACK, LOOKS_AHEAD = timedelta(days=400), timedelta(days=800)
"""How far from an article's day, or from the date in it, its meeting is looked for."""


class Tells(StrEnum):
    """What a proposal adds to what is known."""

    NEW = "new meeting"
    SHARPENS = "sharpens"
    """It fits what is known and says more: the day, the place."""
    CHANGES = "changes"
    """It says that the meeting moved, was held or was called off."""
    CONTRADICTS = "contradicts"
    NOTHING = "nothing new"


def tells(claim: Claim, known: Mapping[FactName, Fact]) -> Tells:
    """What a claim adds to what was known of its event up to then."""
    if any(is_at_odds(claim, fact) for fact in known.values()):
        return Tells.CONTRADICTS
    changed = {fact.name for fact in following(claim, known)}
    is_turn = FactName.STATUS in changed and claim.status is not ClaimStatus.SCHEDULED
    if is_turn or (FactName.WHEN in changed and claim.moves):
        return Tells.CHANGES
    if changed & {FactName.WHEN, FactName.PLACE}:
        return Tells.SHARPENS
    return Tells.CHANGES if changed else Tells.NOTHING


def match(proposal: Proposal, published: date, events: Iterable[Event]) -> Event | None:
    """The meeting that an article of that day means, or None: it isn't known yet."""
    events = sorted(events, key=lambda event: event.slug)
    if proposal.series is None:
        return _by_title(proposal, published, events)
    editions = [event for event in events if event.series == proposal.series]
    numbered = [event for event in editions if event.ordinal is not None]
    if proposal.ordinal is not None:
        for event in numbered:
            if event.ordinal == proposal.ordinal:
                return event
        # one that has another number is another meeting
        editions = [event for event in editions if event.ordinal is None]
    found = _by_date(proposal, published, editions)
    # one that nobody has put into its series yet is known by its title
    return found or _by_title(proposal, published, [one for one in events if one.series is None])


def window(proposal: Proposal, published: date) -> tuple[date, date]:
    """The first and the last day on which its meeting may be known to be."""
    days = [
        day
        for when in (proposal.when, proposal.was)
        if when is not None
        for day in (when.first_day, when.last_day)
    ]
    return min([published, *days]) - LOOKS_BACK, max([published, *days]) + LOOKS_AHEAD


def _by_date(proposal: Proposal, published: date, editions: Sequence[Event]) -> Event | None:
    if proposal.when is None and proposal.was is None:
        return _only(_meant(proposal, published, editions))
    for fits in (_same_days, _same_year):
        found = [event for event in editions if fits(proposal, event)]
        if found:
            return _only(found)
    # its date may be what wasn't known yet
    return _only([event for event in _coming(published, editions) if event.when is None])


def _meant(proposal: Proposal, published: date, editions: Sequence[Event]) -> list[Event]:
    """Those that an article means which names no date: one to come, or one just over."""
    if proposal.status is not ClaimStatus.HELD:
        return _coming(published, editions)
    return [
        event
        for event in editions
        if event.when is None
        or (event.when.first_day <= published and event.when.last_day.year >= published.year)
    ]


def _coming(published: date, editions: Iterable[Event]) -> list[Event]:
    return [
        event
        for event in editions
        if event.status is not Status.HELD
        and (event.when is None or event.when.last_day >= published)
    ]


def _by_title(proposal: Proposal, published: date, events: Sequence[Event]) -> Event | None:
    if proposal.title is None:
        return None
    alike = [event for event in events if _is_alike(proposal.title, event.title)]
    if proposal.when is None and proposal.was is None:
        return _only(_meant(proposal, published, alike))
    dated = [event for event in alike if _same_days(proposal, event)]
    undated = [event for event in _coming(published, alike) if event.when is None]
    return _only(dated or undated)


def _same_days(proposal: Proposal, event: Event) -> bool:
    """Whether it could be on a day that is known, or was to be."""
    whens = (proposal.when, proposal.was)
    return any(when and event.when and _meet(when, event.when) for when in whens)


def _same_year(proposal: Proposal, event: Event) -> bool:
    when = proposal.was or proposal.when
    return bool(when and event.when and when.first_day.year == event.when.first_day.year)


def _meet(one: When, other: When) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _is_alike(one: Texts, other: Texts) -> bool:
    """Whether two titles share half of the words of the longer one, in some language, and no
    number tells them apart."""
    return any(_shared(first, second) for first in one.values() for second in other.values())


def _shared(first: str, second: str) -> bool:
    one, other = _words(first), _words(second)
    if not one or not other:
        return False
    for kind in (_EDITION, _YEAR):
        numbers = _numbers(one, kind), _numbers(other, kind)
        if all(numbers) and not numbers[0] & numbers[1]:
            return False
    return 2 * len(one & other) >= max(len(one), len(other))


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", normalize("NFKC", title).casefold()))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EDITION = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d+")


def _numbers(words: Iterable[str], kind: re.Pattern[str]) -> frozenset[str]:
    """Their numbers, however they are counted: 19, ke19, 19th."""
    return frozenset(number for word in words for number in kind.findall(word))


def _only(events: Sequence[Event]) -> Event | None:
    return events[0] if len(events) == 1 else None
