"""Prefetch: how often and when a program was run, and from which volumes."""

from __future__ import annotations

import io

import pyscca

from bmnn.machines import times
from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.malware import loaded_pairs
from bmnn.machines.model import Evidence, ProgramTrace


@reader(
    "prefetch",
    "Prefetch",
    lambda name, head: head[:4] == b"MAM\x04" or head[4:8] == b"SCCA",
)
def read(item: Given, out: Evidence) -> None:
    """Raises OSError when the file cannot be parsed; other files of Windows are compressed in the same way."""
    file = pyscca.file()
    try:
        file.open_file_object(io.BytesIO(item.data))
    except OSError as error:
        if item.data[4:8] != b"SCCA" and not item.name.casefold().endswith(".pf"):
            raise NotThisKind from error
        raise
    try:
        name = file.executable_filename or item.name
        runs = [
            times.filetime(file.get_last_run_time_as_integer(i))
            for i in range(8 if file.format_version >= 26 else 1)
        ]
        last = times.latest(*runs)
        volumes = [f"{v.serial_number & 0xFFFFFFFF:08X}" for v in file.volumes]
        paths = [f for f in file.filenames if f]
        path = next((p for p in paths if p.casefold().endswith("\\" + name.casefold())), name)
        out.programs.append(ProgramTrace(item.at(name), path, "run", last, file.run_count, title=name))
        out.facts.update(
            executable=name, format=file.format_version, runs=file.run_count, last=times.iso(last)
        )
        out.facts.update(run_times=[times.iso(r) for r in runs if r], files=len(paths))
        out.marks += loaded_pairs(item.at(name), name, paths, last)
        out.facts.update(volume_serial=volumes[0] if volumes else None, volume_serials=volumes)
    finally:
        file.close()
