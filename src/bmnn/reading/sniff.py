"""What a file is, from its bytes alone; its name is never asked."""

from __future__ import annotations

import re
import struct

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT, BINARY, EMPTY = "text/plain", "application/octet-stream", "application/x-empty"
NOT_DOCUMENTS = "application/x-not-a-document"

_MAGIC: list[tuple[int, bytes, str]] = [
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"PK\x07\x08PK\x03\x04", "application/zip"),
    (0, OLE, "application/x-ole-storage"),
    (0, b"{\\rt", "application/rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (0, b"070701", "application/x-cpio"),
    (0, b"070707", "application/x-cpio"),
    (0, b"!<arch>\n", "application/x-archive"),
    (2, b"-lh", "application/x-lzh"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (0, b"\x60\xea", "application/x-arj"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/jp2"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\x01\0\x09\0\0\x03", "image/wmf"),
    (40, b" EMF", "image/emf"),
    (0, b"\0\0\1\0", "image/x-icon"),
    (0, b"%!PS-Adobe", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"\xff\xfe\0\0", TEXT),
    (0, b"\0\0\xfe\xff", TEXT),
]
_NOT_DOCUMENTS: list[tuple[int, bytes]] = [
    (0, b"MZ"), (0, b"\x7fELF"), (0, b"\xca\xfe\xba\xbe"), (0, b"\xcf\xfa\xed\xfe"), (0, b"\0asm"),
    (0, b"SQLite format 3\0"), (0, b"\0\1\0\0Standard"), (0, b"regf"), (0, b"ElfFile\0"), (0, b"L\0\0\0\x01\x14\x02\0"),
    (0, b"ID3"), (0, b"\xff\xfb"), (0, b"OggS"), (0, b"fLaC"), (0, b"\x1aE\xdf\xa3"), (0, b"FLV\1"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), (0, b"\0\0\1\xba"), (0, b"\0\0\1\xb3"), (0, b"wOFF"), (0, b"wOF2"),
    (0, b"OTTO\0"), (0, b"\0\1\0\0\0"), (0, b"ttcf"), (0, b"MThd"), (0, b"#!AMR"), (0, b"PMOC"),
]  # fmt: skip
_ALL: list[tuple[int, bytes, str]] = _MAGIC + [(at, magic, NOT_DOCUMENTS) for at, magic in _NOT_DOCUMENTS]
_ELSEWHERE: list[tuple[int, bytes, str]] = [row for row in _ALL if row[0]]
_STARTS = [row for row in _ALL if not row[0]]
_BY_FIRST: dict[int, list[tuple[int, bytes, str]]] = {
    first: [row for row in _STARTS if row[1][0] == first] for first in range(256)
}
_ODD = bytes(c for c in range(32) if c not in b"\a\b\t\n\v\f\r\x1b\x1f")
"""Control characters no text file needs."""
_MEDIA_BRANDS = (
    b"isom",
    b"iso2",
    b"mp4",
    b"M4A ",
    b"M4V ",
    b"qt  ",
    b"3gp",
    b"avc1",
    b"dash",
    b"MSNV",
    b"3g2",
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_HEADER = re.compile(rb"[!-9;-~]{1,70}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?(?:\n|\Z)")
_MAIL = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Content-Type|Delivered-To|"
    rb"Reply-To|Content-Transfer-Encoding|X-[\w-]+|Snapshot-Content-Location|Cc|Bcc|Sender):",
    re.I | re.M,
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|script|div|center|frameset)[\s>]", re.I
)
_ROOT = re.compile(rb"<(?![?!])(?:([\w.-]+):)?([\w.-]+)([^>]*)")


def sniff(data: bytes) -> str:
    """The media type of these bytes. ZIP and OLE are refined by their own readers."""
    if not len(data):
        return EMPTY
    head = data[:4096]
    by_magic = _by_magic(data, head)
    if by_magic:
        return by_magic
    if _is_tar(head):
        return "application/x-tar"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return _textual(data, head)


def _by_magic(data: bytes, head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        brands = head[8 : 8 + 64]
        if any(brand in brands for brand in _HEIC_BRANDS):
            return "image/heic"
        if any(brand in brands for brand in _MEDIA_BRANDS):
            return NOT_DOCUMENTS
    if head[:4] == b"RIFF":
        return "image/webp" if head[8:12] == b"WEBP" else NOT_DOCUMENTS
    if (
        head[:2] == b"BM"
        and len(head) >= 26
        and struct.unpack_from("<I", head, 14)[0] in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "image/bmp"
    for at, magic, kind in _BY_FIRST[head[0]] + _ELSEWHERE:
        place = head if at < 4000 else data
        if place[at : at + len(magic)] == magic and not (kind == NOT_DOCUMENTS and _looks_textual(head)):
            return kind
    return None


def _is_tar(head: bytes) -> bool:
    """A tar header carries a checksum of itself."""
    if len(head) < 512 or not head[0]:
        return False
    digits = head[148:156].split(b"\0")[0].strip()
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        return False
    return int(digits, 8) == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _looks_textual(head: bytes) -> bool:
    return b"\0" not in head and _count(head, _ODD) < 0.02 * max(1, len(head))


def _count(data: bytes, which: bytes) -> int:
    """How many bytes are among `which`."""
    return len(data) - len(data.translate(None, which))


def _textual(data: bytes, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or _utf16(head):
        return _markup_in_utf16(head) or TEXT
    if start[:1] == b"<":
        kind = _markup(start)
        if kind:
            return kind
    if start[:1] in (b"{", b"[") and re.match(rb'[{\[]\s*(?:["{}\[\]\d-]|null|true|false)', start):
        return "application/json"
    if start[:5] == b"From " and _MAIL.search(head[:2048]):
        return "application/mbox"
    if _is_mail(start):
        return "message/rfc822"
    if _HTML.search(head[:2048]) and _looks_textual(head):
        return "text/html"
    return TEXT if _mostly_text(data) else BINARY


def _is_mail(start: bytes) -> bool:
    at = names = 0
    while (m := _HEADER.match(start, at)) and names < 60:
        at, names = m.end(), names + 1
    known = {name.lower() for name in _MAIL.findall(start[:at])}
    return names >= 2 and len(known) >= 2 and (at >= len(start) or start[at : at + 1] in (b"\r", b"\n"))


def _markup(start: bytes) -> str | None:
    if start[:5].lower() == b"<?xml" or start[:2] == b"<?":
        root = _ROOT.search(start)
        if root:
            return _by_root(root[2], root[3], start)
        return "application/xml"
    if _HTML.match(start):
        return "text/html"
    root = _ROOT.match(start)
    if root is None:
        return "text/html" if start[:4] == b"<!--" and _HTML.search(start) else None
    if b"xmlns" in root[3]:
        return _by_root(root[2], root[3], start)
    return "text/html" if _HTML.search(start) else None


def _by_root(name: bytes, attributes: bytes, start: bytes) -> str:
    if name == b"wordDocument" or (name == b"package" and b"xmlPackage" in attributes):
        return "application/x-word-xml"
    if name == b"Workbook" and b"schemas-microsoft-com" in start:
        return "application/x-excel-xml"
    if name == b"document" and b"opendocument" in start:
        return "application/x-flat-opendocument"
    if name.lower() == b"html":
        return "text/html"
    if name == b"svg":
        return "image/svg+xml"
    return "application/xml"


def _utf16(head: bytes) -> bool:
    pairs = len(head) // 2
    if pairs < 4 or b"\0" not in head:
        return False
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    return max(even, odd) > 0.3 * pairs and min(even, odd) < 0.05 * pairs


def _markup_in_utf16(head: bytes) -> str | None:
    text = head.replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    return _markup(text) if text[:1] == b"<" else None


def _mostly_text(data: bytes) -> bool:
    """Text in some single-byte or UTF-8 encoding: no NUL, few control characters, looked at in three places."""
    size = len(data)
    sample = data[:16_384]
    if size > len(sample):
        sample += data[size // 2 : size // 2 + 4096] + data[-4096:]
    zeros = sample.count(0)
    if zeros > 0.001 * len(sample):
        return _utf32(data[:4096])
    # Old Vietnamese encodings use a few control codes as letters (VISCII 6, VPS 20), so some are allowed.
    return _count(sample, _ODD) <= 0.06 * len(sample)


def _utf32(sample: bytes) -> bool:
    quads = len(sample) // 4
    if quads < 4:
        return False
    part = sample[: quads * 4]
    return (
        part[2::4].count(0) + part[3::4].count(0) == 2 * quads
        or part[0::4].count(0) + part[1::4].count(0) == 2 * quads
    )
