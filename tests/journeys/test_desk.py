"""An editor's day, in a real browser without JavaScript, on a real server."""

import re
import urllib.request
from collections.abc import Callable
from xml.etree import ElementTree

import pyotp
import pytest
from icalendar import Calendar, Component
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Service, Start, wait_for
from tests.journeys.test_viewing import SHOTS
from tests.make import PASSWORD

OCTOBER_20 = "2025-10-20T09:00:00+08:00"
TEXT = """PUTRAJAYA: ADMM ke-19 akan berlangsung di Kuala Lumpur pada 31 Oktober.

Demikian menurut kenyataan yang dikeluarkan hari ini."""
QUOTE = "ADMM ke-19 akan berlangsung di Kuala Lumpur pada 31 Oktober."
ATOM = "{http://www.w3.org/2005/Atom}"


def link_of(service: Service, email: str, *options: str) -> str:
    """The link that `editor add` prints."""
    printed = service.run("editor", "add", email, *options)
    found = re.search(r"https?://\S+", printed)
    assert found, printed
    return found[0]


def choose_password(page: Page, link: str) -> None:
    page.goto(f"{link.partition('?')[0]}?lang=en")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").last.click()


def sign_in(page: Page, base: str, email: str, code: str = "") -> None:
    page.goto(f"{base}/desk/sign-in?lang=en")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as response:
        octets: bytes = response.read()
        return octets


def entry(service: Service, slug: str = "admm-19") -> Component:
    """The meeting in the feed, as a calendar program reads it."""
    calendar = Calendar.from_ical(fetch(f"{service.base}/feeds/all.ics?lang=en").decode())
    (found,) = (one for one in calendar.walk("VEVENT") if f"/events/{slug}?" in str(one["URL"]))
    return found


def news(service: Service) -> list[str]:
    """What feed readers are told, the newest first."""
    feed = ElementTree.fromstring(fetch(f"{service.base}/changes.atom?lang=en"))
    return [str(one.findtext(f"{ATOM}title")) for one in feed.iter(f"{ATOM}entry")]


def sequence_is(service: Service, number: int) -> Callable[[], bool]:
    return lambda: bool(entry(service)["SEQUENCE"] == number)


def test_an_editor_accepts_a_draft_calls_off_and_takes_back(start: Start, page: Page) -> None:
    service = start(NOW=OCTOBER_20)
    before = entry(service)
    assert (before["SEQUENCE"], before["X-EDTF"]) == (0, "2025-10")
    choose_password(page, link_of(service, "ada@example.org", "--name", "Ada"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")

    # an article comes in, and what it announces is drafted beside its text
    page.get_by_role("link", name="Take in an article").click()
    page.get_by_label("Publisher").fill("Bernama")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Keep").click()
    page.get_by_label("About").fill("admm-19")
    page.get_by_label("The words of the article").fill(QUOTE)
    page.get_by_label("When", exact=True).fill("31 Oktober 2025")
    page.get_by_label("Where (English)").fill("Kuala Lumpur")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.locator("mark")).to_have_text(QUOTE)
    preview = page.get_by_role("region", name="What this would change")
    expect(preview).to_contain_text("October 2025 → 31 October 2025")
    expect(preview).to_contain_text("fits what was known and says more")
    expect(preview).to_contain_text("DTSTART;VALUE=DATE:20251031")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_have_text("The draft is accepted.")

    # the page, the history, the feed of changes and the calendar say so
    page.get_by_role("link", name="As readers see it").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(QUOTE)
    expect(main).to_contain_text("Date announced")
    expect(main).to_contain_text("October 2025 → 31 October 2025 Bernama")
    wait_for(sequence_is(service, 1), 15, "the feed is published anew")
    after = entry(service)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].to_ical() == b"20251031"
    assert after["STATUS"] == "CONFIRMED"
    assert news(service)[0] == "19th ASEAN Defence Ministers’ Meeting (ADMM): Date announced"
    page.goto(f"{service.base}/events/admm-19?as_of=2025-09-27&lang=en")
    expect(main).to_contain_text("October 2025")
    expect(main).to_contain_text("date to be announced")
    expect(main).not_to_contain_text("31 October")

    # called off, and taken back
    page.goto(f"{service.base}/desk/events/admm-19?lang=en")
    page.get_by_role("link", name="Cancel").click()
    page.get_by_label("Reason").fill("no quorum")
    page.get_by_role("button", name="See what it would change").click()
    expect(page.get_by_role("region", name="What this would change")).to_contain_text(
        "STATUS:CANCELLED"
    )
    page.get_by_role("button", name="Make the change").click()
    wait_for(sequence_is(service, 2), 15, "the feed says that it is called off")
    assert entry(service)["STATUS"] == "CANCELLED"
    page.locator("#revision-3").get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take back").click()
    wait_for(sequence_is(service, 3), 15, "the feed says that it takes place")
    assert entry(service)["STATUS"] == "CONFIRMED"
    told = [title.rpartition(": ")[2] for title in news(service)[:3]]
    assert told == ["To take place after all", "Cancelled", "Date announced"]


def test_of_two_editors_the_second_is_told_and_loses_nothing(
    start: Start, chromium: Browser
) -> None:
    service = start(NOW=OCTOBER_20)
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    for email in ("ada@example.org", "bea@example.org"):
        context = chromium.new_context(java_script_enabled=False, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        choose_password(page, link_of(service, email, "--name", email[:3].title()))
        page.goto(f"{service.base}/desk/events/admm-19/edit?lang=en")
        pages.append(page)
    ada, bea = pages
    bea.get_by_label("Where (English)").fill("Kuala Lumpur")
    bea.get_by_role("button", name="See what it would change").click()
    bea.get_by_role("button", name="Make the change").click()
    expect(bea.get_by_role("status")).to_have_text("The change is made.")

    ada.get_by_label("When", exact=True).fill("31 October 2025")
    ada.get_by_label("Reason").fill("heard it")
    ada.get_by_role("button", name="See what it would change").click()
    expect(ada.get_by_role("alert")).to_contain_text("omebody else changed this meeting")
    both = ada.get_by_role("table")
    expect(both.get_by_role("row", name=re.compile("^Where"))).to_contain_text("Kuala Lumpur")
    expect(both.get_by_role("row", name=re.compile("^When October"))).to_contain_text(
        "31 October 2025"
    )
    expect(ada.get_by_label("When", exact=True)).to_have_value("31 October 2025")
    expect(ada.get_by_label("Where (English)")).to_have_value("Kuala Lumpur")
    expect(ada.get_by_label("Reason")).to_have_value("heard it")
    ada.get_by_role("button", name="See what it would change").click()
    ada.get_by_role("button", name="Make the change").click()
    ada.goto(f"{service.base}/events/admm-19?lang=en")
    expect(ada.get_by_role("main")).to_contain_text("31 October 2025")
    expect(ada.get_by_role("main")).to_contain_text("Kuala Lumpur")
    for context in contexts:
        context.close()


def test_an_editor_is_invited_and_comes_in_with_a_second_factor(
    start: Start, page: Page, chromium: Browser
) -> None:
    service = start(NOW=OCTOBER_20)
    choose_password(page, link_of(service, "ada@example.org", "--name", "Ada"))
    page.get_by_role("link", name="Editors", exact=True).click()
    page.get_by_label("Mail address").fill("cik@example.org")
    page.get_by_label("Name").fill("Cik")
    page.get_by_role("main").locator("form").last.get_by_role("button").click()
    wait_for(lambda: "cik@example.org" in service.run("outbox"), 15, "the invitation is sent")
    link = re.search(r"http\S+/desk/password/\S+", service.run("outbox", "show", "1"))
    assert link

    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    theirs = context.new_page()
    theirs.set_default_timeout(10_000)
    choose_password(theirs, link[0])
    theirs.goto(f"{service.base}/desk/account/second-factor?lang=en")
    secret = "".join(theirs.locator(".secret").inner_text().split())
    theirs.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    theirs.get_by_role("main").locator("form").last.get_by_role("button").click()
    code = theirs.locator(".codes li").first.inner_text()
    theirs.get_by_role("button", name="Sign out").click()

    sign_in(theirs, service.base, "cik@example.org")
    expect(theirs.get_by_role("alert")).to_be_visible()
    sign_in(theirs, service.base, "cik@example.org", code)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Overview")
    theirs.goto(f"{service.base}/desk/editors")
    assert theirs.get_by_role("main").get_by_role("heading", level=1).inner_text() != "Editors"
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_fits_every_width_in_light_and_dark(
    start: Start, chromium: Browser, width: int, scheme: str
) -> None:
    service = start(NOW=OCTOBER_20)
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="ms",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    choose_password(page, link_of(service, "ada@example.org"))
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path in {
        "overview": "",
        "events": "events",
        "event": "events/admm-19",
        "edit": "events/admm-19/edit",
        "merge": "events/admm-19/merge?other=admm-plus-2025",
        "articles": "articles",
        "article": "articles/bernama-2025-09-27",
        "take-in": "articles/new",
        "sources": "sources",
        "drafts": "drafts",
        "series": "series",
        "editors": "editors",
        "audit": "audit",
        "account": "account",
    }.items():
        page.goto(f"{service.base}/desk/{path}")
        page.screenshot(path=SHOTS / f"desk-{name}-{width}-{scheme}.png", full_page=True)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0, f"{path} is wider than {width} pixels"
    context.close()


def test_the_desk_is_worked_by_keyboard(start: Start, page: Page) -> None:
    service = start(NOW=OCTOBER_20)
    choose_password(page, link_of(service, "ada@example.org"))
    page.goto(f"{service.base}/desk/events/admm-19/edit?lang=en")
    page.get_by_label("Title (English)").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("When", exact=True)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("31 Oct 2025")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="What this would change")).to_contain_text("2025-10-31")
    page.get_by_role("button", name="Make the change").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The change is made.")
