"""An event as a VEVENT, read back value by value by our strict reader and by `icalendar`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import ics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.texts import Texts
from calendar_svc.ical import component
from calendar_svc.ical.component import Voice, vcalendar, vevent
from tests import make
from tests.ical import grammar, strategies
from tests.ical.grammar import Component

NINE = "2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]"
URL = "https://calendar.example.org/events/admm-21?lang=en"
EN, MS = Voice("en", ("ms", "en")), Voice("ms", ("ms", "en"))


def around(*vevents: bytes) -> bytes:
    """The least calendar that is one."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\n"
    return head + b"".join(vevents) + b"END:VCALENDAR\r\n"


def rendered(event: Event, voice: Voice = EN, **other: Any) -> Component:
    """An event rendered, and read back by the strict reader."""
    octets = vevent(event, voice, url=URL, **other)
    return grammar.read(around(octets)).events[0]


def values(event: Component) -> Mapping[str, object]:
    """What the strict reader read."""
    return {
        one.name: (one.moment if one.name in MOMENTS else one.text, one.lang)
        for one in event.properties
    }


def values_of_icalendar(event: icalendar.Event) -> Mapping[str, object]:
    """The same, read by `icalendar`."""
    read: dict[str, object] = {}
    value: Any
    for name, value in event.property_items(recursive=False):
        if name in ("BEGIN", "END"):
            continue
        lang = value.params.get("LANGUAGE")
        if name in MOMENTS:
            read[name] = (value.dt, lang)
        elif name == "CATEGORIES":
            read[name] = (",".join(value.cats), lang)
        else:
            read[name] = (str(value), lang)
    return read


MOMENTS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND")


def seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


@settings(max_examples=150, deadline=None)
@given(strategies.events(), strategies.voices)
def test_whatever_the_model_admits_is_read_back_value_by_value(event: Event, voice: Voice) -> None:
    assert event.when is not None
    octets = vevent(event, voice, url=URL)
    read = grammar.read(around(octets)).events[0]

    title = event.title.pick(voice.lang, voice.others)
    assert read["UID"].text == event.uid
    assert title.value in read["SUMMARY"].text
    assert read["SUMMARY"].lang == title.lang
    if event.place:
        place = event.place.pick(voice.lang, voice.others)
        assert (read["LOCATION"].text, read["LOCATION"].lang) == place
    else:
        assert read.get("LOCATION") is None
    if event.description:
        assert read["DESCRIPTION"].text.startswith(tuple(event.description.values()))
    assert URL in read["DESCRIPTION"].text
    assert read["SEQUENCE"].text == str(event.sequence)
    assert read["STATUS"].text == event.published_status
    assert read["URL"].text == URL
    assert read["DTSTAMP"].moment == seconds(event.modified_at)
    assert read["LAST-MODIFIED"].moment == seconds(event.modified_at)
    assert read["CREATED"].moment == seconds(event.created_at)

    begins, ends = event.when.start.instant, event.when.end.instant
    if begins and ends:
        assert read["DTSTART"].moment == begins
        assert (read["DTEND"].moment if begins < ends else read.get("DTEND")) == (
            ends if begins < ends else None
        )
    else:
        assert read["DTSTART"].moment == event.when.first_day
        assert read["DTEND"].moment == event.when.last_day + timedelta(days=1)
    edtf = read.get("X-EDTF")
    assert (edtf.text if edtf else None) == (str(event.when) if event.when.is_vague else None)

    (other,) = icalendar.Calendar.from_ical(around(octets)).walk("VEVENT")
    assert isinstance(other, icalendar.Event)
    assert values_of_icalendar(other) == values(read)


@settings(max_examples=30, deadline=None)
@given(
    strategies.texts(),
    strategies.texts(),
    strategies.voices,
    st.lists(strategies.events(), max_size=3),
)
def test_a_calendar_is_read_back_value_by_value(
    name: Texts, description: Texts, voice: Voice, events: list[Event]
) -> None:
    different = {event.uid: event for event in [*events, make.event(uid="one-at-least")]}
    title, told = name.pick("en").value, description.pick("en").value
    octets = vcalendar(
        [vevent(event, voice, url=URL) for event in different.values()],
        name=title,
        description=told,
        voice=voice,
        timezone=make.KL,
        url="https://calendar.example.org/?a=1,2;3",
        source="https://calendar.example.org/feeds/all.ics",
        modified_at=make.NOW,
    )
    read = grammar.read(octets)
    assert (read["NAME"].text, read["NAME"].lang) == (title, voice.lang)
    assert (read["DESCRIPTION"].text, read["DESCRIPTION"].lang) == (told, voice.lang)
    assert read["X-WR-CALNAME"].text == title
    assert read["X-WR-CALDESC"].text == told
    assert read["URL"].text == "https://calendar.example.org/?a=1,2;3"
    assert read["SOURCE"].text == "https://calendar.example.org/feeds/all.ics"
    assert read["LAST-MODIFIED"].moment == make.NOW
    assert [event["UID"].text for event in read.events] == list(different)
    theirs = icalendar.Calendar.from_ical(octets)
    assert [str(event["UID"]) for event in theirs.walk("VEVENT")] == list(different)


@settings(max_examples=50, deadline=None)
@given(strategies.events(), strategies.voices)
def test_the_same_values_give_the_same_bytes(event: Event, voice: Voice) -> None:
    again = Event(**{name: getattr(event, name) for name in Event.__dataclass_fields__})
    assert vevent(event, voice, url=URL) == vevent(again, voice, url=URL)


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        ("2025-10", date(2025, 10, 1), date(2025, 11, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2025-36", date(2025, 10, 1), date(2026, 1, 1)),
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("[2025-09-01..2025-09-07]", date(2025, 9, 1), date(2025, 9, 8)),
        ("[2025-09..2025-10]", date(2025, 9, 1), date(2025, 11, 1)),
        ("2025-10-31/2025-11", date(2025, 10, 31), date(2025, 12, 1)),
        ("9998", date(9998, 1, 1), date(9999, 1, 1)),
    ],
)
@pytest.mark.parametrize("status", [Status.TENTATIVE, Status.CONFIRMED, Status.HELD])
def test_a_vague_date_lies_over_its_whole_span(
    when: str, begins: date, ends: date, status: Status
) -> None:
    read = rendered(make.event(when, status=status))
    assert (read["DTSTART"].moment, read["DTEND"].moment) == (begins, ends)
    assert read["STATUS"].text == "TENTATIVE"
    assert read["TRANSP"].text == "TRANSPARENT"
    assert read["X-EDTF"].text == when
    assert read["SUMMARY"].text.startswith("21st ADMM")
    assert read["SUMMARY"].text != "21st ADMM"


@pytest.mark.parametrize(
    ("when", "status", "words"),
    [
        ("2025-10", Status.TENTATIVE, ("October 2025", "date to be announced")),
        ("2025-36", Status.TENTATIVE, ("quarter 2025", "date to be announced")),
        ("2025", Status.HELD, ("2025", "the exact day is not known")),
        ("[2025-09-01..2025-09-07]", Status.TENTATIVE, ("1–7 Sept 2025", "to be announced")),
        ("2025-10-31/2025-11", Status.CONFIRMED, ("31 October 2025", "last day to be announced")),
    ],
)
def test_the_summary_says_how_precisely_a_vague_date_is_known(
    when: str, status: Status, words: tuple[str, ...]
) -> None:
    read = rendered(make.event(when, status=status))
    for word in words:
        assert word in read["SUMMARY"].text
        assert word in read["DESCRIPTION"].text


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        ("2025-11-01", date(2025, 11, 1), date(2025, 11, 2)),
        ("2025-11-01/2025-11-03", date(2025, 11, 1), date(2025, 11, 4)),
        (
            NINE,
            datetime(2025, 11, 1, 1, tzinfo=UTC),
            None,
        ),
        (
            f"{NINE}/2025-11-01T17:30:00+08:00[Asia/Kuala_Lumpur]",
            datetime(2025, 11, 1, 1, tzinfo=UTC),
            datetime(2025, 11, 1, 9, 30, tzinfo=UTC),
        ),
        (
            "2025-11-01T23:00:00+08:00[Asia/Kuala_Lumpur]/2025-11-02",
            date(2025, 11, 1),
            date(2025, 11, 3),
        ),
        # half past one comes twice on this night; the offset tells which
        (
            "2025-11-02T01:30:00-04:00[America/New_York]/2025-11-02T01:30:00-05:00[America/New_York]",
            datetime(2025, 11, 2, 5, 30, tzinfo=UTC),
            datetime(2025, 11, 2, 6, 30, tzinfo=UTC),
        ),
    ],
)
def test_a_known_date_is_said_as_it_is(when: str, begins: date, ends: date | None) -> None:
    read = rendered(make.event(when))
    end = read.get("DTEND")
    assert read["DTSTART"].moment == begins
    assert (end.moment if end else None) == ends
    assert read["STATUS"].text == "CONFIRMED"
    assert read["TRANSP"].text == "OPAQUE"
    assert read["SUMMARY"].text == "21st ADMM"
    assert read.get("X-EDTF") is None


def test_the_first_moment_that_is_kept_has_four_digits_in_utc() -> None:
    read = rendered(make.event("1000-01-01T00:30:00+06:46:46[Asia/Kuala_Lumpur]"))
    assert read["DTSTART"].value.startswith("0999")


@pytest.mark.parametrize("when", ["2027-04-01", "2027-04"])
def test_a_postponed_meeting_stays_at_its_old_date_as_cancelled(when: str) -> None:
    read = rendered(make.event(when, status=Status.POSTPONED))
    assert read["SUMMARY"].text == "Postponed: 21st ADMM (new date to be announced)"
    assert read["STATUS"].text == "CANCELLED"
    assert read["TRANSP"].text == "TRANSPARENT"
    assert read["DTSTART"].moment == date(2027, 4, 1)


@pytest.mark.parametrize("when", ["2027-04-01", "2027-04"])
def test_a_cancelled_meeting_says_so(when: str) -> None:
    read = rendered(make.event(when, status=Status.CANCELLED))
    assert read["SUMMARY"].text == "Cancelled: 21st ADMM"
    assert read["STATUS"].text == "CANCELLED"
    assert read["TRANSP"].text == "TRANSPARENT"
    assert read["DTSTART"].moment == date(2027, 4, 1)


def test_a_title_with_percent_signs_survives_the_words_around_it() -> None:
    event = make.event(title=Texts({"en": "100 % of %(title)s"}), status=Status.CANCELLED)
    assert rendered(event)["SUMMARY"].text == "Cancelled: 100 % of %(title)s"


def test_each_text_is_in_the_language_of_the_reader_and_says_so() -> None:
    for voice, title in ((EN, "21st ADMM"), (MS, "ADMM ke-21")):
        read = rendered(make.event(), voice)
        assert (read["SUMMARY"].text, read["SUMMARY"].lang) == (title, voice.lang)
        assert (read["LOCATION"].text, read["LOCATION"].lang) == ("Desaru, Johor", "ms")
        assert read["DESCRIPTION"].lang == voice.lang


def test_a_text_that_the_reader_lacks_is_shown_in_the_first_language_configured() -> None:
    texts = Texts({"ar": "مكان", "ms": "Tempat"})
    read = rendered(make.event(title=texts, place=texts), Voice("en", ("ms", "en")))
    assert (read["SUMMARY"].text, read["SUMMARY"].lang) == ("Tempat", "ms")
    assert (read["LOCATION"].text, read["LOCATION"].lang) == ("Tempat", "ms")


def test_a_description_that_the_reader_lacks_is_in_the_first_language_configured() -> None:
    event = make.event(description=Texts({"id": "Uraian", "ms": "Huraian"}))
    assert rendered(event)["DESCRIPTION"].text.startswith("Huraian\n")


def test_a_description_that_the_reader_has_is_in_their_language_whatever_the_title_is_in() -> None:
    event = make.event(
        title=Texts({"ms": "ADMM ke-21"}),
        description=Texts({"en": "In English", "ms": "Dalam bahasa Melayu"}),
    )
    read = rendered(event)
    assert read["DESCRIPTION"].text.startswith("In English\n")
    assert read["DESCRIPTION"].lang == "en"


def test_a_description_in_a_language_without_words_of_ours_is_not_called_another() -> None:
    event = make.event(description=Texts({"ar": "وصف"}))
    assert rendered(event)["DESCRIPTION"].lang != "en"


def test_a_uid_is_text_too() -> None:
    assert rendered(make.event(uid="a,b;c\\n"))["UID"].text == "a,b;c\\n"


def test_the_series_is_a_category() -> None:
    assert rendered(make.event(), series=make.ADMM)["CATEGORIES"].values == ("ADMM",)
    assert rendered(make.event()).get("CATEGORIES") is None


def test_an_organizer_and_a_stamp_are_said_where_they_are_given() -> None:
    stamp = make.NOW + timedelta(hours=1, microseconds=5)
    read = rendered(make.event(), organizer="desk@example.org", stamp=stamp)
    assert read["ORGANIZER"].text == "mailto:desk@example.org"
    assert read["DTSTAMP"].moment == make.NOW + timedelta(hours=1)
    assert read["LAST-MODIFIED"].moment == make.event().modified_at


def test_a_feed_has_no_method_and_an_attachment_has() -> None:
    def calendar(**other: Any) -> Component:
        return grammar.read(
            vcalendar(
                [vevent(make.event(), EN, url=URL)],
                name="a",
                description="b",
                voice=EN,
                timezone=make.KL,
                url=URL,
                **other,
            )
        )

    assert calendar().get("METHOD") is None
    assert calendar().get("SOURCE") is None
    assert calendar(method="publish")["METHOD"].text == "PUBLISH"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_changes_nothing(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    event = make.event("2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]")
    before = vevent(event, EN, url=URL), vevent(make.event("2025-11"), EN, url=URL)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert before == (vevent(event, EN, url=URL), vevent(make.event("2025-11"), EN, url=URL))
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_vevent_comes_from_an_ics_event(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ics.Event] = []

    class Spy(ics.Event):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

    monkeypatch.setattr(ics, "Event", Spy)
    assert rendered(make.event())["SUMMARY"].text == "21st ADMM"
    (one,) = made
    assert (one.uid, one.name, one.location) == ("uid-1", "21st ADMM", "Desaru, Johor")
    assert one.status == "CONFIRMED"


def test_what_ics_says_is_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A VEVENT made beside the ics.Event would not notice."""

    class Changed(ics.Event):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs | {"name": "said, by ics"})

    monkeypatch.setattr(ics, "Event", Changed)
    assert rendered(make.event())["SUMMARY"].text == "said, by ics"


def test_a_calendar_comes_from_an_ics_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Spy(ics.Calendar):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

    monkeypatch.setattr(ics, "Calendar", Spy)
    vcalendar([], name="a", description="b", voice=EN, timezone=make.KL, url=URL)
    assert [one.creator for one in made] == [component.PRODID]


def test_a_date_is_never_made_up() -> None:
    """An event without a date is never published: nobody may render it by accident."""
    with pytest.raises(AssertionError):
        vevent(make.event(None), EN, url=URL)


def test_what_is_kept_is_made_anew_when_form_zones_or_words_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = component.made_with()
    monkeypatch.setattr(component, "FORM", "another")
    assert component.made_with() != before
    monkeypatch.undo()
    monkeypatch.setattr(component, "zone_rules", lambda: "2099a")
    assert component.made_with() != before
    monkeypatch.undo()
    monkeypatch.setattr(component, "edition", lambda: "other words")
    assert component.made_with() != before
