"""An address is read within limits of size and time, and never one of our own network."""

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
import trustme

from calendar_svc.articles.fetch import MEGABYTE, Limits, Page, fetch
from calendar_svc.articles.network import is_public
from calendar_svc.domain.errors import Refused
from tests.articles.server import Server, answer, leading_to, packed, serving

HOME = "127.0.0.1"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def limits(server: Server, **other: object) -> Limits:
    """As it is in the service, but for this one server."""
    own = Limits(ports=frozenset({80, 443, server.port}), allowed=frozenset({HOME}), seconds=5)
    return replace(own, **other)  # type: ignore[arg-type]


def read(server: Server, path: str = "/", **other: object) -> Page:
    page = fetch(server.url(path), limits=limits(server, **other))
    assert page is not None
    return page


def refusal(url: str, allowing: Limits) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(Refused) as refused:
        fetch(url, limits=allowing)
    assert refused.value.field == "address"
    sentence = str(refused.value)
    assert "\n" not in sentence and len(sentence) < 200
    return sentence


# --- what is read -----------------------------------------------------------------------------


def test_a_page_is_read_with_what_tells_that_it_changed(server: Server) -> None:
    server.answers["/a?b=c"] = answer(
        b"ADMM", content_type="text/html; charset=utf-8", etag='"1"', last_modified="Mon"
    )
    assert read(server, "/a?b=c#d") == Page(
        server.url("/a?b=c"), "text/html; charset=utf-8", b"ADMM", '"1"', "Mon"
    )
    asked = server.asked[0]
    assert asked.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{server.port}\r\n" in asked
    assert "\r\nUser-Agent: calendar-svc/" in asked
    assert "Cookie" not in asked and "Referer" not in asked


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    server.answers["/"] = answer(status="304 Not Modified")
    found = fetch(server.url("/"), etag='W/"1"', last_modified="Mon", limits=limits(server))
    assert found is None
    assert '\r\nIf-None-Match: W/"1"\r\nIf-Modified-Since: Mon\r\n' in server.asked[0]


def test_a_packed_page_is_unpacked(server: Server) -> None:
    server.answers["/"] = packed(b"ADMM " * 1000)
    assert read(server).body == b"ADMM " * 1000


def test_a_redirect_is_followed_to_where_the_page_is(server: Server) -> None:
    server.answers |= {"/": leading_to("b/c"), "/b/c": leading_to("//127.0.0.1:1/", "308 X")}
    server.answers["/b/c"] = leading_to(server.url("/d"), "308 Permanent Redirect")
    server.answers["/d"] = answer(b"ADMM")
    assert read(server).url == server.url("/d")


def test_five_redirects_are_followed_and_no_sixth(server: Server) -> None:
    server.answers |= {f"/{number}": leading_to(f"/{number + 1}") for number in range(9)}
    server.answers["/5"] = answer(b"ADMM")
    assert read(server, "/0").body == b"ADMM"
    server.answers["/5"] = leading_to("/6")
    assert "without end" in refusal(server.url("/0"), limits(server))
    assert len(server.asked) == 12


def test_five_megabytes_are_read_and_not_an_octet_more(server: Server) -> None:
    most = b"x" * (5 * MEGABYTE)
    server.answers |= {"/most": answer(most), "/more": answer(most + b"x")}
    # without a length it is counted as it comes
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    server.answers |= {"/endless": head + most + b"x", "/all": head + most}
    for path in ("/most", "/all"):
        assert len(read(server, path).body) == 5 * MEGABYTE
    for path in ("/more", "/endless"):
        assert "larger than 5 MB" in refusal(server.url(path), limits(server))


def test_little_that_becomes_much_is_noticed(server: Server) -> None:
    server.answers["/most"] = packed(b"0" * 5 * MEGABYTE)
    server.answers["/bomb"] = packed(b"0" * 200 * MEGABYTE)
    assert len(read(server, "/most").body) == 5 * MEGABYTE
    began = time.monotonic()
    assert "larger than 5 MB" in refusal(server.url("/bomb"), limits(server))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "said",
    [
        packed(b"ADMM" * 99)[:-5],
        answer(b"ADMM", content_encoding="gzip"),
        answer(b"ADMM", content_length="9"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nADMM",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA\0: b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 99999,
        b"",
    ],
)
def test_what_breaks_off_or_makes_no_sense_is_no_page(server: Server, said: bytes) -> None:
    server.answers["/"] = said
    assert "broke off" in refusal(server.url("/"), limits(server))


@pytest.mark.parametrize("status", ["404 Not Found", "500 X", "204 X", "206 X", "401 X", "302 X"])
def test_an_answer_that_is_no_page_is_told(server: Server, status: str) -> None:
    server.answers["/"] = answer(b"ADMM", status)
    assert f"answered {status[:3]}" in refusal(server.url("/"), limits(server))


def test_a_coding_that_was_not_asked_for_is_refused(server: Server) -> None:
    server.answers["/"] = answer(b"ADMM", content_encoding="br")
    assert "coding" in refusal(server.url("/"), limits(server))


# --- how long ---------------------------------------------------------------------------------


def _drip_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def _drip_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nA: ")
    _drip_body(connection)


def _say_nothing(connection: socket.socket) -> None:
    connection.recv(1)


def _lead_on_slowly(connection: socket.socket) -> None:
    time.sleep(0.3)
    connection.sendall(leading_to("/"))


@pytest.mark.parametrize("slow", [_drip_body, _drip_head, _say_nothing, _lead_on_slowly])
def test_all_of_it_has_to_come_in_time(server: Server, slow: object) -> None:
    server.answers["/"] = slow  # type: ignore[assignment]
    began = time.monotonic()
    assert "took longer than 0.5 s" in refusal(server.url("/"), limits(server, seconds=0.5))
    assert time.monotonic() - began < 1.5


def test_a_lookup_has_to_come_in_time_as_well(server: Server) -> None:
    def slow(host: str, port: int) -> Sequence[str]:
        time.sleep(2)
        return [HOME]

    began = time.monotonic()
    told = refusal(server.url("/", "slow.example"), limits(server, look_up=slow, seconds=0.3))
    assert "took longer" in told
    assert time.monotonic() - began < 1.5


def test_a_handshake_has_to_come_in_time_as_well(server: Server) -> None:
    silent = socket.create_server((HOME, 0))
    port = silent.getsockname()[1]
    allowing = limits(server, ports=frozenset({port}), seconds=0.4)
    assert "took longer" in refusal(f"https://{HOME}:{port}/", allowing)
    silent.close()


def test_ten_seconds_are_the_most_in_the_service() -> None:
    assert (Limits().seconds, Limits().octets) == (10, 5 * 1024 * 1024)
    assert Limits().allowed == frozenset()


# --- where ------------------------------------------------------------------------------------

PRIVATE = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192"),
    *("198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("168.63.129.16", "192.88.99.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:7f00:1"),
    *("2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::1", "2001:0:7f00:1::", "2001:db8::1", "100::1", "", "localhost", "x"),
]
PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1"]


def test_private_addresses_are_known_in_every_spelling() -> None:
    assert [one for one in PRIVATE if is_public(one)] == []
    assert [one for one in PUBLIC if not is_public(one)] == []


@pytest.mark.parametrize("address", [one for one in PRIVATE if one[:1].isdigit() or ":" in one])
def test_a_name_for_a_private_address_is_refused(server: Server, address: str) -> None:
    allowing = limits(server, allowed=frozenset(), look_up=lambda host, port: [address])
    assert "private network" in refusal(server.url("/", "news.example"), allowing)
    # one bad address among good ones is enough
    allowing = replace(allowing, look_up=lambda host, port: ["8.8.8.8", address])
    assert "private network" in refusal(server.url("/", "news.example"), allowing)
    assert server.asked == []


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::]", "localhost.", "LOCALHOST", "１２７.0.0.1"),
    ],
)
def test_this_machine_is_refused_however_it_is_written(server: Server, host: str) -> None:
    told = refusal(server.url("/", host), limits(server, allowed=frozenset()))
    assert "private network" in told or "there is no" in told
    assert server.asked == []


@pytest.mark.parametrize(
    "where", ["http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "//127.0.0.2/x"]
)
def test_a_redirect_into_the_private_network_is_refused(server: Server, where: str) -> None:
    server.answers["/"] = leading_to(where)
    assert "private network" in refusal(server.url("/"), limits(server))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("file:///etc/passwd", "https://"),
        ("gopher://127.0.0.1/", "https://"),
        ("http://a:b@127.0.0.1/", "password"),
        ("http://127.0.0.1:22/", "ports 80 and 443"),
        ("http://[", "can’t be read"),
        ("/a b", "no spaces"),
    ],
)
def test_each_redirect_is_checked_anew(server: Server, where: str, told: str) -> None:
    server.answers["/"] = leading_to(where)
    assert told in refusal(server.url("/"), limits(server))


def test_a_name_that_changes_its_address_between_two_looks_gains_nothing(server: Server) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [HOME] if len(asked) == 1 else ["10.0.0.1"]

    server.answers["/"] = answer(b"ADMM")
    page = fetch(server.url("/", "news.example"), limits=limits(server, look_up=rebinding))
    assert page is not None and page.body == b"ADMM"
    assert asked == ["news.example"]
    assert f"Host: news.example:{server.port}\r\n" in server.asked[0]
    server.answers["/"] = leading_to("/again")
    assert "private network" in refusal(
        server.url("/", "news.example"), limits(server, look_up=rebinding)
    )


def test_the_next_address_is_tried_when_one_does_not_answer(server: Server) -> None:
    server.answers["/"] = answer(b"ADMM")
    allowed = frozenset({HOME, "127.0.0.9"})
    both = limits(server, allowed=allowed, look_up=lambda host, port: ["127.0.0.9", HOME])
    page = fetch(server.url("/", "news.example"), limits=both)
    assert page is not None


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "x",
            "example.org",
            "ftp://example.org/",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ),
        *(
            "http://",
            "http:///x",
            "https://a b/",
            "http://x/\r\nX: y",
            "http://x/\0",
            "http://[::1",
        ),
        *("http://x:99999/", "http://a:b@example.org/", "http://@example.org/", "http://x\\@y/"),
        *("https://example.org:8443/", "http://example.org:22/", "https://example.org:0/"),
        *("http://" + "x" * 2000, "http://\u202eexample.org/", "http://" + "ü" * 70 + ".org/"),
    ],
)
def test_an_address_that_is_none_is_refused_before_anybody_is_asked(url: str) -> None:
    def never(host: str, port: int) -> Sequence[str]:
        raise AssertionError("nobody is asked")

    refusal(url, Limits(look_up=never))


def test_a_name_in_another_script_is_asked_for_as_the_network_writes_it(server: Server) -> None:
    asked: list[str] = []

    def remembering(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [HOME]

    server.answers["/b%C3%BCcher"] = answer(b"ADMM")
    fetch(server.url("/bücher", "bücher.example"), limits=limits(server, look_up=remembering))
    assert asked == ["xn--bcher-kva.example"]


def test_nobody_there_is_one_sentence(server: Server) -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    told = refusal("https://news.example/", Limits(look_up=unknown))
    assert told == "there is no “news.example”; check the address"
    closed = socket.create_server((HOME, 0))
    port = closed.getsockname()[1]
    closed.close()
    there = limits(server, ports=frozenset({port}))
    assert "can’t be reached" in refusal(f"http://{HOME}:{port}/", there)


# --- in whose name ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _speaking(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_the_certificate_has_to_be_for_the_name_that_was_asked(authority: trustme.CA) -> None:
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    names: list[str | None] = []
    context = _speaking(authority, "news.example")
    context.sni_callback = lambda connection, name, _: names.append(name)
    with serving(context) as server:
        server.answers["/"] = answer(b"ADMM")
        there = limits(server, look_up=lambda host, port: [HOME], trust=trust)
        page = fetch(server.url("/", "news.example", "https"), limits=there)
        assert page is not None and page.body == b"ADMM"
        assert names == ["news.example"]
        other = refusal(server.url("/", "other.example", "https"), there)
        assert other == "the certificate of “other.example” doesn’t hold; it is not read"
        unknown = replace(there, trust=None)
        assert "certificate" in refusal(server.url("/", "news.example", "https"), unknown)
    assert len(server.asked) == 1
