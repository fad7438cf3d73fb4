"""Budgets of a worker, what a call gives back, and the words in which it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
GIB = 1024 * MIB
MAX_FILES = 32
"""Files handed over in one call."""

LAYER_WORDS = {
    "network": "chặn mạng (seccomp, Landlock)",
    "process": "chặn tạo tiến trình (seccomp)",
    "execute": "chặn chạy chương trình (seccomp, Landlock)",
    "read_outside": "chặn đọc tệp ngoài (Landlock)",
    "write": "chặn ghi tệp (seccomp, Landlock, hạn mức)",
    "memory": "hạn mức bộ nhớ",
    "one_thread": "một luồng duy nhất khi khóa",
}
"""Every layer of the box by the name the self-test gives it, in words for the status page."""

WHY_WORDS = {
    "time": "quá thời gian xử lý cho phép",
    "cpu": "quá thời gian tính toán cho phép",
    "memory": "quá bộ nhớ cho phép",
    "crashed": "tiến trình đọc tệp bị hỏng giữa chừng",
    "reply_too_large": "kết quả lớn hơn mức cho phép",
    "bad_reply": "tiến trình đọc tệp trả lời sai quy cách",
    "error": "lỗi khi đọc tệp",
    "missing": "không tìm thấy tệp",
    "not_regular": "không phải tệp thường (liên kết, ống dẫn, thiết bị…) nên không mở",
    "no_right": "không có quyền đọc tệp",
    "in_use": "tệp đang bị chương trình khác giữ",
    "input_too_large": "tệp lớn hơn mức cho phép",
    "unreadable_disk": "không đọc được tệp từ đĩa",
}
"""Reasons of an Outcome that is not ok, in words."""


class SandboxError(RuntimeError):
    """The box cannot be used; the message is Vietnamese and for the user."""


class SandboxMissing(SandboxError):
    """Layers of the box are missing on this computer and the policy does not allow to go without them."""

    def __init__(self, missing: list[str]) -> None:
        """`missing` names layers of LAYER_WORDS."""
        self.missing = missing
        words = "; ".join(LAYER_WORDS.get(name, name) for name in missing)
        super().__init__(
            f"Không có hộp cát an toàn để đọc tệp lạ, còn thiếu: {words}. "
            "Chương trình từ chối đọc tệp trên máy này. Người quản trị có thể cho phép rõ ràng việc thiếu lớp "
            "bảo vệ trong cấu hình nếu chấp nhận rủi ro."
        )


@dataclass(frozen=True)
class Limits:
    """Budgets of one worker. Times are seconds, sizes bytes.

    `wall` is the longest silence of a worker: a call must end, or yield its next item, within it. `total` bounds
    the whole call (None: only `wall`). `cpu` likewise is given anew with each item. `readable` are folders the
    worker may read beside Python itself. `allow_missing` names the layers (LAYER_WORDS) whose absence is accepted.
    """

    wall: float = 15.0
    total: float | None = None
    cpu: int = 10
    memory: int = GIB
    reply: int = 64 * MIB
    argument: int = 16 * MIB
    input: int = 300 * MIB
    files_per_worker: int = 2000
    restart_above: float = 0.7
    start: float = 60.0
    readable: tuple[Path, ...] = ()
    allow_missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What one call gave.

    `value`: the function's JSON value; for a generator the list of its items, also when it was cut short
    (`ok` False): what came before the end is kept. `why`: a code of WHY_WORDS, None when ok. `detail`: the kind of
    error inside the worker, for the maintainer. `message`: `why` in Vietnamese. `peak`: resident bytes of the worker.
    """

    ok: bool
    value: Any
    why: str | None = None
    detail: str = ""
    seconds: float = 0.0
    peak: int = 0

    @property
    def message(self) -> str:
        """The reason in Vietnamese; empty when ok."""
        return "" if self.why is None else WHY_WORDS.get(self.why, self.why)


@dataclass(frozen=True)
class Job:
    """One call of a `map`: the files to hand over and the JSON argument."""

    paths: tuple[str | Path, ...] = ()
    argument: Any = None
    label: Any = field(default=None, compare=False)
