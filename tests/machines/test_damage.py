"""Any one artefact deleted, cut or flipped: no crash, nothing invented, all other findings as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.machines.conftest import SYSTEM, case, codes, result, write_zip
from tests.machines.test_layouts import files

# What may appear because an artefact is damaged: that it was not closed, or that a device now stands in leftovers only.
MAY_APPEAR = {"hive_not_closed", "traces_removed"}


def told(found: dict[str, Any], victim: str, whole: bool) -> set[Any]:
    """Findings that do not stand on the victim; by their words, or where the computer lost its name by their proof."""
    rest = [f for f in found["findings"] if not any(o["artefact"] == victim for o in f["observations"])]
    proof = {(f["code"], tuple(sorted((o["artefact"], o["key"]) for o in f["observations"]))) for f in rest}
    return {(f["code"], f["summary"]) for f in rest} if whole else proof


class Computer:
    """The whole case and what it says; its repr is short because a failing example prints it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, files(folder)
        self.whole = result(write_zip(folder / "may.zip", self.files))

    def __repr__(self) -> str:
        return "the computer"


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    return Computer(tmp_path_factory.mktemp("may"))


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_damage_to_one_artefact_leaves_the_others_unchanged(data, computer):
    folder, given_files, whole = computer.folder, computer.files, computer.whole
    victim = data.draw(st.sampled_from(sorted(given_files)))
    raw = bytearray(given_files[victim])
    how = data.draw(st.sampled_from(["delete", "truncate", "flip", "empty", "swap"]))
    if how == "flip":
        for _ in range(data.draw(st.integers(1, 30))):
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    elif how == "truncate":
        del raw[data.draw(st.integers(0, len(raw) - 1)) :]
    elif how == "swap":
        raw = bytearray(given_files[data.draw(st.sampled_from(sorted(given_files)))])
    elif how == "empty":
        raw.clear()
    damaged = dict(given_files) | {victim: bytes(raw)}
    if how == "delete":
        del damaged[victim]
    broken = result(write_zip(folder / "may.zip", damaged))
    named = victim != SYSTEM
    before, after = told(whole, victim, named), told(broken, victim, named)
    if how == "swap":  # the victim now says what another says; nothing of the others may be lost
        assert {c for c, _ in before} <= set(codes(broken))
        return
    assert before <= after
    assert {c for c, _ in after} <= {f["code"] for f in whole["findings"]} | MAY_APPEAR
    if how != "delete" and damaged[victim] != given_files[victim]:
        seen = {a["path"]: a["status"] for a in broken["machines"][0]["artefacts"]}
        assert seen.get(victim, "unreadable") in ("read", "partly", "unreadable", "missing")


@pytest.mark.parametrize("name", ["Windows/System32/config/SYSTEM", "Windows/INF/setupapi.dev.log"])
def test_a_damaged_artefact_is_named(name, tmp_path):
    given_files = case(tmp_path) | {name: b"regf" + bytes(5000) if name.endswith("SYSTEM") else b"\0" * 900}
    artefacts = {
        a["path"]: a for a in result(write_zip(tmp_path / "m.zip", given_files))["machines"][0]["artefacts"]
    }
    assert artefacts[name]["status"] in ("unreadable", "partly") and artefacts[name]["note"]
