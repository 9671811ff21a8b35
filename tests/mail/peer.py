"""A real SMTP peer: it keeps what it is given, and refuses, hangs up or encrypts as told."""

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "open sesame: it's @home"


class Peer:
    """Answers 250 unless told otherwise; what it took is in `taken`."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        smtputf8: bool = True,
        login: bool = False,
    ) -> None:
        self.taken: list[Envelope] = []
        self.connections = 0
        """How often somebody connected."""
        self.verbs: list[str] = []
        """The commands that were heard, in order."""
        self.port = 0
        self._answers: dict[str, list[str]] = {}
        self._open: list[asyncio.BaseTransport] = []
        self._loop = asyncio.new_event_loop()
        self._settings: dict[str, Any] = {
            "enable_SMTPUTF8": smtputf8,
            "tls_context": tls,
            "auth_require_tls": False,
            "authenticator": _knows_the_password if login else None,
            "auth_required": login,
            "hostname": "peer.example.org",
            "loop": self._loop,
        }

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails it took, parsed."""
        found = []
        for envelope in self.taken:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    def will_answer(self, verb: str, *answers: str) -> None:
        """Give these answers to the next commands of that name; "drop" hangs up instead."""
        self._answers[verb] = list(answers)

    def hang_up(self) -> None:
        """Close every connection, as a relay does that restarts."""
        asyncio.run_coroutine_threadsafe(self._close_all(), self._loop).result(5)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server)

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        answer = await self._answer("RCPT", server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await self._answer("DATA", server)
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer

    async def _answer(self, verb: str, server: SMTP) -> str:
        self.verbs.append(verb)
        answers = self._answers.get(verb)
        answer = answers.pop(0) if answers else "250 OK"
        if answer == "drop":
            assert server.transport is not None
            server.transport.close()
            await asyncio.sleep(60)
        return answer

    async def _close_all(self) -> None:
        for transport in self._open:
            transport.close()
        self._open.clear()
        # the peer's own end has to notice, too
        await asyncio.sleep(0.05)

    def _session(self) -> SMTP:
        peer = self

        class Counted(SMTP):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                if self.transport is None:
                    peer.connections += 1
                    peer._open.append(transport)
                super().connection_made(transport)

        return Counted(self, **self._settings)

    def _serve(self, ready: threading.Event, wrapped: ssl.SSLContext | None) -> None:
        async def begin() -> asyncio.Server:
            server = await self._loop.create_server(self._session, "127.0.0.1", 0, ssl=wrapped)
            self.port = server.sockets[0].getsockname()[1]
            return server

        server = self._loop.run_until_complete(begin())
        self._loop.call_soon(ready.set)
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()


@contextmanager
def listening(
    *,
    tls: ssl.SSLContext | None = None,
    wrapped: ssl.SSLContext | None = None,
    smtputf8: bool = True,
    login: bool = False,
) -> Iterator[Peer]:
    """A peer on a port of its own. `tls`: it offers STARTTLS; `wrapped`: TLS from the start."""
    peer = Peer(tls=tls, smtputf8=smtputf8, login=login)
    ready = threading.Event()
    thread = threading.Thread(target=peer._serve, args=(ready, wrapped), daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield peer
    finally:
        peer._loop.call_soon_threadsafe(peer._loop.stop)
        thread.join(5)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that signs itself, and a context that shows it."""
    shown, key = folder / "certificate.pem", folder / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    subprocess.run(
        [
            *command.split(),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(shown)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, key)
    return shown, context


def _knows_the_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=known, handled=known)
