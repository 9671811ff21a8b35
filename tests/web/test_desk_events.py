"""Meetings on the desk: added, amended, taken back, settled, merged, withdrawn, redacted."""

import html
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from werkzeug.test import TestResponse

from calendar_svc.actions import editing
from calendar_svc.clock import day_start
from calendar_svc.domain.account import Act, Role
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.event import Event
from calendar_svc.domain.when import When
from calendar_svc.store import articles, events, facts
from tests.make import KL
from tests.web.conftest import House
from tests.web.desk import Desk, signed_in

PAGES = (
    "/desk/",
    "/desk/events",
    "/desk/events?q=ADMM&status=tentative&series=admm&contested=1",
    "/desk/events?q=%25_%27&page=9",
    "/desk/events/new",
    "/desk/events/admm-19",
    "/desk/events/admm-19/edit",
    "/desk/events/admm-19/edit?status=cancelled",
    "/desk/events/admm-19/withdraw",
    "/desk/events/admm-19/merge",
    "/desk/events/admm-19/merge?other=admm-plus-2025",
    "/desk/events/admm-19/redact/1/when",
)
SCRIPT = "<script>alert(1)</script>"


def known(house: House, slug: str = "admm-19") -> Event:
    with house.database.reading() as db:
        return events.get(db, slug, house.services.clock.now())


def filled(page: TestResponse) -> dict[str, str]:
    """What stands in the fields of the form that has the step buttons."""
    form = next(
        part for part in re.findall(r"<form.*?</form>", page.text, re.S) if 'name="step"' in part
    )
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r' name="([^"]+)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            fields[name[1]] = html.unescape(value[1] if value else "")
    for name_, text in re.findall(
        r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S
    ):
        fields[name_] = html.unescape(text)
    for name_, options in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        first = re.search(r'value="([^"]*)"', options)
        found = chosen or first
        fields[name_] = html.unescape(found[1]) if found else ""
    return fields


def amend(desk: Desk, slug: str = "admm-19", **changes: str) -> TestResponse:
    """Open the form, change some fields, look at the preview, make the change."""
    path = f"/desk/events/{slug}/edit"
    shown = desk.send(path, {**filled(desk.get(path)), **changes, "step": "preview"})
    if shown.status_code != 200:
        return shown
    return desk.send(path, {**filled(shown), "step": "save"})


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_every_page_is_valid_and_needs_no_script(house: House, lang: str) -> None:
    desk = signed_in(house, role=Role.ADMINISTRATOR)
    for path in PAGES:
        answer = desk.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer.status_code == 200, path
        document = html5lib.HTMLParser(strict=True).parse(answer.text)
        assert document.get("lang") == lang
        assert "<script" not in answer.text
        assert " style=" not in answer.text
        ids = [node.get("id") for node in document.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), path


def test_a_change_is_shown_before_it_is_made(house: House) -> None:
    desk = signed_in(house)
    path = "/desk/events/admm-19/edit"
    form = filled(desk.get(path))
    assert form["when"] == "October 2025"
    shown = desk.send(path, {**form, "when": "31 Oct – 1 Nov 2025", "step": "preview"})
    # what was understood, the feed, the mail
    assert "2025-10-31/2025-11-01" in shown.text
    assert "fits what was known and says more" in shown.text
    assert "DTSTART;VALUE=DATE:20251031" in shown.text
    assert "Reminder: 19th ASEAN" in html.unescape(shown.text)
    assert "0 subscribers asked for it" in shown.text
    assert str(known(house).when) == "2025-10"
    made = desk.send(path, {**filled(shown), "step": "save"})
    assert made.headers["Location"] == "/desk/events/admm-19"
    event = known(house)
    assert (str(event.when), event.status, event.sequence) == (
        "2025-10-31/2025-11-01",
        "confirmed",
        1,
    )
    assert desk.log()[0].what == Act.EVENT_AMENDED


def test_from_the_preview_one_gets_back_to_the_form(house: House) -> None:
    desk = signed_in(house)
    path = "/desk/events/admm-19/edit"
    shown = desk.send(path, {**filled(desk.get(path)), "when": "31/10/2025", "step": "preview"})
    again = desk.send(path, {**filled(shown), "step": "edit"})
    assert filled(again)["when"] == "31/10/2025"


def test_the_page_tells_what_changed_why_and_by_whom(house: House) -> None:
    desk = signed_in(house, name="Ada")
    amend(desk, when="2025-10-31", reason="told by the secretariat")
    page = html.unescape(house.client.get("/events/admm-19?lang=en").text)
    assert "<del>October 2025</del> → <ins>31 October 2025</ins>" in page
    assert "told by the secretariat" in page
    assert "recorded by Ada" in page
    assert "ada@example.org" not in page
    assert "Date announced" in page
    atom = house.client.get("/changes.atom?lang=en")
    assert "When: October 2025 → 31 October 2025 (Ada)" in atom.text
    assert atom.text.count("<entry>") == 5
    # and what was known before stays as it was
    before = house.client.get("/events/admm-19?lang=en&as_of=2025-09-26")
    assert before.status_code == 404


def test_a_meeting_is_added_by_hand(house: House) -> None:
    desk = signed_in(house)
    form = filled(desk.get("/desk/events/new"))
    form |= {"title_en": "20th ADMM", "when": "Q4 2026", "series": "admm", "ordinal": "20"}
    form |= {"slug": "admm-20", "place_ms": "Manila"}
    shown = desk.send("/desk/events/new", {**form, "step": "preview"})
    assert "2026-36" in shown.text
    made = desk.send("/desk/events/new", {**filled(shown), "step": "save"})
    assert made.headers["Location"] == "/desk/events/admm-20"
    event = known(house, "admm-20")
    assert (str(event.when), event.status, event.ordinal) == ("2026-36", "tentative", 20)
    assert "20th ADMM" in house.client.get("/events/admm-20?lang=en").text


def test_an_address_in_use_and_a_missing_title_are_refused_by_field(house: House) -> None:
    desk = signed_in(house)
    form = filled(desk.get("/desk/events/new"))
    taken = desk.send("/desk/events/new", form | {"title_en": "x", "slug": "admm-19"})
    assert taken.status_code == 422
    assert 'id="fault-slug"' in taken.text
    bare = desk.send(
        "/desk/events/new", form | {"slug": "a--b", "when": "31 Feb 2026", "step": "save"}
    )
    for name in ("slug", "when", "title_ms"):
        assert f'id="fault-{name}"' in bare.text
    # what was typed is not lost
    assert 'value="31 Feb 2026"' in bare.text


def test_two_editors_of_one_meeting_both_keep_their_work(house: House) -> None:
    ada, bea = signed_in(house), signed_in(house, "bea@example.org", name="Bea")
    path = "/desk/events/admm-19/edit"
    opened = filled(ada.get(path))
    amend(bea, place_en="Kuala Lumpur", when="31 Oct 2025")
    late = ada.send(path, {**opened, "when": "1 Nov 2025", "reason": "heard it", "step": "save"})
    assert late.status_code == 409
    page = html.unescape(late.text)
    assert "Both versions" in page
    assert "<strong>31 October 2025</strong>" in page
    assert "<strong>1 November 2025</strong>" in page
    form = filled(late)
    assert (form["when"], form["place_en"]) == ("1 Nov 2025", "Kuala Lumpur")
    assert form["reason"] == "heard it"
    shown = ada.send(path, {**form, "step": "preview"})
    ada.send(path, {**filled(shown), "step": "save"})
    event = known(house)
    assert str(event.when) == "2025-11-01"
    assert event.place is not None
    assert event.place["en"] == "Kuala Lumpur"


def test_called_off_and_taken_back(house: House) -> None:
    desk = signed_in(house)
    amend(desk, when="2025-10-31")
    amend(desk, status="cancelled", reason="no quorum")
    cancelled = known(house)
    assert (cancelled.status, cancelled.sequence) == ("cancelled", 2)
    page = desk.get("/desk/events/admm-19/undo/3")
    assert "<ins>Confirmed</ins>" in page.text
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen
    desk.post("/desk/events/admm-19/undo/3", seen=seen[1])
    back = known(house)
    assert (back.status, str(back.when), back.sequence) == ("confirmed", "2025-10-31", 3)
    assert "Takes back revision 3." in house.client.get("/events/admm-19?lang=en").text
    refused = desk.post("/desk/events/admm-19/undo/3", "/desk/events/admm-19/edit", seen="4")
    assert refused.status_code == 422


def contested(house: House) -> None:
    """Another article of the same day gives ADMM-Plus another date, and nobody has decided."""
    article = Article("antara-2025-09-27", "Antara", "id", date(2025, 9, 27))
    with house.database.transaction() as db:
        articles.save(db, article)
        uid = events.get(db, "admm-plus-2025", house.services.clock.now()).uid
        facts.save_claim(
            db,
            Claim(
                key="admm-plus-2025/antara-2025-09-27",
                event=uid,
                origin=Origin.ARTICLE,
                since=day_start(article.published_on, KL),
                when=When.parse("2025-11-02"),
                status=ClaimStatus.SCHEDULED,
                quote="pada 2 November",
                article=article,
            ),
        )
        editing.work_out(db, uid)


def test_readers_see_sources_that_disagree_side_by_side(house: House) -> None:
    contested(house)
    listed = house.client.get("/?lang=en").text
    assert "sources disagree" in listed
    page = house.client.get("/events/admm-plus-2025?lang=en").text
    assert "Sources disagree: When" in page
    assert page.index("1 November 2025") < page.index("2 November 2025")
    assert "pada 2 November" in page
    assert "sources disagree" not in house.client.get("/events/admm-19?lang=en").text


@pytest.mark.parametrize(
    ("holds", "date_", "sequence"),
    [("", "2025-11-01", 0), ("admm-plus-2025/antara-2025-09-27", "2025-11-02", 1)],
)
def test_an_editor_settles_it_with_a_reason(
    house: House, holds: str, date_: str, sequence: int
) -> None:
    contested(house)
    desk = signed_in(house)
    assert "admm-plus-2025" in desk.get("/desk/").text
    path = "/desk/events/admm-plus-2025/settle/when"
    assert "Antara" in desk.get(path).text
    nothing = desk.post(path, seen="1", weighed="1", reason="asked them")
    assert (nothing.status_code, "choose which of them holds" in nothing.text.lower()) == (
        422,
        True,
    )
    why = desk.post(path, seen="1", weighed="1", holds=holds)
    assert why.status_code == 422
    desk.post(path, seen="1", weighed="1", holds=holds, reason="asked them")
    event = known(house, "admm-plus-2025")
    assert (str(event.when), event.contested, event.sequence) == (date_, (), sequence)
    page = house.client.get("/events/admm-plus-2025?lang=en").text
    assert "Sources disagree" not in page
    assert "asked them" in page
    assert desk.get(path).status_code == 404


def test_what_came_while_one_was_choosing_is_not_settled_unseen(house: House) -> None:
    contested(house)
    desk = signed_in(house)
    path = "/desk/events/admm-plus-2025/settle/when"
    late = desk.post(path, seen="1", weighed="2", holds="", reason="asked them")
    assert late.status_code == 409
    assert known(house, "admm-plus-2025").contested == ("when",)


def test_a_withdrawn_meeting_is_gone_everywhere(house: House) -> None:
    desk = signed_in(house)
    path = "/desk/events/admm-19/withdraw"
    assert desk.post(path).status_code == 422
    desk.post(path, reason="never meant for the public")
    house.publish()
    house = house.later(timedelta(0))
    for address in ("/events/admm-19", "/events/admm-19?as_of=2025-09-27", "/events/admm-19.ics"):
        assert house.client.get(address).status_code == 410
    for address in ("/", "/?as_of=2025-09-27", "/feeds/all.ics", "/series/admm", "/changes.atom"):
        assert "ADMM) ke-19" not in house.client.get(address).text
    assert "never meant" not in house.client.get("/events/admm-19").text
    assert "admm-19" in desk.get("/desk/events").text
    desk.post("/desk/events/admm-19/restore", "/desk/events/admm-19")
    # a new process: this one looks for new feeds only twice a second
    again = house.later(timedelta(0))
    again.publish()
    assert again.client.get("/events/admm-19").status_code == 200
    assert "ADMM) ke-19" in again.client.get("/feeds/all.ics").text.replace("\r\n ", "")


def test_two_meetings_that_are_one_are_merged(house: House) -> None:
    desk = signed_in(house)
    form = filled(desk.get("/desk/events/new"))
    form |= {"title_en": "ADMM in Kuala Lumpur", "when": "31 Oct 2025", "slug": "admm-kl"}
    form |= {"place_en": "Kuala Lumpur", "series": "admm", "step": "save"}
    desk.send("/desk/events/new", form)
    house.publish()
    page = desk.get("/desk/events/admm-kl/merge?other=admm-19")
    assert "stays: it is the older" in page.text
    made = desk.post("/desk/events/admm-kl/merge?other=admm-19", other="admm-19")
    assert made.headers["Location"] == "/desk/events/admm-19"
    house.publish()
    event = known(house)
    assert (str(event.when), event.title["en"][:4]) == ("2025-10-31", "19th")
    assert event.place is not None
    house = house.later(timedelta(0))
    moved = house.client.get("/events/admm-kl?lang=en")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/events/admm-19?lang=en")
    feed = house.client.get("/feeds/admm.ics").text
    assert feed.count("BEGIN:VEVENT") == 1
    assert "CANCELLED" not in feed
    same = desk.get("/desk/events/admm-19/merge?other=admm-19")
    assert "choose another meeting" in same.text.lower()


def test_only_an_administrator_redacts(house: House) -> None:
    desk = signed_in(house)
    amend(desk, place_en="12 Private Lane")
    path = "/desk/events/admm-19/redact/2/place"
    assert desk.get(path).status_code == 403
    assert desk.post(path, "/desk/events/admm-19").status_code == 403
    assert desk.log()[0].what == Act.REFUSED
    root = signed_in(house, "root@example.org", role=Role.ADMINISTRATOR)
    before = known(house)
    assert "12 Private Lane" in root.get(path).text
    root.post(path)
    after = known(house)
    assert after.place is None
    assert after.sequence > before.sequence
    for address in ("/events/admm-19?lang=en", "/changes.atom?lang=en"):
        assert "Private" not in house.client.get(address).text
    for address in ("/desk/events/admm-19", "/desk/audit"):
        assert "Private" not in root.get(address).text
    assert "taken out by an administrator" in house.client.get("/events/admm-19?lang=en").text
    assert root.log()[0].what == Act.REDACTED


def test_scripts_in_every_field_are_harmless(house: House) -> None:
    desk = signed_in(house, name=SCRIPT)
    form = filled(desk.get("/desk/events/new"))
    for name in form:
        if name not in (
            "csrf_token",
            "step",
            "when",
            "status",
            "series",
            "ordinal",
            "source",
            "news",
        ):
            form[name] = SCRIPT
    answer = desk.send("/desk/events/new", form | {"when": SCRIPT, "ordinal": SCRIPT})
    assert SCRIPT not in answer.text
    form |= {"slug": "bad", "when": "2025-12-01", "series": "admm"}
    shown = desk.send("/desk/events/new", form | {"step": "preview"})
    assert SCRIPT not in shown.text
    desk.send("/desk/events/new", filled(shown) | {"step": "save"})
    pages: list[Any] = [
        house.client.get(path) for path in ("/", "/events/bad", "/series/admm", "/changes.atom")
    ]
    pages += [desk.get(path) for path in ("/desk/events", "/desk/events/bad", "/desk/audit")]
    pages.append(desk.get(f"/desk/events?q={quote(SCRIPT)}"))
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/desk/events/new",
        "/desk/events/admm-19/edit",
        "/desk/events/admm-19/undo/1",
        "/desk/events/admm-19/settle/when",
        "/desk/events/admm-19/withdraw",
        "/desk/events/admm-19/restore",
        "/desk/events/admm-19/merge",
        "/desk/events/admm-19/redact/1/when",
        "/desk/events/admm-19/redact-claim",
    ],
)
def test_nothing_is_changed_without_a_form_of_ours(house: House, path: str) -> None:
    desk = signed_in(house, role=Role.ADMINISTRATOR)
    before = known(house)
    for fields in ({}, {"csrf_token": "forged"}):
        answer = desk.send(path, {**fields, "step": "save", "reason": "x", "seen": "1"})
        assert answer.status_code == 400
    assert known(house) == before
    assert desk.log()[0].what == Act.REFUSED


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_broken_form_is_refused_in_a_sentence(house: House, seen: str) -> None:
    desk = signed_in(house)
    form = filled(desk.get("/desk/events/admm-19/edit"))
    answer = desk.send("/desk/events/admm-19/edit", {**form, "seen": seen, "step": "save"})
    assert answer.status_code == 422
    assert "load the page again" in answer.text
