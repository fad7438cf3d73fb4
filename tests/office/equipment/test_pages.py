"""The pages of equipment as each person meets them: register, list, import, check on the site, minutes, remedies."""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from bmnn.office.core.models import Event
from bmnn.office.equipment import jobs
from bmnn.office.equipment.acts.record_check import RecordCheck
from bmnn.office.equipment.listing import COLUMNS
from bmnn.office.equipment.models import Check, Device, Finding, Remedy
from tests.machines.conftest import SYSTEM, usb_system, write_zip
from tests.machines.test_findings import NTUSER, phone_or_keyboard, recent
from tests.office.equipment.conftest import PC, STICK, Room

pytestmark = pytest.mark.django_db


def client(room: Room, who: str) -> Client:
    found = Client()
    found.force_login(room.cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return found


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def post(at: Client, url: str, **values: Any) -> Any:
    """Fill in a form as the page shows it: its key is taken from it."""
    page = at.get(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    answer = at.post(url, {"key": key[1] if key else "", **values})
    assert "/dang-nhap/" not in answer.get("Location", "")
    return answer


def test_a_clerk_registers_a_device_and_the_head_approves_it(today_room: Room) -> None:
    clerk, head = client(today_room, "van_thu"), client(today_room, "thu_truong")
    unit = str(today_room.cast.unit.public_id)
    bad = post(clerk, reverse("equipment:register"), unit=unit, kind="computer", name="M1", serial="S1")
    assert bad.status_code == 422 and "Hãy chọn vai trò của máy" in text(bad)
    done = post(
        clerk,
        reverse("equipment:register"),
        unit=unit,
        kind="computer",
        name="M1",
        serial="S1",
        role="internet",
    )
    one = Device.objects.get()
    assert done.status_code == 302 and done["Location"] == reverse("equipment:device", args=[one.public_id])
    page = text(head.get(done["Location"]))
    assert "Phê duyệt sử dụng" in page and "số 01" in page
    post(head, reverse("equipment:act", args=[one.public_id, "phe-duyet"]), document="QĐ 1")
    one.refresh_from_db()
    assert one.state == "approved"


def test_the_list_is_filtered_searched_without_marks_and_never_by_the_address(today_room: Room) -> None:
    today_room.add(PC, name="Máy phòng họp", serial="PC-7")
    today_room.add(STICK)
    clerk = client(today_room, "van_thu")
    url = reverse("equipment:list")
    assert "Máy phòng họp" in text(clerk.get(url)) and "USB số 1" in text(clerk.get(url))
    assert "USB số 1" not in text(clerk.get(f"{url}?loai=computer"))
    found = clerk.post(url, {"q": "phong HOP"})
    assert "Máy phòng họp" in text(found) and "USB số 1" not in text(found)
    for who in ("quan_tri", "nguoi_ngoai", "nguoi_nhan"):
        page = text(client(today_room, who).get(url))
        assert "Máy phòng họp" not in page and "Sổ chưa có thiết bị nào" in page


def test_what_may_not_be_seen_does_not_exist(today_room: Room) -> None:
    one = today_room.add()
    for who in ("quan_tri", "nguoi_ngoai", "nguoi_nhan"):
        at = client(today_room, who)
        assert at.get(reverse("equipment:device", args=[one.public_id])).status_code == 404
        assert at.get(reverse("equipment:act", args=[one.public_id, "thanh-ly"])).status_code == 404
        assert at.get(reverse("equipment:book", args=[today_room.cast.unit.public_id])).status_code == 404


def test_every_page_wants_a_sign_in() -> None:
    names = [p.name for p in get_resolver("bmnn.office.equipment.urls").url_patterns]
    some = "00000000-0000-4000-8000-000000000000"
    for name in names:
        for args in ([], [some], [some, "phe-duyet"], [some, "pdf"], [some, some]):
            try:
                url = reverse(f"equipment:{name}", args=args)
            except Exception:
                continue
            answer = Client().get(url)
            assert answer.status_code == 302 and "/dang-nhap/" in answer["Location"], url


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    book = Workbook()
    page = book.active
    page.title = "Danh sách"
    page.append(["DANH SÁCH THIẾT BỊ"])
    page.append(
        [
            "LOẠI THIẾT BỊ",
            "Tên máy",
            "So seri",
            "Loại USB",
            "Vai trò",
            "Ngày kiểm tra",
            "Hiệu lực đến",
            "Người giữ",
        ]
    )
    for row in rows:
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("so cu.xlsx", out.getvalue())


def test_a_list_with_faults_shows_all_at_once_and_writes_nothing(today_room: Room, data_folder: Path) -> None:
    today_room.add(STICK)
    clerk = client(today_room, "van_thu")
    rows = [
        ["Máy tính", "M1", "S-100", None, "Soạn thảo", "hôm qua", None, ""],
        ["Tàu thủy", "X", "S-101", None, "", None, None, ""],
        ["USB", "U1", "aa11bb22cc33dd44", "DC-02M", "Soạn thảo; Internet", None, None, ""],
        ["USB", "", "S-103", "Thường", "Internet", None, None, ""],
    ]
    unit = str(today_room.cast.unit.public_id)
    answer = clerk.post(reverse("equipment:import"), {"unit": unit, "file": workbook(*rows)})
    page = text(answer)
    assert answer.status_code == 422 and Device.objects.count() == 1
    for words in (
        "hôm qua",
        "Tàu thủy",
        "đã có trong sổ",
        "dùng chung cho máy soạn thảo",
        "Chưa nhập tên thiết bị",
    ):
        assert words in page
    assert (
        "F (Ngày kiểm tra)" in page and "Danh sách" in page and 'name="sealed"' not in answer.content.decode()
    )


def test_a_right_list_is_taken_over_whole_and_its_export_comes_back(
    today_room: Room, data_folder: Path
) -> None:
    clerk = client(today_room, "van_thu")
    day = timezone.localdate() - timedelta(days=30)
    rows = [
        [
            "Máy tính",
            "M1",
            "S-100",
            None,
            "Soạn thảo BMNN",
            day,
            day + timedelta(days=365),
            "Nguyễn Văn Soạn",
        ],
        ["USB", "=1+1", 99887766, "dc02m", "soạn thảo", f"{day:%d/%m/%Y}", None, "Ông Ngoài Sổ"],
    ]
    unit = str(today_room.cast.unit.public_id)
    preview = clerk.post(reverse("equipment:import"), {"unit": unit, "file": workbook(*rows)})
    sealed = re.search(r'name="sealed" value="([^"]+)"', preview.content.decode())
    assert preview.status_code == 200, text(preview)
    assert sealed and not Device.objects.exists()
    stranger = client(today_room, "nguoi_ngoai").post(
        reverse("equipment:import_finish"), {"sealed": sealed[1], "key": "k1"}
    )
    assert stranger.status_code == 302 and not Device.objects.exists()
    for _ in range(2):
        clerk.post(reverse("equipment:import_finish"), {"sealed": sealed[1], "key": "k2"})
    one, two = Device.objects.order_by("number")
    assert (one.role, one.checked_on, one.keeper) == ("drafting", day, today_room.cast.soan_thao.person)
    assert (two.name, two.serial, two.type, two.keeper_text) == ("=1+1", "99887766", "dc02m", "Ông Ngoài Sổ")
    exported = clerk.get(reverse("equipment:sheet")).content
    page = load_workbook(io.BytesIO(exported)).active
    assert [c.value for c in page[1]] == [h for h, _, _ in COLUMNS]
    assert page["B3"].value == "=1+1" and page["B3"].data_type == "s"
    again = clerk.post(
        reverse("equipment:import"), {"unit": unit, "file": SimpleUploadedFile("x.xlsx", exported)}
    )
    assert text(again).count("đã có trong sổ") == 2  # every row is understood; only that it is there already


@pytest.mark.parametrize("data", [b"", b"khong phai bang tinh", b"PK\x03\x04" + b"x" * 50])
def test_what_is_no_workbook_is_refused_in_vietnamese(
    data: bytes, today_room: Room, data_folder: Path
) -> None:
    unit = str(today_room.cast.unit.public_id)
    file = SimpleUploadedFile("a.xlsx", data)
    answer = client(today_room, "van_thu").post(reverse("equipment:import"), {"unit": unit, "file": file})
    assert answer.status_code == 422 and re.search(r"không phải bảng tính|Tệp trống", text(answer))


def collections(folder: Path) -> list[SimpleUploadedFile]:
    """Two computers that shared a stick; the drafting one saw a phone and opened a secret-looking document."""
    first = usb_system("SOAN-THAO-01")
    phone = {f"C/{SYSTEM}": first, f"C/{NTUSER}": recent("TUYỆT MẬT kế hoạch Z.docx")}
    other = {f"C/{SYSTEM}": usb_system("VAN-THU-02")}
    paths = [write_zip(folder / "may-1.zip", phone), write_zip(folder / "may-2.zip", other)]
    third = write_zip(folder / "may-3.zip", {f"C/{SYSTEM}": phone_or_keyboard(True)})
    return [SimpleUploadedFile(p.name, p.read_bytes()) for p in (*paths, third)]


def finished(at: Client, url: str) -> Any:
    """Wait for the job as the browser does."""
    for _ in range(150):
        answer = at.get(url, headers={"HX-Request": "true"})
        if answer.status_code == 204:
            return at.get(url)
        time.sleep(0.1)
    raise AssertionError("the check did not end")


def uploaded(at: Client, room: Room, files: list[SimpleUploadedFile], **values: Any) -> str:
    data = {"unit": str(room.cast.unit.public_id), "title": "Kiểm tra quý II", "files": files, **values}
    answer = at.post(reverse("equipment:upload"), data)
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def test_a_check_on_the_site_from_upload_to_repeated_check(today_room: Room, data_folder: Path) -> None:
    today_room.add(PC)
    today_room.add(PC, name="VAN-THU-02", serial="PC-0002", role="internet")
    clerk, head = client(today_room, "van_thu"), client(today_room, "thu_truong")
    job = uploaded(clerk, today_room, collections(data_folder))
    assert head.get(job).status_code == 404
    page = finished(clerk, job)
    shown = text(page)
    assert "dùng chung" in shown and "Điện thoại cắm vào máy" in shown and "Không chứng minh" in shown
    assert "không có trong sổ thiết bị" in shown and "<svg" in page.content.decode()
    assert not list(jobs.Job.folder().glob("*/bo-*")), "collections are gone once the check is over"
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    kept = clerk.post(job + "luu/", {"key": key[1]})
    check = Check.objects.get()
    assert kept["Location"] == reverse("equipment:check", args=[check.public_id]) and check.number == 1
    assert not list(jobs.Job.folder().iterdir())
    assert not Event.objects.filter(body__contains="kế hoạch Z").exists()
    assert "kế hoạch Z" not in text(clerk.get(kept["Location"]))
    crossed = Finding.objects.get(code="cross_use")
    post(head, reverse("equipment:answer", args=[crossed.public_id]), state="accepted", answer="đúng")
    crossed.refresh_from_db()
    assert (crossed.state, crossed.answer) == ("accepted", "đúng")
    due = timezone.localdate() + timedelta(days=10)
    owner = str(today_room.cast.soan_thao.person.public_id)
    remedy = reverse("equipment:remedy", args=[crossed.public_id])
    post(clerk, remedy, text="Thu hồi USB", owner=owner, due=f"{due:%d/%m/%Y}")
    row = Remedy.objects.get()
    closing = reverse("equipment:close_remedy", args=[row.public_id])
    taker, inspector = client(today_room, "soan_thao"), client(today_room, "doan_kiem_tra")
    for browser, closes in ((taker, True), (clerk, True), (inspector, False)):
        shown = browser.get(reverse("equipment:remedies"))
        assert "Thu hồi USB" in text(shown) and (closing in shown.content.decode()) == closes
    assert client(today_room, "soan_thao").get(kept["Location"]).status_code == 404
    post(
        client(today_room, "soan_thao"),
        reverse("equipment:close_remedy", args=[row.public_id]),
        evidence="BB thu hồi 01",
    )
    row.refresh_from_db()
    assert row.state == "done"
    values = {
        "place": "Phòng họp",
        "team": "Ông A, đội trưởng",
        "present": "Bà B, chánh văn phòng",
        "conclusion": "Chấn chỉnh.",
    }
    post(clerk, reverse("equipment:minutes", args=[check.public_id]), **values)
    minutes = check.minutes.get()
    pdf = clerk.get(reverse("equipment:print_minutes", args=[minutes.public_id, "pdf"]))
    docx = clerk.get(reverse("equipment:print_minutes", args=[minutes.public_id, "docx"]))
    assert pdf.content.startswith(b"%PDF") and len(pdf.content) > 5000
    words = re.sub(
        r"<[^>]+>|[\u200b\u00ad]", "", ZipFile(io.BytesIO(docx.content)).read("word/document.xml").decode()
    )
    for said in ("Ông A, đội trưởng", "Thu hồi USB", "SOAN-THAO-01", "Thừa nhận: đúng", "Chấn chỉnh"):
        assert said in words, said
    again = uploaded(clerk, today_room, collections(data_folder)[1:2], follows=str(check.public_id))
    page = finished(clerk, again)
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    second = clerk.post(again + "luu/", {"key": key[1]})["Location"]
    told = text(clerk.get(second))
    assert "So với lần trước" in told and "Không còn thấy" in told
    assert Check.objects.get(number=2).follows == check


def test_a_bad_collection_is_refused_and_leaves_nothing(today_room: Room, data_folder: Path) -> None:
    clerk = client(today_room, "van_thu")
    job = uploaded(clerk, today_room, [SimpleUploadedFile("hong.zip", b"PK\x03\x04" + b"x" * 200)])
    page = text(finished(clerk, job))
    assert "hỏng, không mở được" in page and not Check.objects.exists()


def test_the_rules_of_the_agency_are_used_and_named(today_room: Room, data_folder: Path) -> None:
    (data_folder / "luat-ma-doc").mkdir()
    (data_folder / "luat-ma-doc" / "rieng.yar").write_text(
        'rule thu { strings: $a = "dau vet thu" condition: $a }'
    )
    path = write_zip(data_folder / "usb.zip", {"x.exe": b"MZ dau vet thu"})
    clerk = client(today_room, "van_thu")
    page = text(
        finished(clerk, uploaded(clerk, today_room, [SimpleUploadedFile("usb.zip", path.read_bytes())]))
    )
    assert "Dấu hiệu mã độc" in page and "rieng.yar" in page


def test_a_stopped_check_keeps_nothing(today_room: Room, data_folder: Path) -> None:
    clerk = client(today_room, "van_thu")
    job = uploaded(clerk, today_room, collections(data_folder))
    clerk.post(job + "dung/")
    page = finished(clerk, job)
    assert clerk.post(job + "dung/").status_code == 302
    assert "Đưa vào hồ sơ" not in text(clerk.get(job)) or page.status_code == 200
    assert not Check.objects.exists()
    assert clerk.get(job).status_code == 404 and not list(jobs.Job.folder().iterdir())


def test_old_jobs_are_cleared_away(data_folder: Path) -> None:
    old = jobs.Job.folder() / "cu"
    old.mkdir()
    jobs.Job.clean_up(time.time() + jobs.Job.keep_seconds + 5)
    assert not old.exists()


def test_only_those_who_answer_for_the_unit_answer(today_room: Room) -> None:
    result = {
        "machines": [],
        "findings": [],
        "collections": [],
        "shared_devices": [],
        "rules": [],
        "problems": [],
        "limits": [],
    }
    from tests.office.equipment.conftest import refused

    act = RecordCheck(RecordCheck.Input(today_room.cast.unit, "x", result))
    assert "không có máy nào" in refused(today_room.cast.do, act, today_room.cast.van_thu)
    for who in ("nguoi_ngoai", "quan_tri", "soan_thao"):
        assert "Chỉ văn thư" in refused(today_room.cast.do, act, today_room.cast.accounts[who])


def test_the_day_shows_what_must_be_checked_again_and_put_right(today_room: Room, data_folder: Path) -> None:
    today = timezone.localdate()
    one = today_room.add()
    today_room.checked(one, day=today - timedelta(days=300), valid_until=today + timedelta(days=5))
    today_room.approved(one)
    today_room.add(STICK)
    page = text(client(today_room, "van_thu").get("/"))
    assert "Thiết bị phải kiểm tra lại" in page and "Thiết bị chờ phê duyệt" in page
    assert "SOAN-THAO-01" not in text(client(today_room, "quan_tri").get("/"))


def test_the_register_and_its_template_on_paper(today_room: Room) -> None:
    today_room.add()
    clerk = client(today_room, "van_thu")
    book = clerk.get(reverse("equipment:book", args=[today_room.cast.unit.public_id]))
    assert book.content.startswith(b"%PDF")
    page = load_workbook(io.BytesIO(clerk.get(reverse("equipment:template")).content))
    assert page.sheetnames[0] == "Thiết bị" and page.active.max_row == 1
