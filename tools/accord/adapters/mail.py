"""Reading a letter that came by e-mail: its words, its subject and its date. Addresses stay outside."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from datetime import datetime
from email.message import EmailMessage
from html.parser import HTMLParser

from accord.application.intake import Mail
from accord.domain.findings import Place, refuse
from accord.domain.process.addresses import without_addresses
from accord.domain.process.suggest import shorten

_HEADERS = ("Subject", "Date", "From", "Message-ID", "Received")
_LONGEST_SUBJECT = 200
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "li", "pre", "blockquote", "section", "article", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_APART = _BLOCKS - {"br", "div", "li", "tr"}
_MALFORMED = (LookupError, ValueError, AttributeError, TypeError)


def read_mail(data: bytes, name: str) -> Mail:
    """The mail in a file as it was received, byte for byte.

    Its ``Date`` is what its sender's machine wrote, never the moment of receipt.

    Raises:
        Refused: it is no mail, or cannot be read as one (exit FINDINGS).
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not any(header in message for header in _HEADERS):
            raise refuse(
                "mail-none",
                "This file is no e-mail: it has no subject, no date and no sender.",
                fix="Save the mail from the mail program as a file that ends in `.eml`.",
                place=Place(file=name),
            )
        assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes no other
        return Mail(
            subject=_subject(message),
            dated=_date(message),
            text=_words(message),
            attachments=tuple(_attachments(message)),
            digest=hashlib.sha256(data).hexdigest(),
        )
    except _MALFORMED as problem:
        raise refuse(
            "mail-unreadable",
            "This e-mail cannot be read.",
            fix="Save it again from the mail program, or enter what it says with `--metadata FILE`.",
            place=Place(file=name),
        ) from problem


def _subject(message: EmailMessage) -> str:
    subject = " ".join(str(message.get("Subject", "")).split())
    return shorten(without_addresses(subject), _LONGEST_SUBJECT)


def _date(message: EmailMessage) -> datetime | None:
    try:
        dated = message["Date"].datetime if "Date" in message else None
    except _MALFORMED:
        return None
    return dated if isinstance(dated, datetime) else None


def _words(message: EmailMessage) -> str:
    """The words of the mail: its plain text, else its HTML as text."""
    for kind in ("plain", "html"):
        body = message.get_body(preferencelist=(kind,))
        if not isinstance(body, EmailMessage):
            continue
        text = _decoded(body).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
        if kind == "html":
            text = html_text(text)
        elif body.get_param("format") == "flowed":
            text = _unflowed(text, joined=body.get_param("delsp") == "yes")
        if text.strip():
            return text
    return ""


def _decoded(body: EmailMessage) -> str:
    try:
        return str(body.get_content())
    except _MALFORMED:  # a character set that nobody knows
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _unflowed(text: str, *, joined: bool) -> str:
    """Paragraphs that the mail program broke into lines, put together again (RFC 3676)."""
    out: list[str] = []
    flowing = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if flowing:
            out[-1] = (out[-1][:-1] if joined else out[-1]) + line
        else:
            out.append(line)
        flowing = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(line.rstrip() for line in out)


def _attachments(message: EmailMessage) -> list[str]:
    """The names of the files that came with it, for whoever enters it; they are not read and not recorded."""
    found = []
    for part in message.iter_attachments():
        name = part.get_filename() or part.get_content_type()
        found.append(shorten(without_addresses(" ".join(str(name).split()))))
    return found


def html_text(source: str) -> str:
    """The words of an HTML page, a line for each block, headings marked as in Markdown."""
    reader = _Html()
    reader.feed(source)
    reader.close()
    lines = "".join(reader.out).split("\n")
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


class _Html(HTMLParser):
    """Gathers text; white space counts only inside `<pre>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0
        self.literal = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins on a line of its own; nothing of the attributes is words."""
        del attrs
        self.hidden += tag in _HIDDEN
        self.literal += tag == "pre"
        if tag == "br":
            self.out.append("\n")
        elif tag in _BLOCKS:
            self._line(apart=tag in _APART)
        if tag[:1] == "h" and tag[1:].isdigit():
            self.out.append("#" * int(tag[1:]) + " ")
        elif tag == "li":
            self.out.append("- ")

    def handle_endtag(self, tag: str) -> None:
        """And ends there."""
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        self.literal = max(0, self.literal - (tag == "pre"))
        if tag in _BLOCKS and tag != "br":
            self._line(apart=tag in _APART)

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.hidden:
            return
        if self.literal:
            self.out.append(data)
            return
        words = re.sub(r"\s+", " ", data)
        if not self.out or self.out[-1].endswith(("\n", " ")):
            words = words.lstrip(" ")
        if words:
            self.out.append(words)

    def _line(self, *, apart: bool) -> None:
        if apart and self.out:
            self.out.append("\n\n")
        elif self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")
