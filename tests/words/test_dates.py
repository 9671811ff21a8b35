import time
from contextlib import suppress
from zoneinfo import available_timezones

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.when import LONGEST, Kind, When
from calendar_svc.words.dates import read_when
from calendar_svc.words.labels import when_label
from tests.strategies import whens, zones
from tests.words.messages import messages

KUALA_LUMPUR = "Asia/Kuala_Lumpur"
LANGUAGES = ("ms", "en", "id")


def read(text: str, lang: str = "ms", zone: str = KUALA_LUMPUR) -> str:
    return str(read_when(text, lang, zone=zone))


def refusal(text: str, lang: str = "en") -> str:
    with pytest.raises(Refused) as refused:
        read_when(text, lang, zone=KUALA_LUMPUR)
    return str(refused.value)


# — what the service writes itself —


@given(whens, zones)
def test_edtf_is_read(when: When, zone: str) -> None:
    assert read_when(str(when), "ms", zone=zone) == when


@given(whens, zones)
def test_what_a_label_says_is_read_back(when: When, zone: str) -> None:
    # a label says of a repeated hour not which of the two it is; the first is read
    assume(not when.start.fold and not when.end.fold)
    for lang in LANGUAGES:
        label = when_label(when, lang)
        if when.kind is Kind.WITHIN:
            # a window is printed like a span
            label = f"dalam {label}" if lang == "ms" else f"within {label}"
        assert read_when(label, lang, zone=zone) == when, label


@pytest.mark.parametrize("fold", [0, 1])
def test_a_repeated_hour_in_a_label_is_read_as_the_first(fold: int) -> None:
    when = When.parse(f"2025-10-26T02:30:00+0{2 - fold}:00[Europe/Berlin]")
    again = read_when(when_label(when, "en"), "en", zone="UTC")
    assert again and (when.start.fold, again.start.fold) == (fold, 0)


@given(whens, zones)
def test_a_label_in_one_language_is_read_in_another(when: When, zone: str) -> None:
    assume(not when.start.fold and not when.end.fold and when.kind is not Kind.WITHIN)
    assert read_when(when_label(when, "en"), "ms", zone=zone) == when
    assert read_when(when_label(when, "ms"), "en", zone=zone) == when


# — what people type —


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        # a day
        ("31 Okt 2025", "2025-10-31"),
        ("31 OKTOBER 2025", "2025-10-31"),
        ("31 Okt. 2025", "2025-10-31"),
        ("31. Oktober 2025", "2025-10-31"),
        ("31hb Oktober 2025", "2025-10-31"),
        ("31 haribulan Oktober tahun 2025", "2025-10-31"),
        ("Oct 31, 2025", "2025-10-31"),
        ("October 31st, 2025", "2025-10-31"),
        ("the 31st of October 2025", "2025-10-31"),
        ("1st September 2025", "2025-09-01"),
        ("1 Sep 2025", "2025-09-01"),
        ("1 Sept 2025", "2025-09-01"),
        ("9 Mac 2026", "2026-03-09"),
        ("9 Mar 2026", "2026-03-09"),
        ("31 Ogos 2025", "2025-08-31"),
        ("31 Ogo 2025", "2025-08-31"),
        ("2025 Okt 31", "2025-10-31"),
        ("1/11/2025", "2025-11-01"),
        ("01.11.2025", "2025-11-01"),
        ("1-11-2025", "2025-11-01"),
        ("1-Nov-2025", "2025-11-01"),
        ("Sabtu, 1 November 2025", "2025-11-01"),
        ("Sat 1 Nov 2025", "2025-11-01"),
        ("pada hari Sabtu, 1/11/2025", "2025-11-01"),
        # a month, a quarter, a year
        ("Oktober 2025", "2025-10"),
        ("bulan Oktober 2025", "2025-10"),
        ("oct 2025", "2025-10"),
        ("Q3 2026", "2026-35"),
        ("2026 q3", "2026-35"),
        ("suku ketiga 2026", "2026-35"),
        ("Suku Ke-3 2026", "2026-35"),
        ("suku tahun ke-3, 2026", "2026-35"),
        ("suku keempat tahun 2026", "2026-36"),
        ("third quarter of 2026", "2026-35"),
        ("the 3rd quarter 2026", "2026-35"),
        ("2026", "2026"),
        # a span
        ("26-28 Oktober 2025", "2025-10-26/2025-10-28"),
        ("26 hingga 28 Okt 2025", "2025-10-26/2025-10-28"),
        ("26hb hingga 28hb Okt 2025", "2025-10-26/2025-10-28"),
        ("dari 26 sampai 28 Okt 2025", "2025-10-26/2025-10-28"),
        ("26 to 28 Oct 2025", "2025-10-26/2025-10-28"),
        ("26 until 28 Oct 2025", "2025-10-26/2025-10-28"),
        ("from 26th to 28th Oct 2025", "2025-10-26/2025-10-28"),
        ("Oct 26–28, 2025", "2025-10-26/2025-10-28"),
        ("26-28/10/2025", "2025-10-26/2025-10-28"),
        ("26/10/2025 – 28/10/2025", "2025-10-26/2025-10-28"),
        ("2025-10-26 – 2025-10-28", "2025-10-26/2025-10-28"),
        ("26-Okt-2025 - 28-Okt-2025", "2025-10-26/2025-10-28"),
        ("31 Okt – 1 Nov 2025", "2025-10-31/2025-11-01"),
        ("31 Okt 2025-1 Nov 2025", "2025-10-31/2025-11-01"),
        ("Oct 31 – Nov 1, 2025", "2025-10-31/2025-11-01"),
        ("Jumaat 31 Okt – Sabtu 1 Nov 2025", "2025-10-31/2025-11-01"),
        ("30 Dis 2025 – 2 Jan 2026", "2025-12-30/2026-01-02"),
        ("Okt–Nov 2025", "2025-10/2025-11"),
        ("Disember 2025 – Januari 2026", "2025-12/2026-01"),
        ("Q1 – Q2 2026", "2026-33/2026-34"),
        ("2025 – 2026", "2025/2026"),
        ("2025-2026", "2025/2026"),
        ("31 Oktober 2025 – November 2025", "2025-10-31/2025-11"),
        # a window
        ("dalam 1–7 Sep 2025", "[2025-09-01..2025-09-07]"),
        ("within 1–7 Sept 2025", "[2025-09-01..2025-09-07]"),
        ("antara 1 dan 7 September 2025", "[2025-09-01..2025-09-07]"),
        ("antara 1 hingga 7 September 2025", "[2025-09-01..2025-09-07]"),
        ("between 28 Sept and 3 Oct 2025", "[2025-09-28..2025-10-03]"),
        ("between September and October 2025", "[2025-09..2025-10]"),
        ("first week of September 2025", "[2025-09-01..2025-09-07]"),
        ("minggu pertama September 2025", "[2025-09-01..2025-09-07]"),
        ("pada minggu kedua bulan September 2025", "[2025-09-08..2025-09-14]"),
        ("minggu ke-3 September 2025", "[2025-09-15..2025-09-21]"),
        ("4th week of September 2025", "[2025-09-22..2025-09-28]"),
        ("last week of September 2025", "[2025-09-24..2025-09-30]"),
        ("minggu terakhir Februari 2028", "[2028-02-23..2028-02-29]"),
        ("early October 2025", "[2025-10-01..2025-10-10]"),
        ("awal Oktober 2025", "[2025-10-01..2025-10-10]"),
        ("mid October 2025", "[2025-10-11..2025-10-20]"),
        ("mid-October 2025", "[2025-10-11..2025-10-20]"),
        ("pertengahan Oktober 2025", "[2025-10-11..2025-10-20]"),
        ("late February 2026", "[2026-02-21..2026-02-28]"),
        ("akhir Oktober 2025", "[2025-10-21..2025-10-31]"),
        # a window of one date is that date
        ("dalam Oktober 2025", "2025-10"),
        ("within Q3 2026", "2026-35"),
    ],
)
def test_what_people_type_is_read(text: str, edtf: str) -> None:
    assert read(text, "ms") == read(text, "en") == edtf


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:00", "09:00"),
        ("9.00", "09:00"),
        ("09:00", "09:00"),
        ("21:05", "21:05"),
        ("0:30", "00:30"),
        ("9am", "09:00"),
        ("9 a.m.", "09:00"),
        ("9.30 PM", "21:30"),
        ("12 am", "00:00"),
        ("12:15 pm", "12:15"),
        ("12 noon", "12:00"),
        ("9 in the morning", "09:00"),
        ("3 in the afternoon", "15:00"),
        ("8 at night", "20:00"),
        ("at 9:00", "09:00"),
        ("pukul 9.00 pagi", "09:00"),
        ("jam 9 pagi", "09:00"),
        ("9.00 PG", "09:00"),
        ("2.30 petang", "14:30"),
        ("2.30 ptg.", "14:30"),
        ("14.30 petang", "14:30"),
        ("11.45 tengah hari", "11:45"),
        ("12.00 tengah hari", "12:00"),
        ("1.15 tengah hari", "13:15"),
        ("8.30 malam", "20:30"),
        ("11.30 tengah malam", "23:30"),
    ],
)
def test_clock_times_are_read(text: str, clock: str) -> None:
    for written in (f"1 Nov 2025 {text}", f"1 Nov 2025, {text}", f"{text}, 1/11/2025"):
        assert read(written) == f"2025-11-01T{clock}:00+08:00[Asia/Kuala_Lumpur]"


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("1 Nov 2025 09:00–17:00", "01T09:00", "01T17:00"),
        ("09:00–17:00, 1 Nov 2025", "01T09:00", "01T17:00"),
        ("1 Nov 2025, 9am to 5.30pm", "01T09:00", "01T17:30"),
        ("1 Nov 2025, dari 9 pagi hingga 5 petang", "01T09:00", "01T17:00"),
        # one part of the day for both clocks
        ("1 Nov 2025, 9.00–11.30 pagi", "01T09:00", "01T11:30"),
        ("1 Nov 2025, 2.00–4.00 petang", "01T14:00", "01T16:00"),
        ("1 Nov 2025, 9.00–5.00 petang", "01T09:00", "01T17:00"),
        ("1 Nov 2025, 12.00–1.00 petang", "01T12:00", "01T13:00"),
        ("1 Nov 2025, 11.00–1.00 tengah hari", "01T11:00", "01T13:00"),
        ("1 Nov 2025, 8.00–10.30 malam", "01T20:00", "01T22:30"),
        # over days
        ("1 Nov 9:00 – 3 Nov 2025 17:00", "01T09:00", "03T17:00"),
        ("1 Nov 2025 9am – 3 Nov 5pm", "01T09:00", "03T17:00"),
    ],
)
def test_spans_of_clock_times_are_read(text: str, begins: str, ends: str) -> None:
    place = ":00+08:00[Asia/Kuala_Lumpur]"
    assert read(text) == f"2025-11-{begins}{place}/2025-11-{ends}{place}"


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("(Kuala Lumpur)", "Asia/Kuala_Lumpur"),
        ("(jakarta)", "Asia/Jakarta"),
        ("(Asia/Jakarta)", "Asia/Jakarta"),
        ("[asia/jakarta]", "Asia/Jakarta"),
        ("(Singapura)", "Asia/Singapore"),
        ("(Singapore)", "Asia/Singapore"),
        ("(Ho Chi Minh)", "Asia/Ho_Chi_Minh"),
        ("(Kathmandu)", "Asia/Kathmandu"),
        ("(UTC)", "UTC"),
        ("(St. John’s)", "America/St_Johns"),
        ("(St John's)", "America/St_Johns"),
        ("(New York)", "America/New_York"),
        ("(US/Eastern)", "US/Eastern"),
    ],
)
def test_a_clock_time_is_in_the_zone_in_brackets(written: str, zone: str) -> None:
    assert read(f"1 Nov 2025 9:00 {written}", "en").endswith(f"[{zone}]")
    assert read(f"1 Nov 2025 9:00–17:00 {written}", "ms").count(f"[{zone}]") == 2
    assert read(f"1 Nov 2025 9:00 {written} – 17:00", "ms").count(f"[{zone}]") == 2


def test_a_clock_time_without_a_zone_is_in_the_one_given() -> None:
    assert (
        read("1 Nov 2025 9:00", zone="Europe/Berlin") == "2025-11-01T09:00:00+01:00[Europe/Berlin]"
    )


def test_a_city_of_several_names_of_a_zone_is_the_one_given() -> None:
    assert read("1 Nov 2025 9:00 (New York)", zone="US/Eastern").endswith("[US/Eastern]")


def test_every_city_stands_for_a_zone_of_the_same_hour() -> None:
    written = "2025-11-01T09:00[{}]"
    for name in sorted(available_timezones() - {"Factory", "localtime", "posixrules"}):
        when = When.parse(written.format(name))
        for lang in ("ms", "en"):
            again = read_when(when_label(when, lang), lang, zone="UTC")
            assert again
            assert again.start.instant == when.start.instant, (name, again)


def test_spaces_dashes_and_case_are_all_alike() -> None:
    for dash in "-‐‑‒–—―−":
        assert read(f"  26 {dash} 28\u202f oktober\u00a02025\t") == "2025-10-26/2025-10-28"
    assert read("1 Nov 2025, 9:00\u202fPG") == read("1 nov 2025,9:00pg")
    assert read("\u200e1 Novem\u00adber\u200b 2025\ufeff") == "2025-11-01"


@pytest.mark.parametrize("text", ["", " ", "\u00a0\t\n", "\u200b", " " * 300])
def test_an_empty_field_has_no_date(text: str) -> None:
    assert read_when(text, "ms", zone=KUALA_LUMPUR) is None


# — what is refused —


@pytest.mark.parametrize(
    "text",
    [
        *("1 November", "Nov 1", "1/11", "1/11/25", "1 Nov 25", "November", "26–28 Oktober"),
        *("minggu pertama September", "Sabtu, 1 November, 9:00"),
    ],
)
def test_a_date_without_a_year_is_refused_for_that(text: str) -> None:
    assert refusal(text).startswith(f"“{text.replace('–', '-')}” has no year; write it in four")


@pytest.mark.parametrize(
    "text",
    [
        # no date, or more than one
        *("soon", "TBA", "!", "–", "()", "9:00", "Sabtu", "pagi", "12345", "next week", "hari ini"),
        *("1 Nov 2025 2 Nov 2025", "1 2 Nov 2025", "Okt Nov 2025", "1, 2 dan 5 Nov 2025"),
        *("1 and 3 November 2025", "1 – 2 – 3 November 2025", "within", "– 2025", "2025 –"),
        # a clock time needs a day, a zone a clock time, a weekday a day
        *("Oktober 2025 9:00", "2025 9:00", "1 Nov 2025 (Jakarta)", "Sabtu Oktober 2025"),
        *("9:00 – 1 Nov 2025", "1 Nov 2025 – 9:00", "1 Nov 2025 pagi", "1 Nov 2025 (Jakarta) 9"),
        # what could be either a day or an hour
        *("1 Nov 2025 9am – 11", "1–3 Nov 2025 9am", "1 Nov 2025 9", "1 Nov 2025 9–11am"),
        # a part of a month needs a month
        *("early 2026", "minggu pertama 2026", "early 1 Oct 2025", "awal – akhir Oktober 2025"),
        *("Q3 Oktober 2026", "1 Q3 2026", "1 Nov 2025 Q4", "S3 2026", "Q5 2026"),
        # one side's words are not a date without the other's
        *("1 – November 2025", "Jan – 2025", "2025 – Jan", "1–2025", "Oktober – 3 2025"),
    ],
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    for lang in ("ms", "en"):
        said = refusal(text, lang)
        assert "can't be read as a date; write it like 31 October 2025" in said


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("31 November 2025", "“31 November 2025” is not a day of the calendar"),
        ("29/2/2025", "“29/2/2025” is not a day of the calendar"),
        ("0 November 2025", "“0 November 2025” is not a day of the calendar"),
        ("10/31/2025", "there is no month 31; a year has 1 to 12"),
        ("2025-13", "“2025-13” has no such month; 01 to 12 are months and 33 to 36 quarters"),
        ("28–26 Oct 2025", "2025-10-28 to 2025-10-26 is not a span; the end must come after the"),
        ("2025-10-28/2025-10-26", "2025-10-28 to 2025-10-26 is not a span"),
        ("30 Dec – 2 Jan 2026", "2026-12-30 to 2026-01-02 is not a span"),
        ("Oct 0999", "the year 999 is out of range; from 1000 to 9998 are kept"),
        ("9999", "the year 9999 is out of range"),
        ("1 Nov 2025 9:00 (Atlantis)", "“Atlantis” is not a time zone; write one like Asia/Kuala"),
        ("within 1 Nov 2025 9:00–10:00", "a window is made of days or coarser"),
        ("[2025-09-07..2025-09-01]", "2025-09-07 to 2025-09-01 is not a span"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(text: str, because: str) -> None:
    assert refusal(text).startswith(because)


def test_a_weekday_that_is_not_the_dates_is_refused() -> None:
    assert refusal("Ahad, 1 November 2025", "en") == (
        "“Ahad, 1 November 2025” says Sunday, but 1 November 2025 is a Saturday; mend one of the"
        " two"
    )
    assert "says Ahad, but 1 November 2025 is a Sabtu" in refusal("Sun 1 Nov 2025", "ms")
    assert "says Monday, but 2 November 2025" in refusal("1 – Monday 2 November 2025", "en")


@pytest.mark.parametrize(
    "clock",
    # midnight and the small hours of a night belong to either of two days
    [
        *("25:00", "9:75", "13 am", "0 petang", "11 in the afternoon"),
        *("12 midnight", "12.30 malam", "12 tengah malam", "2 at night"),
    ],
)
def test_a_time_of_day_that_is_none_or_uncertain_is_refused(clock: str) -> None:
    assert "no time of day that is certain" in refusal(f"1 Nov 2025 {clock}")


# — whatever is typed —


@given(st.text() | st.text("0123456789 -/.:,()[]TOkctNov–hingga", max_size=60))
@example("(" * LONGEST)
@example("[" * LONGEST)
@example("1-" * (LONGEST // 2))
@example("1.1.1." * (LONGEST // 6))
@example("1" * LONGEST)
@example("ke-" * (LONGEST // 3))
@example("suku " * (LONGEST // 5))
@example("²³ Okt ٢٠٢٥")
def test_anything_is_read_or_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    for lang in ("ms", "en"):
        with suppress(Refused):
            when = read_when(text, lang, zone=KUALA_LUMPUR)
            assert when is None or when == When.parse(str(when))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("letter", ["a", "(", "1", "-", " ", "1 ", "\u202f", "𝟙", "İ"])
def test_a_long_text_is_refused_at_once(letter: str) -> None:
    began = time.perf_counter()
    for length in (LONGEST, LONGEST + 1, 10**6):
        text = (letter * length + "x")[-length:]
        assert "can't be read as a date" in refusal(text)
    assert time.perf_counter() - began < 1


def test_its_sentences_are_found_for_the_catalogues() -> None:
    found = {message for message, files in messages().items() if "words/dates.py" in files}
    assert {str(message)[:20] for message in found} >= {
        "“%(text)s” can't be ",
        "“%(text)s” has no ye",
        "“%(text)s” has no ti",
        "“%(text)s” says %(sa",
    }
