from datetime import date, timedelta

import pytest
from hypothesis import given

from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.event import Status
from calendar_svc.domain.subscriber import OFFERED_LEADS
from calendar_svc.domain.when import When
from calendar_svc.words import labels
from tests import make
from tests.strategies import vague_points, whens

MORNING = "2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]"
EVENING = "2025-11-01T17:30:00+08:00[Asia/Kuala_Lumpur]"
NEW_YEAR = date(2025, 1, 1)


def plain(text: str) -> str:
    """CLDR's narrow and unbreakable spaces as common ones: their width is left to it."""
    return text.translate(dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " "))


def label(text: str, lang: str) -> str:
    return plain(labels.when_label(When.parse(text), lang))


@pytest.mark.parametrize(
    ("text", "malay", "english"),
    [
        # one date at its precision
        ("2025", "2025", "2025"),
        ("2026-33", "Suku pertama 2026", "1st quarter 2026"),
        ("2025-10", "Oktober 2025", "October 2025"),
        ("2025-12", "Disember 2025", "December 2025"),
        ("2025-11-01", "1 November 2025", "1 November 2025"),
        ("2026-03-09", "9 Mac 2026", "9 March 2026"),
        (
            MORNING,
            "1 November 2025, 9:00 PG (Kuala Lumpur)",
            "1 November 2025, 9:00 am (Kuala Lumpur)",
        ),
        (
            "2025-11-01T00:05[Asia/Kuala_Lumpur]",
            "1 November 2025, 12:05 PG (Kuala Lumpur)",
            "1 November 2025, 12:05 am (Kuala Lumpur)",
        ),
        (
            "2025-11-01T12:00[Asia/Singapore]",
            "1 November 2025, 12:00 PTG (Singapura)",
            "1 November 2025, 12:00 pm (Singapore)",
        ),
        (
            "2025-11-01T12:00[UTC]",
            "1 November 2025, 12:00 PTG (UTC)",
            "1 November 2025, 12:00 pm (UTC)",
        ),
        # from–to
        ("2025-10-26/2025-10-28", "26–28 Okt 2025", "26–28 Oct 2025"),
        ("2025-12-30/2026-01-02", "30 Dis 2025 – 2 Jan 2026", "30 Dec 2025 – 2 Jan 2026"),
        ("2025-12/2026-01", "Disember 2025 – Januari 2026", "December 2025 – January 2026"),
        ("2025/2026", "2025 – 2026", "2025 – 2026"),
        (
            "2025-10-31/2025-11",
            "31 Oktober 2025 – November 2025",
            "31 October 2025 – November 2025",
        ),
        (
            f"{MORNING}/{EVENING}",
            "1 November 2025, 9:00 PG – 5:30 PTG (Kuala Lumpur)",
            "1 November 2025, 9:00 am – 5:30 pm (Kuala Lumpur)",
        ),
        (
            f"{MORNING}/2025-11-03T12:00[Asia/Kuala_Lumpur]",
            "1 November 2025, 9:00 PG – 3 November 2025, 12:00 PTG (Kuala Lumpur)",
            "1 November 2025, 9:00 am – 3 November 2025, 12:00 pm (Kuala Lumpur)",
        ),
        (
            f"{MORNING}/2025-11-01T12:00[Asia/Jakarta]",
            "1 November 2025, 9:00 PG (Kuala Lumpur) – 1 November 2025, 12:00 PTG (Jakarta)",
            "1 November 2025, 9:00 am (Kuala Lumpur) – 1 November 2025, 12:00 pm (Jakarta)",
        ),
        (
            f"{MORNING}/2025-11-03",
            "1 November 2025, 9:00 PG (Kuala Lumpur) – 3 November 2025",
            "1 November 2025, 9:00 am (Kuala Lumpur) – 3 November 2025",
        ),
        # within
        ("[2025-09-01..2025-09-07]", "1–7 Sep 2025", "1–7 Sept 2025"),
        (
            "[2025-09-01..2025-10]",
            "1 September 2025 – Oktober 2025",
            "1 September 2025 – October 2025",
        ),
    ],
)
def test_a_date_is_put_as_its_language_puts_it(text: str, malay: str, english: str) -> None:
    assert label(text, "ms") == malay
    assert label(text, "en") == english


@pytest.mark.parametrize(
    ("text", "malay", "english"),
    [
        ("2025-10/2025-11", "Oktober–November 2025", "October–November 2025"),
        ("[2025-09..2025-10]", "September–Oktober 2025", "September–October 2025"),
        ("2025-10-31/2025-11-01", None, "31 Oct–1 Nov 2025"),
    ],
)
def test_a_span_within_a_year_names_the_year_once(
    text: str, malay: str | None, english: str
) -> None:
    # CLDR's editions differ over the space about the dash
    assert label(text, "en").replace(" – ", "–") == english
    if malay:
        assert label(text, "ms").replace(" – ", "–") == malay


def test_english_names_its_quarters_alike() -> None:
    assert [label(f"2026-{quarter}", "en") for quarter in (33, 34, 35, 36)] == [
        "1st quarter 2026",
        "2nd quarter 2026",
        "3rd quarter 2026",
        "4th quarter 2026",
    ]


@given(whens)
def test_every_date_has_a_label_of_one_line(when: When) -> None:
    for lang in ("ms", "en", "id"):
        text = labels.when_label(when, lang)
        assert text == text.strip()
        assert "\n" not in text
        assert str(when.last_day.year) in text


@given(vague_points)
def test_a_vague_date_is_never_said_with_a_day(when: When) -> None:
    for lang in ("ms", "en"):
        assert labels.weekday_label(when, lang) == ""
        assert labels.countdown(when, date(1000, 1, 1), lang) == ""
        words = plain(labels.when_label(when, lang)).split()
        # a quarter has its number, a month none
        assert sum(word.isdigit() for word in words) == 1


# — what is not known —


@pytest.mark.parametrize(
    ("when", "status", "remark"),
    [
        ("2025-11-01", Status.CONFIRMED, ""),
        (MORNING, Status.CONFIRMED, ""),
        ("2025-10-26/2025-10-28", Status.CONFIRMED, ""),
        ("2025-10", Status.TENTATIVE, "date to be announced"),
        ("2026-33", Status.TENTATIVE, "date to be announced"),
        ("2025", Status.TENTATIVE, "date to be announced"),
        ("2025-10/2025-11", Status.TENTATIVE, "date to be announced"),
        ("2025-10-31/2025-11", Status.CONFIRMED, "last day to be announced"),
        (
            "[2025-09-01..2025-09-07]",
            Status.TENTATIVE,
            "on a day in this span, to be announced",
        ),
        ("2025-10", Status.HELD, "the exact day is not known"),
        ("2025-10-01", Status.HELD, ""),
        (None, Status.TENTATIVE, ""),
    ],
)
def test_what_is_not_known_of_a_date_is_said(when: str | None, status: Status, remark: str) -> None:
    event = make.event(when, status=status)
    assert labels.vague_words(event, "en") == remark


def test_a_date_and_what_is_not_known_of_it_are_said_in_one() -> None:
    said = [labels.when_words(make.event(when), "en") for when in ("2025-10", "2025-10-01", None)]
    assert said == ["October 2025 — date to be announced", "1 October 2025", "date unknown"]


def test_a_reminder_of_a_month_says_that_the_day_is_not_announced() -> None:
    said = labels.expected(When.parse("2025-10"), "en")
    assert said == "expected in October 2025; the day is not announced"


# — days, weekdays, how far ahead —


def test_a_month_and_a_day_are_said_in_full() -> None:
    first = date(2025, 3, 1)
    assert (labels.month_label(first, "ms"), labels.month_label(first, "en")) == (
        "Mac 2025",
        "March 2025",
    )
    assert (labels.day_label(first, "ms"), labels.day_label(first, "en")) == (
        "1 Mac 2025",
        "1 March 2025",
    )


def test_the_day_of_the_week_is_said_where_the_first_day_is_known() -> None:
    for text, malay, english in [
        ("2025-11-01", "Sabtu", "Saturday"),
        (MORNING, "Sabtu", "Saturday"),
        ("2025-10-31/2025-11", "Jumaat", "Friday"),
        ("2025-11", "", ""),
        ("[2025-11-01..2025-11-02]", "", ""),
    ]:
        when = When.parse(text)
        assert labels.weekday_label(when, "ms") == malay
        assert labels.weekday_label(when, "en") == english


@pytest.mark.parametrize(
    ("days", "malay", "english"),
    [
        (2, "dalam 2 hari", "in 2 days"),
        (7, "dalam 7 hari", "in 7 days"),
        (31, "dalam 31 hari", "in 31 days"),
        (60, "dalam 60 hari", "in 60 days"),
        (61, "dalam 2 bulan", "in 2 months"),
        (90, "dalam 3 bulan", "in 3 months"),
        (365, "dalam 12 bulan", "in 12 months"),
        (730, "dalam 2 tahun", "in 2 years"),
    ],
)
def test_how_far_ahead_is_said_in_days_up_to_two_months(
    days: int, malay: str, english: str
) -> None:
    when = When.parse(str(NEW_YEAR + timedelta(days=days)))
    assert labels.countdown(when, NEW_YEAR, "ms") == malay
    assert labels.countdown(when, NEW_YEAR, "en") == english


def test_today_and_tomorrow_are_said_by_name() -> None:
    when = When.parse("2025-01-02")
    assert labels.countdown(when, date(2025, 1, 2), "en") == "today"
    assert labels.countdown(when, date(2025, 1, 1), "en") == "tomorrow"


@pytest.mark.parametrize(
    "text",
    ["2024-12-31", "2024-12-31/2025-01-03", "2025-02", "2026-33", "[2025-01-02..2025-01-09]"],
)
def test_what_is_past_begun_or_vague_is_not_counted_down(text: str) -> None:
    assert labels.countdown(When.parse(text), NEW_YEAR, "en") == ""


def test_a_meeting_of_known_first_day_is_counted_down_even_if_its_end_is_vague() -> None:
    assert labels.countdown(When.parse("2025-01-31/2025-02"), NEW_YEAR, "en") == "in 30 days"


def test_how_early_a_reminder_comes_is_said_in_days_or_hours() -> None:
    assert [labels.lead_label(lead, "en") for lead in OFFERED_LEADS] == [
        "30 days before",
        "14 days before",
        "7 days before",
        "2 days before",
        "1 day before",
        "1 hour before",
    ]
    assert labels.lead_label(timedelta(hours=2), "en") == "2 hours before"
    assert labels.lead_label(timedelta(hours=36), "en") == "36 hours before"


# — how it stands, and in which language —


def test_how_a_meeting_stands_is_said_in_a_word() -> None:
    assert [labels.status_label(status, "en") for status in Status] == [
        "Tentative",
        "Confirmed",
        "Held",
        "Postponed",
        "Cancelled",
    ]


def test_what_an_origin_says_is_scheduled_or_as_the_meeting_stands() -> None:
    assert [labels.claim_label(status, "en") for status in ClaimStatus] == [
        "Scheduled",
        "Held",
        "Postponed",
        "Cancelled",
    ]


@pytest.mark.parametrize(("lang", "name"), [("ms", "Bahasa Melayu"), ("en", "English")])
def test_a_language_is_named_in_itself(lang: str, name: str) -> None:
    assert labels.language_name(lang) == name
