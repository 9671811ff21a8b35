"""Series on the desk: added with their feed, called otherwise, at one address for life."""

import html
import re
from datetime import timedelta

import html5lib
import pytest
from werkzeug.test import TestResponse

from calendar_svc.domain.account import Act
from calendar_svc.domain.texts import Texts
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database
from tests.web.conftest import House
from tests.web.desk import Desk, signed_in

NEW = {"slug": "adsom-retreat", "short": "ADSOM-R", "name_ms": "Percutian ADSOM", "name_en": ""}
SCRIPT = "<script>alert(1)</script>"


def add(desk: Desk, **other: str) -> TestResponse:
    return desk.post("/desk/series", **{**NEW, **other})


def slugs(database: Database) -> list[str]:
    with database.reading() as db:
        return [one.slug for one in series_store.every(db)]


def faults(page: TestResponse) -> set[str]:
    return set(re.findall(r'id="fault-(\w+)"', page.text))


@pytest.fixture(scope="module")
def quiet_desk(quiet_house: House) -> Desk:
    """For those who look, or are refused."""
    return signed_in(quiet_house)


def test_a_series_is_added_with_its_page_and_its_feed(house: House) -> None:
    desk = signed_in(house)
    made = add(desk)
    assert (made.status_code, made.headers["Location"]) == (303, "/desk/series")
    assert "The series is kept." in desk.get("/desk/series").text
    assert "Percutian ADSOM" in house.client.get("/series/adsom-retreat?lang=en").text
    house.publish()
    house = house.later(timedelta(0))
    feed = house.client.get("/feeds/adsom-retreat.ics")
    assert feed.status_code == 200
    assert "ADSOM-R – Percutian ADSOM" in feed.text.replace("\r\n ", "")
    assert "ADSOM-R" in house.client.get("/feeds/?lang=en").text
    assert desk.log()[0].what == Act.SERIES_SAVED


def test_it_is_called_otherwise_and_stays_where_it_is(house: House) -> None:
    desk = signed_in(house)
    made = desk.post(
        "/desk/series/admm", short="ADMM!", name_ms="Mesyuarat", name_en="Meeting", slug="other"
    )
    assert made.status_code == 303
    with house.database.reading() as db:
        found = series_store.get(db, "admm")
    # a name in a language that the form hasn't is kept
    kept = "Pertemuan Menteri Pertahanan ASEAN"
    names = Texts({"ms": "Mesyuarat", "en": "Meeting", "id": kept})
    assert (found.short, found.name) == ("ADMM!", names)
    assert "other" not in slugs(house.database)
    house.publish()
    house = house.later(timedelta(0))
    assert "ADMM! – Mesyuarat" in house.client.get("/feeds/admm.ics").text.replace("\r\n ", "")
    assert "ADMM!" in house.client.get("/").text


def test_a_name_in_another_language_is_not_lost(house: House) -> None:
    with house.database.transaction() as db:
        found = series_store.get(db, "admm")
        name = Texts({**found.name, "id": "Pertemuan"})
        series_store.save(db, type(found)(found.slug, found.short, name))
    signed_in(house).post("/desk/series/admm", short="ADMM", name_ms="Mesyuarat", name_en="")
    with house.database.reading() as db:
        assert series_store.get(db, "admm").name == Texts({"ms": "Mesyuarat", "id": "Pertemuan"})


def test_the_same_again_is_not_logged(house: House) -> None:
    desk = signed_in(house)
    add(desk)
    before = len(desk.log())
    form = {name: text for name, text in NEW.items() if name != "slug"}
    assert desk.post("/desk/series/adsom-retreat", **form).status_code == 303
    assert len(desk.log()) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", ""),
        ("slug", "ADMM"),
        ("slug", "a--b"),
        ("slug", "../x"),
        ("slug", "x" * 81),
        ("slug", "admm"),
        ("slug", "all"),
        ("slug", "private"),
        ("slug", SCRIPT),
        ("short", ""),
        ("short", "x" * 41),
        ("short", "a\x1bb"),
        ("name_ms", ""),
        ("name_ms", "x" * 301),
        ("name_en", "a\u2028b"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    quiet_desk: Desk, field: str, value: str
) -> None:
    before = slugs(quiet_desk.house.database)
    answer = add(quiet_desk, **{field: value})
    assert answer.status_code == 422
    assert faults(answer) == {field}
    assert SCRIPT not in answer.text
    page = html.unescape(answer.text)
    for name, text in {**NEW, field: value}.items():
        assert f'name="{name}"' in page and f'value="{text}"' in page
    assert slugs(quiet_desk.house.database) == before
    assert quiet_desk.log()[0].what == Act.REFUSED


def test_nothing_is_changed_without_a_name(quiet_desk: Desk) -> None:
    quiet_desk.post("/desk/series", **NEW)
    answer = quiet_desk.post(f"/desk/series/{NEW['slug']}", short="", name_ms="", name_en="")
    assert (answer.status_code, faults(answer)) == (422, {"short", "name_ms"})
    missing = quiet_desk.post("/desk/series/nothing", "/desk/series", **NEW)
    assert missing.status_code == 404


def test_scripts_in_every_field_are_harmless(house: House) -> None:
    desk = signed_in(house)
    made = add(desk, slug="bad", short=SCRIPT, name_ms=SCRIPT, name_en=SCRIPT)
    # a short name has forty letters at most
    assert made.status_code == 303
    pages = [desk.get(path) for path in ("/desk/series", "/desk/series/bad", "/desk/events/new")]
    pages += [house.client.get(path) for path in ("/series/bad", "/feeds/", "/subscribe")]
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in page.text


@pytest.mark.parametrize("lang", ["ms", "en"])
@pytest.mark.parametrize("path", ["/desk/series", "/desk/series/admm", "/desk/series/nothing"])
def test_every_page_is_valid_and_needs_no_script(quiet_desk: Desk, path: str, lang: str) -> None:
    answer = quiet_desk.get(f"{path}?lang={lang}")
    document = html5lib.HTMLParser(strict=True).parse(answer.text)
    assert document.get("lang") == lang
    assert "<script" not in answer.text and " style=" not in answer.text


@pytest.mark.parametrize("path", ["/desk/series", "/desk/series/admm"])
def test_nothing_is_changed_without_a_form_of_ours(quiet_desk: Desk, path: str) -> None:
    before = slugs(quiet_desk.house.database)
    for fields in ({}, {"csrf_token": "forged"}):
        assert quiet_desk.send(path, {**NEW, **fields}).status_code == 400
    stranger = Desk(quiet_desk.house)
    form = {**NEW, "csrf_token": stranger.token("/desk/sign-in")}
    assert stranger.send(path, form).status_code == 403
    assert stranger.get(path).status_code == 303
    assert slugs(quiet_desk.house.database) == before
    with quiet_desk.house.database.reading() as db:
        assert series_store.get(db, "admm").short == "ADMM"
