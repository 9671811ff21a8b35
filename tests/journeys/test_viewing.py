"""A reader opens the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Service, Start

SHOTS = Path(__file__).parents[2] / "data" / "var" / "screenshots"


def test_a_reader_sees_what_is_coming_and_what_says_so(autumn: Service, page: Page) -> None:
    page.goto(autumn.base)
    expect(page.get_by_role("heading", level=1)).to_have_text("Upcoming meetings")
    months = page.get_by_role("heading", level=2).all_text_contents()
    assert months[:3] == ["October 2025", "November 2025", "Past meetings"]
    admm = page.get_by_role("listitem").filter(has_text="19th ASEAN Defence")
    expect(admm).to_contain_text("October 2025")
    expect(admm).to_contain_text("date to be announced")
    expect(admm).to_contain_text("Tentative")
    expect(admm).to_contain_text("Source: Bernama, 27 September 2025")
    plus = page.get_by_role("listitem").filter(has_text="ADMM-Plus) 2025")
    expect(plus).to_contain_text("1 November 2025")
    expect(plus).to_contain_text("in 35 days")
    adsom = page.get_by_role("listitem").filter(has_text="(ADSOM) 2025")
    expect(adsom).to_contain_text("Held")
    expect(adsom).to_contain_text("Desaru, Johor")

    page.get_by_role("link", name="Bahasa Melayu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesyuarat akan datang")
    expect(page.locator("html")).to_have_attribute("lang", "ms")
    admm = page.get_by_role("listitem").filter(has_text="(ADMM) ke-19")
    expect(admm).to_contain_text("Oktober 2025")
    expect(admm).to_contain_text("tarikh belum diumumkan")

    page.get_by_role("link", name="(ADMM) ke-19").click()
    expect(page.get_by_role("heading", name="Bukti")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Bernama, 27 September 2025")
    # a month is no day: there is nothing to add to a calendar that wants one
    expect(page.get_by_role("link", name="Tambah pada Google")).to_have_count(0)
    page.get_by_role("link", name="Mesyuarat akan datang").or_(
        page.get_by_role("link", name="Akan datang")
    ).first.click()
    page.get_by_role("link", name="(ADMM-Plus) 2025").click()
    expect(page.get_by_role("link", name="Tambah pada Google")).to_be_visible()


def test_today_nothing_is_upcoming_and_the_past_is_still_there(start: Start, page: Page) -> None:
    service = start()
    page.goto(service.base)
    expect(page.get_by_role("main")).to_contain_text("No upcoming meeting is known.")
    expect(page.get_by_role("heading", name="Past meetings")).to_be_visible()
    expect(page.get_by_role("link", name="19th ASEAN Defence")).to_be_visible()

    page.goto(f"{service.base}/?as_of=2025-09-27")
    expect(page.get_by_role("main")).to_contain_text("As it was known on 27 September 2025.")
    upcoming = page.get_by_role("region", name="October 2025")
    expect(upcoming).to_contain_text("19th ASEAN Defence Ministers’ Meeting (ADMM)")
    expect(page.get_by_role("region", name="November 2025")).to_contain_text("1 November 2025")
    # looking from that day goes on through the links
    page.get_by_role("link", name="19th ASEAN Defence").click()
    expect(page.get_by_role("main")).to_contain_text("As it was known on 27 September 2025.")
    page.get_by_role("link", name="Show what is known now").click()
    assert "as_of" not in page.url

    page.goto(f"{service.base}/?as_of=2025-09-26")
    expect(page.get_by_role("main")).to_contain_text("No upcoming meeting is known.")
    expect(page.get_by_role("link", name="19th ASEAN Defence")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_every_width_in_light_and_dark(
    autumn: Service, chromium: Browser, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="ms",
    )
    page = context.new_page()
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path in {
        "upcoming": "/",
        "event": "/events/adsom-2025",
        "series": "/series/admm",
        "feeds": "/feeds/",
        "subscribe": "/subscribe",
        "not-found": "/events/nothing",
    }.items():
        page.goto(autumn.base + path)
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0, f"{path} is wider than {width} pixels"
    context.close()


def test_everything_on_the_page_is_reached_by_keyboard(autumn: Service, page: Page) -> None:
    page.goto(autumn.base)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.goto(f"{autumn.base}/subscribe")
    page.get_by_label("Mail address").focus()
    page.keyboard.type("not an address")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert page.url.endswith("/subscribe")
