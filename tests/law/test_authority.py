"""Who may do what: act × level × body × tier × post, and deputies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn import law
from bmnn.law.vocabulary import ACTS, BODY_TYPES, LEVEL_RANK, LEVELS, POSTS, TIERS

OLD, NEW = law.on(date(2024, 6, 1)), law.on(date(2026, 4, 6))
HOLDERS = st.builds(
    law.Holder,
    body_type=st.sampled_from(sorted(BODY_TYPES)),
    tier=st.sampled_from(sorted(TIERS)),
    post=st.sampled_from(sorted(POSTS)),
    deputy=st.booleans(),
    delegated=st.booleans(),
)


def allowed(view: law.View, act: str, holder: law.Holder) -> str:
    """The levels allowed, gravest first, as letters of the envelope."""
    letters = {"TUYET_MAT": "A", "TOI_MAT": "B", "MAT": "C"}
    return "".join(letters[level] for level in LEVELS if view.may(act, level, holder).allowed)


# Điều 11 of the law of 2018: the highest level each post reaches.
@pytest.mark.parametrize(
    ("holder", "levels"),
    [
        (("co_quan_dang_tw", "central", "thu_truong"), "ABC"),
        (("quoc_hoi", "central", "chanh_van_phong"), "ABC"),
        (("vp_chu_tich_nuoc", "central", "thu_truong"), "ABC"),
        (("toa_an", "central", "chanh_an"), "ABC"),
        (("kiem_toan", "central", "tong_kiem_toan"), "ABC"),
        (("vien_kiem_sat", "province", "vien_truong"), "ABC"),
        (("mat_tran", "central", "chu_tich_mttq"), "ABC"),
        (("bo", "central", "bo_truong"), "ABC"),
        (("co_quan_chinh_phu", "central", "thu_truong"), "ABC"),
        (("tinh_uy", "province", "bi_thu"), "ABC"),
        (("doan_dbqh", "province", "truong_doan_dbqh"), "ABC"),
        (("hdnd", "province", "chu_tich_hdnd"), "ABC"),
        (("ubnd", "province", "chu_tich_ubnd"), "ABC"),
        (("tong_cuc", "central", "cuc_truong"), "ABC"),
        (("dai_dien_nuoc_ngoai", "central", "thu_truong"), "ABC"),
        (("cuc_co_quan_chinh_phu", "central", "cuc_truong"), "BC"),
        (("don_vi_su_nghiep", "central", "giam_doc"), "BC"),
        (("so", "province", "giam_doc_so"), "BC"),
        (("toa_an", "district", "chanh_an"), "BC"),
        (("huyen_uy", "district", "bi_thu"), "BC"),
        (("hdnd", "district", "chu_tich_hdnd"), "BC"),
        (("ubnd", "district", "chu_tich_ubnd"), "BC"),
        (("doanh_nghiep", "province", "chu_tich_hdtv"), "BC"),
        (("phong", "province", "truong_phong"), "C"),
        (("ban_hdnd", "province", "truong_ban_hdnd"), "C"),
        (("phong", "district", "truong_phong"), "C"),
        (("ubnd", "commune", "chu_tich_ubnd"), ""),
        (("dang_uy", "commune", "bi_thu"), ""),
        (("don_vi_su_nghiep", "province", "giam_doc"), ""),
        (("ubnd", "province", "cong_chuc"), ""),
    ],
)
def test_copying_under_the_law_of_2018(holder: tuple[str, str, str], levels: str) -> None:
    assert allowed(OLD, "copy", law.Holder(*holder)) == levels


@pytest.mark.parametrize(
    ("holder", "levels"),
    [
        (("ubnd", "province", "chu_tich_ubnd"), "ABC"),
        (("dang_uy", "commune", "bi_thu"), "BC"),
        (("hdnd", "commune", "chu_tich_hdnd"), "BC"),
        (("ubnd", "commune", "chu_tich_ubnd"), "BC"),
        (("ban_dang", "commune", "truong_ban_dang"), "C"),
        (("ban_hdnd", "commune", "truong_ban_hdnd"), "C"),
        (("phong", "commune", "truong_phong"), "C"),
        (("ubnd", "commune", "cong_chuc"), ""),
        (("huyen_uy", "district", "bi_thu"), ""),
        (("ubnd", "district", "chu_tich_ubnd"), ""),
        (("phong", "district", "truong_phong"), ""),
    ],
)
def test_copying_under_the_law_of_2025_knows_communes_and_no_districts(
    holder: tuple[str, str, str], levels: str
) -> None:
    assert allowed(NEW, "copy", law.Holder(*holder)) == levels


def test_a_commune_post_is_read_in_an_article_while_a_province_post_is_still_to_be_compared() -> None:
    commune = NEW.may("copy", "MAT", law.Holder("ubnd", "commune", "chu_tich_ubnd"))
    province = NEW.may("copy", "MAT", law.Holder("ubnd", "province", "chu_tich_ubnd"))
    assert (commune.allowed, commune.badge) == (True, "")
    assert (province.allowed, province.badge) == (True, "chưa đối chiếu")


def test_a_refusal_names_the_article_and_says_how_far_the_post_reaches() -> None:
    answer = NEW.may("copy", "TUYET_MAT", law.Holder("ubnd", "commune", "chu_tich_ubnd"))
    assert not answer.allowed
    assert "chỉ đến độ Tối mật" in answer.reason
    assert answer.citation == "Điều 11 Luật 117/2025/QH15"


def test_a_deputy_needs_a_paper_under_the_law_of_2018_and_a_division_head_cannot_give_one() -> None:
    deputy = law.Holder("ubnd", "province", "chu_tich_ubnd", deputy=True)
    refused = OLD.may("copy", "MAT", deputy)
    assert not refused.allowed
    assert refused.citation == "khoản 5 Điều 11 Luật 29/2018/QH14"
    assert "Phó Chủ tịch Ủy ban nhân dân" in refused.reason
    assert OLD.may("copy", "MAT", law.Holder("ubnd", "province", "chu_tich_ubnd", True, True)).allowed
    division = law.Holder("phong", "province", "truong_phong", deputy=True, delegated=True)
    assert not OLD.may("copy", "MAT", division).allowed


def test_deputies_under_the_law_of_2025_follow_a_rule_the_agency_can_correct() -> None:
    deputy = law.Holder("ubnd", "commune", "chu_tich_ubnd", deputy=True)
    asked = NEW.may("determine", "MAT", deputy)
    assert not asked.allowed
    assert asked.badge == "chưa đối chiếu"
    corrected = law.on(
        NEW.day,
        [
            {
                "rule": "authority.deputy",
                "value": "by_law",
                "confirmed": False,
                "citation": "Điều 11 khoản 5 bản gốc",
                "by": "Lê Văn Trưởng",
                "on": date(2026, 4, 1),
            }
        ],
    )
    assert corrected.may("determine", "MAT", deputy).allowed
    assert corrected.may("copy", "MAT", deputy).allowed
    assert not law.on(OLD.day, corrected.overlay).may("copy", "MAT", deputy).allowed


def test_the_head_of_any_agency_determines_but_a_division_or_an_official_does_not() -> None:
    for view in (OLD, NEW):
        assert allowed(view, "determine", law.Holder("don_vi_su_nghiep", "commune", "giam_doc")) == "ABC"
        assert allowed(view, "determine", law.Holder("cong_an", "commune", "truong_cong_an")) == "ABC"
        assert allowed(view, "determine", law.Holder("phong", "commune", "truong_phong")) == ""
        assert allowed(view, "determine", law.Holder("ubnd", "commune", "van_thu")) == ""


def test_regrading_was_the_heads_alone_and_became_the_competent_persons() -> None:
    deputy = law.Holder("ubnd", "province", "chu_tich_ubnd", deputy=True, delegated=True)
    refused = OLD.may("regrade", "MAT", deputy)
    assert (refused.allowed, refused.citation) == (False, "khoản 3 Điều 21 Luật 29/2018/QH14")
    granted = NEW.may("regrade", "MAT", deputy)
    assert (granted.allowed, granted.badge) == (True, "")


def test_only_the_prime_minister_gives_top_secrets_to_foreigners() -> None:
    prime = law.Holder("thu_tuong", "central", "thu_tuong")
    chair = law.Holder("ubnd", "province", "chu_tich_ubnd")
    assert OLD.may("provide_foreign", "TUYET_MAT", prime).allowed
    assert allowed(OLD, "provide_foreign", chair) == "BC"
    assert allowed(OLD, "provide_foreign", law.Holder("tong_cuc", "central", "cuc_truong")) == ""
    assert allowed(OLD, "copy", prime) == ""


def test_destruction_belongs_to_the_first_two_groups_and_cites_both_articles() -> None:
    district = OLD.may("destroy", "MAT", law.Holder("ubnd", "district", "chu_tich_ubnd"))
    assert district.allowed
    assert district.citation == (
        "điểm a khoản 3 Điều 23 Luật 29/2018/QH14; điểm e khoản 2 Điều 11 Luật 29/2018/QH14"
    )
    assert allowed(OLD, "destroy", law.Holder("phong", "province", "truong_phong")) == ""
    urgent = OLD.may("destroy_urgent", "TUYET_MAT", law.Holder("ubnd", "commune", "cong_chuc"))
    assert urgent.allowed


def test_taking_abroad_is_for_the_named_groups_of_clause_one() -> None:
    assert allowed(OLD, "take_out_abroad", law.Holder("ubnd", "province", "chu_tich_ubnd")) == "ABC"
    assert allowed(OLD, "take_out_abroad", law.Holder("toa_an", "province", "chanh_an")) == ""
    assert allowed(OLD, "take_out_abroad", law.Holder("so", "province", "giam_doc_so")) == ""


def test_police_and_army_follow_their_own_rules_until_the_agency_enters_them() -> None:
    chief = law.Holder("cong_an", "commune", "truong_cong_an")
    answer = NEW.may("copy", "MAT", chief)
    assert not answer.allowed
    assert "quy định riêng" in answer.reason
    entered = law.on(
        NEW.day,
        [
            {
                "rule": "authority.own.cong_an",
                "value": [{"level": "MAT", "tier": "commune", "post": "truong_cong_an"}],
                "confirmed": False,
                "citation": "Thông tư của Bộ Công an",
                "by": "Văn thư",
                "on": "2026-04-01",
            }
        ],
    )
    assert entered.may("copy", "MAT", chief).allowed
    assert not entered.may("copy", "TOI_MAT", chief).allowed


@pytest.mark.parametrize(
    "question",
    [
        ("sao", "MAT", "ubnd", "chu_tich_ubnd"),
        ("copy", "KIN", "ubnd", "chu_tich_ubnd"),
        ("copy", "MAT", "lang", "chu_tich_ubnd"),
        ("copy", "MAT", "ubnd", "truong_thon"),
    ],
)
def test_an_unknown_word_is_refused_by_name(question: tuple[str, str, str, str]) -> None:
    act, level, body, post = question
    answer = NEW.may(act, level, law.Holder(body, "commune", post))
    assert not answer.allowed
    assert "Không hiểu «" in answer.reason


@settings(deadline=None)
@given(st.sampled_from(sorted(ACTS)), HOLDERS, st.sampled_from([OLD, NEW]))
def test_whoever_may_at_a_level_may_at_every_lower_level(
    act: str, holder: law.Holder, view: law.View
) -> None:
    # Foreign provision of Tuyệt mật is the Prime Minister's alone, who is no holder of the lower levels.
    if holder.body_type == "thu_tuong":
        return
    ranks = [LEVEL_RANK[level] for level in LEVELS if view.may(act, level, holder).allowed]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))


@settings(deadline=None)
@given(st.sampled_from(sorted(ACTS)), st.sampled_from(sorted(LEVELS)), HOLDERS, st.sampled_from([OLD, NEW]))
def test_a_deputy_never_reaches_further_than_the_head_and_a_paper_never_harms(
    act: str, level: str, holder: law.Holder, view: law.View
) -> None:
    head = law.Holder(holder.body_type, holder.tier, holder.post)
    deputy = law.Holder(holder.body_type, holder.tier, holder.post, True, holder.delegated)
    answer = view.may(act, level, deputy)
    assert answer.reason
    if answer.allowed:
        assert view.may(act, level, head).allowed
        assert act == "destroy_urgent" or deputy.delegated
    assert answer.rule is None or answer.citation


@settings(deadline=None)
@given(st.sampled_from(sorted(ACTS)), st.sampled_from(sorted(LEVELS)), HOLDERS, st.sampled_from([OLD, NEW]))
def test_the_rows_and_the_answer_agree(act: str, level: str, holder: law.Holder, view: law.View) -> None:
    rows = view.authority(act, level)
    if not rows or holder.deputy or holder.body_type in ("cong_an", "quan_su"):
        return
    named = any((r.body_type, r.tier, r.post) == (holder.body_type, holder.tier, holder.post) for r in rows)
    assert view.may(act, level, holder).allowed == named
