"""Signed notes against the published example of the format's authors; checkpoints and their refusals."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmnn.ledger import BadNote, Checkpoint, Note, VerifierKey, split
from bmnn.ledger.notes import sign

# From the documentation and tests of golang.org/x/mod/sumdb/note, where the format comes from.
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
NOTE = f"{TEXT}\n{LINE}"
KEY = VerifierKey.parse(VERIFIER)

OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
POINT = Checkpoint("bmnn/xa-mau/so/di/2026", 3, bytes(range(32)))


def own_key(name: str = POINT.origin) -> VerifierKey:
    return VerifierKey(name, OWN.public_key().public_bytes_raw())


def test_the_published_note_verifies_and_is_what_its_key_signs() -> None:
    Note.parse(NOTE).check(KEY)
    assert Note.parse(NOTE).text == TEXT
    assert sign(TEXT, "PeterNeumann", Ed25519PrivateKey.from_private_bytes(SIGNER_SEED)) == NOTE
    assert str(KEY) == VERIFIER


@pytest.mark.parametrize(
    "bad",
    [
        NOTE.replace("problem,", "problem."),
        NOTE.replace("— Peter", "- Peter"),
        NOTE.replace("\n\n", "\n"),
        NOTE[:-1],
        NOTE + "thêm\n",
        NOTE.replace("— ", "—  "),
        NOTE.replace("x08go", "x08g!"),
        NOTE.replace("x08go/ZJkuBS", "x08go/ZJkuBT"),
        TEXT + "\n— PeterNeumann AAAA\n",
        NOTE.replace("If", "\x07If"),
        NOTE.replace("If", "I\rf"),
        TEXT + "\n" + LINE * 101,
        "",
        "— PeterNeumann\n",
    ],
)
def test_a_damaged_note_is_refused(bad: str) -> None:
    with pytest.raises(BadNote):
        Note.parse(bad).check(KEY)


def test_other_signatures_beside_the_known_one_do_no_harm_but_a_wrong_one_of_the_known_key_decides() -> None:
    stranger = "— Ai+đó AAAAAAAAAAAA\n".replace("+", "-")
    Note.parse(f"{TEXT}\n{stranger}{LINE}").check(KEY)
    raw = bytearray(base64.b64decode(LINE.split(" ")[2]))
    raw[-1] ^= 1
    forged = f"— PeterNeumann {base64.b64encode(raw).decode()}\n"
    with pytest.raises(BadNote, match="đã bị sửa"):
        Note.parse(f"{TEXT}\n{forged}{LINE}").check(KEY)
    with pytest.raises(BadNote, match="không có chữ ký"):
        Note.parse(f"{TEXT}\n{stranger}").check(KEY)


@pytest.mark.parametrize(
    "bad", ["", "a+b", VERIFIER.replace("c74f", "c74e"), VERIFIER[:-4], VERIFIER.replace("+AR", "+AB"),
            VERIFIER.replace("Peter", "Pe ter"), VERIFIER + "AAAA"],
)  # fmt: skip
def test_a_damaged_public_key_is_refused(bad: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.parse(bad)


@pytest.mark.parametrize("text", ["", "\n", "một dòng", "hai\n\ndòng\n", "có\ttab\n"])
def test_what_no_note_may_hold_is_not_signed(text: str) -> None:
    with pytest.raises(BadNote):
        sign(text, "ai", OWN)


def test_a_checkpoint_comes_back_as_it_was_signed() -> None:
    note = POINT.sign(OWN)
    assert note.split("\n")[:2] == ["bmnn/xa-mau/so/di/2026", "3"]
    read, whole = Checkpoint.parse(note)
    assert read == POINT
    whole.check(own_key())
    with pytest.raises(BadNote):
        whole.check(own_key("bmnn/xa-mau/so/den/2026"))


def test_lines_after_the_root_are_allowed_and_signed() -> None:
    read, whole = Checkpoint.parse(sign(POINT.text + "ghi chú\n", POINT.origin, OWN))
    assert read == POINT
    whole.check(own_key())


@pytest.mark.parametrize(
    ("size", "root", "why"),
    [
        ("03", bytes(32), "không phải tệp chốt sổ"),
        ("-3", bytes(32), "không phải tệp chốt sổ"),
        ("3 ", bytes(32), "không phải tệp chốt sổ"),
        ("3", bytes(31), "32 byte"),
        ("3", b"don't care 2", "32 byte"),
        ("3", bytes(33), "32 byte"),
        ("0", bytes(32), "sổ trống"),
        ("3" * 20, bytes(32), "không phải tệp chốt sổ"),
    ],
)
def test_a_checkpoint_with_an_odd_size_or_root_is_refused(size: str, root: bytes, why: str) -> None:
    text = f"bmnn/a\n{size}\n{base64.b64encode(root).decode()}\n"
    with pytest.raises(BadNote, match=why):
        Checkpoint.parse(sign(text, "bmnn/a", OWN))


@pytest.mark.parametrize("text", ["bmnn/a\n3\n", "bmnn/a\n3\n!!!!\n", "bmnn/a\n"])
def test_what_lacks_a_line_is_no_checkpoint(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(sign(text, "bmnn/a", OWN))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 10**12), st.binary(min_size=32, max_size=32)), max_size=6),
       st.sampled_from(["\n", "\r\n"]), st.booleans())  # fmt: skip
def test_a_file_of_several_checkpoints_is_taken_apart(
    points: list[tuple[int, bytes]], end: str, mark: bool
) -> None:
    signed = [Checkpoint(f"bmnn/a/{i}", size, root).sign(OWN) for i, (size, root) in enumerate(points)]
    text = ("\ufeff" if mark else "") + "".join(signed).replace("\n", end)
    assert split(text) == signed


def test_what_is_no_checkpoint_in_a_file_is_not_lost() -> None:
    good = POINT.sign(OWN)
    parts = split(good + "rác\n")
    assert parts[0] == good
    with pytest.raises(BadNote):
        Checkpoint.parse(parts[1])
