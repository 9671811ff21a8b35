"""The door of the desk: who gets in, how, and what is kept of those who don't."""

import logging
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask, url_for
from sqlalchemy import update

from calendar_svc.clock import utc_now
from calendar_svc.domain.account import Act, Role
from calendar_svc.store import accounts
from calendar_svc.store.tables import SessionRow
from calendar_svc.web.desk import door
from tests.make import PASSWORD
from tests.web.conftest import House
from tests.web.desk import Desk, editor, signed_in

BEFORE_THE_DOOR = ("/desk/sign-in", "/desk/forgotten")
BEHIND_IT = ("/desk/account", "/desk/account/second-factor", "/desk/audit", "/desk/editors")
ADMINISTRATORS = ("/desk/editors", "/desk/editors/1")
POSTS = (
    "/desk/sign-out",
    "/desk/account/name",
    "/desk/account/password",
    "/desk/account/second-factor",
    "/desk/account/second-factor/remove",
    "/desk/account/sessions/1/end",
    "/desk/account/sessions/end-others",
    "/desk/editors",
    "/desk/editors/1",
    "/desk/editors/1/link",
    "/desk/editors/1/disable",
    "/desk/editors/1/enable",
    "/desk/editors/1/second-factor/remove",
)


# no session, no desk


def test_every_page_of_the_desk_wants_a_session(house: House) -> None:
    # also those that were added since this was written
    desk = Desk(house)
    app = house.client.application
    assert isinstance(app, Flask)
    token = desk.token("/desk/sign-in")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.")]
    assert len(rules) > 15
    for rule in rules:
        if rule.endpoint in door.OUTSIDE:
            continue
        with app.test_request_context():
            values: dict[str, Any] = dict.fromkeys(rule.arguments, 1)
            path = url_for(rule.endpoint, **values)
        assert rule.methods is not None
        if "POST" in rule.methods:
            assert desk.send(path, {"csrf_token": token}).status_code == 403, path
        if "GET" in rule.methods:
            answer = desk.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["Location"].startswith("/desk/sign-in?next="), path


@pytest.mark.parametrize("path", [*BEFORE_THE_DOOR, *BEHIND_IT])
def test_nothing_of_the_desk_is_cached_or_indexed(house: House, path: str) -> None:
    for desk in (Desk(house), signed_in(house, role=Role.ADMINISTRATOR)):
        answer = desk.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Cookie" in answer.headers.get("Vary", "Cookie")
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("lang", ["ms", "en"])
@pytest.mark.parametrize("path", [*BEFORE_THE_DOOR, *BEHIND_IT, "/desk/editors/1"])
def test_every_page_is_valid_and_needs_no_script(house: House, path: str, lang: str) -> None:
    desk = Desk(house) if path in BEFORE_THE_DOOR else signed_in(house, role=Role.ADMINISTRATOR)
    answer = desk.get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    document = html5lib.HTMLParser(strict=True).parse(answer.text)
    assert document.get("lang") == lang
    assert len([node for node in document.iter() if node.tag.endswith("}h1")]) == 1
    ids = [node.get("id") for node in document.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {node.get("for") for node in document.iter() if node.tag.endswith("}label")}
    for field in document.iter():
        if field.tag.endswith(("}input", "}select")) and field.get("type") != "hidden":
            assert field.get("id") in labelled, field.get("name")
    assert "<script" not in answer.text
    assert " style=" not in answer.text


# signing in


def test_ada_signs_in_and_out(house: House) -> None:
    editor(house)
    desk = Desk(house)
    answer = desk.sign_in()
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/desk/")
    assert "ada@example.org" in desk.get("/desk/account").text
    assert desk.post("/desk/sign-out", "/desk/account").status_code == 303
    assert "You are signed out." in desk.get("/desk/sign-in").text
    assert desk.get("/desk/account").status_code == 303
    assert [line.what for line in desk.log()] == [Act.SIGNED_OUT, Act.SIGNED_IN]


def test_the_answer_is_the_same_whatever_was_wrong(house: House) -> None:
    editor(house)
    pages = set()
    for email, password in (("ada@example.org", "wrong"), ("eve@example.org", PASSWORD)):
        answer = Desk(house).sign_in(email, password)
        assert answer.status_code == 422
        page = answer.text.replace(email, "X")
        pages.add(page[page.index("<main") :].split('name="csrf_token"')[0])
        assert "the address, the password or the code is not right" in page
        assert password not in page
    assert len(pages) == 1


def test_after_five_failures_it_says_how_long_to_wait(house: House) -> None:
    editor(house)
    for _ in range(5):
        # cookies thrown away: it is not they that count
        Desk(house).sign_in(password="wrong")
    answer = Desk(house).sign_in()
    assert answer.status_code == 429
    assert "try again in 1 min" in answer.text


def test_a_sign_in_gives_a_fresh_session(house: House) -> None:
    editor(house)
    desk = Desk(house)
    desk.get("/desk/sign-in")
    planted = desk.client.get_cookie("calendar")
    assert planted is not None
    stale = desk.token("/desk/sign-in")
    desk.sign_in()
    assert desk.client.get_cookie("calendar") != planted
    # who planted the cookie from before is still outside, and its form tokens are worth nothing
    eve = Desk(house)
    eve.client.set_cookie("calendar", planted.value)
    assert eve.get("/desk/account").status_code == 303
    assert desk.send("/desk/account/name", {"csrf_token": stale}).status_code == 400


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(house: House) -> None:
    desk = signed_in(house)
    stolen = desk.client.get_cookie("calendar")
    assert stolen is not None
    desk.post("/desk/sign-out", "/desk/account")
    eve = Desk(house)
    eve.client.set_cookie("calendar", stolen.value)
    assert eve.get("/desk/account").status_code == 303


@pytest.mark.parametrize(
    ("unused", "old", "lasts"),
    [(11.9, 11.9, True), (12.1, 12.1, False), (1, 167, True), (1, 169, False)],
)
def test_a_session_ends_by_itself(house: House, unused: float, old: float, lasts: bool) -> None:
    desk = signed_in(house)
    now = utc_now()
    with house.database.transaction() as db:
        times = {
            "seen_at": now - timedelta(hours=unused),
            "created_at": now - timedelta(hours=old),
        }
        db.execute(update(SessionRow).values(times))
    assert desk.get("/desk/account").status_code == (200 if lasts else 303)
    # a session that is used goes on
    if lasts:
        with house.database.reading() as db:
            assert db.get_one(SessionRow, 1).seen_at > now - timedelta(minutes=1)


def test_whoever_is_disabled_is_out_at_once(house: House) -> None:
    desk = signed_in(house)
    with house.database.transaction() as db:
        accounts.disable(db, 1, now=utc_now())
    assert desk.get("/desk/account").status_code == 303


@pytest.mark.parametrize("cookie", ["x", "", "eyJkZXNrIjoxfQ.aaaaaa.bbbb", "\x7f"])
def test_a_forged_cookie_is_none(house: House, cookie: str) -> None:
    desk = Desk(house)
    desk.client.set_cookie("calendar", cookie)
    assert desk.get("/desk/account").status_code == 303


# where to go


def test_one_comes_back_to_the_page_one_wanted(house: House) -> None:
    editor(house)
    desk = Desk(house)
    wanted = desk.get("/desk/audit?what=signed+in&lang=en").headers["Location"]
    form = desk.get(wanted)
    assert 'action="/desk/sign-in?' in form.text
    answer = desk.post(wanted, email="ada@example.org", password=PASSWORD)
    assert answer.headers["Location"] == "/desk/audit?what=signed+in&lang=en"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/desk/",
        "//evil.example/desk/",
        "/\\evil.example/desk/",
        "\\\\evil.example",
        "/desk\\@evil.example",
        "/deskevil",
        "/desk/\r\nSet-Cookie: x=y",
        "/\t/evil.example",
        "/",
        "//[desk/",
        "javascript:alert(1)//desk/",
        "desk/",
        "/subscribe",
    ],
)
def test_one_is_sent_nowhere_else(house: House, wanted: str) -> None:
    editor(house)
    desk = Desk(house)
    answer = desk.client.post(
        "/desk/sign-in",
        query_string={"next": wanted},
        data={
            "csrf_token": desk.token("/desk/sign-in"),
            "email": "ada@example.org",
            "password": PASSWORD,
        },
    )
    assert answer.status_code == 303
    location = answer.headers["Location"].partition("?")[0]
    assert location in ("/desk/account", "/desk/")
    assert "x=y" not in str(answer.headers)


# who may go where


@pytest.mark.parametrize("path", ADMINISTRATORS)
def test_an_editor_does_not_see_who_else_may_come_in(house: House, path: str) -> None:
    desk = signed_in(house)
    answer = desk.get(path)
    assert answer.status_code == 403
    assert "Only an administrator may do that." in answer.text
    assert "/desk/editors" not in desk.get("/desk/account").text
    line = desk.log()[0]
    assert (line.what, line.who) == (Act.REFUSED, "Ada")
    assert line.detail == "only an administrator may do that"


@pytest.mark.parametrize("path", [path for path in POSTS if path.startswith("/desk/editors")])
def test_an_editor_does_nothing_of_an_administrators(house: House, path: str) -> None:
    editor(house, "root@example.org", role=Role.ADMINISTRATOR)
    desk = signed_in(house, name="Ada")
    answer = desk.post(path, "/desk/account", email="eve@example.org", role="administrator")
    assert answer.status_code == 403
    assert desk.log()[0].what == Act.REFUSED
    with house.database.reading() as db:
        assert len(accounts.every(db)) == 2


# forms from elsewhere


@pytest.mark.parametrize("token", [None, "", "x", "stale"])
@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_its_token_is_refused_and_kept(
    house: House, path: str, token: str | None
) -> None:
    desk = signed_in(house, role=Role.ADMINISTRATOR)
    fields = {} if token is None else {"csrf_token": token}
    if token == "stale":
        fields = {"csrf_token": Desk(house).token("/desk/sign-in")}
    answer = desk.send(path, fields)
    assert answer.status_code == 400
    assert "load the page again" in answer.text
    line = desk.log()[0]
    assert (line.what, line.who) == (Act.REFUSED, "Ada")
    assert line.subject.startswith("desk.")


def test_signing_in_needs_its_token_as_well(house: House) -> None:
    editor(house)
    fields = {"email": "ada@example.org", "password": PASSWORD}
    desk = Desk(house)
    assert desk.send("/desk/sign-in", fields).status_code == 400
    assert desk.log()[0].who == "203.0.113.5"


def test_what_is_refused_outside_does_not_fill_the_log(house: House) -> None:
    desk = Desk(house)
    for _ in range(60):
        assert desk.send("/desk/sign-out", {}).status_code == 400
    assert len(desk.log()) == 20


# nothing secret anywhere


def test_no_secret_is_logged_or_audited(
    house: House, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    editor(house)
    desk = Desk(house)
    secret = "a secret that nobody may read"
    desk.sign_in(password=secret, code=secret)
    desk.sign_in(email=secret, password=secret)
    desk.sign_in()
    cookie = desk.client.get_cookie("calendar")
    desk.post("/desk/account/password", "/desk/account", old=secret, new=secret + " new")
    desk.post("/desk/account/second-factor", code=secret)
    desk.post("/desk/account/name", "/desk/account", name=secret * 9)
    told = repr(desk.log()) + caplog.text + "".join(capsys.readouterr())
    assert secret not in told
    assert cookie is not None and cookie.value not in told
    assert PASSWORD not in told
    assert len(desk.log()) == 6
