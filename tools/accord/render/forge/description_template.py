"""What the description of a pull request begins with (`.github/pull_request_template.md`), written from the forum."""

from __future__ import annotations

from collections.abc import Sequence

from accord.domain.process.block import INFO
from accord.domain.process.forum import Forum, Sender


def description_template_text(forum: Forum, drafts: Sequence[str]) -> str:
    """The whole file, for a forum whose drafts have these names.

    What explains is a comment of YAML, so that it does no harm where it is left in. Nothing that has to be decided is
    filled in: what is left empty is asked for.
    """
    themes = [one for one in forum.themes if not one.secretariat_only]
    kinds = [one for one in forum.kinds if one.sender is Sender.ANYONE]
    lines = [
        "Please fill in the lines between the two rows of marks: write after the colons. Lines that begin with `#`",
        "explain; you may leave them. Everybody can read this, for ever: no e-mail addresses, no telephone numbers.",
        "",
        f"```{INFO}",
        "# What you are:",
        *(f"#   {one.id:<22} {one.label}" for one in forum.categories),
        "category: ",
        "# The entity you speak for, by its name on the list of nominated experts; or your own name.",
        "source: ",
        "# What kind of contribution this is:",
        *(f"#   {one.id:<22} {one.label}" for one in kinds),
        "kind: ",
        f"# The draft you have read: {', '.join(drafts)}.",
        "based_on: ",
        "# One or more themes, with commas between them:",
        *(f"#   {one.id:<22} {one.label}" for one in themes),
        "themes: []",
        "# A title of one line. Keep the quotation marks.",
        'title: ""',
        "# Why. Write below the next line; begin each line with two spaces.",
        "reasons: >-",
        "  ",
        "# Other entities that join you, such as [Lyrania, Example University]; or leave it empty.",
        "cosigners: []",
        f"# The language you write in: {', '.join(forum.languages)}."
        if forum.languages
        else "# Two letters, such as en.",
        "language: ",
        "# `action` if you ask for a change or a decision, `information` if not.",
        "for: ",
        "```",
        "",
        "<!-- What stands below is for readers only. If this is no contribution to the text, delete all of it. -->",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
