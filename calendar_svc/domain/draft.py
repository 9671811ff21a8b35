"""Draft: an event, or an amendment of one, proposed from an article and not accepted yet."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

LONGEST_STEM = 60
"""Letters of an address before its year; it has to stay one that can be read out."""
LONGEST_LINE, LONGEST_QUOTE = 300, 1000
"""Letters of a title or a place, and of the sentence that says it."""
LARGEST_ORDINAL = 9999


class DraftState(StrEnum):
    """A draft's life: waiting → accepted | rejected."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Proposal:
    """What an article seems to say. `event` is the uid of the meeting it is about, None for one
    that isn't known yet: that needs a title. `was` is the old date of one that moved."""

    event: str | None
    title: Texts | None
    series: str | None
    ordinal: int | None
    when: When | None
    was: When | None
    place: Texts | None
    status: ClaimStatus | None
    quote: str = ""
    gist: Texts | None = None

    def claim(self, event: str, article: Article, *, key: str, since: datetime) -> Claim:
        """What it claims of the event of that uid."""
        return Claim(
            key=key,
            event=event,
            origin=Origin.ARTICLE,
            since=since,
            when=self.when,
            place=self.place,
            status=self.status,
            quote=self.quote,
            gist=self.gist,
            article=article,
            was=self.was,
        )


@dataclass(frozen=True)
class Draft:
    """A proposal, the article it came from, and what became of it."""

    id: int
    article: Article
    proposal: Proposal
    state: DraftState
    made_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""

    @property
    def stem(self) -> str:
        """What the address of a new meeting begins with: `admm-20`, `admm-plus-2026`, else the
        words of its title in small letters and digits."""
        said = self.proposal
        year = said.when.first_day.year if said.when else self.article.published_on.year
        if said.series:
            return f"{_cut(said.series)}-{said.ordinal or year}"
        title = next(iter(said.title.values())) if said.title else ""
        # letters that stand for several, or in another style, become plain ones first
        plain = unicodedata.normalize("NFKD", title).casefold()
        words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
        return f"{_cut('-'.join(words[:8])) or 'meeting'}-{year}"


def _cut(words: str) -> str:
    return words[:LONGEST_STEM].rstrip("-")
