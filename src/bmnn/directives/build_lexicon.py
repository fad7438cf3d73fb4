"""Makes the shipped lexicon: `python -m bmnn.directives.build_lexicon FOLDER …`, folders of law texts (.md, .txt).

Only law texts go in; directives do not, so that what the reader is measured on never teaches it. The lexicon holds
counts of syllables and of neighbouring pairs and triples of them; no sentence can be read back from it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from bmnn.directives.lexicon import PLACE
from bmnn.vietnamese import classic_tones, decode_legacy, is_syllable, syllable_score

_WORD = re.compile(r"[^\W\d_]+|[.;:!?\n()“”\"]")
LEAST_TRIPLE = 2
"""Triples seen once are dropped: they are mostly chance and most of the size."""


def syllables(text: str) -> list[str]:
    """Syllables in order; an empty string where a sentence or a bracket parts them."""
    out: list[str] = []
    for m in _WORD.finditer(classic_tones(text).lower()):
        out.append(m[0] if m[0].isalpha() and is_syllable(m[0]) else "")
    return out


def texts(folders: list[Path]) -> list[str]:
    """Law texts with their marks; a text without marks or not in Vietnamese is left out."""
    found = []
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".txt")):
            text = decode_legacy(path.read_bytes()).text
            words = re.findall(r"[^\W\d_]{2,}", text)
            marked = sum(not w.isascii() for w in words) / max(1, len(words))
            if marked > 0.5 and syllable_score(text) > 0.7:
                found.append(text)
    return found


def build(folders: list[Path], out: Path) -> dict[str, int]:
    """Count and write; gives the sizes."""
    one: Counter[str] = Counter()
    two: Counter[tuple[str, str]] = Counter()
    three: Counter[tuple[str, str, str]] = Counter()
    for text in texts(folders):
        words = syllables(text)
        one.update(w for w in words if w)
        two.update((a, b) for a, b in pairwise(words) if a and b)
        three.update(t for t in zip(words, words[1:], words[2:], strict=False) if all(t))
    vocabulary = sorted((w for w, n in one.items() if n >= 2), key=lambda w: (-one[w], w))
    index = {w: i for i, w in enumerate(vocabulary)}
    pairs = sorted((index[a] << 16 | index[b], n) for (a, b), n in two.items() if a in index and b in index)
    triples = sorted(
        (index[a] << 32 | index[b] << 16 | index[c], n)
        for (a, b, c), n in three.items()
        if n >= LEAST_TRIPLE and a in index and b in index and c in index
    )
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        counts=np.array([one[w] for w in vocabulary], dtype=np.uint32),
        pairs=np.diff(np.array([k for k, _ in pairs], dtype=np.uint32), prepend=np.uint32(0)),
        pair_counts=np.array([min(n, 65535) for _, n in pairs], dtype=np.uint16),
        triples=np.diff(np.array([k for k, _ in triples], dtype=np.uint64), prepend=np.uint64(0)),
        triple_counts=np.array([min(n, 65535) for _, n in triples], dtype=np.uint16),
    )
    return {
        "syllables": sum(one.values()),
        "words": len(vocabulary),
        "pairs": len(pairs),
        "triples": len(triples),
    }


def main() -> None:
    """Command of developers, never of users."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=PLACE)
    args = parser.parse_args()
    print(build(args.folders, args.out), f"{args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
