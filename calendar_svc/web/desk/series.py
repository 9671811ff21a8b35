"""Series on the desk: their names; an address is for life."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request

from calendar_svc.actions import cataloguing
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.domain.series import Series
from calendar_svc.store import series as series_store
from calendar_svc.web import asked
from calendar_svc.web.desk import door, fields
from calendar_svc.web.desk.articles import told
from calendar_svc.web.desk.door import pages
from calendar_svc.web.desk.events import Page
from calendar_svc.web.desk.fields import Faults, Form
from calendar_svc.words import N_


@pages.get("/series", endpoint="series")
def series_() -> str:
    """All series, and the form for another."""
    return _list({})


@pages.post("/series")
def add_series() -> Page:
    """Add a series, with its feed."""
    return _saved(None)


@pages.get("/series/<slug>")
def one_series(slug: str) -> str:
    """The form of one, filled."""
    with asked.services().database.reading() as db:
        found = series_store.get(db, slug)
    site = asked.services().site
    return _one(found, {"short": found.short} | fields.texts_fields("name", found.name, site))


@pages.post("/series/<slug>")
def change_series(slug: str) -> Page:
    """Give it other names."""
    with asked.services().database.reading() as db:
        found = series_store.get(db, slug)
    return _saved(found)


def _saved(found: Series | None) -> Page:
    form = Form.of(request.form, asked.services().site, asked.language())
    try:
        with asked.services().database.transaction() as db:
            series = _read(form, found)
            form.check()
            cataloguing.save_series(db, series, is_new=found is None, by=door.editor())
    except (Faults, Refused) as fault:
        status = door.record(fault)
        return (_one(found, form.sent, fault) if found else _list(form.sent, fault)), status
    flash(N_("The series is kept."))
    return redirect(asked.here("desk.series"), 303)


def _read(form: Form, found: Series | None) -> Series:
    """The series of a form. Faults are kept in the form."""
    short = form.text("short", 40)
    if not short and "short" not in form.faults:
        form.faults["short"] = Refused("a short name is needed, like ADMM")
    name = form.texts("name", found.name if found else None)
    first = f"name_{form.site.languages[0]}"
    if name is None and first not in form.faults:
        form.faults[first] = Refused("a name is needed in at least one language")
    slug = found.slug if found else form.slug()
    form.check()
    assert name is not None
    return Series(slug, short, name)


def _list(filled: Mapping[str, str], fault: CalendarError | None = None) -> str:
    with asked.services().database.reading() as db:
        every = series_store.every(db)
    return render_template(
        "desk/series.html", look=asked.look_now(), every=every, filled=filled, **told(fault)
    )


def _one(found: Series, filled: Mapping[str, str], fault: CalendarError | None = None) -> str:
    return render_template(
        "desk/one_series.html", look=asked.look_now(), series=found, filled=filled, **told(fault)
    )
