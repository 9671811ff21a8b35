"""One writer for every component tree: RFC 5545, section 3.1, to the octet.

Parameters are quoted (RFC 6868), lines are folded at 75 octets and end in CRLF, properties
come in one fixed order. The values are as the tree has them: text is escaped already.
"""

import re
from collections.abc import Iterator

from ics.grammar.parse import Container, ContentLine

FOLD_AT = 75
"""Octets in a line, without its CRLF (RFC 5545, section 3.1)."""

_ORDER = (
    *("VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME"),
    *("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND"),
    *("SUMMARY", "STATUS", "TRANSP", "LOCATION", "DESCRIPTION", "CATEGORIES", "URL"),
)
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_NEEDS_QUOTES = re.compile('[:;,"^\n]')
_RFC6868 = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})


def write(tree: Container) -> bytes:
    """A component and all within it, as finished octets."""
    return b"".join(_lines(tree))


def opening(tree: Container) -> bytes:
    """A component up to where its sub-components go; `closing` ends it."""
    return write(tree).removesuffix(closing(tree))


def closing(tree: Container) -> bytes:
    """The last line of a component."""
    return f"END:{tree.name}\r\n".encode()


def _lines(tree: Container) -> Iterator[bytes]:
    yield f"BEGIN:{tree.name}\r\n".encode()
    properties = [item for item in tree if isinstance(item, ContentLine)]
    for line in sorted(properties, key=_rank):
        yield _fold(_content_line(line).encode())
    for item in tree:
        if isinstance(item, Container):
            yield from _lines(item)
    yield closing(tree)


def _rank(line: ContentLine) -> tuple[int, str, str, str]:
    return _RANK.get(line.name, len(_RANK)), line.name, line.value, str(line.params)


def _content_line(line: ContentLine) -> str:
    parameters = "".join(
        f";{name}={','.join(_parameter(value) for value in values)}"
        for name, values in line.params.items()
    )
    return f"{line.name}{parameters}:{_CONTROL.sub('', line.value)}"


def _parameter(value: str) -> str:
    if not _NEEDS_QUOTES.search(value):
        return _CONTROL.sub("", value)
    return f'"{_CONTROL.sub("", value.translate(_RFC6868))}"'


def _fold(line: bytes) -> bytes:
    """Break a line so that no part exceeds 75 octets, none ends inside a UTF-8 character, and
    none between a backslash and its letter, which some readers undo before unfolding."""
    parts = []
    room = FOLD_AT
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        if (cut - len(line[:cut].rstrip(b"\\"))) % 2:
            cut -= 1
        parts.append(line[:cut])
        line = line[cut:]
        room = FOLD_AT - 1  # the space that marks a continuation counts
    return b"\r\n ".join([*parts, line]) + b"\r\n"
