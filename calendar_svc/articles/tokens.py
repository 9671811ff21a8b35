"""A text → sentences of tokens, each where it stands in the text.

Nothing here goes back further than LONGEST_SENTENCE: each letter is looked at a bounded number of
times, whatever the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_TOKEN = re.compile(
    r"(?P<ordinal>ke-(?:[0-9]{1,4}|[IVXLC]{1,8})(?![\w])|[0-9]{1,4}(?:st|nd|rd|th)(?![\w]))"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
    r"|(?P<slashed>[0-9]{1,4}(?:/[0-9]{1,4}){1,2})(?![0-9/])"
    r"|(?P<clock>[0-9]{1,2}[:.h][0-9]{2})(?![0-9%]|[.,:][0-9])"
    r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})(?![0-9])"
    r"|(?P<decimal>[0-9]{1,15}(?:[.,][0-9]{1,15}){1,8}%?)"
    r"|(?P<number>[0-9]{1,15})"
    r"|(?P<word>mid(?=-)|[^\W\d_]+[0-9]{1,3}(?![\w.,]*[0-9])|[^\W\d_]+(?:['’][^\W\d_]+|-(?=[^\W\d_])[^\W\d_]+|-[0-9]{1,4}\b)*)"
    r"|(?P<dash>[-–—−])"
    r"|(?P<mark>[^\w\s])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"([^\W\d_]+)-([0-9]{1,4})")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]{0,3}(?=\s)")
_OPENING = frozenset('"“‘«([')
LONGEST_SENTENCE = 2000
"""Letters; what goes on without a full stop is cut."""


@dataclass(frozen=True)
class Token:
    """A word, number or mark; `kind` is the name of its form."""

    text: str
    start: int
    kind: str

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)

    @cached_property
    def fold(self) -> str:
        """Small, with a plain apostrophe."""
        return self.text.casefold().replace("’", "'")

    @property
    def numeral(self) -> str:
        """The number of an ordinal as it is written: 19 of “19th”, xix of “ke-XIX”."""
        return self.fold.removeprefix("ke-").rstrip("stndrh")

    @property
    def is_name(self) -> bool:
        """Whether it is written as part of a name."""
        return self.kind == "word" and (
            self.text[:1].isupper() or (self.text[:3] == "al-" and self.text[3:4].isupper())
        )


@dataclass(frozen=True)
class Sentence:
    """`paragraph` counts from 0; `text` is as it stands."""

    text: str
    start: int
    paragraph: int
    tokens: tuple[Token, ...]

    def words(self, first: int, last: int) -> str:
        """What stands from one token up to another, exclusive."""
        begin, end = self.tokens[first].start, self.tokens[last - 1].end
        return self.text[begin - self.start : end - self.start]


@dataclass(frozen=True)
class Spelling:
    """What a language has to say about where sentences and words end."""

    abbreviations: frozenset[str]
    """They end in a full stop, which ends no sentence."""
    before_digits: frozenset[str] = frozenset()
    """They end in a full stop, which ends no sentence before a number: “Oct. 31”."""
    apart: frozenset[str] = frozenset()
    """Words that a hyphen doesn't join: “Juni-Juli”."""


def sentences(text: str, spelling: Spelling) -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    begin = 0
    paragraph = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[begin:end].strip():
            yield from _of_paragraph(text, begin, end, paragraph, spelling)
            paragraph += 1
        begin = gap.end() if gap else end


def _of_paragraph(
    text: str, begin: int, end: int, paragraph: int, spelling: Spelling
) -> Iterator[Sentence]:
    start = begin
    for stop in _SENTENCE_END.finditer(text, begin, end):
        if stop.end() - start > LONGEST_SENTENCE or _ends(text, stop, end, spelling):
            yield from _cut(text, start, stop.end(), paragraph, spelling)
            start = stop.end()
    yield from _cut(text, start, end, paragraph, spelling)


def _ends(text: str, stop: re.Match[str], end: int, spelling: Spelling) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    after = stop.end()
    while after < end and (text[after].isspace() or text[after] in _OPENING):
        after += 1
    if after >= end or text[after].islower() or text[after] in "–—":
        # “LYNDON, Vt. — …”
        return after >= end
    if text[stop.start()] != ".":
        return True
    before = stop.start()
    while (
        before > 0
        and stop.start() - before < 20
        and (text[before - 1].isalpha() or text[before - 1] == ".")
    ):
        before -= 1
    word = text[before : stop.start()].casefold()
    if word in spelling.before_digits:
        return not text[after].isdigit()
    is_initial = all(len(part) == 1 for part in word.split(".")) and text[before].isupper()
    return word not in spelling.abbreviations and not is_initial


def _cut(text: str, start: int, end: int, paragraph: int, spelling: Spelling) -> Iterator[Sentence]:
    """One sentence, or several where it is too long to be one."""
    while end - start > LONGEST_SENTENCE:
        yield _sentence(text, start, start + LONGEST_SENTENCE, paragraph, spelling)
        start += LONGEST_SENTENCE
    if text[start:end].strip():
        yield _sentence(text, start, end, paragraph, spelling)


def _sentence(text: str, start: int, end: int, paragraph: int, spelling: Spelling) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(
        text[start:end], start, paragraph, tuple(_tokens(text, start, end, spelling.apart))
    )


def _tokens(text: str, start: int, end: int, apart: frozenset[str]) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        numbered = _NUMBERED.fullmatch(found[0]) if found.lastgroup == "word" else None
        if numbered and numbered[1].casefold() in apart:
            # “Sep-3” is a date, “ADMM-19” is one name
            dash = found.start() + len(numbered[1])
            yield Token(numbered[1], found.start(), "word")
            yield Token("-", dash, "dash")
            yield Token(numbered[2], dash + 1, "number")
            continue
        base, apostrophe, rest = found[0].replace("’", "'").partition("'")
        if apostrophe and rest == "s" and base.casefold() in apart:
            # “Sunday's match”
            yield Token(base, found.start(), "word")
            yield Token(found[0][len(base) :], found.start() + len(base), "mark")
            continue
        name, hyphen, other = found[0].partition("-")
        if hyphen and name.casefold() in apart and other.casefold() in apart:
            dash = found.start() + len(name)
            yield Token(name, found.start(), "word")
            yield Token("-", dash, "dash")
            yield Token(other, dash + 1, "word")
            continue
        yield Token(found[0], found.start(), found.lastgroup or "mark")


def folded(tokens: Sequence[Token]) -> str:
    """Tokens as phrases are written in a vocabulary: small, with spaces between."""
    return " ".join(token.fold for token in tokens)


class Phrases:
    """Phrases of a language, found in a sentence the longest first."""

    def __init__(self, phrases: frozenset[str] | Sequence[str]) -> None:
        self._split = {tuple(phrase.split()) for phrase in phrases}
        # by the word that they begin or end with, how long the longest is: most words are none
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for one in self._split:
            self._first[one[0]] = max(len(one), self._first.get(one[0], 0))
            self._last[one[-1]] = max(len(one), self._last.get(one[-1], 0))

    def at(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens from `place` on are one of the phrases; 0 if none is."""
        if not 0 <= place < len(tokens):
            return 0
        longest = self._first.get(tokens[place].fold)
        if longest is None:
            return 0
        for size in range(min(longest, len(tokens) - place), 0, -1):
            if tuple(token.fold for token in tokens[place : place + size]) in self._split:
                return size
        return 0

    def before(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens up to `place`, exclusive, are one of the phrases."""
        if not 0 < place <= len(tokens):
            return 0
        for size in range(min(self._last.get(tokens[place - 1].fold, 0), place), 0, -1):
            if tuple(token.fold for token in tokens[place - size : place]) in self._split:
                return size
        return 0

    def is_in(self, tokens: Sequence[Token]) -> bool:
        """Whether one of the phrases stands somewhere in them."""
        return any(self.at(tokens, place) for place in range(len(tokens)))
