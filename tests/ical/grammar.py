"""A strict reader of RFC 5545 on octets, for the tests alone.

It shares nothing with calendar_svc nor with any library, and forgives nothing: whatever the
grammar doesn't allow raises Malformed, in a sentence. It knows what our calendars use (VEVENT,
VALARM and VTIMEZONE; moments in UTC or as local time with a TZID that is defined) and refuses
the rest, so a property that is new to us has to be taught here first.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

CRLF = b"\r\n"
WIDEST = 75


class Malformed(Exception):
    """What the grammar doesn't allow, in one sentence."""


@dataclass(frozen=True)
class Property:
    """One content line. `value` is as written, `values` are the texts it means, unescaped."""

    name: str
    params: Mapping[str, tuple[str, ...]]
    value: str
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """What it means, where it has one value."""
        (only,) = self.values
        return only

    @property
    def lang(self) -> str | None:
        """The language its text is in."""
        return self.params["LANGUAGE"][0] if "LANGUAGE" in self.params else None

    @property
    def moment(self) -> date | datetime:
        """Its DATE, or its DATE-TIME in UTC."""
        if len(self.value) == 8:
            return _date(self.value)
        return _date_time(self.value).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Component:
    """Its properties in the order written, and the components within it."""

    name: str
    properties: tuple[Property, ...]
    components: tuple["Component", ...]

    def all(self, name: str) -> list[Property]:
        """The properties of a name."""
        return [one for one in self.properties if one.name == name]

    def get(self, name: str) -> Property | None:
        """The property of a name, if there is one."""
        return next(iter(self.all(name)), None)

    def __getitem__(self, name: str) -> Property:
        (only,) = self.all(name)
        return only

    @property
    def events(self) -> list["Component"]:
        """The VEVENTs within."""
        return [one for one in self.components if one.name == "VEVENT"]


def read(octets: bytes) -> Component:
    """The one VCALENDAR that these octets are. Raises Malformed."""
    lines = [_content_line(line) for line in _unfolded(octets)]
    tree, rest = _component(lines)
    if rest:
        raise Malformed(f"{rest[0].name} stands after the end of the calendar")
    _check_calendar(tree)
    return tree


# --- section 3.1: lines ---------------------------------------------------------------------


def _unfolded(octets: bytes) -> Iterator[str]:
    if not octets.endswith(CRLF):
        raise Malformed("the last line doesn't end in CRLF")
    logical = ""
    for number, line in enumerate(octets.removesuffix(CRLF).split(CRLF), 1):
        physical = _physical(line, number)
        if physical[0] not in " \t":
            if number > 1:
                yield logical
            logical = physical
        elif number == 1:
            raise Malformed("line 1 continues nothing")
        elif (len(logical) - len(logical.rstrip("\\"))) % 2:
            raise Malformed(f"line {number} is folded between a backslash and its letter")
        else:
            logical += physical[1:]
    yield logical


def _physical(line: bytes, number: int) -> str:
    if b"\r" in line or b"\n" in line:
        raise Malformed(f"line {number} holds a bare CR or LF")
    if not line:
        raise Malformed(f"line {number} is empty")
    if len(line) > WIDEST:
        raise Malformed(f"line {number} has {len(line)} octets, more than {WIDEST}")
    if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
        raise Malformed(f"line {number} holds a control character")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # a fold inside a character leaves two lines that are not UTF-8, each for itself
        raise Malformed(f"line {number} is not UTF-8, or folded inside a character") from None


_TOKEN = re.compile(r"[A-Za-z0-9-]+")
_QUOTED = re.compile(r'"([^"\x00-\x08\x0a-\x1f\x7f]*)"')
_PLAIN = re.compile(r'[^";:,\x00-\x08\x0a-\x1f\x7f]*')


def _content_line(line: str) -> Property:
    """contentline = name *(";" param ) ":" value"""
    name, place = _token(line, 0, "a name")
    params: dict[str, tuple[str, ...]] = {}
    while line[place : place + 1] == ";":
        key, place = _token(line, place + 1, "a parameter's name")
        if key in params:
            raise Malformed(f"{name} has the parameter {key} twice")
        if line[place : place + 1] != "=":
            raise Malformed(f"{name}: the parameter {key} has no value")
        params[key], place = _param_values(line, place + 1)
    if line[place : place + 1] != ":":
        raise Malformed(f"{name}: a colon was expected at {line[place : place + 10]!r}")
    value = line[place + 1 :]
    _check_params(name, params)
    return Property(name, params, value, _values(name, params, value))


def _token(line: str, place: int, what: str) -> tuple[str, int]:
    found = _TOKEN.match(line, place)
    if not found:
        raise Malformed(f"{what} was expected at {line[place : place + 10]!r}")
    return found[0].upper(), found.end()


def _param_values(line: str, place: int) -> tuple[tuple[str, ...], int]:
    values = []
    while True:
        if found := _QUOTED.match(line, place):
            values.append(_circumflexed(found[1]))
        else:
            found = _PLAIN.match(line, place)
            assert found is not None
            values.append(_circumflexed(found[0]))
        place = found.end()
        if line[place : place + 1] != ",":
            return tuple(values), place
        place += 1


def _circumflexed(value: str) -> str:
    """RFC 6868, section 3.1; a circumflex before anything else stands for itself."""
    meant = {"^^": "^", "^n": "\n", "^'": '"'}
    return re.sub(r"\^[\^n']", lambda found: meant[found[0]], value)


# --- sections 3.3 and 3.8: values -----------------------------------------------------------

_TEXTS = frozenset(
    [
        "PRODID",
        "NAME",
        "DESCRIPTION",
        "SUMMARY",
        "LOCATION",
        "COMMENT",
        "CONTACT",
        "UID",
        "TZID",
        "TZNAME",
    ]
)
_LISTS = frozenset(["CATEGORIES", "RESOURCES"])
_URIS = frozenset(["URL", "SOURCE", "ORGANIZER", "ATTENDEE", "TZURL"])
_DURATIONS = frozenset(["DURATION", "REFRESH-INTERVAL", "TRIGGER"])
_UTC_ONLY = frozenset(["DTSTAMP", "CREATED", "LAST-MODIFIED"])
_DATES = frozenset(["DTSTART", "DTEND"])
_OFFSETS = frozenset(["TZOFFSETFROM", "TZOFFSETTO"])
_WORDS: Mapping[str, frozenset[str]] = {
    "VERSION": frozenset(["2.0"]),
    "CALSCALE": frozenset(["GREGORIAN"]),
    "METHOD": frozenset(
        [
            "PUBLISH",
            "REQUEST",
            "CANCEL",
            "REPLY",
            "ADD",
            "COUNTER",
            "REFRESH",
        ]
    ),
    "STATUS": frozenset(["TENTATIVE", "CONFIRMED", "CANCELLED"]),
    "TRANSP": frozenset(["OPAQUE", "TRANSPARENT"]),
    "CLASS": frozenset(["PUBLIC", "PRIVATE", "CONFIDENTIAL"]),
    "ACTION": frozenset(["AUDIO", "DISPLAY", "EMAIL"]),
}
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_TIME_PART = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"
_DURATION = re.compile(rf"[+-]?P(?:\d+W|\d+D(?:{_TIME_PART})?|{_TIME_PART})", re.ASCII)
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DATE_TIME = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def _check_params(name: str, params: Mapping[str, tuple[str, ...]]) -> None:
    if "LANGUAGE" in params:
        if name not in _TEXTS | _LISTS or name in ("PRODID", "UID", "TZID"):
            raise Malformed(f"{name} takes no LANGUAGE")
        if len(params["LANGUAGE"]) != 1 or not _LANGUAGE.fullmatch(params["LANGUAGE"][0]):
            raise Malformed(f"{name}: {params['LANGUAGE']} is not a language")
    kinds = params.get("VALUE")
    wanted = {"SOURCE": "URI", "REFRESH-INTERVAL": "DURATION"}.get(name)
    if wanted and kinds != (wanted,):
        raise Malformed(f"{name} needs VALUE={wanted}")
    if kinds and not wanted and not (name in _DATES and kinds in (("DATE",), ("DATE-TIME",))):
        raise Malformed(f"{name} can't have VALUE={','.join(kinds)}")


def _values(name: str, params: Mapping[str, tuple[str, ...]], value: str) -> tuple[str, ...]:
    """What a value means; raises Malformed where its form is not that of its property."""
    if name in ("BEGIN", "END"):
        if not _TOKEN.fullmatch(value):
            raise Malformed(f"{name}:{value} names no component")
    elif name in _TEXTS or name.startswith("X-"):
        texts = _texts(name, value)
        if len(texts) != 1:
            raise Malformed(f"{name} has a comma that is not escaped")
        return texts
    elif name in _LISTS:
        return _texts(name, value)
    elif name in _WORDS:
        if value not in _WORDS[name]:
            raise Malformed(f"{name} can't be {value!r}")
    elif name in _UTC_ONLY:
        if not value.endswith("Z"):
            raise Malformed(f"{name} must be in UTC")
        _date_time(value)
    elif name in _DATES:
        _check_date(name, params, value)
    elif name == "RDATE":
        for one in value.split(","):
            _check_date(name, params, one)
    elif name in _URIS:
        if not _URI.fullmatch(value):
            raise Malformed(f"{name}: {value!r} is not a URI")
    elif name in _DURATIONS:
        if not _DURATION.fullmatch(value):
            raise Malformed(f"{name}: {value!r} is not a DURATION")
    elif name in ("SEQUENCE", "REPEAT"):
        if not re.fullmatch(r"[0-9]+", value):
            raise Malformed(f"{name}: {value!r} is not a whole number")
    elif name in _OFFSETS:
        if not re.fullmatch(r"[+-][0-9]{4}([0-9]{2})?", value):
            raise Malformed(f"{name}: {value!r} is not a UTC offset")
    else:
        raise Malformed(f"{name} is not a property we know")
    return (value,)


def _texts(name: str, value: str) -> tuple[str, ...]:
    """TEXT, section 3.3.11: the values between bare commas, unescaped."""
    texts = [""]
    letters = iter(value)
    for letter in letters:
        if letter == "\\":
            escaped = next(letters, "")
            if escaped not in tuple("\\;,nN"):
                raise Malformed(f"{name}: a backslash can't stand before {escaped!r}")
            texts[-1] += "\n" if escaped in "nN" else escaped
        elif letter == ";":
            raise Malformed(f"{name} has a semicolon that is not escaped")
        elif letter == ",":
            texts.append("")
        else:
            texts[-1] += letter
    return tuple(texts)


def _check_date(name: str, params: Mapping[str, tuple[str, ...]], value: str) -> None:
    if params.get("VALUE") == ("DATE",):
        if "TZID" in params:
            raise Malformed(f"{name}: a DATE has no TZID")
        _date(value)
        return
    _date_time(value)
    if value.endswith("Z") and "TZID" in params:
        raise Malformed(f"{name}: a DATE-TIME is in UTC, or has a TZID")


def _date(value: str) -> date:
    parts = _DATE.fullmatch(value)
    if not parts:
        raise Malformed(f"{value!r} is not a DATE")
    try:
        return date(*(int(part) for part in parts.groups()))
    except ValueError:
        raise Malformed(f"{value!r} is not a day of the calendar") from None


def _date_time(value: str) -> datetime:
    if not _DATE_TIME.fullmatch(value):
        raise Malformed(f"{value!r} is not a DATE-TIME")
    day, clock = _date(value[:8]), value[9:15]
    try:
        return datetime(
            day.year, day.month, day.day, int(clock[:2]), int(clock[2:4]), int(clock[4:])
        )
    except ValueError:
        raise Malformed(f"{value!r} has no such time of day") from None


# --- sections 3.4 and 3.6: components -------------------------------------------------------

_ONCE: Mapping[str, frozenset[str]] = {
    "VCALENDAR": frozenset(["PRODID", "VERSION"]),
    "VEVENT": frozenset(["UID", "DTSTAMP", "DTSTART"]),
    "VALARM": frozenset(["ACTION", "TRIGGER"]),
    "VTIMEZONE": frozenset(["TZID"]),
    "STANDARD": frozenset(["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"]),
    "DAYLIGHT": frozenset(["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"]),
}
_AT_MOST_ONCE: Mapping[str, frozenset[str]] = {
    "VCALENDAR": frozenset(
        [
            "CALSCALE",
            "METHOD",
            "UID",
            "LAST-MODIFIED",
            "URL",
            "REFRESH-INTERVAL",
            "SOURCE",
        ]
    ),
    "VEVENT": frozenset(
        [
            "CLASS",
            "CREATED",
            "DESCRIPTION",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "URL",
            "DTEND",
            "DURATION",
        ]
    ),
    "VALARM": frozenset(["DESCRIPTION", "SUMMARY", "DURATION", "REPEAT"]),
    "VTIMEZONE": frozenset(["LAST-MODIFIED", "TZURL"]),
    "STANDARD": frozenset(),
    "DAYLIGHT": frozenset(),
}
_REPEATED: Mapping[str, frozenset[str]] = {
    "VCALENDAR": frozenset(["NAME", "DESCRIPTION", "CATEGORIES"]),
    "VEVENT": frozenset(["CATEGORIES", "COMMENT", "CONTACT", "ATTENDEE", "RESOURCES"]),
    "VALARM": frozenset(["ATTENDEE"]),
    "VTIMEZONE": frozenset(),
    "STANDARD": frozenset(["TZNAME", "COMMENT", "RDATE"]),
    "DAYLIGHT": frozenset(["TZNAME", "COMMENT", "RDATE"]),
}
_WITHIN: Mapping[str, frozenset[str]] = {
    "VCALENDAR": frozenset(["VEVENT", "VTIMEZONE"]),
    "VEVENT": frozenset(["VALARM"]),
    "VTIMEZONE": frozenset(["STANDARD", "DAYLIGHT"]),
}


def _component(lines: list[Property]) -> tuple[Component, list[Property]]:
    """A component and what comes after it."""
    begin, *lines = lines
    if begin.name != "BEGIN":
        raise Malformed(f"BEGIN was expected, not {begin.name}")
    if begin.value not in _ONCE:
        raise Malformed(f"{begin.value} is not a component we know")
    properties: list[Property] = []
    components: list[Component] = []
    while lines and lines[0].name != "END":
        if lines[0].name == "BEGIN":
            component, lines = _component(lines)
            components.append(component)
        elif components:
            raise Malformed(f"{lines[0].name} of {begin.value} stands after a component in it")
        else:
            properties.append(lines[0])
            lines = lines[1:]
    if not lines:
        raise Malformed(f"{begin.value} has no end")
    if lines[0].value != begin.value:
        raise Malformed(f"{begin.value} ends as {lines[0].value}")
    found = Component(begin.value, tuple(properties), tuple(components))
    _check_component(found)
    return found, lines[1:]


def _check_component(found: Component) -> None:
    counts = Counter(one.name for one in found.properties)
    for name in sorted(_ONCE[found.name]):
        if counts[name] != 1:
            raise Malformed(f"{found.name} has {name} {counts[name]} times, not once")
    for name in sorted(_AT_MOST_ONCE[found.name]):
        if counts[name] > 1:
            raise Malformed(f"{found.name} has {name} more than once")
    allowed = _ONCE[found.name] | _AT_MOST_ONCE[found.name] | _REPEATED[found.name]
    for name in counts:
        if name not in allowed and not name.startswith("X-"):
            raise Malformed(f"{name} doesn't belong in {found.name}")
    for inner in found.components:
        if inner.name not in _WITHIN.get(found.name, ()):
            raise Malformed(f"{inner.name} doesn't belong in {found.name}")
    for one in found.all("DTSTART") + found.all("DTEND"):
        is_local = "T" in one.value and not one.value.endswith("Z")
        if found.name == "VEVENT" and is_local and "TZID" not in one.params:
            raise Malformed(f"{one.name}: a DATE-TIME is in UTC, or has a TZID")
        if found.name in ("STANDARD", "DAYLIGHT") and (not is_local or one.params):
            raise Malformed(f"{one.name} of {found.name} is in local time (section 3.6.5)")
    if found.name == "VEVENT":
        _check_end(found)


def _check_end(event: Component) -> None:
    start, end = event["DTSTART"], event.get("DTEND")
    if event.get("DURATION") and end:
        raise Malformed("VEVENT has both DTEND and DURATION")
    if end is None:
        return
    if (len(end.value) == 8) != (len(start.value) == 8):
        raise Malformed("DTEND and DTSTART are not of the same kind")
    if end.params.get("TZID") == start.params.get("TZID") and end.moment <= start.moment:
        raise Malformed("DTEND doesn't come after DTSTART")


def _check_calendar(tree: Component) -> None:
    if tree.name != "VCALENDAR":
        raise Malformed(f"VCALENDAR was expected, not {tree.name}")
    if not tree.components:
        raise Malformed("VCALENDAR needs at least one component (section 3.6)")
    for name in ("NAME", "DESCRIPTION"):
        languages = [one.lang for one in tree.all(name)]
        if len(set(languages)) != len(languages):
            raise Malformed(f"VCALENDAR has {name} twice in one language")
    defined = {one["TZID"].text for one in tree.components if one.name == "VTIMEZONE"}
    uids = [event["UID"].text for event in tree.events]
    if len(set(uids)) != len(uids):
        raise Malformed("two events have the same UID")
    for event in tree.events:
        for one in event.properties:
            if not set(one.params.get("TZID", ())) <= defined:
                raise Malformed(f"{one.name}: no VTIMEZONE of that TZID")
