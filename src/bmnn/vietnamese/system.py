"""What the operating system says of a file, in Vietnamese."""

from __future__ import annotations

import errno

_WORDS = {
    "ENOENT": "không có tệp hoặc thư mục này",
    "EACCES": "không có quyền",
    "EPERM": "không có quyền",
    "EEXIST": "đã có tệp cùng tên",
    "ENOTDIR": "đường dẫn đi qua một tệp, không phải thư mục",
    "EISDIR": "đây là thư mục, không phải tệp",
    "ENOSPC": "ổ đĩa đã đầy",
    "EDQUOT": "đã dùng hết phần ổ đĩa được cấp",
    "EROFS": "ổ đĩa chỉ cho đọc",
    "EIO": "ổ đĩa báo lỗi khi đọc hoặc ghi",
    "EINVAL": "tên hoặc cách dùng không hợp lệ",
    "ELOOP": "liên kết vòng quanh",
    "EMFILE": "đang mở quá nhiều tệp",
    "ENAMETOOLONG": "tên quá dài",
    "ENODEV": "không tìm thấy thiết bị",
    "ECONNREFUSED": "không kết nối được",
    "EBUSY": "tệp đang được chương trình khác dùng",
}
# By name: not every system knows every error.
_BY_NUMBER = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}
NO_PACKAGE: int = getattr(errno, "ENOPKG", 65)
"""Number of the error that says the driver of PostgreSQL is not installed."""
_BY_NUMBER[NO_PACKAGE] = "máy này chưa cài phần mềm psycopg (gói mở rộng «pg» của chương trình)"


def system_words(error: OSError) -> str:
    """The end of a sentence that names the file: why the system would not."""
    return _BY_NUMBER.get(error.errno or 0, f"hệ điều hành báo lỗi số {error.errno}")
