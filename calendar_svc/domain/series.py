"""Series: successive, numbered editions of one gathering."""

from dataclasses import dataclass

from calendar_svc.domain.texts import Texts


@dataclass(frozen=True)
class Series:
    """`slug` is its address and its feed's; `short` its acronym, `name` its full name."""

    slug: str
    short: str
    name: Texts
