"""A calendar program subscribes to a feed."""

import gzip
import http.client
from urllib.parse import urlsplit

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.ical import grammar
from tests.journeys.conftest import Service


def get(service: Service, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(service.base).netloc, timeout=10)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    answer = (
        response.status,
        {name.lower(): value for name, value in response.getheaders()},
        response.read(),
    )
    connection.close()
    return answer


def test_a_program_reads_the_feed_and_asks_again(autumn: Service, page: Page) -> None:
    page.goto(f"{autumn.base}/?lang=ms")
    address = page.get_by_label("Alamat suapan").input_value()
    assert address == f"{autumn.base}/feeds/all.ics"
    webcal = page.get_by_role("link", name="Buka dalam program kalendar saya")
    expect(webcal).to_have_attribute("href", address.replace("http:", "webcal:"))

    status, headers, body = get(autumn, "/feeds/all.ics", Accept_Encoding="gzip")
    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["content-encoding"] == "gzip"
    assert headers["cache-control"] == "public, max-age=300"
    plain = gzip.decompress(body)
    grammar.read(plain)
    events = {str(event["UID"]): event for event in Calendar.from_ical(plain).events}
    assert sorted(str(event["SUMMARY"]) for event in events.values()) == [
        (
            "Mesyuarat Menteri-Menteri Pertahanan ASEAN (ADMM) ke-19"
            ": Oktober 2025 — tarikh belum diumumkan"
        ),
        "Mesyuarat Menteri-Menteri Pertahanan ASEAN-Plus (ADMM-Plus) 2025",
    ]

    again = {"Accept_Encoding": "gzip", "If_None_Match": headers["etag"]}
    status, unchanged, body = get(autumn, "/feeds/all.ics", **again)
    assert (status, body) == (304, b"")
    for name in ("etag", "last-modified", "cache-control", "vary"):
        assert unchanged[name] == headers[name]
    status, _, _ = get(autumn, "/feeds/all.ics", If_Modified_Since=headers["last-modified"])
    assert status == 304


def test_the_years_come_only_when_asked_for(autumn: Service) -> None:
    _, _, body = get(autumn, "/feeds/all.ics?lang=en&vague=all")
    assert len(Calendar.from_ical(body).events) == 4
    _, _, body = get(autumn, "/feeds/all.ics?vague=omit")
    assert len(Calendar.from_ical(body).events) == 1
    for path in ("/feeds/all.ics?vague=sometimes", "/feeds/all.ics?lang=tlh"):
        status, _, body = get(autumn, path)
        assert status == 400
        assert body.count(b"\n") == 1
    status, _, _ = get(autumn, "/feeds/nothing.ics")
    assert status == 404


def test_one_meeting_can_be_saved(autumn: Service, page: Page) -> None:
    page.goto(f"{autumn.base}/events/admm-plus-2025")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as .ics").click()
    assert saved.value.suggested_filename == "admm-plus-2025.ics"
    content = saved.value.path().read_bytes()
    grammar.read(content)
    [event] = Calendar.from_ical(content).events
    assert str(event.start) == "2025-11-01"
