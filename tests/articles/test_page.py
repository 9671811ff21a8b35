"""Octets become the text of an article, or one clear sentence."""

import time
from contextlib import suppress
from datetime import date

import pytest

from calendar_svc.articles.page import LARGEST_PAGE, Extracted, from_html, from_octets
from calendar_svc.domain.article import LONGEST_TEXT
from calendar_svc.domain.errors import Refused

FIRST = "PUTRAJAYA: Mesyuarat Menteri-Menteri Pertahanan ASEAN ke-20 akan diadakan di Manila."
SECOND = "Beliau berkata demikian selepas mesyuarat “persediaan” itu, lapor Bernama."
URL = "https://www.news.example/a"


def html(first: str = FIRST, head: str = "", lang: str = "ms-MY") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>ADMM ke-20 di Manila</title>{head}</head>'
        f"<body><nav><ul><li><a href='/'>Utama</a></li></ul></nav>"
        f"<article><h1>ADMM ke-20 di Manila</h1><p>{first}</p><p>{SECOND}</p></article>"
        "<footer>Hak cipta terpelihara</footer><script>alert('x')</script></body></html>"
    )


HEAD = (
    '<meta property="og:site_name" content="Berita Harian">'
    '<meta property="article:published_time" content="2026-09-20T23:30:00+08:00">'
)


def refusal(octets: bytes, content_type: str = "") -> str:
    with pytest.raises(Refused) as refused:
        from_octets(octets, URL, content_type)
    sentence = str(refused.value)
    assert "\n" not in sentence and len(sentence) < 200
    return sentence


def test_a_page_is_reduced_to_its_text_and_says_who_and_when() -> None:
    found = from_html(html(head=HEAD).encode(), URL)
    assert FIRST in found.text and SECOND in found.text
    for around in ("Utama", "alert", "Hak cipta", "<"):
        assert around not in found.text
    assert (found.title, found.publisher, found.published, found.lang) == (
        "ADMM ke-20 di Manila",
        "Berita Harian",
        date(2026, 9, 20),
        "ms",
    )


def test_what_a_page_does_not_say_is_not_made_up() -> None:
    found = from_html(html(lang="").encode(), URL)
    assert (found.publisher, found.published, found.lang) == ("news.example", None, None)


@pytest.mark.parametrize(
    ("said", "lang"), [("id", "id"), ("in-ID", "id"), ("en_GB", "en"), ("MS", "ms"), ("?", None)]
)
def test_a_language_is_known_by_its_codes(said: str, lang: str | None) -> None:
    assert from_html(html(lang=said).encode(), URL).lang == lang


@pytest.mark.parametrize(
    ("charset", "content_type", "head"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8-sig", "text/html", ""),
        ("utf-16", "text/html", ""),
        ("windows-1252", "text/html; charset=ISO-8859-1", ""),
        ("windows-1252", "text/html", '<meta charset="windows-1252">'),
        ("utf-8", "text/html; charset=ascii-art", ""),
        ("utf-8", "text/html; charset=idna", ""),
        ("utf-8", "text/html; charset=rot13", ""),
        ("utf-8", "text/html; charset=punycode", ""),
        ("utf-8", "text/html; charset=utf-7", ""),
    ],
)
def test_letters_are_read_as_they_were_written(charset: str, content_type: str, head: str) -> None:
    found = from_octets(html(head=head).encode(charset), URL, content_type)
    assert SECOND in found.text


def test_a_page_may_call_itself_xml() -> None:
    xml = '<?xml version="1.0" encoding="utf-8"?>\n' + html().replace("<!doctype html>", "")
    assert SECOND in from_octets(xml.encode(), URL, "application/xhtml+xml").text
    assert SECOND in from_octets(xml.encode(), URL).text


def test_a_plain_text_is_taken_as_it_stands() -> None:
    assert from_octets(f"{FIRST}\r\n\r\n{SECOND}\r\n".encode()) == Extracted(f"{FIRST}\n\n{SECOND}")


@pytest.mark.parametrize(
    "text", [f"\u200f{FIRST}\u202b", "Кириллица و العربية ADMM 北京", "ADMM \u202eneving\u202c"]
)
def test_mixed_scripts_and_marks_of_direction_do_no_harm(text: str) -> None:
    found = from_octets(text.encode())
    assert "\u202e" not in found.text and "\u202b" not in found.text
    assert from_html(html(text).encode(), URL).text


@pytest.mark.parametrize(
    ("octets", "content_type", "told"),
    [
        (b"", "", "no text"),
        (b" \n\t ", "text/plain", "no text"),
        (b"<html></html>", "text/html", "no text"),
        (b"<html><body><script>x</script></body></html>", "text/html", "no text"),
        (b"", "text/html", "no text"),
        (b"ADMM\0ke-20", "", "no letter"),
        (b"<html><body><p>ADMM\0ke-20</p></body></html>", "text/html", "no letter"),
        (b"%PDF-1.7\n\x93\x8c\x8b\x9e\n", "", "encoding"),
        (b"<rss><item><title>ADMM</title></item></rss>", "text/xml", "neither a page nor a text"),
        (b"BEGIN:VCALENDAR", "text/calendar", "neither a page nor a text"),
        (b"%PDF-1.7", "application/pdf", "neither a page nor a text (application/pdf)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png", "neither"),
        (bytes(range(256)) * 9, "application/octet-stream", "encoding"),
        ("ADMM “ke”-20".encode("cp1252"), "text/plain; charset=utf-8", "encoding"),
        (b"\xff\xfea", "text/plain", "encoding"),
        (b"1" * 1_000_000, "", "too long"),
        (b"1" * 5_000_000, "", "too long"),
        (b"a" * (LONGEST_TEXT + 1), "", f"at most {LONGEST_TEXT} letters"),
        (b"<html><p>" + b"1" * 1_000_000, "text/html", "too long"),
        (b"<html><p>" + b"1" * LARGEST_PAGE, "text/html", "too long"),
        (b"<html>" + b"<a href=x>y</a>" * 100_000, "text/html", "too long"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    octets: bytes, content_type: str, told: str
) -> None:
    began = time.monotonic()
    assert told in refusal(octets, content_type)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 40_000 + FIRST,
        "<p " + "a='b' " * 100_000 + ">" + FIRST,
        "<!--" * 100_000,
        "<html lang='" + "ms-" * 100_000 + "'><p>" + FIRST,
        "&amp;" * 9000 + "&#x0;&#xFFFE;&#99999999;",
        "<html>" + "<table><tr><td>" * 5000 + FIRST,
        "<meta " * 100_000,
    ],
)
def test_a_page_made_to_hang_the_reader_does_not(hostile: str) -> None:
    began = time.monotonic()
    with suppress(Refused):
        from_octets(hostile.encode(), URL, "text/html")
    assert time.monotonic() - began < 5
