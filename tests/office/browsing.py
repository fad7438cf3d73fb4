"""A person at a browser: signs in, goes to pages, fills forms. Headless Chromium that may reach this site alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "mật khẩu dài của lượt thử"
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The browser asks for addresses of its maker's services on its own: no name but this machine's is looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
SIZE = {"width": 1366, "height": 768}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for a test."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """Somebody signed in. `troubles` gathers what the browser's console complained of."""

    def __init__(self, browser: Browser, site: str, username: str, pictures: Path) -> None:
        self.site, self.pictures = site, pictures
        self.troubles: list[str] = []
        self.page: Page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.go("/dang-nhap/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(site + "/")

    def _heard(self, message: Any) -> None:
        # The browser itself notes every 404 and 422; those answers are what some steps want.
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(message.text)

    def go(self, address: str) -> int:
        """Open an address of the site; its status."""
        answer = self.page.goto(self.site + address if address.startswith("/") else address)
        return answer.status if answer else 0

    def fill(self, **values: str) -> None:
        """Type into fields by name; a select takes its value or its words."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, words: str) -> None:
        """Click a button or link by its words."""
        self.page.locator(f"main :is(button, a.button):text-is('{words}')").first.click()
        self.page.wait_for_load_state()

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    def picture(self, name: str) -> None:
        """A screenshot, to be looked at."""
        self.page.screenshot(path=self.pictures / f"{name}.png")
