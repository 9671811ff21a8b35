"""Reading: what an article says of one meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.series import Series
from calendar_svc.domain.when import Kind, Point, Precision, When


@dataclass(frozen=True)
class Reading:
    """`title` and `place` are in the article's words and language; `evidence` is the sentence as
    it stands in the text."""

    title: str
    lang: str
    series: str | None
    ordinal: int | None
    when: When | None
    was: When | None
    place: str | None
    status: ClaimStatus
    evidence: str

    def as_json(self) -> dict[str, str | int | None]:
        """As `calendar-svc read --json` prints it: ISO 8601, a quarter as 2026-Q3; `end` only for
        what lasts or falls within a span, inclusive; `was` in EDTF."""
        start, end, precision = _told(self.when)
        return {
            "title": self.title,
            "series": self.series,
            "ordinal": self.ordinal,
            "start": start,
            "end": end,
            "precision": precision,
            "zone": self.when.start.zone if self.when else None,
            "was": str(self.was) if self.was else None,
            "place": self.place,
            "status": self.status.value,
            "evidence": self.evidence,
            "lang": self.lang,
        }


def _told(when: When | None) -> tuple[str | None, str | None, str]:
    """Start, end and precision."""
    if when is None:
        return None, None, "unknown"
    start = _iso(when.start)
    if when.kind is Kind.AT:
        return start, None, when.start.precision.value
    return start, _iso(when.end), "within" if when.kind is Kind.WITHIN else "range"


def _iso(point: Point) -> str:
    if point.wall is not None:
        return point.wall.isoformat(timespec="minutes")
    if point.precision is Precision.QUARTER:
        return f"{point.first.year:04}-Q{(point.first.month + 2) // 3}"
    return str(point)


class Read(Protocol):
    """Reads a text; `extract.read`, unless a test has its own."""

    def __call__(
        self,
        text: str,
        *,
        published: date,
        lang: str | None,
        series: Sequence[Series],
        timezone: str,
    ) -> list[Reading]:
        """What an article of that day says of each meeting."""
