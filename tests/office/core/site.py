"""A real site on a real file, and a process that writes to it: for durability tests and benches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WRITER = """
import random, sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
import tests.office.core.sample
from tests.office.core.sample import Note
from bmnn.office.core.act import Refused
from bmnn.office.core.engine import perform
name, count, failing = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
chance = random.Random(name)
print("ready", flush=True)
sys.stdin.readline()
for i in range(count):
    key = f"{name}-{i}"
    if chance.random() < failing:
        try:
            perform(Note(Note.Input(text="hỏng sau khi lấy số", book="A")), None, key)
            raise SystemExit("không bị từ chối")
        except Refused:
            pass
    done = perform(Note(Note.Input(text=f"việc {key}", book="A")), None, key)
    print(key, done.numbers["số"], flush=True)
    if chance.random() < failing:
        again = perform(Note(Note.Input(text=f"việc {key}", book="A")), None, key)
        if not again.replayed or again.numbers != done.numbers:
            raise SystemExit("lần bấm thứ hai cho số khác")
"""

# Forks one writer after another out of a process that has everything loaded, and kills each with -9 in the middle
# of its work; prints what every writer had acknowledged (key and number) before it died.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
import tests.office.core.sample
from tests.office.core.sample import Note
from bmnn.office.core.act import Refused
from bmnn.office.core.engine import perform
from django.db import connections
rounds, chance = int(sys.argv[2]), random.Random(int(sys.argv[3]))
connections.close_all()
for number in range(rounds):
    ours, theirs = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.dup2(theirs, 1)
        for i in range(10_000):
            if i % 7 == 3:
                try:
                    perform(Note(Note.Input(text="hỏng sau khi lấy số", book="A")), None, f"{number}-{i}")
                except Refused:
                    pass
            done = perform(Note(Note.Input(text="việc", book="A")), None, f"{number}-{i}")
            os.write(1, f"{number}-{i} {done.numbers['số']}\\n".encode())
        os._exit(1)
    os.close(theirs)
    time.sleep(chance.uniform(0.002, 0.12))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    with os.fdopen(ours) as said:
        sys.stdout.write(said.read())
        sys.stdout.flush()
"""

# Lets every file of the process grow to one limit after the other, half a kilobyte apart, and does one act under
# each: each write of the journal and of the database fails once. Then the same with the database held to its size.
FAULTS = """
import json, resource, signal, sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
import tests.office.core.sample
from tests.office.core.sample import Note
from bmnn.office.core.act import Refused
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Event
from django.db import connection
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database, step = Path(sys.argv[1]) / "bmnn.sqlite3", int(sys.argv[2])
done = [perform(Note(Note.Input(text="việc", book="A")), None, f"đầu-{i}").numbers["số"] for i in range(40)]
said, wrong, limit = {}, [], step
def act(key):
    before = Event.objects.count()
    try:
        done.append(perform(Note(Note.Input(text="việc" * 400, book="A")), None, key).numbers["số"])
        return True
    except Refused as refused:
        words = refused.refusals[0].message
        said[words] = said.get(words, 0) + 1
        return False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if len(done) != Event.objects.count():
            wrong.append(key)
last = database.stat().st_size + 65536
while limit < last:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    act(f"giới hạn-{limit}")
    limit += step
full = []
for i in range(20):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        cursor.fetchall()
    full.append(act(f"đầy-{i}"))
connection.close()
after = act("sau")
print(json.dumps({"said": said, "wrong": wrong, "done": done, "full": full, "after": after}, ensure_ascii=False))
"""

CHECKER = """
import json, sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
import tests.office.core.sample
from bmnn.office.core import verify
from bmnn.office.core.act import numbers_of
from bmnn.office.core.models import Event
given = {e.key: numbers_of(e).get("số") for e in Event.objects.order_by("id")}
print(json.dumps({"problems": verify.check().problems, "given": given}, ensure_ascii=False))
"""

MIGRATE = """
import os, sys
from pathlib import Path
from bmnn.office.core.boot import boot
data = Path(sys.argv[1])
boot(data)
from django.core.management import call_command
from bmnn.office.core import checkpoints
checkpoints.make_keys(data, "bmnn/thu")
call_command("migrate", verbosity=0)
"""


def start(program: str, *words: object) -> subprocess.Popen[str]:
    """Run one of the programs above."""
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def finish(process: subprocess.Popen[str], words: str = "") -> str:
    """Its output; an AssertionError with what it complained of when it failed."""
    out, err = process.communicate(words)
    assert process.returncode == 0, err
    return out


def new_site(folder: Path) -> Path:
    """An empty migrated site."""
    folder.mkdir(mode=0o700)
    finish(start(MIGRATE, folder))
    return folder
