"""Who did something: people, bots, and nobody for a deleted account."""

from __future__ import annotations

from urllib.parse import quote

from tests.double.graph.values import Asking, Node, builds
from tests.double.state import Account


@builds(Account)
def account(asking: Asking, who: Account) -> Node:
    """An account; a bot's login comes without the suffix that REST gives it."""
    login = who.login.removesuffix("[bot]") if who.kind == "Bot" else who.login
    fields = {
        "id": who.node_id,
        "databaseId": who.id,
        "login": login,
        "url": f"{asking.world.base}/{quote(who.login)}",
        "name": None,
    }
    return Node(who.kind, fields)


def actor(asking: Asking, who: Account | None) -> Node | None:
    """Who did it; null once the account is gone."""
    return None if who is None or who.deleted else account(asking, who)
