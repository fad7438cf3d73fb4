"""Real documents: Word 97 files, .doc/.docx twins, texts; compared with readings we did not write."""

from __future__ import annotations

import html
import re
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import docx
import pytest

from bmnn.reading import Item, read

pytestmark = pytest.mark.shared


def only(path: Path) -> Item:
    return next(read(path))


def squeezed(text: str) -> str:
    return re.sub("[\\s\u00ad\u200b-\u200f]", "", unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def grams(text: str, n: int = 5) -> set[tuple[str, ...]]:
    w = words(text)
    return {tuple(w[i : i + n]) for i in range(len(w) - n + 1)}


@pytest.fixture
def documents(shared: Path) -> Path:
    return shared / "samples" / "documents"


def test_every_sample_is_read(shared: Path) -> None:
    paths = [
        p
        for folder in ("documents", "directives")
        for p in (shared / "samples" / folder).rglob("*")
        if p.is_file()
    ]
    assert len(paths) > 50
    for path in paths:
        item = only(path)
        assert item.verdict == "read", (path, item.why)
        assert len(words(item.body)) > 100


def test_word_97_files_are_vietnamese_text(documents: Path) -> None:
    from bmnn.vietnamese import syllable_score

    for path in sorted((documents / "word97").glob("*.doc")):
        item = only(path)
        assert item.type == "application/msword"
        assert syllable_score(item.body) > 0.9, path
        assert "\ufffd" not in item.body
        assert not re.search("[\x00-\x08\x0e-\x1f]", item.text)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_doc_and_docx_twins_say_the_same(documents: Path, number: int) -> None:
    old, new = (
        only(documents / "docx" / f"Phuluc{number}.doc"),
        only(documents / "docx" / f"Phuluc{number}.docx"),
    )
    a, b = grams(old.text), grams(new.text)
    assert len(a & b) >= 0.95 * min(len(a), len(b))


def test_docx_against_python_docx(documents: Path) -> None:
    for path in sorted((documents / "docx").glob("*.docx")):
        theirs = docx.Document(str(path))
        said = [p.text for p in theirs.paragraphs]
        said += [c.text for table in theirs.tables for row in table.rows for c in row.cells]
        ours = squeezed(only(path).text)
        missing = [t for t in said if t.strip() and squeezed(t) not in ours]
        assert not missing, (path, missing[:3])


def test_docx_against_all_text_in_its_xml(documents: Path) -> None:
    for path in sorted((documents / "docx").glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("word/document.xml").decode()
        runs = re.findall(r"<w:t(?: [^>]*)?>([^<]{12,})</w:t>", xml)
        ours = squeezed(only(path).text)
        missing = [run for run in runs if squeezed(html.unescape(run)) not in ours]
        assert not missing, (path, missing[:3])


def test_decree_30_as_docx_and_as_markdown(documents: Path) -> None:
    ours = grams(only(documents / "docx" / "30_2020_ND_CP.docx").text)
    theirs = grams((documents / "docx" / "30_2020_ND_CP.md").read_text("utf-8"))
    assert len(ours & theirs) >= 0.95 * len(theirs)


def test_pdf_against_pdftotext(documents: Path, tmp_path: Path) -> None:
    from tests.reading import build

    text = (documents / "text" / "luat-thong-ke.txt").read_text("utf-8")
    (tmp_path / "a.pdf").write_bytes(build.pdf_file(*[text[i : i + 4000] for i in range(0, 20_000, 4000)]))
    theirs = subprocess.run(
        ["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    ours = only(tmp_path / "a.pdf")
    a, b = grams(ours.text), grams(theirs)
    assert len(a & b) >= 0.97 * len(b)
    assert len(ours.pages) == theirs.count("\f")
