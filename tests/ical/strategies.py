"""Every event that the model admits, with the texts that break careless writers."""

import string
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import Kind, Point, Precision, When, day, minute, month, quarter, year
from calendar_svc.ical.component import Voice

NASTY = (
    *(",", ";", ":", "\\", '"', "'", "^", "^n", "=", "\n", "\t", " ", "  ", "%s", "%(title)s"),
    *("\\n", "\\,", "\\;", "\\\\", "\\N", "\n\n", "BEGIN:VEVENT", "\nEND:VCALENDAR\n"),
    *("Mesyuarat ke-19", "’", "–", "—", "ASEAN", "a" * 80, "\\" * 40, "é" * 40, "会议" * 20),
    *("e\u0301", "a\u0308\u0323", "\u0915\u094d\u0937", "👩‍👩‍👧‍👦", "🇲🇾", "😀" * 20),
    *("اجتماع وزراء الدفاع", "\u202e", "\u200f", "\u00a0", "\u2028", "\u2029", "\ufeff", "𝒳"),
)
LANGS = ("ms", "en", "id", "ar", "zh-Hant")
ZONES = (
    *("Asia/Kuala_Lumpur", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "UTC"),
    *("Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"),
)
FIRST_YEAR, LAST_YEAR = 1001, 9998
"""A moment in the first year kept, 1000, may be in 999 by UTC: a test of its own."""

pieces = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
    st.text(string.printable, max_size=12).map(lambda text: text.replace("\x0b", "")),
)
"""What texts are made of; `Texts` decides what is admitted."""


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    """Texts in one to three languages."""
    langs = draw(st.lists(st.sampled_from(LANGS), min_size=1, max_size=3, unique=True))
    values = {lang: "".join(draw(st.lists(pieces, min_size=1, max_size=6))) for lang in langs}
    try:
        return Texts(values)
    except Refused:
        return Texts({lang: f"text in {lang}" for lang in langs})


days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)) | st.dates(
    date(2024, 12, 1), date(2026, 2, 1)
)


@st.composite
def points(draw: st.DrawFn, *precisions: Precision) -> Point:
    """A date at one of these precisions, by default at any."""
    first = draw(days)
    match draw(st.sampled_from(precisions or tuple(Precision))):
        case Precision.YEAR:
            return year(first.year)
        case Precision.QUARTER:
            return quarter(first.year, draw(st.integers(1, 4)))
        case Precision.MONTH:
            return month(first.year, first.month)
        case Precision.DAY:
            return day(first)
        case Precision.MINUTE:
            wall = datetime(first.year, first.month, first.day, draw(st.integers(0, 23)))
            wall = wall.replace(minute=draw(st.integers(0, 59)), fold=draw(st.integers(0, 1)))
            return minute(wall, draw(st.sampled_from(ZONES)))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """A When of any kind; where two dates make no span, the first of them alone."""
    start = draw(points())
    kind = draw(st.sampled_from(Kind))
    if kind is Kind.AT:
        return When.at(start)
    end = draw(points() | st.just(start).flatmap(_near))
    try:
        return When.lasting(start, end) if kind is Kind.FROM_TO else When.within(start, end)
    except Refused:
        return When.at(start)


def _near(start: Point) -> st.SearchStrategy[Point]:
    """A date of the same kind soon after."""
    if start.wall is None or start.zone is None:
        reach = min(start.last.toordinal() + 40, date(LAST_YEAR, 12, 31).toordinal())
        return st.integers(start.last.toordinal(), reach).map(
            lambda number: day(date.fromordinal(number))
        )
    wall, zone = start.wall.replace(tzinfo=None), start.zone
    return st.integers(1, 2000).map(
        lambda minutes: minute(min(wall + timedelta(minutes=minutes), datetime(9998, 12, 31)), zone)
    )


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@st.composite
def events(draw: st.DrawFn, /, **given: Any) -> Event:
    """An event with a date; `given` are facts that are not left to chance."""
    created, modified = sorted((draw(moments), draw(moments)))
    values: dict[str, Any] = {
        "uid": draw(
            st.uuids(version=4).map(str) | st.from_regex(r"[a-z0-9@.-]{1,90}", fullmatch=True)
        ),
        "slug": draw(st.from_regex(r"[a-z0-9]{1,40}(-[a-z0-9]{1,9})?", fullmatch=True)),
        "title": draw(texts()),
        "status": draw(st.sampled_from(Status)),
        "when": draw(whens()),
        "place": draw(st.none() | texts()),
        "description": draw(st.none() | texts()),
        "series": None,
        "ordinal": draw(st.none() | st.integers(1, 99)),
        "sequence": draw(st.integers(0, 10**6)),
        "when_no": draw(st.integers(0, 9)),
        "revision": draw(st.integers(1, 9)),
        "created_at": created,
        "modified_at": modified,
        "when_since": created,
    }
    return Event(**values | given)


voices = st.builds(
    Voice,
    st.sampled_from(("ms", "en")),
    st.lists(st.sampled_from(LANGS), max_size=3, unique=True).map(tuple),
)
