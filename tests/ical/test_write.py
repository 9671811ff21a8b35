"""The one writer: quoting, folding, order, to the octet."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ics.grammar.parse import Container, ContentLine
from ics.utils import escape_string

from calendar_svc.ical import write
from tests.ical import grammar, strategies

REQUIRED = (
    ContentLine("UID", {}, "1"),
    ContentLine("DTSTAMP", {}, "20270301T090000Z"),
    ContentLine("DTSTART", {"VALUE": ["DATE"]}, "20270401"),
)

texts = st.lists(strategies.pieces, max_size=12).map("".join)
parameters = st.lists(strategies.pieces, max_size=5).map("".join)


def calendar(*lines: ContentLine) -> bytes:
    """These lines in a VEVENT in a VCALENDAR, as they are written."""
    head = (ContentLine("VERSION", {}, "2.0"), ContentLine("PRODID", {}, "-//tests//EN"))
    event = Container("VEVENT", *REQUIRED, *lines)
    return write.write(Container("VCALENDAR", *head, event))


def printable(text: str) -> str:
    """What is left of a text when what RFC 5545 forbids is taken out."""
    return "".join(one for one in text if one == "\t" or (one >= " " and one != "\x7f"))


def lines_of(octets: bytes) -> list[bytes]:
    return octets.removesuffix(b"\r\n").split(b"\r\n")


@settings(max_examples=200, deadline=None)
@given(texts)
@example("\\" * 200)
@example("😀" * 100)
@example("é" * 100)
@example("a" * 75 + "\n" * 75)
@example(" " * 200)
@example("\t" * 200)
@example("\r\n")
@example("\x00\x01\x1f\x7f")
@example("")
def test_any_text_is_folded_and_read_back(text: str) -> None:
    text = text.replace("\r", "")
    octets = calendar(ContentLine("SUMMARY", {}, escape_string(text)))
    # a line feed was escaped before the writer saw it; the rest it takes out
    expected = "\n".join(printable(part) for part in text.split("\n"))
    assert grammar.read(octets).events[0]["SUMMARY"].text == expected


@settings(max_examples=150, deadline=None)
@given(st.lists(parameters, min_size=1, max_size=3))
@example(["a,b", 'He said "no"', "^n", "^^", "^'", "line\nbreak", ";", ":", "", " ", "a^b"])
def test_any_parameter_is_quoted_and_read_back(params: list[str]) -> None:
    octets = calendar(ContentLine("X-ONE", {"X-CN": params}, "1"))
    read = grammar.read(octets).events[0]["X-ONE"].params["X-CN"]
    assert read == tuple(
        "\n".join(printable(part) for part in value.split("\n")) for value in params
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Ada", "Ada"),
        ("", ""),
        ("Lovelace, Ada", '"Lovelace, Ada"'),
        ("a;b", '"a;b"'),
        ("mailto:ada@example.org", '"mailto:ada@example.org"'),
        ('the "first"', "\"the ^'first^'\""),
        ("2^8", '"2^^8"'),
        ("two\nlines", '"two^nlines"'),
        ("tab\there", "tab\there"),
        ("bell\x07", "bell"),
        ("“Ada”", "“Ada”"),
    ],
)
def test_a_parameter_is_quoted_where_it_must_be(value: str, written: str) -> None:
    octets = write.write(Container("X", ContentLine("A", {"CN": [value]}, "1")))
    assert octets == f"BEGIN:X\r\nA;CN={written}:1\r\nEND:X\r\n".encode()


def test_the_values_of_a_parameter_are_parted_by_commas() -> None:
    octets = write.write(Container("X", ContentLine("A", {"B": ["1", "2,3"], "C": ["4"]}, "5")))
    assert octets == b'BEGIN:X\r\nA;B=1,"2,3";C=4:5\r\nEND:X\r\n'


@pytest.mark.parametrize("length", [74, 75, 76, 148, 149, 150, 151, 1000])
def test_a_line_is_folded_only_where_it_must_be(length: int) -> None:
    """75 octets in the first line, 74 and their space in each that follows."""
    octets = calendar(ContentLine("X-A", {}, "a" * (length - len("X-A:"))))
    folded = [line for line in lines_of(octets) if line.startswith((b"X-A", b" "))]
    assert len(folded) == 1 + max(0, -(-(length - 75) // 74))
    assert all(len(line) == 75 for line in folded[:-1])


@pytest.mark.parametrize("before", range(60, 80))
@pytest.mark.parametrize("letter", ["é", "’", "😀", "\\n", "\\\\", "\\\\\\,"])
def test_a_fold_never_parts_what_belongs_together(before: int, letter: str) -> None:
    octets = calendar(ContentLine("X-A", {}, "a" * before + letter * 60))
    for line in lines_of(octets):
        line.decode()
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0
        assert len(line) <= 75
    assert octets.replace(b"\r\n ", b"").count(letter.encode()) >= 60


def test_control_characters_are_left_out_and_no_line_is_made_up() -> None:
    octets = calendar(ContentLine("X-A", {}, "a\r\nATTENDEE:mailto:eve@example.org\x00\x0b"))
    event = grammar.read(octets).events[0]
    assert event["X-A"].text == "aATTENDEE:mailto:eve@example.org"
    assert event.get("ATTENDEE") is None


@given(st.permutations(range(8)))
def test_the_order_in_which_a_tree_was_made_changes_nothing(order: list[int]) -> None:
    lines = [
        ContentLine("SUMMARY", {}, "a"),
        ContentLine("X-B", {}, "2"),
        ContentLine("X-B", {}, "1"),
        ContentLine("URL", {}, "https://example.org/"),
        ContentLine("CATEGORIES", {}, "B"),
        ContentLine("CATEGORIES", {}, "A"),
        ContentLine("STATUS", {}, "CONFIRMED"),
        ContentLine("COMMENT", {}, "c"),
    ]
    event = grammar.read(calendar(*(lines[place] for place in order))).events[0]
    assert [f"{one.name}:{one.value}" for one in event.properties] == [
        *("UID:1", "DTSTAMP:20270301T090000Z", "DTSTART:20270401", "SUMMARY:a"),
        *("STATUS:CONFIRMED", "CATEGORIES:A", "CATEGORIES:B", "URL:https://example.org/"),
        *("COMMENT:c", "X-B:1", "X-B:2"),
    ]


def test_lines_that_differ_in_their_parameters_alone_have_one_order_too() -> None:
    english, malay = (ContentLine("COMMENT", {"LANGUAGE": [lang]}, "ADMM") for lang in ("en", "ms"))
    assert calendar(english, malay) == calendar(malay, english)


def test_components_keep_their_order_after_the_properties() -> None:
    octets = write.write(
        Container("A", Container("B"), ContentLine("X", {}, "1"), Container("B"), Container("A"))
    )
    assert lines_of(octets) == [
        *(b"BEGIN:A", b"X:1", b"BEGIN:B", b"END:B", b"BEGIN:B", b"END:B"),
        *(b"BEGIN:A", b"END:A", b"END:A"),
    ]


def test_opening_and_closing_make_the_whole() -> None:
    tree = Container("VCALENDAR", ContentLine("VERSION", {}, "2.0"))
    assert write.opening(tree) + write.closing(tree) == write.write(tree)
    assert write.opening(tree) == b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    assert write.closing(tree) == b"END:VCALENDAR\r\n"
