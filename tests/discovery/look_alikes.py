"""Words in frames that are no level stamps: office stamps, and syllables close to MẬT, none used while building."""

from __future__ import annotations

import random

_OFFICE = (
    "KHẨN CẤP,CÔNG VĂN ĐẾN,CÔNG VĂN ĐI,SAO LỤC,TRÍCH SAO,ĐÃ KIỂM TRA,ĐÃ DUYỆT,ĐÃ VÀO SỔ,HỎA TỐC HẸN GIỜ,"
    "BẢN CHÍNH,BẢN GỐC,SAO Y BẢN CHÍNH,ĐÃ THANH TOÁN,HẾT HIỆU LỰC,LƯU HÀNH NỘI BỘ,DỰ THẢO,THU TIỀN,CHI TIỀN,"
    "GIÁM ĐỐC,CHỦ TỊCH,TRƯỞNG PHÒNG,KẾ TOÁN,VĂN THƯ,LƯU TRỮ,ĐÓNG DẤU,TUYỂN SINH,TỐT NGHIỆP,MIỄN THUẾ,MÃ SỐ,"
    "MẶT BẰNG,MẤT MÙA,MỞ SỔ,MỘT CỬA,MÁY CHỦ,MẬT ONG,BÍ MẬT,BẢO VỆ,CẢNH BÁO,TỐI ĐA,TỐI HẬU,TUYỆT TÁC,TUYỂN CHỌN,"
    "TỐI MÁT,TUYỆT MẠCH,TRỰC BAN,PHÒNG MẠCH,NHẬN ĐỦ,ĐỦ ĐIỀU KIỆN,KHÔNG ĐẠT,ĐẠT,HỢP LỆ,HỦY BỎ,ĐÃ HỦY,MẪU SỐ"
)
_USED = (
    "MẪU,MẤT,MẶT,MẮT,MÁT,MÂT,MẠT,MẬP,MẬN,MẬU,MẤP,MỐT,MỌT,NHẬT,VẬT,CẬT,THẬT,LẬT,PHẬT,TẤT,TỔI MẶT,TÔI MẤT,"
    "TỐT MẮT,LỐI MẬT,TỐI MẶT,TỔ MẬT,TỘI MẤT,TUYỆT MỸ,TUYẾT MẤT,TUYỂN MỘT,BẢO MẬT,HỎA TỐC,ĐẾN,KHẨN,"
    "TỐI MẬT,TUYỆT MẬT,MẬT"
)
USED_WHILE_BUILDING = frozenset(_USED.split(","))
_FIRST = ("M", "N", "H", "K", "L", "B", "Đ", "TH", "NG", "TR", "KH", "S", "X", "G", "R")
_MIDDLE = "ẬẤẦẪĂẶẮẠÁỘỐỢỚỆẾỊÍỤỨỰ"
_LAST = ("T", "P", "C", "N", "M", "NG", "NH", "U", "I")
_BEFORE = ("", "", "", "TỐI ", "TUYỆT ", "TÔI ", "TUYẾT ", "TỚI ", "TỘI ", "THỐI ")


def look_alikes(count: int, seed: int = 3) -> list[str]:
    """So many different words, the office stamps first."""
    rng = random.Random(seed)
    words = [w for w in _OFFICE.split(",") if w not in USED_WHILE_BUILDING]
    while len(words) < count:
        first = "M" if rng.random() < 0.5 else rng.choice(_FIRST)
        word = rng.choice(_BEFORE) + first + rng.choice(_MIDDLE) + rng.choice(_LAST)
        if word not in words and word not in USED_WHILE_BUILDING:
            words.append(word)
    return words[:count]
