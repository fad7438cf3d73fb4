"""Closed vocabularies of the registers with their Vietnamese words."""

from __future__ import annotations

LEVELS: dict[str, str] = {"TUYET_MAT": "Tuyệt mật", "TOI_MAT": "Tối mật", "MAT": "Mật"}
LEVEL_SIGNS: dict[str, str] = {"TUYET_MAT": "A", "TOI_MAT": "B", "MAT": "C"}
# The only level whose summary may be written nowhere.
NO_SUMMARY = "TUYET_MAT"

KINDS: dict[str, str] = {
    "document": "Tài liệu",
    "object": "Vật chứa bí mật",
    "place": "Địa điểm",
    "words": "Lời nói",
    "activity": "Hoạt động",
}

# Four kinds of information with books and marks of their own; only the first is a state secret.
SERIES: dict[str, str] = {
    "bmnn": "Bí mật nhà nước",
    "cong_tac": "Bí mật công tác",
    "noi_bo_dang": "Bí mật nội bộ của Đảng",
    "han_che": "Lưu hành hạn chế",
}
# What is printed on a document of each series instead of a stamp of secrecy.
SERIES_MARKS: dict[str, tuple[str, ...]] = {
    "bmnn": (),
    "cong_tac": ("TÀI LIỆU LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"),
    "noi_bo_dang": ("TÀI LIỆU HỘI NGHỊ", "LƯU HÀNH NỘI BỘ"),
    "han_che": ("LƯU HÀNH NỘI BỘ",),
}

BOOKS: dict[str, str] = {"so_di": "Sổ đi", "so_den": "Sổ đến", "so_chuyen_giao": "Sổ chuyển giao"}

ITEM_STATES: dict[str, str] = {
    "proposed": "Chờ xác định độ mật",
    "determined": "Đã xác định độ mật",
    "refused": "Không xác định là bí mật",
    "registered": "Đã đăng ký đi",
    "received": "Đã đăng ký đến",
    "returned": "Đã trả lại nơi gửi",
    "voided": "Đã hủy số",
}
COPY_STATES: dict[str, str] = {
    "held": "Đang giữ",
    "handed": "Đã giao, chờ ký nhận",
    "received": "Đã ký nhận",
    "returned": "Đã trả lại",
}
PROPOSAL_STATES: dict[str, str] = {
    "waiting": "Chờ quyết định",
    "determined": "Đã xác định",
    "refused": "Không chấp nhận",
}

# Names of document kinds with the abbreviation used in numbers; a letter has none.
DOCUMENT_TYPES: dict[str, str] = {
    "Công văn": "CV",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Chỉ thị": "CT",
    "Chương trình": "CTr",
    "Công điện": "CĐ",
    "Đề án": "ĐA",
    "Hướng dẫn": "HD",
    "Kế hoạch": "KH",
    "Kết luận": "KL",
    "Nghị quyết": "NQ",
    "Phương án": "PA",
    "Quy chế": "QC",
    "Quy định": "QĐi",
    "Quyết định": "QĐ",
    "Thông báo": "TB",
    "Thông tri": "TT",
    "Tờ trình": "TTr",
    "Vật chứa": "VC",
    "Tài liệu khác": "TL",
}
