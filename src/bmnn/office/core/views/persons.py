"""Persons, their posts, and written delegations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bmnn.law.vocabulary import ACTS, LEVELS
from bmnn.office.core import forms
from bmnn.office.core.access import rows_for
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.delegate import Delegate
from bmnn.office.core.acts.end_post import EndPost
from bmnn.office.core.acts.revoke_delegation import RevokeDelegation
from bmnn.office.core.models import Account, Delegation, Person, Post
from bmnn.office.core.models.organisation import in_force
from bmnn.office.core.views import helping
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.vietnamese import fold

HELP = "to-chuc-va-tai-khoan"
PAGE = 100


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Người, chức vụ", reverse("core:persons")), *more]


@login_required
@require_http_methods(["GET", "POST"])
def persons(request: HttpRequest) -> HttpResponse:
    """Everybody, by given name; the search goes by POST, so that no name stands in an address."""
    helping.inside(request)
    asked = request.POST.get("q", "").strip()[:120]
    after = request.POST.get("after", "")[:1000]
    rows = Person.objects.order_by("sort", "pk")
    if asked:
        rows = rows.filter(fold__contains=fold(asked))
    if after:
        rows = rows.filter(sort__gt=after)
    people = list(rows[: PAGE + 1])
    day = viewer(request).day
    context = {
        "title": "Người, chức vụ",
        "q": asked,
        "people": [(p, helping.person_line(p, day)) for p in people[:PAGE]],
        "after": people[PAGE - 1].sort if len(people) > PAGE else "",
        "keeps": viewer(request).roles("quan_tri"),
        "help": HELP,
    }
    return render(request, "core/persons.html", context)


@login_required
@require_GET
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person: posts over the years, delegations given and taken, accounts."""
    helping.inside(request)
    one: Person = helping.found(Person, public_id)
    look = viewer(request)
    posts = one.posts.select_related("unit").order_by("-since", "-id")
    given = Delegation.objects.filter(giver__person=one).select_related("taker__person", "giver__unit")
    taken = Delegation.objects.filter(taker__person=one).select_related("giver__person", "taker__unit")
    sees_accounts = look.roles("quan_tri") or look.roles("thu_truong") or look.roles("kiem_tra")
    context = {
        "title": one.name,
        "person": one,
        "posts": [(p, helping.post_words(p), p.holds(look.day)) for p in posts],
        "given": given.order_by("-since"),
        "taken": taken.order_by("-since"),
        "accounts": rows_for(request.user, Account).filter(person=one).distinct() if sees_accounts else None,
        "keeps": look.roles("quan_tri"),
        "day": look.day,
        "crumbs": _crumbs((one.name, "")),
        "help": HELP,
    }
    return render(request, "core/person.html", context)


@login_required
def add_person(request: HttpRequest) -> HttpResponse:
    """A new person."""
    helping.only(request, "quan_tri")
    form = forms.PersonForm(request.POST or None, initial={"key": fresh_key()})

    def make(data: dict[str, Any]) -> AddPerson:
        return AddPerson(AddPerson.Input(data["name"], data["code"], data["outside"], data["note"]))

    context = {"title": AddPerson.title, "button": AddPerson.title, "crumbs": _crumbs((AddPerson.title, "")),
               "cancel": reverse("core:persons"), "help": HELP}  # fmt: skip
    return act_page(
        request, form, make, back=lambda done: reverse("core:person", args=[done.event.data["person"]]),
        context=context,
    )  # fmt: skip


@login_required
def appoint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A post for a person."""
    helping.only(request, "quan_tri")
    one: Person = helping.found(Person, public_id)
    form = forms.AppointForm(request.POST or None, initial={"key": fresh_key(), "post": "cong_chuc"})
    form.fields["unit"].choices = [helping.CHOOSE, *helping.unit_choices(viewer(request).day)]

    def make(data: dict[str, Any]) -> Appoint:
        unit = helping.unit_of(data["unit"])
        assert unit is not None
        rest = {name: data[name] for name in ("post", "since", "deputy", "title", "document", "until")}
        return Appoint(Appoint.Input(one, unit, **rest))

    page = reverse("core:person", args=[one.public_id])
    context = {"title": f"{Appoint.title}: {one.name}", "button": "Ghi chức vụ", "cancel": page,
               "crumbs": _crumbs((one.name, page), ("Chức vụ mới", "")), "help": HELP}  # fmt: skip
    return act_page(request, form, make, back=lambda done: page, context=context)


@login_required
def end_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person leaves a post."""
    helping.only(request, "quan_tri")
    one: Post = helping.found(Post, public_id)
    form = forms.EndPostForm(request.POST or None, initial={"key": fresh_key()})
    page = reverse("core:person", args=[one.person.public_id])
    context = {
        "title": f"{EndPost.title}: {one.person.name}",
        "about": f"{helping.post_words(one)}, {one.unit.name}, từ ngày {one.since:%d/%m/%Y}. Ủy quyền liên quan đến "
        "chức vụ này kết thúc cùng ngày. Tài khoản không tự khóa: hãy xem lại vai trò của người này.",
        "button": EndPost.title,
        "cancel": page,
        "crumbs": _crumbs((one.person.name, page), (EndPost.title, "")),
        "help": HELP,
    }
    return act_page(
        request, form, lambda data: EndPost(EndPost.Input(one, data["until"], data["document"])),
        back=lambda done: page, context=context,
    )  # fmt: skip


@login_required
@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """Written delegations: those that hold, then those that ended."""
    helping.inside(request)
    look = viewer(request)
    rows = Delegation.objects.select_related("giver__person", "giver__unit", "taker__person", "taker__unit")

    def shown(one: Delegation) -> dict[str, Any]:
        own = one.giver.person_id == look.account.person_id
        return {
            "row": one,
            "acts": ", ".join(ACTS.get(a, a) for a in one.acts) or "mọi việc được phép ủy quyền",
            "levels": ", ".join(LEVELS.get(v, v) for v in one.levels) or "mọi độ mật",
            "may_end": one.until is None or one.until > look.day,
            "keeps": own or look.roles("quan_tri"),
        }

    holding = rows.filter(in_force(look.day), in_force(look.day, "giver__")).order_by("until", "id")
    context = {
        "title": "Ủy quyền bằng văn bản",
        "holding": [shown(d) for d in holding],
        "others": [shown(d) for d in rows.exclude(pk__in=holding).order_by("-since", "-id")[:PAGE]],
        "keeps": look.roles("quan_tri") or look.roles("thu_truong"),
        "help": HELP,
    }
    return render(request, "core/delegations.html", context)


@login_required
def delegate(request: HttpRequest) -> HttpResponse:
    """A new delegation; a leader records their own, the administrator anybody's."""
    helping.only(request, "quan_tri", "thu_truong")
    look = viewer(request)
    form = forms.DelegateForm(request.POST or None, initial={"key": fresh_key(), "since": look.day})
    choices = helping.post_choices(look.day)
    own = {str(p.public_id) for p in look.account.person.posts_on(look.day)}
    givers = choices if look.roles("quan_tri") else [c for c in choices if c[0] in own]
    form.fields["giver"].choices = [helping.CHOOSE, *givers]
    form.fields["taker"].choices = [helping.CHOOSE, *choices]

    def make(data: dict[str, Any]) -> Delegate:
        giver, taker = (Post.objects.get(public_id=data[side]) for side in ("giver", "taker"))
        scope = {"acts": tuple(data["acts"]), "levels": tuple(data["levels"]), "until": data["until"]}
        return Delegate(Delegate.Input(giver, taker, data["since"], data["document"], **scope))

    page = reverse("core:delegations")
    context = {"title": Delegate.title, "button": "Ghi việc ủy quyền", "cancel": page,
               "crumbs": [("Ủy quyền", page), ("Ủy quyền mới", "")], "help": HELP}  # fmt: skip
    return act_page(request, form, make, back=lambda done: page, context=context)


@login_required
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A delegation is taken back."""
    one: Delegation = helping.found(Delegation, public_id)
    if one.giver.person_id != helping.account_of(request).person_id:
        helping.only(request, "quan_tri")
    form = forms.RevokeForm(request.POST or None, initial={"key": fresh_key(), "until": viewer(request).day})
    page = reverse("core:delegations")
    context = {
        "title": RevokeDelegation.title,
        "about": f"{one.giver.person.name} ủy quyền cho {one.taker.person.name} theo {one.document}.",
        "button": RevokeDelegation.title,
        "cancel": page,
        "crumbs": [("Ủy quyền", page), (RevokeDelegation.title, "")],
        "help": HELP,
    }
    return act_page(
        request, form,
        lambda data: RevokeDelegation(RevokeDelegation.Input(one, data["until"], data["document"])),
        back=lambda done: page, context=context,
    )  # fmt: skip
