"""Numbers and symbols of documents: 7592/UBND-THNC, 9960-CV/TU, 117/2025/QH15, 58-QĐ/TW, 32/CT-TTg."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.vietnamese.marks import nfc

_STATE = re.compile(
    r"(\d{1,6}[a-z]?)\s*/\s*(?:(\d{4})\s*/\s*)?([A-ZĐ][A-ZĐa-z0-9]*(?:\s*[-&./]\s*[A-ZĐ][A-ZĐa-zđ0-9&.()]*)*)"
)
_PARTY = re.compile(
    r"(\d{1,6}[a-z]?)\s*-\s*([A-ZĐ]{1,6}[a-z]?)\s*/\s*([A-ZĐ][A-ZĐa-zđ0-9.&-]*(?:\s*/\s*[A-ZĐ][A-ZĐa-zđ0-9.&-]*)*)"
)
_NUMBER_ONLY = re.compile(r"\d{1,6}[a-z]?")


@dataclass(frozen=True)
class DocumentSymbol:
    """`number` as written ("09", "15a"); `year` when it is part of the symbol; `kind` "state" or "party"."""

    number: str
    symbol: str
    kind: str
    year: int | None = None
    type_code: str | None = None
    issuer_codes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As written on the document."""
        if self.kind == "party":
            return f"{self.number}-{self.symbol}"
        return f"{self.number}/{self.year}/{self.symbol}" if self.year else f"{self.number}/{self.symbol}"


def parse_symbol(text: str) -> DocumentSymbol | None:
    """Read one number and symbol; spaces and line ends inside it do not matter. None when it is none."""
    joined = re.sub(r"\s+", "", nfc(text)).removeprefix("Số:").removeprefix("số:").rstrip(".,;")
    if m := _PARTY.fullmatch(joined):
        return DocumentSymbol(m[1], f"{m[2]}/{m[3]}", "party", None, m[2], (m[3],))
    if m := _STATE.fullmatch(joined):
        parts = re.split(r"[-/]", m[3])
        known = parts[0] in TYPE_CODES
        type_code = parts[0] if known else None
        issuers = parts[1:] if known else parts
        return DocumentSymbol(m[1], m[3], "state", int(m[2]) if m[2] else None, type_code, tuple(issuers))
    return None


def split_typed(text: str) -> tuple[str, str]:
    """The typing grid's cell: "15/KH-UBND" → ("15", "KH-UBND"); a bare number or symbol fills its own half."""
    text = nfc(text).strip()
    if found := parse_symbol(text):
        return found.number, text.split("/", 1)[1].strip() if found.kind == "state" else found.symbol
    return (text, "") if _NUMBER_ONLY.fullmatch(text) else ("", text)


TYPE_CODES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "CV": "Công văn",
    "KL": "Kết luận",
    "TT": "Thông tư",
    "NĐ": "Nghị định",
    "TTLT": "Thông tư liên tịch",
    "L": "Luật",
    "PL": "Pháp lệnh",
}
"""Type codes of NĐ 30/2020/NĐ-CP, Phụ lục III, and of Party documents; `TT` also stands for Thông tư."""
