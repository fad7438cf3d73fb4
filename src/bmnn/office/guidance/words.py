"""Closed vocabularies of guidance with their Vietnamese words."""

from __future__ import annotations

DIRECTIONS: dict[str, str] = {"received": "Văn bản đến", "issued": "Văn bản của cơ quan"}

# Kinds of documents that order, plan or regulate; the names are those the documents carry.
KINDS: tuple[str, ...] = (
    "Chỉ thị",
    "Công văn",
    "Công điện",
    "Kế hoạch",
    "Nghị quyết",
    "Thông báo",
    "Kết luận",
    "Quyết định",
    "Hướng dẫn",
    "Quy định",
    "Quy chế",
    "Nội quy",
    "Chương trình",
    "Văn bản khác",
)
REGULATIONS: tuple[str, ...] = ("Quy chế", "Nội quy")

RELATIONS: dict[str, str] = {
    "implements": "thực hiện",
    "forwards": "sao gửi",
    "continues": "tiếp theo",
    "replaces": "thay thế",
    "basis": "căn cứ",
}

DEADLINES: dict[str, str] = {
    "absolute": "ngày cụ thể",
    "periodic": "định kỳ",
    "immediate": "làm ngay",
    "prompt": "kịp thời",
    "continuous": "thường xuyên",
    "as_regulated": "theo quy định",
    "conditional": "khi có việc xảy ra",
    "relative": "sau một khoảng thời gian",
    "none": "không nêu thời hạn",
}
# A date must be set for these when the task is given out.
DATED: frozenset[str] = frozenset({"absolute", "periodic", "relative"})

PERIODS: dict[str, str] = {
    "P1W": "hằng tuần",
    "P1M": "hằng tháng",
    "P3M": "hằng quý",
    "P6M": "6 tháng",
    "P9M": "9 tháng",
    "P1Y": "hằng năm",
    "P5Y": "5 năm",
}

POINT_STATES: dict[str, str] = {"live": "Đang theo dõi", "dropped": "Không phải nhiệm vụ", "merged": "Đã gộp"}

TASK_STATES: dict[str, str] = {
    "waiting": "Chờ sự việc xảy ra",
    "open": "Đang thực hiện",
    "submitted": "Đã báo cáo, chờ duyệt",
    "returned": "Bị trả lại",
    "closed": "Đã hoàn thành",
    "withdrawn": "Đã rút",
}
# Work that somebody still owes.
OWED: tuple[str, ...] = ("open", "submitted", "returned")

EVIDENCE_KINDS: dict[str, str] = {
    "document": "Văn bản trả lời",
    "figure": "Số liệu từ sổ và hồ sơ",
    "note": "Diễn giải",
}

PLAN_STATES: dict[str, str] = {"draft": "Dự thảo", "approved": "Đã duyệt", "replaced": "Đã thay thế"}

BODY_KINDS: dict[str, str] = {"ban_chi_dao": "Ban Chỉ đạo", "to_bao_mat": "Tổ bảo mật"}
