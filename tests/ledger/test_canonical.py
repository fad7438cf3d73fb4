"""The bytes under the tree have one form only."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmnn.ledger import Leaf, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text("abcxyz_", min_size=1), v, max_size=4),
    max_leaves=12,
)
# The load of the machine decides nothing here.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_nfc(v) for v in value]
    return {k: _nfc(v) for k, v in value.items()} if isinstance(value, dict) else value


@calm
@given(VALUES)
def test_canonical_json_says_the_same_in_nfc_and_is_its_own_form(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text) == _nfc(value)
    assert canonical(json.loads(text)) == text
    assert canonical(_nfc(value)) == text


def test_the_order_of_keys_and_the_form_of_accents_do_not_matter() -> None:
    assert canonical({"b": "ho\u0323c", "a": 1}) == '{"a":1,"b":"học"}'


@pytest.mark.parametrize("value", [1.5, b"x", {1: 2}, {"đ": 1}, {"a": {2}}, float("nan")])
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@calm
@given(VALUES, TEXT, st.binary(min_size=32, max_size=32))
def test_a_leaf_is_canonical_json_of_the_whole_event(body: Any, name: str, salt: bytes) -> None:
    text = Leaf(7, name, 2, "a.b", 1, "", "2026-03-05T01:00:00.000000Z", "2026-03-05", name, "[]",
                canonical({"x": body}), salt).text()  # fmt: skip
    event = json.loads(text)
    assert json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    assert (event["stream"], event["key"], event["salt"], event["n"]) == (name, name, salt.hex(), 7)


def test_the_leaf_hash_is_that_of_zero_and_the_text() -> None:
    leaf = Leaf(1, "a", 0, "a.b", 1, "", "", "", "k", "[]", "{}", bytes(32))
    assert leaf.hash() == hashlib.sha256(b"\0" + leaf.text().encode()).digest()
