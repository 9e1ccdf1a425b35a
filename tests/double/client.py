"""Plain requests to the double, for tests that need no client library."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.double.server import Double


@dataclass(frozen=True, slots=True)
class Came:
    """What came back: the status, the body (read as JSON), and the headers by their lower-case names."""

    status: int
    body: Any
    headers: dict[str, str]


def rest(
    where: Double | str, method: str, path: str, token: str | None, body: Any = None, **headers: str
) -> Came:
    """One request, by a path below ``where`` or a whole address; bytes are sent as they are."""
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    sent = {"User-Agent": "accord-tests", "X-GitHub-Api-Version": "2022-11-28"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    base = where if isinstance(where, str) else where.url
    if token:
        sent["Authorization"] = f"Bearer {token}"
    address = path if path.startswith("http") else base + path
    request = urllib.request.Request(address, data, sent, method=method)  # noqa: S310
    try:
        with _OPENER.open(request) as found:
            return _came(found)
    except urllib.error.HTTPError as error:
        with error:
            return _came(error)


def graphql(where: Double | str, token: str, query: str, **variables: Any) -> Any:
    """One query; the body that came, with `data` or `errors`."""
    return rest(where, "POST", "/graphql", token, {"query": query, "variables": variables}).body


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like others."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(_Stay)


def _came(found: Any) -> Came:
    raw = found.read()
    headers = {name.lower(): value for name, value in found.headers.items()}
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        body = raw
    return Came(found.status, body, headers)
