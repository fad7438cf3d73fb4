"""A scan finds planted secrets in every format and depth, says what it could not read, and touches nothing."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bmnn.cli.main import main
from bmnn.cli.progress import Bar, duration
from bmnn.discovery.fingerprint import Index, Key
from bmnn.discovery.report import write_html, write_xlsx
from bmnn.discovery.scan import Options, scan, state_path
from bmnn.discovery.scan.run import _split
from bmnn.discovery.scan.walk import Found
from bmnn.sandbox import Outcome
from tests.discovery.ocr_pages import FOREIGN_WORN, GOOD, pages
from tests.discovery.stamp_pages import Look, page
from tests.discovery.words import invented
from tests.reading import build

PROTECTED = invented(77, 20)
_BODY = "báo cáo tình hình kho dự trữ và phương án di chuyển khi mưa lớn.\n"
MARKED = "Ủy ban nhân dân xã, số: 12/BC-UBND\nTỐI MẬT\n" + _BODY
LOWER = "Ủy ban nhân dân xã\nsố: 12/bc-ubnd\ntối mật\n" + _BODY
LINE = PROTECTED.replace("\n", " ")


def index() -> Index:
    held = Index.empty(Key(bytes(range(32))))
    held.add([("BC-12", "báo cáo kho", PROTECTED)])
    return held


FORMATS: dict[str, Callable[[str], bytes]] = {
    "docx": lambda t: build.docx_file(body=t),
    "docx header": lambda t: build.docx_file(header=t),
    "docx box": lambda t: build.docx_file(box=t),
    "docx comment": lambda t: build.docx_file(comment=t),
    "docx deleted": lambda t: build.docx_file(deleted=t),
    "docx hidden": lambda t: build.docx_file(hidden=t),
    "doc": build.doc_file,
    "rtf": lambda t: build.rtf_file(body=t),
    "odt": lambda t: build.odf_file("text", t),
    "xlsx": lambda t: build.xlsx_file(cell=t),
    "xlsx hidden": lambda t: build.xlsx_file(hidden=t),
    "xlsb": lambda t: build.xlsb_file(shared=t),
    "xls": lambda t: build.xls_file(cell=t),
    "ods": build.ods_file,
    "pptx": lambda t: build.pptx_file(slide=t),
    "pptx note": lambda t: build.pptx_file(note=t),
    "ppt": build.ppt_file,
    "odp": lambda t: build.odf_file("presentation", t),
    "html": build.html_file,
    "mhtml": build.mhtml_file,
    "eml": lambda t: build.eml_file(plain=t),
    "eml html": lambda t: build.eml_file(markup=t),
    "mbox": lambda t: build.mbox_file(build.eml_file(plain="a"), build.eml_file(plain=t)),
    "msg": build.msg_file,
    "telegram": build.telegram_file,
    "pdf": lambda t: build.pdf_file("trang đầu", t),
    "csv": lambda t: f"người gửi,nội dung\nA,chào\nB,{t}\n".encode(),
}


def test_a_passage_is_found_in_every_format_and_encoding(tmp_path: Path) -> None:
    for number, (name, make) in enumerate(FORMATS.items()):
        (tmp_path / f"{number} {name.replace(' ', '-')}.bin").write_bytes(make(LINE))
    for name, data in build.encodings(PROTECTED).items():
        (tmp_path / f"text {name}.txt").write_bytes(data)
    result = scan([tmp_path], Options(jobs=2, ocr=False, index=index()))
    found = {Path(i["path"].split("!")[0]).name for i in result["items"] if i["verdict"] == "suspect"}
    assert found == {p.name for p in tmp_path.iterdir()}
    for item in result["items"]:
        for match in item["matches"]:
            assert match["document"] == "BC-12"
            assert match["containment"] > 0.5


def test_level_lines_are_found_at_every_depth_and_in_old_encodings(tmp_path: Path) -> None:
    data, depth = MARKED.encode(), 0
    for depth, pack in enumerate((
        lambda d: build.zip_file({"trong.txt": d}), lambda d: build.eml_file(attachments={"kèm.zip": d}),
        lambda d: build.tar_file({"thư.eml": d}), lambda d: build.sevenzip_file({"gói.tar": d}),
        build.PACKERS["gz"],
    )):  # fmt: skip
        data = pack(data)
        (tmp_path / f"sâu {depth}.dat").write_bytes(data)
    for name in ("tcvn3", "vni", "viscii", "vps"):
        (tmp_path / f"{name}.txt").write_bytes(build.legacy(LOWER * 3 if name == "tcvn3" else LOWER, name))
    (tmp_path / "u16.txt").write_bytes(b"\xff\xfe" + MARKED.encode("utf-16-le"))
    result = scan([tmp_path], Options(jobs=2, ocr=False))
    suspects = {Path(i["path"].split("!")[0]).name: i for i in result["items"] if i["verdict"] == "suspect"}
    assert set(suspects) == {p.name for p in tmp_path.iterdir()}
    assert all(i["level"] == "TOI_MAT" for i in suspects.values())
    assert suspects["vni.txt"]["encoding"] == "vni"
    deepest = next(i for i in result["items"] if i["path"].count("!") == depth and i["verdict"] == "suspect")
    assert deepest["path"].endswith("!trong.txt")


def test_what_cannot_be_read_is_never_clear(tmp_path: Path) -> None:
    (tmp_path / "khóa.7z").write_bytes(build.sevenzip_file({"a": b"x" * 100}, password="p", hide_names=True))
    (tmp_path / "hỏng.docx").write_bytes(build.docx_file(body="x")[:300])
    (tmp_path / "ống").mkfifo() if hasattr(Path, "mkfifo") else os.mkfifo(tmp_path / "ống")
    (tmp_path / "lành.txt").write_text("Kế hoạch trồng cây")
    (tmp_path / "rỗng.txt").write_bytes(b"")
    items = {Path(i["path"]).name: i for i in scan([tmp_path], Options(jobs=1, ocr=False))["items"]}
    assert {n: (i["verdict"], i["why"]) for n, i in items.items()} == {
        "khóa.7z": ("unreadable", "encrypted"),
        "hỏng.docx": ("unreadable", "damaged"),
        "ống": ("unreadable", "not_regular"),
        "lành.txt": ("clear", None),
        "rỗng.txt": ("clear", None),
    }


def picture_bytes(image: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small share: a stamped scan, a scan of a protected text, an innocent scan and text."""
    from PIL import Image

    root = tmp_path_factory.mktemp("share")
    stamped = Image.fromarray(page("TỐI MẬT", Look(noise=1), 3))
    stamped.save(root / "dấu.png", dpi=(200, 200))
    stamped.rotate(90, expand=True).save(root / "nằm ngang.png", dpi=(200, 200))
    (root / "chép.png").write_bytes(picture_bytes(pages(PROTECTED, FOREIGN_WORN, 2)[0]))
    (root / "lành.png").write_bytes(picture_bytes(pages(invented(5, 12), GOOD, 2)[0]))
    (root / "thư mục").mkdir()
    (root / "thư mục" / "a.txt").write_text(MARKED)
    (root / "thư mục" / "b.txt").write_text("Kế hoạch trồng cây đầu xuân\n")
    return root


@pytest.fixture(scope="module")
def result(share: Path) -> dict[str, Any]:
    return scan([share], Options(jobs=2, index=index()))


def test_pages_are_read_and_stamps_seen(result: dict[str, Any]) -> None:
    items = {Path(i["path"]).name: i for i in result["items"]}
    assert {n: i["verdict"] for n, i in items.items()} == {
        "dấu.png": "suspect",
        "nằm ngang.png": "suspect",
        "chép.png": "suspect",
        "lành.png": "clear",
        "a.txt": "suspect",
        "b.txt": "clear",
    }
    stamp = next(s for s in items["dấu.png"]["signals"] if s["kind"] == "stamp")
    assert (stamp["level"], stamp["page"]) == ("TOI_MAT", 1)
    assert base64.b64decode(stamp["crop"])[:2] == b"\xff\xd8"
    assert items["chép.png"]["matches"][0]["document"] == "BC-12"
    assert result["totals"]["pages_ocr"] == 4
    assert [i["verdict"] for i in result["items"]] == sorted(
        (i["verdict"] for i in result["items"]), key=["suspect", "clear"].index
    )


def test_without_ocr_the_unread_pages_are_counted(share: Path) -> None:
    result = scan([share], Options(jobs=1, ocr=False))
    assert result["totals"]["pages_unread"] == 4
    assert result["totals"]["unreadable"] == 4
    assert all(i["why"] == "pages_unread" for i in result["items"] if i["verdict"] == "unreadable")


def test_a_second_run_reads_only_what_changed(share: Path, tmp_path: Path) -> None:
    class Counting:
        seen: list[tuple[str, int]] = []

        def stage(self, stage: str, total: int) -> None:
            self.seen.append((stage, total))

        def done(self, count: int = 1, bytes_read: int = 0) -> None:
            pass

    state = state_path(tmp_path / "r.html")
    options = Options(jobs=2, ocr=False, index=index())
    first = scan([share / "thư mục"], options, Counting(), state)
    again = scan([share / "thư mục"], options, Counting(), state)
    assert Counting.seen == [("read", 2)]
    assert again["items"] == first["items"]
    os.utime(share / "thư mục" / "b.txt")
    scan([share / "thư mục"], options, Counting(), state)
    assert Counting.seen == [("read", 2), ("read", 1)]
    scan([share / "thư mục"], Options(jobs=2, ocr=False), Counting(), state)
    assert Counting.seen[2:] == [("read", 2)]  # other options: nothing is taken over


def test_a_torn_state_is_used_as_far_as_it_is_whole(share: Path, tmp_path: Path) -> None:
    state = state_path(tmp_path / "r.html")
    options = Options(jobs=1, ocr=False)
    whole = scan([share / "thư mục"], options, None, state)
    state.write_bytes(state.read_bytes()[:-40])
    assert scan([share / "thư mục"], options, None, state)["items"] == whole["items"]


def test_nothing_is_written_beside_and_access_times_stay(share: Path, tmp_path: Path) -> None:
    def seen() -> dict[str, tuple[int, int, int]]:
        return {
            str(p): (s := p.stat()).st_mtime_ns and (s.st_mtime_ns, s.st_atime_ns, s.st_size)
            for p in share.rglob("*")
            if p.is_file()
        }

    for path in share.rglob("*"):
        if path.is_file():
            os.utime(path, (1_000_000_000, path.stat().st_mtime))
    before = seen()
    assert main(["scan", str(share), "--no-ocr", "--report", str(tmp_path / "r.html")]) == 1
    assert seen() == before
    assert {p.name for p in tmp_path.iterdir()} == {"r.html", "r.html.trang-thai"}


def test_a_read_only_stick_can_be_scanned(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.txt").write_text(MARKED)
    (stick / "a.txt").chmod(0o400)
    stick.chmod(0o500)
    try:
        assert main(["scan", str(stick), "--no-ocr", "--report", str(tmp_path / "r.xlsx")]) == 1
    finally:
        stick.chmod(0o700)


def test_stopping_keeps_what_is_done(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.txt").write_text(MARKED)
    for number in range(12):
        (share / f"{number}.png").write_bytes(picture_bytes(pages(invented(number, 30), GOOD, number)[0]))
    report = tmp_path / "r.html"
    command = [
        sys.executable,
        "-m",
        "bmnn.cli.main",
        "scan",
        str(share),
        "--jobs",
        "1",
        "--report",
        str(report),
        "--json",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    state = state_path(report)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (not state.exists() or state.read_bytes().count(b"\n") < 4):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1, err.decode()
    assert "Traceback" not in err.decode()
    stopped = json.loads(out)
    assert stopped["interrupted"]
    assert 2 <= stopped["totals"]["items"] < 13
    assert "dừng giữa chừng" in report.read_text()
    done = {i["path"] for i in stopped["items"]}
    before = len(done)
    result = subprocess.run([*command, "--resume"], capture_output=True, check=False)
    whole = json.loads(result.stdout)
    assert whole["totals"]["items"] == 13
    assert f"Đọc tệp: {13 - before}/{13 - before}" in result.stderr.decode()


def test_the_page_is_self_contained_and_safe(result: dict[str, Any], tmp_path: Path) -> None:
    evil = result["items"][0] | {"path": 'x<script>alert(1)</script>"&.txt'}
    path = tmp_path / "r.html"
    write_html(result | {"items": [evil, *result["items"][1:]]}, path, ["<b>nguồn</b>"])
    text = path.read_text()
    assert "<script" not in text
    assert "<b>nguồn" not in text
    assert all(place.startswith("data:") for place in re.findall(r"(?:src|href)\s*=\s*\"?([^\"\s>]+)", text))
    assert "url(" not in text and "@import" not in text
    assert "http:" not in text and "https:" not in text
    assert text.index("Nghi chứa bí mật") < text.index("Độ chắc")
    for word in ("dấu độ mật", "trang 1", "BC-12", "SHA-256", "Giới hạn của kết quả"):
        assert word in text


def test_the_workbook_holds_texts_as_texts(result: dict[str, Any], tmp_path: Path) -> None:
    for number, name in enumerate(("=1+1", "http://x.vn", "@SUM(A1)", "12345")):
        result["items"][number]["path"] = name
    path = tmp_path / "r.xlsx"
    write_xlsx(result, path, ["=cmd|' /C calc'!A0"])
    book = openpyxl.load_workbook(path)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert not [c for c in cells if c.hyperlink]
    assert "=1+1" in {c.value for c in cells}


def test_fingerprints_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, at = tmp_path / "mật.txt", tmp_path / "i.vt"
    source.write_text(PROTECTED)
    assert (
        main(["fingerprint", "add", str(source), "--index", str(at), "--id", "BC-12", "--title", "báo cáo"])
        == 0
    )
    assert "tệp khóa" in capsys.readouterr().err
    key = tmp_path / "i.vt.khoa"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    copy = tmp_path / "chép.txt"
    copy.write_text("mở đầu\n" + PROTECTED)
    assert main(["scan", str(copy), "--no-ocr", "--fingerprints", str(at), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["items"][0]["matches"][0]["document"] == "BC-12"
    assert PROTECTED[40:80] not in json.dumps(found, ensure_ascii=False)
    key.rename(tmp_path / "cất.khoa")
    assert main(["scan", str(copy), "--no-ocr", "--fingerprints", str(at)]) == 2
    assert "tệp khóa" in capsys.readouterr().err
    elsewhere = ["--key", str(tmp_path / "cất.khoa")]
    assert main(["fingerprint", "list", "--index", str(at), *elsewhere, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"][0]["title"] == "báo cáo"
    assert main(["fingerprint", "remove", "--index", str(at), "--id", "không có", *elsewhere]) == 2
    assert main(["fingerprint", "remove", "--index", str(at), "--id", "BC-12", *elsewhere]) == 0
    assert main(["scan", str(copy), "--no-ocr", "--fingerprints", str(at), *elsewhere]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["scan", "/không/có"], "Không tìm thấy"),
        (["scan", ".", "--resume"], "--resume cần --report"),
        (["scan", ".", "--report", "r.doc"], "đuôi .html"),
        (["scan", ".", "--report", "/không/có/r.html"], "Không có thư mục"),
        (["scan", ".", "--jobs", "0"], "--jobs"),
        (["scan", ".", "--key", "k"], "--fingerprints"),
        (["scan", ".", "--fingerprints", "/không/có"], "Không mở được chỉ mục"),
        (["fingerprint", "add", "--index", "i"], "ít nhất một tệp"),
        (["fingerprint", "add", "/không/có", "--index", "i2"], "Không tìm thấy tệp"),
        (["fingerprint", "remove", "--index", "i"], "--id"),
    ],
)
def test_wrong_use_is_explained_and_leaves_nothing(
    words: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_document_is_not_registered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    locked = tmp_path / "khóa.7z"
    locked.write_bytes(build.sevenzip_file({"a": b"x" * 100}, password="p"))
    assert main(["fingerprint", "add", str(locked), "--index", str(tmp_path / "i"), "--id", "a"]) == 2
    assert "mã hóa" in capsys.readouterr().err
    assert {p.name for p in tmp_path.iterdir()} == {"khóa.7z"}


def test_the_bar_says_how_far_how_fast_how_long() -> None:
    bar = Bar(io.StringIO())
    bar.stage("ocr", 200)
    bar.done(50)
    line = bar.line()
    assert "50/200 trang" in line and "trang/giây" in line and "còn khoảng" in line
    assert [duration(s) for s in (8, 200, 7500)] == ["8 giây", "3 phút 20 giây", "2 giờ 5 phút"]


@pytest.mark.shared
def test_public_samples_are_clear(shared: Path) -> None:
    result = scan([shared / "samples/documents", shared / "samples/directives"], Options(jobs=2))
    assert result["totals"]["suspect"] == 0
    assert result["totals"]["review"] <= 0.02 * result["totals"]["items"]


def test_a_file_that_ends_its_worker_costs_itself_alone() -> None:
    """What a call gave before it was cut short is kept; the files behind the one at fault are read again."""
    batch = [Found(f"{n}.txt", f"{n}.txt", 10, 1) for n in range(4)]
    row = {"path": "x", "ocr": [], "signals": [], "size": 1}
    cut = Outcome(False, [[row | {"path": "0.txt"}, {"end": 0}, row | {"path": "1.txt"}]], "crashed")
    read, left = _split(cut, batch)
    assert [[i.row["path"] for i in f.items] for f in read] == [["0.txt"], ["1.txt", "1.txt!(phần còn lại)"]]
    assert read[1].items[1].row["why"] == "crashed"
    assert left == batch[2:]
    assert _split(Outcome(False, [], "not_regular"), batch) == ([], batch)
    ((lost,), left) = _split(Outcome(False, [], "not_regular"), batch[:1])
    assert (lost.items[0].row["verdict"], left) == ("unreadable", [])
