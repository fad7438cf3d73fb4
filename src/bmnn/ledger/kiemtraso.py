"""kiemtraso: kiểm tra nhật ký xuất ra từ hệ thống bmnn mà không cần hệ thống ấy.

    python3 kiemtraso.py nhat-ky.jsonl --chot chot-so.txt --khoa khoa-cong-khai.txt
    python3 kiemtraso.py nhat-ky.jsonl --khoa khoa-cong-khai.txt --van-tay "5NRH-CGNQ-4TR4-80B2-FJMZ-QB1J-YQWN"
    python3 kiemtraso.py --bang-chung bang-chung.json --khoa khoa-cong-khai.txt

Chỉ cần Python 3.9 trở lên; muốn kiểm tra chữ ký thì cần thêm thư viện `cryptography`.
Tình trạng thoát: 0 đạt, 1 không đạt hoặc chưa đủ căn cứ, 2 dùng sai.

This one file stands alone on purpose and shares no code with the rest: it is the second opinion. Formats:
RFC 6962 (tree, proofs), C2SP signed-note and tlog-checkpoint, one event a line in canonical JSON.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PASSED, FAILED, OPEN = "ĐẠT", "KHÔNG ĐẠT", "CHƯA KIỂM"


class Signed(NamedTuple):
    """A checkpoint as read: its three lines, the signed bytes, the signatures as (name, key id, value)."""

    origin: str
    size: int
    root: bytes
    text: bytes
    signatures: list[tuple[str, bytes, bytes]]


class Report:
    """Lines of the report, and whether everything passed."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def say(self, mark: str, words: str) -> None:
        """One check and its result."""
        self.lines.append((mark, words))
        print(f"[{mark}] {words}")

    def judge(self, good: bool, words: str, wrong: str) -> None:
        """One check: `words` when it holds, else `wrong`."""
        self.say(PASSED if good else FAILED, words if good else wrong)

    def verdict(self) -> int:
        """Print the result; the exit status."""
        marks = {mark for mark, _ in self.lines}
        if FAILED in marks:
            print("KẾT QUẢ: KHÔNG ĐẠT")
            return 1
        if OPEN in marks or PASSED not in marks:
            print("KẾT QUẢ: CHƯA ĐỦ CĂN CỨ (xem các dòng CHƯA KIỂM ở trên)")
            return 1
        print("KẾT QUẢ: ĐẠT")
        return 0


class Log:
    """One stream: its tree grown leaf by leaf, with the root after each size that somebody asks for."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[tuple[int, bytes]] = []  # (leaves, hash) of the complete subtrees, left to right

    def add(self, leaf: bytes) -> None:
        """Append a leaf's bytes: equal neighbours merge, like carrying in binary addition."""
        weight, value = 1, hashlib.sha256(b"\0" + leaf).digest()
        while self.peaks and self.peaks[-1][0] == weight:
            weight, value = 2 * weight, hashlib.sha256(b"\1" + self.peaks.pop()[1] + value).digest()
        self.peaks.append((weight, value))
        self.size += 1

    def root(self) -> bytes:
        """RFC 6962: the hash of nothing for an empty tree, else the peaks folded from the right."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        value = self.peaks[-1][1]
        for _, left in self.peaks[-2::-1]:
            value = hashlib.sha256(b"\1" + left + value).digest()
        return value


def checkpoint_text(origin: str, size: int, root: bytes) -> bytes:
    """The three signed lines."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def fingerprint(text: bytes) -> str:
    """26 characters (130 bits) of the text's SHA-256 and 2 check characters, without hyphens."""
    value = int(hashlib.sha256(text).hexdigest(), 16) >> 126
    check = value % 1021
    letters = [ALPHABET[value >> 5 * i & 31] for i in range(25, -1, -1)]
    return "".join(letters) + ALPHABET[check >> 5] + ALPHABET[check & 31]


def typed_fingerprint(typed: str) -> str | None:
    """What a person typed, letters that look alike read as one; None when it cannot be a fingerprint."""
    text = re.sub(r"[\s.–—-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    if len(text) != 28 or any(c not in ALPHABET for c in text):
        return None
    value = 0
    for c in text[:26]:
        value = value * 32 + ALPHABET.index(c)
    good = value % 1021 == ALPHABET.index(text[26]) * 32 + ALPHABET.index(text[27])
    return text if good else None


def stream_of(origin: str) -> str:
    """The stream in `bmnn/<unit>/<stream>`, its percent signs undone."""
    from urllib.parse import unquote

    return unquote(origin.split("/", 2)[2]) if origin.count("/") >= 2 else origin


def file_fingerprint(path: Path) -> str:
    """The fingerprint of a whole file of checkpoints: what the slip of paper of the site carries."""
    return fingerprint(path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").encode())


def read_checkpoints(path: Path, report: Report) -> list[Signed]:
    """Every checkpoint in a file; what is none is reported."""
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    found = []
    blocks = re.findall(r"((?:[^\n—][^\n]*\n)+)\n((?:— [^\n]*\n?)+)", text)
    for body, signatures in blocks:
        lines = body.split("\n")
        try:
            root = base64.b64decode(lines[2], validate=True)
            if not re.fullmatch("0|[1-9][0-9]*", lines[1]) or len(root) != 32:
                raise ValueError
            signed = []
            for line in signatures.strip().split("\n"):
                _, name, value = line.split(" ")
                raw = base64.b64decode(value, validate=True)
                signed.append((name, raw[:4], raw[4:]))
        except (IndexError, ValueError):
            report.say(FAILED, f"{path.name}: bản chốt bắt đầu bằng «{lines[0]}» không đọc được")
            continue
        found.append(Signed(lines[0], int(lines[1]), root, body.encode(), signed))
    rest = re.sub(r"((?:[^\n—][^\n]*\n)+)\n((?:— [^\n]*\n?)+)", "", text).strip()
    if rest or not blocks:
        report.say(FAILED, f"{path.name}: có phần không phải bản chốt sổ")
    return found


def read_keys(path: Path, report: Report) -> dict[str, bytes]:
    """Public keys by the name they sign under; one `name+id+base64` a line."""
    keys = {}
    for line in path.read_text(encoding="utf-8-sig").split():
        try:
            name, told, coded = line.split("+", 2)
            raw = base64.b64decode(coded, validate=True)
            right = hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] == told
            if raw[0] != 1 or len(raw) != 33 or not right:
                raise ValueError
            keys[name] = raw[1:]
        except (IndexError, ValueError):
            report.say(FAILED, f"{path.name}: dòng khóa «{line[:60]}» không đọc được")
    return keys


def check_signature(signed: Signed, keys: dict[str, bytes], where: str, report: Report) -> None:
    """Whether the log's own key signed the checkpoint."""
    public = keys.get(signed.origin)
    if public is None:
        report.say(OPEN, f"{where}: chữ ký chưa kiểm tra, không có khóa công khai của «{signed.origin}»")
        return
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        report.say(OPEN, f"{where}: chữ ký chưa kiểm tra, máy này không có thư viện cryptography")
        return
    wanted = hashlib.sha256(signed.origin.encode() + b"\n\1" + public).digest()[:4]
    for name, key, value in signed.signatures:
        if name == signed.origin and key == wanted:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(value, signed.text)
            except InvalidSignature:
                break
            report.say(PASSED, f"{where}: chữ ký đúng")
            return
    report.say(FAILED, f"{where}: không có chữ ký đúng của «{signed.origin}»")


class Journal:
    """What is asked of the exported log while it is read once, line by line."""

    def __init__(self, wanted: dict[str, list[Signed]], origins: dict[str, str], prints: list[str]) -> None:
        self.logs: dict[str, Log] = {}
        self.roots: dict[tuple[str, int], bytes] = {}
        self.wanted = {(s, c.size) for s, cs in wanted.items() for c in cs}
        self.origins, self.prints = origins, prints
        self.seen: dict[str, tuple[str, int]] = {}
        self.series: dict[tuple[str, str], int] = {}
        self.order: list[str] = []
        self.places: list[str] = []
        self.numbers: list[str] = []
        self.entries, self.first, self.last = 0, 0, 0

    def take(self, line: bytes, number: int) -> bool:
        """Add one line; False when it is no event."""
        try:
            event = json.loads(line)
            stream, seq, n = event["stream"], event["seq"], event["n"]
            same = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            if same.encode() != line or not isinstance(stream, str) or not isinstance(n, int):
                return False
            taken = [(t["name"], t["period"], t) for t in event["numbers"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        log = self.logs.setdefault(stream, Log())
        if seq != log.size:
            self.places.append(f"dòng {number}: «{stream}» có vị trí {seq}, phải là {log.size}")
        if n != self.last + 1 and self.entries:
            self.order.append(f"việc số {self.last} rồi đến việc số {n}")
        self.first = self.first or n
        self.last = n
        self.entries += 1
        log.add(line)
        if (stream, log.size) in self.wanted:
            self.roots[stream, log.size] = log.root()
        if self.prints and stream in self.origins:
            text = checkpoint_text(self.origins[stream], log.size, log.root())
            if fingerprint(text) in self.prints:
                self.seen[fingerprint(text)] = (stream, log.size)
        for name, period, one in taken:
            self._number(name, period, one, n)
        return True

    def _number(self, name: str, period: str, one: dict[str, Any], n: int) -> None:
        last = self.series.get((name, period), 0)
        if "value" in one:
            good, new = one["value"] == last + 1, one["value"]
        elif "lost_from" in one:
            good, new = one["lost_from"] == last + 1 and one["start"] >= last, one["start"]
        else:
            good, new = last == 0, one["start"]
        if not good:
            self.numbers.append(f"việc số {n}, dãy «{name}» kỳ «{period}»: {new} sau {last}")
        self.series[name, period] = new


def _some(found: list[str]) -> str:
    more = f" và {len(found) - 5} chỗ khác" if len(found) > 5 else ""
    return "; ".join(found[:5]) + more


def check_journal(path: Path, signed: list[Signed], keys: dict[str, bytes], prints: list[str],
                  files: dict[str, str], report: Report) -> None:  # fmt: skip
    """Read the export once and say what holds. `files`: names of checkpoint files by their fingerprints."""
    wanted: dict[str, list[Signed]] = {}
    for one in signed:
        wanted.setdefault(stream_of(one.origin), []).append(one)
    origins = {stream_of(o): o for o in [*keys, *(s.origin for s in signed)]}
    journal = Journal(wanted, origins, [p for p in (typed_fingerprint(t) for t in prints) if p])
    bad = []
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not journal.take(line.rstrip(b"\r\n"), number):
                bad.append(f"dòng {number}")
    streams = ", ".join(f"{name} ({log.size})" for name, log in sorted(journal.logs.items()))
    report.judge(not bad and journal.entries > 0,
                 f"đọc được {journal.entries} việc của {len(journal.logs)} dòng nhật ký: {streams}",
                 f"có chỗ không phải việc đã ghi: {_some(bad) or 'tệp trống'}")  # fmt: skip
    report.judge(not journal.places, "trong từng dòng nhật ký không thiếu, không đảo việc nào",
                 _some(journal.places))  # fmt: skip
    if len(journal.logs) > 1 or not (journal.order or journal.first != 1):
        gaps = ([] if journal.first == 1 else [f"bắt đầu từ việc số {journal.first}"]) + journal.order
        report.judge(not gaps, "thứ tự chung của mọi việc liền mạch từ việc số 1", _some(gaps))
        report.judge(not journal.numbers, f"số đã cấp của {len(journal.series)} dãy liền mạch, không trùng",
                     _some(journal.numbers))  # fmt: skip
    else:
        print("    (tệp chỉ có một dòng nhật ký nên không xét thứ tự chung và dãy số)")
    for one in signed:
        log = journal.logs.get(stream_of(one.origin), Log())
        where = f"bản chốt «{one.origin}» lúc {one.size} việc"
        if one.size > log.size:
            report.say(FAILED, f"{where}: nhật ký nay chỉ còn {log.size} việc, việc đã ghi bị mất")
        else:
            root = journal.roots.get((stream_of(one.origin), one.size), Log().root())
            report.judge(root == one.root, f"{where}: khớp nhật ký",
                         f"{where}: nhật ký không còn như khi chốt")  # fmt: skip
    for typed in prints:
        text = typed_fingerprint(typed)
        if text is None:
            report.say(FAILED, f"dấu vân tay «{typed}» gõ sai (28 chữ và số, 2 ký tự cuối để kiểm tra)")
        elif text in files:
            report.say(PASSED, f"dấu vân tay «{typed}» là của tệp {files[text]}")
        elif text in journal.seen:
            stream, size = journal.seen[text]
            report.say(PASSED, f"dấu vân tay «{typed}» là của «{stream}» lúc {size} việc")
        elif not origins:
            report.say(OPEN, f"dấu vân tay «{typed}»: cần --khoa hoặc --chot để biết tên của sổ")
        else:
            report.say(FAILED, f"dấu vân tay «{typed}» không khớp lúc nào của nhật ký này")
    if not signed and not prints:
        report.say(
            OPEN, "chưa có bản chốt hay dấu vân tay giữ ở nơi khác: người giữ máy có thể đã viết lại tất cả"
        )


def check_proof(path: Path, keys: dict[str, bytes], report: Report) -> None:
    """A file of `bmnn ledger prove`: that one event stands in the log whose checkpoint it carries."""
    where = path.name
    try:
        proof = json.loads(path.read_text(encoding="utf-8-sig"))
        index, size = int(proof["index"]), int(proof["size"])
        steps = [bytes.fromhex(h) for h in proof["hashes"]]
        value = hashlib.sha256(b"\0" + str(proof["leaf"]).encode()).digest()
        root, note = bytes.fromhex(proof["root"]), proof.get("checkpoint")
    except (KeyError, TypeError, ValueError):
        report.say(FAILED, f"{where}: không phải bằng chứng của hệ thống này")
        return
    # RFC 9162 says it with two counters; here the path is rebuilt from the top: the sizes of the siblings.
    turns, first, count = [], 0, size
    while count > 1:
        left = 1
        while left * 2 < count:
            left *= 2
        turns.append(index >= first + left)
        first, count = (first + left, count - left) if turns[-1] else (first, left)
    good = 0 <= index < size and len(steps) == len(turns) and all(len(h) == 32 for h in steps)
    for i, step in enumerate(steps if good else []):
        right = turns[-1 - i]
        value = hashlib.sha256(b"\1" + (step + value if right else value + step)).digest()
    report.judge(good and value == root, f"{where}: việc này là việc thứ {index + 1} trong {size} việc đã chốt",
                 f"{where}: nội dung việc hoặc bằng chứng đã bị sửa")  # fmt: skip
    if note is None:
        report.say(OPEN, f"{where}: không kèm bản chốt có chữ ký")
        return
    match = re.fullmatch(r"((?:[^\n]+\n)+)\n— (\S+) ([A-Za-z0-9+/=]+)\n", str(note))
    lines = match[1].split("\n") if match else []
    if not match or len(lines) < 4 or lines[1:3] != [str(size), base64.b64encode(root).decode()]:
        report.say(FAILED, f"{where}: bản chốt kèm theo không phải của sổ này")
        return
    raw = base64.b64decode(match[3])
    signed = Signed(lines[0], size, root, match[1].encode(), [(match[2], raw[:4], raw[4:])])
    report.judge(stream_of(signed.origin) == json.loads(proof["leaf"])["stream"],
                 f"{where}: bản chốt là của đúng sổ", f"{where}: bản chốt là của sổ khác")  # fmt: skip
    check_signature(signed, keys, where, report)


class Options(argparse.ArgumentParser):
    """Options whose headings and complaints are Vietnamese."""

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "cách dùng:").replace("positional arguments", "đối số").replace(
            "optional arguments", "tùy chọn").replace("options:", "tùy chọn:")  # fmt: skip

    def error(self, message: str) -> NoReturn:
        print("Tùy chọn không đúng. Xem: kiemtraso.py --help", file=sys.stderr)
        sys.exit(2)


def main(words: list[str] | None = None) -> int:
    """Read the options, check, print. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parser = Options(prog="kiemtraso.py", usage="%(prog)s [nhat-ky.jsonl] [tùy chọn]", add_help=False,
                     description="Kiểm tra nhật ký của bmnn ngoài hệ thống.")  # fmt: skip
    parser.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")
    parser.add_argument("nhat_ky", nargs="?", type=Path, help="tệp nhật ký xuất ra (JSONL)")
    parser.add_argument("--chot", type=Path, nargs="+", default=[], metavar="TỆP", help="các bản chốt sổ")
    parser.add_argument("--khoa", type=Path, metavar="TỆP", help="khóa công khai của hệ thống")
    parser.add_argument("--van-tay", nargs="+", default=[], metavar="CHUỖI", help="dấu vân tay in trên giấy")
    parser.add_argument(
        "--bang-chung", type=Path, nargs="+", default=[], metavar="TỆP", help="bằng chứng một việc"
    )
    args = parser.parse_args(words)
    if args.nhat_ky is None and not args.bang_chung:
        print("Thiếu tệp nhật ký hoặc --bang-chung. Xem: kiemtraso.py --help", file=sys.stderr)
        return 2
    report = Report()
    try:
        keys = read_keys(args.khoa, report) if args.khoa else {}
        signed = [one for path in args.chot for one in read_checkpoints(path, report)]
        for one in signed:
            check_signature(one, keys, f"bản chốt «{one.origin}» lúc {one.size} việc", report)
        if args.nhat_ky is not None:
            files = {file_fingerprint(path): path.name for path in args.chot}
            check_journal(args.nhat_ky, signed, keys, args.van_tay, files, report)
        for path in args.bang_chung:
            check_proof(path, keys, report)
    except OSError as error:
        print(f"Không đọc được tệp {error.filename} (lỗi hệ thống số {error.errno})", file=sys.stderr)
        return 2
    except UnicodeDecodeError as error:
        print(f"Tệp không phải văn bản UTF-8 ({error.reason})", file=sys.stderr)
        return 2
    return report.verdict()


if __name__ == "__main__":
    sys.exit(main())
