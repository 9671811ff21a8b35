"""Finished feeds: kept whole, replaced by later ones, taken back with their form."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.feed import Choice, Vague
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.when import When
from calendar_svc.store import counters, publications
from calendar_svc.store.base import Database
from calendar_svc.store.publications import Finished, Rendition
from calendar_svc.store.tables import StateRow
from tests import make

EN, MS = Choice("all", "en", Vague.SPAN), Choice("all", "ms", Vague.SPAN)


def finished(choice: Choice = EN, digest: str = "d1") -> Finished:
    # octets that are no text: nothing may read them as one
    return Finished(choice, b"plain\x00\xff\r\n", b"gzip\x00", b"brotli\xff", digest, 4)


def generation(database: Database) -> int:
    with database.reading() as db:
        return counters.read(db, counters.PUBLICATIONS)


def test_a_feed_comes_back_to_the_octet(database: Database) -> None:
    with database.transaction() as db:
        assert publications.save(db, finished(), built_from=1)
    with database.reading() as db:
        found = publications.get(db, EN)
        assert publications.get(db, MS) is None
        assert publications.digests(db) == {EN: "d1"}
    assert found is not None
    assert (found.choice, found.plain, found.gzip) == (EN, b"plain\x00\xff\r\n", b"gzip\x00")
    assert (found.brotli, found.digest, found.events) == (b"brotli\xff", "d1", 4)
    assert found.published_at.microsecond == 0, "HTTP dates have whole seconds"
    assert abs(found.published_at - datetime.now(UTC)) < timedelta(seconds=20)


@pytest.mark.parametrize(
    ("second", "stands"), [(6, "d2"), (5, "d2"), (4, "d1")], ids=["later", "same", "earlier"]
)
def test_a_feed_is_replaced_by_none_built_from_an_earlier_state(
    database: Database, second: int, stands: str
) -> None:
    with database.transaction() as db:
        assert publications.save(db, finished(), built_from=5)
    number = generation(database)
    with database.transaction() as db:
        replaced = publications.save(db, finished(digest="d2"), built_from=second)
    with database.reading() as db:
        assert publications.digests(db) == {EN: stands}
    assert replaced == (stands == "d2")
    assert (generation(database) > number) == replaced


def test_a_feed_that_isnt_there_has_no_publication(database: Database) -> None:
    nowhere = Choice("nowhere", "en", Vague.SPAN)
    with database.reading() as db:
        assert publications.get(db, nowhere) is None
        with pytest.raises(NotFound):
            publications.save(db, finished(nowhere), built_from=1)


def test_forms_that_are_not_wanted_are_taken_back(database: Database) -> None:
    with database.transaction() as db:
        for choice in (EN, MS):
            publications.save(db, finished(choice), built_from=1)
    number = generation(database)
    with database.transaction() as db:
        assert publications.drop_others(db, [EN, MS]) == 0
    assert generation(database) == number
    with database.transaction() as db:
        assert publications.drop_others(db, [MS]) == 1
        assert publications.digests(db) == {MS: "d1"}
    assert generation(database) == number + 1


def test_a_rendition_is_kept_with_its_state_and_goes_with_it(database: Database) -> None:
    with database.transaction() as db:
        uid = make.announced(db)
        (state,) = db.scalars(select(StateRow.id))
        publications.save_renditions(db, "en", {state: Rendition("1", b"old")})
        publications.save_renditions(db, "en", {state: Rendition("2", b"new\x00")})
        publications.save_renditions(db, "ms", {state: Rendition("2", b"baru")})
        assert publications.renditions(db, "en") == {state: Rendition("2", b"new\x00")}
        assert publications.renditions(db, "ms") == {state: Rendition("2", b"baru")}
        make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
        assert publications.renditions(db, "en") == {}


def test_a_rendition_of_a_state_that_is_gone_is_let_go(database: Database) -> None:
    with database.transaction() as db:
        publications.save_renditions(db, "en", {12345: Rendition("1", b"late")})
        publications.save_renditions(db, "en", {})
        assert publications.renditions(db, "en") == {}
