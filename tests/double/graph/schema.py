"""GitHub's published GraphQL schema. Read once a process."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema, build_schema

SDL = Path(__file__).parents[1] / "node_modules/@octokit/graphql-schema/schema.graphql"
_LOCK = threading.Lock()


def schema() -> GraphQLSchema:
    """The schema that all tests of this process share."""
    with _LOCK:
        return _schema()


@cache
def _schema() -> GraphQLSchema:
    if not SDL.is_file():
        raise FileNotFoundError("GitHub's published descriptions are not there. Run: make setup")
    return build_schema(SDL.read_text(), assume_valid=True, assume_valid_sdl=True)
