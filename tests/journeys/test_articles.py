"""From an article to the calendar, in a real browser without JavaScript, on a real server."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Start, attempt
from tests.journeys.test_desk import OCTOBER_20, QUOTE, TEXT, choose_password, link_of
from tests.journeys.test_viewing import SHOTS

OTHER = "Pameran pertahanan DSA akan diadakan di Kuala Lumpur dari 20 hingga 23 April 2026."


def test_an_article_is_pasted_and_what_it_says_is_accepted(start: Start, page: Page) -> None:
    service = start(NOW=OCTOBER_20)
    choose_password(page, link_of(service, "ada@example.org", "--name", "Ada"))
    page.get_by_role("link", name="Take in an article").click()

    # an address of the operator's own is not read, and says so in one sentence
    page.get_by_label("Read it from this address").fill(f"{service.base}/")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#fault-address")).to_contain_text("only the ports 80 and 443 are read")
    page.get_by_label("Read it from this address").fill("http://127.0.0.1/")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#fault-address")).to_contain_text("is inside a private network")

    page.get_by_label("Publisher").fill("Bernama")
    page.get_by_label("Published on").fill("2025-10-20")
    page.get_by_label("Text").fill(f"{TEXT}\n\n{OTHER}")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("waits as drafts")
    expect(page.locator("mark").first).to_contain_text(QUOTE.rstrip("."))
    page.screenshot(path=SHOTS / "desk-article-read.png", full_page=True)
    page.get_by_role("region", name="Drafts").get_by_role("link").first.click()
    preview = page.get_by_role("region", name="What this would change")
    expect(preview).to_contain_text("October 2025 → 31 October 2025")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_have_text("The draft is accepted.")
    page.get_by_role("link", name="As readers see it").click()
    expect(page.get_by_role("main")).to_contain_text(QUOTE.rstrip("."))

    # the same text makes nothing twice, from wherever it comes
    page.goto(f"{service.base}/desk/articles/new?lang=en")
    page.get_by_label("Publisher").fill("Lain")
    page.get_by_label("Text").fill(f"{TEXT.upper()} {OTHER}")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("nothing was made twice")

    # and no source is watched inside the network
    page.goto(f"{service.base}/desk/sources?lang=en")
    page.get_by_label("Address").fill("http://localhost/rss")
    page.get_by_label("Publisher").fill("X")
    page.get_by_role("button", name="Watch it").click()
    expect(page.locator("#fault-url")).to_contain_text("is inside a private network")
    page.screenshot(path=SHOTS / "desk-sources.png", full_page=True)
    refused = attempt(service.environment, "take-in", "http://127.0.0.1/")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
