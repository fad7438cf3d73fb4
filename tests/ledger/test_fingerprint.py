"""The printed fingerprint: long enough, catches slips of the hand, and its QR code is read back."""

from __future__ import annotations

import hashlib
import re
from itertools import combinations

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmnn.ledger import BadFingerprint, Checkpoint, fingerprint, qr_svg, read_fingerprint

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PRINTED = fingerprint("sổ đi 2026".encode())


def test_the_fingerprint_is_130_bits_of_the_hash_in_groups_of_four() -> None:
    assert re.fullmatch(rf"([{LETTERS}]{{4}}-){{6}}[{LETTERS}]{{4}}", PRINTED)
    bits = "".join(f"{LETTERS.index(c):05b}" for c in PRINTED.replace("-", "")[:26])
    digest = "".join(f"{b:08b}" for b in hashlib.sha256("sổ đi 2026".encode()).digest())
    assert bits == digest[:130]


def test_it_names_the_log_its_size_and_its_root() -> None:
    point = Checkpoint("bmnn/a/so", 3, bytes(32))
    others = [Checkpoint("bmnn/b/so", 3, bytes(32)), Checkpoint("bmnn/a/so", 4, bytes(32)),
              Checkpoint("bmnn/a/so", 3, bytes(31) + b"x")]  # fmt: skip
    assert len({point.fingerprint, *(o.fingerprint for o in others)}) == 4
    assert point.fingerprint == fingerprint(b"bmnn/a/so\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=40))
def test_what_a_person_types_is_read_whatever_the_case_spaces_and_look_alikes(data: bytes) -> None:
    printed = fingerprint(data)
    typed = printed.lower().replace("1", "l").replace("0", "o").replace("-", " ")
    assert read_fingerprint(typed) == printed
    assert read_fingerprint(printed.replace("1", "I").replace("0", "O")) == printed


def test_every_single_wrong_character_and_every_two_that_changed_places_are_found() -> None:
    letters = PRINTED.replace("-", "")
    for i, right in enumerate(letters):
        for wrong in LETTERS.replace(right, ""):
            with pytest.raises(BadFingerprint):
                read_fingerprint(letters[:i] + wrong + letters[i + 1 :])
    for i, j in combinations(range(28), 2):
        if letters[i] != letters[j]:
            swapped = list(letters)
            swapped[i], swapped[j] = letters[j], letters[i]
            with pytest.raises(BadFingerprint):
                read_fingerprint("".join(swapped))


@pytest.mark.parametrize("typed", ["", PRINTED[:-1], PRINTED + "0", "U" + PRINTED[1:], "đ" + PRINTED[1:]])
def test_what_cannot_be_a_fingerprint_is_told(typed: str) -> None:
    with pytest.raises(BadFingerprint, match="dấu vân tay"):
        read_fingerprint(typed)


def _drawn(svg: str) -> np.ndarray:
    """The modules of a QR code out of its path (M, m: go; h: a run of dark modules), blown up for a reader."""
    (path,) = re.findall(r' d="([^"]+)"', svg)
    dark: list[tuple[int, int, int]] = []
    x = y = 0.0
    for command, rest in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", rest)]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            dark.append((int(x), int(y), int(numbers[0])))
            x += numbers[0]
    size = max(max(a + n, b) for a, b, n in dark) + 5
    image = np.full((size, size), 255, np.uint8)
    for a, b, n in dark:
        image[b, a : a + n] = 0
    return np.kron(image, np.ones((6, 6), np.uint8))


def test_the_qr_code_of_a_checkpoint_is_read_back_whole() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    # One key: the library's reader misses some dense codes drawn without a page around them.
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    note = Checkpoint("bmnn/xa-mau/so/di/2026", 1500, bytes(range(32))).sign(key)
    svg = qr_svg(note)
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(_drawn(svg))
    assert text == note
    assert not re.search(r"<script|<style|style=|href|<\?xml", svg)
