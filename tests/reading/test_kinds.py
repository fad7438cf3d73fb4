"""The words for a file's type."""

from __future__ import annotations

import re

import pytest

from bmnn.reading.dispatch import READERS
from bmnn.reading.kinds import type_words


def test_every_type_that_is_read_has_words_of_its_own() -> None:
    for kind in READERS:
        assert "/" not in type_words(kind), kind
        assert not re.search(r"[a-z]\.[a-z]|vnd|x-", type_words(kind)), kind


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template", "văn bản Word"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.12", "bảng tính Excel"),
        ("application/vnd.oasis.opendocument.text-template", "văn bản OpenDocument"),
        ("image/webp", "ảnh WEBP"),
        ("application/x-moi", "application/x-moi"),
    ],
)
def test_a_variant_takes_the_words_of_its_family(kind: str, words: str) -> None:
    assert type_words(kind) == words
