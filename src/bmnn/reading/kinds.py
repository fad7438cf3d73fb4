"""What a file is, in a clerk's words, from the type that its content gave away."""

from __future__ import annotations

_WORDS = {
    "application/x-empty": "tệp trống",
    "text/plain": "văn bản thuần",
    "application/octet-stream": "không rõ loại",
    "application/x-not-a-document": "không phải tài liệu",
    "application/json": "dữ liệu JSON",
    "application/xml": "dữ liệu XML",
    "image/svg+xml": "hình vẽ SVG",
    "text/html": "trang web",
    "application/x-word-xml": "văn bản Word 2003 XML",
    "application/x-excel-xml": "bảng tính Excel 2003 XML",
    "application/x-flat-opendocument": "văn bản OpenDocument",
    "application/x-ole-storage": "tệp Office đời cũ",
    "application/rtf": "văn bản RTF",
    "application/pdf": "PDF",
    "application/msword": "văn bản Word đời cũ (DOC)",
    "application/vnd.ms-word": "văn bản Word",
    "application/vnd.ms-excel": "bảng tính Excel",
    "application/vnd.ms-powerpoint": "trình chiếu PowerPoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml": "văn bản Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml": "bảng tính Excel",
    "application/vnd.openxmlformats-officedocument.presentationml": "trình chiếu PowerPoint",
    "application/vnd.oasis.opendocument.text": "văn bản OpenDocument",
    "application/vnd.oasis.opendocument.spreadsheet": "bảng tính OpenDocument",
    "application/vnd.oasis.opendocument.presentation": "trình chiếu OpenDocument",
    "application/vnd.oasis.opendocument": "tệp OpenDocument",
    "application/vnd.ms-visio": "bản vẽ Visio",
    "application/vnd.visio": "bản vẽ Visio",
    "application/x-mspublisher": "ấn phẩm Publisher",
    "message/rfc822": "thư điện tử",
    "application/mbox": "hộp thư",
    "application/ms-tnef": "tệp kèm thư Outlook (TNEF)",
    "application/vnd.ms-outlook-pst": "hộp thư Outlook (PST)",
    "application/vnd.ms-outlook": "thư Outlook (MSG)",
    "application/zip": "tệp nén ZIP",
    "application/x-7z-compressed": "tệp nén 7Z",
    "application/vnd.rar": "tệp nén RAR",
    "application/x-tar": "tệp gói TAR",
    "application/gzip": "tệp nén GZIP",
    "application/x-bzip2": "tệp nén BZIP2",
    "application/x-xz": "tệp nén XZ",
    "application/zstd": "tệp nén ZSTD",
    "application/vnd.ms-cab-compressed": "tệp nén CAB",
    "application/x-iso9660-image": "ảnh đĩa ISO",
    "application/x-lzh": "tệp nén LZH",
    "application/x-cpio": "tệp gói CPIO",
    "application/x-archive": "tệp gói AR",
    "application/x-arj": "tệp nén ARJ",
    "application/postscript": "bản in PostScript",
    "image/vnd.djvu": "ảnh quét DjVu",
    "image/vnd.adobe.photoshop": "ảnh Photoshop",
    "image/x-icon": "ảnh biểu tượng",
    "image/jpeg": "ảnh JPEG",
}


def type_words(kind: str) -> str:
    """«bảng tính Excel» for a type such as `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`.

    A variant (template, with macros) takes the words of its family; a type that nobody named is given as it is.
    """
    if kind in _WORDS:
        return _WORDS[kind]
    family = max(
        (known for known in _WORDS if kind.startswith((f"{known}.", f"{known}-"))), key=len, default=""
    )
    if family:
        return _WORDS[family]
    group, _, name = kind.partition("/")
    return f"ảnh {name.upper()}" if group == "image" and name.isalnum() else kind
