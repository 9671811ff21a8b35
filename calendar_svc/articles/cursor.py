"""Where a parser stands in a sentence, and the small things that all of them read there."""

from collections.abc import Sequence

from calendar_svc.articles.tokens import Token, folded
from calendar_svc.articles.vocabulary import ROMAN, Vocabulary

EARLIEST, LATEST = 1900, 2100
"""Years between which a number of four digits may be one."""


def year_of(token: Token | None) -> int | None:
    """The year that a token is, if it is one."""
    if token is None or token.kind != "number" or len(token.text) != 4:
        return None
    year = int(token.text)
    return year if EARLIEST <= year <= LATEST else None


class Cursor:
    """The tokens of a sentence and the words of its language. Each method that reads something
    returns it with the place after it, or None."""

    def __init__(self, tokens: Sequence[Token], words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words

    def _year(self, at: int) -> tuple[int, int] | None:
        year = year_of(self._at(at))
        return (year, at + 1) if year else None

    def _count(self, token: Token) -> int | None:
        """How many: “two”, “2”."""
        number = self.words.words.numbers.get(token.fold)
        if number is None and token.kind == "number" and len(token.text) <= 2:
            return int(token.text)
        return number

    def _ordinal(self, at: int) -> tuple[int, int] | None:
        place = self._leads(at)
        token = self._at(place)
        if token is None:
            return None
        if token.fold in self.words.words.ordinals:
            return self.words.words.ordinals[token.fold], place + 1
        if token.kind == "ordinal":
            digits = token.numeral
            if digits.isdigit():
                return int(digits), place + 1
        if token.text.isupper() and token.fold in ROMAN:
            return ROMAN[token.fold], place + 1
        return None

    def _unit(self, at: int) -> tuple[str, int] | None:
        size = self.words.units.at(self.tokens, at)
        if not size:
            return None
        name = folded(self.tokens[at : at + size])
        return self.words.words.units[name], size

    def _shifted_unit(self, at: int, wanted: str) -> tuple[int | None, int]:
        """“next year”, “tahun depan”."""
        shift, place = self._shift_before(at)
        if shift is not None:
            unit = self._unit(place)
            if unit and unit[0] == wanted:
                return shift, place + unit[1]
            return None, at
        unit = self._unit(at)
        if unit and unit[0] == wanted:
            shift, after = self._shift_at(at + unit[1])
            if shift is not None:
                return shift, after
        return None, at

    def _links(self, at: int) -> int:
        """Past the small words between the parts of a date: “of”, “bulan”."""
        for place in (at, at + 1):
            token = self._at(place)
            if token is None or token.fold not in self.words.words.links:
                return place
        return at + 2

    def _leads(self, at: int) -> int:
        """Past the small words before a day: “the”, “hari”, “tanggal”."""
        for place in (at, at + 1):
            token = self._at(place)
            if token is None or token.fold not in self.words.words.leads:
                return place
        return at + 2

    def _before_leads(self, at: int) -> int:
        """The place before a day or a season, and before the small word that leads it."""
        before = self._at(at - 1)
        return at - 2 if before is not None and before.fold in self.words.words.leads else at - 1

    def _past_to(self, at: int) -> int | None:
        """Past what parts the ends of a span: “to”, a dash."""
        size = self.words.to.at(self.tokens, at)
        if size == 0 and self._kind(at) == "dash":
            size = 1
        return at + size if size else None

    def _shift_before(self, at: int) -> tuple[int | None, int]:
        """“this”, “next”, “last” in front, where the language puts them there."""
        if self.words.words.head_first:
            return None, at
        place = self._leads(at)
        for shift, phrases in ((0, self.words.this), (1, self.words.next), (-1, self.words.last)):
            if size := phrases.at(self.tokens, place):
                return shift, place + size
        return None, at

    def _shift_at(self, at: int) -> tuple[int | None, int]:
        """“ini”, “depan”, “lalu” behind, where the language puts them there."""
        if not self.words.words.head_first:
            return None, at
        for shift, phrases in ((1, self.words.next), (0, self.words.this), (-1, self.words.last)):
            if size := phrases.at(self.tokens, at):
                return shift, at + size
        return None, at

    def _at(self, place: int) -> Token | None:
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def _kind(self, place: int) -> str | None:
        token = self._at(place)
        return token.kind if token else None

    def _is(self, place: int, text: str) -> bool:
        token = self._at(place)
        return token is not None and token.text == text

    def _skip(self, place: int, *folds: str) -> int:
        """1 if one of these words or marks stands there."""
        token = self._at(place)
        return int(token is not None and token.fold in folds)
