"""What an article says of each meeting."""

from cProfile import Profile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calendar_svc.articles import extract
from calendar_svc.articles.reading import Reading
from calendar_svc.domain.claim import ClaimStatus
from tests.articles.scoring import known_series

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_7f1da60b50da872b.txt"
WEDNESDAY = date(2026, 3, 11)
LANGUAGES = ("ms", "id", "en")


def read(text: str, lang: str | None = "ms", published: date = WEDNESDAY) -> list[Reading]:
    return extract.read(
        text,
        published=published,
        lang=lang,
        series=known_series(),
        timezone="Asia/Kuala_Lumpur",
    )


def dated(text: str, lang: str | None = "ms") -> list[tuple[str, str | None]]:
    """Each title with its date."""
    return [(one.title, str(one.when) if one.when else None) for one in read(text, lang)]


def only(text: str, lang: str | None = "ms") -> Reading:
    [reading] = read(text, lang)
    return reading


# — one meeting —


@pytest.mark.parametrize(
    ("lang", "text", "title", "when"),
    [
        (
            "ms",
            (
                "KOTA KINABALU, 10 Mac (Wartawan) -- Persidangan Kelapa Borneo akan diadakan di"
                " Tawau pada 6 Mei ini."
            ),
            "Persidangan Kelapa Borneo",
            "2026-05-06",
        ),
        (
            "id",
            (
                "Padang, 10 Maret (Kabar) - Konferensi Kelapa Nusantara akan digelar di Bukittinggi"
                " pada 6 Mei 2026."
            ),
            "Konferensi Kelapa Nusantara",
            "2026-05-06",
        ),
        (
            "en",
            (
                "KUCHING, March 10 (Newswire) - The Borneo Coconut Conference will be held in Miri"
                " on 6 May 2026."
            ),
            "Borneo Coconut Conference",
            "2026-05-06",
        ),
    ],
)
def test_the_day_of_a_dateline_is_no_date(lang: str, text: str, title: str, when: str) -> None:
    reading = only(text, lang)
    assert title in reading.title and str(reading.when) == when


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ms",
            (
                "Mesyuarat Pelabuhan Serantau akan membincangkan tarif. Ketua pengarah berkata"
                " mesyuarat itu akan berlangsung pada 6 Mei ini."
            ),
        ),
        (
            "id",
            (
                "Pertemuan Pelabuhan Kawasan akan membahas tarif. Panitia menyatakan pertemuan"
                " tersebut akan berlangsung pada 6 Mei 2026."
            ),
        ),
        (
            "en",
            (
                "The Regional Ports Meeting will discuss tariffs. Organisers say the meeting will"
                " be held on 6 May 2026."
            ),
        ),
    ],
)
def test_that_meeting_is_the_one_named_before(lang: str, text: str) -> None:
    reading = only(text, lang)
    assert "Pelabuhan" in reading.title or "Ports" in reading.title
    assert str(reading.when) == "2026-05-06"
    assert "6 Me" in reading.evidence or "6 May" in reading.evidence


def test_a_meeting_named_several_times_is_one_reading() -> None:
    text = (
        "Mesyuarat Menteri-Menteri Pertahanan ASEAN (ADMM) ke-20 akan berlangsung di Cebu dari"
        " 11 hingga 13 November ini.\n\n"
        "ADMM ke-20 dijangka dihadiri sebelas delegasi.\n\n"
        "Menurut beliau, ADMM juga akan membincangkan kabel dasar laut."
    )
    reading = only(text)
    assert (reading.series, reading.ordinal) == ("admm", 20)
    assert str(reading.when) == "2026-11-11/2026-11-13"
    assert reading.place == "Cebu"


def test_a_series_is_known_by_its_name_in_another_language() -> None:
    reading = only(
        "Pertemuan Menteri Pertahanan ASEAN akan digelar di Cebu pada 11 November 2026.", "id"
    )
    assert reading.series == "admm"


def test_a_clock_time_is_in_the_zone_of_the_dateline() -> None:
    text = "TOKYO: The Harbour Pilots Conference will be held on 6 May 2026 at 9am."
    assert str(only(text, "en").when) == "2026-05-06T09:00:00+09:00[Asia/Tokyo]"


# — several —


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ms",
            (
                "Bengkel Terumbu Karang akan diadakan pada 4 Mei 2026 manakala Forum Nelayan Pantai"
                " akan diadakan pada 9 Jun 2026."
            ),
        ),
        (
            "id",
            (
                "Lokakarya Terumbu Karang akan digelar pada 4 Mei 2026, sedangkan Forum Nelayan"
                " Pantai akan digelar pada 9 Juni 2026."
            ),
        ),
        (
            "en",
            (
                "The Coral Reef Workshop will be held on 4 May 2026, while the Coastal Fishers"
                " Forum will be held on 9 June 2026."
            ),
        ),
    ],
)
def test_two_meetings_in_a_sentence_keep_their_dates(lang: str, text: str) -> None:
    (reef, reef_date), (fishers, fishers_date) = dated(text, lang)
    assert "Karang" in reef or "Reef" in reef
    assert "Nelayan" in fishers or "Fishers" in fishers
    assert (reef_date, fishers_date) == ("2026-05-04", "2026-06-09")


def test_meetings_come_in_the_order_in_which_they_are_named() -> None:
    text = (
        "Forum Nelayan Pantai akan diadakan pada 9 Jun 2026.\n\n"
        "Bengkel Terumbu Karang akan diadakan pada 4 Mei 2026."
    )
    assert [title.split()[0] for title, _ in dated(text)] == ["Forum", "Bengkel"]


# — how it stands —


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ms",
            "Persidangan Kelapa Borneo dipindahkan dari 6 Mei 2026 kepada 10 Jun 2026.",
        ),
        (
            "id",
            "Konferensi Kelapa Nusantara dipindahkan dari 6 Mei 2026 ke 10 Juni 2026.",
        ),
        (
            "en",
            "The Borneo Coconut Conference has been moved from 6 May 2026 to 10 June 2026.",
        ),
    ],
)
def test_a_moved_meeting_tells_its_old_date(lang: str, text: str) -> None:
    reading = only(text, lang)
    assert (str(reading.when), str(reading.was)) == ("2026-06-10", "2026-05-06")
    assert reading.status is ClaimStatus.SCHEDULED


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ms", "Persidangan Kelapa Borneo pada 6 Mei 2026 dibatalkan."),
        ("id", "Konferensi Kelapa Nusantara pada 6 Mei 2026 dibatalkan."),
        ("en", "The Borneo Coconut Conference on 6 May 2026 has been cancelled."),
    ],
)
def test_a_cancelled_meeting_keeps_its_date(lang: str, text: str) -> None:
    reading = only(text, lang)
    assert reading.status is ClaimStatus.CANCELLED
    assert str(reading.when) == "2026-05-06" and reading.was is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ms", "Persidangan Kelapa Borneo pada 6 Mei 2026 ditangguhkan."),
        ("id", "Konferensi Kelapa Nusantara pada 6 Mei 2026 ditunda."),
        ("en", "The Borneo Coconut Conference on 6 May 2026 has been postponed."),
    ],
)
def test_a_postponed_meeting_without_a_new_date_keeps_the_old_one(lang: str, text: str) -> None:
    reading = only(text, lang)
    assert reading.status is ClaimStatus.POSTPONED
    assert str(reading.when) == "2026-05-06"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ms", "Persidangan Kelapa Borneo telah diadakan di Tawau pada 6 Mac."),
        ("id", "Konferensi Kelapa Nusantara telah digelar di Padang pada 6 Maret."),
        ("en", "The Borneo Coconut Conference was held in Miri on 6 March."),
    ],
)
def test_what_was_held_is_told_as_held(lang: str, text: str) -> None:
    reading = only(text, lang)
    assert reading.status is ClaimStatus.HELD
    assert str(reading.when) == "2026-03-06"


# — nothing —


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\n ",
        "…",
        "Harga minyak sawit naik kepada RM4,026 setan pada Selasa.",
        "Harga beras turun menjadi Rp12.500 per kilogram pada Selasa (10/3).",
        "Palm oil prices rose by 2 per cent on Tuesday to 4,026 a tonne.",
        "Jambatan sepanjang 26 kilometer itu siap pada 6 Mac 2026.",
        "Undang-Undang Nomor 12 Tahun 2011 mengatur hal itu.",
        "The driver, 54, was treated for 72 hours.",
    ],
)
def test_a_text_without_a_meeting_says_nothing(text: str, lang: str) -> None:
    assert read(text, lang) == []


# — the language —


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ms", "Beliau berkata mesyuarat itu akan diadakan pada hari Isnin kerana cuti umum."),
        ("id", "Ia mengatakan bahwa pertemuan tersebut akan digelar pada hari Senin karena libur."),
        ("en", "He said that the meeting would be held on Monday because of the holiday."),
    ],
)
def test_a_language_is_known_by_one_sentence(lang: str, text: str) -> None:
    assert extract.guess_language(text) == lang


def test_a_text_in_an_unknown_language_is_read_by_its_words() -> None:
    text = "The Borneo Coconut Conference will be held in Miri on 6 May 2026."
    assert read(text, None) == read(text, "xx") == read(text, "en")


# — evidence —


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "  "])
def test_the_evidence_is_the_sentence_as_it_stands(gap: str) -> None:
    said = "“Bengkel  Terumbu Karang” akan diadakan di\u00a0Tawau pada 4 Mei 2026."
    text = f"Cuaca baik semalam.{gap}{said}{gap}Jalan raya sesak."
    reading = only(text)
    assert reading.evidence in text and "4 Mei 2026." in reading.evidence
    assert "Cuaca" not in reading.evidence and "Jalan" not in reading.evidence


FRAGMENTS = (
    *("Mesyuarat", "mesyuarat itu", "Pertemuan", "the meeting", "Summit", "ADMM", "ADMM-Plus"),
    *("ADSOM 2025", "ke-19", "19th", "XIX", "Konferensi", "Forum", "Bengkel", "workshop", "(ADMM)"),
    *("akan diadakan", "akan digelar", "will be held", "dibatalkan", "ditunda", "moved from"),
    *("dipindahkan", "to", "kepada", "hingga", "antara", "between", "and", "dan", "masing-masing"),
    *("1 November", "26 hingga 28 Okt", "31 Februari", "30 Feb 2026", "29/2", "(31/4)", "2026"),
    *("0/0/0000", "99:99", "25.00 WIB", "12 pagi", "8pm MYT", "Nov 1-3, 2025", "9999-12-31"),
    *("1900", "2100", "Q4", "suku ketiga", "semester I", "minggu kelima Februari", "w-1"),
    *("esok", "in 99 years", "99 tahun lagi", "99 months ago", "next", "depan", "Selasa", "May"),
    *("awal", "mid-", "late", "week of", "selama 99 hari", "99-day", "di", "at", "in", "Kuching"),
    *(".", ",", ";", ":", "(", ")", "“", "”", "-", "–", "'", "\n", "\n\n", "\u00a0", "/", "…"),
    *("KUALA LUMPUR:", "Geneva, 3 May –", "١٢", "²", "İ", "ß", "ſept", "\ud7ff"),
    *("\U0001f4c5", "٢٠٢٦-٠٥-٠٩", "2026-٠٥-09"),
)
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=60).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)[:400])
)


@given(
    st.text(max_size=400) | fragments,
    st.sampled_from([*LANGUAGES, None]),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
)
@example("Mesyuarat Kelapa akan diadakan pada 31.12.2100 hingga 1 Januari.", "ms", WEDNESDAY)
@example("The meeting is on ٢٠٢٦-٠٥-٠٩, or on ２０２６-０５-１０.", "en", WEDNESDAY)
@example("The meeting is " + "mid-" * 490, "en", WEDNESDAY)
def test_whatever_the_text_each_reading_has_its_evidence_there(
    text: str, lang: str | None, published: date
) -> None:
    for reading in read(text, lang, published):
        assert reading.evidence and reading.evidence in text
        assert reading.title.strip()


# — cost —

PARAGRAPHS = {
    "one meeting after another": (
        "Persidangan {name} Borneo akan diadakan di Tawau pada {day} Mei 2026. Menurut beliau,"
        " persidangan itu akan dihadiri {day} peserta dari seluruh negara."
    ),
    "the same meeting": (
        "ADMM ke-20 akan berlangsung di Cebu dari 11 hingga 13 November ini. Beliau berkata"
        " mesyuarat itu akan membincangkan keselamatan pelabuhan dan kabel dasar laut serantau."
    ),
    "dates alone": ("Pada {day} Mei 2026, 5 hingga 9 Jun, awal Julai, Selasa depan dan 2027. " * 2),
    "capitals": "Forum Nelayan Pantai Timur " * 6,
    "one long sentence": (
        "Forum Nelayan {name} pada {day} Mei dan Bengkel Karang {name} pada {day} Jun, manakala"
        " Mesyuarat Pelabuhan {name} dipindahkan dari 3 Julai kepada {day} Ogos dan"
    ),
    "marks": "(“Forum” – 1–2–3 (ADMM) … ((, 4/5/2026 - - ' ' Mei )) " * 3,
}


def name(number: int) -> str:
    """A name of its own for each number."""
    syllables = ("ka", "lo", "mi", "nu", "pe", "ra", "so", "ti", "wu", "ye")
    return "".join(syllables[int(digit)] for digit in str(number)).title()


def cost(kind: str, count: int, gap: str) -> int:
    """Function calls that it takes to read so many paragraphs."""
    places = range(count)
    text = gap.join(
        PARAGRAPHS[kind].format(name=name(place), day=place % 28 + 1) for place in places
    )
    profile = Profile()
    profile.enable()
    read(text)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("kind", "gap"),
    [*((kind, "\n\n") for kind in PARAGRAPHS), ("one long sentence", " "), ("dates alone", " ")],
)
def test_a_text_twice_as_long_costs_twice_as_much(kind: str, gap: str) -> None:
    count = 20_000 // len(PARAGRAPHS[kind]) + 20
    cost(kind, 3, gap)  # what is made once is made now
    assert cost(kind, 2 * count, gap) < 2.3 * cost(kind, count, gap)


def test_a_megabyte_costs_no_more_for_each_letter() -> None:
    """Four doublings at once, of every kind of text in turn."""
    letters = sum(len(paragraph) for paragraph in PARAGRAPHS.values())

    def mixed(count: int) -> int:
        text = "\n\n".join(
            paragraph.format(name=name(place), day=place % 28 + 1)
            for place in range(count)
            for paragraph in PARAGRAPHS.values()
        )
        profile = Profile()
        profile.enable()
        read(text)
        profile.disable()
        return sum(entry.callcount for entry in profile.getstats())

    mixed(3)
    count = 1_000_000 // letters
    assert mixed(count) < 17 * mixed(count // 16)


# — the article that it all began with —


def test_the_seed_says_four_things() -> None:
    if not SEED.exists():
        pytest.skip("the seeds are not part of a clone")
    readings = read(SEED.read_text(), None, date(2025, 9, 27))
    assert [(one.series, one.ordinal, str(one.when)) for one in readings] == [
        ("adsom", None, "None"),
        ("adsom-plus", None, "None"),
        ("admm", 19, "2025-10"),
        ("admm-plus", None, "2025-11-01"),
    ]
    senior, senior_plus, *_ = readings
    assert senior.place == senior_plus.place == "Desaru, Johor"
    assert [one.status.value for one in readings] == ["held", "held", "scheduled", "scheduled"]


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        (
            "The port forum will not be cancelled and will be held on 6 May.",
            "en",
            [("port forum", "2026-05-06", None, "scheduled")],
        ),
        (
            "Bengkel Pelabuhan pada 4 Mei dibatalkan, manakala Forum Air ditunda ke 9 Jun.",
            "ms",
            [
                ("Bengkel Pelabuhan", "2026-05-04", None, "cancelled"),
                ("Forum Air", "2026-06-09", None, "scheduled"),
            ],
        ),
        (
            "The Port Forum will be held on 4 May. It has been moved to 9 June.",
            "en",
            [("Port Forum", "2026-06-09", "2026-05-04", "scheduled")],
        ),
        (
            "The Port Forum, originally scheduled for 4 May, will now be held on 9 June.",
            "en",
            [("Port Forum", "2026-06-09", "2026-05-04", "scheduled")],
        ),
        (
            "The Port Forum, which opens on 4 May, will be attended by the minister.",
            "en",
            [("Port Forum", "2026-05-04", None, "scheduled")],
        ),
        (
            "The Port Forum opens on 4 May. It closes on 8 May.",
            "en",
            [("Port Forum", "2026-05-04/2026-05-08", None, "scheduled")],
        ),
        (
            "Forum Air diadakan pada 4 Mei, manakala Bengkel Pantai diadakan sehari kemudian.",
            "ms",
            [
                ("Forum Air", "2026-05-04", None, "scheduled"),
                ("Bengkel Pantai", "2026-05-05", None, "scheduled"),
            ],
        ),
        (
            'Pameran foto "Enam Puluh Tahun" akan dibuka pada 4 Mei.',
            "ms",
            [('Pameran foto "Enam Puluh Tahun"', "2026-05-04", None, "scheduled")],
        ),
        (
            "Monday, March 16: Harbour board meeting, Pier House",
            "en",
            [("Harbour board meeting", "2026-03-16", None, "scheduled")],
        ),
    ],
)
def test_clauses_denials_and_moves(
    text: str, lang: str, told: list[tuple[str, str, str | None, str]]
) -> None:
    assert told == [
        (one.title, str(one.when), str(one.was) if one.was else None, one.status)
        for one in read(text, lang)
    ]
