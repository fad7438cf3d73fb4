"""A marker planted at every place of an office document is found, and the place is named."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import io
import zipfile

import pytest

from tests.reading import build
from tests.reading.build import SENTENCE
from tests.reading.planted import items, kinds

DOCX = [
    "body",
    "header",
    "footer",
    "inserted",
    "deleted",
    "hidden",
    "comment",
    "cell",
    "title",
    "footnote",
    "box",
]
DOCX_KINDS = {
    "inserted": "body",
    "hidden": "body",
    "cell": "body",
    "title": "property",
    "footnote": "note",
    "box": "text_box",
}


@pytest.mark.parametrize("place", DOCX)
def test_docx(place: str) -> None:
    found = items(build.docx_file(**{place: SENTENCE}))
    assert kinds(found) == {DOCX_KINDS.get(place, place)}
    assert found[0].type.endswith("wordprocessingml.document")


def test_docx_keeps_a_paragraph_whole_around_boxes_and_deletions() -> None:
    found = items(build.docx_file(body="Đoạn đầu", box="TRONG HỘP", deleted="ĐÃ XÓA", inserted="chữ thêm"))
    assert "Đoạn có sửa chữ thêm" in found[0].body
    assert "ĐÃ XÓA" not in found[0].body
    assert "TRONG HỘP" in found[0].body


def test_docx_page_breaks_stay() -> None:
    document = zipfile.ZipFile(io.BytesIO(build.docx_file(body="Trang một TRANG_HAI")))
    xml = (
        document.read("word/document.xml")
        .decode()
        .replace(" TRANG_HAI", '</w:t><w:br w:type="page"/><w:t>Trang hai')
    )
    parts = {n: document.read(n) for n in document.namelist()} | {"word/document.xml": xml.encode()}
    assert "Trang một\fTrang hai" in items(build.zip_file(parts))[0].body


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:r><w:t>{0}</w:t></w:r><w:r><w:t>{1}</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>{0}<!-- xen vào --></w:t></w:r><w:r><w:t><![CDATA[{1}]]></w:t></w:r></w:p>",
        "<x:p xmlns:x='w'><x:r><x:t xml:space='preserve'>{0}</x:t><x:t>{1}</x:t></x:r></x:p>",
        "<p><t>{0}</t><proofErr/><t>{1}</t></p>",
        "<w:p><w:smartTag><w:sdt><w:sdtContent><w:r><w:t>{0}{1}</w:t></w:r></w:sdtContent></w:sdt></w:smartTag></w:p>",
        "<w:p><m:oMath><m:r><m:t>{0}{1}</m:t></m:r></m:oMath></w:p>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_docx_however_its_xml_is_written(xml: str, encoding: str) -> None:
    written = f'<?xml version="1.0" encoding="{encoding}"?><w:document>' + xml.format(
        SENTENCE[:40], SENTENCE[40:]
    )
    data = build.zip_file({"[Content_Types].xml": b"<Types/>", "word/document.xml": written.encode(encoding)})
    assert kinds(items(data)) == {"body"}


def test_a_part_no_reader_knows_is_read_as_a_member() -> None:
    data = build.add_to_zip(build.docx_file(body="x"), {"word/la/ghi chú.txt": SENTENCE.encode()})
    assert [i.path for i in items(data, "a.docx") if SENTENCE in i.text] == ["a.docx!word/la/ghi chú.txt"]


def test_word_xml_2003_and_flat_package() -> None:
    for root in ("<?mso-application progid='Word.Document'?><w:wordDocument xmlns:w='w'>{}</w:wordDocument>",
                 "<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>{}</pkg:package>"):  # fmt: skip
        xml = '<?xml version="1.0"?>' + root.format(
            f"<w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body>"
        )
        found = items(xml.encode())
        assert kinds(found) == {"body"}
        assert found[0].type == "application/x-word-xml"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("cell", "sheet"),
        ("hidden", "sheet"),
        ("comment", "comment"),
        ("header", "header"),
        ("inline", "sheet"),
    ],
)
def test_xlsx(place: str, kind: str) -> None:
    assert kind in kinds(items(build.xlsx_file(**{place: SENTENCE})))


def test_xlsx_text_box_number_and_sheet_name() -> None:
    assert kinds(items(build.xlsx_box(SENTENCE))) == {"text_box"}
    text = items(build.xlsx_file(cell="x"))[0].text
    assert "1234.5" in text
    assert "ẩn" in text


@pytest.mark.parametrize(
    ("place", "kind"), [("shared", "sheet"), ("inline", "sheet"), ("comment", "comment")]
)
def test_xlsb(place: str, kind: str) -> None:
    found = items(build.xlsb_file(**{place: SENTENCE}))
    assert kinds(found) == {kind}
    assert "98.5" in found[0].text
    assert "4200" in found[0].text


@pytest.mark.parametrize(
    ("place", "kind"), [("slide", "slide"), ("hidden", "slide"), ("note", "note"), ("comment", "comment")]
)
def test_pptx(place: str, kind: str) -> None:
    assert kinds(items(build.pptx_file(**{place: SENTENCE}))) == {kind}


@pytest.mark.parametrize("place", ["body", "deleted", "comment", "note", "box", "header", "title"])
def test_odt(place: str) -> None:
    body = {"body": SENTENCE} if place == "body" else {"body": "Nội dung", place: SENTENCE}
    kind = {"box": "text_box", "title": "property"}.get(place, place)
    assert kinds(items(build.odf_file("text", **body))) == {kind}


def test_odt_paragraph_stays_whole_around_a_note() -> None:
    assert "Nội dung hết" in items(build.odf_file("text", "Nội dung", note="GHI CHÚ"))[0].body


def test_ods_and_odp() -> None:
    assert kinds(items(build.ods_file(SENTENCE))) == {"body"}
    assert kinds(items(build.odf_file("presentation", SENTENCE))) == {"body"}


@pytest.mark.parametrize("place", ["body", "header", "comment", "box"])
def test_doc(place: str) -> None:
    found = items(build.doc_file(**({"body": "Nội dung văn bản"} | {place: SENTENCE})))
    assert kinds(found) == {"text_box" if place == "box" else place}
    assert found[0].type == "application/msword"
    assert "PAGE" not in found[0].body


def test_word_95() -> None:
    assert kinds(items(build.word95_file(build.legacy(SENTENCE, "tcvn3")))) == {"body"}


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_xls_with_a_string_cut_between_records(cut: int) -> None:
    found = items(build.xls_file(cell=SENTENCE, cut=cut))
    assert kinds(found) == {"sheet"}
    assert "314.25" in found[0].text


def test_xls_comment() -> None:
    assert kinds(items(build.xls_file(cell="x" * 20, comment=SENTENCE))) == {"text_box"}


@pytest.mark.parametrize(("place", "kind"), [("slide", "slide"), ("note", "note")])
def test_ppt(place: str, kind: str) -> None:
    assert kinds(items(build.ppt_file(**({"slide": "x"} | {place: SENTENCE})))) == {kind}


RTF = {"body": "body", "header": "header", "box": "text_box", "note": "note", "comment": "comment", "title": "property",
       "deleted": "deleted"}  # fmt: skip


@pytest.mark.parametrize("place", RTF)
def test_rtf(place: str) -> None:
    found = items(build.rtf_file(**{place: SENTENCE}))
    assert kinds(found) >= {RTF[place]}
    assert "khong thay" not in found[0].text


def test_rtf_keeps_a_sentence_whole_around_a_footnote() -> None:
    assert "Câu đang nói hết câu" in items(build.rtf_file(body="Câu đang nói", note="chú thích"))[0].body


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"{\rtf1\ansi\ansicpg1258 B\'ed m\u7853?t}", "Bí mật"),
        (r"{\rtf1\ansi\uc2 m\u7853\'e2\'f2t}", "mật"),
        (r"{\rtf1\ansi\uc0 m\u7853t}", "mật"),
        (r"{\rtf1{\uc1 m\u7853?}{\*\xyz bo qua}t}", "mật"),
        (r"{\rtf1 \u-10179?\u-8704?!}", "\U0001f600!"),
        (r"{\rtf1 a\~b\_c\line d\tab e}", "a b-c\nd\te"),
        (r"{\rtf1{\fonttbl{\f1\fcharset163 X;}}\f1 \'ed\'ec}", "í"),
        (r"{\rtf1 \bin4 }{{\x truoc}sau}", "truocsau"),
        ("{\\rtf1\\ansicpg1258 c\xf3 t\xe0i}", "có tài"),
    ],
)
def test_rtf_letters(written: str, meant: str) -> None:
    assert meant in items(written.encode("latin-1"))[0].text


def test_objects_in_old_and_new_office_files() -> None:
    package = build.ole_package("kem.txt", SENTENCE.encode())
    embedded: build.cfb.Tree = {"ObjectPool": {"_1": {"\x01Ole10Native": package}}}
    found = items(build.doc_file("Nội dung", embedded=embedded), "a.doc")
    assert [i.path for i in found if SENTENCE in i.text] == ["a.doc!_1/kem.txt"]
    ole = build.cfb.write({"\x01Ole10Native": package})
    found = items(build.add_to_zip(build.docx_file(), {"word/embeddings/oleObject1.bin": ole}), "a.docx")
    assert any(SENTENCE in i.text and i.path.endswith("kem.txt") for i in found)
    whole: build.cfb.Tree = {"ObjectPool": {"_2": {"WordDocument": b"", "1Table": b""}}}
    assert items(build.doc_file("x", embedded=whole), "a.doc")[1].verdict == "unreadable"


def test_pictures_in_documents_are_items() -> None:
    png = build.image_file("PNG", build.picture("x", (30, 30)))
    for data in (
        build.add_to_zip(build.docx_file(), {"word/media/image1.png": png}),
        build.add_to_zip(build.pptx_file(), {"ppt/media/image1.png": png}),
        build.rtf_file(picture=png),
        build.add_to_zip(build.odf_file("text", "x"), {"Pictures/1.png": png}),
    ):
        assert [i.type for i in items(data)][1:] == ["image/png"]


@pytest.mark.parametrize(
    "data",
    [
        build.xls_file(cell=SENTENCE),
        build.xls_file(cell=SENTENCE, cut=60),
        build.xlsx_file(cell=SENTENCE),
        build.ods_file(SENTENCE),
    ],
)
def test_sheets_against_another_reader(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    theirs = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
        if cell != ""
    }
    assert SENTENCE in theirs
    ours = items(data)[0].text
    assert all(cell.removesuffix(".0") in ours for cell in theirs)


def test_the_body_has_no_lines_of_its_own_making() -> None:
    data = build.docx_file(body="Dòng một\nDòng hai", deleted="ĐÃ XÓA", box="HỘP")
    body = items(data)[0].body
    assert "Dòng một\nDòng hai\nĐoạn có sửa" in body
    rtf = items(b"{\\rtf1 Dong mot{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}\\par Dong hai\\par}")[0]
    assert rtf.body == "Dong mot3\nDong hai\n"


def test_binary_data_of_rtf_is_no_text_but_its_words_are() -> None:
    hexed = ("\x01\x02" + "liên kết tới kế hoạch").encode("utf-16-le").hex()
    text = items(b"{\\rtf1 a{\\*\\datafield " + hexed.encode() + b"}b\\par}")[0].text
    assert "liên kết tới kế hoạch" in text
    assert hexed[:20] not in text
