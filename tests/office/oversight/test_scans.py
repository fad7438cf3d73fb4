"""A scan on the site: files taken in, read apart, gone through with keys, remembered, removed to the last copy."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from bmnn.discovery.fingerprint import Index, Key
from bmnn.office.core.engine import Refused
from bmnn.office.core.models import Event
from bmnn.office.core.verify import check as verify_check
from bmnn.office.oversight import jobs, results
from bmnn.office.oversight.acts.issue_removal import IssueRemoval
from bmnn.office.oversight.acts.judge_finding import JudgeFinding
from bmnn.office.oversight.acts.record_scan import RecordScan
from bmnn.office.oversight.acts.remove_copy import RemoveCopy
from bmnn.office.oversight.models import Removal, Scan, ScanFinding
from tests.cast import Cast
from tests.discovery.stamp_pages import Look, page
from tests.discovery.words import invented

pytestmark = pytest.mark.django_db
SECRET = "Ủy ban nhân dân xã Mẫu\nSố: 12/BC-UBND\nTỐI MẬT\nBáo cáo tình hình kho dự trữ.\n"
PUBLIC = "Tài liệu này thuộc danh mục bí mật nhà nước độ Mật là câu mẫu trong bài giảng.\n"


def signal(kind: str = "level_line", **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "text": "TỐI MẬT", "level": "TOI_MAT", "page": None, "at": [10, 17], "box": None, "score": 0.9,
        "rule": "Dòng chỉ độ mật đứng riêng",
    } | more  # fmt: skip


def item(path: str, verdict: str = "suspect", level: str | None = "TOI_MAT", **more: Any) -> dict[str, Any]:
    return {
        "path": path, "sha256": f"{abs(hash(path)):064x}"[:64], "size": 100, "type": "text/plain", "verdict": verdict,
        "level": level, "why": None, "encoding": None, "notes": [], "signals": [signal()], "matches": [], "mark": "",
        "pages_ocr": 0, "pages_unread": 0,
    } | more  # fmt: skip


def scanned(*items: dict[str, Any]) -> dict[str, Any]:
    totals = {
        "items": 10,
        "suspect": 1,
        "review": 0,
        "unreadable": 0,
        "over_limit": 0,
        "clear": 9,
        "bytes": 1,
    }
    return {"totals": totals | {"pages_ocr": 0, "pages_unread": 0}, "items": list(items)}


def record(cast: Cast, *items: dict[str, Any], who: str = "van_thu") -> Scan:
    reduced = results.reduce(scanned(*items), "/srv/chung")
    job = "7a2c1c4e-0000-4000-8000-000000000001"
    act = RecordScan(RecordScan.Input(cast.unit, "Quý II", "Thư mục chung", reduced, job))
    done = cast.do(act, cast.accounts[who])
    return Scan.objects.get(public_id=done.event.data["scan"])


def judge(
    cast: Cast, one: ScanFinding, answer: str, level: str = "", reason: str = "", who: str = "van_thu"
) -> None:
    cast.do(JudgeFinding(JudgeFinding.Input(one, answer, level, reason)), cast.accounts[who])
    one.refresh_from_db()


def refused(cast: Cast, act: Any, who: str) -> str:
    with pytest.raises(Refused) as caught:
        cast.do(act, cast.accounts[who])
    return " ".join(r.message for r in caught.value.refusals)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_from_finding_to_the_last_copy(cast: Cast) -> None:
    scan = record(
        cast, item("/srv/chung/a.txt"), item("/srv/chung/b.txt"), item("/srv/chung/c.txt", "review")
    )
    first, second, third = scan.findings.all()
    judge(cast, first, "secret", "TOI_MAT")
    judge(cast, second, "secret", "MAT")
    judge(cast, third, "not_secret", reason="Bài giảng công khai")
    team = {"place": "xã Mẫu", "team": ("A",), "present": ("B",)}
    cast.do(IssueRemoval(IssueRemoval.Input(scan, **team)), cast.accounts["van_thu"])
    removal = Removal.objects.get()
    assert (removal.number, removal.left) == (1, 2)
    assert "đã có trong biên bản" in refused(
        cast, JudgeFinding(JudgeFinding.Input(first, "unclear", "", "nghĩ lại")), "van_thu"
    )
    assert "chưa lập biên bản" in refused(cast, IssueRemoval(IssueRemoval.Input(scan, **team)), "van_thu")
    for one in (first, second):
        gone = RemoveCopy.Input(one, "deleted", date(2026, 4, 6), "Xóa trước mặt ông B")
        cast.do(RemoveCopy(gone), cast.accounts["van_thu"])
    assert removal.left == 0
    assert "đã ghi gỡ ngày" in refused(
        cast, RemoveCopy(RemoveCopy.Input(first, "deleted", date(2026, 4, 6), "x")), "van_thu"
    )
    # Without a signing key only its absence is a problem: the tables are what the log makes of them.
    assert {p["kind"] for p in verify_check([]).problems} == {"signature"}


def test_what_is_not_secret_is_remembered_by_hash_and_by_text(cast: Cast) -> None:
    same, reworked = item("/srv/chung/a.txt", mark="aa"), item("/srv/chung/b.docx", mark="bb")
    scan = record(cast, same, reworked)
    for one in scan.findings.all():
        judge(cast, one, "not_secret", reason="Mẫu trong sách")
    later = record(
        cast,
        same | {"path": "/srv/chung/chép/a.txt"},
        reworked | {"sha256": "f" * 64},
        item("/srv/chung/mới.txt", mark="cc"),
    )
    answers = [(f.answer, f.by_memory, f.reason) for f in later.findings.all()]
    assert answers == [
        ("not_secret", True, "Mẫu trong sách"),
        ("not_secret", True, "Mẫu trong sách"),
        ("open", False, ""),
    ]


def test_reasons_levels_and_days_are_asked_for(cast: Cast) -> None:
    scan = record(cast, item("/srv/chung/a.txt"))
    (one,) = scan.findings.all()
    for given, says in (
        (("not_secret", "", ""), "Chưa nhập lý do"),
        (("unclear", "", " "), "Chưa nhập lý do"),
        (("secret", "", ""), "chọn độ mật"),
        (("open", "", "x"), "Hãy chọn: mật"),
    ):
        assert says in refused(cast, JudgeFinding(JudgeFinding.Input(one, *given)), "van_thu")
    assert "Hãy lập biên bản" in refused(
        cast, RemoveCopy(RemoveCopy.Input(one, "deleted", date(2026, 4, 6), "x")), "van_thu"
    )
    judge(cast, one, "secret", "MAT")
    cast.do(IssueRemoval(IssueRemoval.Input(scan, "x", ("A",), ("B",))), cast.accounts["thu_truong"])
    one.refresh_from_db()
    for day, says in (
        (date(2026, 4, 7), "ở tương lai"),
        (date(2026, 4, 5), "trước ngày rà soát"),
        (None, "Chưa nhập ngày"),
    ):
        assert says in refused(cast, RemoveCopy(RemoveCopy.Input(one, "deleted", day, "x")), "van_thu")


@pytest.mark.parametrize("who", ["quan_tri", "nguoi_ngoai", "soan_thao", "nguoi_nhan"])
def test_others_see_and_do_nothing(cast: Cast, who: str) -> None:
    scan = record(cast, item("/srv/chung/a.txt"))
    (one,) = scan.findings.all()
    account = cast.accounts[who]
    assert not Scan.objects.visible_to(account, day=cast.now.date()).exists()
    assert not ScanFinding.objects.visible_to(account, day=cast.now.date()).exists()
    assert "Không tìm thấy" in refused(cast, JudgeFinding(JudgeFinding.Input(one, "secret", "MAT")), who)
    assert "Chỉ văn thư" in refused(
        cast,
        RecordScan(RecordScan.Input(cast.unit, "x", "y", results.reduce(scanned(), ""), str(scan.job))),
        who,
    )


def test_names_that_may_be_a_summary_and_subjects_stay_out_of_the_log(cast: Cast) -> None:
    top = item("/srv/chung/van-thu/Phương án X.zip!Kế hoạch Y.docx", level="TUYET_MAT")
    unknown = item(
        "/srv/chung/Đề án Z.pdf",
        level=None,
        signals=[signal("fingerprint", text="400 âm tiết", rule="«Tên mật»")],
    )
    unknown["matches"] = [{"document": "BC-1", "title": "Tên mật", "containment": 0.5, "passages": [1, 2]}]
    worded = item("/srv/chung/c.docx", "review", signals=[signal("list_entry", text="Trích yếu thật dài")])
    scan = record(cast, top, unknown, worded)
    kept = Event.objects.get(act="oversight.record_scan").body
    for word in ("Phương án X", "Kế hoạch Y", "Đề án Z", "Tên mật", "Trích yếu thật dài", "/srv/chung"):
        assert word not in str(kept)
    labels = [f.label for f in scan.findings.all()]
    assert labels == ["van-thu/….zip!….docx", "….pdf", "c.docx"]
    assert scan.findings.get(rank=2).signals[0]["rule"] == "Trùng 50 % với tài liệu mã BC-1, 2 đoạn"


def client(cast: Cast, who: str) -> Client:
    found = Client()
    found.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return found


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def post(at: Client, url: str, **values: Any) -> Any:
    page = at.get(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    return at.post(url, {"key": key[1] if key else "", **values})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", tmp_path / "tmp")
    return tmp_path


@pytest.fixture
def lately() -> Cast:
    """The cast a minute ago: what pages do follows on it."""
    return Cast(now=datetime.now(UTC) - timedelta(minutes=1))


def finished(at: Client, where: str) -> Any:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        page = at.get(where)
        if 'hx-trigger="every 1s"' not in page.content.decode():
            return page
        time.sleep(0.2)
    raise AssertionError("việc rà soát không xong")


@pytest.mark.parametrize("index", ["", "no-index"], ids=["done", "failed"])
def test_uploads_go_when_the_scan_is_over_though_nobody_comes_back(
    index: str, cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "index_file", lambda: data / index if index else None)
    files = [SimpleUploadedFile(f"{n}.txt", SECRET.encode()) for n in range(3)]
    job = jobs.start(cast.accounts["van_thu"], {"title": "x"}, date(2026, 4, 6), files, None, ocr=False)
    deadline = time.monotonic() + 120
    while job.progress().state == "running" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert job.progress().state == ("failed" if index else "done")
    assert ((job.result() or {"totals": {"items": 0}})["totals"]["items"]) == (0 if index else 3)
    assert job.head()["root"].startswith(str(job.path)) and not Path(job.root).exists()


def test_the_whole_way_on_the_site(lately: Cast, data: Path) -> None:
    """Upload → progress → on file → keys → minutes on paper → gone; uploads are removed, names are shown while kept."""
    protected = invented(31, 20)
    key, at = Key.new(), data / "van-tay" / "chi-muc"
    at.parent.mkdir()
    index = Index.empty(key)
    index.add([("BC-31", "tên kín", protected)])
    index.write(at)
    key.write(at.with_name("chi-muc.khoa"))
    stamped = io.BytesIO()
    Image.fromarray(page("MẬT", Look(noise=1), 9)).save(stamped, "PNG", dpi=(200, 200))
    clerk = client(lately, "van_thu")
    files = [
        SimpleUploadedFile("báo cáo kho.txt", SECRET.encode()),
        SimpleUploadedFile("dấu.png", stamped.getvalue()),
        SimpleUploadedFile("chép.txt", ("mở đầu\n" + protected).encode()),
        SimpleUploadedFile("bài giảng.txt", PUBLIC.encode()),
        SimpleUploadedFile("../../lành.txt", b"ke hoach trong cay"),
    ]
    started = clerk.post(
        reverse("oversight:new_scan"),
        {
            "unit": str(lately.unit.public_id),
            "title": "Quý II",
            "place": "USB một cửa",
            "files": files,
            "ocr": "on",
        },
    )
    assert started.status_code == 302, text(started)
    where = started["Location"]
    assert client(lately, "thu_truong").get(where).status_code == 404
    shown = finished(clerk, where)
    assert "Đưa vào hồ sơ" in text(shown), text(shown)
    assert not list((data / "tmp" / "ra-soat").rglob("*.png"))
    kept = clerk.post(
        re.search(r'action="([^"]+/luu/)"', shown.content.decode())[1],  # type: ignore[index]
        {"key": re.search(r'name="key" value="([^"]+)"', shown.content.decode())[1]},  # type: ignore[index]
    )
    listed = clerk.get(kept["Location"])
    assert "báo cáo kho.txt" in text(listed)
    scan = Scan.objects.get()
    found = {f.label: f for f in scan.findings.all()}
    assert len(found) == 4 and scan.totals["clear"] == 1
    url = clerk.get(reverse("oversight:finding", args=[scan.findings.first().public_id]))
    crops = re.findall(r'src="([^"]+/anh/\d+/)"', "".join(
        clerk.get(reverse("oversight:finding", args=[f.public_id])).content.decode() for f in scan.findings.all()
    ))  # fmt: skip
    assert url.status_code == 200 and crops
    assert clerk.get(crops[0])["Content-Type"] == "image/jpeg"
    assert client(lately, "nguoi_ngoai").get(crops[0]).status_code == 404
    place = reverse("oversight:finding", args=[scan.findings.first().public_id])
    while "/muc/" in place:
        one = ScanFinding.objects.get(public_id=place.rstrip("/").split("/")[-1])
        assert "(M)" in text(clerk.get(place)) and 'data-key="m"' in clerk.get(place).content.decode()
        secret = one.verdict == "suspect"
        values = (
            {"answer": "secret", "level": one.level or "MAT"}
            if secret
            else {"answer": "not_secret", "reason": "Bài giảng"}
        )
        place = post(clerk, place, **values)["Location"]
    assert place == reverse("oversight:scan", args=[scan.public_id])
    done = post(
        clerk,
        reverse("oversight:removal", args=[scan.public_id]),
        place="Bộ phận một cửa",
        team="A",
        present="B",
    )
    assert done.status_code == 302, text(done)
    removal = Removal.objects.get()
    assert removal.left == 3
    pdf = clerk.get(reverse("oversight:print_removal", args=[removal.public_id, "pdf"]))
    assert pdf.content[:5] == b"%PDF-"
    docx = clerk.get(reverse("oversight:print_removal", args=[removal.public_id, "docx"]))
    assert docx.content[:2] == b"PK"
    for one in removal.findings.all():
        gone = post(
            clerk, reverse("oversight:remove_copy", args=[one.public_id]), method="deleted",
            day=f"{timezone.localdate():%d/%m/%Y}", evidence="Xóa trước mặt ông B",
        )  # fmt: skip
        assert gone.status_code == 302
    assert removal.left == 0
    assert "Không có bản nào chờ gỡ bỏ" in text(clerk.get(reverse("oversight:removals")))
    assert "Rà soát" in text(clerk.get(reverse("web:today")))
    jobs.Job(scan.job).forget()
    assert "không còn giữ" in text(
        clerk.get(reverse("oversight:finding", args=[removal.findings.first().public_id]))
    )


def test_a_scan_can_be_stopped_and_leaves_nothing(lately: Cast, data: Path) -> None:
    share = data / "ra-soat" / "chung"
    share.mkdir(parents=True)
    for number in range(400):
        (share / f"{number}.txt").write_text(invented(number, 10))
    clerk = client(lately, "van_thu")
    started = clerk.post(
        reverse("oversight:new_scan"),
        {"unit": str(lately.unit.public_id), "title": "x", "place": "y", "folder": "chung"},
    )
    where = started["Location"]
    answer = clerk.post(where + "dung/")
    assert answer.status_code == 302
    assert "Đã dừng" in text(finished(clerk, where))
    clerk.post(where + "dung/")
    assert clerk.get(where).status_code == 404
    assert not Scan.objects.exists()
    assert len(list(share.iterdir())) == 400


def test_a_form_without_a_source_says_so(lately: Cast, data: Path) -> None:
    clerk = client(lately, "van_thu")
    bad = clerk.post(
        reverse("oversight:new_scan"), {"unit": str(lately.unit.public_id), "title": "x", "place": "y"}
    )
    assert bad.status_code == 422 and "Hãy chọn thư mục trên máy chủ hoặc nạp tệp lên" in text(bad)
    away = clerk.post(
        reverse("oversight:new_scan"),
        {"unit": str(lately.unit.public_id), "title": "x", "place": "y", "folder": "../../etc"},
    )
    assert away.status_code == 422


def test_old_jobs_are_removed(data: Path) -> None:
    old = jobs.Job.folder() / "x"
    old.mkdir()
    jobs.Job.clean_up(time.time() + jobs.Job.keep_seconds + 1)
    assert not old.exists()
