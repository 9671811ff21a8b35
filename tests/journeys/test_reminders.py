"""A reader asks for reminders and gets them."""

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from calendar_svc.clock import utc_now
from tests.journeys.conftest import Service, Start, wait_for
from tests.mail.peer import Peer, listening

SEED = """
[[article]]
key = "press"
publisher = "Press"
lang = "en"
published_on = {today}

[[event]]
uid = "a-meeting"
slug = "a-meeting"
title.en = "A meeting soon"

[[event.claim]]
article = "press"
when = "{when}"
status = "scheduled"
gist.en = "The meeting is soon."
"""


def ask(service: Service, page: Page, email: str, *leads: str) -> None:
    page.goto(f"{service.base}/subscribe?lang=en")
    page.get_by_label("Mail address").fill(email)
    for lead in leads:
        page.get_by_label(lead).check()
    page.get_by_role("button", name="Ask for reminders").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")


def link_in(text: str, purpose: str) -> str:
    found = re.search(rf"http://\S+/subscriptions/\S+/{purpose}\S*", text)
    assert found, text
    return found[0]


def one_click(url: str) -> int:
    """What a mail program does for List-Unsubscribe-Post (RFC 8058)."""
    body = urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urlopen(Request(url, data=body, method="POST"), timeout=10) as response:
        return int(response.status)


def test_by_a_real_relay_from_asking_to_leaving(start: Start, page: Page, tmp_path: Path) -> None:
    # an hour before the next full minute but a little: the reminder falls due while we wait
    when = utc_now() + timedelta(hours=1, seconds=75)
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "facts.toml").write_text(
        SEED.format(
            today=(utc_now() - timedelta(days=1)).date(),
            when=f"{when:%Y-%m-%dT%H:%M}:00+00:00[UTC]",
        )
    )
    with listening() as peer:
        service = start(
            seed=folder, SMTP_URL=f"smtp://127.0.0.1:{peer.port}", MAIL_FROM="calendar@example.org"
        )
        page.goto(f"{service.base}/subscribe?lang=en")
        expect(page.get_by_text("only written to a folder")).to_have_count(0)
        ask(service, page, "bo@example.org", "1 hour before")
        confirmation = received(peer, 1, 20)[0]
        assert confirmation["To"] == "bo@example.org"
        body = confirmation.get_body(("plain",))
        assert body is not None
        page.goto(link_in(body.get_content(), "confirm"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Confirm reminders")
        page.get_by_role("button", name="Confirm reminders").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Reminders confirmed")
        expect(page.get_by_role("main")).to_contain_text("A meeting soon")

        reminder = received(peer, 2, 100)[1]
        assert "A meeting soon" in reminder["Subject"]
        assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        [attached] = reminder.iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        [event] = Calendar.from_ical(attached.get_content()).events
        assert str(event["UID"]) == "a-meeting"

        leave = reminder["List-Unsubscribe"].strip("<>")
        page.goto(leave)
        expect(page.get_by_role("button", name="End all reminders")).to_be_visible()
        assert one_click(leave) == 200
        page.goto(leave)
        expect(page.get_by_role("heading", level=1)).to_have_text("No reminders are sent")


def test_in_the_autumn_of_2025_by_the_outbox(start: Start, page: Page) -> None:
    # seconds before the reminder of the eve falls due; the page says where mail goes
    service = start(NOW="2025-10-31T08:59:40+08:00")
    page.goto(f"{service.base}/subscribe?lang=en")
    expect(page.get_by_role("main")).to_contain_text("only written to a folder")
    ask(service, page, "bo@example.org")
    wait_for(lambda: "bo@" in service.run("outbox"), 20, "the confirmation is written")
    page.goto(link_in(service.run("outbox", "show", "1"), "confirm"))
    page.get_by_role("button", name="Confirm reminders").click()
    expect(page.get_by_role("main")).to_contain_text("31 October 2025")
    wait_for(lambda: service.run("outbox").count("bo@") == 2, 40, "the reminder is written")
    shown = service.run("outbox", "show", "2")
    assert "(ADMM-Plus) 2025, 1 November 2025 – tomorrow" in shown
    assert "[admm-plus-2025.ics: text/calendar" in shown


def received(peer: Peer, count: int, seconds: float) -> list[EmailMessage]:
    wait_for(lambda: len(peer.taken) >= count, seconds, f"{count} messages arrive")
    return peer.messages


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "no address", "this is not a mail address"),
        ("lead", "17", "choose how early from the times offered"),
        ("feed", "nothing", "there is no feed “nothing”"),
    ],
)
def test_a_mistake_gives_the_form_back(
    start: Start, page: Page, field: str, value: str, sentence: str
) -> None:
    service = start()
    page.goto(f"{service.base}/subscribe?lang=en")
    token = page.locator("[name=csrf_token]").get_attribute("value")
    form: dict[str, str | float | bool] = {
        "csrf_token": token or "",
        "email": "bo@example.org",
        "feed": "all",
        "lead": "1440",
    }
    answer = page.request.post(f"{service.base}/subscribe?lang=en", form=form | {field: value})
    assert answer.status == 422
    assert sentence in answer.text()
    refused = page.request.post(f"{service.base}/subscribe", form=form | {"csrf_token": "x"})
    assert refused.status == 400
