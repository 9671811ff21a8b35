"""What hypothesis draws from: dates of every precision, Whens of all kinds, texts, histories."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import (
    MAX_YEAR,
    MIN_YEAR,
    Point,
    Precision,
    When,
    day,
    minute,
    month,
    quarter,
    year,
)

settings.register_profile("house", deadline=None)
settings.load_profile("house")

ZONES = (
    "Asia/Kuala_Lumpur",
    "Asia/Jakarta",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "Europe/Dublin",  # its winter is the exception, not its summer
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # skipped a day
    "Africa/Casablanca",
    "UTC",
)
FIRST, LAST = date(MIN_YEAR, 1, 1), date(MAX_YEAR, 12, 31)
COARSE = tuple(precision for precision in Precision if precision is not Precision.MINUTE)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31)) | st.dates(FIRST, LAST)
clocks = st.times(time(0), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))
zones = st.sampled_from(ZONES)

# hours that Berlin, New York and Lord Howe skip or repeat, among others
_changes = st.sampled_from(
    [
        date(2025, 3, 30),
        date(2025, 10, 26),
        date(2025, 3, 9),
        date(2025, 11, 2),
        date(2025, 4, 6),
        date(2025, 10, 5),
    ]
)
_small_hours = st.integers(0, 239).map(lambda minutes: time(minutes // 60, minutes % 60))


@st.composite
def walls(draw: st.DrawFn, days: st.SearchStrategy[date] = days) -> datetime:
    """A time on the wall, often one of a night in which clocks change."""
    if draw(st.booleans()):
        moment = datetime.combine(draw(_changes), draw(_small_hours))
    else:
        moment = datetime.combine(draw(days), draw(clocks))
    return moment.replace(fold=draw(st.sampled_from([0, 1])))


@st.composite
def points(
    draw: st.DrawFn,
    precisions: Sequence[Precision] = tuple(Precision),
    days: st.SearchStrategy[date] = days,
) -> Point:
    """One date at one of the precisions."""
    precision = draw(st.sampled_from(precisions))
    if precision is Precision.MINUTE:
        return minute(draw(walls(days)), draw(zones))
    first = draw(days)
    match precision:
        case Precision.DAY:
            return day(first)
        case Precision.MONTH:
            return month(first.year, first.month)
        case Precision.QUARTER:
            return quarter(first.year, (first.month + 2) // 3)
        case _:
            return year(first.year)


@st.composite
def lasting(draw: st.DrawFn) -> When:
    """It lasts from one date to another; the ends may differ in precision."""
    return _span(draw, tuple(Precision), window=False)


@st.composite
def windows(draw: st.DrawFn) -> When:
    """It falls somewhere from one date to another."""
    return _span(draw, COARSE, window=True)


def _span(draw: st.DrawFn, precisions: Sequence[Precision], *, window: bool) -> When:
    begins = draw(points(precisions))
    soon = st.integers(0, 500).map(
        lambda more: date.fromordinal(min(begins.last.toordinal() + more, LAST.toordinal()))
    )
    ends = draw(points(precisions, soon))
    try:
        return When.within(begins, ends) if window else When.lasting(begins, ends)
    except Refused:
        return When.at(begins)


dated = points((Precision.DAY, Precision.MINUTE)).map(When.at)
"""A day or a clock time."""
vague_points = points((Precision.MONTH, Precision.QUARTER, Precision.YEAR)).map(When.at)
whens = points().map(When.at) | lasting() | windows()
"""Every When that is admitted."""

_letters = st.characters(exclude_categories=("Cc", "Cs"))
languages = st.sampled_from(["ms", "en", "id", "zh-Hant", "fil"])
text_values = st.text(_letters, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
texts = st.dictionaries(languages, text_values, min_size=1, max_size=3).map(Texts)

RECORDING_BEGINS = datetime(2025, 10, 1, 2, 0, tzinfo=UTC)
"""Histories are recorded from then on, an hour apart, of what was known before."""
known_moments = st.integers(0, 7).map(
    lambda days: datetime(2025, 9, 1, tzinfo=UTC) + timedelta(days=days)
)
FACT_VALUES: dict[FactName, st.SearchStrategy[FactValue]] = {
    FactName.TITLE: st.sampled_from([Texts({"en": "ADMM"}), Texts({"en": "19th ADMM"})]),
    FactName.STATUS: st.sampled_from(Status),
    FactName.WHEN: st.sampled_from(
        [
            None,
            *map(When.parse, ("2025-11", "2025-11-01", "2025-11-02", "[2025-11-01..2025-11-07]")),
        ]
    ),
    FactName.PLACE: st.sampled_from([None, Texts({"ms": "Desaru"}), Texts({"ms": "Melaka"})]),
    FactName.DESCRIPTION: st.sampled_from([None, Texts({"en": "behind closed doors"})]),
    FactName.SERIES: st.sampled_from(["admm", "adsom", None]),
    FactName.ORDINAL: st.sampled_from([19, 20, None]),
}


@st.composite
def facts(draw: st.DrawFn, name: FactName, known: st.SearchStrategy[datetime]) -> Fact:
    """A fact of that name, known since one of these moments."""
    return Fact(name, draw(FACT_VALUES[name]), draw(known))


@st.composite
def revisions(draw: st.DrawFn, *, longest: int = 7) -> list[Revision]:
    """An event's revisions in the order of recording, which is not that of knowledge. The first
    names the event."""
    count = draw(st.integers(1, longest))
    made = []
    for number in range(1, count + 1):
        names = draw(st.sets(st.sampled_from(FactName), min_size=1, max_size=3))
        if number == 1:
            names.add(FactName.TITLE)
        made.append(
            Revision(
                number,
                RECORDING_BEGINS + timedelta(hours=number),
                tuple(draw(facts(name, known_moments)) for name in sorted(names)),
                "Ada",
            )
        )
    return made
