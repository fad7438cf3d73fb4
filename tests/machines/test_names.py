"""Names that look secret, in every way in which Vietnamese names are written."""

from __future__ import annotations

import unicodedata

import pytest

from bmnn.machines.names import secret_word

SECRET = [
    "Công văn mật.docx",
    "TỐI MẬT - kế hoạch.pdf",
    "ke hoach TUYET MAT.doc",
    r"E:\BMNN\2025\bao cao.docx",
    "12-CV_MAT.docx",
    "tài liệu mật 2025",
    "TuyÖt mËt.doc",
]
PLAIN = [
    "mật khẩu wifi.txt",
    "danh sách mặt hàng.xlsx",
    "DANH SACH MAT HANG.xlsx",
    "mat ong.jpg",
    "Matrix.docx",
    "báo cáo.docx",
]


@pytest.mark.parametrize("name", SECRET)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marked_names_are_seen_in_both_unicode_forms(name, form):
    assert secret_word(unicodedata.normalize(form, name))


@pytest.mark.parametrize("name", PLAIN)
def test_everyday_names_are_not(name):
    assert secret_word(name) == ""
