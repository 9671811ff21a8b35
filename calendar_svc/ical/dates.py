"""When → DTSTART and DTEND: days as DATE with an exclusive end, moments in UTC.

What `ics` would get wrong (the exclusive end of whole days, seconds it can't leave out) is said
as content lines. A vague date becomes whole days over its span; X-EDTF says what is known.
"""

from datetime import UTC, date, datetime, timedelta

from ics.grammar.parse import ContentLine

from calendar_svc.domain.when import When

_BASIC = str.maketrans("", "", "-:")
"""From ISO 8601's extended form to its basic one."""


def date_lines(when: When) -> list[ContentLine]:
    """DTSTART, and DTEND where there is one (RFC 5545, sections 3.8.2.2 and 3.8.2.4)."""
    begins, ends = when.start.instant, when.end.instant
    if begins is None or ends is None:
        return [
            _days("DTSTART", when.first_day),
            _days("DTEND", when.last_day + timedelta(days=1)),
        ]
    if begins == ends:
        # a moment with no known end: a DTEND equal to DTSTART isn't allowed
        return [ContentLine("DTSTART", {}, utc(begins))]
    return [ContentLine("DTSTART", {}, utc(begins)), ContentLine("DTEND", {}, utc(ends))]


def utc(moment: datetime) -> str:
    """A moment as DATE-TIME in UTC (section 3.3.5, form 2)."""
    # strftime doesn't pad the year 999
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19].translate(_BASIC) + "Z"


def _days(name: str, day: date) -> ContentLine:
    return ContentLine(name, {"VALUE": ["DATE"]}, day.isoformat().translate(_BASIC))
