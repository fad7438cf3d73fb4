"""1,000 random edits of the database, half of them with every leaf, node and head recomputed: how many
`verify` reports."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from tests.office.core.site import new_site, start

from bench import Row

TITLE = "Edits of the database before the last checkpoint held outside"

_MEASURE = """
import json, random, sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from django.db import connection, transaction
from bmnn.office.core import checkpoints, triggers, verify
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.engine import perform
from tests.office.core.sample import Note
from tests.office.core.tampering import random_edit, rewrite_tree
for i in range(30):
    perform(Note(Note.Input(text=f"việc {i}", book="ABC"[i % 3])), None, f"k{i}")
    perform(AddPerson(AddPerson.Input(name=f"Nguyễn Văn {i}")), None, f"p{i}")
checkpoints.make("thử")
outside = checkpoints.latest_notes()
assert not verify.check([outside]).problems
chance = random.Random(5)
missed = []
for i in range(int(sys.argv[2])):
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in triggers.drop_statements():
                cursor.execute(statement)
            what = random_edit(cursor, chance)
            if i % 2:
                rewrite_tree(cursor)
        if not verify.check([outside]).problems:
            missed.append(what)
        transaction.set_rollback(True)
print(json.dumps(missed, ensure_ascii=False))
"""


def run() -> list[Row]:
    """Edits missed out of all; BMNN_BENCH_EDITS makes it shorter."""
    edits = int(os.environ.get("BMNN_BENCH_EDITS", "1000"))
    with tempfile.TemporaryDirectory() as scratch:
        process = start(_MEASURE, new_site(Path(scratch) / "site"), edits)
        out, err = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, "tamper", err)
    missed = json.loads(out)
    return [
        Row(f"{edits} edits: not reported", len(missed), edits, "edits", len(missed) / edits, "0", not missed)
    ]
