"""Places in reading order, file by file: what each file is called, and the one word that names each place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from accord.application.readings import Ground, Spot
from accord.application.revision import Revision
from accord.domain.agreement.effect import OPINIONS
from accord.domain.text.clauses import Kind
from accord.render.negotiation.model import NegotiatedFile, Place


def negotiated_files(
    revision: Revision, ground: Ground, places: Mapping[Spot, Place]
) -> Iterator[NegotiatedFile]:
    """The files of the text, each with its places, and after them those that are only proposed."""
    paths = [document.path for document in revision.documents]
    found: dict[str, list[Place]] = {path: [] for path in paths}
    for path in paths:
        if ("gap", "", path) in places:
            found[path].append(places["gap", "", path])
    for one in ground.clauses:
        path = one.clause.path
        found[path].append(places["clause", one.id, path])
        if ("gap", one.id, path) in places:
            found[path].append(places["gap", one.id, path])
    for spot in sorted(spot for spot in places if spot[2] not in paths):
        found.setdefault(spot[2], []).append(places[spot])
    titles = dict(_titles(revision))
    for path, here in found.items():
        title = titles.get(path) or _proposed_title(path, here)
        yield NegotiatedFile(path=path, title=title, new=path not in paths, places=tuple(here))


class Anchors:
    """One word for each place, made of its printed number; never the same twice."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._given: set[str] = set()

    def give(self, spot: Spot) -> str:
        """The word for a place; asked once for each, in reading order."""
        kind, id_, path = spot
        clause = self._ground.by_id.get(id_)
        opinion = path.removeprefix(OPINIONS).removesuffix(".md") if path.startswith(OPINIONS) else ""
        label = _word(clause.label) if clause else ""
        word = (f"{opinion}-{label}" if opinion else label) if label else id_ or f"top-{_word(path)}"
        word = f"after-{word}" if kind == "gap" and id_ else word
        number, found = 1, word
        while found in self._given:
            number += 1
            found = f"{word}-{number}"
        self._given.add(found)
        return found


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _titles(revision: Revision) -> Iterator[tuple[str, str]]:
    for document in revision.report:
        heading = next((c for c in document.clauses if c.kind is Kind.HEADING and c.level == 1), None)
        yield document.path, f"{heading.label} {heading.text}".strip() if heading else "Cover"
    for one in revision.opinions:
        yield one.document.path, f"Draft Opinion: {one.title}"


def _proposed_title(path: str, places: Sequence[Place]) -> str:
    """A file that is only proposed, by the title it would have."""
    clauses = (c for place in places for one in place.alternatives for c in one.reading)
    for clause in clauses:
        if clause.kind is Kind.FRONT and clause.text.startswith("title:"):
            title = clause.text.partition(":")[2].strip().strip("\"'")
            return f"Proposed draft Opinion: {title}"
    return f"Proposed: {path}"
