import importlib.resources
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calendar_svc.domain import when as when_module
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.when import (
    Kind,
    Point,
    Precision,
    When,
    check_zone,
    day,
    minute,
    month,
    quarter,
    year,
)
from tests.strategies import ZONES, days, lasting, points, vague_points, walls, whens, windows
from tests.strategies import dated as dated_whens

KL = "Asia/Kuala_Lumpur"
NINE = "2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]"
NOON = "2025-11-01T12:00:00+08:00[Asia/Kuala_Lumpur]"

FINEST_FIRST = ("minute", "day", "month", "quarter", "year")


# — writing and reading —


@given(whens)
def test_every_date_reads_back_as_it_was_written(when: When) -> None:
    text = str(when)
    assert When.parse(text) == when
    assert str(When.parse(text)) == text


@given(whens)
def test_a_written_date_has_no_character_that_a_line_can_not_hold(when: When) -> None:
    assert str(when).isascii()
    assert str(when).isprintable()


@pytest.mark.parametrize(
    ("text", "kind", "precision", "first", "last", "count"),
    [
        ("2025", Kind.AT, "year", "2025-01-01", "2025-12-31", 365),
        ("2024", Kind.AT, "year", "2024-01-01", "2024-12-31", 366),
        ("2026-33", Kind.AT, "quarter", "2026-01-01", "2026-03-31", 90),
        ("2026-34", Kind.AT, "quarter", "2026-04-01", "2026-06-30", 91),
        ("2026-35", Kind.AT, "quarter", "2026-07-01", "2026-09-30", 92),
        ("2026-36", Kind.AT, "quarter", "2026-10-01", "2026-12-31", 92),
        ("2024-33", Kind.AT, "quarter", "2024-01-01", "2024-03-31", 91),
        ("2025-10", Kind.AT, "month", "2025-10-01", "2025-10-31", 31),
        ("2025-12", Kind.AT, "month", "2025-12-01", "2025-12-31", 31),
        ("2025-02", Kind.AT, "month", "2025-02-01", "2025-02-28", 28),
        ("2024-02", Kind.AT, "month", "2024-02-01", "2024-02-29", 29),
        ("1900-02", Kind.AT, "month", "1900-02-01", "1900-02-28", 28),
        ("2000-02", Kind.AT, "month", "2000-02-01", "2000-02-29", 29),
        ("2024-02-29", Kind.AT, "day", "2024-02-29", "2024-02-29", 1),
        (NINE, Kind.AT, "minute", "2025-11-01", "2025-11-01", 1),
        ("2025-10-26/2025-10-28", Kind.FROM_TO, "day", "2025-10-26", "2025-10-28", 3),
        ("2025-10-31/2025-11", Kind.FROM_TO, "month", "2025-10-31", "2025-11-30", 31),
        ("2025-10/2025-36", Kind.FROM_TO, "quarter", "2025-10-01", "2025-12-31", 92),
        (f"{NINE}/{NOON}", Kind.FROM_TO, "minute", "2025-11-01", "2025-11-01", 1),
        (f"{NINE}/2025-11-03", Kind.FROM_TO, "day", "2025-11-01", "2025-11-03", 3),
        (f"2025-10-31/{NOON}", Kind.FROM_TO, "day", "2025-10-31", "2025-11-01", 2),
        ("[2025-09-01..2025-09-07]", Kind.WITHIN, "day", "2025-09-01", "2025-09-07", 7),
        ("[2025-09..2025-10]", Kind.WITHIN, "month", "2025-09-01", "2025-10-31", 61),
        ("1000", Kind.AT, "year", "1000-01-01", "1000-12-31", 365),
        ("9998-12-31", Kind.AT, "day", "9998-12-31", "9998-12-31", 1),
        ("9998-36", Kind.AT, "quarter", "9998-10-01", "9998-12-31", 92),
    ],
)
def test_a_date_knows_its_kind_its_precision_and_its_days(
    text: str, kind: Kind, precision: str, first: str, last: str, count: int
) -> None:
    when = When.parse(text)
    assert (str(when), when.kind, when.precision) == (text, kind, Precision(precision))
    assert (str(when.first_day), str(when.last_day), when.days) == (first, last, count)


@given(whens)
def test_a_date_covers_at_least_one_day(when: When) -> None:
    assert when.first_day <= when.last_day
    assert when.days == (when.last_day - when.first_day).days + 1 >= 1


@given(points())
def test_a_span_ends_on_the_last_day_of_its_kind(point: Point) -> None:
    following = point.last + timedelta(days=1)
    match point.precision:
        case Precision.YEAR:
            assert (following.year, following.month, following.day) == (point.first.year + 1, 1, 1)
        case Precision.QUARTER:
            months = 12 * following.year + following.month
            assert months - (12 * point.first.year + point.first.month) == 3
            assert following.day == 1
        case Precision.MONTH:
            assert following.day == 1
            assert 28 <= (following - point.first).days <= 31
        case _:
            assert point.last == point.first


@given(lasting() | windows())
def test_the_precision_of_a_span_is_that_of_its_coarser_end(when: When) -> None:
    ends = (FINEST_FIRST.index(when.start.precision), FINEST_FIRST.index(when.end.precision))
    assert when.precision == FINEST_FIRST[max(ends)]


@pytest.mark.parametrize("text", ["2025-11-01", "2025-10-26/2025-10-28", NINE, f"{NINE}/{NOON}"])
def test_what_is_known_to_the_day_is_not_vague(text: str) -> None:
    when = When.parse(text)
    assert not when.is_vague
    assert not when.starts_vaguely


@pytest.mark.parametrize(
    "text", ["2025-11", "2026-33", "2025", "[2025-09-01..2025-09-07]", "2025-10/2025-11"]
)
def test_a_month_a_quarter_a_year_and_a_window_are_vague_from_their_start(text: str) -> None:
    when = When.parse(text)
    assert when.is_vague
    assert when.starts_vaguely


def test_a_span_of_known_start_and_vague_end_starts_plainly() -> None:
    when = When.parse("2025-10-31/2025-11")
    assert when.is_vague
    assert not when.starts_vaguely


@given(whens)
def test_what_starts_vaguely_is_vague(when: When) -> None:
    assert when.is_vague or not when.starts_vaguely


@given(points())
def test_a_date_is_never_finer_than_it_is_known(point: Point) -> None:
    to_the_minute = point.precision is Precision.MINUTE
    assert (point.instant is not None) == to_the_minute
    assert (point.wall is not None) == to_the_minute
    assert (point.clock is not None) == to_the_minute


def test_october_is_not_the_first_of_october() -> None:
    assert When.parse("2025-10") != When.parse("2025-10-01")
    assert When.parse("2025-10").start.instant is None


# — order —


@given(whens)
def test_a_date_keeps_its_place_in_the_order_when_it_is_stored(when: When) -> None:
    assert When.parse(str(when)).sort_key == when.sort_key


@given(dated_whens, st.data())
def test_a_vague_date_comes_after_everything_dated_in_the_month_it_ends_in(
    dated: When, data: st.DataObject
) -> None:
    first = dated.first_day
    ending = [
        When.at(month(first.year, first.month)),
        When.at(quarter(first.year, (first.month + 2) // 3)),
        When.at(year(first.year)),
    ]
    if first.day > 1:
        ending.append(When.within(day(first.replace(day=1)), day(first)))
    vague = data.draw(st.sampled_from(ending))
    # a quarter or a year that ends later sorts later all the more
    assert dated.sort_key < vague.sort_key


@given(dated_whens, vague_points)
def test_what_is_dated_in_a_later_month_comes_after_a_vague_date(dated: When, vague: When) -> None:
    month_of_dated = (dated.first_day.year, dated.first_day.month)
    month_of_vague = (vague.last_day.year, vague.last_day.month)
    assert (dated.sort_key < vague.sort_key) == (month_of_dated <= month_of_vague)


@given(dated_whens, dated_whens)
def test_dated_meetings_are_in_the_order_of_their_days(one: When, other: When) -> None:
    if one.first_day < other.first_day:
        assert one.sort_key < other.sort_key


@given(days, walls(), st.sampled_from(ZONES))
def test_a_whole_day_comes_before_the_clock_times_of_that_day(
    first: date, wall: datetime, zone: str
) -> None:
    clock = minute(datetime.combine(first, wall.time()), zone)
    assert When.at(day(first)).sort_key < When.at(clock).sort_key


@given(st.lists(vague_points, min_size=2, max_size=2))
def test_of_two_vague_dates_that_end_alike_the_shorter_comes_first(pair: list[When]) -> None:
    one, other = pair
    if one.last_day == other.last_day and one.days < other.days:
        assert one.sort_key < other.sort_key


LISTED = (
    "2025-10-31/2025-11-02",
    "[2025-10-01..2025-10-31]",
    "2025-11-01",
    "2025-11-01T08:30:00+08:00[Asia/Kuala_Lumpur]",
    NINE,
    "2025-11-02",
    "2025-11-30",
    "[2025-11-03..2025-11-09]",
    "2025-11",
    "2025-10-31/2025-11",
    "2025-10/2025-11",
    "2025-12-01",
    "2025-12",
    "2025-36",
    "2025",
)
"""As the pages list them."""


@given(st.permutations(LISTED))
def test_meetings_are_listed_by_day_and_what_is_vague_after_its_month(texts: list[str]) -> None:
    listed = sorted(map(When.parse, texts), key=lambda when: when.sort_key)
    assert [str(when) for when in listed] == list(LISTED)


# — clock times —


@pytest.mark.parametrize(
    "text",
    [
        NINE,
        "2025-11-01T09:00+08:00[Asia/Kuala_Lumpur]",
        "2025-11-01T09:00:00[Asia/Kuala_Lumpur]",
        "2025-11-01t09:00:00+08:00[Asia/Kuala_Lumpur]",
        "2025-11-01T09:00:00+08:00[!Asia/Kuala_Lumpur]",
        f"  {NINE}\n",
    ],
)
def test_a_clock_time_is_read_as_rfc_9557_writes_it(text: str) -> None:
    when = When.parse(text)
    assert str(when) == NINE
    assert when.start.clock == time(9, 0)
    assert when.start.zone == KL
    assert when.start.instant == datetime(2025, 11, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("offset", ["+07:00", "-11:00", "+00:00", "+99:99", ""])
def test_an_offset_that_contradicts_the_zone_is_ignored(offset: str) -> None:
    assert str(When.parse(f"2025-11-01T09:00:00{offset}[Asia/Kuala_Lumpur]")) == NINE


def test_z_before_a_zone_is_not_taken_for_the_time_on_its_wall() -> None:
    text = "2025-11-01T09:00:00Z[Asia/Kuala_Lumpur]"
    try:
        when = When.parse(text)
    except Refused:
        return
    assert when.start.instant == datetime(2025, 11, 1, 9, 0, tzinfo=UTC)


def test_the_two_readings_of_a_repeated_hour_are_two_dates() -> None:
    summer = When.parse("2025-10-26T02:30:00+02:00[Europe/Berlin]")
    winter = When.parse("2025-10-26T02:30:00+01:00[Europe/Berlin]")
    assert summer != winter
    assert str(summer) == "2025-10-26T02:30:00+02:00[Europe/Berlin]"
    assert str(winter) == "2025-10-26T02:30:00+01:00[Europe/Berlin]"
    assert summer.start.instant == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert winter.start.instant == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert When.parse("2025-10-26T02:30:00[Europe/Berlin]") == summer


def test_a_meeting_may_last_from_one_reading_of_an_hour_to_the_other() -> None:
    text = "2025-10-26T02:30:00+02:00[Europe/Berlin]/2025-10-26T02:30:00+01:00[Europe/Berlin]"
    assert str(When.parse(text)) == text
    start, end = text.split("/2025", 1)
    with pytest.raises(Refused):
        When.parse(f"2025{end}/{start}")


@given(days, st.sampled_from(ZONES), st.sampled_from([0, 1]))
def test_noon_is_one_moment_whatever_its_fold(first: date, zone: str, fold: int) -> None:
    noon = datetime.combine(first, time(12), None).replace(fold=fold)
    assert minute(noon, zone) == minute(noon.replace(fold=0), zone)


def test_a_skipped_hour_is_read_with_the_offset_before_the_change() -> None:
    when = When.parse("2025-03-30T02:30:00[Europe/Berlin]")
    assert when.start.clock == time(2, 30)
    assert when.start.instant == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    assert When.parse(str(when)) == when


@pytest.mark.parametrize("offset", ["+02:00", "-05:00"])
def test_a_skipped_hour_has_one_reading_whatever_offset_is_written(offset: str) -> None:
    plain = When.parse("2025-03-30T02:30:00[Europe/Berlin]")
    folded = minute(datetime(2025, 3, 30, 2, 30, fold=1), "Europe/Berlin")
    assert When.parse(f"2025-03-30T02:30:00{offset}[Europe/Berlin]") == plain
    assert When.at(folded) == plain


@given(walls(), st.sampled_from(ZONES))
def test_the_instant_is_that_of_the_zone_at_that_wall_time(wall: datetime, zone: str) -> None:
    first = wall.replace(fold=0)
    point = minute(first, zone)
    assert point.instant is not None
    assert point.instant.tzinfo is UTC
    assert (point.first, point.clock) == (wall.date(), wall.time())
    shown = point.instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    # a skipped hour is shown later than it was written
    assert shown >= first


def test_a_span_across_zones_is_ordered_by_its_moments() -> None:
    kl_nine, jakarta_half_past_eight = NINE, "2025-11-01T08:30:00+07:00[Asia/Jakarta]"
    assert When.parse(f"{kl_nine}/{jakarta_half_past_eight}").days == 1
    with pytest.raises(Refused):
        When.parse(f"{jakarta_half_past_eight}/{kl_nine}")


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Gives a zone another zone's rules, as a new edition of the time-zone data may."""

    def replace(zone: str, by: str) -> None:
        path = tmp_path / zone
        path.parent.mkdir(parents=True, exist_ok=True)
        package, name = by.rsplit("/", 1)
        source = importlib.resources.files(f"tzdata.zoneinfo.{package}") / name
        path.write_bytes(source.read_bytes())
        zoneinfo.reset_tzpath([str(tmp_path)])
        ZoneInfo.clear_cache()

    yield replace
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache()


def test_when_a_zone_changes_its_rules_the_hour_on_the_wall_stays(
    rules: Callable[[str, str], None],
) -> None:
    stored = str(When.parse(NINE))
    before = When.parse(stored)
    assert before.start.instant == datetime(2025, 11, 1, 1, 0, tzinfo=UTC)

    rules(KL, "Asia/Tokyo")

    after = When.parse(stored)
    assert (after.start.first, after.start.clock) == (date(2025, 11, 1), time(9, 0))
    assert after.start.instant == datetime(2025, 11, 1, 0, 0, tzinfo=UTC)
    # a value that outlives the change follows it, too
    assert before == after
    assert before.start.instant == after.start.instant
    assert str(after) == "2025-11-01T09:00:00+09:00[Asia/Kuala_Lumpur]"


def test_when_summer_time_is_abolished_a_repeated_hour_becomes_one(
    rules: Callable[[str, str], None],
) -> None:
    texts = [f"2025-10-26T02:30:00{offset}[Europe/Berlin]" for offset in ("+02:00", "+01:00")]

    rules("Europe/Berlin", "Africa/Algiers")

    summer, winter = map(When.parse, texts)
    assert summer == winter
    assert str(summer) == texts[1]
    assert summer.start.instant == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_the_zone_data_is_as_before_after_these_tests() -> None:
    assert When.parse(NINE).start.instant == datetime(2025, 11, 1, 1, 0, tzinfo=UTC)


# — what is refused —

# each is refused for one reason, told in one sentence
BAD = [
    "",
    "   ",
    "2025-13",
    "2025-00",
    "2025-32",
    "2025-37",
    "2025-99",
    "2025-02-30",
    "2025-02-29",
    "2025-11-31",
    "2025-00-01",
    "2025-36-01",
    "2025-1",
    "2025-11-1",
    "0999",
    "0000",
    "0000-01-01",
    "9999",
    "9999-12-31",
    "99999",
    "-2025",
    "+2025",
    "２０２５",  # full-width digits
    "2025-１１",
    "٢٠٢٥",
    "2025–11",
    "2025/11/01",
    "01-11-2025",
    "20251101",
    "2025-W44",
    "2025-306",
    "2025-11-01Z",
    "2025-21",  # a season
    "2025?",
    "2025~",
    "202X",
    "..",
    "/",
    "../2025",
    "2025/..",
    "2025/",
    "/2025",
    "2025-11-01 / 2025-11-02",
    "2025-11-01/2025-11-02/2025-11-03",
    "2025-11-03/2025-11-01",
    "2025-11-01/2025-11-01",
    "2025-11/2025-10",
    "2025/2025-06",
    "2025-10/2025-10-15",
    f"{NOON}/{NINE}",
    f"{NINE}/{NINE}",
    "[]",
    "[..]",
    "[2025]",
    "[2025..]",
    "[..2025]",
    "[2025-09-07..2025-09-01]",
    "[2025-09-01..2025-09-01]",
    "[2025-09-01,2025-09-02]",
    "{2025-09-01..2025-09-07}",
    "[2025-09-01..2025-09-07",
    "2025-09-01..2025-09-07",
    "[[2025-09-01..2025-09-07]]",
    "[2025-09-01...2025-09-07]",
    "[2025-09-01..2025-09-03..2025-09-07]",
    f"[{NINE}..{NOON}]",
    "[2025-11-01T09:00..2025-11-02]",
    "2025-11-01T09:00",
    "2025-11-01T09:00:00+08:00",
    "2025-11-01T09:00:00Z",
    "2025-11-01 09:00[Asia/Kuala_Lumpur]",
    "2025-11-01T09[Asia/Kuala_Lumpur]",
    "2025-11-01T24:00[Asia/Kuala_Lumpur]",
    "2025-11-01T09:60[Asia/Kuala_Lumpur]",
    "2025-11-01T09:00:01[Asia/Kuala_Lumpur]",
    "2025-11-01T09:00:60[Asia/Kuala_Lumpur]",
    "2025-11-01T09:00:00.5+08:00[Asia/Kuala_Lumpur]",
    "2025-02-30T09:00[Asia/Kuala_Lumpur]",
    "2025-11T09:00[Asia/Kuala_Lumpur]",
    "0999-11-01T09:00[Asia/Kuala_Lumpur]",
    "9999-12-31T23:59[Etc/GMT+12]",
    "2025-11-01T09:00[]",
    "2025-11-01T09:00[!]",
    "2025-11-01T09:00[Asia/Nowhere]",
    "2025-11-01T09:00[asia/kuala_lumpur]",
    "2025-11-01T09:00[Kuala Lumpur]",
    "2025-11-01T09:00[MYT]",
    "2025-11-01T09:00[+08:00]",
    "2025-11-01T09:00[Asia]",
    "2025-11-01T09:00[Asia/]",
    "2025-11-01T09:00[/Asia/Kuala_Lumpur]",
    "2025-11-01T09:00[../Asia/Kuala_Lumpur]",
    "2025-11-01T09:00[Asia/../Asia/Kuala_Lumpur]",
    "2025-11-01T09:00[/etc/passwd]",
    "2025-11-01T09:00[../../../../etc/passwd]",
    "2025-11-01T09:00[posix/Asia/Kuala_Lumpur]",
    "2025-11-01T09:00[Asia\\Kuala_Lumpur]",
    "2025-11-01T09:00[Asia/Kuala_Lumpur\x00]",
    "2025-11-01T09:00[Asia/Kuala_Lumpur][u-ca=islamic]",
    "2025-11-01T09:00[" + "A" * 10_000 + "]",
    "\x00",
    "2025\x00",
    "2025-11-01\x0009:00",
    "\ud800",
    "a" * 10_000,
    "9" * 10_000,
    "[" * 10_000,
    "/" * 10_000,
    "2025/" * 2_000,
    "next Tuesday",
    "Oktober 2025",
    "%(text)s %s %",
]


@pytest.mark.parametrize(
    "text",
    [
        *BAD,
        "2025\n11",
        "2025-11-01\r\nBcc: all@example.org",
        "2025-11-01T09:00[Asia/\nKuala_Lumpur]",
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_what_is_not_a_date_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(Refused) as refused:
        When.parse(text)
    sentence = str(refused.value)
    assert sentence
    assert "\n" not in sentence
    assert "\r" not in sentence
    assert len(sentence) < 400


@given(
    st.text(max_size=60)
    | st.text("0123456789-/[].TZ:+, ", max_size=30)
    | st.from_regex(r"\[?\d{4}(-\d\d){0,2}(\.\.|/|T\d\d:\d\d)?.{0,30}", fullmatch=True)
)
@example("[2025-09-01..2025-09-07]")
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    _read_or_refuse(text)


@given(whens, st.data())
def test_a_date_with_a_slip_in_it_is_another_date_or_is_refused(
    when: When, data: st.DataObject
) -> None:
    text = str(when)
    place = data.draw(st.integers(0, len(text)))
    dropped = data.draw(st.integers(0, 2))
    slip = data.draw(st.text("0123456789-/[].TZ:+ \x00é", max_size=2))
    _read_or_refuse(text[:place] + slip + text[place + dropped :])


def test_a_long_text_is_refused_at_once() -> None:
    began = perf_counter()
    with pytest.raises(Refused):
        When.parse("[" + "." * 10_000)
    assert perf_counter() - began < 0.2


def test_a_window_of_clock_times_is_refused_whoever_makes_it() -> None:
    with pytest.raises(Refused, match="leave the clock times out"):
        When.within(day(date(2025, 11, 1)), minute(datetime(2025, 11, 2, 9, 0), KL))


def test_a_point_out_of_its_range_is_refused() -> None:
    attempts: list[Callable[[], Point]] = [
        lambda: year(999),
        lambda: year(9999),
        lambda: quarter(2025, 0),
        lambda: quarter(2025, 5),
        lambda: month(2025, 0),
        lambda: month(2025, 13),
        lambda: month(999, 1),
        lambda: day(date(999, 12, 31)),
        lambda: day(date(9999, 1, 1)),
        lambda: minute(datetime(2025, 11, 1, 9, 0, 1), KL),
        lambda: minute(datetime(2025, 11, 1, 9, 0, 0, 1), KL),
        lambda: minute(datetime(2025, 11, 1, 9, 0), "Asia/Nowhere"),
    ]
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()


def test_a_day_made_of_a_moment_keeps_only_the_day() -> None:
    point = day(datetime(2025, 11, 1, 9, 30))
    assert str(point) == "2025-11-01"
    assert type(point.first) is date


def test_a_zone_is_given_back_when_it_is_one() -> None:
    assert check_zone(KL) == KL
    with pytest.raises(Refused, match="“Asia/Nowhere” is not a time zone"):
        check_zone("Asia/Nowhere")


@pytest.mark.parametrize("name", ["localtime", "Factory"])
def test_a_zone_of_this_machine_alone_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(when_module, "available_timezones", lambda: {KL, "localtime", "Factory"})
    when_module.zone_names.cache_clear()
    try:
        with pytest.raises(Refused):
            check_zone(name)
    finally:
        monkeypatch.undo()
        when_module.zone_names.cache_clear()


def _read_or_refuse(text: str) -> None:
    try:
        when = When.parse(text)
    except Refused as refused:
        told = str(refused)
    else:
        told = str(when)
        assert When.parse(told) == when
        assert when.days >= 1
    assert told
