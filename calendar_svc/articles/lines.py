"""A sentence with the meetings and the days that it names; the lines of notices and of lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from calendar_svc.articles import dates, names
from calendar_svc.articles.clauses import Clauses
from calendar_svc.articles.meetings import Meeting
from calendar_svc.articles.names import Mention
from calendar_svc.articles.tokens import Sentence, Token, folded
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain.when import When

SHORTEST = 12
"""Tokens that a clock time at the beginning of a line may take."""
TITLE = 14
"""Tokens in the title of a line."""


@dataclass(frozen=True)
class Line:
    """A sentence with the meetings it names: each mention, and the meeting that it is of."""

    clauses: Clauses
    found: Sequence[Mention]
    meetings: Sequence[Meeting | None]
    told: Sequence[Told]
    is_entry: bool = False
    """Whether it is a line in a list of meetings: “Friday, 7 pm: A vs B, Town Hall”."""
    spoken: list[tuple[int, Meeting]] = field(default_factory=list)
    """Where it gives a date, and the meeting that the date is of."""
    is_item: bool = False
    """Whether the one meeting it names was found by the form of the line."""
    is_label: bool = False
    """Whether it is a line of a notice: “Tarikh: …”, or nothing but a day and a place."""


@dataclass(frozen=True)
class Dated:
    """A date of a sentence, as it was told and as it is meant; `is_old`: it no longer holds."""

    told: Told
    when: When
    is_old: bool


def label(tokens: Sequence[Token], words: Vocabulary) -> str | None:
    """What a line of a notice tells: date, time or place."""
    size = words.labels.at(tokens, 0)
    if size and size < len(tokens) and tokens[size].text == ":":
        return words.words.labels[folded(tokens[:size])]
    return None


def entry(
    sentence: Sentence,
    words: Vocabulary,
    found: Sequence[Mention],
    told: Sequence[Told],
) -> Mention | None:
    """The meeting of a line in a list: “Abstract submission: 30 April”, “Friday, 7 pm: A vs B”."""
    tokens = sentence.tokens
    colon = next((at for at, one in enumerate(tokens) if one.text == ":"), None)
    if colon is None and told and told[0].first <= 1 and told[0].last < len(tokens):
        # “Wed 20 January – A Slate Quarry”, “Tue 23 November, MANILA – Senate hearing”
        at = told[0].last
        while at < len(tokens) - 1 and (tokens[at].is_name or tokens[at].text == ","):
            at += 1
        colon = at if tokens[at].kind == "dash" else None
    if colon is None or not told or label(tokens, words) or len(tokens) > 40:
        return None
    if all(one.first > colon for one in told) and told[0].first <= colon + 3:
        first, last = 0, colon
    elif told[0].last <= colon and told[0].first <= 1:
        first = colon + 1
        last = _title_end(tokens, first, len(tokens) - (tokens[-1].text == "."))
    else:
        return None
    quote = next((at for at in range(last, len(tokens)) if tokens[at].text == "“"), None)
    if first and quote:
        # “20 January – Hannah Okafor (Leeds), “A Slate Quarry””
        closing = (at for at in range(quote, len(tokens)) if tokens[at].text == "”")
        first, last = quote + 1, next(closing, len(tokens))
    if not 0 < last - first <= TITLE or any(
        each.first < last and first < each.last for each in told
    ):
        return None
    if any(first <= one.first < last and (one.is_named or one.series) for one in found):
        return None
    if any(one.fold in words.words.never for one in tokens[first:last]):
        return None
    if first == 0 and any(one.fold in words.words.reporting for one in tokens[:last]):
        return None
    return names.titled(sentence, first, last)


def item(sentence: Sentence, words: Vocabulary) -> Mention | None:
    """The meeting of a line in an agenda, behind its clock time: “10.00 am – Assembly, Hall 2”."""
    tokens = sentence.tokens
    clock = dates.clock(tokens[:SHORTEST], words.words.code)
    first = clock.last + 1 if clock else 0
    if clock is None or clock.first > 1 or first >= len(tokens):
        return None
    if tokens[clock.last].kind != "dash" and tokens[clock.last].text != ":":
        return None
    last = _title_end(tokens, first, len(tokens))
    return names.titled(sentence, first, last) if 0 < last - first <= TITLE else None


def _title_end(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where the title that begins at a token ends: before what is said of where and when."""
    return next((at for at in range(first, end) if tokens[at].text in ",(;"), end)
