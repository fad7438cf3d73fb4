"""Drawing: elements with escaped words, and the frame every chart shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Tone = Literal["done", "soon", "late", "bad", "plain", "unknown"]
SIGNS: dict[str, str] = {"done": "✓", "soon": "…", "late": "!", "bad": "✗", "plain": "•", "unknown": "?"}
WORDS: dict[str, str] = {
    "done": "xong",
    "soon": "sắp đến hạn",
    "late": "quá hạn",
    "bad": "vi phạm",
    "plain": "đang làm",
    "unknown": "chưa rõ",
}
# A letter of the page's font at 13 px is about so wide.
LETTER = 6.9


def element(name: str, words: str = "", /, **attributes: object) -> str:
    """One element. `_` in a name stands for `-`, a trailing one is dropped (`class_`)."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{given}>{escape(words)}</{name}>"


def _short(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "start") -> str:
    """Words whose base line begins (or ends, or has its middle) at a point."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def cut(words: str, room: float) -> str:
    """The words, shortened in sight where they are longer than the room (the whole stands in the description)."""
    most = max(int(room / LETTER), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def frame(title: str, width: float, height: float, parts: Iterable[str], said: Iterable[str]) -> SafeString:
    """The whole picture. `said` are its figures as sentences, read out instead of the drawing."""
    description = "; ".join(said) or "Chưa có số liệu."
    body = "".join(parts)
    return mark_safe(  # noqa: S308  every word went through `escape`
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{body}</svg></figure>"
    )


def nothing(title: str) -> SafeString:
    """A chart without figures says so."""
    words = "Chưa có số liệu."
    return frame(title, 320, 40, [text(0, 24, words, "quiet")], [words])
