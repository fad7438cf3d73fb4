"""The pages of guidance as each person meets them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.acts.receive_source import ReceiveSource
from bmnn.office.guidance.confirmed import DocumentIn
from bmnn.office.guidance.confirming import Row, edit, rows
from bmnn.office.guidance.models import Body, Document, Due, Plan, Source, Task
from tests.office.guidance.conftest import Province

TEXT = "UBND tỉnh\nSố: 7/CT-UBND\n1. Phổ biến Luật đến công chức; tổ chức tập huấn.\n2. Báo cáo trước ngày 30/6/2026.\n"
READING: dict[str, Any] = {
    "documents": [
        {
            "id": "D1",
            "header": {
                "document_type": "Chỉ thị",
                "number": "7",
                "symbol": "CT-UBND",
                "date": "2026-03-02",
                "issuing_body": "Ủy ban nhân dân tỉnh Mẫu",
                "subject": "tăng cường bảo vệ bí mật nhà nước",
                "secrecy_mark": None,
            },
            "tasks": [
                {
                    "id": "T1",
                    "clause": "1",
                    "quote": "Phổ biến Luật",
                    "action": "Phổ biến Luật, tập huấn",
                    "responsible": ["Ủy ban nhân dân các xã"],
                    "deadline": [],
                },
                {
                    "id": "T2",
                    "clause": "2",
                    "quote": "Báo cáo trước",
                    "action": "Báo cáo kết quả",
                    "responsible": [],
                    "deadline": [{"kind": "absolute", "text": "trước ngày 30/6/2026", "date": "2026-06-30"}],
                },
            ],
            "evidence": {
                "header.number": {"span": [14, 15], "rule": "code", "confidence": 600},
                "tasks.0": {"span": [25, 76], "rule": "clause", "confidence": 950},
            },
            "conflicts": [],
        }
    ],
    "relations": [],
}


@pytest.fixture
def province(db: None) -> Province:
    """The province today: pages act by the machine's clock."""
    return Province(today=timezone.localdate())


def ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def as_person(province: Province, who: str) -> Client:
    client = Client()
    client.force_login(province.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def take_in(province: Province) -> Source:
    done = province.do(
        ReceiveSource(ReceiveSource.Input(province.tinh, "chi-thi.txt", "0" * 64, TEXT, READING)), "vt_tinh"
    )
    return Source.objects.get(public_id=done.event.data["source"])


def test_the_reading_is_shown_beside_the_original_and_confirmed(province: Province) -> None:
    source = take_in(province)
    client = as_person(province, "vt_tinh")
    page = reverse("guidance:confirm", args=[source.public_id, "D1"])
    shown = client.get(page).content.decode()
    assert "chưa chắc, hãy xem lại" in shown  # the number was read with little confidence
    assert "Phổ biến Luật đến công chức; tổ chức tập huấn." in shown
    form = {
        "key": "k1",
        "kind": "Chỉ thị",
        "number": "7",
        "symbol": "CT-UBND",
        "day": "02/03/2026",
        "issuer": "Ủy ban nhân dân tỉnh Mẫu",
        "subject": "tăng cường bảo vệ bí mật nhà nước",
        "count": "2",
        "p0-keep": "1",
        "p0-text": "Phổ biến Luật đến công chức; tổ chức tập huấn.",
        "p0-action": "Phổ biến Luật, tập huấn",
        "p0-clause": "1",
        "p0-responsible": "Ủy ban nhân dân các xã",
        "p0-origins": "T1",
        "p1-keep": "1",
        "p1-text": "Báo cáo trước ngày 30/6/2026.",
        "p1-action": "Báo cáo kết quả",
        "p1-clause": "2",
        "p1-origins": "T2",
    }
    split = client.post(page, {**form, "op": "split-0"})
    assert split.status_code == 200
    assert split.content.decode().count("<fieldset ") == 3
    done = client.post(page, {**form, "op": "confirm"})
    document = Document.objects.get()
    assert done.headers["Location"] == reverse("guidance:document", args=[document.public_id])
    assert [p.clause for p in document.points.all()] == ["1", "2"]
    assert document.points.get(clause="2").deadlines[0]["date"] == "2026-06-30"
    # Both communes are ticked from the words "Ủy ban nhân dân các xã".
    give = client.get(reverse("guidance:give", args=[document.points.get(clause="1").public_id]))
    assert give.content.decode().count(" checked") == 2


def test_a_drafter_may_look_at_what_was_read_and_is_offered_no_button_to_confirm_it(
    province: Province,
) -> None:
    source = take_in(province)
    page = reverse("guidance:confirm", args=[source.public_id, "D1"])
    for who, confirms in (("vt_tinh", True), ("ct_tinh", True), ("cv_tinh", False)):
        shown = as_person(province, who).get(page).content.decode()
        assert "Nguyên văn" in shown and ("Xác nhận nội dung" in shown) == confirms, who
        assert ("thủ trưởng của Ủy ban nhân dân tỉnh Mẫu xác nhận" in shown) != confirms, who


def test_a_secret_file_and_a_file_taken_in_before_are_refused(province: Province) -> None:
    from bmnn.office.core.act import Refused

    take_in(province)
    for name, text, mark in (
        ("khac-ten.txt", TEXT.upper().replace(" ", "  "), None),
        ("x.txt", "khác", "MẬT"),
    ):
        reading = {"documents": [{"id": "D1", "header": {"secrecy_mark": mark}}]}
        with pytest.raises(Refused) as refused:
            province.do(
                ReceiveSource(ReceiveSource.Input(province.tinh, name, "1" * 64, text, reading)), "vt_tinh"
            )
        words = refused.value.refusals[0].message
        assert ("đã được nạp" in words) if mark is None else ("mang độ mật (MẬT)" in words)


def test_points_are_split_merged_and_added_without_losing_words() -> None:
    start = [
        Row(text="Phổ biến Luật; tổ chức tập huấn.", action="a", clause="1", responsible="A", origins=("T1",))
    ]
    parts = edit(start, "split-0")
    assert [p.text for p in parts] == ["Phổ biến Luật;", "tổ chức tập huấn."]
    assert edit(parts, "merge-1")[0].text.split() == start[0].text.split()
    assert edit(parts, "merge-1")[0].origins == ("T1",)
    assert [p.text for p in edit(parts, "add-0")] == ["Phổ biến Luật;", "", "tổ chức tập huấn."]
    assert edit(parts, "merge-0") == parts
    with pytest.raises(ValueError):
        edit(parts, "drop-table")


def test_the_text_of_a_point_comes_from_its_span(province: Province) -> None:
    source = take_in(province)
    read = rows(source, READING["documents"][0])
    assert read[0].text.startswith("Số: 7/CT-UBND") or "Phổ biến Luật" in read[0].text
    assert read[1].text == "Báo cáo trước"


def test_a_task_is_given_reported_and_closed_by_pages(province: Province) -> None:
    document = province.directive("Phổ biến Luật")
    point = document.points.get()
    clerk, commune, head = (as_person(province, w) for w in ("vt_tinh", "cv_xa", "ct_tinh"))
    give = reverse("guidance:give", args=[point.public_id])
    wrong = clerk.post(
        give, {"key": "g", "units": [str(province.xa.public_id)], "action": "", "deadline": "absolute"}
    )
    assert wrong.status_code == 422
    assert "Chưa nhập việc phải làm." in wrong.content.decode()
    sent = {
        "key": "g1",
        "units": [str(province.xa.public_id)],
        "action": "Phổ biến Luật",
        "deadline": "absolute",
        "day": typed(ahead(14)),
    }
    assert clerk.post(give, sent).status_code == 302
    assert clerk.post(give, sent).status_code == 302  # a double click gives nothing new
    due = Due.objects.get()
    assert Task.objects.count() == 1
    page = reverse("guidance:due", args=[due.public_id])
    assert "Báo cáo đã thực hiện" in commune.get(page).content.decode()
    report = reverse("guidance:report", args=[due.public_id])
    assert commune.post(report, {"key": "r0"}).status_code == 422
    assert commune.post(report, {"key": "r1", "reference": "15/BC-UBND ngày 06/4/2026"}).status_code == 302
    assert "15/BC-UBND" in head.get(page).content.decode()
    assert head.post(reverse("guidance:close", args=[due.public_id]), {"key": "c1"}).status_code == 302
    due.refresh_from_db()
    assert due.state == "closed"


def test_strangers_and_the_administrator_find_nothing(province: Province) -> None:
    document = province.directive("Phổ biến Luật")
    due = province.give(document.points.get(), province.xa, day=ahead(9))[0]
    pages = [
        reverse("guidance:document", args=[document.public_id]),
        reverse("guidance:due", args=[due.public_id]),
    ]
    for who in ("vt_xa2", "quan_tri"):
        client = as_person(province, who)
        assert [client.get(p).status_code for p in pages] == [404, 404]
    assert [as_person(province, "vt_xa").get(p).status_code for p in pages] == [200, 200]
    assert Client().get(pages[0]).status_code == 302


def test_every_list_page_opens_for_everybody(province: Province) -> None:
    document = province.directive("Phổ biến Luật")
    province.give(document.points.get(), province.xa, day=ahead(0))
    names = [
        "documents",
        "mine",
        "late",
        "rating",
        "plans",
        "draft_plan",
        "regulations",
        "bodies",
        "upload",
        "issue",
    ]
    for who in ("vt_tinh", "ct_xa", "cv_xa", "quan_tri"):
        client = as_person(province, who)
        for name in names:
            answer = client.get(reverse(f"guidance:{name}"))
            assert answer.status_code == 200, (who, name)
    for name in ("matrix", "chain"):
        answer = as_person(province, "ct_tinh").get(reverse(f"guidance:{name}", args=[document.public_id]))
        assert "Phổ biến Luật" in answer.content.decode()


def test_the_plan_starts_from_law_and_open_points_and_is_approved_by_another(
    province: Province,
) -> None:
    province.directive("Rà soát vị trí trọng yếu")
    clerk, head = as_person(province, "vt_tinh"), as_person(province, "ct_tinh")
    start = clerk.get(reverse("guidance:draft_plan")).content.decode()
    assert "Rà soát vị trí trọng yếu" in start
    sent = {
        "key": "p1",
        "unit": str(province.tinh.public_id),
        "year": str(timezone.localdate().year),
        "goals": "Thực hiện đúng luật.",
        "count": "2",
        "op": "save",
        "l0-group": "Tuyên truyền",
        "l0-text": "Tập huấn",
        "l0-lead": "Văn phòng",
        "l0-when": "Quý II",
        "l0-due": "31/02/2026",
    }
    wrong = clerk.post(reverse("guidance:draft_plan"), sent)
    assert wrong.status_code == 422
    assert "Dòng 1: Không có ngày 31/02/2026" in wrong.content.decode()
    clerk.post(reverse("guidance:draft_plan"), {**sent, "l0-due": f"31/12/{timezone.localdate().year}"})
    plan = Plan.objects.get()
    approve = reverse("guidance:approve_plan", args=[plan.public_id])
    assert clerk.post(approve, {"key": "a0", "reference": "15/KH"}).status_code == 422
    assert head.post(approve, {"key": "a1", "reference": "15/KH-UBND"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.items.count()) == ("approved", 1)


def test_a_regulation_on_replaced_law_is_flagged(province: Province) -> None:
    clerk = as_person(province, "vt_xa")
    sent = {
        "key": "q1",
        "unit": str(province.xa.public_id),
        "kind": "Nội quy",
        "issuer": province.xa.name,
        "subject": "bảo vệ bí mật nhà nước",
        "number": "5",
        "symbol": "NQ-UBND",
        "day": "10/01/2023",
        "cites": "Luật số 29/2018/QH14\nNghị định số 26/2020/NĐ-CP",
        "contents": ["copy", "scope"],
    }
    assert clerk.post(reverse("guidance:register_regulation"), sent).status_code == 302
    shown = clerk.get(reverse("guidance:regulations")).content.decode()
    assert "thay bằng 117/2025/QH15" in shown
    assert "thay bằng 63/2026/NĐ-CP" in shown
    assert "Mang ra khỏi nơi lưu giữ" in shown
    assert "<li>Sao, chụp</li>" not in shown


def test_a_committee_is_renewed_and_its_meetings_kept(province: Province) -> None:
    clerk = as_person(province, "vt_tinh")
    sent = {
        "key": "b1",
        "unit": str(province.tinh.public_id),
        "kind": "ban_chi_dao",
        "decision": "12/QĐ-UBND ngày 05/01/2026",
        "since": "05/01/2026",
        "places": "Trưởng ban | Phó Chủ tịch UBND | Người ct_tinh\nỦy viên | Trưởng phòng | Ai Đó",
    }
    assert clerk.post(reverse("guidance:set_up_body"), sent).status_code == 302
    first = Body.objects.get()
    assert [m.person.name if m.person else m.post for m in first.members.all()] == [
        "Người ct_tinh",
        "Trưởng phòng (Ai Đó)",
    ]
    clerk.post(
        reverse("guidance:meeting", args=[first.public_id]),
        {"key": "m1", "day": "06/02/2026", "subject": "Họp quý I", "conclusions": "Kiểm tra các xã."},
    )
    clerk.post(
        reverse("guidance:set_up_body"),
        {**sent, "key": "b2", "since": "01/03/2026", "decision": "30/QĐ-UBND"},
    )
    first.refresh_from_db()
    assert first.until == date(2026, 3, 1)
    assert "Họp quý I" in clerk.get(reverse("guidance:body", args=[first.public_id])).content.decode()


def test_documents_of_one_file_find_each_other_whatever_is_confirmed_first(province: Province) -> None:
    both = {
        "documents": [
            {
                "id": "D1",
                "header": {"document_type": "Công văn", "number": "1", "symbol": "VP", "date": "2026-01-02"},
            },
            {
                "id": "D2",
                "header": {
                    "document_type": "Công văn",
                    "number": "2",
                    "symbol": "UBND",
                    "date": "2026-01-01",
                },
            },
        ],
        "relations": [{"from": "D1", "to": "D2", "type": "forwards"}],
    }
    done = province.do(
        ReceiveSource(ReceiveSource.Input(province.tinh, "hai.txt", "2" * 64, "hai văn bản", both)), "vt_tinh"
    )
    source = done.event.data["source"]
    client = as_person(province, "vt_tinh")
    for n in ("1", "2"):
        values = {
            "key": n,
            "kind": "Công văn",
            "number": n,
            "issuer": "A",
            "subject": "b",
            "count": "0",
            "op": "confirm",
        }
        answer = client.post(reverse("guidance:confirm", args=[source, f"D{n}"]), values)
        assert answer.status_code == 302
    first, second = Document.objects.order_by("number")
    assert [(r.kind, r.target) for r in first.relations.all()] == [("forwards", second)]


def test_paths_of_clauses_are_said_in_words() -> None:
    from bmnn.office.guidance.models.documents import clause_words

    assert clause_words("4.2") == "Điểm 4.2"
    assert clause_words("1/3") == "Điểm 1, gạch đầu dòng 3"
    assert clause_words("4.3/p2") == "Điểm 4.3, đoạn 2"
    assert clause_words("closing/1") == "Phần kết, đoạn 1"


def test_the_plan_and_the_reminder_use_the_offices_own_template_and_say_when_it_is_broken(
    province: Province, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    due = province.give(province.directive("Phổ biến Luật").points.get(), province.xa, day=ahead(3))[0]
    clerk, page = as_person(province, "vt_tinh"), reverse("guidance:reminder", args=[due.public_id])
    assert clerk.get(page).headers["Content-Disposition"].endswith(".docx")
    (tmp_path / "mau").mkdir()
    (tmp_path / "mau" / "van-ban-nha-nuoc.docx").write_bytes(b"khong phai Word")
    broken = clerk.get(page)
    assert broken.status_code == 409
    assert "van-ban-nha-nuoc.docx" in broken.content.decode()


def test_every_link_of_a_document_opens_for_whoever_was_given_one_of_its_points(province: Province) -> None:
    """The commune sees the whole directive and answers its own point; the file and other points stay upstairs."""
    source = take_in(province)
    document = province.directive("Phổ biến Luật", "Kiểm tra máy tính")
    Document.objects.filter(pk=document.pk).update(source=source)
    first, second = document.points.all()
    province.give(first, province.xa, day=ahead(3))
    province.give(second, province.xa2, day=ahead(3))
    values = DocumentIn(unit=province.xa, kind="Kế hoạch", issuer="Ủy ban nhân dân xã Mẫu Một", subject="phổ biến Luật",
                        number="05", symbol="KH-UBND", day=province.today, points=())  # fmt: skip
    province.do(IssueDocument(IssueDocument.Input(values, (first,))), "vt_xa")
    chain = reverse("guidance:chain", args=[document.public_id])
    for who, wanted in (("vt_xa", {first}), ("vt_xa2", {second}), ("vt_tinh", set())):
        client = as_person(province, who)
        page = client.get(reverse("guidance:document", args=[document.public_id])).content.decode()
        main = page.split("<main", 1)[1]
        offered = {p for p in (first, second) if reverse("guidance:answer", args=[p.public_id]) in main}
        assert offered == wanted, who
        main += client.get(chain).content.decode().split("<main", 1)[1]
        for address in set(re.findall(r'href="(/[^"#]+)"', main)):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, (who, address)
