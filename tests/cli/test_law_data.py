"""`bmnn law --data`: the agency's own reading of the law on a real folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ACTS = """
import sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from bmnn.office.core.acts.law_rules import CorrectLawRule
from bmnn.office.core.acts.list_items import AddListItem
from bmnn.office.core.engine import perform
perform(CorrectLawRule(CorrectLawRule.Input("term.mat", "Điều 19 bản gốc", "12")), None, "a")
for key, decision in (("b", "an_ninh"), ("c", "qd_440_2024")):
    item = AddListItem.Input(decision, "MAT", "Điều 3", f"Mục của {decision}")
    perform(AddListItem(item), None, key)
"""


def run(*words: object) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BMNN", "DJANGO"))}
    words_of = [sys.executable, *map(str, words)]
    done = subprocess.run(words_of, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_corrections_hold_and_items_of_unpublished_lists_are_not_printed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "mk").write_text("câu này chỉ để thử thôi", "utf-8")
    run("-m", "bmnn.cli.main", "init", "--data", data, "--unit", "Ủy ban nhân dân xã A", "--admin", "Lê Văn B",
        "--password-file", tmp_path / "mk")  # fmt: skip
    run("-c", ACTS, data)

    def asked(*words: str) -> list[dict[str, Any]]:
        found = json.loads(run("-m", "bmnn.cli.main", "law", *words, "--data", data, "--json"))
        rules: list[dict[str, Any]] = found["rules"]
        return rules

    term = next(r for r in asked("thoi", "han") if r["key"] == "term.mat")
    assert (term["value"], term["unverified"], term["citation"]) == (12, False, "Điều 19 bản gốc")
    assert term["confirmation"]["corrected"] is True
    keys = {r["key"] for r in asked("--topic", "lists")}
    assert "list.item.440-M-dv1" in keys
    assert not [k for k in keys if "an_ninh-" in k]
