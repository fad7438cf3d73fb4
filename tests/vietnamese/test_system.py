"""What the system says of a file is said in Vietnamese, also for errors the table does not know."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bmnn.cli.main import main
from bmnn.vietnamese.system import NO_PACKAGE, system_words


def test_known_errors_have_words_and_others_their_number() -> None:
    assert system_words(FileNotFoundError(errno.ENOENT, "No such file")) == "không có tệp hoặc thư mục này"
    assert system_words(OSError(errno.ENOSPC, "No space left")) == "ổ đĩa đã đầy"
    assert "psycopg" in system_words(OSError(NO_PACKAGE, ""))
    assert system_words(OSError(9999, "strange")) == "hệ điều hành báo lỗi số 9999"


@pytest.mark.parametrize(
    "words",
    [
        ["fingerprint", "list", "--index", "không có"],
        ["scan", ".", "--no-ocr", "--fingerprints", "không có"],
    ],
)
def test_a_missing_index_is_told_in_vietnamese(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.txt").write_text("Kế hoạch trồng cây " * 60)
    assert main(["fingerprint", "add", "t.txt", "--index", "chi-muc", "--id", "A"]) == 0
    capsys.readouterr()
    assert main(words) == 2
    assert "không có tệp hoặc thư mục này" in capsys.readouterr().err
