"""The script of the frame in a browser: keys, help, one submit, asking first, words of ours, the end of a session."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Browser, expect

from bmnn.office import urls
from bmnn.office.core.passwords import set_password
from tests.cast import Cast
from tests.office.browsing import PASSWORD, Person, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SENT: list[dict[str, str]] = []
_PAGE = """{% extends "web/base.html" %}{% block content %}<h1>Trang thử</h1>
<form method="post" class="act" id="mot" data-enter="next">{% csrf_token %}
<table class="grid"><tr><td><input name="cu" data-column="a" value="dòng trên"></td></tr>
<tr><td><input name="a" data-column="a" required></td><td><input name="b"></td></tr></table>
<input type="file" name="tep"><button type="submit" class="primary" name="nut" value="ghi">Ghi</button>
<button type="submit" class="danger" name="nut" value="huy" data-confirm="Hủy số này?">Hủy số</button></form>
<a href="/thu/?n" data-key="n" data-key-words="Thêm dòng">Thêm</a>{% endblock %}"""


def _trial(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        SENT.append({k: request.POST[k] for k in ("a", "b", "nut") if k in request.POST})
        time.sleep(0.4)
    return HttpResponse(
        engines["django"].from_string(_PAGE).render({"title": "Trang thử", "help": "hom-nay"}, request)
    )


@pytest.fixture
def clerk(
    transactional_db: None, live_server: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    settings.DATA = tmp_path
    SENT.clear()
    monkeypatch.setattr(urls, "urlpatterns", [path("thu/", _trial), *urls.urlpatterns])
    from django.urls import clear_url_caches, get_resolver

    clear_url_caches()
    get_resolver().__dict__.pop("url_patterns", None)
    cast = Cast(datetime.now(UTC) - timedelta(minutes=2))
    set_password(cast.van_thu, PASSWORD)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop of its own in this thread
    pictures = Path(os.environ.get("BMNN_PICTURES", tmp_path))
    with chromium() as browser:
        person = Person(browser, live_server.url, "van-thu", pictures)
        yield person
        troubles = person.troubles
    clear_url_caches()
    assert troubles == []


def test_the_frame_obeys_the_keyboard(clerk: Person) -> None:
    page = clerk.page
    clerk.go("/thu/")
    assert page.evaluate("[...document.forms].every(f => f.noValidate)")
    assert "Chọn tệp…" in clerk.text() and "Chưa chọn tệp nào" in clerk.text()

    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Thêm dòng")
    expect(dialog).to_contain_text("Chép ô của dòng trên")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**/thu/?n")

    # Enter goes on and back, F2 copies the field above, Ctrl+Enter saves.
    page.focus("[name=a]")
    page.keyboard.press("F2")
    assert page.input_value("[name=a]") == "dòng trên"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "b"
    page.keyboard.press("Shift+Enter")
    assert page.evaluate("document.activeElement.name") == "a"
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    expect(page.locator("[name=a]")).to_have_value("")
    assert SENT == [{"a": "dòng trên", "b": "", "nut": "ghi"}]

    with page.context.expect_page() as opened:
        page.keyboard.press("F1")
    expect(opened.value.locator("h1").first).to_have_text("Hôm nay")
    opened.value.close()


def test_a_form_is_sent_once_and_asks_before_what_cannot_be_taken_back(clerk: Person) -> None:
    page = clerk.page
    clerk.go("/thu/")
    page.fill("[name=a]", "x")
    page.evaluate("""() => {
        const form = document.getElementById("mot"), button = form.querySelector("button.primary");
        form.requestSubmit(button); form.requestSubmit(button); button.click(); button.click();
    }""")
    page.wait_for_timeout(1200)
    assert [s["nut"] for s in SENT] == ["ghi"]

    clerk.go("/thu/")
    page.click("text=Hủy số")
    expect(page.locator("dialog[open]")).to_contain_text("Hủy số này?")
    page.click("text=Không")
    page.wait_for_timeout(300)
    assert len(SENT) == 1
    page.click("text=Hủy số")
    page.click("text=Có, thực hiện")
    page.wait_for_timeout(1200)
    assert [s["nut"] for s in SENT] == ["ghi", "huy"]


def test_the_end_of_a_session_is_announced_and_can_be_put_off(clerk: Person) -> None:
    page = clerk.page
    page.clock.install()
    clerk.go("/thu/")
    page.clock.run_for(12 * 60 * 1000)
    assert page.locator(".timeout").count() == 0
    page.clock.run_for(90 * 1000)
    expect(page.locator(".timeout")).to_contain_text("phiên làm việc sẽ kết thúc sau")
    page.click("text=Làm việc tiếp")
    expect(page.locator(".timeout")).to_have_count(0)
    page.clock.run_for(15 * 60 * 1000)
    expect(page.locator(".timeout")).to_contain_text("Phiên làm việc đã kết thúc")


def test_the_frame_fits_the_screen_its_letters_are_large_enough_and_stand_out(clerk: Person) -> None:
    page = clerk.page
    for address in ("/", "/tro-giup/index/", "/ve-chuong-trinh/", "/thu/"):
        clerk.go(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        small = page.evaluate("""() => [...document.querySelectorAll("body *")]
            .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 13.9).map(e => e.outerHTML.slice(0, 80))""")
        assert small == [], address
    page.click(".who summary")
    expect(page.locator(".who .drop")).to_contain_text("Đăng xuất")
    page.keyboard.press("Escape")
    expect(page.locator(".who .drop")).to_be_hidden()
    _stands_out(clerk)


# Pairs of text and ground of the stylesheet.
_CONTRAST = """() => {
  const part = (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const lum = (c) => {
    const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => part(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(c)) return c;
    }
    return "rgb(255, 255, 255)";
  };
  const says = (e) => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll("body *")].filter(says).map(e => {
    const a = lum(getComputedStyle(e).color), b = lum(ground(e));
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className || e.tagName, e.textContent.slice(0, 30)];
  }).filter(x => x[0] < 4.5);
}"""
_SAMPLES = "".join(
    f'<p><span class="{c}">chữ</span></p>'
    for c in (
        "badge ok",
        "badge soon",
        "badge late",
        "badge info",
        "badge unchecked",
        "badge unknown",
        "quiet",
        "law",
    )
)


def _stands_out(clerk: Person) -> None:
    """Every text against its ground: at least 4.5 to 1 (AA)."""
    clerk.go("/thu/")
    levels = "".join(
        f'<span class="level" data-level="{v}">Mật</span>' for v in ("TUYET_MAT", "TOI_MAT", "MAT", "")
    )
    boxes = "".join(
        f'<p class="{c}">lời</p>' for c in ("note", "warning", "error", "success", "empty", "errorlist")
    )
    add = "html => { document.querySelector('main').insertAdjacentHTML('beforeend', html); }"
    clerk.page.evaluate(add, _SAMPLES + levels + boxes)
    assert clerk.page.evaluate(_CONTRAST) == []


def test_a_login_of_the_sample_agency_is_one_click(
    transactional_db: None, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    from bmnn.office.records.demo import PASSWORD as SAMPLE

    settings.DATA = tmp_path
    (tmp_path / "demo").write_text("")
    cast = Cast(datetime.now(UTC) - timedelta(minutes=2))
    set_password(cast.van_thu, SAMPLE)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        assert isinstance(browser, Browser)
        page = browser.new_page()
        page.goto(live_server.url + "/dang-nhap/")
        page.click("[data-login=van-thu]")
        page.wait_for_url(live_server.url + "/")
