"""A passage of one text hidden in a stretch of another that is four times longer."""

from __future__ import annotations

import random


def planted(read: dict[str, str], length: int, rng: random.Random) -> tuple[str, str, str]:
    """(name of the text the passage is from, name of its host, the whole); `length` in words."""
    name, other = rng.sample(sorted(read), 2)
    words, host = read[name].split(), read[other].split()
    at, of = rng.randrange(len(words) - length), rng.randrange(len(host) - 4 * length)
    cut = of + rng.randrange(4 * length)
    return name, other, " ".join([*host[of:cut], *words[at : at + length], *host[cut : of + 4 * length]])
