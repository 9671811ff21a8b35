"""Finished feeds, answered from memory by a small WSGI layer ahead of Flask.

The validators follow RFC 9110, sections 8.8 and 13: each coding has its own strong ETag,
If-None-Match is compared weakly and goes before If-Modified-Since, a 304 repeats what the 200
would have said. What is published is learned from one generation row, in every process.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

import structlog
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Accept
from werkzeug.http import http_date, parse_accept_header, parse_date, parse_etags

from calendar_svc.domain.feed import Choice, Vague
from calendar_svc.store import counters, publications
from calendar_svc.store.base import Database
from calendar_svc.store.publications import Publication

log = structlog.get_logger()

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

POLL = 0.5
"""Seconds between two looks at the generation row."""

_PATH = re.compile(r"/feeds/([a-z0-9-]{1,80})\.ics")
_CODINGS = ("br", "gzip", "identity")


@dataclass(frozen=True)
class Body:
    """One coding of a feed, with the headers that a 200 and a 304 share."""

    octets: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    validators: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """A feed in every coding."""

    bodies: Mapping[str, Body]
    published_at: int
    """Seconds since 1970."""


class PublishedFeeds:
    """A WSGI application around another: answers the published feeds, hands on all else."""

    def __init__(
        self,
        application: Application,
        database: Database,
        languages: tuple[str, ...],
        *,
        poll: float = POLL,
    ) -> None:
        self.application = application
        self._database = database
        self._languages = languages
        self._poll = poll
        self._looking = Lock()
        self._looked_at = float("-inf")
        self._generation = -1
        self._answers: dict[Choice, Answer | None] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a feed or hand the request on."""
        path = _PATH.fullmatch(environ.get("PATH_INFO", ""))
        if not path:
            return self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            allow = [("Allow", "GET, HEAD")]
            return _say(start_response, HTTPStatus.METHOD_NOT_ALLOWED, "feeds are read only", allow)
        choice = self._choice(path[1], environ.get("QUERY_STRING", ""))
        if isinstance(choice, str):
            return _say(start_response, HTTPStatus.BAD_REQUEST, choice)
        answer = self._answer(choice)
        if answer is None:
            return self.application(environ, start_response)
        return _send(answer, environ, start_response)

    def _choice(self, feed: str, query: str) -> Choice | str:
        """The form asked for, or what is wrong with the query."""
        if not query:
            return Choice(feed, self._languages[0], Vague.SPAN)
        try:
            asked = parse_qs(query, keep_blank_values=True, max_num_fields=20)
        except ValueError:
            return "the query has more than 20 fields"
        lang = asked.get("lang", [self._languages[0]])[-1]
        if lang not in self._languages:
            return f"lang: must be one of {', '.join(self._languages)}"
        vague = asked.get("vague", [Vague.SPAN.value])[-1]
        if vague not in list(Vague):
            return f"vague: must be one of {', '.join(Vague)}"
        return Choice(feed, lang, Vague(vague))

    def _answer(self, choice: Choice) -> Answer | None:
        self._look()
        answers = self._answers
        if choice not in answers:
            return None
        answer = answers[choice]
        if answer is None:
            with self._database.reading() as db:
                found = publications.get(db, choice)
            answer = answers[choice] = _prepare(found) if found else None
        return answer

    def _look(self) -> None:
        """Learn of new publications, at most every `poll` seconds and in one thread at a time;
        the others go on with what is in memory, and so does everybody while the database is
        away."""
        if time.monotonic() - self._looked_at < self._poll:
            return
        # only the very first look is waited for: before it there is nothing in memory
        if not self._looking.acquire(blocking=self._generation < 0):
            return
        try:
            if time.monotonic() - self._looked_at >= self._poll:
                self._learn()
                self._looked_at = time.monotonic()
        except SQLAlchemyError:
            log.exception("the generation of the feeds can't be read")
            self._looked_at = time.monotonic()
        finally:
            self._looking.release()

    def _learn(self) -> None:
        with self._database.reading() as db:
            generation = counters.read(db, counters.PUBLICATIONS)
            if generation == self._generation:
                return
            digests = publications.digests(db)
        # bodies come as they are asked for; those that did not change are kept
        known = self._answers
        self._answers = {
            choice: answer
            if (answer := known.get(choice)) and answer.bodies["identity"].etag == _etag(digest)
            else None
            for choice, digest in digests.items()
        }
        self._generation = generation


def _prepare(publication: Publication) -> Answer:
    modified = http_date(publication.published_at)
    octets = {
        "br": publication.brotli,
        "gzip": publication.gzip,
        "identity": publication.plain,
    }
    return Answer(
        {coding: _body(publication, coding, octets[coding], modified) for coding in _CODINGS},
        int(publication.published_at.timestamp()),
    )


def _body(publication: Publication, coding: str, octets: bytes, modified: str) -> Body:
    etag = _etag(publication.digest, coding)
    validators = (
        ("ETag", etag),
        ("Last-Modified", modified),
        ("Cache-Control", "public, max-age=300"),
        ("Vary", "Accept-Encoding"),
    )
    headers = (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Length", str(len(octets))),
        ("Content-Disposition", f'inline; filename="{publication.choice.feed}.ics"'),
        ("X-Content-Type-Options", "nosniff"),
        *([("Content-Encoding", coding)] if coding != "identity" else []),
    )
    return Body(octets, etag, headers, validators)


def _etag(digest: str, coding: str = "identity") -> str:
    return f'"{digest}"' if coding == "identity" else f'"{digest}-{coding}"'


def _send(answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    body = answer.bodies[_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
    if _is_fresh(body, answer, environ):
        start_response("304 Not Modified", list(body.validators))
        return []
    start_response("200 OK", [*body.headers, *body.validators])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.octets]


def _is_fresh(body: Body, answer: Answer, environ: Environ) -> bool:
    if (seen := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        return _matches(seen, body.etag)
    if since := environ.get("HTTP_IF_MODIFIED_SINCE"):
        moment = parse_date(since)
        return moment is not None and answer.published_at <= moment.timestamp()
    return False


@lru_cache(maxsize=4096)
def _matches(seen: str, etag: str) -> bool:
    return parse_etags(seen).contains_weak(etag.strip('"'))


@lru_cache(maxsize=1024)
def _coding(accepted: str) -> str:
    """The smallest coding that the client takes (RFC 9110, section 12.5.3)."""
    accept: Accept = parse_accept_header(accepted, Accept)
    for coding in _CODINGS[:-1]:
        # a "*" stands for every coding that isn't named
        if accept.quality(coding) > 0:
            return coding
    return "identity"


def _say(
    start_response: StartResponse,
    status: HTTPStatus,
    sentence: str,
    headers: Iterable[tuple[str, str]] = (),
) -> Iterable[bytes]:
    octets = (sentence + "\n").encode()
    start_response(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(octets))),
            ("X-Content-Type-Options", "nosniff"),
            *headers,
        ],
    )
    return [octets]
