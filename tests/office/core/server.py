"""A PostgreSQL server of the tests' own: a private cluster that answers on a socket in its folder alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "bmnn"


def programs() -> Path | None:
    """The folder of the newest server installed here; None where there is none."""
    found = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").is_file()]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).parent)
    return max(found, key=lambda p: p.parent.name.zfill(8), default=None)


@contextmanager
def running() -> Iterator[str]:
    """A started server; gives what to connect to it with, without the name of a database."""
    where = programs()
    assert where is not None
    home = Path(tempfile.mkdtemp(prefix="bmnn-pg-"))
    # The server refuses to run as the superuser of the machine.
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def run(*words: object) -> None:
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([str(w) for w in words], check=True, cwd=home, **quiet, **owner)

    files = home / "files"
    words = [
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--no-sync",
        "-U",
        USER,
    ]
    try:
        run(where / "initdb", "-D", files, *words)
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}'"
        control = [where / "pg_ctl", "-D", files, "-w"]
        run(*control, "-l", home / "log", "-o", options, "start")
        try:
            yield f"host={home} user={USER}"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
