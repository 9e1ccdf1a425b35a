"""`negotiation`: the negotiating view in the form that was asked for."""

from __future__ import annotations

import json

from accord.application.desk import Desk
from accord.application.negotiating import agreed_revision, negotiation_of
from accord.application.reports import Report

FORMS = ("markdown", "html", "json")


def shown(desk: Desk, form: str) -> tuple[Report, str]:
    """The negotiating view at the desk's moment in one of :data:`FORMS`, and the same as the text of a file.

    Raises:
        Refused: there is no record (exit USAGE).
    """
    view = negotiation_of(agreed_revision(desk))
    if form == "json":
        from accord.render.negotiation.data import negotiation_data

        report = Report(data=negotiation_data(view))
        body = {"version": 1, **report.data}
        return report, json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        from accord.render.negotiation.html import negotiation_html

        text = negotiation_html(view)
    else:
        from accord.render.negotiation.markdown import negotiation_markdown

        text = negotiation_markdown(view)
    return Report(text=text), text
