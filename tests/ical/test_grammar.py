"""The strict reader itself: it takes what is right, and reports each rule that is broken."""

from datetime import UTC, date, datetime

import pytest

from tests.ical.grammar import Malformed, read

EVENT = (
    "BEGIN:VEVENT",
    "UID:uid-1",
    "DTSTAMP:20270301T090000Z",
    "DTSTART;VALUE=DATE:20270401",
    "DTEND;VALUE=DATE:20270402",
    "SUMMARY;LANGUAGE=en:21st ADMM",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    "SEQUENCE:0",
    "URL:https://example.org/events/admm-21?lang=en&a=1,2;3",
    "END:VEVENT",
)
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN")
TAIL = ("END:VCALENDAR",)


def octets(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def calendar(old: str = "", *new: str) -> bytes:
    """A calendar that is right, but for `new` in the place of its line `old`."""
    lines = [*HEAD, *EVENT, *TAIL]
    if old:
        place = lines.index(old)
        lines[place : place + 1] = new
    return octets(*lines)


def added(*lines: str) -> bytes:
    """A calendar that is right, but for lines added to its event."""
    return calendar("SEQUENCE:0", "SEQUENCE:0", *lines)


def test_what_is_right_is_read() -> None:
    event = read(calendar()).events[0]
    assert event["UID"].text == "uid-1"
    assert event["SUMMARY"].text == "21st ADMM"
    assert event["SUMMARY"].lang == "en"
    assert event["DTSTART"].moment == date(2027, 4, 1)
    assert event["DTSTAMP"].moment == datetime(2027, 3, 1, 9, tzinfo=UTC)
    assert event["URL"].text == "https://example.org/events/admm-21?lang=en&a=1,2;3"
    assert event.get("LOCATION") is None


def test_text_is_unescaped() -> None:
    event = read(added(r"LOCATION:a\, b\; c\\n\nd\Ne: “f” \\\\", r"CATEGORIES:A\,B,C")).events[0]
    assert event["LOCATION"].text == "a, b; c\\n\nd\ne: “f” \\\\"
    assert event["CATEGORIES"].values == ("A,B", "C")


def test_lines_are_unfolded_at_a_space_and_at_a_tab() -> None:
    event = read(added("LOCATION:De", " sa", "\tru", "   Johor")).events[0]
    assert event["LOCATION"].text == "Desaru  Johor"


def test_parameters_are_unquoted() -> None:
    line = """X-ONE;CN="Ada: a, b; c";ROLE=x,"y,z",^^^n^'^x:1"""
    params = read(added(line)).events[0]["X-ONE"].params
    assert params == {"CN": ("Ada: a, b; c",), "ROLE": ("x", "y,z", '^\n"^x')}


def test_names_are_read_in_any_case() -> None:
    assert read(added("location;Language=ms:Desaru")).events[0]["LOCATION"].lang == "ms"


def test_a_line_may_have_75_octets() -> None:
    assert read(added("X-A:" + "é" * 35 + "e")).events[0]["X-A"].text.startswith("é")


def test_a_zone_that_is_defined_may_be_used() -> None:
    zone = (
        *("BEGIN:VTIMEZONE", "TZID:Asia/Kuala_Lumpur", "BEGIN:STANDARD"),
        *("DTSTART:19820101T000000", "TZOFFSETFROM:+0730"),
        *("TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE"),
    )
    event = [
        line.replace(";VALUE=DATE:", ";TZID=Asia/Kuala_Lumpur:").replace("0401", "0401T090000")
        for line in EVENT
        if not line.startswith("DTEND")
    ]
    start = read(octets(*HEAD, *zone, *event, *TAIL)).events[0]["DTSTART"]
    assert start.params["TZID"] == ("Asia/Kuala_Lumpur",)
    with pytest.raises(Malformed, match="no VTIMEZONE"):
        read(octets(*HEAD, *event, *TAIL))


@pytest.mark.parametrize(
    "duration", ["P1D", "P8D", "PT1H", "PT1H30M", "-P1D", "P2W", "P1DT2H3M4S", "PT0S"]
)
def test_durations_are_read(duration: str) -> None:
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{duration}", "END:VALARM")
    read(octets(*HEAD, *EVENT[:-1], *alarm, EVENT[-1], *TAIL))


LINES = {
    "no octets": (b"", "CRLF"),
    "no CRLF at the end": (calendar()[:-2], "last line"),
    "LF alone at the end": (calendar()[:-2] + b"\n", "last line"),
    "a bare LF": (calendar().replace(b"\r\nUID", b"\nUID"), "bare CR or LF"),
    "a bare CR": (calendar().replace(b"\r\nUID", b"\rUID"), "bare CR or LF"),
    "an empty line": (added(""), "is empty"),
    "a blank calendar line at the end": (calendar() + b"\r\n", "is empty"),
    "76 octets": (added("X-A:" + "a" * 72), "76 octets"),
    "76 octets in fewer letters": (added("X-A:" + "é" * 36), "76 octets"),
    "a byte order mark": (b"\xef\xbb\xbf" + calendar(), "name was expected"),
    "a control character": (added("X-A:\x07"), "control character"),
    "a NUL": (added("X-A:\x00"), "control character"),
    "a DEL": (added("X-A:\x7f"), "control character"),
    "not UTF-8": (added("X-A:é").replace(b"\xc3\xa9", b"\xe9"), "not UTF-8"),
    "a fold in a character": (
        added("X-A:é").replace(b"\xc3\xa9", b"\xc3\r\n \xa9"),
        "folded inside a character",
    ),
    "a fold after a backslash": (added("X-A:\\", " n"), "between a backslash"),
    "nothing to continue": (b" " + calendar(), "continues nothing"),
}

CONTENT_LINES = {
    "no colon": (added("X-A"), "colon"),
    "no name": (added(":a"), "a name was expected"),
    "a name with an underscore": (added("X_A:a"), "colon"),
    "a parameter without name": (added("X-A;:a"), "a parameter's name"),
    "a parameter without value": (added("X-A;B:a"), "has no value"),
    "a parameter twice": (added("X-A;B=1;B=2:a"), "twice"),
    "a quotation mark in a parameter": (added('X-A;B=c"d:a'), "colon"),
    "an open quotation": (added('X-A;B="c:a'), "colon"),
    "something after a quotation": (added('X-A;B="c"d:a'), "colon"),
    "a language of a number": (added("LOCATION;LANGUAGE=1:a"), "is not a language"),
    "two languages": (added("LOCATION;LANGUAGE=en,ms:a"), "is not a language"),
    "a language of an address": (
        calendar(EVENT[9], "URL;LANGUAGE=en:https://example.org/"),
        "takes no LANGUAGE",
    ),
    "a kind that the property doesn't have": (added("LOCATION;VALUE=URI:a"), "can't have VALUE"),
    "an unknown property": (added("COLOUR:red"), "not a property we know"),
}

VALUES = {
    "a comma": (added("LOCATION:Desaru, Johor"), "comma that is not escaped"),
    "a semicolon": (added("LOCATION:Desaru; Johor"), "semicolon that is not escaped"),
    "a semicolon in a list": (added("CATEGORIES:A;B"), "semicolon that is not escaped"),
    "a comma in a UID": (calendar("UID:uid-1", "UID:uid,1"), "comma that is not escaped"),
    "an unknown escape": (added(r"LOCATION:\t"), "backslash can't stand"),
    "a colon escaped": (added(r"LOCATION:a\:b"), "backslash can't stand"),
    "a backslash at the end": (added("LOCATION:a\\"), "backslash can't stand"),
    "an escape in a language": (added("DESCRIPTION;LANGUAGE=en:\\x"), "backslash can't stand"),
    "a URL escaped as text": (
        calendar(EVENT[9], r"URL:https://example.org/?a=1\,2"),
        "is not a URI",
    ),
    "a URL without a scheme": (calendar(EVENT[9], "URL:/events/1"), "is not a URI"),
    "a URL with a space": (calendar(EVENT[9], "URL:https://a.org/b c"), "is not a URI"),
    "a URL with a letter beyond ASCII": (calendar(EVENT[9], "URL:https://a.org/é"), "not a URI"),
    "a date with hyphens": (calendar(EVENT[3], "DTSTART;VALUE=DATE:2027-04-01"), "not a DATE"),
    "a date with three digits": (calendar(EVENT[3], "DTSTART;VALUE=DATE:9991231"), "not a DATE"),
    "no such day": (calendar(EVENT[3], "DTSTART;VALUE=DATE:20270231"), "not a day"),
    "a date that isn't called one": (calendar(EVENT[3], "DTSTART:20270401"), "not a DATE-TIME"),
    "a moment called a date": (
        calendar(EVENT[3], "DTSTART;VALUE=DATE:20270401T090000Z"),
        "not a DATE",
    ),
    "a floating moment": (calendar(EVENT[3], "DTSTART:20270401T090000"), "in UTC, or has a TZID"),
    "UTC with a zone": (calendar(EVENT[3], "DTSTART;TZID=X:20270401T090000Z"), "in UTC, or has"),
    "a date with a zone": (
        calendar(EVENT[3], "DTSTART;VALUE=DATE;TZID=X:20270401"),
        "has no TZID",
    ),
    "no such hour": (calendar(EVENT[2], "DTSTAMP:20270301T250000Z"), "no such time"),
    "a stamp not in UTC": (calendar(EVENT[2], "DTSTAMP:20270301T090000"), "must be in UTC"),
    "a stamp with parts of seconds": (calendar(EVENT[2], "DTSTAMP:20270301T090000.5Z"), "not a"),
    "a sequence below zero": (calendar("SEQUENCE:0", "SEQUENCE:-1"), "whole number"),
    "a sequence in words": (calendar("SEQUENCE:0", "SEQUENCE:one"), "whole number"),
    "an unknown status": (calendar("STATUS:CONFIRMED", "STATUS:HELD"), "STATUS can't be"),
    "a status in small letters": (calendar("STATUS:CONFIRMED", "STATUS:confirmed"), "can't be"),
    "an unknown TRANSP": (calendar("TRANSP:OPAQUE", "TRANSP:FREE"), "TRANSP can't be"),
    "another version": (calendar("VERSION:2.0", "VERSION:1.0"), "VERSION can't be"),
    "a source without its kind": (
        calendar("VERSION:2.0", "VERSION:2.0", "SOURCE:https://a.org/"),
        "SOURCE needs VALUE=URI",
    ),
    "a refresh interval without its kind": (
        calendar("VERSION:2.0", "VERSION:2.0", "REFRESH-INTERVAL:PT1H"),
        "needs VALUE=DURATION",
    ),
} | {
    f"a duration of {text}": (
        calendar("VERSION:2.0", "VERSION:2.0", f"REFRESH-INTERVAL;VALUE=DURATION:{text}"),
        "not a DURATION",
    )
    for text in ("P", "PT", "P1W1D", "1H", "PT1H30S", "P1H", "P1DT", "PT1D", "p1d")
}

COMPONENTS = {
    "no BEGIN": (octets(*HEAD[1:], *EVENT, *TAIL), "BEGIN was expected"),
    "no END": (octets(*HEAD, *EVENT), "has no end"),
    "another END": (calendar("END:VEVENT", "END:VTODO"), "ends as VTODO"),
    "crossed": (octets(*HEAD, *EVENT[:-1], *TAIL, EVENT[-1]), "ends as VCALENDAR"),
    "an event alone": (octets(*EVENT), "VCALENDAR was expected"),
    "a calendar in a calendar": (
        octets(*HEAD, *HEAD, *EVENT, *TAIL, *TAIL),
        "doesn't belong in VCALENDAR",
    ),
    "an event in an event": (
        octets(*HEAD, *EVENT[:-1], *EVENT, EVENT[-1], *TAIL),
        "doesn't belong in VEVENT",
    ),
    "a property after a component": (octets(*HEAD, *EVENT, "X-A:1", *TAIL), "stands after"),
    "something after the end": (calendar() + octets("X-A:1"), "after the end"),
    "an unknown component": (octets(*HEAD, "BEGIN:VHALL", "END:VHALL", *TAIL), "not a component"),
    "an empty calendar": (octets(*HEAD, *TAIL), "at least one component"),
    "a component without a name": (calendar("BEGIN:VEVENT", "BEGIN:V EVENT"), "names no"),
    "a summary of a calendar": (
        calendar("VERSION:2.0", "VERSION:2.0", "SUMMARY:a"),
        "doesn't belong in VCALENDAR",
    ),
    "a name of an event": (added("NAME:a"), "doesn't belong in VEVENT"),
    "a name twice in one language": (
        calendar("VERSION:2.0", "VERSION:2.0", "NAME;LANGUAGE=en:a", "NAME;LANGUAGE=en:b"),
        "twice in one language",
    ),
    "a UID in two events": (octets(*HEAD, *EVENT, *EVENT, *TAIL), "the same UID"),
    "an end that isn't after the start": (
        calendar(EVENT[4], "DTEND;VALUE=DATE:20270401"),
        "doesn't come after",
    ),
    "an end before the start": (calendar(EVENT[4], "DTEND;VALUE=DATE:20270331"), "doesn't come"),
    "an end of another kind": (
        calendar(EVENT[4], "DTEND:20270402T000000Z"),
        "not of the same kind",
    ),
    "an end and a duration": (added("DURATION:P1D"), "both DTEND and DURATION"),
}

MISSING = {
    f"no {line.partition(':')[0]}": (calendar(line), f"has {line.split(':')[0].split(';')[0]} 0")
    for line in (HEAD[1], HEAD[2], EVENT[1], EVENT[2], EVENT[3])
}

TWICE = {
    f"{line.split(':')[0]} twice": (calendar(line, line, line), "2 times|more than once")
    for line in (*HEAD[1:], *EVENT[1:-1])
} | {
    f"{line} twice": (added(line, line), "more than once")
    for line in ("CREATED:20270301T090000Z", "LOCATION:a", "DESCRIPTION:a", "CLASS:PUBLIC")
}

BROKEN = LINES | CONTENT_LINES | VALUES | COMPONENTS | MISSING | TWICE


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_reported(rule: str) -> None:
    sample, reported = BROKEN[rule]
    with pytest.raises(Malformed, match=reported):
        read(sample)
