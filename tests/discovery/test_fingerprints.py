"""Fingerprints find a protected text through bad OCR, retyping and lost marks, and nothing else; they tell nothing."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.discovery.fingerprint import Index, IndexProblem, Key, KeyProblem, find
from bmnn.discovery.fingerprint.match import chains
from bmnn.discovery.fingerprint.postings import Postings
from bmnn.discovery.fingerprint.shingles import RUN, pack, shingle, winnow
from bmnn.vietnamese import onset_code, onset_codes
from tests.discovery.ocr_pages import FOREIGN, FOREIGN_FAX, FOREIGN_WORN, WORN, ocr
from tests.discovery.words import invented

KEY = Key(bytes(range(32)))


def index_of(texts: dict[str, str], **options: object) -> Index:
    index = Index.empty(KEY, **options)  # type: ignore[arg-type]
    assert index.add((name, f"tên {name}", text) for name, text in texts.items()) == []
    return index


def found(text: str, index: Index) -> dict[str, float]:
    return {m.document: m.containment for m in find(text, index)}


_ONSETS = "ngh|ng|nh|ph|th|tr|ch|kh|gh|gi|qu|[bcdghklmnpqrstvx]"
_OPENS = re.compile(f"(?:{_ONSETS})[aeiouyw0-9!|]|ngh")


def written_apart(token: str) -> Iterator[str]:
    """A token parted at the marks between two syllables: one ends in seven letters with a vowel, one begins."""
    plain = unicodedata.normalize("NFD", token.lower()).translate({ord("đ"): "d", ord("¢"): "c"})
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    marks = "".join({c for c in plain if unicodedata.category(c)[0] in "PS"} - set("!|"))
    held, *others = re.split(f"([{re.escape(marks)}]+)", plain) if marks else [plain]
    before = held
    for mark, piece in zip(others[::2], others[1::2], strict=True):
        if len(mark) <= 3 and re.search("[aeiouyw0-9!|]", before[-7:]) and _OPENS.match(piece):
            yield held
            held = piece
        else:
            held += mark + piece
        before = piece
    yield held


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="aá1!|lL,. \t\nđĐngNGhthiếukqư0x'\u0301\u200b|-’¢e6jIw/:", max_size=40))
def test_onsets_from_the_table_are_those_of_each_token_by_itself(text: str) -> None:
    pieces = [piece for token in text.split() for piece in written_apart(token)]
    assert onset_codes(text)[0].tolist() == [code for piece in pieces if (code := onset_code(piece))]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("tổ-chức co’quan va.quy nam_co cao.:nhan", "tổ chức cơ quan và quy năm có cao nhận"),
        ("t6-chifc s6'liéu 1a.do:.", "tổ chức số liệu là do:"),
        ("thu’c hién du’o'c ng'wi", "thực hiện được người"),
        ("Iuat ja Igi ¢6 e6 ©6 |à 1uật !à", "luật là lợi có có có là luật là"),
    ],
)
def test_specks_between_words_and_misread_first_letters_change_no_onset(read: str, printed: str) -> None:
    assert onset_codes(read)[0].tolist() == onset_codes(printed)[0].tolist()


def test_symbols_and_marks_inside_a_syllable_part_nothing() -> None:
    text = "58-QĐ/TW 117/2025/QH15 HĐND-UBND 32/CT-TTg thu'c In ấn 5.000.000"
    assert [text[s:].split()[0] for s in onset_codes(text)[1].tolist()] == [
        *("58-QĐ/TW", "117/2025/QH15", "HĐND-UBND", "32/CT-TTg", "thu'c")
    ]


def test_a_long_text_is_read_in_pieces_without_tearing_a_token() -> None:
    text = "nghiêm túc kiểm tra " * 30_000
    codes, starts = onset_codes(text)
    assert codes.tolist() == [onset_code(t) for t in text.split()]
    assert all(text[s - 1 : s] in ("", " ") for s in starts[:: len(starts) // 50].tolist())


def test_the_text_itself_is_found_whole() -> None:
    index = index_of({"một": invented(1), "hai": invented(2)})
    assert found(invented(1), index) == {"một": 1.0}
    assert found(invented(3), index) == {}


@pytest.mark.parametrize("mode", ["paragraph", "compact", "whole"])
def test_every_mode_finds_a_document_inside_a_longer_text(mode: str) -> None:
    index = index_of({str(n): invented(n) for n in range(10)}, mode=mode)
    text = invented(50) + "\n" + invented(7) + "\n" + invented(51)
    match = find(text, index)[0]
    assert match.document == "7"
    assert match.containment > 0.9
    start, end = match.passages[0].at[0], match.passages[-1].at[1]
    assert text[start:end].count("\n") >= invented(7).count("\n") - 12


def test_lost_marks_other_tone_rules_and_decomposed_letters_do_not_hide_a_text() -> None:
    index = index_of({"một": invented(1)})
    bare = "".join(c for c in unicodedata.normalize("NFD", invented(1)) if not unicodedata.combining(c))
    for text in (bare, unicodedata.normalize("NFD", invented(1)), invented(1).upper()):
        assert found(text, index)["một"] > 0.95


def test_places_of_a_passage_are_those_of_the_words() -> None:
    protected, host = invented(1), invented(2)
    words = protected.split()
    piece = " ".join(words[100:160])
    text = host + "\n" + piece + "\n" + invented(4)
    match = find(text, index_of({"một": protected}))[0]
    passage = max(match.passages, key=lambda p: p.span)
    begin = len(host) + 1
    assert abs(passage.at[0] - begin) < 20
    assert abs(passage.at[1] - (begin + len(piece))) < 20
    assert piece[:30].strip() in protected[passage.in_document[0] - 40 : passage.in_document[1]]


def test_a_phrase_that_a_document_repeats_proves_nothing() -> None:
    phrase = (
        "công tác bảo đảm an toàn phòng cháy chữa cháy rừng mùa khô tại các xã vùng cao biên giới phía bắc"
    )
    protected = "\n".join(f"{phrase} {line}" for line in invented(1).splitlines() if line)
    index = index_of({"một": protected})
    assert found("\n".join([invented(2), phrase, invented(3), phrase, invented(5)]), index) == {}


def test_citations_of_other_documents_prove_nothing() -> None:
    citation = (
        "Căn cứ Quy định số 58-QĐ/TW ngày 08/02/2022 của Bộ Chính trị một số vấn đề về bảo vệ chính trị nội bộ Đảng "
        "và Hướng dẫn số 01-HD/BTCTW ngày 05/8/2022 của Ban Tổ chức Trung ương về thực hiện Quy định đó"
    )
    index = index_of({"một": f"{invented(1, 20)}\n{citation}\n{invented(6, 20)}"})
    assert found(f"{invented(2, 20)}\n{citation}\n{invented(3, 20)}", index) == {}


def test_the_index_file_tells_nothing_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "i"
    index = Index.empty(KEY)
    index.add([("BC-1", "báo cáo hồ chứa", invented(1))])
    index.write(path)
    raw = path.read_bytes()
    for secret in ("hồ chứa", "báo cáo"):
        assert secret.encode() not in raw
    # Nor do the places of words, whose lengths would give a text away.
    starts = onset_codes(invented(1))[1]
    assert starts.astype("<i4").tobytes() not in raw
    assert np.diff(starts).astype("u1").tobytes() not in raw


def test_without_the_key_a_guess_cannot_be_tested() -> None:
    index = index_of({"một": invented(1)})
    stolen = Index(Key(bytes(32)), index.documents, index.postings)
    owner, _, _ = stolen.postings.look_up(np.zeros(0, np.uint64))
    assert len(owner) == 0
    assert find(invented(1), stolen) == []


def test_an_index_opened_with_another_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "i"
    index_of({"một": invented(1)}).write(path)
    with pytest.raises(KeyProblem, match="khóa khác"):
        Index.read(path, Key.new())


@pytest.mark.parametrize("cut", [0, 5, 40, 200, 2000])
def test_a_damaged_index_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "i"
    index_of({"một": invented(1)}).write(path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(IndexProblem):
        Index.read(path, KEY)


def test_adding_again_replaces_and_removing_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "i"
    index_of({"một": invented(1), "hai": invented(2), "ba": invented(3)}).write(path)
    index = Index.read(path, KEY)
    index.add([("hai", "mới", invented(9))])
    assert index.remove(["một", "không có"]) == ["một"]
    index.write(path)
    again = Index.read(path, KEY)
    assert {d.id for d in again.documents} == {"hai", "ba"}
    assert found(invented(1), again) == {}
    assert found(invented(2), again) == {}
    assert found(invented(9), again) == {"hai": 1.0}
    assert found(invented(3), again) == {"ba": 1.0}
    assert {p.name for p in tmp_path.iterdir()} == {"i"}


def test_a_passphrase_opens_what_it_closed_and_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    salt = b"0123456789abcdef"
    key = Key.from_passphrase("một câu rất dài để mở", salt)
    assert key.check_value() == Key.from_passphrase("một câu rất dài để mở", salt).check_value()
    assert key.check_value() != Key.from_passphrase("một câu rất dài để mở", b"x" * 16).check_value()
    path = tmp_path / "k"
    key.write(path)
    assert path.stat().st_mode & 0o077 == 0
    assert Key.read(path).check_value() == key.check_value()
    with pytest.raises(FileExistsError):
        key.write(path)


def test_a_sealed_title_that_was_changed_is_noticed() -> None:
    index = index_of({"một": invented(1)})
    held = index.documents[0]
    held.sealed = held.sealed[:-2] + ("00" if held.sealed[-2:] != "00" else "11")
    with pytest.raises(KeyProblem):
        held.open(KEY)


def test_a_text_without_telling_words_is_not_registered() -> None:
    index = Index.empty(KEY)
    assert index.add([("ngắn", "", "Kính gửi anh Nam"), ("rỗng", "", "")]) == ["ngắn", "rỗng"]
    assert index.documents == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 50)), min_size=1, max_size=300), st.randoms()
)
def test_postings_give_back_what_was_put_in(rows: list[tuple[int, int]], rng: random.Random) -> None:
    hashes = np.array([h for h, _ in rows], np.uint64)
    documents = np.array([d for _, d in rows], np.uint32)
    held = Postings.build(hashes, documents, np.arange(len(rows), dtype=np.uint32))
    asked = np.array([rng.choice(rows)[0], rng.randrange(2**64)], np.uint64)
    owner, document, place = held.look_up(asked)
    top = np.uint64(24)
    expected = {
        (i, int(d), n)
        for i, a in enumerate(asked)
        for n, (h, d) in enumerate(zip(hashes, documents, strict=True))
        if h >> top == a >> top
    }
    assert set(zip(owner.tolist(), document.tolist(), place.tolist(), strict=True)) == expected
    assert sorted((held.hashes_of() >> top).tolist()) == sorted((hashes >> top).tolist())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=80), st.integers(0, 40))
def test_winnowing_keeps_something_of_every_window(values: list[int], at: int) -> None:
    hashes = np.array(values, np.uint64)
    kept = set(winnow(hashes, 4).tolist())
    at %= len(values) - 3
    assert kept & set(range(at, at + 4))


def test_a_chain_follows_a_drifting_diagonal_and_leaves_stray_hits_out() -> None:
    here = np.array([0, 1, 2, 9, 10, 18, 200], np.int64)
    there = np.array([100, 101, 102, 110, 111, 120, 5], np.int64)
    (chain,) = chains(here, there, here)
    assert (chain.here, chain.there) == ((0, 26), (100, 128))
    assert (chain.cover, chain.telling, chain.runs) == (26, 26, 6)


def test_packed_runs_differ_when_any_onset_differs() -> None:
    codes = np.arange(1, RUN + 3, dtype=np.uint8)
    assert len(set(pack(codes).tolist())) == 3
    assert len(shingle("một hai").plain) == 0


@pytest.mark.parametrize("scan", [FOREIGN, FOREIGN_WORN, FOREIGN_FAX, WORN])
def test_a_page_read_without_vietnamese_is_found(scan: object) -> None:
    index = index_of({str(n): invented(n) for n in range(20)})
    read = ocr(invented(11, 28), scan, seed=4)  # type: ignore[arg-type]
    matches = found(read, index)
    assert set(matches) == {"11"}
    assert matches["11"] > 0.5


@pytest.mark.shared
def test_the_ocr_sample_and_its_twin_find_each_other_and_no_other(shared: Path) -> None:
    texts = {p.stem: p.read_text("utf-8") for p in (shared / "samples/directives").glob("chi-thi*.txt")}
    texts |= {p.stem: p.read_text("utf-8") for p in (shared / "samples/directives").glob("cong-van*.txt")}
    clean, read = "chi-thi-tinh-uy", "chi-thi-tinh-uy.ocr"
    for registered, scanned in ((clean, read), (read, clean)):
        index = index_of({registered: texts[registered]})
        matches = {name: found(text, index).get(registered, 0.0) for name, text in texts.items()}
        others = [c for name, c in matches.items() if name not in (clean, read)]
        assert matches[scanned] > 0.85
        assert matches[scanned] >= 15 * max(others)


@pytest.mark.shared
def test_different_directives_do_not_match(shared: Path) -> None:
    names = [
        "chi-thi-tinh-uy",
        "chi-thi-dang-uy-xa-2026",
        "chi-thi-ubnd-tinh-bac-giang-2023",
        "cong-van-dong-nai-2025-ba-van-ban",
    ]
    texts = {n: (shared / f"samples/directives/{n}.txt").read_text("utf-8") for n in names}
    index = index_of(texts)
    for name, text in texts.items():
        assert set(found(text, index)) == {name}


@pytest.mark.shared
def test_the_two_letters_of_one_file_share_passages(shared: Path) -> None:
    text = (shared / "samples/directives/cong-van-dong-nai-2025-ba-van-ban.txt").read_text("utf-8")
    middle = text.index("Kính gửi", len(text) // 2)
    first, second = text[:middle], text[middle:]
    (match,) = find(second, index_of({"thư": first}))
    assert len(match.passages) >= 3


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(("length", "least"), [(60, 0.95), (40, 0.90)])
def test_a_passage_in_a_host_four_times_longer_is_found_through_bad_ocr(
    shared: Path, length: int, least: float
) -> None:
    read, texts = _read_once(shared)
    index = index_of(texts)
    rng = random.Random(length)
    hits = tries = 0
    for _ in range(240):
        name, other = rng.sample(sorted(read), 2)
        words, host = read[name].split(), read[other].split()
        at, of = rng.randrange(len(words) - length), rng.randrange(len(host) - 4 * length)
        cut = of + rng.randrange(4 * length)
        text = " ".join([*host[of:cut], *words[at : at + length], *host[cut : of + 4 * length]])
        tries += 1
        hits += name in found(text, index)
    assert hits / tries >= least, json.dumps({"found": hits, "of": tries})


_READ: dict[str, str] = {}


def _read_once(shared: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The middle pages of directives through an OCR without Vietnamese; the whole texts."""
    names = [
        "chi-thi-dang-uy-xa-2026",
        "chi-thi-ubnd-tinh-bac-giang-2023",
        "cong-van-dong-nai-2025-ba-van-ban",
    ]
    texts = {n: (shared / f"samples/directives/{n}.txt").read_text("utf-8") for n in names}
    for seed, name in enumerate(names):
        if name not in _READ:
            _READ[name] = ocr(texts[name][1500:8500], (FOREIGN, FOREIGN_WORN, FOREIGN)[seed], seed=seed + 40)
    return _READ, texts
