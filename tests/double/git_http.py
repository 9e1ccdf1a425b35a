"""Real Git under the same address: clone and fetch for who may read, push for tokens that may write."""

from __future__ import annotations

import base64
import gzip
import os
import re
import subprocess
from collections.abc import Iterator

from tests.double.core import Call
from tests.double.faults import Answer
from tests.double.incoming import Incoming
from tests.double.permissions import holds
from tests.double.state import Repository, Token
from tests.double.world import World

_PATH = re.compile(
    r"/(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/(?P<rest>info/refs|git-upload-pack|git-receive-pack)"
)
_COMMAND = re.compile(rb"([0-9a-f]{40}) ([0-9a-f]{40}) ([^\0\n]+)")


def is_git(path: str) -> bool:
    """Whether a path is one of Git's."""
    return _PATH.fullmatch(path) is not None


def answer(world: World, incoming: Incoming) -> Answer:
    """What `git http-backend` answers, after asking who may."""
    found = _PATH.fullmatch(incoming.path)
    if found is None:
        raise ValueError(incoming.path)
    full, rest = f"{found['owner']}/{found['name']}", found["rest"]
    pushes = "git-receive-pack" in (rest, incoming.query.get("service"))
    operation = "git push" if pushes else "git fetch"
    with world.lock:
        home = world.find_repository(full) or world.find_moved(full)
        token = _who(world, incoming)
        refusal = _refusal(home, token, incoming, pushes)
        before = world.bare(home).refs() if home and rest == "git-receive-pack" else {}
    if home is None or refusal is not None:
        answered = refusal or Answer(status=404, body=b"Repository not found.\n")
    elif rest == "git-receive-pack" and token is not None:
        with world.lock:
            answered = _backend(
                home, incoming, rest, world.base, _refused(world, home, token, _plain(incoming))
            )
            world.refs_changed(home, before, token.account)
    else:
        answered = _backend(home, incoming, rest, world.base)
    login = token.account.login if token else None
    path = f"{incoming.path}?{incoming.query_string}".rstrip("?")
    call = Call(method=incoming.method, path=path, operation=operation, login=login, status=answered.status)
    world.log.append(call)
    return answered


def _who(world: World, incoming: Incoming) -> Token | None:
    """The token that came as password, or in a header as checkouts of workflows have it."""
    kind, _, said = incoming.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            said = base64.b64decode(said).decode().rpartition(":")[2]
        except ValueError:
            return None
    token = world.tokens.get(said)
    return token if token and not token.revoked else None


def _refusal(home: Repository | None, token: Token | None, incoming: Incoming, pushes: bool) -> Answer | None:
    if token is None and "authorization" in incoming.headers:
        return _ask("Invalid username or token.")
    if home is None or (home.private and not (token and holds(token, home, "contents", "read"))):
        return (
            Answer(status=404, body=b"Repository not found.\n") if token else _ask("Authentication required.")
        )
    if not pushes:
        return None
    if token is None:
        return _ask("Authentication required.")
    if not holds(token, home, "contents", "write"):
        said = f"Permission to {home.full_name}.git denied to {token.account.login}.\n"
        return Answer(status=403, body=said.encode(), headers={"Content-Type": "text/plain"})
    return None


def _plain(incoming: Incoming) -> bytes:
    if incoming.headers.get("content-encoding") == "gzip":
        return gzip.decompress(incoming.raw)
    return incoming.raw


def _ask(said: str) -> Answer:
    headers = {"WWW-Authenticate": 'Basic realm="GitHub"', "Content-Type": "text/plain"}
    return Answer(status=401, body=said.encode(), headers=headers)


def _refused(world: World, home: Repository, token: Token, raw: bytes) -> str:
    """Lines for the hook: each ref of the push that rules forbid something on, with what."""
    lines = []
    for ref in pushed(raw):
        lines += [f"{ref} {what}" for what in world.refused(home, token, ref)]
    return "\n".join(lines)


def pushed(raw: bytes) -> Iterator[str]:
    """The refs that a push is about: lines with their length before them, up to the first empty one."""
    at = 0
    while (size := int(raw[at : at + 4] or b"0", 16)) > 4:
        if command := _COMMAND.match(raw, at + 4, at + size):
            yield command[3].decode("utf-8", "replace")
        at += size


def _backend(home: Repository, incoming: Incoming, rest: str, base: str, refused: str = "") -> Answer:
    raw = _plain(incoming)
    env = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PROJECT_ROOT": str(home.path.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{home.path.name}/{rest}",
        "QUERY_STRING": incoming.query_string,
        "REQUEST_METHOD": incoming.method,
        "CONTENT_TYPE": incoming.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(raw)),
        "REMOTE_USER": "somebody",
        "REMOTE_ADDR": "127.0.0.1",
        "GIT_PROTOCOL": incoming.headers.get("git-protocol", ""),
        "DOUBLE_REFUSED": refused,
    }
    done = subprocess.run(["git", "http-backend"], input=raw, env=env, capture_output=True, check=False)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    status, headers = 200, {}
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(": ")
        if name == "Status":
            status = int(value[:3])
        elif name:
            headers[name] = value
    return Answer(status=status, body=body, headers=headers)
