"""The sample agency's scan: an invented share with a finding of each verdict, half gone through, one copy removed."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings

from bmnn.discovery.scan import Options, background, scan
from bmnn.office.core.engine import Entry
from bmnn.office.oversight import results
from bmnn.office.oversight.acts.issue_removal import IssueRemoval
from bmnn.office.oversight.acts.judge_finding import JudgeFinding
from bmnn.office.oversight.acts.record_scan import RecordScan
from bmnn.office.oversight.acts.remove_copy import RemoveCopy
from bmnn.office.oversight.models import Scan, ScanFinding

MARK = "MẪU – SỐ LIỆU BỊA"
_HOME = "xa1"
_JOB = uuid.UUID("5a0c3b1e-7d7e-4a10-9c51-0000000d0001")
_BEFORE = timedelta(days=5)
_HEAD = "ỦY BAN NHÂN DÂN XÃ MẪU\nSố: {number}/{symbol}\n{level}\n"
_BODY = f"{MARK}. Báo cáo này do chương trình tạo ra để xem thử; không có nội dung thật nào.\n"


def _sheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Theo dõi")
        for row, words in enumerate((MARK, "Số: 07/KH-UBND", "MẬT", "Kế hoạch mẫu")):
            page.write_string(row, 0, words)
    return out.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _locked() -> bytes:
    """A zip whose member says it is encrypted."""
    data = bytearray(_zip({"kin.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def files() -> dict[str, bytes]:
    """The invented share, by path."""
    secret = _HEAD.format(number="12", symbol="BC-UBND", level="TỐI MẬT") + "Bản số: 02\n" + _BODY
    plan = _HEAD.format(number="07", symbol="KH-UBND", level="MẬT") + _BODY
    lecture = f"{MARK}\nTài liệu này thuộc danh mục bí mật nhà nước độ Mật: câu mẫu trong bài giảng.\n"
    recall = f"{MARK}\n" + "Nội dung bịa để xem thử.\n" * 90 + "TÀI LIỆU THU HỒI\n"
    return {
        "mot-cua/bao-cao-mau.txt": secret.encode(),
        "mot-cua/chuyen-tiep/thu.zip": _zip({"ke-hoach-mau.txt": plan.encode()}),
        "ke-toan/theo-doi-mau.xlsx": _sheet(),
        "dao-tao/bai-giang-mau.txt": lecture.encode(),
        "dao-tao/tai-lieu-cu-mau.txt": recall.encode("utf-16"),
        "luu/khoa-mau.zip": _locked(),
        **{
            f"chung/tin-{n}.txt": f"{MARK}\nTin sinh hoạt số {n}: trồng cây, vệ sinh đường làng.\n".encode()
            for n in range(1, 9)
        },
    }


def _scanned(share: Path) -> dict[str, Any]:
    for name, data in files().items():
        target = share / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return scan([share], Options(jobs=1, ocr=False))


def entries(sample: Any) -> Iterator[Entry]:
    """The acts in order; see docs/architecture.md, "The sample agency"."""
    unit = sample.units[_HOME]
    clerk, head = sample.accounts[f"vt.{_HOME}"], sample.accounts[f"ct.{_HOME}"]
    job = settings.DATA / "tmp" / "ra-soat" / str(_JOB)
    share = job / "tep"
    share.mkdir(parents=True, exist_ok=True)
    result = _scanned(share)
    reduced = results.reduce(result, str(share))
    day = sample.until - _BEFORE
    title, place = f"Rà soát thư mục dùng chung ({MARK})", "Máy chủ tệp của xã, thư mục dùng chung"
    yield sample.do(RecordScan(RecordScan.Input(unit, title, place, reduced, str(_JOB))), clerk, day)
    _keep(job, share, result)
    found = list(ScanFinding.objects.filter(of__job=_JOB))
    suspects = [f for f in found if f.verdict == "suspect"]
    for one in suspects[:2]:
        said = JudgeFinding.Input(one, "secret", one.level or "MAT", "Đã đối chiếu với sổ")
        yield sample.do(JudgeFinding(said), clerk)
    harmless = next(f for f in found if f.verdict == "review")
    yield sample.do(
        JudgeFinding(JudgeFinding.Input(harmless, "not_secret", "", "Câu mẫu trong bài giảng")), clerk
    )
    minutes = IssueRemoval.Input(
        Scan.objects.get(job=_JOB), "Bộ phận một cửa", ("Trần Văn Mẫu, văn thư",), ("Lê Thị Mẫu, quản lý thư mục",),
        "Kế hoạch tự kiểm tra mẫu", "Nhắc người để nhầm tài liệu; kiểm tra lại sau 10 ngày.",
    )  # fmt: skip
    yield sample.do(IssueRemoval(minutes), head, day + timedelta(days=1))
    gone = RemoveCopy.Input(
        suspects[0], "deleted", sample.today, "Xóa trước mặt người quản lý thư mục, đã xem lại"
    )
    yield sample.do(RemoveCopy(gone), clerk)


def _keep(job: Path, share: Path, result: dict[str, Any]) -> None:
    """Names and places stay as after a scan from the page; the invented files go."""
    for path in sorted(share.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    share.rmdir()
    background.write_json(job / background.RESULT, result)
    head = {"account": "", "root": str(share), "title": MARK, "place": ""}
    (job / background.ORDER).write_text(json.dumps(head, ensure_ascii=False), "utf-8")
