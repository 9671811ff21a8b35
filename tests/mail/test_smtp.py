"""The mailers, held against a real peer."""

import mailbox
import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from calendar_svc.domain.delivery import Delayed, Outcome, Sent, Undeliverable
from calendar_svc.domain.subscriber import Subscriber
from calendar_svc.mail import messages, smtp
from calendar_svc.mail.messages import Post, Wanted
from calendar_svc.mail.smtp import MaildirMailer, SmtpMailer
from tests.mail.peer import PASSWORD, Peer, certificate, listening
from tests.make import KL, NOW, SITE

SENDER = "calendar@example.org"
BO = "bo@example.org"

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 1)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening() as peer:
        yield peer


@pytest.fixture
def mailer(peer: Peer) -> Iterator[SmtpMailer]:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{peer.port}")
    yield mailer
    mailer.close()


def mail(to: str = BO, key: str = "confirm:1:0") -> EmailMessage:
    """A mail as the service composes it."""
    post = Post(SENDER, Subscriber(1, to, 1, None), "en", KL, key, NOW, NOW, SITE.links)
    return messages.confirmation(post, [Wanted("Official meetings", [timedelta(days=7)])])


def send(mailer: SmtpMailer | MaildirMailer, to: str = BO, key: str = "confirm:1:0") -> Outcome:
    return mailer.send(mail(to, key), SENDER, to)


def test_a_mail_is_sent_as_it_was_composed(peer: Peer, mailer: SmtpMailer) -> None:
    composed = mail()
    assert mailer.send(composed, SENDER, BO) == Sent()
    (envelope,), (message,) = peer.taken, peer.messages
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [BO])
    assert message["Message-ID"] == composed["Message-ID"]
    assert message["Subject"] == composed["Subject"]
    told = message.get_body(("plain",))
    wanted = composed.get_body(("plain",))
    assert told is not None and wanted is not None
    assert told.get_content().replace("\r\n", "\n") == wanted.get_content()


def test_every_line_on_the_wire_is_short_and_ends_in_crlf(peer: Peer, mailer: SmtpMailer) -> None:
    send(mailer)
    content = peer.taken[0].content
    assert isinstance(content, bytes)
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_later_from_the_relay_is_a_delay(peer: Peer, mailer: SmtpMailer, verb: str) -> None:
    peer.will_answer(verb, "450 4.2.1 the mailbox is busy")
    assert send(mailer) == Delayed("450 4.2.1 the mailbox is busy")
    assert peer.taken == []


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_never_from_the_relay_is_final(peer: Peer, mailer: SmtpMailer, verb: str) -> None:
    peer.will_answer(verb, "550 5.1.1 no such mailbox")
    assert send(mailer) == Undeliverable("550 5.1.1 no such mailbox")
    assert peer.taken == []


@pytest.mark.parametrize("answer", ["450 4.2.1 busy", "550 5.1.1 no such mailbox"])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_after_a_refusal_the_next_mail_goes_over_the_same_connection(
    peer: Peer, mailer: SmtpMailer, verb: str, answer: str
) -> None:
    peer.will_answer(verb, answer)
    send(mailer)
    assert send(mailer, "cy@example.org") == Sent()
    assert peer.taken[0].rcpt_tos == ["cy@example.org"]
    assert peer.connections == 1


@pytest.mark.parametrize(
    "answer", ["530 5.7.0 authentication required", "553 5.7.1 sender address rejected: not owned"]
)
def test_a_relay_that_refuses_us_as_a_sender_only_delays(
    peer: Peer, mailer: SmtpMailer, answer: str
) -> None:
    peer.will_answer("MAIL", answer)
    assert send(mailer) == Delayed(answer, relay_away=True)


def test_a_long_refusal_is_cut_short(peer: Peer, mailer: SmtpMailer) -> None:
    peer.will_answer("RCPT", "550 " + "no " * 150)
    outcome = send(mailer)
    assert isinstance(outcome, Undeliverable)
    assert len(outcome.why) <= 300


def test_a_relay_that_closes_with_421_is_a_delay_and_is_called_again(
    peer: Peer, mailer: SmtpMailer
) -> None:
    peer.will_answer("RCPT", "421 4.3.2 shutting down")
    assert isinstance(send(mailer), Delayed)
    assert send(mailer) == Sent()
    assert peer.connections == 2


def test_a_connection_that_is_refused_is_a_delay() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        outcome = send(SmtpMailer(f"smtp://127.0.0.1:{taken.getsockname()[1]}"))
    assert isinstance(outcome, Delayed)
    assert "ConnectionRefusedError" in outcome.why


def test_a_host_that_has_no_address_is_a_delay() -> None:
    assert isinstance(send(SmtpMailer("smtp://relay.invalid:25")), Delayed)


def test_a_relay_that_says_nothing_is_a_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcome = send(SmtpMailer(f"smtp://127.0.0.1:{silent.getsockname()[1]}"))
    assert isinstance(outcome, Delayed)


def test_a_relay_that_greets_and_then_says_nothing_is_a_delay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            for _ in range(2):  # the mailer calls a second time
                connection, _ = listener.accept()
                connection.sendall(b"220 relay.example.org\r\n")
                held.append(connection)

        thread = Thread(target=greet, daemon=True)
        thread.start()
        outcome = send(SmtpMailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}"))
        with socket.create_connection(listener.getsockname()):
            thread.join(2)
    for connection in held:
        connection.close()
    assert isinstance(outcome, Delayed)


def test_a_peer_that_speaks_no_smtp_is_a_delay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = Thread(target=answer, daemon=True)
        thread.start()
        outcome = send(SmtpMailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}"))
        thread.join(2)
    assert isinstance(outcome, Delayed)


def test_a_peer_that_turns_us_away_at_the_door_is_a_delay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"554 5.7.1 go away\r\n")

        thread = Thread(target=answer, daemon=True)
        thread.start()
        outcome = send(SmtpMailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}"))
        thread.join(2)
    assert outcome == Delayed("the relay refused us: 554", relay_away=True)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_kept_conversation_that_breaks_off_is_taken_up_once_more(
    peer: Peer, mailer: SmtpMailer, verb: str
) -> None:
    assert send(mailer) == Sent()
    peer.will_answer(verb, "drop")
    assert send(mailer, key="confirm:1:1") == Sent()
    assert len(peer.taken) == 2
    assert peer.connections == 2


def test_a_new_conversation_that_breaks_off_says_that_the_relay_is_away(
    peer: Peer, mailer: SmtpMailer
) -> None:
    peer.will_answer("DATA", "drop")
    outcome = send(mailer)
    assert isinstance(outcome, Delayed)
    assert outcome.relay_away
    assert peer.connections == 1
    assert send(mailer) == Sent()


def test_one_connection_carries_many_mails(peer: Peer, mailer: SmtpMailer) -> None:
    keys = [f"confirm:{number}:0" for number in range(10)]
    assert [send(mailer, key=key) for key in keys] == [Sent()] * 10
    assert peer.connections == 1
    assert len({message["Message-ID"] for message in peer.messages}) == 10


def test_a_connection_that_the_relay_closed_is_opened_again(peer: Peer, mailer: SmtpMailer) -> None:
    assert send(mailer) == Sent()
    peer.hang_up()
    assert send(mailer, key="confirm:1:1") == Sent()
    assert peer.connections == 2
    assert len(peer.taken) == 2


def test_a_mailer_that_was_closed_connects_anew(peer: Peer, mailer: SmtpMailer) -> None:
    send(mailer)
    mailer.close()
    mailer.close()
    assert send(mailer) == Sent()
    assert peer.connections == 2


def test_an_address_with_letters_beyond_ascii_goes_out_as_it_is(
    peer: Peer, mailer: SmtpMailer
) -> None:
    assert send(mailer, "büro@example.org") == Sent()
    (envelope,) = peer.taken
    assert "SMTPUTF8" in envelope.mail_options
    assert envelope.rcpt_tos == ["büro@example.org"]
    assert isinstance(envelope.content, bytes)
    # RFC 2047, section 5: an encoded word must not stand within an address
    assert "\r\nTo: büro@example.org\r\n".encode() in envelope.content


def test_an_address_beyond_ascii_is_undeliverable_where_the_relay_takes_none() -> None:
    with listening(smtputf8=False) as peer:
        mailer = SmtpMailer(f"smtp://127.0.0.1:{peer.port}")
        assert isinstance(send(mailer, "büro@example.org"), Undeliverable)
        assert send(mailer) == Sent()
        assert (peer.connections, len(peer.taken)) == (1, 1)
        mailer.close()


def test_starttls_is_required_where_it_was_asked_for(peer: Peer) -> None:
    user, password = "ada", quote(PASSWORD, safe="")
    url = f"smtp+starttls://{user}:{password}@127.0.0.1:{peer.port}"
    assert isinstance(send(SmtpMailer(url)), Delayed)
    assert peer.verbs == []  # not even whom it is from
    assert peer.taken == []


@needs_openssl
def test_mail_goes_over_starttls_to_a_relay_whose_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with listening(tls=context) as peer:
        mailer = SmtpMailer(f"smtp+starttls://127.0.0.1:{peer.port}")
        assert send(mailer) == Sent()
        mailer.close()
        assert len(peer.taken) == 1


@needs_openssl
def test_a_certificate_that_nobody_vouches_for_is_a_delay(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with listening(tls=context) as peer:
        outcome = send(SmtpMailer(f"smtp+starttls://127.0.0.1:{peer.port}"))
        assert isinstance(outcome, Delayed)
        assert "certificate" in outcome.why.lower()
        assert peer.verbs == []


@needs_openssl
def test_smtps_speaks_tls_from_the_first_octet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, context = certificate(tmp_path)
    with listening(wrapped=context) as peer:
        assert isinstance(send(SmtpMailer(f"smtps://127.0.0.1:{peer.port}")), Delayed)
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
        mailer = SmtpMailer(f"smtps://127.0.0.1:{peer.port}")
        assert send(mailer) == Sent()
        mailer.close()
        assert len(peer.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_user_and_password_come_from_the_url() -> None:
    with listening(login=True) as peer:
        mailer = SmtpMailer(f"smtp://ada:{quote(PASSWORD, safe='')}@127.0.0.1:{peer.port}")
        assert send(mailer) == Sent()
        mailer.close()
        assert len(peer.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_delays_and_is_not_repeated_in_the_reason() -> None:
    with listening(login=True) as peer:
        outcome = send(SmtpMailer(f"smtp://ada:wrong-horse@127.0.0.1:{peer.port}"))
        assert outcome == Delayed("the relay refused us: 535", relay_away=True)
        assert peer.taken == []


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://relay.example.org", 25),
        ("smtps://relay.example.org", 465),
        ("smtp+starttls://relay.example.org", 587),
        ("smtp+starttls://relay.example.org:2525", 2525),
    ],
)
def test_each_scheme_has_its_port(url: str, port: int) -> None:
    assert SmtpMailer(url).port == port


def test_a_maildir_holds_each_mail_whole(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "outbox"
    mailer = MaildirMailer(folder)
    assert [send(mailer, key=f"confirm:{number}:0") for number in range(3)] == [Sent()] * 3
    mailer.close()
    found = [message_from_bytes(file.read_bytes(), policy=default) for file in _new(folder)]
    wanted = [mail(key=f"confirm:{number}:0") for number in range(3)]
    assert sorted(m["Message-ID"] for m in found) == sorted(m["Message-ID"] for m in wanted)
    assert all(message["To"] == BO and not message.defects for message in found)
    # nothing half written is left behind
    assert list((folder / "tmp").iterdir()) == []
    assert len(mailbox.Maildir(folder)) == 3


def test_a_maildir_that_cannot_be_written_is_a_delay(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file stands where the folder should be")
    outcome = send(MaildirMailer(tmp_path / "outbox"))
    assert isinstance(outcome, Delayed)
    assert "outbox" in outcome.why


def test_two_processes_write_into_one_maildir(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    send(MaildirMailer(folder))

    def write(number: int) -> None:
        mailer = MaildirMailer(folder)
        for place in range(20):
            assert send(mailer, key=f"confirm:{number}:{place}") == Sent()

    threads = [Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_new(folder)) == 41


def _new(folder: Path) -> list[Path]:
    return sorted((folder / "new").iterdir())
