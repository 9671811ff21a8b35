"""The tree of our refusals.

A refusal is one sentence for a person, kept as a message with its values apart, so that the
edge can say it in the reader's language (`words.say`). The edge also finds the HTTP status.
"""


class CalendarError(Exception):
    """One clear sentence about what can't be done. `message` is a %-format over `values`."""

    def __init__(self, message: str, **values: object) -> None:
        # what is repeated of somebody's input must not break the sentence in two
        told = {name: _one_line(value) for name, value in values.items()}
        super().__init__(message, told)
        self.message = message
        self.values = told

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


class Refused(CalendarError):
    """The input can't be accepted as it stands (HTTP 422; on the command line exit 1).

    `field` names the form field or setting at fault, where there is one.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class NotFound(CalendarError):
    """There is no such thing (HTTP 404)."""


class Gone(CalendarError):
    """There was such a thing, and it was taken back (HTTP 410)."""


class Moved(CalendarError):
    """It is at another address now (HTTP 301): `slug` is the event that it turned out to be."""

    def __init__(self, slug: str) -> None:
        super().__init__("this meeting is at /events/%(slug)s now", slug=slug)
        self.slug = slug


class Conflict(CalendarError):
    """Somebody else was there first (HTTP 409)."""


class Forbidden(CalendarError):
    """Whoever asks may not do that (HTTP 403)."""


class Slowed(CalendarError):
    """Too many tries for now (HTTP 429)."""
