"""One table of a file, read field by field; what is wrong is said with its place."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from calendar_svc.domain.account import check_name
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import MAX_YEAR, MIN_YEAR, When

LONGEST = 10_000
"""Letters of a text."""
LARGEST = 9999
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAMES = ("slug", "key", "article", "number", "claim", "origin")
"""By which fields an entry is named in a refusal, the first that it has."""

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")


class Entry:
    """A table: `kind` is its name, `path` where it is, `once` what may be there only once."""

    def __init__(
        self, path: object, kind: str, values: Mapping[str, Any], once: set[tuple[str, str]]
    ) -> None:
        self.values = values
        self.taken: set[str] = set()
        self.once = once
        self.kind = kind
        names = (values.get(field) for field in _NAMES)
        name = next((str(one) for one in names if one and isinstance(one, str | int)), "?")
        self.place = f"{path}: {kind} “{' '.join(name.split())[:60]}”"

    def text(self, field: str) -> str:
        """A text that must be there."""
        return self._required(field, self.optional_text(field))

    def optional_text(self, field: str) -> str | None:
        """A text, or None."""
        value = self._take(field)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.fault(field, "must be text")
        if not value.strip():
            raise self.fault(field, "is empty; leave it out")
        # the checks of any text of ours: length, characters
        return self._texts(field, {"en": value})["en"]

    def slug(self, field: str) -> str:
        """A name for addresses."""
        return self.like(field, _SLUG, "must be small letters, digits and single hyphens")

    def like(self, field: str, form: re.Pattern[str], what: str) -> str:
        """A text of a form; `what` says which."""
        return self._required(field, self.optional_like(field, form, what))

    def optional_like(self, field: str, form: re.Pattern[str], what: str) -> str | None:
        """A text of a form, or None."""
        value = self.optional_text(field)
        if value is not None and not form.fullmatch(value):
            raise self.fault(field, what)
        return value

    def unique(self, field: str, value: str, *, among: str = "") -> str:
        """`value` back, if no entry of this kind (or of those `among` which it is) had it."""
        mark = ((among or self.kind) + field, value)
        if mark in self.once:
            raise self.fault(field, f"“{value}” is there twice")
        self.once.add(mark)
        return value

    def one_of(self, field: str, words: type[Word]) -> Word | None:
        """One of these words, or None."""
        value = self.optional_text(field)
        if value is not None and value not in list(words):
            raise self.fault(field, f"must be one of {', '.join(words)}")
        return None if value is None else words(value)

    def some_of(self, field: str, words: Iterable[Word]) -> list[Word]:
        """Some of these words, perhaps none."""
        value = self._take(field)
        known = {str(word): word for word in words}
        if value is None:
            return []
        if not isinstance(value, list) or not all(
            isinstance(one, str) and one in known for one in value
        ):
            raise self.fault(field, f"must be a list of some of {', '.join(known)}")
        return [known[one] for one in value]

    def name(self, field: str) -> str | None:
        """An editor's name, perhaps empty, or None."""
        value = self._take(field)
        if value is not None and not isinstance(value, str):
            raise self.fault(field, "must be text")
        try:
            return None if value is None else check_name(value)
        except Refused as fault:
            raise self.fault(field, str(fault)) from None

    def number(self, field: str, *, least: int = 1, most: int = LARGEST) -> int | None:
        """A whole number, or None."""
        value = self._take(field)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            raise self.fault(field, f"must be a whole number from {least} to {most}")
        return value

    def flag(self, field: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(field)
        if value is None:
            return default
        if type(value) is not bool:
            raise self.fault(field, "must be true or false")
        return value

    def day(self, field: str) -> date:
        """A day that must be there."""
        value = self._take(field)
        if type(value) is not date or not MIN_YEAR <= value.year <= MAX_YEAR:
            raise self.fault(field, "must be a day, like 2025-09-27")
        return value

    def moment(self, field: str) -> datetime:
        """A moment that must be there, in UTC."""
        return self._required(field, self.optional_moment(field))

    def optional_moment(self, field: str) -> datetime | None:
        """A moment in UTC, or None."""
        value = self._take(field)
        if value is None:
            return None
        if (
            type(value) is not datetime
            or value.tzinfo is None
            or not MIN_YEAR <= value.year <= MAX_YEAR
        ):
            raise self.fault(field, "must be a moment with its offset, like 2027-03-01T09:00:00Z")
        return value.astimezone(UTC)

    def texts(self, field: str) -> Texts:
        """Texts by language that must be there."""
        return self._required(field, self.optional_texts(field))

    def optional_texts(self, field: str) -> Texts | None:
        """Texts by language, or None."""
        value = self._take(field)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise self.fault(field, "must be texts by language, like title.en = “…”")
        return self._texts(field, value)

    def when(self, field: str) -> When | None:
        """A date, or None."""
        value = self.optional_text(field)
        try:
            return None if value is None else When.parse(value)
        except Refused as fault:
            raise self.fault(field, str(fault)) from None

    def entries(self, field: str) -> list["Entry"]:
        """The tables in a table, perhaps none."""
        value = self._take(field)
        if value is None:
            return []
        if not are_tables(value):
            raise self.fault(field, f"must be tables, each begun by [[….{field}]]")
        return [Entry(self.place, field, table, self.once) for table in value]

    def end(self) -> None:
        """All fields have been read: whatever is left was misspelt."""
        if unknown := sorted(set(self.values) - self.taken):
            raise self.fault(unknown[0], "is not a field")

    def fault(self, field: str, what: str) -> Refused:
        """What is wrong with a field, to raise."""
        return Refused("%(place)s: %(name)s: %(what)s", place=self.place, name=field, what=what)

    def _required(self, field: str, value: Value | None) -> Value:
        if value is None:
            raise self.fault(field, "is missing")
        return value

    def _texts(self, field: str, value: Mapping[str, str]) -> Texts:
        try:
            return Texts(value, limit=LONGEST)
        except Refused as fault:
            raise self.fault(field, str(fault)) from None

    def _take(self, field: str) -> Any:
        self.taken.add(field)
        return self.values.get(field)


def are_tables(value: object) -> bool:
    """Whether it is a list of tables."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)
