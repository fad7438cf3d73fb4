"""Passages are found in pages faxed in one bit and read without Vietnamese, and short chains are carried on only by
what the document really says. `fax/N.txt` is what tesseract's English model read on such pages of `invented(N, 40)`,
odd ones with few specks (`ocr_pages.FOREIGN_FAX`), even ones with twice as many, turned further."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.discovery.fingerprint import Index, Key, find
from bmnn.discovery.fingerprint.extend import align, onsets_beside
from bmnn.discovery.fingerprint.shingles import RUN, shingle
from tests.discovery.passages import planted
from tests.discovery.words import invented

FAX = Path(__file__).parent / "fax"
NUMBERS = (31, 32, 33, 34)
KEY = Key(bytes(range(32)))


@pytest.fixture(scope="module")
def index() -> Index:
    """Ten invented documents, four of them faxed."""
    made = Index.empty(KEY)
    made.add((str(n), "", invented(n, 40)) for n in (*NUMBERS, *range(60, 66)))
    return made


@pytest.mark.parametrize(("length", "least"), [(60, 0.95), (40, 0.90)])
def test_a_faxed_passage_is_found_in_a_host_four_times_longer(
    index: Index, length: int, least: float
) -> None:
    read = {str(n): (FAX / f"{n}.txt").read_text("utf-8") for n in NUMBERS}
    rng = random.Random(length)
    hits, tries = 0, 120
    for _ in range(tries):
        name, other, text = planted(read, length, rng)
        found = {m.document for m in find(text, index)}
        assert found <= {name, other}
        hits += name in found
    assert hits / tries >= least, json.dumps({"found": hits, "of": tries})


def scattered(words: list[str], at: int, parts: list[int], rng: random.Random) -> str:
    """Words from `at` on, one word after each part replaced by one that begins otherwise."""
    out: list[str] = []
    for part in parts:
        out += words[at : at + part]
        first = words[at + part][0]
        out.append(rng.choice([w for w in ("rồng", "xanh", "sông", "mưa") if w[0] != first]))
        at += part + 1
    return " ".join(out)


def test_a_passage_with_one_whole_stretch_and_broken_ends_is_found(index: Index) -> None:
    words = [w for w in invented(31, 40).split() if shingle(w).syllables]
    broken = scattered(words, 100, [6, 6, 13, 6, 6], random.Random(2))
    text = "\n".join([invented(90, 8), broken, invented(91, 8)])
    (match,) = find(text, index)
    assert match.document == "31"
    (passage,) = match.passages
    assert text[slice(*passage.at)].split()[:3] == broken.split()[:3]
    assert invented(31, 40)[slice(*passage.in_document)].split()[0] == words[100]
    assert 30 <= passage.cover < passage.span


def test_the_same_stretch_alone_or_followed_by_other_words_is_not_a_passage(index: Index) -> None:
    words = [w for w in invented(31, 40).split() if shingle(w).syllables]
    alone = " ".join(words[114:127])
    for text in (alone, "\n".join([invented(90, 8), alone, invented(91, 8)])):
        assert find(text, index) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(RUN, 600), st.integers(1, 30), st.sampled_from([1, -1]))
def test_the_index_tells_its_key_holder_what_stands_beside_a_run(place: int, reach: int, step: int) -> None:
    made = shingle(invented(31, 40))
    number = [d.id for d in _HELD.documents].index("31")
    codes, telling, run, at = onsets_beside(_HELD, number, place, int(made.plain[place]), step, reach)
    beside = made.codes[place + RUN :] if step > 0 else made.codes[:place][::-1]
    assert codes == beside[:reach].tolist()
    assert len(telling) == len(codes)
    assert (run, at) == (int(made.plain[at]), place + step * len(codes))


def test_under_another_key_nothing_is_told() -> None:
    made = shingle(invented(31, 40))
    stolen = Index(Key(bytes(32)), _HELD.documents, _HELD.postings)
    assert onsets_beside(stolen, 0, 50, int(made.plain[50]), 1, 10)[0] == []


_CODES = st.lists(st.integers(1, 22), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(_CODES, _CODES, st.data())
def test_an_alignment_is_of_both_texts_and_worth_its_errors(
    text: list[int], document: list[int], data: st.DataObject
) -> None:
    telling = data.draw(st.lists(st.booleans(), min_size=len(document), max_size=len(document)))
    side = align(np.array(text, np.uint8), document, telling)
    assert side.telling <= side.alike <= min(side.here, side.there)
    assert side.telling <= sum(telling[: side.there])
    # More than two in three are alike, or nothing is claimed.
    assert 2 * side.alike > 4 * (max(side.here, side.there) - side.alike) or side.alike == 0


@settings(max_examples=100, deadline=None)
@given(_CODES, st.integers(0, 39), st.sampled_from(["lost", "added", "misread"]))
def test_one_misread_lost_or_added_syllable_ends_no_alignment(codes: list[int], at: int, how: str) -> None:
    codes = [c for c in [1, 2, 3, *codes, 4, 5, 6, 7] if c]
    at = 3 + at % (len(codes) - 7)
    text = list(codes)
    if how == "lost":
        del text[at]
    elif how == "added":
        text.insert(at, 22)
    else:
        text[at] = codes[at] % 22 + 1
    side = align(np.array(text, np.uint8), codes, [True] * len(codes))
    assert side.there == len(codes)
    assert side.alike >= len(codes) - 1


_HELD = Index.empty(KEY)
_HELD.add([("30", "", invented(30, 10)), ("31", "", invented(31, 40))])
