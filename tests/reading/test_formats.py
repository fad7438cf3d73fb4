"""A marker planted at every place of every format is found, and the place is named."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from bmnn.reading import Item, read
from tests.reading import build
from tests.reading.build import SENTENCE


def items(data: bytes, name: str = "tệp") -> list[Item]:
    return list(read(data, name))


def kinds(found: list[Item], marker: str = SENTENCE) -> set[str]:
    """Kinds of the parts that hold the marker whole, over all items; "" where it stands outside any part."""
    return {
        part.kind
        for item in found
        for part in item.parts
        if " ".join(marker.split()) in " ".join(item.text[part.start : part.end].split())
    }


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


def test_html() -> None:
    found = items(build.html_file(SENTENCE, hidden="ẨN TRONG TRANG"))
    assert kinds(found) == {"body"}
    assert "ẨN TRONG TRANG" in found[0].text
    assert "khongthay" not in found[0].text
    assert ".khong" not in found[0].text


def test_html_entities_attributes_comments_and_pictures() -> None:
    png = build.image_file("PNG", build.picture("x", (20, 20)))
    import base64

    page = (
        "<html><body><p>b&iacute; m&#7853;t</p><img alt='ảnh bản đồ' src='data:image/png;base64,"
        + base64.b64encode(png).decode()
        + "'><!-- ghi chú trong mã --></body></html>"
    )
    found = items(page.encode())
    assert "bí mật" in found[0].body
    assert "ảnh bản đồ" in found[0].text
    assert "ghi chú trong mã" in found[0].text
    assert found[1].type == "image/png"


def test_mail_both_bodies_headers_and_attachments() -> None:
    mail = build.eml_file(
        "Thân chữ", SENTENCE, {"công văn.docx": build.docx_file(body=SENTENCE)}, subject="Khẩn: họp kín"
    )
    found = items(mail, "a.eml")
    assert "Thân chữ" in found[0].text
    assert SENTENCE in " ".join(found[0].text.split())
    assert "Khẩn: họp kín" in found[0].text
    assert [i.path for i in found] == ["a.eml", "a.eml!công văn.docx"]
    assert SENTENCE in found[1].text


def test_mhtml_mbox_msg_tnef() -> None:
    assert kinds(items(build.mhtml_file(SENTENCE))) == {"body"}
    box = items(build.mbox_file(build.eml_file("một"), build.eml_file(SENTENCE)), "a.mbox")
    assert [i.path for i in box] == ["a.mbox", "a.mbox!thư 1.eml", "a.mbox!thư 2.eml"]
    assert SENTENCE.split(";")[0] in " ".join(box[2].text.split())
    assert kinds(items(build.tnef_file(SENTENCE.encode()))) == {"body"}
    attached = items(build.tnef_file(b"x", b"a.txt", SENTENCE.encode()), "winmail.dat")
    assert attached[1].path == "winmail.dat!a.txt"


@pytest.mark.parametrize(
    "message",
    [
        build.msg_file(SENTENCE),
        build.msg_file("x", html=build.html_file(SENTENCE)),
        build.msg_file("x", narrow=build.legacy(SENTENCE, "tcvn3")),
        build.msg_file("x", attachment=build.doc_file(SENTENCE)),
        build.msg_file("x", inner=SENTENCE),
        build.msg_file(
            "x", rtf=b"\x30\0\0\0" + b"\xff\x0f\0\0" + b"MELA" + b"\0\0\0\0" + build.rtf_file(SENTENCE)
        ),
    ],
    ids=["wide", "html", "narrow", "attachment", "message in message", "rtf"],
)
def test_msg(message: bytes) -> None:
    found = items(message, "a.msg")
    assert kinds(found) == {"body"}
    assert "Nguyễn Văn A" in found[0].text


def test_compressed_rtf_example_of_the_specification() -> None:
    from bmnn.reading.formats.msg import unpack_rtf

    # MS-OXRTFCP 4.1.1: the compressed form and what it stands for.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770"
        "5b06c647d0a800fa0".replace(" ", "")
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_telegram_export() -> None:
    assert kinds(items(build.telegram_file(SENTENCE))) == {"body"}


def test_chat_exports_as_csv_and_text() -> None:
    viber = f'"05/01/2026","08:00","A","{SENTENCE}"\n'
    assert kinds(items(viber.encode("utf-16"))) == {"body"}
    zalo = f"[08:00 05/01/2026] Nguyễn A: {SENTENCE}\n"
    assert kinds(items(zalo.encode())) == {"body"}


def test_pdf_pages_and_their_places() -> None:
    found = items(build.pdf_file("Trang một.", SENTENCE, "Trang ba"))
    item = found[0]
    assert len(item.pages) == 3
    where = item.text.replace("\n", " ").index(SENTENCE[:60])
    assert item.page_at(where) == 2
    assert item.text.count("\f") == 2


def test_pdf_attachment_and_note() -> None:
    found = items(build.pdf_with_files({"kèm.txt": SENTENCE.encode()}, note="Lời ghi bên lề"), "a.pdf")
    assert "Lời ghi bên lề" in found[0].text
    assert [(i.path, SENTENCE in i.text) for i in found] == [("a.pdf", False), ("a.pdf!kèm.txt", True)]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_zip(method: int) -> None:
    found = items(build.zip_file({"thư mục/b.txt": SENTENCE.encode()}, method), "a.zip")
    assert [i.path for i in found] == ["a.zip", "a.zip!thư mục/b.txt"]
    assert SENTENCE in found[1].text


@pytest.mark.parametrize("packer", build.PACKERS)
def test_packed_stream_and_tar(packer: str) -> None:
    found = items(build.PACKERS[packer](SENTENCE.encode()), f"a.txt.{packer}")
    assert [i.path for i in found] == [f"a.txt.{packer}", f"a.txt.{packer}!a.txt"]
    assert kinds(found) == {"body"}
    inside = items(build.tar_file({"b/c.txt": SENTENCE.encode()}, f"w:{packer}"), f"a.tar.{packer}")
    assert inside[-1].path == f"a.tar.{packer}!a.tar!b/c.txt"
    assert kinds(inside) == {"body"}


def test_two_streams_in_one_gz() -> None:
    whole = build.PACKERS["gz"](SENTENCE[:50].encode()) + build.PACKERS["gz"](SENTENCE[50:].encode())
    assert kinds(items(whole)) == {"body"}


def test_sevenzip_and_rar() -> None:
    assert kinds(items(build.sevenzip_file({"a.txt": SENTENCE.encode()}))) == {"body"}
    for rar in (build.rar4_file("mục.txt", SENTENCE.encode()), build.rar5_file("mục.txt", SENTENCE.encode())):
        found = items(rar, "a.rar")
        assert kinds(found) == {"body"}
        assert found[1].path == "a.rar!mục.txt"


def test_uuencoded_in_text() -> None:
    import binascii

    data = SENTENCE.encode()
    lines = b"".join(binascii.b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45))
    assert kinds(items(b"thu cu\nbegin 644 a.txt\n" + lines + b"`\nend\n")) == {"body"}


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


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP", "HEIF"])
def test_picture_files_have_pages(kind: str) -> None:
    data = build.image_file(kind, build.picture("chữ", (64, 48), "RGB"))
    reading = read(data)
    item = next(reading)
    assert (item.verdict, len(item.pages), len(item.images)) == ("read", 1, 1)
    assert item.images[0].gray(150).shape == (48, 64)
    assert item.images[0].colour(150).shape == (48, 64, 3)


def test_tiff_of_several_pages() -> None:
    pages = [build.picture(str(i), (40 + i, 30)) for i in range(3)]
    reading = read(build.image_file("TIFF", *pages))
    item = next(reading)
    assert [image.gray(150).shape[1] for image in item.images] == [40, 41, 42]
    assert [page.number for page in item.pages] == [1, 2, 3]


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


def ar_file(name: str, data: bytes) -> bytes:
    """A Unix archive, the simplest form libarchive knows."""
    head = f"{name + '/':<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n"
    return b"!<arch>\n" + head.encode("ascii") + data + b"\n" * (len(data) % 2)


def cab_file(name: str, data: bytes) -> bytes:
    """A cabinet with one file, stored (MS-CAB 2)."""
    import struct

    raw = name.encode() + b"\0"
    files_at = 36 + 8
    data_at = files_at + 16 + len(raw)
    block = struct.pack("<IHH", 0, len(data), len(data)) + data
    folder = struct.pack("<IHH", data_at, 1, 0)
    file = struct.pack("<IIHHHH", len(data), 0, 0, 0x5A21, 0x6000, 0xA0) + raw
    size = data_at + len(block)
    head = b"MSCF" + struct.pack("<IIIIIBBHHHHH", 0, size, 0, files_at, 0, 3, 1, 1, 1, 0, 1, 0)
    return head + folder + file + block


@pytest.mark.parametrize("make", [ar_file, cab_file])
def test_archives_of_the_system_library(
    make: Callable[[str, bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bmnn.reading.formats import libarchive

    data = make("a.txt", SENTENCE.encode())
    if libarchive.available():
        found = items(data, "a")
        assert [(i.path, i.why) for i in found] == [("a", None), ("a!a.txt", None)]
        assert kinds(found) == {"body"}
    monkeypatch.setattr(libarchive, "_LIBRARY", None)
    assert [(i.verdict, i.why) for i in items(data)] == [("unreadable", "needs_library")]
    packed = build.rar4_file("a.txt", b"x" * 50, method=0x33)
    assert [i.why for i in items(packed)] == [None, "needs_library"]
