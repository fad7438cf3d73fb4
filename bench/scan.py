"""A whole scan against its peers: recollindex and kreuzberg on one tree of mixed files, bare tesseract on scans.

recollindex must be installed (Debian: recollcmd); kreuzberg goes into a temporary environment. A peer that is missing
leaves its row out, with a note.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import venv
from pathlib import Path

from bench import Row

TITLE = "A scan of a share of mixed files, and of scanned pages"
TEXTS, OFFICE, MAILS, ZIPS, SCANS = 8600, 1280, 300, 120, 40
_KREUZBERG = """
import asyncio, sys, time
from pathlib import Path
from kreuzberg import batch_extract_files_sync
files = [str(p) for p in sorted(Path(sys.argv[1]).rglob("*")) if p.is_file()]
began = time.perf_counter()
done = 0
for at in range(0, len(files), 200):
    try:
        done += len(batch_extract_files_sync(files[at:at+200]))
    except Exception:
        for f in files[at:at+200]:
            try:
                batch_extract_files_sync([f]); done += 1
            except Exception:
                pass
print(time.perf_counter() - began, done)
"""


def make_tree(root: Path) -> int:
    """Files as a share holds them; how many."""
    from tests.discovery.words import invented
    from tests.reading import build

    def pdf(text: str) -> bytes:
        return build.pdf_file(*[text[at : at + 2500] for at in range(0, len(text), 2500)])

    makers = (
        ("docx", lambda t: build.docx_file(body=t)),
        ("doc", build.doc_file),
        ("xlsx", lambda t: build.xlsx_file(cell=t[:30000])),
        ("odt", lambda t: build.odf_file("text", t)),
        ("rtf", lambda t: build.rtf_file(body=t)),
        ("pptx", lambda t: build.pptx_file(slide=t)),
        ("html", build.html_file),
        ("pdf", pdf),
    )
    count = 0
    texts = [invented(n, 40) for n in range(160)]

    def put(folder: str, name: str, data: bytes) -> None:
        nonlocal count
        place = root / folder / f"{count % 40:02d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{count:05d}-{name}").write_bytes(data)
        count += 1

    for n in range(TEXTS):
        put("van-ban", "ghi.txt", (texts[n % 160] + f"\n{n}\n" + texts[(n * 7 + 3) % 160][:2000]).encode())
    built = [(ending, make(texts[n % 160])) for n, (ending, make) in enumerate(makers * 10)]
    for n in range(OFFICE):
        ending, data = built[n % len(built)]
        put("van-phong", f"tep.{ending}", data)
    for n in range(MAILS):
        put("thu", "thu.eml", build.eml_file(plain=texts[n % 160], attachments={"kem.docx": built[0][1]}))
    for n in range(ZIPS):
        put("nen", "goi.zip", build.zip_file({f"{i}.txt": texts[(n + i) % 160].encode() for i in range(4)}))
    return count


_OURS = """
import sys, time
from pathlib import Path
from bmnn.discovery.scan import Options, scan
from bmnn.discovery.scan.box import scan_box, setup_argument
from bmnn.sandbox import Job
options = Options(jobs=2, ocr=False)
box = scan_box(2)
box.setup_argument = setup_argument((), {}, ocr=False)
nothing = {"names": [], "limits": options.limits.to_json(), "texts": False}
list(box.map([Job((), nothing)] * 2))
began = time.perf_counter()
scan([Path(sys.argv[1])], options, box=box)
print(time.perf_counter() - began)
"""


def inside(share: Path) -> float:
    """Seconds of our scan measured as kreuzberg's batch is: inside the program, once what reads is loaded."""
    done = subprocess.run([sys.executable, "-c", _OURS, share], capture_output=True, text=True, check=True)
    return float(done.stdout)


def timed(command: list[str | Path], **more: object) -> float:
    """Seconds a command takes."""
    began = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=900, **more
    )  # type: ignore[call-overload]
    return time.perf_counter() - began


def ours(share: Path, *more: str) -> tuple[float, float]:
    """(seconds, most resident MB of the program and its workers) of `bmnn scan` with two jobs."""
    command = [sys.executable, "-m", "bmnn.cli.main", "scan", str(share), "--jobs", "2", *more]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(process, most))
    watch.start()
    process.wait()
    spent = time.perf_counter() - began
    watch.join()
    return spent, most[0]


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], _resident(process.pid))
        time.sleep(0.1)


def _resident(pid: int) -> float:
    """Proportional resident MB of a process and its children."""
    total = 0.0
    for one in (pid, *_children(pid)):
        try:
            rows = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(r.split()[1]) for r in rows if r.startswith("Pss:")) / 1024
        except (OSError, StopIteration):
            continue
    return total


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found += [child, *_children(child)]
        except OSError:
            continue
    return found


def recoll(share: Path, base: Path) -> float | None:
    """Seconds of recollindex from nothing; None where it is not installed."""
    if shutil.which("recollindex") is None:
        print("  recollindex is absent (Debian: recollcmd): row left out", file=sys.stderr)
        return None
    base.mkdir()
    (base / "recoll.conf").write_text(f"topdirs = {share}\nloglevel = 1\n")
    return timed(["recollindex", "-c", base, "-z"], env={**os.environ, "RECOLL_CONFDIR": str(base)})


def kreuzberg(share: Path, base: Path) -> tuple[float, int] | None:
    """(seconds, files) of kreuzberg's batch extraction; None where it cannot be installed."""
    venv.create(base, with_pip=True)
    python = base / "bin" / "python"
    if subprocess.run(
        [python, "-m", "pip", "install", "-q", "kreuzberg==4.10.4"], capture_output=True, check=False
    ).returncode:
        print("  kreuzberg could not be installed: row left out", file=sys.stderr)
        return None
    done = subprocess.run(
        [python, "-c", _KREUZBERG, share], capture_output=True, text=True, check=False, timeout=900
    )
    if done.returncode:
        print(f"  kreuzberg failed: {done.stderr[-300:]}", file=sys.stderr)
        return None
    seconds, files = done.stdout.split()
    return float(seconds), int(files)


def scans(root: Path) -> tuple[float, float, float]:
    """Pages a second of ours and of one bare tesseract, and our memory."""
    from PIL import Image
    from tests.discovery.stamp_pages import Look, page

    root.mkdir()
    for n in range(SCANS):
        Image.fromarray(page("MẬT" if n % 8 == 0 else None, Look(noise=1), 70_000 + n)).save(
            root / f"{n}.png", dpi=(200, 200)
        )
    empty = root.parent / "trống"
    empty.mkdir()
    (empty / "a.txt").write_text("x")
    one = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    pages = sorted(root.glob("*.png"))[:8]
    best, bare, memory = 0.0, 0.0, 0.0
    for _ in range(2):  # in turn, and the better of each: the machine has other things to do
        start, _ = ours(empty)
        seconds, most = ours(root)
        best, memory = max(best, SCANS / max(seconds - start, 0.1)), max(memory, most)
        began = time.perf_counter()
        for path in pages:
            command = ["tesseract", path, "-", "-l", "vie"]
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=one, check=True)
        bare = max(bare, len(pages) / (time.perf_counter() - began))
    return best, bare, memory


def run() -> list[Row]:
    """All rows, each with both numbers of one run."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        share = base / "share"
        count = make_tree(share)
        mine, memory = min(ours(share, "--no-ocr") for _ in range(2))
        theirs = recoll(share, base / "recoll")
        if theirs is not None:
            ratio = theirs / mine
            rows.append(
                Row(
                    f"{count} mixed files: recollindex / full scan",
                    mine,
                    theirs,
                    "s",
                    ratio,
                    ">= 6x",
                    ratio >= 6,
                )
            )
        other = kreuzberg(share, base / "kreuzberg")
        if other is not None:
            mine = min(inside(share) for _ in range(2))
            ratio = other[0] / mine
            what = f"kreuzberg batch extraction ({other[1]} read) / full scan"
            rows.append(Row(what, mine, other[0], "s", ratio, ">= 4x", ratio >= 4))
        pages, bare, ocr_memory = scans(base / "scans")
        cores = min(2, os.cpu_count() or 1)
        ratio = pages / (cores * bare)
        rows.append(
            Row(
                f"scanned pages / ({cores} cores x bare tesseract)",
                pages,
                cores * bare,
                "pages/s",
                ratio,
                ">= 1.10x",
                ratio >= 1.1,
            )
        )
        most = max(memory, ocr_memory)
        rows.append(
            Row("memory of a scan with two jobs", most, 600, "MB", 600 / most, "<= 600 MB", most <= 600)
        )
    return rows
