"""A real HTTP server on this machine: it answers, drips, hangs up or leads on as told."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Server:
    """Answers by path; what it was asked is in `asked`."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; `content_type` becomes Content-Type."""
    lines = {"Content-Type": "text/plain", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def packed(body: bytes, **headers: str) -> bytes:
    """The same as gzip."""
    return answer(gzip.compress(body), content_encoding="gzip", **headers)


def leading_to(location: str, status: str = "302 Found") -> bytes:
    return answer(status=status, location=location)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server, stopping = Server(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        listening.settimeout(0.05)
        threads: list[threading.Thread] = []

        def accept() -> None:
            while not stopping.is_set():
                with suppress(TimeoutError):
                    connection, _ = listening.accept()
                    one = threading.Thread(target=_serve, args=(server, connection, tls))
                    threads.append(one)
                    one.start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            stopping.set()
            for one in (accepting, *threads):
                one.join(10)


def _serve(server: Server, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    connection.settimeout(10)
    with suppress(OSError), connection:
        if tls is not None:
            connection = tls.wrap_socket(connection, server_side=True)
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(65536)
            if not part:
                return
            request += part
        server.asked.append(request.decode())
        said = server.answers.get(request.split()[1].decode(), answer(status="404 Not Found"))
        if callable(said):
            said(connection)
        else:
            connection.sendall(said)
        connection.close()
