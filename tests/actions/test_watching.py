"""What sources bring is read once, politely, and waits for an editor."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from calendar_svc.actions import watching
from calendar_svc.articles.fetch import Page
from calendar_svc.articles.reading import Read, Reading
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.errors import Refused
from calendar_svc.store import articles, audit, drafts, events, sources
from calendar_svc.store.base import Database
from tests import make
from tests.actions.test_taking_in import QUOTE, READING
from tests.fakes import KeptPages, read_nothing

FEED = "https://news.example/rss"
HOUR = timedelta(hours=1)


def read_admm(text: str, **_: object) -> list[Reading]:
    return [READING] if QUOTE in text else []


@dataclass
class Watch:
    """One source on a newspaper that prints what it is told."""

    database: Database
    ada: Editor
    pages: KeptPages = field(default_factory=KeptPages)
    rests: list[float] = field(default_factory=list)

    def prints(self, *paths: str, text: str = QUOTE, etag: str | None = None) -> None:
        items = "".join(
            f"<item><title>{path}</title><link>/{path}</link>"
            "<pubDate>Sat, 20 Feb 2027 02:00:00 GMT</pubDate></item>"
            for path in paths
        )
        body = f"<rss version='2.0'><channel>{items}</channel></rss>"
        self.pages.add(FEED, body, "application/rss+xml", etag=etag)
        for path in paths:
            url = f"https://news.example/{path}"
            self.pages.pages.setdefault(url, Page(url, "text/plain", f"{text} {path}".encode()))

    def look(self, read: Read = read_admm, now: datetime = make.NOW) -> int:
        """The next look, once the interval has passed."""
        with self.database.transaction() as db:
            for source in sources.every(db):
                if not source.paused:
                    sources.pause(db, source.id, paused=True)
                    sources.pause(db, source.id, paused=False)
        return watching.fetch_due(
            self.database.reading,
            self.database.transaction,
            self.pages,
            read,
            now=lambda: now,
            timezone=make.KL,
            rest=self.rests.append,
        )

    def told(self) -> str:
        with self.database.reading() as db:
            (source,) = sources.every(db)
        assert source.told is not None
        return source.told.message % source.told.values

    def waiting(self) -> int:
        with self.database.reading() as db:
            return drafts.count_waiting(db)


@pytest.fixture
def watch(database: Database) -> Watch:
    with database.transaction() as db:
        make.announced(db, "2027-04", place=None)
        ada = make.editor(db)
        watching.add(db, FEED, publisher="Bernama", lang="ms", every=HOUR, by=ada)
    return Watch(database, ada)


def test_what_a_source_brings_waits_and_is_never_accepted_by_itself(watch: Watch) -> None:
    watch.prints("a")
    assert watch.look() == 1
    with watch.database.reading() as db:
        (draft,) = drafts.waiting(db, limit=9)
        article = articles.get(db, "bernama-2027-02-20")
        log = audit.latest(db, limit=2)
        assert str(events.get(db, "admm-21", make.NOW).when) == "2027-04"
    assert (draft.article, draft.state) == (article, DraftState.WAITING)
    assert (article.publisher, article.lang, article.url) == (
        "Bernama",
        "ms",
        "https://news.example/a",
    )
    assert article.published_on == date(2027, 2, 20)
    assert [(one.what, one.who) for one in log] == [
        (Act.DRAFT_MADE, "Bernama"),
        (Act.ARTICLE_SAVED, "Bernama"),
    ]
    assert watch.told() == "new articles: 1; of these announce meetings: 1"


def test_each_article_is_fetched_and_taken_in_once(watch: Watch) -> None:
    watch.prints("a")
    for _ in range(3):
        watch.look()
    assert watch.pages.asked == [FEED, "https://news.example/a", FEED, FEED]
    # the same text at another address
    url = "https://news.example/b"
    watch.pages.pages[url] = Page(url, "text/plain", f"{QUOTE}  A".encode())
    watch.prints("b", "a")
    watch.look()
    assert watch.waiting() == 1
    assert watch.told() == "new articles: 1; of these announce meetings: 0"


def test_what_announces_nothing_is_not_kept(watch: Watch) -> None:
    watch.prints("a", text="Harga minyak naik.")
    watch.look()
    with watch.database.reading() as db:
        assert articles.latest(db, limit=9) == []
    assert watch.told() == "new articles: 1; of these announce meetings: 0"


def test_at_most_ten_are_read_at_a_time_with_a_rest_between(watch: Watch) -> None:
    watch.prints(*map(str, range(25)), etag='"1"')
    for read in (10, 10, 5, 0):
        watch.rests.clear()
        watch.look(read_nothing)
        assert watch.told().startswith(f"new articles: {read};")
        assert watch.rests == [watching.BETWEEN] * read
    # those that waited were read though the list itself had not changed
    assert watch.pages.asked.count(FEED) == 4


def test_it_is_asked_whether_the_list_changed(watch: Watch) -> None:
    watch.prints("a", etag='"1"')
    watch.look()
    watch.prints("b", "a", etag='"1"')
    watch.look()
    assert "https://news.example/b" not in watch.pages.asked
    watch.prints("b", "a", etag='"2"')
    watch.look()
    assert "https://news.example/b" in watch.pages.asked


def test_a_list_that_is_none_or_not_there_is_told_and_asked_later(watch: Watch) -> None:
    for body in (None, "<html></html>"):
        if body:
            watch.pages.add(FEED, body)
        watch.look()
        with watch.database.reading() as db:
            (source,) = sources.every(db)
        assert source.failures == 1
        assert source.next_check_at - source.checked_at == 2 * HOUR  # type: ignore[operator]
    assert watch.told() == "this is neither RSS nor Atom"
    assert watch.look() == 1


def test_one_bad_page_holds_up_no_other(watch: Watch) -> None:
    def fails(text: str, **_: object) -> list[Reading]:
        if "bad" in text:
            raise ZeroDivisionError
        return read_admm(text)

    watch.prints("gone", "bad", "good")
    del watch.pages.pages["https://news.example/gone"]
    for _ in range(4):
        watch.look(fails)
    assert watch.waiting() == 1
    for path, tries in (("gone", 3), ("bad", 3), ("good", 1)):
        assert watch.pages.asked.count(f"https://news.example/{path}") == tries


def test_a_clock_a_little_ahead_is_forgiven_and_the_future_is_not(watch: Watch) -> None:
    watch.prints("a")
    watch.look(now=datetime(2027, 2, 19, 3, tzinfo=UTC))
    with watch.database.reading() as db:
        assert articles.exists(db, "bernama-2027-02-19")
    watch.prints("b")
    watch.look(now=datetime(2027, 2, 1, tzinfo=UTC))
    assert watch.waiting() == 1


@pytest.mark.parametrize("every", [timedelta(0), timedelta(minutes=14), timedelta(days=8)])
def test_nobody_is_asked_too_often(watch: Watch, every: timedelta) -> None:
    with (
        pytest.raises(Refused, match="every 15 to 10080 minutes"),
        watch.database.transaction() as db,
    ):
        watching.add(db, "https://x/", publisher="X", lang="ms", every=every, by=watch.ada)


def test_what_editors_do_with_sources_is_in_the_audit_log(watch: Watch) -> None:
    with watch.database.transaction() as db:
        (source,) = sources.every(db)
        for act in (watching.pause, watching.pause, watching.resume, watching.remove):
            act(db, source.id, by=watch.ada)
        log = audit.latest(db, limit=9)
    assert [one.what for one in log] == [
        Act.SOURCE_REMOVED,
        Act.SOURCE_RESUMED,
        Act.SOURCE_PAUSED,
        Act.SOURCE_ADDED,
    ]
    assert (log[0].subject, log[0].detail, log[0].who) == ("Bernama", FEED, "Ada")
