"""The page "Căn cứ pháp lý": rules are read, searched, filtered; a clerk or leader compares them with the original."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bmnn import law
from bmnn.office.core import lawforms, replay
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Event, LawRule
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    return Cast(now=datetime.now(UTC) - timedelta(days=1))


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"core:{name}") + query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def found(client: Client, **words: str) -> list[str]:
    answer: Any = client.post(reverse("core:law_rules"), words)
    assert answer.status_code == 200
    return [row.rule.key for row in answer.context["rows"]]


def sent(client: Client, name: str, address: str, **data: Any) -> Any:
    """Fill in the form of a page as it stands and send it."""
    url = reverse(f"core:{name}") + f"?ma={address}"
    form: Any = client.get(url).context["form"]
    start = {f.html_name: f.value() for f in form if f.value() not in (None, False, "")}
    return client.post(url, start | data)


def _replays() -> None:
    before = replay.fingerprints()["core_lawrule"]
    replay.rebuild()
    assert replay.fingerprints()["core_lawrule"] == before


def now(key: str) -> law.Rule:
    return law_on(timezone.localdate()).rule(key)


def address(key: str) -> str:
    return now(key).address


def test_everyone_who_works_here_reads_the_rules_and_the_unsettled_ones_say_so(cast: Cast) -> None:
    for who in ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan", "doan_kiem_tra", "quan_tri"):
        html = page(signed_in(cast, who), "law_rules", "?nhom=terms")
        assert "Thời hạn bảo vệ bí mật nhà nước độ Tuyệt mật" in html
        assert "chưa đối chiếu" in html
        assert "Điều 19 Luật 117/2025/QH15" in html


def test_rules_are_found_without_marks_and_by_article(cast: Cast) -> None:
    client = signed_in(cast, "soan_thao")
    assert found(client, q="thoi han bao ve tuyet mat")[0] == "term.tuyet_mat"
    assert "machine.connected" in found(client, q="lan doc lap")
    assert "regrade.notify" in found(client, q="khoản 5 điều 21")
    assert "list.item.774-M-2a" in found(client, q="but tich to cao")
    assert found(client, q="khong-co-tu-nay") == []


def test_rules_are_filtered_by_topic_day_regime_and_mark(cast: Cast) -> None:
    client = signed_in(cast, "soan_thao")
    old = found(client, nhom="registers", ngay="28/02/2026")
    assert "register.form.so_di" in old
    assert "registers.own_system" not in old
    assert "registers.own_system" in found(client, nhom="registers", ngay="01/03/2026")
    assert set(found(client, nhom="terms", ngay="01/04/2026", dau="text")) == {
        "regrade.basis",
        "regrade.mark",
        "regrade.notify",
        "regrade.electronic",
        "declassify.automatic",
    }
    assert len(found(client, nhom="terms", luat="2018")) > 15
    assert found(client, nhom="terms", luat="2018", dau="chua") == []
    assert "Chưa nhập quy định nào" in page(client, "law_rules", "?ngay=01/01/2018")
    assert "mới áp dụng một phần" in page(client, "law_rules", "?ngay=01/06/2019&nhom=terms")
    assert "Không có ngày 31/02/2026" in page(client, "law_rules", "?ngay=31/02/2026")


def test_a_rule_shows_every_version_its_sources_and_its_instruments(cast: Cast) -> None:
    html = page(signed_in(cast, "soan_thao"), "law_rule", "?ma=register.summary_of_tuyet_mat")
    assert "Chỉ ghi khi người xác định độ mật đồng ý" in html
    assert "Không ghi trích yếu" in html
    assert "được thay bằng 63/2026/NĐ-CP" in html
    assert "Xác nhận đúng bản gốc" not in html
    assert page(signed_in(cast, "soan_thao"), "law_rule", "?ma=khong.co", status=404)


def test_only_clerk_and_leader_compare(cast: Cast) -> None:
    where = f"?ma={address('term.mat')}"
    for who in ("van_thu", "thu_truong", "cap_pho"):
        assert page(signed_in(cast, who), "law_confirm", where)
        assert "Sửa theo bản gốc" in page(signed_in(cast, who), "law_rule", where)
    for who in ("soan_thao", "nguoi_nhan", "quan_tri", "doan_kiem_tra"):
        for name in ("law_confirm", "law_correct", "law_add_item"):
            page(signed_in(cast, who), name, where, status=404)


def test_a_confirmed_rule_loses_its_badge_and_shows_who_when_and_where(cast: Cast) -> None:
    client = signed_in(cast, "van_thu")
    assert now("term.mat").badge == "chưa đối chiếu"
    answer = sent(client, "law_confirm", address("term.mat"), citation="điểm c khoản 1 Điều 19, trang 7")
    assert answer.status_code == 302
    rule = now("term.mat")
    assert (rule.badge, rule.value, rule.mark_words) == ("", 10, "Đã đối chiếu bản gốc")
    html = page(client, "law_rule", "?ma=term.mat")
    assert "Trần Thị Văn xác nhận đúng bản gốc: điểm c khoản 1 Điều 19, trang 7" in html
    assert Event.objects.latest("pk").act == "core.confirm_law_rule"
    old = law_on(date(2024, 1, 1)).rule("term.mat")
    assert old.confirmation is None


def test_a_corrected_number_rules_from_then_on(cast: Cast) -> None:
    client = signed_in(cast, "thu_truong")
    wrong = sent(client, "law_correct", address("extension.lead"), v_one="sáu mươi", citation="Điều 20")
    assert wrong.status_code == 422
    assert "Giá trị phải là số nguyên" in wrong.content.decode()
    assert sent(client, "law_correct", address("extension.lead"), v_one="45", citation="").status_code == 422
    assert LawRule.objects.count() == 0
    assert (
        sent(client, "law_correct", address("extension.lead"), v_one="45", citation="Điều 20").status_code
        == 302
    )
    rule = now("extension.lead")
    assert (rule.value, rule.citation, rule.mark_words) == (45, "Điều 20", "Đã sửa theo bản gốc")
    _replays()


def test_a_choice_a_stamp_and_a_register_are_corrected_without_any_notation(cast: Cast) -> None:
    client = signed_in(cast, "van_thu")
    assert (
        sent(
            client, "law_correct", address("authority.deputy"), v_code="by_law", citation="Điều 11"
        ).status_code
        == 302
    )
    deputy = law.Holder("ubnd", "commune", "chu_tich_ubnd", deputy=True)
    assert law_on(timezone.localdate()).may("determine", "MAT", deputy).allowed
    sized = sent(client, "law_correct", address("stamp.ky_hieu_a"), v_width_mm="12,5", v_height_mm="12",
                 v_outline="circle", v_borders="1", citation="Phụ lục II")  # fmt: skip
    assert sized.status_code == 302, sized.context["form"].errors
    stamp = law_on(timezone.localdate()).stamp("ky_hieu_a")
    assert (stamp.width_mm, stamp.height_mm, stamp.shape, stamp.borders) == (12.5, 12, "circle", 1)
    columns = "\n".join(["Số thứ tự", "Ngày", "Tài liệu", "Người nhận"])
    formed = sent(client, "law_correct", address("register.form.so_chuyen_giao"), v_columns=columns,
                  v_official="on", citation="Phụ lục III")  # fmt: skip
    assert formed.status_code == 302, formed.context["form"].errors
    register = law_on(timezone.localdate()).register("so_chuyen_giao")
    assert [c.heading for c in register.columns] == columns.splitlines()
    assert register.official
    assert register.columns[0].field == "order_no"


def test_the_facts_of_a_document_and_the_own_authority_of_the_police_are_corrected_field_by_field(
    cast: Cast,
) -> None:
    client = signed_in(cast, "thu_truong")
    key = "format.state.page"
    form: Any = client.get(reverse("core:law_correct") + f"?ma={address(key)}").context["form"]
    name = next(f.html_name for f in form if f.label == "Lề trái (mm)")
    assert (
        sent(client, "law_correct", address(key), citation="Phụ lục I", **{name: "rộng"}).status_code == 422
    )
    assert (
        sent(client, "law_correct", address(key), citation="Phụ lục I", **{name: "30; 32,5"}).status_code
        == 302
    )
    assert now(key).value["left_mm"] == [30, 32.5]
    assert now(key).value["top_mm"] == [20, 25]
    own = sent(client, "law_correct", address("authority.own.cong_an"), citation="Thông tư của Bộ",
               v_own_MAT=["commune.truong_cong_an"])  # fmt: skip
    assert own.status_code == 302
    chief = law.Holder("cong_an", "commune", "truong_cong_an")
    assert law_on(timezone.localdate()).may("copy", "MAT", chief).allowed


def test_what_is_typed_is_kept_as_text_and_unknown_rules_do_not_exist(cast: Cast) -> None:
    client = signed_in(cast, "van_thu")
    typed = "<b>Điều 19</b> =1+1"
    assert sent(client, "law_confirm", address("term.mat"), citation=typed).status_code == 302
    html = page(client, "law_rule", "?ma=term.mat")
    assert "<b>Điều 19</b>" not in html
    assert "&lt;b&gt;Điều 19&lt;/b&gt; =1+1" in html
    hidden = sent(client, "law_confirm", address("term.toi_mat"), citation="Điều\u202e 19")
    assert (hidden.status_code, LawRule.objects.count()) == (422, 1)
    page(client, "law_confirm", "?ma=khong.co", status=404)
    page(client, "law_confirm", "?ma=term.mat@1999-01-01", status=404)


def test_a_double_click_writes_once(cast: Cast) -> None:
    client = signed_in(cast, "van_thu")
    url = reverse("core:law_confirm") + f"?ma={address('term.mat')}"
    data = {"key": "mot-lan", "citation": "Điều 19", "note": ""}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert LawRule.objects.count() == 1


def test_every_rule_has_a_form_that_gives_its_own_value_back(cast: Cast) -> None:
    """What stands in the form is the value itself: sending it unchanged changes nothing."""
    for rule in law.library().rules():
        if rule.value is None:
            continue
        start: Any = lawforms.CorrectForm(rule=rule, initial={"key": "k"})
        data = {f.html_name: f.value() for f in start if f.value() not in (None, False, "")}
        form = lawforms.CorrectForm(data | {"key": "k", "citation": "Điều 1"}, rule=rule)
        assert form.is_valid(), (rule.key, form.errors)
        value = json.loads(form.cleaned_data["value"])
        assert law.check_value(rule.shape, value, rule.codes) == "", rule.key
        before = json.loads(json.dumps(rule.value, default=str))
        # A part left empty may come back as an empty text.
        assert _filled(value) == _filled(before), rule.key


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _filled(v) for k, v in value.items() if v not in (None, "", [])}
    if isinstance(value, list):
        return [_filled(v) for v in value]
    return value


def test_the_lists_are_browsed_and_searched(cast: Cast) -> None:
    client = signed_in(cast, "soan_thao")
    html = page(client, "law_lists", "?qd=qd_774_2020")
    assert "774-M-2a" in html
    assert "không đăng công khai" in html
    answer: Any = client.post(reverse("core:law_lists"), {"q": "de thi", "do": "TOI_MAT"})
    assert [item.code for item, _ in answer.context["items"]] == ["531-ToM-1"]
    answer = client.post(reverse("core:law_lists"), {"q": "de thi", "ngay": "01/01/2022"})
    assert answer.context["items"] == []
    assert "không được xác định là bí mật nhà nước" in answer.content.decode()


def test_an_item_of_an_unpublished_list_is_entered_here_hidden_from_the_administrator_and_withdrawn(
    cast: Cast,
) -> None:
    client = signed_in(cast, "van_thu")
    url = reverse("core:law_add_item")
    data = {
        "key": "k1",
        "decision": "an_ninh",
        "level": "TOI_MAT",
        "place": "Điều 2 khoản 1",
        "text": "Mục thử nghiệm",
    }
    assert client.post(url, data | {"text": ""}).status_code == 422
    assert client.post(url, data | {"level": ""}).status_code == 422
    assert client.post(url, data).status_code == 302
    item = next(i for one in law_on(timezone.localdate()).lists() for i in one.items if i.own)
    assert (item.code, item.level, item.place) == ("an_ninh-ToM-dv1", "TOI_MAT", "Điều 2 khoản 1")
    assert "cơ quan nhập" in page(client, "law_lists", "?qd=an_ninh")
    hidden = page(signed_in(cast, "quan_tri"), "law_lists", "?qd=an_ninh")
    assert "Mục thử nghiệm" not in hidden
    admin = signed_in(cast, "quan_tri")
    assert item.rule.key not in found(admin, q="muc thu nghiem")
    page(admin, "law_rule", f"?ma={item.rule.address}", status=404)
    assert item.rule.key in found(signed_in(cast, "soan_thao"), q="muc thu nghiem")
    out = reverse("core:law_withdraw_item") + f"?ma={item.rule.address}"
    assert (
        client.post(out, {"key": "k2", "rule": item.rule.address, "reason": "Nhập nhầm"}).status_code == 302
    )
    assert not [i for one in law_on(timezone.localdate()).lists() for i in one.items if i.own]
    assert client.post(url, data | {"key": "k3"}).status_code == 302
    again = next(i for one in law_on(timezone.localdate()).lists() for i in one.items if i.own)
    assert again.code == "an_ninh-ToM-dv2"
    _replays()


def test_the_instruments_tell_what_holds_and_what_replaced_it(cast: Cast) -> None:
    client = signed_in(cast, "nguoi_nhan")
    html = page(client, "law_instruments", "?ngay=01/04/2026&tinh-trang=het")
    assert "26/2020/NĐ-CP" in html
    assert "63/2026/NĐ-CP" in html
    assert "chưa rõ" in page(client, "law_instruments", "?tinh-trang=chua")
