"""The server of the double: one port for REST, GraphQL, uploads and Git."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tests.double import git_http
from tests.double.answering import answer
from tests.double.clock import Clock
from tests.double.faults import Answer
from tests.double.incoming import Incoming
from tests.double.world import World


class Double(ThreadingHTTPServer):
    """A running double: ``world`` is its state, ``url`` where it listens."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.world = World(root, clock)
        self.world.base = self.url
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """The address of REST; GraphQL is at `/graphql`, Git at `/OWNER/NAME.git`."""
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> Double:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no more."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Double

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        incoming = Incoming(
            method=self.command,
            path=parts.path,
            query_string=parts.query,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            raw=self._body(),
        )
        world = self.server.world
        if git_http.is_git(incoming.path):
            self._send(git_http.answer(world, incoming))
            return
        answered = answer(world, incoming)
        if answered is None:
            self.close_connection = True
            return
        self._send(answered)

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _send(self, answered: Answer) -> None:
        body = b"" if answered.body is None else answered.encoded()
        self.send_response_only(answered.status)
        headers = {"Content-Type": "application/json; charset=utf-8", **answered.headers}
        if answered.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and answered.status not in (204, 304):
            self.wfile.write(body)
        self.wfile.flush()

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815
