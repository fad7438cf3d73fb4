"""The frame of the site: sign-in, lockout, errors in words, menu and cards of the rooms, guide, weight of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from bmnn.office.core.access import Viewer
from bmnn.office.core.passwords import set_password
from bmnn.office.web import about, demo, errors, help, registry
from bmnn.office.web.registry import Card, Line, MenuItem
from tests.cast import NOW, Cast

PASSWORD = "mot cau dai de nho 2026"
ENGLISH = re.compile(
    r"\b(the|this|page|please|error|not found|forbidden|invalid|login|password|username|server)\b",
    re.IGNORECASE,
)


class _Seen(HTMLParser):
    """What a reader of the page sees, and what the policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.forbidden: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style") and "src" not in given:
            self.forbidden.append(tag)
        self.forbidden += [f"{tag} {k}" for k in given if k == "style" or k.startswith("on")]
        links = [v or "" for k, v in attrs if k in ("src", "href")]
        self.forbidden += [v for v in links if v.startswith(("http", "//"))]
        self._hidden += tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "script"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def _seen(response: Any) -> _Seen:
    return _Seen(response.content.decode())


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.DATA = tmp_path
    cast = Cast()
    set_password(cast.van_thu, PASSWORD)
    return cast


def _in(account: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_signing_in_leads_to_today_and_signing_out_back_to_the_door(cast: Cast, client: Client) -> None:
    assert client.get("/").status_code == 302
    given = {"username": "van-thu", "password": PASSWORD}
    answer = client.post(reverse("web:login"), given, follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    page = answer.content.decode()
    assert "Ủy ban nhân dân xã Mẫu Một" in page and "Trần Thị Văn" in page and "Văn thư" in page
    assert client.get(reverse("web:logout")).status_code == 405
    client.post(reverse("web:logout"))
    assert client.get("/").status_code == 302


_WRONG = [{}, {"username": "van-thu", "password": "sai"}, {"username": "x" * 99, "password": "y"}]


@pytest.mark.parametrize("given", _WRONG)
def test_a_refused_sign_in_says_why_in_vietnamese_and_not_which_half_was_wrong(
    cast: Cast, client: Client, given: dict[str, str]
) -> None:
    answer = client.post(reverse("web:login"), given)
    page = _seen(answer)
    assert answer.status_code == 200
    assert not [t for t in page.text if ENGLISH.search(t)]
    assert "sai" not in re.findall(r'value="([^"]*)"', answer.content.decode())
    if given.get("password") == "sai":
        other = client.post(reverse("web:login"), {"username": "khong-co", "password": "sai"})
        wrong = re.search(r'<ul class="errorlist nonfield".*?</ul>', answer.content.decode(), re.DOTALL)
        also = re.search(r'<ul class="errorlist nonfield".*?</ul>', other.content.decode(), re.DOTALL)
        assert wrong and also and wrong[0] == also[0]


def test_the_fifth_wrong_password_locks_and_the_page_says_for_how_long(cast: Cast, client: Client) -> None:
    for _ in range(5):
        answer = client.post(reverse("web:login"), {"username": "van-thu", "password": "sai"})
    assert answer.status_code == 429
    page = _seen(answer)
    words = " ".join(" ".join(page.text).split())
    assert "Tạm khóa đăng nhập" in words and "15 phút" in words and "5 lần" in words
    assert not [t for t in page.text if ENGLISH.search(t)]
    locked = client.post(reverse("web:login"), {"username": "van-thu", "password": PASSWORD})
    assert locked.status_code == 429


def test_the_logins_are_shown_on_the_sample_agency_only(cast: Cast, client: Client, tmp_path: Path) -> None:
    assert 'data-login="' not in client.get(reverse("web:login")).content.decode()
    (tmp_path / demo.MARKER).write_text("")
    page = client.get(reverse("web:login")).content.decode()
    assert 'data-login="van-thu"' in page and "MẪU – SỐ LIỆU BỊA" in page
    assert "MẪU – SỐ LIỆU BỊA" in _in(cast.van_thu).get("/").content.decode()


def _fails(request: Any) -> HttpResponse:
    raise RuntimeError("hỏng")


def test_errors_are_pages_in_vietnamese_and_not_allowed_looks_like_not_there(cast: Cast) -> None:
    client = _in(cast.van_thu)
    request = RequestFactory().get("/x/")
    missing, shut = client.get("/khong-co-trang-nay/"), errors.forbidden(request, PermissionDenied())
    assert missing.status_code == shut.status_code == 404
    assert "Không có trang này" in missing.content.decode() and "Không có trang này" in shut.content.decode()
    answers = [
        missing,
        shut,
        errors.bad_request(request, SuspiciousOperation()),
        errors.broken(request),
        errors.csrf(request),
        client.get(reverse("web:logout")),
    ]
    assert [a.status_code for a in answers] == [404, 404, 400, 500, 403, 405]
    for answer in answers:
        page = _seen(answer)
        assert not [t for t in page.text if ENGLISH.search(t)], answer.status_code
        assert page.forbidden == []
        assert "Về trang Hôm nay" in page.text


def test_a_post_without_the_forms_key_is_refused_in_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("web:login"), {"username": "van-thu", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in answer.content.decode()


def test_a_strange_host_is_answered_in_words(cast: Cast, client: Client) -> None:
    answer = client.get("/", HTTP_HOST="xau.example")
    assert answer.status_code == 400
    assert "Yêu cầu không hợp lệ" in answer.content.decode()


def test_an_unforeseen_error_shows_words_and_no_traceback(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_CARDS", [_fails])
    answer = _in(cast.van_thu).get("/")
    assert answer.status_code == 500
    assert "Có lỗi trong chương trình" in answer.content.decode()
    assert "hỏng" not in answer.content.decode() and "Traceback" not in answer.content.decode()


def test_pages_carry_the_policy_and_nothing_it_forbids(cast: Cast) -> None:
    client = _in(cast.van_thu)
    for url in ("/", reverse("web:help", args=["index"]), reverse("web:about")):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert _seen(answer).forbidden == []


def test_htmx_may_neither_evaluate_nor_leave_nor_remember(cast: Cast) -> None:
    page = _in(cast.van_thu).get("/").content.decode()
    import html
    import json

    found = re.search(r'name="htmx-config" content=\'([^\']*)\'', page)
    assert found
    config = json.loads(html.unescape(found[1]))
    assert (
        config
        | {
            "allowEval": False,
            "allowScriptTags": False,
            "selfRequestsOnly": True,
            "historyCacheSize": 0,
            "includeIndicatorStyles": False,
        }
        == config
    )
    assert re.search(r"hx-headers='\{\"X-CSRFToken\":\"\w{32,}\"\}'", page)


def test_a_list_of_fifty_rows_weighs_less_than_25_kilobytes(cast: Cast, rf: RequestFactory) -> None:
    cell = "Báo cáo kết quả kiểm tra"
    row = (
        f'<tr><td><a href="/ho-so/muc/{"0" * 36}/">01</a></td><td>12/BC-UBND</td><td>01/04/2026</td><td>{cell}</td>'
        "<td>Mật</td><td>Lê Văn Trưởng</td><td>Công an tỉnh</td><td>Văn phòng</td><td>2</td><td></td></tr>"
    )
    frame = len(_in(cast.van_thu).get(reverse("web:help", args=["khong-co"])).content)
    bare = len(render_to_string("web/plain.html"))
    assert bare < 1500
    today = _in(cast.van_thu).get("/").content.decode()
    head = today[: today.index('<main id="noi-dung"')]
    assert len(head.encode()) + 50 * len(row.encode()) < 25 * 1024
    assert frame


def test_every_menu_entry_leads_to_a_page_and_stands_under_a_known_heading(cast: Cast) -> None:
    items = registry._MENU
    assert items
    for item in items:
        assert reverse(item.url)
    viewer = Viewer(cast.van_thu, NOW.date())
    labels = list(registry.menu(viewer))
    assert labels == [g for g in registry.GROUPS if g in labels]
    with pytest.raises(ValueError, match="nhóm thực đơn"):
        MenuItem("x", "web:today", "Không có nhóm này")


def test_the_administrator_is_offered_no_search_of_entries(cast: Cast) -> None:
    assert 'type="search"' in _in(cast.van_thu).get("/").content.decode()
    assert 'type="search"' not in _in(cast.quan_tri).get("/").content.decode()


def test_cards_come_late_ones_first_and_an_unknown_count_is_no_zero(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [
        Card("Xong", 0, tone="done", empty="Không có gì."),
        Card("Chưa đếm được"),
        Card("Quá hạn", 1, "/x/", (Line("<b>1</b>", "/y/", "quá 5 ngày", "late"),), "late", law="Điều 13"),
    ]
    monkeypatch.setattr(registry, "_CARDS", [lambda viewer: cards])
    page = _in(cast.van_thu).get("/").content.decode()
    assert page.index("Quá hạn") < page.index("Chưa đếm được") < page.index("Xong")
    unknown = page[page.index("Chưa đếm được") :]
    assert '<span class="count">chưa rõ</span>' in unknown[:200]
    assert "&lt;b&gt;1&lt;/b&gt;" in page and "Điều 13" in page and "Không có gì." in page


def test_the_empty_day_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_CARDS", [])
    assert "chưa có việc nào chờ bạn" in _in(cast.van_thu).get("/").content.decode()


def test_every_page_of_the_guide_opens_and_its_links_lead_somewhere(cast: Cast) -> None:
    client = _in(cast.van_thu)
    names = [p.stem for p in help.FOLDER.glob("*.md")]
    assert "index" in names and len(names) > 5
    for name in names:
        answer = client.get(reverse("web:help", args=[name]))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert _seen(answer).forbidden == [], name
        for target in re.findall(r'href="\.\./([a-z0-9-]+)/', page):
            assert help.guide(target), f"{name}.md dẫn tới {target}.md, không có"


def test_every_page_of_the_guide_is_listed_beside_every_other(cast: Cast) -> None:
    page = _in(cast.van_thu).get(reverse("web:help", args=["index"])).content.decode()
    for path in help.FOLDER.glob("*.md"):
        assert reverse("web:help", args=[path.stem]) in page


def test_html_in_a_page_of_the_guide_is_text(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(help, "FOLDER", tmp_path)
    (tmp_path / "index.md").write_text("# Thử\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    page = _in(cast.van_thu).get(reverse("web:help", args=["index"])).content.decode()
    assert "<script>alert" not in page and 'href="javascript' not in page


@pytest.mark.parametrize("name", ["khong-co", "index"])
def test_f1_of_a_screen_without_a_page_of_its_own_opens_the_first(cast: Cast, name: str) -> None:
    assert (
        "<h1>Hướng dẫn sử dụng</h1>"
        in _in(cast.van_thu).get(reverse("web:help", args=[name])).content.decode()
    )


def test_the_help_named_by_views_is_written() -> None:
    office = Path(registry.__file__).parents[1]
    named = {
        name
        for path in office.rglob("*.py")
        for name in re.findall(r'"help": "([a-z0-9-]+)"', path.read_text())
    }
    assert {name for name in named if help.guide(name) is None} == set()


def test_the_page_about_the_program_names_licences_and_the_self_check(cast: Cast) -> None:
    page = _in(cast.van_thu).get(reverse("web:about")).content.decode()
    assert "Apache-2.0" in page and "Tự kiểm tra" in page
    licences = {one.name: one.licence for one in about.libraries()}
    assert licences["Django"].startswith("BSD")
    assert not [
        n for n, licence in licences.items() if re.search(r"\bA?GPL", licence) and "LGPL" not in licence
    ]


@pytest.mark.parametrize(
    ("style", "name"), [("nha-nuoc", "van-ban-nha-nuoc.docx"), ("dang", "van-ban-dang.docx")]
)
def test_the_word_templates_can_be_taken_out(cast: Cast, style: str, name: str) -> None:
    answer = _in(cast.van_thu).get(reverse("web:template", args=[style]))
    assert name in answer["Content-Disposition"] and answer.content[:2] == b"PK"
    assert _in(cast.van_thu).get(reverse("web:template", args=["khac"])).status_code == 404


def test_pages_of_the_frame_are_shut_to_strangers(db: None, client: Client) -> None:
    for pattern in get_resolver("bmnn.office.web.urls").url_patterns:
        given = {"name": "index", "style": "dang"}
        wanted = {k: v for k, v in given.items() if k in pattern.pattern.converters}
        url = reverse(f"web:{pattern.name}", kwargs=wanted)
        if pattern.name in ("login", "logout"):
            continue
        assert client.get(url).status_code == 302, url


def test_still_here_keeps_the_session_and_answers_nothing(cast: Cast) -> None:
    answer = _in(cast.van_thu).get(reverse("web:still_here"))
    assert answer.status_code == 204 and answer.content == b""
