"""RSS and Atom: which articles they list."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from calendar_svc.articles.fetch import Page
from calendar_svc.articles.sources import MOST_LISTED, Listed, listing
from calendar_svc.domain.errors import Refused

AT = "https://news.example/feeds/rss.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Berita &amp; lain</title><language>ms-my</language>
<item><title>ADMM &lt;b&gt;ke-20&lt;/b&gt;</title><link>/a/1?x=1&amp;y=2#top</link>
<pubDate>Sun, 20 Sep 2026 23:30:00 +0800</pubDate></item>
<item><title>Sekali lagi</title><link>/a/1?x=1&amp;y=2</link></item>
<item><link>http://other.example/b</link><pubDate>nonsense</pubDate></item>
<item><title>Tiada pautan</title></item>
<item><link>javascript:alert(1)</link></item><item><link>ftp://x/</link></item>
<item><link>http://[</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title>Kabar</title>
<entry><title>ADMM</title><link rel="alternate" href="../1"/><updated>2026-09-20T01:00:00Z</updated>
</entry></feed>"""


def page(body: str | bytes, content_type: str = "application/xml") -> Page:
    return Page(AT, content_type, body if isinstance(body, bytes) else body.encode())


def test_rss_lists_each_address_once_as_it_can_be_fetched() -> None:
    found = listing(page(RSS))
    assert (found.title, found.lang) == ("Berita & lain", "ms")
    assert found.listed == (
        Listed(
            "https://news.example/a/1?x=1&y=2",
            "ADMM ke-20",
            datetime(2026, 9, 20, 15, 30, tzinfo=UTC),
        ),
        Listed("http://other.example/b", None, None),
    )


def test_atom_is_read_as_well() -> None:
    (one,) = listing(page(ATOM, "application/atom+xml")).listed
    assert one == Listed("https://news.example/1", "ADMM", datetime(2026, 9, 20, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "body", ["", "ADMM", "<html><p>ADMM</p></html>", "{}", "\0", "<rss", AT, "/etc/passwd"]
)
def test_anything_else_is_refused(body: str) -> None:
    with pytest.raises(Refused, match="neither RSS nor Atom"):
        listing(page(body))


def test_no_entity_reads_a_file_or_grows_without_end(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("open sesame")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    hostile = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">{entities}]>'
        "<rss version='2.0'><channel><item><title>&x;&e11;</title><link>/a</link></item></channel>"
        "</rss>"
    )
    assert "sesame" not in repr(listing(page(hostile)))


def test_of_a_list_without_end_the_first_are_taken() -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(MOST_LISTED + 50))
    found = listing(page(f"<rss version='2.0'><channel>{items}</channel></rss>"))
    assert len(found.listed) == MOST_LISTED
