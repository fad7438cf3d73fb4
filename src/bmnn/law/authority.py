"""Who may do which act at which level: the table of posts, the heads, the deputies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bmnn.law.model import AuthorityRow, Decision, Holder, Rule
from bmnn.law.span import Span
from bmnn.law.vocabulary import ACTS, BODY_TYPES, LEVEL_RANK, LEVELS, POSTS, TIERS, body_words, post_words

_OWN = "authority.own."
_ACT = "authority.act."
_DEPUTY = "authority.deputy"


def rows(rules: Span, act: str, level: str) -> Iterator[AuthorityRow]:
    """Everybody the table names for the act at the level. Nothing for acts of heads and holders."""
    how = rules.get(_ACT + act)
    if how is None or how.value is None or how.value["by"] != "table":
        return
    for rule in rules.posts:
        if _reaches(how.value, rule.value, level):
            for body in rule.value["bodies"]:
                for tier in rule.value["tiers"]:
                    for post in rule.value["posts"]:
                        yield AuthorityRow(
                            act,
                            level,
                            body,
                            tier,
                            post,
                            rule.value["may_delegate"],
                            rule.citation,
                            rule.mark,
                            rule,
                        )


def decide(rules: Span, act: str, level: str, holder: Holder) -> Decision:
    """The answer with its rule and reason. Unknown words of the vocabulary are refused by name."""
    for word, known in ((act, ACTS), (level, LEVELS), (holder.body_type, BODY_TYPES), (holder.post, POSTS)):
        if word not in known:
            return Decision(False, None, f"Không hiểu «{word}»; xem từ vựng của phần quy định pháp luật.")
    how = rules.get(_ACT + act)
    if how is None or how.value is None:
        return Decision(False, how, f"Chưa có quy định về thẩm quyền {ACTS[act]} cho ngày này.")
    by = how.value["by"]
    if by == "holder":
        return Decision(True, how, f"Người đang quản lý được {ACTS[act]}, sau đó báo cáo ngay bằng văn bản.")
    if by == "head":
        return _by_head(rules, how, act, holder)
    return _by_table(rules, how, act, level, holder)


def _by_head(rules: Span, how: Rule, act: str, holder: Holder) -> Decision:
    who = _who(holder)
    if not BODY_TYPES[holder.body_type].agency:
        body = body_words(holder.body_type)
        return Decision(False, how, f"{body} không phải cơ quan, tổ chức có người đứng đầu được {ACTS[act]}.")
    if not POSTS[holder.post].head:
        return Decision(False, how, f"{who} không có thẩm quyền {ACTS[act]}: đây là việc của người đứng đầu.")
    return _deputy(rules, how, how, act, holder) or Decision(True, how, f"{who} có thẩm quyền {ACTS[act]}.")


def _by_table(rules: Span, how: Rule, act: str, level: str, holder: Holder) -> Decision:
    own = rules.get(_OWN + holder.body_type)
    if own is not None:
        return _by_own_rules(rules, own, how, act, level, holder)
    best: Rule | None = None
    for rule in rules.posts:
        if not _names(rule.value, holder):
            continue
        if _reaches(how.value, rule.value, level):
            words = f"{_who(holder)} có thẩm quyền {ACTS[act]} độ {LEVELS[level]}."
            return _deputy(rules, rule, how, act, holder) or Decision(True, _joined(how, rule), words)
        best = rule
    if best is not None:
        most = _highest(how.value, best.value)
        limit = f" chỉ đến độ {LEVELS[most]}" if most else f" không có thẩm quyền {ACTS[act]}"
        reason = f"{_who(holder)} được {ACTS[act]}{limit}" if most else f"{_who(holder)}{limit}"
        return Decision(False, best, f"{reason}; độ {LEVELS[level]} thuộc thẩm quyền cấp cao hơn.")
    return Decision(False, how, f"{_who(holder)} không có thẩm quyền {ACTS[act]} độ {LEVELS[level]}.")


def _joined(how: Rule, row: Rule) -> Rule:
    """The row of posts behind an article that points to it: both are cited, the weaker mark shows."""
    if set(how.places) <= set(row.places) or how.value["act"] == "copy":
        return row
    weaker = how.unverified and not row.unverified
    return replace(
        row,
        citation=f"{how.citation}; {row.citation}",
        mark=how.mark if weaker else row.mark,
        confirmation=None if weaker else row.confirmation,
    )


def _by_own_rules(rules: Span, own: Rule, how: Rule, act: str, level: str, holder: Holder) -> Decision:
    for row in own.value or ():
        same = row["tier"] == holder.tier and row["post"] == holder.post
        if same and LEVEL_RANK[row["level"]] >= LEVEL_RANK[level]:
            return _deputy(rules, own, how, act, holder) or Decision(
                True, own, f"{_who(holder)} có thẩm quyền {ACTS[act]} độ {LEVELS[level]}."
            )
    return Decision(
        False,
        own,
        f"Thẩm quyền {ACTS[act]} trong {body_words(holder.body_type)} do Bộ trưởng hoặc người đứng đầu ngành quy "
        "định riêng và chưa được nhập cho chức vụ này. Hãy nhập từ văn bản của ngành ở trang Căn cứ pháp lý.",
    )


def _deputy(rules: Span, row: Rule, how: Rule, act: str, holder: Holder) -> Decision | None:
    """Why a deputy may not, or None. The head himself passes."""
    if not holder.deputy:
        return None
    who, rule = _who(holder), rules.get(_DEPUTY)
    if how.value["deputy"] == "none":
        return Decision(False, how, f"{who} không được {ACTS[act]}: quy định chỉ nêu người đứng đầu.")
    if isinstance(row.value, dict) and not row.value.get("may_delegate", True):
        boss = post_words(holder.post)
        return Decision(False, row, f"{who} không được {ACTS[act]}: {boss} không được ủy quyền việc này.")
    if rule is None or rule.value == "by_law" or holder.delegated:
        return None
    paper = "ủy quyền" if rule.value == "delegation" else "ủy quyền hoặc phân công"
    return Decision(
        False,
        rule,
        f"{who} cần văn bản {paper} nêu rõ phạm vi, nội dung, thời hạn, còn hiệu lực vào ngày này.",
    )


def _names(row: Mapping[str, Any], holder: Holder) -> bool:
    return holder.body_type in row["bodies"] and holder.tier in row["tiers"] and holder.post in row["posts"]


def _reaches(how: Mapping[str, Any], row: Mapping[str, Any], level: str) -> bool:
    if level not in how.get("levels", LEVELS) or LEVEL_RANK[row["level"]] < LEVEL_RANK[level]:
        return False
    for one in how.get("only", ()):
        if one["level"] == level:
            return row["group"] in one["groups"]
    return row["group"] in how["groups"] if "groups" in how else not row["group"].startswith("only_")


def _highest(how: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    for level in sorted(LEVELS, key=lambda one: -LEVEL_RANK[one]):
        if _reaches(how, row, level):
            return level
    return ""


def _who(holder: Holder) -> str:
    """`Phó Chủ tịch Ủy ban nhân dân (cấp xã)`."""
    return f"{post_words(holder.post, deputy=holder.deputy)} ({TIERS.get(holder.tier, holder.tier).lower()})"
