"""Cards of the organisation and the system on the page "Hôm nay"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from bmnn.office.core import checkpoints, recovery, selfcheck
from bmnn.office.core.access import Viewer
from bmnn.office.core.models import Account, RoleGrant
from bmnn.office.core.models.organisation import in_force
from bmnn.office.web.registry import Card, Line

_LONG = timedelta(days=1)
# Below these an agency cannot work yet: who registers, who decides, who proposes.
_NEEDED = (("van_thu", "văn thư"), ("thu_truong", "thủ trưởng"), ("soan_thao", "người soạn thảo"))


def cards(viewer: Viewer) -> list[Card]:
    """For those who answer for the system; nobody else is bothered with it."""
    found = []
    if viewer.roles("quan_tri"):
        found += [*_first_steps(viewer), *_state(), *_passing()]
    if any(viewer.roles(r) for r in ("quan_tri", "thu_truong", "van_thu")):
        found += _loose()
    return found


def _first_steps(viewer: Viewer) -> list[Card]:
    there = set(
        RoleGrant.objects.filter(in_force(viewer.day), account__is_active=True).values_list("role", flat=True)
    )
    missing = [words for role, words in _NEEDED if role not in there]
    if not missing:
        return []
    words = (
        "Thêm đơn vị, thêm người, bổ nhiệm chức vụ, mở tài khoản rồi giao vai trò. Hãy giao vai trò thủ trưởng trước: "
        "từ đó mọi lần giao vai trò đều có thủ trưởng cùng xác nhận."
    )
    lines = (Line("Đơn vị", reverse("core:units")), Line("Người, chức vụ", reverse("core:persons")))
    title = f"Cơ quan chưa có {', '.join(missing)}"
    return [Card(title, 0, reverse("core:persons"), lines, "soon", order=1, first_step=words)]


def _state() -> list[Card]:
    findings = selfcheck.run(whole=False)
    lines = tuple(Line(f.message, tone="late" if f.fatal else "soon") for f in findings)
    url = reverse("core:state")
    if not findings:
        return [Card("Tình trạng hệ thống", 0, url, tone="done", empty="Không có gì bất thường.", order=90)]
    late = bool(recovery.state()) or any(f.fatal for f in findings)
    return [Card("Tình trạng hệ thống", len(findings), url, lines, "late" if late else "soon", order=2)]


def _passing() -> list[Card]:
    waiting = Account.objects.filter(is_active=True, must_change=True).select_related("person")
    lines = tuple(
        Line(f"{a.person} ({a.username})", reverse("core:account", args=[a.public_id])) for a in waiting[:5]
    )
    if not lines:
        return []
    return [Card("Mật khẩu tạm chưa đổi", waiting.count(), reverse("core:accounts"), lines, order=80)]


def _loose() -> list[Card]:
    count, since = checkpoints.loose()
    url = reverse("core:witnesses")
    if not count or since is None:
        return [Card("Việc chưa chốt sổ", 0, url, tone="done", empty="Mọi việc đã có bản chốt.", order=95)]
    late = datetime.now(UTC) - since > _LONG
    lines = (Line("Chốt sổ rồi giao bản chốt cho người khác giữ", url),)
    return [Card("Việc chưa chốt sổ", count, url, lines, "late" if late else "plain", order=85)]
