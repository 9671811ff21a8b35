"""Words → the places that a sentence names: “di Desaru, Johor”, “at the Town Hall”, “online”."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calendar_svc.articles.names import Mention
from calendar_svc.articles.tokens import Sentence, Token
from calendar_svc.articles.vocabulary import Vocabulary

_INSIDE = frozenset({"of", "&", "'", "’"})
_LOWER = 3
"""How many small words may stand before the name of a place: “di perairan Pulau Tioman”."""


@dataclass(frozen=True)
class Place:
    """A place named at a token; `text` is None for one that was named before: “the same hall”."""

    at: int
    text: str | None
    is_here: bool = False
    """Whether it is where the article was written: “di sini”."""


def find(sentence: Sentence, words: Vocabulary, named: Sequence[Mention]) -> Iterator[Place]:
    """The places of a sentence, in order. A meeting is none, though one may be at it."""
    tokens = sentence.tokens
    place = 0
    while place < len(tokens):
        last = 0
        if size := words.online.at(tokens, place):
            yield Place(place, sentence.words(place, place + size))
        elif words.same_place.at(tokens, place):
            yield Place(place, None)
        elif words.here.at(tokens, place):
            if place and tokens[place - 1].fold in words.words.reporting:
                # “said here on Monday”
                place += 1
                continue
            yield Place(place, None, is_here=True)
        elif size := words.places.at(tokens, place):
            first = place + size
            while first < len(tokens) and tokens[first].fold in words.words.articles:
                first += 1
            last = _site_end(tokens, words, first) or _named_site_end(tokens, words, first)
            is_other = last == first + 1 and tokens[first].fold in words.tongues
            if (
                last
                and not is_other
                and not any(one.first < last and first < one.last for one in named)
            ):
                yield Place(place, sentence.words(first, last))
        place = max(last, place + 1)


def behind(sentence: Sentence, words: Vocabulary, at: int) -> str | None:
    """The place of a line in a list, behind its last comma: “…, 10 am, Pier House”."""
    tokens = sentence.tokens
    commas = [place for place in range(at, len(tokens)) if tokens[place].text == ","]
    while commas:
        first = commas.pop(0) + 1
        if size := words.online.at(tokens, first):
            return sentence.words(first, first + size)
        last = _name_end(tokens, words, first)
        is_end = last == len(tokens) or (last == len(tokens) - 1 and tokens[last].text == ".")
        if last and is_end:
            return sentence.words(first, last)
    return None


def label(sentence: Sentence, words: Vocabulary) -> str | None:
    """The place of a line of a notice: “Tempat: Dewan Seri, Taiping”; or of one that has nothing
    else but a day before it."""
    tokens = sentence.tokens
    size = words.labels.at(tokens, 0)
    if size and size + 1 < len(tokens) and tokens[size].text == ":":
        kind = words.words.labels[" ".join(one.fold for one in tokens[:size])]
        return sentence.words(size + 1, len(tokens)) if kind == "place" else None
    return behind(sentence, words, 1)


def _site_end(tokens: Sequence[Token], words: Vocabulary, at: int) -> int:
    """Past small words that name a kind of place, with the name behind them: “the town hall”,
    “ruang Kartika”; 0 if there are none."""
    last = at
    while last < len(tokens) and last - at < _LOWER and _is_small(tokens[last], words):
        last += 1
    if last == at:
        return 0
    name = _name_end(tokens, words, last)
    kinds = [token.fold in words.words.sites for token in tokens[at:last]]
    if words.words.head_first:
        return (name or last) if kinds[0] else 0
    return last if kinds[-1] and not name else 0


def _named_site_end(tokens: Sequence[Token], words: Vocabulary, at: int) -> int:
    """Past a name, with what says what is called so: “the Nkotompo campus”; 0 if none begins."""
    last = _name_end(tokens, words, at)
    if not last or words.words.head_first:
        return last
    for end in range(last + 1, min(last + 3, len(tokens) + 1)):
        if not _is_small(tokens[end - 1], words):
            break
        if tokens[end - 1].fold in words.words.sites:
            return end
    return last


def _is_small(token: Token, words: Vocabulary) -> bool:
    return (
        token.kind == "word"
        and not token.is_name
        and token.fold not in words.words.stops
        and token.fold not in words.words.the
        and token.fold not in words.verbs
    )


def _name_end(tokens: Sequence[Token], words: Vocabulary, at: int) -> int:
    """Past the last token of the name that begins at a token; 0 if none does."""
    last = at
    while last < len(tokens):
        token = tokens[last]
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        is_number = token.kind == "number" and len(token.text) <= 3
        goes_on = last > at and (
            token.fold in _INSIDE
            or (
                token.fold in words.words.the
                and tokens[last - 1].fold in _INSIDE
                and following is not None
                and following.is_name
            )
            or (is_number and (following is None or following.kind in ("mark", "word")))
            or (token.text == "." and len(tokens[last - 1].text) <= 2)
            or (
                token.text == ","
                and following is not None
                and (_is_name(following, words) or following.kind == "number")
                and not _is_date(tokens, words, last + 1)
            )
        )
        if not (goes_on or _is_name(token, words)):
            break
        last += 1
    while last > at and not (tokens[last - 1].is_name or tokens[last - 1].kind == "number"):
        last -= 1
    return last if last > at and len(tokens[at].text) > 1 and tokens[at].is_name else 0


def _is_date(tokens: Sequence[Token], words: Vocabulary, at: int) -> bool:
    """Whether a number behind a comma is a day: “in Apia, 4 May”."""
    return tokens[at].kind == "number" and (
        at + 1 == len(tokens)
        or tokens[at + 1].fold in words.months
        or tokens[at + 1].kind == "dash"
        or tokens[at + 1].fold in words.words.day_parts
        or words.to.at(tokens, at + 1) > 0
    )


def _is_name(token: Token, words: Vocabulary) -> bool:
    return token.is_name and token.fold not in words.months and token.fold not in words.weekdays
