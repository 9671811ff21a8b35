"""Single sentences as they stand in the news: which meeting, when, what it was before, how it
stands and where. The day of publication is Wednesday, 6 May 2026.

sentences/<lang>.txt has them in pairs of lines: the sentence, and `title | when | was | status |
place` as it is to be read.
"""

from datetime import date
from pathlib import Path

import pytest

from calendar_svc.articles import extract
from calendar_svc.articles.reading import Reading
from tests.articles.scoring import ZONES, known_series

PUBLISHED = date(2026, 5, 6)


def read(text: str, lang: str) -> list[Reading]:
    return extract.read(
        text, published=PUBLISHED, lang=lang, series=known_series(), timezone="Asia/Kuala_Lumpur"
    )


def pairs(lang: str) -> list[tuple[str, str, str]]:
    """Each sentence of a language with what it says."""
    lines = (Path(__file__).parent / "sentences" / f"{lang}.txt").read_text().splitlines()
    return [(lang, *pair) for pair in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize(("lang", "text", "said"), [pair for lang in ZONES for pair in pairs(lang)])
def test_a_sentence_is_read(lang: str, text: str, said: str) -> None:
    (one,) = read(text, lang)
    fields = (one.title, one.when, one.was or "", one.status.value, one.place or "")
    assert [str(field) for field in fields] == [field.strip() for field in said.split("|")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Tickets for the concert go on sale on 12 May."),
        ("en", "The company will report its results for the first quarter on 20 May."),
        ("en", "If the annex fails, a special session will be held on 20 May."),
        ("en", "The ban runs until 20 May."),
        ("en", "Workers have been in a strike position since 4 May."),
        ("en", "The trial will not start on 20 May."),
        ("en", "There will be no meeting in August."),
        ("en", "In last year's race, on 24 April, two boats sank."),
        ("ms", "Tiket mula dijual pada 12 Mei."),
        ("ms", "Dewan akan mengadakan 36 hari persidangan mulai 15 Jun."),
        ("ms", "Permit itu tamat pada 15 Mei."),
        ("ms", "Kapal itu dijangka tiba di Lumut pada 15 Mei."),
        ("ms", "Sekiranya gagal, sidang khas akan diadakan pada 20 Mei."),
        ("id", "Tiket mulai dijual 12 Mei."),
        ("id", "Tarif parkir naik mulai 20 Mei."),
    ],
)
def test_what_is_no_meeting_is_left_out(lang: str, text: str) -> None:
    assert read(text, lang) == []


def test_a_notice_is_read_line_by_line() -> None:
    text = """MAJLIS DAERAH KERIAN

Orang ramai dijemput menghadiri Taklimat Rancangan Tempatan 2040 seperti berikut:

Tarikh: 8 Jun 2026 (Isnin)
Masa: 9.00 pagi hingga 12.30 tengah hari
Tempat: Dewan Seri Kerian, Parit Buntar"""
    (one,) = read(text, "ms")
    assert one.title == "Taklimat Rancangan Tempatan 2040"
    assert str(one.when).startswith("2026-06-08T09:00:00+08:00")
    assert one.place == "Dewan Seri Kerian, Parit Buntar"


def test_a_list_of_fixtures_is_read_line_by_line() -> None:
    text = """Jadwal laga pekan ini:

Jumat (8/5), 16.00 WIB: Garuda Medan vs Petir Jakarta
Sabtu (9/5), 19.00 WIB: Elang Bandung vs Satria Kudus"""
    assert [(one.title, str(one.when)[:16]) for one in read(text, "id")] == [
        ("Garuda Medan vs Petir Jakarta", "2026-05-08T16:00"),
        ("Elang Bandung vs Satria Kudus", "2026-05-09T19:00"),
    ]


def test_titles_with_their_day_in_the_line_below() -> None:
    text = """Spring programme

Orchids of the Railway Banks
Thursday 14 May 2026, 7.30pm, Town Hall

Plant Swap
Saturday 16 May 2026"""
    assert [(one.title, str(one.when)[:10], one.place) for one in read(text, "en")] == [
        ("Orchids of the Railway Banks", "2026-05-14", "Town Hall"),
        ("Plant Swap", "2026-05-16", None),
    ]


def test_days_count_from_the_meeting_that_is_named_with_them() -> None:
    text = (
        "The Peat Congress will be held in Riga from 12 to 14 May. A workshop on drones will be"
        " held a day before the congress, and a gala dinner will be held on the second day of the"
        " congress."
    )
    assert [(one.title, str(one.when)) for one in read(text, "en")] == [
        ("Peat Congress", "2026-05-12/2026-05-14"),
        ("workshop on drones", "2026-05-11"),
        ("gala dinner", "2026-05-13"),
    ]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("LEEDS: The hearing is on 20 May at 10am.", "Europe/London"),
        ("The hearing is on 20 May at 10am in Wellington.", "Pacific/Auckland"),
        ("The hearing is on 20 May at 10am. It will cost £40.", "Europe/London"),
        ("The hearing is on 20 May at 10am Singapore time.", "Asia/Singapore"),
        ("The hearing is on 20 May at 1945 GMT.", "UTC"),
        ("The hearing is on 20 May at 10am.", "Asia/Kuala_Lumpur"),
    ],
)
def test_a_clock_time_is_in_the_zone_of_its_place(text: str, zone: str) -> None:
    (one,) = read(text, "en")
    assert one.as_json()["zone"] == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("LYNDON, Vt. — The hearing will be held on May 12 at 9 a.m.", "America/New_York"),
        ("PETERBOROUGH, Ont. — The hearing will be held on May 12 at 9 a.m.", "America/Toronto"),
        (
            "The town of Bristol, Vermont, will hold a hearing on May 12 at 6 p.m.",
            "America/New_York",
        ),
        ("TBILISI, Georgia — The hearing will be held on 12 May at 9 a.m.", "Asia/Tbilisi"),
        (
            "A ferry from Stawell ran to Geelong. The fair opens on 12 May at 9am.",
            "Australia/Melbourne",
        ),
        ("The Cardiff Bay Regatta will be held on 12 May at 9am.", "Europe/London"),
        ("The talk is on 12 May at 9am in the hall. Tickets cost £5.", "Europe/London"),
        ("The talk is on 12 May at 9am in the hall.", "Asia/Kuala_Lumpur"),
    ],
)
def test_a_clock_time_is_in_the_zone_of_its_country(text: str, zone: str) -> None:
    (one,) = read(text, "en")
    assert one.when is not None and one.when.start is not None
    assert one.when.start.zone == zone


def test_a_title_stands_over_or_under_its_day() -> None:
    text = """Lectures of the spring

12 May, 4.15pm
Reading glaciers from old postcards
Dr Imogen Hall

19 May, 4.15pm
Market days in Ashanti
Dr Kofi Asare"""
    assert [(one.title, str(one.when)[:16]) for one in read(text, "en")] == [
        ("Reading glaciers from old postcards", "2026-05-12T16:15"),
        ("Market days in Ashanti", "2026-05-19T16:15"),
    ]


def test_of_two_lines_over_a_day_the_one_that_names_a_meeting_is_its_title() -> None:
    text = """9th Conference on Salt Marshes
University of the Ria, Aveiro
8–11 September 2026"""
    assert [(one.title, str(one.when)) for one in read(text, "en")] == [
        ("9th Conference on Salt Marshes", "2026-09-08/2026-09-11")
    ]


def test_a_meeting_in_several_places_is_several_meetings() -> None:
    text = "Hearings will be held in Tamale on 12 May, in Kumasi on 14 May and in Accra on 19 May."
    assert [(str(one.when), one.place) for one in read(text, "en")] == [
        ("2026-05-12", "Tamale"),
        ("2026-05-14", "Kumasi"),
        ("2026-05-19", "Accra"),
    ]


def test_the_hour_of_a_part_is_on_the_day_that_the_text_is_about() -> None:
    text = """The Kinta Open Day will be held on 17 May.

The career talk will begin at 11 am in Hall 1."""
    assert [(one.title, str(one.when)[:16]) for one in read(text, "en")] == [
        ("Kinta Open Day", "2026-05-17"),
        ("career talk", "2026-05-17T11:00"),
    ]


def test_another_of_its_kind_is_another_meeting() -> None:
    text = """The ministers will hold an emergency meeting in Rome on 12 May.

Their regular meeting on 4 June will go ahead regardless."""
    assert [str(one.when) for one in read(text, "en")] == ["2026-05-12", "2026-06-04"]


def test_an_agenda_is_read_line_by_line() -> None:
    text = """AGENDA MEDIA

Isnin, 11 Mei
10.00 pagi – Perhimpunan bulanan, Dewan Cempaka, Putrajaya
3.00 petang – Kunjungan hormat Duta Jepun, Pejabat Menteri

Selasa, 12 Mei
9.00 pagi – Majlis Graduasi Kadet, Port Dickson"""
    assert [(one.title, str(one.when)[:16], one.place) for one in read(text, "ms")] == [
        ("Perhimpunan bulanan", "2026-05-11T10:00", "Dewan Cempaka, Putrajaya"),
        ("Kunjungan hormat Duta Jepun", "2026-05-11T15:00", "Pejabat Menteri"),
        ("Majlis Graduasi Kadet", "2026-05-12T09:00", "Port Dickson"),
    ]


def test_a_diary_of_the_week_is_read_line_by_line() -> None:
    text = "Tue May 12, MANILA – Senate hearing on ghost dikes, 9.30 a.m., Session Hall"
    (one,) = read(text, "en")
    assert one.title == "Senate hearing on ghost dikes"
    assert str(one.when).startswith("2026-05-12T09:30:00+08:00")


def test_those_who_meet_are_a_meeting_if_it_has_no_name() -> None:
    alone = "Defence ministers of the region will meet in November."
    assert [one.title for one in read(alone, "en")] == ["Defence ministers of the region"]
    named = f"{alone} The 20th ADMM will be held in Manila on 11 November."
    assert [one.title for one in read(named, "en")] == ["20th ADMM"]


def test_a_date_that_opens_a_part_of_a_sentence_is_of_what_follows() -> None:
    text = "On 12 May the council will hold a special meeting, and on 26 May its annual meeting."
    assert [(one.title, str(one.when)) for one in read(text, "en")] == [
        ("special meeting", "2026-05-12"),
        ("annual meeting", "2026-05-26"),
    ]
