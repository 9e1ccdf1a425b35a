"""Redline ↔ plain data, for JSON: ``{"version": 1, "files": [...]}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accord.domain.text.clauses import Clause, Kind, digest
from accord.domain.text.inline import joined
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side, Structure
from accord.domain.text.words import Span, SpanOp, spans

VERSION = 1


def to_dict(redline: Redline) -> dict[str, Any]:
    """Everything a reader needs, without reading Markdown again."""
    return {
        "version": VERSION,
        "files": [
            {
                "old_path": file.old_path,
                "new_path": file.new_path,
                "rows": [_row(row) for row in file.rows],
            }
            for file in redline.files
        ],
    }


def from_dict(data: Mapping[str, Any]) -> Redline:
    """The redline that :func:`to_dict` wrote. The word spans are worked out again from the two texts.

    Raises ``ValueError`` for another version.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"a redline of version {data.get('version')!r}; this reads version {VERSION}")
    return Redline(
        files=tuple(
            FileRedline(
                old_path=file["old_path"],
                new_path=file["new_path"],
                rows=tuple(_read_row(row) for row in file["rows"]),
            )
            for file in data["files"]
        )
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "op": row.op.value,
        "side": row.side.value,
        "moved": row.moved,
        "number": row.number,
        "old": _clause(row.old),
        "new": _clause(row.new),
        "spans": [_span(span) for span in row.spans],
        "structure": [{"what": s.what, "old": s.old, "new": s.new} for s in row.structure],
    }


def _clause(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {
        "path": clause.path,
        "kind": clause.kind.value,
        "level": clause.level,
        "container": list(clause.container),
        "apart": clause.apart,
        "detail": clause.detail,
        "label": clause.label,
        "lines": list(clause.lines),
        "digest": digest(clause),
        "text": clause.text,
    }


def _span(span: Span) -> dict[str, Any]:
    match span.op:
        case SpanOp.FORMAT:
            return {"op": "format", "old": joined(span.before), "new": span.text}
        case SpanOp.WITHIN:
            inside = [_span(inner) for inner in span.inside]
            return {"op": "within", "head": span.atoms[0].head, "tail": span.atoms[0].tail, "spans": inside}
        case _:
            return {"op": span.op.value, "text": span.text}


def _read_row(row: Mapping[str, Any]) -> Row:
    old, new = _read_clause(row["old"]), _read_clause(row["new"])
    return Row(
        op=Op(row["op"]),
        side=Side(row["side"]),
        moved=bool(row["moved"]),
        number=row["number"],
        old=old,
        new=new,
        spans=spans(new.kind, old.text, new.text) if row["spans"] and old and new else (),
        structure=tuple(Structure(what=s["what"], old=s["old"], new=s["new"]) for s in row["structure"]),
    )


def _read_clause(data: Mapping[str, Any] | None) -> Clause | None:
    if data is None:
        return None
    lines: Sequence[int] = data["lines"]
    return Clause(
        path=data["path"],
        kind=Kind(data["kind"]),
        level=data["level"],
        container=tuple(data["container"]),
        apart=data["apart"],
        detail=data["detail"],
        label=data["label"],
        lines=(lines[0], lines[1]),
        text=data["text"],
    )
