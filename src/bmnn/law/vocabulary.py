"""The words in which the law speaks of bodies, tiers, posts, acts and levels, each with its Vietnamese name.

These codes are written into events and rule data and never change; the words shown may be improved.
"""

from __future__ import annotations

from dataclasses import dataclass

TIERS: dict[str, str] = {
    "central": "Trung ương",
    "province": "Cấp tỉnh",
    "region": "Khu vực",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}

LEVELS: dict[str, str] = {"TUYET_MAT": "Tuyệt mật", "TOI_MAT": "Tối mật", "MAT": "Mật"}
# The higher the rank, the graver the harm.
LEVEL_RANK: dict[str, int] = {"MAT": 1, "TOI_MAT": 2, "TUYET_MAT": 3}


@dataclass(frozen=True)
class BodyType:
    """A kind of body. `agency`: it stands on its own (a seal, a head who determines secrecy), unlike a division."""

    words: str
    tiers: tuple[str, ...]
    agency: bool = True
    party: bool = False


@dataclass(frozen=True)
class PostType:
    """A kind of post. `head`: it leads a body; a deputy holds the same code with `deputy` set."""

    words: str
    head: bool = True
    deputy_words: str = ""


_ALL = tuple(TIERS)

BODY_TYPES: dict[str, BodyType] = {
    # Party
    "co_quan_dang_tw": BodyType("Cơ quan trung ương của Đảng", ("central",), party=True),
    "tinh_uy": BodyType("Tỉnh ủy, thành ủy", ("province",), party=True),
    "huyen_uy": BodyType("Huyện ủy, quận ủy, thị ủy", ("district",), party=True),
    "dang_uy": BodyType("Đảng ủy", ("province", "commune"), party=True),
    "ban_dang": BodyType(
        "Cơ quan tham mưu, giúp việc của cấp ủy", ("province", "district", "commune"), party=True
    ),
    # National Assembly, President, courts, procuracies, audit
    "quoc_hoi": BodyType("Cơ quan của Quốc hội, Văn phòng Quốc hội", ("central",)),
    "doan_dbqh": BodyType("Đoàn đại biểu Quốc hội", ("province",)),
    "vp_chu_tich_nuoc": BodyType("Văn phòng Chủ tịch nước", ("central",)),
    "toa_an": BodyType("Tòa án nhân dân", ("central", "province", "region", "district")),
    "toa_an_cap_cao": BodyType("Tòa án nhân dân cấp cao", ("central",)),
    "vien_kiem_sat": BodyType("Viện kiểm sát nhân dân", ("central", "province", "region", "district")),
    "vien_kiem_sat_cap_cao": BodyType("Viện kiểm sát nhân dân cấp cao", ("central",)),
    "don_vi_toa_an": BodyType("Đơn vị thuộc Tòa án nhân dân", ("central", "province"), agency=False),
    "don_vi_vien_kiem_sat": BodyType(
        "Đơn vị thuộc Viện kiểm sát nhân dân", ("central", "province"), agency=False
    ),
    "kiem_toan": BodyType("Kiểm toán nhà nước", ("central",)),
    "don_vi_kiem_toan": BodyType("Đơn vị thuộc Kiểm toán nhà nước", ("central", "region")),
    # Government
    "thu_tuong": BodyType("Thủ tướng Chính phủ", ("central",)),
    "bo": BodyType("Bộ, cơ quan ngang bộ", ("central",)),
    "co_quan_chinh_phu": BodyType("Cơ quan thuộc Chính phủ", ("central",)),
    "tong_cuc": BodyType("Tổng cục, cục, vụ thuộc cơ quan trung ương", ("central",)),
    "cuc_co_quan_chinh_phu": BodyType("Cục, vụ thuộc cơ quan thuộc Chính phủ", ("central",)),
    "cuc_thuoc_tong_cuc": BodyType("Cục, vụ thuộc tổng cục", ("central",)),
    "dai_dien_nuoc_ngoai": BodyType("Cơ quan đại diện Việt Nam ở nước ngoài", ("central",)),
    "hdnd": BodyType("Hội đồng nhân dân", ("province", "district", "commune")),
    "ban_hdnd": BodyType("Ban của Hội đồng nhân dân", ("province", "district", "commune"), agency=False),
    "ubnd": BodyType("Ủy ban nhân dân", ("province", "district", "commune")),
    "so": BodyType("Sở, ban, ngành cấp tỉnh", ("province",)),
    "van_phong": BodyType("Văn phòng", ("province", "district", "commune")),
    "phong": BodyType("Phòng và tương đương", ("central", "province", "district", "commune"), agency=False),
    # Front, unions, units, enterprises
    "mat_tran": BodyType("Mặt trận Tổ quốc, tổ chức chính trị - xã hội", _ALL),
    "don_vi_su_nghiep": BodyType("Đơn vị sự nghiệp công lập", _ALL),
    "doanh_nghiep": BodyType("Doanh nghiệp nhà nước", _ALL),
    # Bodies whose ministers set their own authority
    "cong_an": BodyType("Công an nhân dân", _ALL),
    "quan_su": BodyType("Quân đội nhân dân", _ALL),
    "co_yeu": BodyType("Cơ yếu", _ALL),
    "khac": BodyType("Cơ quan, tổ chức khác", _ALL),
}

POSTS: dict[str, PostType] = {
    "bi_thu": PostType("Bí thư", deputy_words="Phó Bí thư"),
    "chu_tich_hdnd": PostType("Chủ tịch Hội đồng nhân dân", deputy_words="Phó Chủ tịch Hội đồng nhân dân"),
    "chu_tich_ubnd": PostType("Chủ tịch Ủy ban nhân dân", deputy_words="Phó Chủ tịch Ủy ban nhân dân"),
    "truong_doan_dbqh": PostType(
        "Trưởng đoàn đại biểu Quốc hội", deputy_words="Phó Trưởng đoàn đại biểu Quốc hội"
    ),
    "truong_ban_hdnd": PostType(
        "Trưởng Ban của Hội đồng nhân dân", deputy_words="Phó Trưởng Ban của Hội đồng nhân dân"
    ),
    "truong_ban_dang": PostType("Trưởng ban của cấp ủy", deputy_words="Phó Trưởng ban của cấp ủy"),
    "chanh_van_phong": PostType("Chánh Văn phòng", deputy_words="Phó Chánh Văn phòng"),
    "giam_doc_so": PostType("Giám đốc sở và tương đương", deputy_words="Phó Giám đốc sở và tương đương"),
    "truong_phong": PostType("Trưởng phòng", deputy_words="Phó Trưởng phòng"),
    "thu_tuong": PostType("Thủ tướng Chính phủ", deputy_words="Phó Thủ tướng Chính phủ"),
    "bo_truong": PostType("Bộ trưởng, Thủ trưởng cơ quan ngang bộ", deputy_words="Thứ trưởng"),
    "cuc_truong": PostType(
        "Tổng cục trưởng, Cục trưởng, Vụ trưởng",
        deputy_words="Phó Tổng cục trưởng, Phó Cục trưởng, Phó Vụ trưởng",
    ),
    "chanh_an": PostType("Chánh án", deputy_words="Phó Chánh án"),
    "vien_truong": PostType("Viện trưởng", deputy_words="Phó Viện trưởng"),
    "tong_kiem_toan": PostType("Tổng Kiểm toán nhà nước", deputy_words="Phó Tổng Kiểm toán nhà nước"),
    "chu_tich_mttq": PostType(
        "Chủ tịch Ủy ban Mặt trận Tổ quốc, người đứng đầu tổ chức chính trị - xã hội",
        deputy_words="Phó Chủ tịch Ủy ban Mặt trận Tổ quốc, cấp phó tổ chức chính trị - xã hội",
    ),
    "giam_doc": PostType(
        "Giám đốc, Hiệu trưởng đơn vị sự nghiệp",
        deputy_words="Phó Giám đốc, Phó Hiệu trưởng đơn vị sự nghiệp",
    ),
    "chu_tich_hdtv": PostType(
        "Chủ tịch Hội đồng thành viên, Tổng Giám đốc, Giám đốc doanh nghiệp",
        deputy_words="Phó Tổng Giám đốc, Phó Giám đốc doanh nghiệp",
    ),
    "truong_cong_an": PostType(
        "Giám đốc Công an tỉnh, Trưởng Công an", deputy_words="Phó Giám đốc Công an tỉnh, Phó Trưởng Công an"
    ),
    "chi_huy_truong": PostType("Chỉ huy trưởng quân sự", deputy_words="Phó Chỉ huy trưởng quân sự"),
    "truong_don_vi": PostType("Trưởng đơn vị trực thuộc", deputy_words="Phó Trưởng đơn vị trực thuộc"),
    "thu_truong": PostType("Người đứng đầu cơ quan, tổ chức", deputy_words="Cấp phó của người đứng đầu"),
    "cap_tren": PostType(
        "Cấp trưởng trực tiếp của người đứng đầu", deputy_words="Cấp phó của cấp trưởng trực tiếp"
    ),
    "van_thu": PostType("Văn thư", head=False),
    "chuyen_vien": PostType("Chuyên viên", head=False),
    "cong_chuc": PostType("Công chức, viên chức", head=False),
    "nguoi_duoc_giao": PostType("Người được giao nhiệm vụ", head=False),
}

ACTS: dict[str, str] = {
    "determine": "xác định bí mật nhà nước và độ mật",
    "copy": "cho phép sao, chụp",
    "provide_domestic": "cung cấp, chuyển giao cho cơ quan, tổ chức, người Việt Nam",
    "provide_foreign": "cung cấp, chuyển giao cho cơ quan, tổ chức, cá nhân nước ngoài",
    "meeting_domestic": "đồng ý sử dụng bí mật nhà nước trong hội nghị, hội thảo, cuộc họp",
    "meeting_foreign": "đồng ý sử dụng bí mật nhà nước trong hội nghị, hội thảo, cuộc họp có yếu tố nước ngoài",
    "take_out_domestic": "cho phép mang ra khỏi nơi lưu giữ để công tác trong nước",
    "take_out_abroad": "cho phép mang ra nước ngoài",
    "extend": "gia hạn thời hạn bảo vệ",
    "regrade": "điều chỉnh độ mật",
    "declassify": "giải mật",
    "destroy": "quyết định tiêu hủy",
    "destroy_urgent": "tiêu hủy ngay khi không tiêu hủy thì gây nguy hại",
}


def post_words(post: str, *, deputy: bool = False) -> str:
    """The name of a post, or of its deputy. An unknown code comes back as it is."""
    known = POSTS.get(post)
    if known is None:
        return post
    return (known.deputy_words or f"Cấp phó của {known.words}") if deputy else known.words


def body_words(body_type: str) -> str:
    """The name of a kind of body. An unknown code comes back as it is."""
    known = BODY_TYPES.get(body_type)
    return known.words if known else body_type
