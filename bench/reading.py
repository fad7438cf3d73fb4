"""Extraction of a tree of mixed files, two workers in the sandbox, against kreuzberg's batch on the same files.

Kreuzberg is a tool of the bench only: `BMNN_KREUZBERG` names the Python of an environment that has it.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import tempfile
import time
from pathlib import Path

from tests.reading import build

from bench import Row
from bmnn.sandbox import Box, Job, Limits

TITLE = "Reading: extraction of a mixed tree"
MARK = "DẤU TÌM {n:05d} kế hoạch phòng thủ khu vực ven biển"
_WORDS = re.findall(
    r"\w+",
    "ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm quy định bảo vệ bí mật nhà nước trong quản lý tài liệu "
    "công tác văn thư lưu trữ kiểm tra giám sát báo cáo kết quả trước ngày tháng năm theo hướng dẫn của tỉnh",
)
_BATCH = 16
_THEIRS = """
import sys, time
import kreuzberg
paths = open(sys.argv[1], encoding="utf-8").read().split("\\n")
began = time.perf_counter()
texts = []
for at in range(0, len(paths), 500):
    texts += [getattr(r, "content", "") or "" for r in kreuzberg.batch_extract_files_sync(paths[at : at + 500])]
seconds = time.perf_counter() - began
found = sum(f"{n:05d}" in text for n, text in enumerate(texts))
print(seconds, found)
"""


def plant(folder: Path) -> list[Path]:
    """A tree like an office share: 5,000 texts, 640 office files and PDFs, 150 mails, 30 archives; each with a mark."""
    chance = random.Random(7)
    paths: list[Path] = []

    def text(n: int, size: int) -> str:
        words = [chance.choice(_WORDS) for _ in range(size)]
        words.insert(len(words) // 2, MARK.format(n=n))
        lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
        return "\n".join(lines)

    def put(name: str, data: bytes) -> None:
        path = folder / f"{len(paths) % 40}" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        paths.append(path)

    office = {
        "docx": lambda t: build.docx_file(body=t, header="Tiêu đề trang"),
        "doc": build.doc_file,
        "odt": lambda t: build.odf_file("text", t),
        "rtf": build.rtf_file,
        "pptx": lambda t: build.pptx_file(slide=t, note="ghi chú"),
        "xlsx": lambda t: build.xlsx_file(cell=t[:20_000], comment="x"),
        "html": build.html_file,
        "pdf": lambda t: build.pdf_file(*[t[i : i + 2500] for i in range(0, len(t), 2500)]),
    }
    for n in range(5000):
        put(f"{n}.txt", text(n, 900).encode())
    for n in range(5000, 5640):
        kind = list(office)[n % len(office)]
        put(f"{n}.{kind}", office[kind](text(n, 2000)))
    for n in range(5640, 5790):
        attached = {"cv.docx": build.docx_file(body=text(n, 1500))}
        put(f"{n}.eml", build.eml_file("Kính gửi", "xem tệp kèm", attached))
    for n in range(5790, 5820):
        put(f"{n}.zip", build.zip_file({f"{i}.docx": build.docx_file(body=text(n, 800)) for i in range(5)}))
    return paths


def run() -> list[Row]:
    """Both sides read the same tree, one after the other, caches warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = plant(folder)
        for path in paths:
            path.read_bytes()
        workers = min(2, os.cpu_count() or 1)
        batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
        jobs = [Job(tuple(batch), [f"{int(path.stem):05d}" for path in batch]) for batch in batches]
        with Box("bench._extract:run", Limits(wall=60, cpu=60), workers=workers) as box:
            list(box.map(jobs[: 2 * workers]))  # both workers are up, as the other side's modules are loaded
            began = time.perf_counter()
            outcomes = list(box.map(jobs))
            ours = time.perf_counter() - began
        found = sum(mark for outcome in outcomes for _, mark in outcome.value or [])
        rows = [
            Row(
                "files whose mark was found",
                found,
                len(paths),
                "files",
                found / len(paths),
                "1",
                found == len(paths),
            )
        ]
        python = os.environ.get("BMNN_KREUZBERG")
        if not python:
            print("  BMNN_KREUZBERG names no Python; nothing to compare with")
            return [*rows, Row("extraction of the tree", ours, ours, "s", 1.0, "not compared", True)]
        (folder / "list").write_text("\n".join(map(str, paths)), encoding="utf-8")
        command = [python, "-c", _THEIRS, str(folder / "list")]
        theirs, their_found = subprocess.run(
            command, capture_output=True, check=True, text=True
        ).stdout.split()[-2:]
        ratio = float(theirs) / ours
        print(f"  kreuzberg found {their_found} of {len(paths)} marks")
        return [
            *rows,
            Row(
                "extraction of the tree (kreuzberg / ours)",
                ours,
                float(theirs),
                "s",
                ratio,
                ">= 4",
                ratio >= 4,
            ),
        ]
