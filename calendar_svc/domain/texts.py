"""Texts by language: a title, a place, a description, as each language was given.

Nothing is translated by machine. A reader gets their language, else the first of the
configured ones that exists, else the first there is; the language shown always goes along,
for HTML's `lang` and iCalendar's LANGUAGE.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from calendar_svc.domain.errors import Refused

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# C0 and C1 controls but line feed and tab; line separators; what turns the direction of the
# text around it; lone surrogates, which UTF-8 can't carry; what is no character and never will
# be, which XML and HTML refuse
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff" + _NO_CHARACTERS + "]"
)


class Text(NamedTuple):
    """A text and the language it is in (BCP 47)."""

    value: str
    lang: str


class Texts(Mapping[str, str]):
    """At least one text by language; immutable, hashable, ordered by language."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str], *, limit: int = 500) -> None:
        """Raises Refused for no text, an unknown form of language, a control character, or
        a text of more than `limit` characters."""
        cleaned = {lang: _clean(value, limit) for lang, value in texts.items()}
        kept = {lang: value for lang, value in cleaned.items() if value}
        if not kept:
            raise Refused("a text is needed in at least one language")
        for lang in kept:
            if not _LANGUAGE.fullmatch(lang):
                raise Refused("“%(lang)s” is not a language; write ms or en", lang=lang[:20])
        self._texts = tuple(sorted(kept.items()))

    def pick(self, lang: str, order: Sequence[str] = ()) -> Text:
        """The text in `lang`, else in the first of `order` that exists, else the first."""
        texts = dict(self._texts)
        for candidate in (lang, *order):
            if candidate in texts:
                return Text(texts[candidate], candidate)
        first, value = self._texts[0]
        return Text(value, first)

    def __getitem__(self, lang: str) -> str:
        return dict(self._texts)[lang]

    def __iter__(self) -> Iterator[str]:
        return (lang for lang, _ in self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(self._texts)

    def __eq__(self, other: object) -> bool:
        return self._texts == other._texts if isinstance(other, Texts) else NotImplemented

    def __repr__(self) -> str:
        return f"Texts({dict(self._texts)!r})"


def plain(value: str, *, limit: int = 500) -> str:
    """A text of no particular language, checked as those in Texts are; may be empty. Raises
    Refused."""
    return _clean(value, limit)


def pasted(value: str) -> str:
    """A long text as it was copied from elsewhere: what can't be printed becomes a space, since
    nobody finds it there to take it out."""
    return _UNPRINTABLE.sub(" ", _lines(value)).strip()


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _clean(value: str, limit: int) -> str:
    value = _lines(value).strip()
    if _UNPRINTABLE.search(value):
        raise Refused("a text holds a character that can't be printed; take it out")
    if len(value) > limit:
        raise Refused(
            "a text is %(length)s characters long; at most %(limit)s are kept",
            length=len(value),
            limit=limit,
        )
    return value
