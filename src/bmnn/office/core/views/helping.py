"""What the pages of this room share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from bmnn.law import vocabulary
from bmnn.office.core.access import condition
from bmnn.office.core.models import Account, Person, Post, Unit
from bmnn.office.web.doing import viewer
from bmnn.office.web.fields import DayField

CHOOSE = ("", "— hãy chọn —")


def only(request: HttpRequest, *roles: str) -> None:
    """404 unless the account has one of the roles: what one may not use does not exist."""
    if not any(viewer(request).roles(role) for role in roles):
        raise Http404


def inside(request: HttpRequest) -> None:
    """404 for an account without any role."""
    if not condition(request.user, Unit).holds(Unit()):
        raise Http404


def day_asked(request: HttpRequest) -> tuple[date, str]:
    """The day in the address (`?ngay=01/07/2025`; it names no secret) or sent along with a search, else today;
    what was wrong with it."""
    typed = (request.POST or request.GET).get("ngay", "").strip()
    if not typed:
        return timezone.localdate(), ""
    try:
        return DayField().to_python(typed) or timezone.localdate(), ""
    except Exception as error:
        from django.core.exceptions import ValidationError

        if not isinstance(error, ValidationError):
            raise
        return timezone.localdate(), " ".join(error.messages)


def unit_choices(day: date) -> list[tuple[str, str]]:
    """The units that live on the day; those of one name are told apart by the unit above."""
    units = list(Unit.objects.on(day).select_related("parent"))
    names = [u.name for u in units]
    return [
        (str(u.public_id), f"{u.name} ({u.parent.name})" if u.parent and names.count(u.name) > 1 else u.name)
        for u in units
    ]


def units_of(ids: list[str]) -> tuple[Unit, ...]:
    """The units chosen in a form, in the order of their names."""
    return tuple(Unit.objects.filter(public_id__in=ids))


def unit_of(public_id: str) -> Unit | None:
    """The unit chosen in a form; None for the empty choice."""
    return Unit.objects.get(public_id=public_id) if public_id else None


def post_words(post: Post) -> str:
    """A post in words: as printed, else by the law's word."""
    return post.title or vocabulary.post_words(post.post, deputy=post.deputy)


def post_choices(day: date) -> list[tuple[str, str]]:
    """Everybody in a post on the day, by given name: `Lê Văn B, Chủ tịch …, UBND xã A`."""
    from bmnn.office.core.models.organisation import in_force

    posts = Post.objects.filter(in_force(day)).select_related("person", "unit").order_by("person__sort", "id")
    return [(str(p.public_id), f"{p.person.name}, {post_words(p)}, {p.unit.name}") for p in posts]


def found(model: type[Any], public_id: object) -> Any:
    """The row with this public id, or 404."""
    row = model._default_manager.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def person_line(person: Person, day: date) -> str:
    """A person's posts on the day in one line."""
    return "; ".join(f"{post_words(p)}, {p.unit.name}" for p in person.posts_on(day))


def account_of(request: HttpRequest) -> Account:
    """Who is signed in (the page needs `login_required`)."""
    assert isinstance(request.user, Account)
    return request.user
