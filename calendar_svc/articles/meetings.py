"""What is gathered of each meeting of an article, and what of it holds in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from calendar_svc.articles.names import Mention
from calendar_svc.articles.tokens import Sentence
from calendar_svc.domain import when as whens
from calendar_svc.domain.claim import ClaimStatus, Relation, relate_when
from calendar_svc.domain.when import Kind, Precision, When

HISTORY = timedelta(days=330)
"""What was longer ago than this is background, not news."""


@dataclass
class Meeting:
    """What is gathered of one meeting; `first_seen` is the number of its first sentence."""

    mentions: list[Mention]
    first_seen: int
    said: list["Said"] = field(default_factory=list)
    places: list[tuple[Sentence, str]] = field(default_factory=list)
    """Each with the sentence that names it."""
    is_of_people: bool = False
    """Whether it is only known by who meets, and may be a meeting that has a name elsewhere."""

    @property
    def series(self) -> str | None:
        """The series that one of its names is of."""
        return next((one.series for one in self.mentions if one.series), None)

    @property
    def ordinal(self) -> int | None:
        """Which edition it is, if one of its names says so."""
        return next((one.ordinal for one in self.mentions if one.ordinal), None)

    @property
    def is_named(self) -> bool:
        """Whether it has a name of its own, not only a description."""
        return any(one.is_named for one in self.mentions)

    @property
    def last_dated(self) -> "Said | None":
        """What was last said of its date."""
        return next((one for one in reversed(self.said) if one.when is not None), None)

    @property
    def only_day(self) -> date | None:
        """The day it was last said to be on, if that was one day and it didn't move."""
        said = self.last_dated
        if said is None or said.when is None or said.when.days > 1 or said.was is not None:
            return None
        return said.when.first_day

    def place(self, said: "Said") -> str | None:
        """Where it is: the first place in the sentence that gives its date, else the fullest of
        those that were named of it."""
        beside = [name for sentence, name in self.places if sentence is said.sentence]
        names = beside[:1] or [name for _, name in self.places]
        return max(names, key=len, default=None)

    def sharpen(self, when: When) -> None:
        """Let what it was last said to be on be this, more precisely."""
        if (said := self.last_dated) is not None:
            self.said[self.said.index(said)] = replace(said, when=when)

    def go_on_until(self, last: date, published: date) -> bool:
        """Let the day it was last said to be on be its first; False if that is no such day."""
        first, said = self.only_day, self.last_dated
        if first is None or said is None or not timedelta(0) < last - first < HISTORY:
            return False
        span = When.lasting(whens.day(first), whens.day(last))
        is_on = last >= published and said.status is ClaimStatus.HELD
        status = ClaimStatus.SCHEDULED if is_on else said.status
        self.said[self.said.index(said)] = replace(said, when=span, status=status)
        return True


@dataclass(frozen=True)
class Said:
    """What one sentence says of a meeting."""

    when: When | None
    status: ClaimStatus
    sentence: Sentence
    was: When | None = None
    strength: int = 1
    """How close the date stands to the name: 2, with the verb that the name is the subject of; 1,
    in one clause; 0, only near it."""


def is_same(meeting: Meeting, mention: Mention) -> bool:
    """Whether a mention is of a meeting: the same series and edition, or mostly the same words."""
    if meeting.series or mention.series:
        if meeting.series != mention.series:
            return False
        years = {one.year for one in meeting.mentions if one.year}
        if mention.year and years and mention.year not in years:
            return False
        return not (mention.ordinal and meeting.ordinal and mention.ordinal != meeting.ordinal)
    if mention.ordinal and meeting.ordinal and mention.ordinal != meeting.ordinal:
        return False
    for one in meeting.mentions:
        if one.is_named and mention.is_named and ("plus" in one.words) != ("plus" in mention.words):
            # the working groups of ADSOM and of ADSOM-Plus are two
            continue
        if mention.acronym and mention.acronym == one.acronym:
            return True
        if mention.head == one.head and mention.words and one.words:
            shared = len(mention.words & one.words)
            fewer = min(len(mention.words), len(one.words))
            # “wilayah tengah” and “wilayah timur” are two
            enough = fewer if fewer < 5 else 0.75 * fewer
            if shared >= enough and shared > 1:
                return True
    return False


def best(said: Sequence[Said]) -> Said:
    """What holds of all that was said: the date that moved, else the first that stands with the
    name, sharpened by what came later."""
    with_date = [one for one in said if one.when is not None]
    if not with_date:
        return said[0]
    # of what moved twice the last counts
    best = next((one for one in reversed(said) if one.was is not None), None)
    if best is None:
        first = next((one for one in with_date if one.strength), with_date[0])
        beside = [one for one in with_date if one.sentence is first.sentence]
        best = max(beside, key=lambda one: one.strength)
    if best.status is ClaimStatus.HELD:
        # “ended on Monday and will resume on Thursday”
        beside = [one for one in with_date if one.sentence is best.sentence]
        best = next((one for one in beside if one.status is ClaimStatus.SCHEDULED), best)
    for one in with_date:
        assert best.when is not None and one.when is not None
        # the hour of a session is none of a meeting that lasts some days
        is_finer = relate_when(one.when, best.when) is Relation.SHARPENS and (
            one.when.precision is not Precision.MINUTE
            or best.when.days == 1
            or best.when.kind is not Kind.FROM_TO
        )
        if is_finer or _goes_on(one.when, best.when):
            best = replace(one, status=best.status, was=best.was)
    return best


def _goes_on(when: When, other: When) -> bool:
    """Whether what is known to begin on a day is told to last some: “opens on 5 May”, then “5 to 9
    May”."""
    is_span = when.kind is Kind.FROM_TO and when.days > 1
    return is_span and other.days == 1 and when.first_day == other.first_day
