"""A call, its budgets, and what a file that kills the worker costs."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bmnn.sandbox import DEMANDED, LAYER_WORDS, MIB, WHY_WORDS, Box, Job, Limits, SandboxError, SandboxMissing
from bmnn.sandbox import box as box_module


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tệp có dấu.bin"
    path.write_bytes(b"noi dung")
    return path


def test_the_self_test_at_start_reports_every_layer_refused() -> None:
    with Box("tests.sandbox.victims:echo") as box:
        layers = box.start()
    assert all(layers[name] for name in DEMANDED)


def test_a_value_goes_there_and_back(file: Path) -> None:
    value = {"chữ": "Tuyệt mật 🇻🇳", "số": [1, 2.5, None, True], "sâu": {"a": [[[]]]}}
    with Box("tests.sandbox.victims:echo") as box:
        assert box.call(argument=value).value == value


@pytest.mark.parametrize("layer", sorted(DEMANDED))
def test_a_missing_layer_is_named_and_refused_unless_allowed(
    monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    whole = box_module._checked_layers
    monkeypatch.setattr(box_module, "_checked_layers", lambda value: whole(value) | {layer: False})
    with pytest.raises(SandboxMissing) as caught:
        Box("tests.sandbox.victims:echo").start()
    assert caught.value.missing == [layer]
    assert LAYER_WORDS[layer] in str(caught.value)
    with Box("tests.sandbox.victims:echo", Limits(allow_missing=frozenset({layer}))) as box:
        assert box.call(argument=1).ok


def test_the_self_test_sees_an_unlocked_process(tmp_path: Path) -> None:
    from bmnn.sandbox import selftest

    canary = tmp_path / "canary"
    canary.write_bytes(b"x")
    seen = selftest.refused(canary, 1 << 20)
    assert not any(seen[layer] for layer in ("network", "process", "execute", "read_outside", "write"))


@pytest.mark.parametrize(
    ("victim", "limits", "why"),
    [
        ("hang", Limits(wall=0.5), "time"),
        ("spin", Limits(wall=20, cpu=1), "cpu"),
        ("spin", Limits(wall=0.5), "time"),
        ("crash", Limits(), "crashed"),
        ("quit_at_once", Limits(), "crashed"),
        ("fail", Limits(), "error"),
        ("eat", Limits(memory=300 * MIB), "memory"),
    ],
)
def test_a_call_that_goes_wrong_has_its_reason_and_the_next_one_works(
    victim: str, limits: Limits, why: str
) -> None:
    with Box(f"tests.sandbox.victims:{victim}", limits) as box:
        outcome = box.call()
        assert (outcome.ok, outcome.why) == (False, why)
        assert outcome.message == WHY_WORDS[why]
        assert outcome.seconds < limits.wall + 1
        again = box.call()
        assert again.why == why


def test_an_error_inside_tells_its_kind_but_not_its_text() -> None:
    with Box("tests.sandbox.victims:fail") as box:
        outcome = box.call()
    assert outcome.detail == "KeyError"
    assert "bí mật" not in repr(outcome)


def test_killed_workers_leave_no_process_behind() -> None:
    box = Box("tests.sandbox.victims:pid")
    number = box.call().value
    os.kill(number, 0)
    box.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_reply_beyond_its_cap_is_refused() -> None:
    with Box("tests.sandbox.victims:long_reply", Limits(reply=MIB)) as box:
        assert len(box.call(argument=MIB - 100).value) == MIB - 100
        assert box.call(argument=MIB + 1).why == "reply_too_large"
        assert box.call(argument=10).ok


def test_the_cap_counts_all_items_of_a_call() -> None:
    with Box("tests.sandbox.victims:many", Limits(reply=1000)) as box:
        assert box.call(argument=100).value == list(range(100))
        assert box.call(argument=5000).why == "reply_too_large"


def test_what_came_before_the_crash_is_kept() -> None:
    with Box("tests.sandbox.victims:some_then_crash") as box:
        outcome = box.call(argument=3)
    assert (outcome.ok, outcome.why, outcome.value) == (False, "crashed", [0, 1, 2])


def test_items_can_be_taken_as_they_come() -> None:
    seen: list[int] = []
    with Box("tests.sandbox.victims:many") as box:
        outcome = box.call(argument=4, on_item=seen.append)
    assert (seen, outcome.ok, outcome.value) == ([0, 1, 2, 3], True, [])


def test_each_item_renews_the_wall_but_not_the_total() -> None:
    with Box("tests.sandbox.victims:slow_items", Limits(wall=0.6)) as box:
        assert box.call(argument=[6, 0.2]).value == [0, 1, 2, 3, 4, 5]
    with Box("tests.sandbox.victims:slow_items", Limits(wall=0.6, total=0.9)) as box:
        assert box.call(argument=[60, 0.2]).why == "time"


NONSENSE = {
    "no kind": "00",
    "unknown kind": "58000000025b5d",
    "not JSON": "44000000026161",
    "done without a value": "44000000027b7d",
    "4 GiB announced": "49ffffffff",
    "body cut short": "440000ff007b22",
    "ready again": "52000000027b7d",
    "a call": "43000000027b7d",
    "a list": "44000000025b5d",
    "a surrogate": "490000000822" + b"\\ud800".hex() + "22",
    "deep": "49000186a0" + "5b" * 100_000,
    "NaN": "49000000034e614e",
}


@pytest.mark.parametrize("said", NONSENSE.values(), ids=NONSENSE)
def test_a_worker_that_talks_nonsense_is_not_believed(said: str) -> None:
    with Box("tests.sandbox.victims:talk_nonsense", Limits(wall=1)) as box:
        outcome = box.call(argument=said)
        assert not outcome.ok
        assert outcome.why in ("bad_reply", "reply_too_large", "time", "crashed")


def test_values_outside_json_do_not_pass() -> None:
    with Box("tests.sandbox.victims:odd_values") as box:
        assert box.call(argument="nan").why == "error"
        assert box.call(argument="surrogate").value == "a\ufffdb"


def test_setup_runs_before_the_lock(tmp_path: Path) -> None:
    model = tmp_path / "mo-hinh"
    model.write_text("đã nạp")
    with Box(
        "tests.sandbox.victims:loaded", setup="tests.sandbox.victims:load", setup_argument=str(model)
    ) as box:
        assert box.call().value == ["đã nạp"]


def test_what_setup_is_given_may_come_after_the_processes_were_started(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.write_text("đã nạp")
    box = Box("tests.sandbox.victims:loaded", setup="tests.sandbox.victims:load", workers=2)
    with closing(box):
        box.spawn()
        pids = {id(w): w._channel.process.pid for w in box._workers if w._channel}
        box.setup_argument = str(model)
        outcomes = list(box.map([Job(), Job()]))
        assert [o.value for o in outcomes] == [["đã nạp"], ["đã nạp"]]
        assert pids.items() >= {id(w): w._channel.process.pid for w in box._workers if w._channel}.items()


def test_a_target_that_cannot_be_loaded_says_why() -> None:
    box = Box("tests.sandbox.victims:no_such_function")
    box.spawn()
    with closing(box), pytest.raises(SandboxError, match="no_such_function"):
        box.start()


def test_a_setup_that_fails_says_why() -> None:
    with pytest.raises(SandboxError, match="không có mô hình"):
        Box("tests.sandbox.victims:echo", setup="tests.sandbox.victims:fail_to_load").start()


def test_a_worker_is_renewed_after_its_number_of_files() -> None:
    with Box("tests.sandbox.victims:pid", Limits(files_per_worker=2)) as box:
        pids = [box.call().value for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_worker_that_keeps_too_much_memory_is_renewed() -> None:
    with Box("tests.sandbox.victims:hold", Limits(memory=400 * MIB)) as box:
        first, second = box.call(argument=10 * MIB).value, box.call(argument=290 * MIB).value
        assert first == second
        assert box.call(argument=10).value != first


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with Box("tests.sandbox.victims:size", Limits(input=1000)) as box:
        yield box


class TestOpening:
    def test_missing(self, box: Box, tmp_path: Path) -> None:
        assert box.call([tmp_path / "không có"]).why == "missing"
        assert box.call(["a\0b"]).why == "missing"

    def test_link(self, box: Box, file: Path) -> None:
        link = file.parent / "link"
        link.symlink_to(file)
        assert box.call([link]).why == "not_regular"

    def test_fifo_does_not_block(self, box: Box, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fifo")
        assert box.call([tmp_path / "fifo"]).why == "not_regular"

    def test_folder_socket_and_device(self, box: Box, tmp_path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(tmp_path / "s"))
            for path in (tmp_path, tmp_path / "s", Path("/dev/zero")):
                assert box.call([path]).why == "not_regular"

    def test_larger_than_the_budget(self, box: Box, file: Path) -> None:
        file.write_bytes(b"x" * 1001)
        assert box.call([file]).why == "input_too_large"

    def test_the_access_time_stays(self, box: Box, file: Path) -> None:
        os.utime(file, (1_000_000_000, 1_700_000_000))
        assert box.call([file]).ok
        assert file.stat().st_atime == 1_000_000_000


class TestMap:
    def _jobs(self, tmp_path: Path, orders: list[str]) -> list[Job]:
        jobs = []
        for i, order in enumerate(orders):
            path = tmp_path / f"{i}"
            path.write_text(order)
            jobs.append(Job((path,)))
        return jobs

    def test_results_keep_the_order_and_a_killer_costs_itself_alone(self, tmp_path: Path) -> None:
        orders = ["slow", "a", "crash", "b", "hang", "slow", "c", "crash", "d"]
        with Box("tests.sandbox.victims:by_content", Limits(wall=1), workers=3) as box:
            outcomes = list(box.map(self._jobs(tmp_path, orders)))
        expected = [{"crash": "crashed", "hang": "time"}.get(o) for o in orders]
        assert [o.why for o in outcomes] == expected
        assert [o.value for o in outcomes if o.ok] == [o for o in orders if o not in ("crash", "hang")]

    def test_jobs_are_taken_only_as_needed(self, tmp_path: Path) -> None:
        taken = []

        def endless() -> Iterator[Job]:
            while True:
                taken.append(1)
                yield Job(argument=len(taken))

        with Box("tests.sandbox.victims:echo", workers=2) as box:
            results = box.map(endless())
            assert [next(results).value for _ in range(5)] == [1, 2, 3, 4, 5]
            results.close()
        assert len(taken) < 30

    def test_leaving_early_ends_calls_under_way(self, tmp_path: Path) -> None:
        jobs = self._jobs(tmp_path, ["a", "hang", "hang", "hang"])
        with Box("tests.sandbox.victims:by_content", Limits(wall=30), workers=1) as box:
            for outcome in box.map(iter([*jobs, *jobs])):
                assert outcome.ok
                break
            began = time.monotonic()
        assert time.monotonic() - began < 5


def test_a_box_may_be_used_by_several_threads(tmp_path: Path) -> None:
    seen: list[object] = []
    with Box("tests.sandbox.victims:echo", workers=2) as box:
        threads = [
            threading.Thread(target=lambda i=i: seen.append(box.call(argument=i).value)) for i in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(map(int, map(str, seen))) == list(range(8))


def test_after_a_kill_the_next_file_is_served(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("chữ")
    with Box("bmnn.reading.worker:serve", Limits(wall=20)) as box:
        box.close()
        outcome = box.call([tmp_path / "a"], {"name": "a", "limits": {}})
    assert outcome.ok
    assert [item["text"].strip() for item in outcome.value] == ["chữ"]


def test_closing_a_box_ends_a_call_under_way() -> None:
    box = Box("tests.sandbox.victims:hang", Limits(wall=60))
    box.start()
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(box.call()))
    thread.start()
    while not box._free.empty():
        time.sleep(0.01)
    time.sleep(0.1)
    box.close()
    thread.join(timeout=20)
    assert [(o.ok, o.why in ("crashed", "memory")) for o in outcomes] == [(False, True)]


def test_a_worker_that_cannot_be_started_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/khong/co/python")
    with pytest.raises(SandboxError, match="Không khởi động được"):
        Box("tests.sandbox.victims:echo").start()
    monkeypatch.undo()
    with pytest.raises(SandboxError, match="Không khởi động được"):
        Box("khong.co.mo_dun:ham").start()
