"""Alive, and able to serve."""

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from calendar_svc.store import counters, schema
from calendar_svc.web import asked

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> str:
    """The process answers."""
    return "ok\n"


@pages.get("/readyz")
def ready() -> tuple[str, int]:
    """The database answers, has the tables of this version, and feeds are published."""
    database = asked.services().database
    try:
        if not schema.is_current(database):
            return "the database has not the tables of this version\n", 503
        with database.reading() as db:
            if not counters.read(db, counters.PUBLICATIONS):
                return "no feed is published yet\n", 503
    except SQLAlchemyError:
        return "the database can't be reached\n", 503
    return "ready\n", 200
