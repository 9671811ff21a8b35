"""A zone's rules as VTIMEZONE (RFC 5545, section 3.6.5), made by `icalendar` from zoneinfo."""

from functools import cache

from icalendar import Component, Timezone
from icalendar.parser import Contentline, Parameters
from ics.grammar.parse import Container, ContentLine

from calendar_svc.ical.write import write


@cache
def vtimezone(zone: str) -> bytes:
    """The rules of an IANA zone from 1970 to 2037, finished.

    It stands in every feed, also because a calendar without a single component is none
    (section 3.6).
    """
    return write(_tree(Timezone.from_tzid(zone)))


def _tree(component: Component) -> Container:
    tree = Container(str(component.name))
    for name, value in component.property_items(recursive=False):
        # of its own making: it says between which years the rules hold
        if name not in ("BEGIN", "END", "COMMENT"):
            params = getattr(value, "params", None) or Parameters()
            _, parameters, text = Contentline.from_parts(name, params, value).parts()
            tree.append(ContentLine(name, {key: [one] for key, one in parameters.items()}, text))
    tree.extend(_tree(part) for part in component.subcomponents)
    return tree
