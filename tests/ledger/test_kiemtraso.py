"""The stand-alone verifier: runs from a copy of its one file, agrees with the room on what holds, and finds
every change made before a checkpoint that somebody else keeps."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import io
import json
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bmnn.ledger
from bmnn.ledger import (
    Checkpoint,
    Leaf,
    VerifierKey,
    canonical,
    consistency,
    fingerprint,
    grow,
    inclusion,
    root_of,
)
from bmnn.ledger.prooffile import check_file

FILE = Path(bmnn.ledger.__file__).with_name("kiemtraso.py")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
STREAMS = ("admin", "so/đi 2026", "so/den")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kiemtraso", FILE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


KIEMTRASO = load()


def origin(stream: str) -> str:
    from urllib.parse import quote

    return "bmnn/xa-mau/" + quote(stream, safe="/")


def log(streams: list[str], seed: int = 1) -> list[str]:
    """An exported log: one event a line, a numbered series for each stream."""
    chance, places = random.Random(seed), defaultdict(int)
    lines = []
    for n, stream in enumerate(streams, 1):
        number = {"label": "số", "name": stream, "period": "2026", "value": places[stream] + 1}
        lines.append(
            Leaf(n, stream, places[stream], "test.note", 1, "", f"2026-03-05T01:00:{n % 60:02d}.000000Z",
                 "2026-03-05", f"k{n}", canonical([number]), canonical({"text": f"việc {n}"}),
                 chance.randbytes(32)).text()
        )  # fmt: skip
        places[stream] += 1
    return lines


def trees(lines: list[str]) -> dict[str, tuple[int, bytes, dict[tuple[int, int], bytes]]]:
    """Size, root and stored subtrees of each stream."""
    import hashlib

    frontiers: dict[str, list[bytes]] = defaultdict(list)
    nodes: dict[str, dict[tuple[int, int], bytes]] = defaultdict(dict)
    sizes: dict[str, int] = defaultdict(int)
    for line in lines:
        stream = json.loads(line)["stream"]
        leaf = hashlib.sha256(b"\0" + line.encode()).digest()
        nodes[stream][0, sizes[stream]] = leaf
        for level, index, h in grow(frontiers[stream], sizes[stream], leaf):
            nodes[stream][level, index] = h
        sizes[stream] += 1
    return {s: (sizes[s], root_of(f), nodes[s]) for s, f in frontiers.items()}


def signed(lines: list[str]) -> str:
    return "".join(Checkpoint(origin(s), n, root).sign(KEY) for s, (n, root, _) in trees(lines).items())


def keys(*streams: str) -> str:
    public = KEY.public_key().public_bytes_raw()
    return "".join(f"{VerifierKey(origin(s), public)}\n" for s in streams)


def check(folder: Path, lines: list[str], notes: str, *more: str) -> tuple[int, str]:
    """Run the verifier on an export; its exit status and what it printed."""
    (folder / "nhat-ky.jsonl").write_bytes("".join(f"{x}\n" for x in lines).encode())
    (folder / "chot-so.txt").write_text(notes, encoding="utf-8")
    (folder / "khoa.txt").write_text(keys(*STREAMS), encoding="utf-8")
    words = [str(folder / "nhat-ky.jsonl"), "--khoa", str(folder / "khoa.txt")]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = KIEMTRASO.main([*words, *(["--chot", str(folder / "chot-so.txt")] if notes else []), *more])
    return status, out.getvalue()


SAMPLE = log([STREAMS[i % 3] for i in range(23)])


def test_the_file_needs_nothing_but_the_standard_library_and_cryptography() -> None:
    named = set()
    for node in ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add((node.module or "").split(".")[0])
    assert named - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_copy_elsewhere_checks_an_export_by_itself(tmp_path: Path) -> None:
    (tmp_path / "kiemtraso.py").write_bytes(FILE.read_bytes())
    check(tmp_path, SAMPLE, signed(SAMPLE))
    words = ["nhat-ky.jsonl", "--chot", "chot-so.txt", "--khoa", "khoa.txt"]
    ran = subprocess.run(
        [sys.executable, "-I", "kiemtraso.py", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.rstrip().endswith("KẾT QUẢ: ĐẠT")
    assert ran.stderr == ""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(STREAMS), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_it_agrees_with_the_room_on_random_logs_and_their_prefixes(
    tmp_path: Path, streams: list[str], chance: random.Random
) -> None:
    lines = log(streams, chance.randrange(10**9))
    older = signed(lines[: chance.randint(1, len(lines))])
    assert check(tmp_path, lines, older + signed(lines))[0] == 0


def _edits(lines: list[str]) -> dict[str, list[str]]:
    """Ways to change an exported log, each also with places and numbers made to fit again."""
    third = json.loads(lines[3])

    def dumped(event: Any) -> str:
        return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def renumbered(kept: list[str]) -> list[str]:
        places: dict[str, int] = defaultdict(int)
        out = []
        for n, line in enumerate(kept, 1):
            event = json.loads(line)
            event |= {"n": n, "seq": places[event["stream"]]}
            places[event["stream"]] += 1
            event["numbers"] = [t | {"value": places[event["stream"]]} for t in event["numbers"]]
            out.append(dumped(event))
        return out

    return {
        "text": [*lines[:3], dumped(third | {"body": {"text": "khác"}}), *lines[4:]],
        "salt": [*lines[:3], dumped(third | {"salt": "00" * 32}), *lines[4:]],
        "spaces": [*lines[:3], lines[3].replace('","', '", "', 1), *lines[4:]],
        "deleted": lines[:3] + lines[4:],
        "deleted and renumbered": renumbered(lines[:3] + lines[4:]),
        "swapped": [*lines[:3], lines[6], lines[4], lines[5], lines[3], *lines[7:]],
        "swapped and renumbered": renumbered(
            [*lines[:3], lines[6], lines[4], lines[5], lines[3], *lines[7:]]
        ),
        "doubled": [*lines[:4], lines[3], *lines[4:]],
        "cut": lines[:-4],
        "garbage": [*lines, "{}"],
        "not json": [*lines[:2], "xx", *lines[2:]],
        "empty": [],
    }


@pytest.mark.parametrize("name", list(_edits(SAMPLE)))
def test_every_change_before_the_checkpoint_fails(tmp_path: Path, name: str) -> None:
    status, said = check(tmp_path, _edits(SAMPLE)[name], signed(SAMPLE))
    assert status == 1
    assert "[KHÔNG ĐẠT]" in said and said.rstrip().endswith("KẾT QUẢ: KHÔNG ĐẠT")


def test_without_anything_held_elsewhere_the_result_is_open_and_not_good(tmp_path: Path) -> None:
    status, said = check(tmp_path, SAMPLE, "")
    assert status == 1
    assert "CHƯA ĐỦ CĂN CỨ" in said and "KHÔNG ĐẠT" not in said


def test_a_series_that_skips_repeats_or_starts_twice_fails_and_lost_numbers_are_told_in_the_log(
    tmp_path: Path,
) -> None:
    def one(*numbers: dict[str, Any]) -> list[str]:
        return [
            Leaf(n, "admin", n - 1, "a", 1, "", "", "", f"k{n}", canonical([taken]), "{}", bytes(32)).text()
            for n, taken in enumerate(({"name": "x", "period": "", **t} for t in numbers), 1)
        ]

    good = [
        one({"label": "số", "value": 1}, {"label": "số", "value": 2}),
        one({"start": 40}, {"label": "số", "value": 41}),
        one({"label": "số", "value": 1}, {"lost_from": 2, "start": 5}, {"label": "số", "value": 6}),
    ]
    bad = [
        one({"label": "số", "value": 1}, {"label": "số", "value": 3}),
        one({"label": "số", "value": 1}, {"label": "số", "value": 1}),
        one({"label": "số", "value": 1}, {"start": 40}),
        one({"label": "số", "value": 1}, {"lost_from": 3, "start": 5}),
    ]
    assert [check(tmp_path, lines, signed(lines))[0] for lines in good] == [0, 0, 0]
    assert [check(tmp_path, lines, signed(lines))[0] for lines in bad] == [1, 1, 1, 1]


def test_a_checkpoint_by_another_key_or_with_another_size_fails(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.generate()
    forged = "".join(Checkpoint(origin(s), n, r).sign(other) for s, (n, r, _) in trees(SAMPLE).items())
    assert check(tmp_path, SAMPLE, forged)[0] == 1
    changed = signed(SAMPLE).replace("\n8\n", "\n7\n")
    assert changed != signed(SAMPLE)
    status, said = check(tmp_path, SAMPLE, changed)
    assert status == 1 and "không có chữ ký đúng" in said
    assert check(tmp_path, SAMPLE, signed(SAMPLE) + "rác\n")[0] == 1


def test_the_fingerprint_from_paper_is_found_at_its_place_and_a_slip_of_the_hand_is_told(
    tmp_path: Path,
) -> None:
    size, root, _ = trees(SAMPLE[:10])["admin"]
    printed = Checkpoint(origin("admin"), size, root).fingerprint
    status, said = check(tmp_path, SAMPLE, "", "--van-tay", printed.lower())
    assert status == 0 and f"của «admin» lúc {size} việc" in said
    assert (
        check(tmp_path, SAMPLE, "", "--van-tay", printed[:-1] + ("0" if printed[-1] != "0" else "1"))[0] == 1
    )
    edited = _edits(SAMPLE)["deleted and renumbered"]
    status, said = check(tmp_path, edited, "", "--van-tay", printed)
    assert status == 1 and "không khớp lúc nào" in said


def test_the_slip_of_paper_carries_the_fingerprint_of_the_whole_file_of_checkpoints(tmp_path: Path) -> None:
    printed = fingerprint(signed(SAMPLE).encode())
    status, said = check(tmp_path, SAMPLE, signed(SAMPLE), "--van-tay", printed)
    assert status == 0 and "là của tệp chot-so.txt" in said
    assert check(tmp_path, SAMPLE, signed(SAMPLE[:9]), "--van-tay", printed)[0] == 1


def test_one_book_alone_is_checked_without_the_others(tmp_path: Path) -> None:
    book = [x for x in SAMPLE if json.loads(x)["stream"] == "so/den"]
    assert check(tmp_path, book, signed(book))[0] == 0
    assert check(tmp_path, book[:2] + book[3:], signed(book))[0] == 1


def _proof(entry: int) -> dict[str, Any]:
    leaf = SAMPLE[entry - 1]
    stream, index = json.loads(leaf)["stream"], json.loads(leaf)["seq"]
    size, root, nodes = trees(SAMPLE)[stream]
    hashes = inclusion(index, size, lambda level, i: nodes[level, i])
    return {
        "stream": stream,
        "index": index,
        "size": size,
        "root": root.hex(),
        "leaf": leaf,
        "hashes": [h.hex() for h in hashes],
        "checkpoint": Checkpoint(origin(stream), size, root).sign(KEY),
    }


def _both(folder: Path, proof: Any) -> tuple[bool, bool]:
    """What the room and the stand-alone file say of a proof."""
    path, public = folder / "p.json", folder / "k.txt"
    path.write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    public.write_text(keys(*STREAMS), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        status = KIEMTRASO.main(["--bang-chung", str(path), "--khoa", str(public)])
    return not check_file(proof, keys(*STREAMS)).problems, status == 0


def test_a_proof_of_every_event_holds_for_both(tmp_path: Path) -> None:
    for entry in range(1, len(SAMPLE) + 1):
        assert _both(tmp_path, _proof(entry)) == (True, True)


def test_a_changed_proof_is_refused_by_both(tmp_path: Path) -> None:
    good, other = _proof(5), _proof(6)
    stranger = Checkpoint(origin(good["stream"]), good["size"], bytes.fromhex(good["root"])).sign(
        Ed25519PrivateKey.generate()
    )
    changes: list[Any] = [
        good | {"leaf": good["leaf"].replace("việc 5", "việc 6")},
        good | {"index": good["index"] + 1},
        good | {"index": -1},
        good | {"size": good["size"] - 1},
        good | {"hashes": good["hashes"][1:]},
        good | {"hashes": [*good["hashes"], "00" * 32]},
        good | {"hashes": good["hashes"][::-1]},
        good | {"checkpoint": other["checkpoint"]},
        good | {"checkpoint": stranger},
        good | {"checkpoint": "x"},
        good | {"hashes": "zz"},
        {},
        [],
        "x",
    ]
    for changed in changes:
        assert _both(tmp_path, changed) == (False, False), changed


def test_a_proof_that_a_log_continues_an_older_checkpoint_is_checked_against_that_very_one() -> None:
    older, newer = trees(SAMPLE[:12])["admin"], trees(SAMPLE)["admin"]
    proof = {
        "stream": "admin", "older_size": older[0], "size": newer[0],
        "hashes": [h.hex() for h in consistency(older[0], newer[0], lambda level, i: newer[2][level, i])],
        "checkpoint": Checkpoint(origin("admin"), newer[0], newer[1]).sign(KEY),
    }  # fmt: skip
    held = Checkpoint(origin("admin"), older[0], older[1]).sign(KEY)
    forked = Checkpoint(origin("admin"), older[0], bytes(32)).sign(KEY)
    assert check_file(proof, keys("admin"), held).problems == []
    assert check_file(proof, keys("so/den"), held).problems
    for wrong in (forked, "", Checkpoint(origin("so/den"), older[0], older[1]).sign(KEY)):
        assert check_file(proof, keys("admin"), wrong).problems


@pytest.mark.parametrize("words", [[], ["khong-co.jsonl"], ["--la-gi"], ["--bang-chung", "khong-co.json"]])
def test_wrong_use_ends_with_status_2_in_vietnamese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = KIEMTRASO.main(words)
    except SystemExit as stopped:
        status = stopped.code
    said = capsys.readouterr().err
    assert status == 2
    assert said and not any(w in said for w in ("usage", "error", "argument", "No such"))
