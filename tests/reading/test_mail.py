"""Mails written by the standard library come apart again: every body, every attachment byte for byte."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP, compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.reading import Item, read

MIXED = b"From: a@x\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n"


def items(data: bytes) -> list[Item]:
    return list(read(data, "a.eml"))


@given(
    st.lists(st.binary(min_size=1, max_size=300), max_size=4),
    st.sampled_from(["base64", "quoted-printable"]),
    st.booleans(),
    st.integers(0, 2),
)
@settings(max_examples=60, deadline=None)
def test_attachments_come_out_as_they_went_in(files: list[bytes], coding: str, crlf: bool, deep: int) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Về việc họp", "a@xa.vn"
    mail.set_content("Thân thư có dấu", cte=coding)
    mail.add_alternative("<p>Thân <b>HTML</b></p>", subtype="html", cte=coding)
    for number, data in enumerate(files):
        mail.add_attachment(data, maintype="application", subtype="x-thu", filename=f"tệp {number}.bin")
    for _ in range(deep):
        outer = EmailMessage()
        outer["Subject"], outer["From"] = "Chuyển tiếp", "b@xa.vn"
        outer.set_content("Xem thư kèm")
        outer.add_attachment(mail)
        mail = outer
    found = items(mail.as_bytes(policy=SMTP if crlf else mail.policy))
    whole = " ".join(" ".join(i.text.split()) for i in found)
    assert "Thân thư có dấu" in whole
    assert "Thân HTML" in whole
    assert {hashlib.sha256(data).hexdigest() for data in files} <= {i.sha256 for i in found}
    assert sum("tệp" in i.path for i in found) >= len(files)


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (MIXED + b"\nkhong co phan nao", "khong co phan nao"),
        (MIXED + b"\n--b\n\nphan bi cut", "phan bi cut"),
        (MIXED + b"\n--b\n\nmot\n--b--\nphia sau thu", "phia sau thu"),
        (b"From: a@x\nSubject: x\nContent-Type: multipart/mixed\n\nkhong ranh gioi", "khong ranh gioi"),
        (b"From: a@x\nSubject: x\nContent-Transfer-Encoding: base64\n\na2hvbmcgZHUg\nY2h1!!", "khong du"),
        (b"From: a@x\r\nSubject: =?utf-8?q?b=C3=AD_m=E1=BA=ADt?=\r\n\r\nx", "bí mật"),
        (b"From: a@x\nSubject: x\nContent-Type: text/plain; charset=khong-co\n\nchu thuong", "chu thuong"),
    ],
)  # fmt: skip
def test_broken_mails_are_read_as_far_as_they_go(mail: bytes, said: str) -> None:
    assert said in items(mail)[0].text


def test_a_mail_of_the_old_kind() -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = MIMEMultipart(policy=compat32)
    mail["Subject"], mail["To"] = "x", "a@x"
    mail.attach(MIMEText("nội dung một", "plain", "utf-8"))
    mail.attach(MIMEText("<div>nội dung hai</div>", "html", "utf-8"))
    text = items(mail.as_bytes())[0].text
    assert "nội dung một" in text
    assert "nội dung hai" in text
