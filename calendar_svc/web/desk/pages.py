"""Every page of the desk: importing a module hangs its pages on the door's blueprint."""

from calendar_svc.web.desk import (  # noqa: F401
    account,
    articles,
    audit,
    changes,
    drafts,
    editors,
    events,
    overview,
    series,
    signing_in,
    sources,
)
from calendar_svc.web.desk.door import pages

__all__ = ["pages"]
