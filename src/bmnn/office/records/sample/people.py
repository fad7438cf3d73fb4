"""Who there is in the sample: a province with its offices, a district until 2025, three communes, their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.change_unit import ChangeUnit
from bmnn.office.core.acts.disable_account import DisableAccount
from bmnn.office.core.acts.dissolve_units import DissolveUnits
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import Entry
from bmnn.office.core.models import Account, Person, Unit

if TYPE_CHECKING:
    from bmnn.office.records.demo import Sample

FOUNDED = date(2016, 1, 1)
# The district level ends and communes are merged on this day.
REFORM = date(2025, 7, 1)


@dataclass(frozen=True)
class Body:
    """A unit of the sample: key, name, kind and tier by the law's words, the key of the unit above."""

    key: str
    name: str
    kind: str
    tier: str
    above: str = ""
    short: str = ""
    serves: tuple[str, ...] = ()


BODIES = (
    Body("tinh_uy", "Tỉnh ủy Mẫu", "tinh_uy", "province", short="TU"),
    Body("tinh", "Ủy ban nhân dân tỉnh Mẫu", "ubnd", "province", short="UBND"),
    Body("so", "Sở Nội vụ tỉnh Mẫu", "so", "province", "tinh", "SNV"),
    Body("ca", "Công an tỉnh Mẫu", "cong_an", "province", "tinh", "CAT"),
    Body("huyen", "Ủy ban nhân dân huyện Mẫu", "ubnd", "district", "tinh", "UBND"),
    Body("xa1", "Ủy ban nhân dân xã Mẫu Một", "ubnd", "commune", "huyen", "UBND"),
    Body("xa2", "Ủy ban nhân dân xã Mẫu Hai", "ubnd", "commune", "huyen", "UBND"),
    Body("xa3", "Ủy ban nhân dân xã Mẫu Ba", "ubnd", "commune", "huyen", "UBND"),
    Body("xa_cu", "Ủy ban nhân dân xã Mẫu Cũ", "ubnd", "commune", "huyen", "UBND"),
    Body("du1", "Đảng ủy xã Mẫu Một", "dang_uy", "commune", "tinh_uy", "ĐU"),
    Body(
        "vp1",
        "Văn phòng Đảng ủy, HĐND và UBND xã Mẫu Một",
        "van_phong",
        "commune",
        "xa1",
        "VP",
        ("xa1", "du1"),
    ),
)


@dataclass(frozen=True)
class Someone:
    """A person: login, name, unit, post, title, and the roles with the units they hold for."""

    user: str
    name: str
    unit: str
    post: str
    title: str
    roles: tuple[tuple[str, str], ...]
    deputy: bool = False
    ceiling: str = "TUYET_MAT"


def _commune(key: str, names: tuple[str, str, str, str, str]) -> tuple[Someone, ...]:
    clerk, head, deputy, drafter, taker = names
    keeps = (("van_thu", key), ("van_thu", "du1")) if key == "xa1" else (("van_thu", key),)
    return (
        Someone(f"vt.{key}", clerk, key, "cong_chuc", "Công chức Văn phòng, văn thư", keeps),
        Someone(f"ct.{key}", head, key, "chu_tich_ubnd", "Chủ tịch UBND xã", (("thu_truong", key),)),
        Someone(
            f"pct.{key}", deputy, key, "chu_tich_ubnd", "Phó Chủ tịch UBND xã", (("thu_truong", key),), True
        ),
        Someone(f"st.{key}", drafter, key, "cong_chuc", "Công chức", (("soan_thao", key),)),
        Someone(f"nn.{key}", taker, key, "cong_chuc", "Công chức", (("nguoi_nhan", key),)),
    )


PEOPLE = (
    Someone("vt.tinh", "Trần Thị Văn An", "tinh", "cong_chuc", "Văn thư UBND tỉnh", (("van_thu", "tinh"),)),
    Someone(
        "ct.tinh", "Lê Văn Bình", "tinh", "chu_tich_ubnd", "Chủ tịch UBND tỉnh", (("thu_truong", "tinh"),)
    ),
    Someone(
        "pct.tinh",
        "Phạm Thị Chi",
        "tinh",
        "chu_tich_ubnd",
        "Phó Chủ tịch UBND tỉnh",
        (("thu_truong", "tinh"),),
        True,
    ),
    Someone("st.tinh", "Nguyễn Văn Dũng", "tinh", "cong_chuc", "Chuyên viên", (("soan_thao", "tinh"),)),
    Someone("nn.tinh", "Đỗ Thị Giang", "tinh", "cong_chuc", "Chuyên viên", (("nguoi_nhan", "tinh"),)),
    Someone("bt.tu", "Hoàng Văn Hải", "tinh_uy", "bi_thu", "Bí thư Tỉnh ủy", (("thu_truong", "tinh_uy"),)),
    Someone("vt.tu", "Bùi Thị Hòa", "tinh_uy", "cong_chuc", "Văn thư Tỉnh ủy", (("van_thu", "tinh_uy"),)),
    Someone("st.tu", "Đặng Văn Khôi", "tinh_uy", "cong_chuc", "Chuyên viên", (("soan_thao", "tinh_uy"),)),
    Someone("gd.so", "Vũ Thị Lan", "so", "giam_doc_so", "Giám đốc Sở", (("thu_truong", "so"),)),
    Someone("vt.so", "Ngô Thị Mai", "so", "cong_chuc", "Văn thư Sở", (("van_thu", "so"),)),
    Someone("st.so", "Phan Văn Nam", "so", "cong_chuc", "Chuyên viên", (("soan_thao", "so"),)),
    Someone("kiemtra", "Trịnh Văn Oai", "ca", "cong_chuc", "Cán bộ Đoàn kiểm tra", ()),
    Someone(
        "ct.huyen",
        "Đinh Văn Phúc",
        "huyen",
        "chu_tich_ubnd",
        "Chủ tịch UBND huyện",
        (("thu_truong", "huyen"),),
    ),
    Someone("vt.huyen", "Lý Thị Quỳnh", "huyen", "cong_chuc", "Văn thư UBND huyện", (("van_thu", "huyen"),)),
    Someone("bt.du1", "Mai Văn Sơn", "du1", "bi_thu", "Bí thư Đảng ủy xã", (("thu_truong", "du1"),)),
    Someone("st.du1", "Tạ Thị Tâm", "du1", "cong_chuc", "Công chức Đảng ủy", (("soan_thao", "du1"),)),
    *_commune("xa1", ("Cao Thị Thảo", "Dương Văn Thắng", "Hà Thị Thu", "Hồ Văn Toàn", "Kiều Thị Trang")),
    *_commune("xa2", ("La Thị Tuyết", "Lâm Văn Tú", "Lương Thị Uyên", "Mạc Văn Vinh", "Nông Thị Vân")),
    *_commune("xa3", ("Ông Thị Xuân", "Phùng Văn Yên", "Quách Thị Ánh", "Tô Văn Đạt", "Thái Thị Én")),
    Someone("quantri", "Triệu Văn Máy", "tinh", "cong_chuc", "Quản trị máy", (), ceiling=""),
)


def entries(sample: Sample) -> Iterator[Entry]:
    """Units, then people with their posts, logins, roles; the program itself writes them, as `bmnn init` does."""
    from bmnn.office.records.demo import MARK, START

    for body in BODIES:
        yield sample.do(
            FoundUnit(
                FoundUnit.Input(
                    f"{body.name} ({MARK})",
                    body.kind,
                    body.tier,
                    FOUNDED,
                    sample.units.get(body.above),
                    short_name=body.short,
                    code=body.key,
                    serves=tuple(sample.units[k] for k in body.serves),
                )
            ),
            None,
            START,
        )
        sample.units[body.key] = Unit.objects.get(code=body.key)
    for someone in PEOPLE:
        yield sample.do(AddPerson(AddPerson.Input(someone.name)), None)
        person = Person.objects.latest("pk")
        post = Appoint.Input(
            person, sample.units[someone.unit], someone.post, FOUNDED, someone.deputy, title=someone.title
        )
        yield sample.do(Appoint(post), None)
        yield sample.do(OpenAccount(OpenAccount.Input(person, someone.user)), None)
        sample.accounts[someone.user] = Account.objects.get(username=someone.user)
        if someone.roles:
            roles = tuple(Role(role, sample.units[unit]) for role, unit in someone.roles)
            yield set_roles(sample, someone.user, roles, someone.ceiling)
    yield set_roles(sample, "quantri", (Role("quan_tri"),), "")
    yield set_roles(sample, "kiemtra", _inspects(sample, ("tinh", "xa1")), "TOI_MAT")
    sample.read_roles()


def _inspects(sample: Sample, keys: tuple[str, ...]) -> tuple[Role, ...]:
    until = sample.until + timedelta(days=365)
    return tuple(Role("kiem_tra", sample.units[key], until) for key in keys)


def set_roles(sample: Sample, user: str, roles: tuple[Role, ...], ceiling: str) -> Entry:
    """Roles and clearance of a person of the sample."""
    from bmnn.office.records.demo import MARK

    entry = sample.do(SetRoles(SetRoles.Input(sample.accounts[user], roles, ceiling, f"{MARK} 01/QĐ")), None)
    sample.accounts[user].ceiling = ceiling
    return entry


def reform(sample: Sample) -> Iterator[Entry]:
    """The two-tier reform: communes come under the province, one is merged, the district ends."""
    from bmnn.office.records.demo import MARK

    units = sample.units
    paper = f"Quyết định sắp xếp đơn vị hành chính ({MARK})"
    for body in BODIES:
        if body.above == "huyen" and body.key != "xa_cu":
            yield sample.do(
                ChangeUnit(
                    ChangeUnit.Input(
                        units[body.key],
                        REFORM,
                        paper,
                        f"{body.name} ({MARK})",
                        body.kind,
                        body.tier,
                        units["tinh"],
                        body.short,
                    )
                ),
                None,
                REFORM - timedelta(days=1),
            )
    ending = (
        (("xa_cu",), ("xa1",)),
        (("huyen",), ("xa1", "xa2", "xa3")),
    )
    for ends, heirs in ending:
        yield sample.do(
            DissolveUnits(
                DissolveUnits.Input(
                    tuple(units[k] for k in ends), REFORM, paper, tuple(units[k] for k in heirs)
                )
            ),
            None,
        )
    for user in ("ct.huyen", "vt.huyen"):
        yield sample.do(DisableAccount(DisableAccount.Input(sample.accounts[user], paper)), None)
        sample.accounts[user].is_active = False
