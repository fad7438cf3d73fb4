"""What reading gives: items, their parts and pages, verdicts with reasons, and the budgets reading keeps to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from bmnn.reading.pictures import Pixels

MIB = 1024 * 1024

Verdict = Literal["read", "unreadable", "over_limit"]

UNREADABLE = {
    "encrypted": "được mã hóa bằng mật khẩu hoặc khóa nên không đọc được",
    "damaged": "bị hỏng hoặc thiếu phần cuối nên không đọc được hết",
    "unknown_type": "không nhận ra loại tệp từ nội dung",
    "not_a_document": "không phải loại tệp chứa văn bản (chương trình, âm thanh, phim, phông chữ, cơ sở dữ liệu…)",
    "forbidden_xml": "chứa khai báo thực thể XML, không tệp văn phòng lành nào có",
    "unsupported_compression": "dùng cách nén mà máy này không giải được",
    "unsupported_version": "là phiên bản định dạng mà chương trình chưa đọc được",
    "needs_library": "cần thư viện giải nén mà máy này không có",
    "link": "là liên kết trong tệp nén, không đi theo",
    "overlap": "các phần trong tệp nén chồng lên nhau, dấu hiệu tệp phá hoại",
    "remote": "nội dung nằm ở nơi khác (liên kết ngoài), không nằm trong tệp",
    "crashed": "làm hỏng tiến trình đọc giữa chừng",
    "error": "gây lỗi không lường trước khi đọc",
    "bad_reply": "khiến tiến trình đọc trả lời sai quy cách",
    "missing": "không tìm thấy tệp",
    "not_regular": "không phải tệp thường (liên kết, ống dẫn, thiết bị…) nên không mở",
    "no_right": "không có quyền đọc tệp",
    "in_use": "tệp đang bị chương trình khác giữ",
    "unreadable_disk": "không đọc được tệp từ đĩa",
}
"""Codes of the verdict `unreadable`, in words that follow the name of the file."""

OVER_LIMIT = {
    "too_deep": "nằm quá sâu trong các tệp lồng nhau",
    "too_large": "lớn hơn mức cho phép",
    "too_many": "có quá nhiều phần bên trong",
    "ratio": "giải nén ra lớn gấp quá nhiều lần, dấu hiệu bom nén",
    "total": "tổng dung lượng giải nén vượt mức cho phép",
    "too_much_text": "có lượng chữ vượt mức cho phép",
    "too_many_pages": "có số trang vượt mức cho phép",
    "too_many_pixels": "ảnh có số điểm vượt mức cho phép",
    "input_too_large": "tệp lớn hơn mức cho phép",
    "reply_too_large": "cho lượng kết quả vượt mức cho phép",
    "time": "xử lý quá thời gian cho phép",
    "cpu": "cần quá nhiều thời gian tính toán",
    "memory": "cần quá nhiều bộ nhớ",
}
"""Codes of the verdict `over_limit`."""

NOTES = {
    "polyglot": "mang dấu hiệu của nhiều loại tệp cùng lúc",
    "trailing_data": "có dữ liệu thừa sau phần cuối của tệp",
    "leading_data": "có dữ liệu lạ trước phần đầu của tệp",
    "macros": "có macro",
    "name_differs": "đuôi tên không đúng với nội dung",
    "restricted": "có đặt hạn chế (in, sao chép) nhưng vẫn mở đọc được",
    "part_damaged": "có phần bên trong bị hỏng; các phần khác đã đọc",
    "salvaged": "tệp hỏng: chữ vớt được có thể thiếu và lộn xộn",
    "vector_only": "hình vẽ véc-tơ: chỉ đọc được chữ ghi trong tệp",
    "zero_width": "có ký tự ẩn chen giữa chữ",
    "external_link": "có liên kết tới nội dung bên ngoài (không mở)",
}
"""Codes of `Item.notes`: odd, but no reason to stop."""

PartKind = Literal[
    "body",
    "header",
    "footer",
    "text_box",
    "note",
    "comment",
    "deleted",
    "hidden",
    "field",
    "sheet",
    "slide",
    "mail_header",
    "property",
    "salvaged",
]
VISIBLE: frozenset[str] = frozenset({"body", "text_box", "sheet", "slide"})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of `Item.text`: what it is and where it lies (half open)."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1 and its place in `Item.text`; how much of its area is pictures (0..1, None: unknown);
    the share of its words that are possible Vietnamese syllables (None: no words)."""

    number: int
    start: int
    end: int
    image_share: float | None = None
    score: float | None = None


class PageImage(Protocol):
    """One page. `number` from 1; `dpi`: resolution of an image file (None: unknown, or it can be rendered at any)."""

    number: int
    dpi: float | None

    def gray(self, dpi: int = 200) -> Pixels:
        """Height × width, 0 black … 255 white, at about this resolution."""
        ...

    def colour(self, dpi: int = 200) -> Pixels:
        """Height × width × 3, red green blue."""
        ...


@dataclass(slots=True)
class Item:
    """One file, or one member of a file. See the table in `docs/architecture.md`."""

    path: str
    sha256: str
    size: int
    type: str
    text: str = ""
    verdict: Verdict = "read"
    why: str | None = None
    encoding: str | None = None
    parts: tuple[Part, ...] = ()
    pages: tuple[Page, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    images: Sequence[PageImage] = ()
    data: bytes = field(default=b"", repr=False)

    @property
    def message(self) -> str:
        """Why it was not (wholly) read, in Vietnamese; empty when it was."""
        return "" if self.why is None else UNREADABLE.get(self.why) or OVER_LIMIT.get(self.why, self.why)

    @property
    def body(self) -> str:
        """The visible running text alone: body, text boxes, sheets, slides; `\\f` stays between pages."""
        if not self.parts:
            return self.text
        out, at = [], 0
        for part in self.parts:
            out.append("\f" if "\f" in self.text[at : part.start] else "")
            if part.kind in VISIBLE:
                out.append(self.text[part.start : part.end])
            at = part.end
        return "".join(out)

    def page_at(self, offset: int) -> int | None:
        """Number of the page on which this place of the text lies; None where the format has no pages."""
        for page in self.pages:
            if page.start <= offset < max(page.end, page.start + 1):
                return page.number
        return None

    def to_json(self) -> dict[str, Any]:
        """Everything but pictures and bytes, for the way out of the sandbox."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "size": self.size,
            "type": self.type,
            "text": self.text,
            "verdict": self.verdict,
            "why": self.why,
            "encoding": self.encoding,
            "parts": [[p.kind, p.start, p.end] for p in self.parts],
            "pages": [[p.number, p.start, p.end, p.image_share, p.score] for p in self.pages],
            "properties": self.properties,
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Item:
        """The reverse of `to_json`."""
        return cls(
            path=value["path"],
            sha256=value["sha256"],
            size=value["size"],
            type=value["type"],
            text=value["text"],
            verdict=value["verdict"],
            why=value["why"],
            encoding=value["encoding"],
            parts=tuple(Part(*p) for p in value["parts"]),
            pages=tuple(Page(*p) for p in value["pages"]),
            properties=value["properties"],
            notes=tuple(value["notes"]),
        )


@dataclass(frozen=True)
class ReadingLimits:
    """Budgets of reading one file with all it holds. What lies beyond one is an item `over_limit`, never silence."""

    depth: int = 6
    members: int = 20_000
    member: int = 200 * MIB
    total: int = 2048 * MIB
    ratio: int = 200
    ratio_from: int = MIB
    input: int = 300 * MIB
    text: int = 40_000_000
    pages: int = 5_000
    pixels: int = 60_000_000

    def to_json(self) -> dict[str, int]:
        """For the way into the sandbox; `ReadingLimits(**value)` is the reverse."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class Unread(Exception):
    """Reading stops here; `why` is a code of UNREADABLE or OVER_LIMIT."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def verdict(self) -> Verdict:
        """The verdict that goes with the reason."""
        return verdict_of(self.why)


def verdict_of(why: str | None) -> Verdict:
    """`over_limit` for a budget, `unreadable` for anything else, `read` without a reason."""
    if why is None:
        return "read"
    return "over_limit" if why in OVER_LIMIT else "unreadable"
