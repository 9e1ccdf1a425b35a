"""What is asked of GitHub by GraphQL, as texts.

Never more than two levels of pages in one query: a third multiplies what GitHub has to look up, until it refuses. What
does not fit on an inner page, and what lies deeper, is asked for afterwards by its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OUTER = 25
"""Pull requests, and issues, at once."""
INNER = 50
"""What lies under each of them, at once: comments, reviews and so on."""
FOLLOWED = 100
"""Things asked for by their ids at once."""
TOPIC_CONNECTIONS = ("labels", "comments")
PULL_CONNECTIONS = (*TOPIC_CONNECTIONS, "reviews", "reviewThreads", "timelineItems", "commits")

_RATE = "rateLimit { cost remaining resetAt }"
_PAGES = "pageInfo { hasNextPage endCursor }"
_ALL = f"totalCount {_PAGES}"

_WHO = """
fragment Who on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Organization { databaseId }
  ... on Mannequin { databaseId }
}
"""
_WORDS = """
fragment Words on Comment {
  id
  author { ...Who }
  body
  createdAt
  lastEditedAt
  editor { ...Who }
  includesCreatedEdit
}
"""

# --- what is in a list; each without its pages, because the same is asked for when it goes on ---------------

_FIELDS = {
    "labels": "name",
    "comments": "fullDatabaseId ...Words",
    "reviews": "fullDatabaseId state submittedAt commit { oid } ...Words",
    "reviewThreads": "id path line isResolved",
    "timelineItems": """
      __typename
      ... on HeadRefForcePushedEvent { createdAt beforeCommit { oid } afterCommit { oid } }
      ... on BaseRefChangedEvent { createdAt }
      ... on ReviewDismissedEvent { createdAt previousReviewState review { fullDatabaseId } }""",
    "commits": "commit { oid }",
    "userContentEdits": "editedAt deletedAt diff editor { ...Who }",
    "checkSuites": "createdAt",
}
_HAPPENED = "HEAD_REF_FORCE_PUSHED_EVENT, REVIEW_DISMISSED_EVENT, BASE_REF_CHANGED_EVENT"
_ARGUMENTS = {"timelineItems": f", itemTypes: [{_HAPPENED}]"}


def _list(connection: str, after: str = "", alias: str = "") -> str:
    arguments = f"first: $inner{f', after: {after}' if after else ''}{_ARGUMENTS.get(connection, '')}"
    name = f"{alias}: {connection}" if alias else connection
    return f"{name}({arguments}) {{ {_ALL} nodes {{ {_FIELDS[connection]} }} }}"


_TOPIC = f"""
    fullDatabaseId
    number
    title
    state
    updatedAt
    ...Words
    {_list("labels")}
    {_list("comments")}"""
_PULL = f"""
fragment Pull on PullRequest {{{_TOPIC}
    headRefOid
    baseRefName
    {_list("reviews")}
    {_list("reviewThreads")}
    {_list("timelineItems")}
    {_list("commits")}
}}
"""
_FORM = f"""
fragment Form on Issue {{{_TOPIC}
}}
"""
_SEEN = f"""
fragment Seen on Commit {{
  oid
  {_list("checkSuites")}
  status {{ contexts {{ context state description }} }}
}}
"""
_NEWEST_FIRST = "orderBy: { field: UPDATED_AT, direction: DESC }"

# --- the queries ------------------------------------------------------------------------------------------

SNAPSHOT = f"""
query Snapshot(
  $owner: String!, $name: String!, $first: Int!, $inner: Int!, $since: DateTime,
  $pulls: Boolean!, $afterPull: String, $forms: Boolean!, $afterForm: String
) {{
  {_RATE}
  repository(owner: $owner, name: $name) {{
    pullRequests(first: $first, after: $afterPull, {_NEWEST_FIRST}) @include(if: $pulls) {{
      {_PAGES}
      nodes {{ ...Pull }}
    }}
    issues(first: $first, after: $afterForm, {_NEWEST_FIRST}, filterBy: {{ since: $since }}) @include(if: $forms) {{
      {_PAGES}
      nodes {{ ...Form }}
    }}
  }}
}}
{_PULL}{_FORM}{_WORDS}{_WHO}"""

ONE_PULL = f"""
query OnePull($owner: String!, $name: String!, $number: Int!, $inner: Int!) {{
  {_RATE}
  repository(owner: $owner, name: $name) {{ pullRequest(number: $number) {{ ...Pull }} }}
}}
{_PULL}{_WORDS}{_WHO}"""

ONE_FORM = f"""
query OneForm($owner: String!, $name: String!, $number: Int!, $inner: Int!) {{
  {_RATE}
  repository(owner: $owner, name: $name) {{ issue(number: $number) {{ ...Form }} }}
}}
{_FORM}{_WORDS}{_WHO}"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A list that goes on: of which thing (its id; of a commit its oid), of what type, which list, from where on."""

    id: str
    type: str
    connection: str
    after: str


Variables = dict[str, object]


def more(unread: Sequence[Unread], owner: str, name: str) -> tuple[str, Variables]:
    """The query for the next page of each of some lists, as `m0`, `m1`, ..., and its variables without `inner`."""
    declared, asked = ["$inner: Int!"], []
    variables: Variables = {}
    for number, one in enumerate(unread):
        page = f"... on {one.type} {{ {_list(one.connection, f'$a{number}', 'more')} }}"
        variables |= {f"i{number}": one.id, f"a{number}": one.after}
        if one.type == "Commit":
            declared.append(f"$i{number}: GitObjectID!, $a{number}: String")
            home = "repository(owner: $owner, name: $name)"
            asked.append(f"m{number}: {home} {{ object(oid: $i{number}) {{ {page} }} }}")
        else:
            declared.append(f"$i{number}: ID!, $a{number}: String")
            asked.append(f"m{number}: node(id: $i{number}) {{ {page} }}")
    if any(one.type == "Commit" for one in unread):
        declared.append("$owner: String!, $name: String!")
        variables |= {"owner": owner, "name": name}
    fields = "".join(_FIELDS[one.connection] for one in unread)
    parts = [part for mark, part in (("...Words", _WORDS), ("...W", _WHO)) if mark in fields]
    return _query("More", declared, asked, parts), variables


WORDINGS, THREAD, COMMIT = "wordings", "thread", "commit"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to follow up: the wordings of a post (its id), the first words of a thread (its id), a commit (oid)."""

    kind: str
    id: str


def follow_up(wanted: Sequence[Wanted], owner: str, name: str) -> tuple[str, Variables]:
    """The query for some things: posts as `posts`, threads as `threads`, commits in `repository` as `c0`, `c1`, ..."""
    posts, threads, commits = (
        [one.id for one in wanted if one.kind == kind] for kind in (WORDINGS, THREAD, COMMIT)
    )
    declared: list[str] = []
    asked: list[str] = []
    parts: list[str] = []
    variables: Variables = {}
    if posts or commits:
        declared.append("$inner: Int!")
    if posts:
        declared.append("$posts: [ID!]!")
        variables["posts"] = posts
        asked.append(
            f"posts: nodes(ids: $posts) {{ __typename ... on Comment {{ id {_list('userContentEdits')} }} }}"
        )
    if threads:
        declared.append("$threads: [ID!]!")
        variables["threads"] = threads
        first = "comments(first: 1) { nodes { fullDatabaseId ...Words } }"
        asked.append(f"threads: nodes(ids: $threads) {{ ... on PullRequestReviewThread {{ id {first} }} }}")
        parts.append(_WORDS)
    if posts or threads:
        parts.append(_WHO)
    if commits:
        numbers = range(len(commits))
        declared += ["$owner: String!, $name: String!", *(f"$c{number}: GitObjectID!" for number in numbers)]
        variables |= {"owner": owner, "name": name} | {f"c{number}": commits[number] for number in numbers}
        lines = " ".join(f"c{number}: object(oid: $c{number}) {{ ...Seen }}" for number in numbers)
        asked.append(f"repository(owner: $owner, name: $name) {{ {lines} }}")
        parts.append(_SEEN)
    return _query("FollowUp", declared, asked, parts), variables


def _query(name: str, declared: Sequence[str], asked: Sequence[str], parts: Sequence[str]) -> str:
    lines = "\n  ".join([_RATE, *asked])
    return f"query {name}({', '.join(declared)}) {{\n  {lines}\n}}\n{''.join(parts)}"
