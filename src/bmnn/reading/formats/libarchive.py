"""RAR, CAB, ISO, LZH, CPIO, AR through the system's libarchive by ctypes, where there is one.

Windows 10 and later ships it as archiveint.dll, Linux systems as libarchive.so. It is BSD-licensed and loaded before
the worker locks itself. Where it is missing these archives are unreadable with that reason; a RAR member that is only
stored is read all the same (see `rar`).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread

_OK, _WARN, _EOF, _FATAL = 0, -20, 1, -30
_LINK, _DIRECTORY, _REGULAR = 0o120000, 0o040000, 0o100000
_BLOCK = 1 << 18


def _load() -> ctypes.CDLL | None:
    names = {"win32": ("archiveint.dll",), "darwin": ("libarchive.dylib",)}
    for name in names.get(sys.platform, ("libarchive.so.13", "libarchive.so")):
        try:
            return _typed(ctypes.CDLL(name))
        except (OSError, AttributeError):
            continue
    return None


def _typed(library: ctypes.CDLL) -> ctypes.CDLL:
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    for name in ("archive_read_new", "archive_entry_new"):
        getattr(library, name).restype = pointer
    for name in ("archive_read_support_filter_none", "archive_read_support_format_rar",
                 "archive_read_support_format_rar5",
                 "archive_read_support_format_cab", "archive_read_support_format_iso9660",
                 "archive_read_support_format_lha",
                 "archive_read_support_format_cpio", "archive_read_support_format_ar", "archive_read_free",
                 "archive_format", "archive_read_has_encrypted_entries", "archive_entry_is_encrypted",
                 "archive_entry_filetype"):  # fmt: skip
        getattr(library, name).argtypes = [pointer]
    library.archive_read_open_memory.argtypes = [pointer, ctypes.c_char_p, size]
    library.archive_read_next_header.argtypes = [pointer, ctypes.POINTER(pointer)]
    library.archive_read_data.argtypes = [pointer, ctypes.c_char_p, size]
    library.archive_read_data.restype = ctypes.c_ssize_t
    library.archive_entry_pathname_w.argtypes = [pointer]
    library.archive_entry_pathname_w.restype = ctypes.c_wchar_p
    library.archive_entry_pathname.argtypes = [pointer]
    library.archive_entry_pathname.restype = ctypes.c_char_p
    return library


_LIBRARY = _load()
_FORMATS = ("rar", "rar5", "cab", "iso9660", "lha", "cpio", "ar")


def available() -> bool:
    """Whether the system has libarchive."""
    return _LIBRARY is not None


def read(found: Found) -> None:
    """Members in order. Raises Unread("needs_library") where the system has none."""
    if _LIBRARY is None:
        raise Unread("needs_library")
    library = _LIBRARY
    found.members.append(lambda: _members(found, library))


def _members(found: Found, library: ctypes.CDLL) -> Iterator[Member]:
    data = found.data
    archive = library.archive_read_new()
    try:
        library.archive_read_support_filter_none(archive)
        for name in _FORMATS:
            getattr(library, f"archive_read_support_format_{name}")(archive)
        if library.archive_read_open_memory(archive, data, len(data)) != _OK:
            raise Unread("damaged")
        entry = ctypes.c_void_p()
        count = 0
        while (status := library.archive_read_next_header(archive, ctypes.byref(entry))) != _EOF:
            if status < _WARN:
                raise Unread(
                    "encrypted" if library.archive_read_has_encrypted_entries(archive) > 0 else "damaged"
                )
            count += 1
            if count > found.limits.members:
                raise Unread("too_many")
            member = _member(found, library, archive, entry, len(data))
            if member is not None:
                yield member
        if not count:
            raise Unread("damaged")
    finally:
        library.archive_read_free(archive)


def _member(
    found: Found, library: ctypes.CDLL, archive: int, entry: ctypes.c_void_p, packed: int
) -> Member | None:
    raw = library.archive_entry_pathname_w(entry)
    name = raw or (library.archive_entry_pathname(entry) or b"?").decode("utf-8", "replace")
    kind = library.archive_entry_filetype(entry) & 0o170000
    if kind == _DIRECTORY:
        return None
    if kind == _LINK:
        return Member(name, why="link")
    if library.archive_entry_is_encrypted(entry) > 0:
        return Member(name, why="encrypted")
    if kind not in (_REGULAR, 0):
        return Member(name, why="not_regular")
    room = found.budget.room()
    most = min(room, max(found.limits.ratio_from, found.limits.ratio * packed))
    out = bytearray()
    buffer = ctypes.create_string_buffer(_BLOCK)
    while (size := library.archive_read_data(archive, buffer, _BLOCK)) > 0:
        out += buffer.raw[:size]
        if len(out) > most:
            return Member(name, why="too_large" if most == room else "ratio")
    found.budget.spend(len(out))
    if size < 0:
        unsupported = not out
        return Member(name, bytes(out), "unsupported_compression" if unsupported else "damaged")
    return Member(name, bytes(out))
