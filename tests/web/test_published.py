"""Finished feeds, by the rules of RFC 9110."""

import gzip
import time
from typing import Any

import brotli
import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName
from calendar_svc.store import events
from tests import make
from tests.web.conftest import AUTUMN, House

FEED = "/feeds/all.ics"


def get(house: House, path: str = FEED, **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.client.get(path, headers=given)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("gzip;q=0", None),
        ("deflate", None),
        ("nonsense;;;q=x", None),
    ],
)
def test_each_client_gets_the_coding_it_takes(
    quiet_house: House, accepted: str, coding: str | None
) -> None:
    answer = get(quiet_house, Accept_Encoding=accepted)
    assert answer.headers.get("Content-Encoding") == coding
    decode = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert decode(answer.data) == get(quiet_house).data
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_each_coding_has_its_own_strong_etag(quiet_house: House) -> None:
    tags = {
        get(quiet_house, Accept_Encoding=coding).headers["ETag"] for coding in ("", "gzip", "br")
    }
    assert len(tags) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*", 'W/"x" ,{} '])
def test_what_is_known_is_not_sent_again(quiet_house: House, form: str) -> None:
    first = get(quiet_house, Accept_Encoding="gzip")
    seen = form.format(first.headers["ETag"])
    again = get(quiet_house, Accept_Encoding="gzip", If_None_Match=seen)
    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Length" not in again.headers


def test_if_none_match_goes_before_if_modified_since(quiet_house: House) -> None:
    modified = get(quiet_house).headers["Last-Modified"]
    assert get(quiet_house, If_Modified_Since=modified).status_code == 304
    other = {"If_Modified_Since": modified, "If_None_Match": '"other"'}
    assert get(quiet_house, **other).status_code == 200


@pytest.mark.parametrize(
    "since", ["Sat, 01 Jan 2000 00:00:00 GMT", "yesterday", "", "Sun, 99 Foo 0000"]
)
def test_an_old_or_broken_date_gets_the_feed(quiet_house: House, since: str) -> None:
    assert get(quiet_house, If_Modified_Since=since).status_code == 200


def test_head_says_what_get_would(quiet_house: House) -> None:
    full, head = get(quiet_house), quiet_house.client.head(FEED)
    assert head.data == b""
    assert dict(head.headers) == dict(full.headers)


def test_feeds_are_read_only(quiet_house: House) -> None:
    answer = quiet_house.client.post(FEED)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("lang=tlh", "lang: must be one of ms, en"),
        ("vague=perhaps", "vague: must be one of span, omit, all"),
        ("lang=", "lang: must be one of ms, en"),
        ("&".join(f"x{n}=1" for n in range(30)), "the query has more than 20 fields"),
    ],
)
def test_a_wrong_value_is_named(quiet_house: House, query: str, sentence: str) -> None:
    answer = get(quiet_house, f"{FEED}?{query}")
    assert answer.status_code == 400
    assert answer.text == sentence + "\n"


@pytest.mark.parametrize(
    "path", ["/feeds/nothing.ics", "/feeds/ALL.ics", "/feeds/..%2fall.ics", "/feeds/a%00b.ics"]
)
def test_an_unknown_feed_is_not_there(quiet_house: House, path: str) -> None:
    assert get(quiet_house, path).status_code == 404


def test_accept_language_is_ignored_and_lang_is_heeded(quiet_house: House) -> None:
    assert get(quiet_house, Accept_Language="en").data == get(quiet_house).data
    assert "1 November 2025" in get(quiet_house, f"{FEED}?lang=en").text.replace("\r\n ", "")
    assert get(quiet_house, f"{FEED}?lang=en").data != get(quiet_house).data


def test_no_query_reaches_the_database_while_nothing_changes(house: House) -> None:
    get(house)
    asked: list[str] = []
    event.listen(
        house.database.engine,
        "before_cursor_execute",
        lambda *given: asked.append(given[2]),
    )
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        get(house)
    assert len(asked) <= 1  # at most the one look at the generation row


def test_an_edit_is_seen_and_what_did_not_change_keeps_its_etag(house: House) -> None:
    before = {path: get(house, path).headers["ETag"] for path in (FEED, "/feeds/adsom.ics")}
    with house.database.transaction() as db:
        found = events.get(db, "admm-plus-2025", AUTUMN)
        make.change(db, found.uid, {FactName.STATUS: Status.CANCELLED}, now=AUTUMN)
    house.publish()
    time.sleep(0.6)
    assert get(house, "/feeds/adsom.ics").headers["ETag"] == before["/feeds/adsom.ics"]
    answer = get(house)
    assert answer.headers["ETag"] != before[FEED]
    assert "STATUS:CANCELLED" in answer.text
    assert get(house, If_None_Match=before[FEED]).status_code == 200


def test_feeds_are_served_while_the_database_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = get(house).data

    def away(*given: Any) -> None:
        from sqlalchemy.exc import OperationalError

        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("calendar_svc.store.counters.read", away)
    time.sleep(0.6)
    assert get(house).data == known
