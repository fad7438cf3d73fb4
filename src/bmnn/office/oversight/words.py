"""Words of scans, as screens and paper show them."""

from __future__ import annotations

ANSWERS = {
    "open": "Chưa xem",
    "secret": "Mật",
    "not_secret": "Không mật",
    "unclear": "Chưa rõ",
}
METHODS = {
    "deleted": "Xóa hẳn, xóa cả thùng rác",
    "wiped": "Xóa và ghi đè vùng trống",
    "destroyed": "Tiêu hủy vật chứa",
    "moved": "Thu hồi về nơi lưu giữ bí mật nhà nước",
    "unpublished": "Gỡ khỏi trang web, mạng xã hội, nhóm tin nhắn",
}
ENGINE_VERDICTS = ("suspect", "review", "unreadable", "over_limit")
