"""The pages: what they say, that they are valid, and that they are safe."""

from datetime import timedelta

import html5lib
import pytest
from sqlalchemy import event as sql_event

from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.links import Purpose
from calendar_svc.store import events
from tests import make
from tests.web.conftest import AUTUMN, House

PAGES = (
    "/",
    "/?as_of=2025-09-27",
    "/?as_of=2025-01-01",
    "/?series=admm",
    "/events/admm-19",
    "/events/adsom-2025",
    "/events/nothing",
    "/series/adsom-plus",
    "/feeds/",
    "/subscribe",
    "/subscribe?feed=admm",
    "/subscribe/sent",
    "/nowhere",
    "/?as_of=soon",
)


def changed(house: House, slug: str, name: FactName, value: object) -> None:
    with house.database.transaction() as db:
        uid = events.get(db, slug, house.services.clock.now()).uid
        make.change(db, uid, {name: value}, now=house.services.clock.now())  # type: ignore[dict-item]


@pytest.mark.parametrize("lang", ["ms", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_valid_html_in_its_language(quiet_house: House, path: str, lang: str) -> None:
    joint = "&" if "?" in path else "?"
    answer = quiet_house.client.get(f"{path}{joint}lang={lang}")
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(answer.text)
    assert document.get("lang") == lang
    headings = [node for node in document.iter() if node.tag.endswith("}h1")]
    assert len(headings) == 1
    ids = [node.get("id") for node in document.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_strict_policy_and_no_script(quiet_house: House, path: str) -> None:
    answer = quiet_house.client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_pages_without_a_form_set_no_cookie(house: House) -> None:
    page = house.client.get("/")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-cache"
    form = house.client.get("/subscribe")
    assert "HttpOnly" in form.headers["Set-Cookie"]
    assert "SameSite=Lax" in form.headers["Set-Cookie"]
    assert form.headers["Cache-Control"] == "private, no-cache"


def test_the_readers_language_is_spoken_and_lang_goes_before_it(quiet_house: House) -> None:
    answer = quiet_house.client.get("/", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "Upcoming meetings" in answer.text
    answer = quiet_house.client.get("/?lang=ms", headers={"Accept-Language": "en"})
    assert "Mesyuarat akan datang" in answer.text
    assert "Mesyuarat akan datang" in quiet_house.client.get("/").text


def test_a_text_in_another_language_says_so(house: House) -> None:
    changed(house, "admm-plus-2025", FactName.TITLE, Texts({"en": "Only in English"}))
    answer = house.client.get("/?lang=ms")
    assert '<span lang="en">Only in English</span>' in answer.text


def test_hostile_titles_are_only_text(house: House) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'
    changed(house, "admm-plus-2025", FactName.TITLE, Texts({"en": hostile}))
    for path in ("/", "/events/admm-plus-2025"):
        answer = house.client.get(path)
        assert "<script" not in answer.text
        assert "&lt;script&gt;" in answer.text
        assert "{{ 7*7 }}" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/?as_of=soon", 400, "as_of: “soon” is not a day; write it as 2025-09-27."),
        ("/?as_of=2025-13-01", 400, "as_of: “2025-13-01” is not a day"),
        ("/?as_of=9999-12-31", 400, "as_of: “9999-12-31” is not a day"),
        ("/?as_of=20250927", 400, "as_of: “20250927” is not a day"),
        ("/?as_of=%3Cb%3E", 400, "as_of: “&lt;b&gt;” is not a day"),
        ("/?series=nothing", 404, "There is no series “nothing”."),
        ("/events/nothing", 404, "There is no meeting “nothing”."),
        ("/series/nothing", 404, "There is no series “nothing”."),
        ("/subscriptions/x/confirm", 404, "This link is not complete"),
        ("/nowhere", 404, "There is no such page."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    quiet_house: House, path: str, status: int, sentence: str
) -> None:
    answer = quiet_house.client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    heading = answer.text.split("<h1>")[1].split("</h1>")[0]
    assert sentence.lower() in heading.lower()


def test_a_wrong_language_is_named(quiet_house: House) -> None:
    answer = quiet_house.client.get("/?lang=tlh")
    assert answer.status_code == 400
    assert "lang: mesti salah satu daripada ms, en" in answer.text.lower()


def test_other_hosts_are_refused(quiet_house: House) -> None:
    assert quiet_house.client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_nobody_sees_what_was_not_known_yet(house: House) -> None:
    before = house.services.clock.now()
    later = house.later(timedelta(days=10))
    changed(later, "admm-19", FactName.WHEN, When.parse("2025-10-31"))
    day = (before - timedelta(days=0)).date().isoformat()
    assert "31 October 2025" in later.client.get("/?lang=en").text
    for path in ("/", "/events/admm-19"):
        then = later.client.get(f"{path}?lang=en&as_of={day}").text
        assert "31 October 2025" not in then
        assert "date to be announced" in then
    assert later.client.get("/events/admm-19?as_of=2025-09-01").status_code == 404


def test_a_meeting_without_a_date_is_listed_apart_and_has_no_calendar_file(house: House) -> None:
    changed(house, "admm-19", FactName.WHEN, None)
    page = house.client.get("/?lang=en").text
    assert "Date unknown" in page
    answer = house.client.get("/events/admm-19.ics?lang=en")
    assert answer.status_code == 404
    assert "no date of this meeting is known yet" in answer.text.lower()


def test_postponed_and_cancelled_are_marked(house: House) -> None:
    changed(house, "admm-19", FactName.STATUS, Status.POSTPONED)
    changed(house, "admm-plus-2025", FactName.STATUS, Status.CANCELLED)
    page = house.client.get("/?lang=en").text
    assert "Postponed" in page
    assert "Cancelled" in page


def test_a_page_asks_no_more_of_the_database_for_more_meetings(house: House) -> None:
    def queries() -> int:
        asked: list[str] = []

        def hear(*given: object) -> None:
            asked.append(str(given[2]))

        sql_event.listen(house.database.engine, "before_cursor_execute", hear)
        assert house.client.get("/").status_code == 200
        sql_event.remove(house.database.engine, "before_cursor_execute", hear)
        return len(asked)

    few = queries()
    with house.database.transaction() as db:
        for number in range(60):
            make.announced(db, "2025-12-01", slug=f"extra-{number}", series=None, now=AUTUMN)
    assert queries() == few


def test_get_looks_and_post_does(house: House) -> None:
    with house.database.transaction() as db:
        bo = make.subscribed(db, at=AUTUMN)
    leave = house.services.site.links.ticket(bo.id, Purpose.LEAVE, bo.key_version, "en")
    path = leave.removeprefix("http://localhost")
    for _ in range(2):
        # mail scanners follow links; that must not end anything
        assert "End all reminders" in house.client.get(path).text
    assert house.client.post(path).status_code == 200
    assert "No reminders are sent" in house.client.get(path).text


def test_a_form_needs_its_token(quiet_house: House) -> None:
    form = {"email": "bo@example.org", "feed": "all", "lead": "1440"}
    assert quiet_house.client.post("/subscribe", data=form).status_code == 400


def test_too_large_a_form_is_refused(quiet_house: House) -> None:
    answer = quiet_house.client.post("/subscribe", data={"email": "x" * 100_000})
    assert answer.status_code == 413


def test_alive_and_ready(house: House) -> None:
    assert house.client.get("/healthz").text == "ok\n"
    assert house.client.get("/readyz").text == "ready\n"
