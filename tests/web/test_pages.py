"""The pages: what they say, that they are valid, and that they are safe."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import html5lib
import pytest
from sqlalchemy import event as sql_event

from calendar_svc.actions import deciding, intake
from calendar_svc.domain.article import Article
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.links import Purpose
from calendar_svc.store import accounts, events
from tests import make
from tests.make import KL
from tests.web.conftest import AUTUMN, House
from tests.web.desk import Desk, signed_in

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


@pytest.mark.parametrize("path", ["/", "/series/admm", "/desk/events", "/events/admm-19"])
def test_a_page_asks_no_more_of_the_database_for_more_meetings(house: House, path: str) -> None:
    desk = signed_in(house)
    few = queries(desk, path)
    with house.database.transaction() as db:
        for number in range(60):
            make.announced(db, "2025-12-01", slug=f"extra-{number}", now=AUTUMN)
    assert queries(desk, path) == few <= 15


@pytest.mark.parametrize("path", ["/events/admm-19", "/desk/events/admm-19"])
def test_a_page_asks_no_more_of_the_database_for_more_history(house: House, path: str) -> None:
    desk = signed_in(house)
    few = queries(desk, path)
    for number in range(1, 20):
        said(house, "admm-19", f"2025-10-{number:02}", publisher=f"Antara {number}")
        changed(house, "admm-19", FactName.WHEN, When.parse(f"2025-10-{number:02}"))
    assert queries(desk, path) == few <= 15


def queries(desk: Desk, path: str) -> int:
    """How often a page asks the database."""
    asked: list[str] = []

    def hear(*given: object) -> None:
        asked.append(str(given[2]))

    engine = desk.house.database.engine
    sql_event.listen(engine, "before_cursor_execute", hear)
    assert desk.get(path).status_code == 200
    sql_event.remove(engine, "before_cursor_execute", hear)
    return len(asked)


def said(
    house: House,
    slug: str,
    when: str,
    *,
    publisher: str = "Antara",
    believed: bool | None = False,
    **more: Any,
) -> None:
    """An article of today says something of a meeting, and Ada takes it in."""
    now = house.services.clock.now()
    day = now.astimezone(ZoneInfo(KL)).date()
    key = f"{publisher.lower().replace(' ', '-')}-{day}"
    article = Article(key, publisher, "id", day, url=f"https://example.org/{key}", title="Judul")
    with house.database.transaction() as db:
        ada = accounts.find(db, "ada@example.org") or make.editor(db)
        intake.keep_article(db, article, "", by=ada)
        values: dict[str, Any] = {"place": None, "status": None, "quote": "kata orang"}
        proposal = Proposal(
            event=events.place(db, slug).uid,
            title=None,
            series=None,
            ordinal=None,
            when=When.parse(when),
            was=None,
            **values | more,
        )
        number = intake.propose(db, article, proposal, by=ada, now=now)
        deciding.accept(db, number, believed=believed, by=ada, now=now, timezone=KL)


def shown(house: House, path: str) -> dict[str, str]:
    """What a meeting's page says beside each of its facts, in one line each."""
    page = html5lib.parse(house.client.get(path).text, namespaceHTMLElements=False)
    facts = next(node for node in page.iter("dl") if node.get("class") == "facts")
    return {words(one[0]): words(one[1]) for one in facts.findall("div")}


def words(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def test_each_fact_says_what_says_so(house: House) -> None:
    later = house.later(timedelta(days=3))
    said(later, "admm-19", "2025-10-31", place=Texts({"en": "Kuala Lumpur"}))
    assert shown(later, "/events/admm-19?lang=en") == {
        "When": "31 October 2025 Friday in 31 days Antara, 30 September 2025",
        "Where": "Kuala Lumpur Antara, 30 September 2025",
        "Status": "Confirmed Antara, 30 September 2025",
    }
    assert shown(later, "/events/admm-19?lang=en&as_of=2025-09-29") == {
        "When": "October 2025 date to be announced Bernama, 27 September 2025",
        "Where": "place to be announced",
        "Status": "Tentative Bernama, 27 September 2025",
    }
    page = html5lib.parse(
        later.client.get("/events/admm-19?lang=en").text, namespaceHTMLElements=False
    )
    ids = {node.get("id") for node in page.iter() if node.get("id")}
    links = [node.get("href") or "" for node in page.iter("a") if node.get("class") == "basis"]
    assert len(links) >= 3
    # each leads to the claim itself, on this page
    assert {link.removeprefix("#") for link in links} <= ids


def test_an_editors_own_word_is_told_as_theirs(house: House) -> None:
    changed(house, "admm-19", FactName.PLACE, Texts({"en": "Kuala Lumpur"}))
    assert shown(house, "/events/admm-19?lang=en")["Where"] == "Kuala Lumpur Ada"


def test_evidence_has_publisher_day_link_title_and_words(house: House) -> None:
    gist = Texts({"en": "It names the day."})
    said(house, "admm-19", "2025-10-31", gist=gist)
    page = " ".join(house.client.get("/events/admm-19?lang=en").text.split())
    assert (
        '<a href="https://example.org/antara-2025-09-27" rel="noreferrer">Antara</a>,'
        ' <time datetime="2025-09-27">27 September 2025</time>'
    ) in page
    assert '<p lang="id">Judul</p>' in page
    assert '<blockquote lang="id">kata orang</blockquote>' in page
    assert "It names the day. <span" in page and "(in our words)" in page


def test_sources_that_disagree_stand_side_by_side_from_that_day_on(house: House) -> None:
    later = house.later(timedelta(days=3))
    said(later, "admm-plus-2025", "2025-11-02")
    now = later.client.get("/events/admm-plus-2025?lang=en").text
    part = now[now.index('class="disagreement"') :]
    sides = part[: part.index("</section>")]
    for told in ("1 November 2025", "Bernama", "2 November 2025", "Antara"):
        assert told in sides
    assert sides.index("Bernama") < sides.index("2 November 2025")
    assert "sources disagree" in later.client.get("/?lang=en").text
    before = "/events/admm-plus-2025?lang=en&as_of=2025-09-29"
    for path in (before, "/?lang=en&as_of=2025-09-29"):
        page = later.client.get(path).text.lower()
        assert "sources disagree" not in page
        assert "antara" not in page
        assert "2 november" not in page


def test_history_is_told_as_far_as_it_was_known(house: House) -> None:
    later = house.later(timedelta(days=3))
    said(later, "admm-19", "2025-10-31")
    now, then = (
        later.client.get(f"/events/admm-19?lang=en{day}").text for day in ("", "&as_of=2025-09-28")
    )
    assert "<del>October 2025</del> → <ins>31 October 2025</ins>" in now
    assert "Date announced" in now and "Date announced" not in then
    assert "Announced" in then
    assert now.index('id="revision-2"') < now.index('id="revision-1"')


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 404) for path in ("/events/a%00b", "/series/a%00b", "/events/%00.ics")),
        *((path, 404) for path in ("/desk/events/%00", "/desk/articles/%00", "/desk/series/%00")),
        *((path, 400) for path in ("/?series=%00", "/?lang=%00", "/?as_of=%00")),
        *((path, 400) for path in ("/subscribe?feed=%00", "/desk/events?series=%00&q=%00")),
        *((path, 400) for path in ("/desk/events/admm-19/merge?other=%00", "/changes.atom?x=%00")),
    ],
)
def test_a_letter_that_no_database_holds_is_refused(house: House, path: str, status: int) -> None:
    assert signed_in(house).get(path).status_code == status


def test_nor_is_it_taken_from_a_form(house: House) -> None:
    desk = signed_in(house)
    for path, form, field in (
        ("/desk/articles/bernama-2025-09-27/drafts", "/desk/articles/new", "about"),
        ("/desk/events/admm-19/merge", "/desk/articles/new", "other"),
        ("/desk/events/new", "/desk/events/new", "source"),
        ("/subscribe", "/subscribe", "feed"),
    ):
        assert desk.post(path, form, **{field: "a\0b"}).status_code == 400


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
