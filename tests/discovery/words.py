"""Invented texts of real syllables in no order: long enough to hold passages, nobody's own."""

from __future__ import annotations

import random

_SYLLABLES = (
    "đoàn tổ bộ kho trạm đội tuyến hồ bến xưởng nhóm lớp trường chợ bãi vườn nhà đường cầu khu hợp đàn giếng cột thẩm "
    "phận cần dự quan xung kênh chứa đò sửa kỹ tập mầm đầu mối tế kết ươm văn hóa thôn treo tái định xã gia súc khoan "
    "thu chuyển sang được giao kiểm đếm tạm dừng bàn xong khảo sát thêm cố bằng bố trí quanh ghi nhận đối chiếu về mở "
    "rộng tới nghiệm sau đo đạc dọc lắp cạnh sáng thứ ba nước rút trời hửng ngày vụ chiêm mưa lớn trước giờ trực đêm "
    "theo sơ mới vốn tiết sáu tấn vật không qua trung gian dưới hộ dân phía tây nam bắc cao thấp lúa ngô khoai sắn"
)
_WORDS = _SYLLABLES.split()


def invented(seed: int, sentences: int = 60) -> str:
    """A text nobody wrote, always the same for one seed; no two seeds share more than a few words in a row."""
    rng = random.Random(seed)
    lines = []
    for number in range(sentences):
        words = " ".join(rng.choices(_WORDS, k=rng.randint(14, 24)))
        lines.append(f"{words.capitalize()} {rng.randint(2, 99)}.")
        if number % 4 == 3:
            lines.append("")
    return "\n".join(lines)
