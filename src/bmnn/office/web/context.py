"""What every page needs: the agency, who is signed in, the menu, the page of the guide for F1.

All of it is worked out only when the template asks for it, at most once a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bmnn.office.core.access import Viewer
from bmnn.office.core.models import Account, Unit
from bmnn.office.core.models.accounts import ROLES
from bmnn.office.web import registry
from bmnn.office.web.demo import is_demo


@dataclass(frozen=True)
class Link:
    """An entry of the menu with its address; `here` when it leads to the page on screen."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """A heading of the menu with its entries."""

    label: str
    links: list[Link]

    @property
    def here(self) -> bool:
        """Whether one of its entries is the page on screen."""
        return any(link.here for link in self.links)


class Page:
    """The frame of one page."""

    idle_seconds = settings.SESSION_IDLE_SECONDS

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def account(self) -> Account | None:
        """Who is signed in. None too where the answer is made before anyone could be known (a bad request)."""
        account = getattr(self._request, "user", None)
        return account if isinstance(account, Account) else None

    @cached_property
    def viewer(self) -> Viewer | None:
        """The account, today."""
        return Viewer(self.account, timezone.localdate()) if self.account else None

    @cached_property
    def agency(self) -> str:
        """The agency of the person signed in; else the uppermost unit of the site."""
        account = self.account
        if account is not None:
            post = account.person.posts_on(timezone.localdate()).first()
            if post is not None:
                return post.unit.name
        top = Unit.objects.on(timezone.localdate()).filter(parent=None).order_by("pk").first()
        return top.name if top else ""

    @cached_property
    def roles(self) -> str:
        """The roles that hold today, in words."""
        return ", ".join(dict.fromkeys(ROLES[g.role] for g in self.viewer.grants)) if self.viewer else ""

    @property
    def reads(self) -> bool:
        """Whether the person may see entries at all; the machine's administrator sees none."""
        return self.viewer is not None and bool(self.viewer.grants) and not self.viewer.roles("quan_tri")

    @cached_property
    def menu(self) -> list[Group]:
        """The menu of the person signed in. An entry whose address is not served is left out."""
        if self.viewer is None:
            return []
        groups = []
        for label, items in registry.menu(self.viewer).items():
            links = [link for item in items if (link := self._link(item)) is not None]
            if links:
                groups.append(Group(label, links))
        return groups

    def _link(self, item: registry.MenuItem) -> Link | None:
        try:
            url = reverse(item.url)
        except NoReverseMatch:
            return None
        return Link(item.label, url, self._request.path == url)

    @cached_property
    def demo(self) -> bool:
        """Whether this is the sample agency."""
        return is_demo()


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"page": Page(request)}
