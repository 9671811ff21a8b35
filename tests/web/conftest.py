"""The application as tests drive it: the real one, on a database with the seed's facts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from calendar_svc.actions import publishing, seeding
from calendar_svc.clock import Clock, utc_now
from calendar_svc.links import Links, Site
from calendar_svc.mail.smtp import Postbox
from calendar_svc.services import Services
from calendar_svc.store.base import Database
from calendar_svc.web.app import create_app
from tests.conftest import NewUrl
from tests.fakes import KeptMail, KeptPages, read_nothing
from tests.make import KEY, KL, QUICK

SEED = Path(__file__).parents[2] / "data" / "seed"
AUTUMN = datetime.fromisoformat("2025-09-27T09:00:00+08:00")


def services_on(database: Database, now: datetime, base: str = "http://localhost") -> Services:
    return Services(
        database=database,
        clock=Clock(now - utc_now(), simulated=True),
        site=Site(Links(base, (KEY,)), ("ms", "en"), KL),
        postbox=Postbox(KeptMail(), "calendar@example.org"),
        mail_leaves=False,
        trusted_proxies=0,
        secret_keys=(KEY,),
        hasher=QUICK,
        fetch=KeptPages(),
        read=read_nothing,
    )


@dataclass
class House:
    """The application with what stands behind it."""

    services: Services
    client: Client

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def pages(self) -> KeptPages:
        """What is found at addresses."""
        assert isinstance(self.services.fetch, KeptPages)
        return self.services.fetch

    def publish(self) -> None:
        publishing.publish(
            self.database.reading,
            self.database.transaction,
            now=self.services.clock.now(),
            site=self.services.site,
        )

    def later(self, wait: timedelta) -> "House":
        """The same house at another time."""
        clock = replace(self.services.clock, offset=self.services.clock.offset + wait)
        return _house(replace(self.services, clock=clock))


def replaced(house: House, **parts: Any) -> House:
    """The same house with other parts."""
    return _house(replace(house.services, **parts))


def _house(services: Services) -> House:
    app = create_app(services)
    app.testing = True
    return House(services, Client(app))


@pytest.fixture
def house(database: Database) -> House:
    """In the morning of 27 September 2025, with the article's facts published."""
    return furnished(database)


@pytest.fixture(scope="module")
def quiet_house(new_sqlite: NewUrl) -> Iterator[House]:
    """The same for tests that only look, which may share one."""
    database = Database(new_sqlite())
    yield furnished(database)
    database.close()


def furnished(database: Database) -> House:
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, KL), now=AUTUMN)
    house = _house(services_on(database, AUTUMN))
    house.publish()
    return house
