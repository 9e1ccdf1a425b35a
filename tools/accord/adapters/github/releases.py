"""The releases of a repository on GitHub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from accord.adapters.github.limits import Missing, NotAccepted, Unanswered
from accord.application.forge.publishing import Burned, Meanwhile
from accord.domain.forge.releasing import Asset, Release

_BURNED = "used by an immutable release"
_IMMUTABLE = "immutable release"
_TYPES: Mapping[str, str] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PLAIN = "text/plain; charset=utf-8"  # what has no ending: SHA256SUMS


class Asking(Protocol):
    """What is asked of GitHub; a path is of the repository unless it begins with a slash."""

    def get(self, path: str, **query: str | int | bool) -> Any: ...
    def get_list(self, path: str, **query: str | int | bool) -> list[Any]: ...
    def post(self, path: str, body: Any = None) -> Any: ...
    def patch(self, path: str, body: Any = None) -> Any: ...
    def delete(self, path: str, body: Any = None) -> Any: ...
    def upload(self, url: str, name: str, data: bytes, content_type: str) -> Any: ...


class GitHubReleases:
    """Implements the port `Releases`."""

    def __init__(self, client: Asking) -> None:
        self._client = client

    def releases(self, tag: str) -> list[Release]:
        """Those of a tag. Drafts are found in the list of all only, never by their tag."""
        return [_release(one) for one in self._client.get_list("releases") if one.get("tag_name") == tag]

    def release(self, number: int) -> Release | None:
        """One of them, None if it is gone."""
        try:
            return _release(self._client.get(f"releases/{number}"))
        except Missing:
            return None

    def tag(self, name: str) -> str | None:
        """The object that a tag points at: for a draft the tag object itself."""
        try:
            found = self._client.get(f"git/ref/tags/{name}")
        except Missing:
            return None
        return str(found["object"]["sha"])

    def guarding(self) -> bool | None:
        """Whether what is published becomes immutable; None where this token may not know.

        The token of a workflow never may: it takes the right to read the administration.
        """
        try:
            return bool(self._client.get("immutable-releases").get("enabled"))
        except Missing:
            # 404 is GitHub's way to say "no", and to a token that may not ask as well.
            return False if self._sees_settings() else None
        except Unanswered as refused:
            if refused.status == 403:
                return None
            raise

    def create(self, tag: str, title: str, notes: str) -> Release:
        """A draft of a release. The tag is there already; GitHub never has to make it."""
        body = {"tag_name": tag, "name": title, "body": notes, "draft": True}
        try:
            return _release(self._client.post("releases", body))
        except NotAccepted as problem:
            raise _meaning(problem, tag) from problem

    def describe(self, release: Release, title: str, notes: str) -> None:
        """Its title and notes, which may change even where nothing else may."""
        self._change(release, {"name": title, "body": notes})

    def publish(self, release: Release, *, newest: bool) -> None:
        """Show it to everybody; ``newest``: as the one that stands first."""
        self._change(release, {"draft": False, "make_latest": "true" if newest else "false"})

    def upload(self, release: Release, name: str, data: bytes) -> None:
        """Upload a file to it."""
        kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream") if "." in name else _PLAIN
        try:
            self._client.upload(release.upload_url, name, data, kind)
        except Missing as gone:
            raise Meanwhile("it is gone") from gone
        except NotAccepted as problem:
            raise _meaning(problem, release.tag) from problem

    def remove_file(self, asset: int) -> None:
        """Remove a file of a release that is not published."""
        try:
            self._client.delete(f"releases/assets/{asset}")
        except Missing:
            return
        except NotAccepted as problem:
            raise _meaning(problem, "") from problem

    def remove(self, release: int) -> None:
        """Remove a release. It is looked at once more: what is published by now is never removed."""
        now = self.release(release)
        if now is None:
            return
        if not now.draft:
            raise Meanwhile("it was published")
        try:
            self._client.delete(f"releases/{release}")
        except Missing:
            return

    def _change(self, release: Release, body: Mapping[str, Any]) -> None:
        try:
            # Without its tag in the request, a draft may lose it.
            self._client.patch(f"releases/{release.id}", {"tag_name": release.tag, **body})
        except Missing as gone:
            raise Meanwhile("it is gone") from gone
        except NotAccepted as problem:
            raise _meaning(problem, release.tag) from problem

    def _sees_settings(self) -> bool:
        try:
            self._client.get("actions/permissions")
        except Unanswered as refused:
            if refused.status in {403, 404}:
                return False
            raise
        return True


def _meaning(problem: NotAccepted, tag: str) -> Exception:
    """What it means that GitHub does not accept a step."""
    words = " ".join([problem.said, *problem.codes]).lower()
    if _BURNED in words:
        return Burned(tag)
    if "already_exists" in words:
        return Meanwhile("it is there already")
    if _IMMUTABLE in words:
        return Meanwhile("it was published")
    return problem


def _release(value: Any) -> Release:
    return Release(
        id=int(value["id"]),
        tag=str(value["tag_name"]),
        draft=bool(value["draft"]),
        title=str(value.get("name") or ""),
        notes=str(value.get("body") or ""),
        url=str(value.get("html_url") or ""),
        upload_url=str(value.get("upload_url") or ""),
        guarded=bool(value.get("immutable")),
        assets=tuple(_asset(one) for one in value.get("assets") or ()),
    )


def _asset(value: Any) -> Asset:
    kind, _, digest = str(value.get("digest") or "").partition(":")
    return Asset(
        id=int(value["id"]),
        name=str(value["name"]),
        size=int(value["size"]),
        digest=digest if kind == "sha256" else "",
        ready=value.get("state") == "uploaded",
    )
