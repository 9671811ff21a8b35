"""Words → the places that a sentence names: “di Desaru, Johor”."""

from collections.abc import Iterator

from calendar_svc.articles.tokens import Sentence, Token
from calendar_svc.articles.vocabulary import Vocabulary

_INSIDE = frozenset({"of", "&", "'", "’"})


def find(sentence: Sentence, words: Vocabulary) -> Iterator[tuple[int, str]]:
    """The places of a sentence, each with the token of the preposition that leads it in."""
    tokens = sentence.tokens
    place = 0
    while place < len(tokens):
        size = words.places.at(tokens, place)
        last = _name_end(sentence, words, place + size) if size else 0
        if last:
            first = place + size + (tokens[place + size].fold == "the")
            yield place, sentence.words(first, last)
        place = max(last, place + 1)


def _name_end(sentence: Sentence, words: Vocabulary, at: int) -> int:
    """Past the last token of the name that begins at a token; 0 if none does."""
    tokens = sentence.tokens
    if at < len(tokens) and tokens[at].fold == "the":
        at += 1
    last = at
    while last < len(tokens):
        token = tokens[last]
        goes_on = last > at and (
            token.fold in _INSIDE
            or (token.text == "," and last + 1 < len(tokens) and _is_name(tokens[last + 1], words))
        )
        if not (goes_on or _is_name(token, words)):
            break
        last += 1
    while last > at and not tokens[last - 1].is_name:
        last -= 1
    return last if last > at else 0


def _is_name(token: Token, words: Vocabulary) -> bool:
    return token.is_name and token.fold not in words.months and token.fold not in words.weekdays
