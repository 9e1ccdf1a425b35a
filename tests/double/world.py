"""The world of the double, as a test tells it:

world.user("mallory")
repository = world.repository("acme/wtpf", {"report/1.md": "One.\\n"})
pull = world.open_pull(repository, "mallory", "A better sentence", files={"report/1.md": "Better.\\n"})
world.review(pull, "ana", "APPROVED")
"""

from __future__ import annotations

from tests.double.reviewing import Reviewing
from tests.double.settings import Settings


class World(Reviewing, Settings):
    """Everything that is on the double; see the classes it is made of."""
