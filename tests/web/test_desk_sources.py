"""Sources on the desk: watched, paused, removed; and nobody else may."""

import html
import re
from datetime import timedelta

import html5lib
import pytest

from calendar_svc.actions import watching
from calendar_svc.domain.account import Act
from calendar_svc.domain.source import Source
from calendar_svc.store import sources
from tests.fakes import read_nothing
from tests.web.conftest import House
from tests.web.desk import Desk, signed_in

PATH = "/desk/sources"
URL = "https://news.example/rss"
FEED = "<rss version='2.0'><channel><title>Berita</title></channel></rss>"
SOURCE = {"url": URL, "publisher": "Bernama", "source_lang": "ms", "every": "60"}


def every(house: House) -> list[Source]:
    with house.database.reading() as db:
        return sources.every(db)


def watching_desk(house: House) -> Desk:
    """Ada, who watches a source."""
    desk = signed_in(house)
    house.pages.add(URL, FEED, "application/rss+xml")
    made = desk.post(PATH, **SOURCE)
    assert (made.status_code, made.headers["Location"]) == (303, PATH)
    return desk


def look(house: House) -> None:
    """Look at the sources that are due, as the scheduler does."""
    watching.fetch_due(
        house.database.reading,
        house.database.transaction,
        house.pages,
        read_nothing,
        now=house.services.clock.now,
        timezone="UTC",
    )


def test_a_source_is_watched(house: House) -> None:
    desk = watching_desk(house)
    page = html.unescape(desk.get(PATH).text)
    for told in (URL, "Bernama", "every 60 minutes", "not looked at yet", "waits as drafts"):
        assert told in page
    (source,) = every(house)
    assert (source.publisher, source.lang, source.every) == ("Bernama", "ms", timedelta(hours=1))
    assert desk.log()[0].what == Act.SOURCE_ADDED
    assert 'href="/desk/sources"' in desk.get("/desk/articles").text


def test_how_the_last_look_went_is_told_in_the_readers_language(house: House) -> None:
    desk = watching_desk(house)
    look(house)
    assert "new articles: 0; of these announce meetings: 0" in desk.get(PATH).text
    house.pages.pages.clear()
    (source,) = every(house)
    for step in ("pause", "resume"):
        desk.post(f"{PATH}/{source.id}/{step}", PATH)
    look(house)
    assert "check the address" in desk.get(PATH).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("url", ""), ("url", "javascript:alert(1)"), ("url", "https://nowhere.example/")),
        ("url", "https://news.example/page"),
        *(("publisher", ""), ("publisher", "x" * 101), ("source_lang", "tlh")),
        *(("every", ""), ("every", "14"), ("every", "-60"), ("every", "99999"), ("every", "1e3")),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(house: House, field: str, value: str) -> None:
    desk = signed_in(house)
    house.pages.add(URL, FEED)
    house.pages.add("https://news.example/page", "<html><p>ADMM</p></html>")
    answer = desk.post(PATH, **{**SOURCE, field: value})
    assert answer.status_code == 422
    assert set(re.findall(r'id="fault-(\w+)"', answer.text)) == {field}
    assert every(house) == []


def test_a_source_is_watched_once(house: House) -> None:
    desk = watching_desk(house)
    assert desk.post(PATH, **SOURCE).status_code == 422
    assert len(every(house)) == 1


def test_a_source_is_paused_resumed_and_removed(house: House) -> None:
    desk = watching_desk(house)
    (source,) = every(house)
    for step, paused in (("pause", True), ("resume", False)):
        assert desk.post(f"{PATH}/{source.id}/{step}", PATH).status_code == 303
        assert every(house)[0].paused is paused
    assert desk.post(f"{PATH}/{source.id}/remove", PATH).status_code == 303
    assert every(house) == []
    assert desk.post(f"{PATH}/{source.id}/remove", PATH).status_code == 404
    assert desk.post(f"{PATH}/{source.id}/pause", PATH).status_code == 303


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_the_page_is_valid_and_needs_no_script(house: House, lang: str) -> None:
    desk = watching_desk(house)
    for page in (desk.get(f"{PATH}?lang={lang}"), desk.post(PATH, url="x")):
        document = html5lib.HTMLParser(strict=True).parse(page.text)
        assert "<script" not in page.text
        ids = [node.get("id") for node in document.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        assert {node.get("for") for node in document.iter() if node.get("for")} <= set(ids)


def test_nobody_gets_in_without_a_session_or_a_form_of_ours(house: House) -> None:
    desk = watching_desk(house)
    (source,) = every(house)
    stranger = Desk(house)
    token = stranger.token("/desk/sign-in")
    for path in (PATH, *(f"{PATH}/{source.id}/{step}" for step in ("pause", "resume", "remove"))):
        assert stranger.send(path, {"csrf_token": token, **SOURCE}).status_code == 403
        assert desk.send(path, SOURCE).status_code == 400
    assert stranger.get(PATH).status_code == 303
    assert every(house) == [source]
