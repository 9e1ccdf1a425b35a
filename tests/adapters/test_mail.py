"""A letter that came by e-mail: words, subject, date; no address, whatever the mail looks like."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.adapters.mail import html_text, read_mail
from accord.domain.findings import Refused

SENDER = "ana" + "@" + "arcadia.example"  # nobody's address: the ending is reserved for examples


def a_mail(text: str = "We propose other words.\n", **headers: str) -> EmailMessage:
    """A plain mail."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Ana Example <{SENDER}>"
    mail["Subject"] = headers.get("subject", "Opening hours of schools")
    mail["Date"] = headers.get("date", "Mon, 11 Nov 2024 10:00:00 +0100")
    mail.set_content(text)
    return mail


def test_a_plain_mail() -> None:
    """Words, subject, date as written on it, and the digest of the file byte for byte."""
    data = a_mail("Zürich says: “until nine”.\n").as_bytes()
    mail = read_mail(data, "letter.eml")
    assert mail.text == "Zürich says: “until nine”.\n"
    assert mail.subject == "Opening hours of schools"
    assert mail.dated == datetime(2024, 11, 11, 9, tzinfo=UTC)
    assert mail.digest == hashlib.sha256(data).hexdigest()
    assert mail.attachments == ()
    assert mail.evidence("REG-7").description == "REG-7: e-mail “Opening hours of schools”, dated 2024-11-11"
    assert mail.evidence().digest == mail.digest


def test_html_only() -> None:
    """Blocks become lines, headings those of Markdown; what is not shown is not read."""
    mail = a_mail()
    mail.set_content(
        "<html><head><title>x</title><style>p {color: red}</style></head><body><script>alert(1)</script>"
        "<h3>Category</h3><p>Member&nbsp;State</p><h3>Reasons</h3><p>Skills\n are <b>needed</b>.<br>"
        "Here &amp; there.</p>"
        "<ul><li>one</li><li>two</li></ul><pre>1. a\n2. b</pre></body></html>",
        subtype="html",
    )
    assert read_mail(mail.as_bytes(), "letter.eml").text == (
        "### Category\n\nMember State\n\n### Reasons\n\nSkills are needed.\nHere & there.\n\n"
        "- one\n- two\n\n1. a\n2. b\n"
    )


def test_plain_text_is_taken_before_html_unless_it_is_empty() -> None:
    """Both say the same; some programs leave the plain part empty."""
    mail = a_mail("The plain words.\n")
    mail.add_alternative("<p>The other words.</p>", subtype="html")
    assert read_mail(mail.as_bytes(), "letter.eml").text == "The plain words.\n"
    mail = a_mail(" \n")
    mail.add_alternative("<p>The other words.</p>", subtype="html")
    assert read_mail(mail.as_bytes(), "letter.eml").text == "The other words.\n"


def test_attachments_are_named_and_not_read() -> None:
    """So that whoever enters it looks at them; an address in a name goes."""
    mail = a_mail()
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Our proposal.pdf")
    mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"to {SENDER}.docx")
    found = read_mail(mail.as_bytes(), "letter.eml")
    assert found.attachments == ("Our proposal.pdf", "to (address)")
    assert found.text == "We propose other words.\n"


def test_no_address_is_in_what_is_kept() -> None:
    """Not the sender's, not one in the subject or in the registry's mark."""
    mail = read_mail(a_mail(subject=f"From {SENDER}: hours").as_bytes(), "letter.eml")
    assert "@" not in mail.subject
    assert "@" not in mail.evidence(f"asked {SENDER}").description


def test_broken_lines_are_put_together() -> None:
    """Mail programs break paragraphs; what they say about it is followed."""
    data = (
        b"Subject: Hours\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
        b"Skills are \nneeded in \nthe evening.\nA new line.\n-- \nAna\n"
    )
    assert read_mail(data, "m.eml").text == "Skills are needed in the evening.\nA new line.\n--\nAna\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Subject: x\nContent-Type: text/plain; charset=nobody-knows\n\nna\xc3\xafve\n", "naïve\n"),
        (
            b"Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n!!!\n",
            "",
        ),
        (b"Subject: x\nDate: the other day\n\nwords\n", "words\n"),
        (b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\nno part at all\n", ""),
        (b"Subject: =?utf-8?b?SG91cnM=?=\n\nwords\n", "words\n"),
    ],
    ids=["unknown letters", "broken transport", "no date", "no part", "encoded subject"],
)
def test_a_damaged_mail_is_read_as_far_as_it_can_be(data: bytes, text: str) -> None:
    """What cannot be read is left out; the digest is that of the file all the same."""
    mail = read_mail(data, "m.eml")
    assert (mail.text.strip(), mail.digest) == (text.strip(), hashlib.sha256(data).hexdigest())
    assert mail.dated is None


@pytest.mark.parametrize("data", [b"", b"just words\n", b"%PDF-1.7 and so on", b"\x00\xff\x00"])
def test_no_mail_is_refused(data: bytes) -> None:
    """With what to do instead."""
    with pytest.raises(Refused) as refused:
        read_mail(data, "letter.eml")
    assert refused.value.findings[0].rule == "mail-none"


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    """Anything at all is a mail or a refusal."""
    with contextlib.suppress(Refused):
        assert read_mail(b"Subject: x\n" + data, "m.eml").digest


@given(st.text(alphabet='<>/ahp3&;!-\n" ', max_size=120))
def test_any_html_is_text(source: str) -> None:
    """Broken markup never fails, and no tag survives as one."""
    assert html_text(source).endswith("\n")
