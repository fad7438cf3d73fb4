"""Danh mục bí mật nhà nước: the lists in force on a day, their items, and what the agency entered itself."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bmnn.law.vocabulary import LEVELS
from bmnn.office.core.acts.list_items import AddListItem, WithdrawListItem
from bmnn.office.core.lawview import law_on
from bmnn.office.core.views import helping
from bmnn.office.core.views.law import COMPARERS, HELP, crumbs, hidden_items, may_compare
from bmnn.office.web.doing import act_page, fresh_key
from bmnn.office.web.fields import ActForm, choice, line_field
from bmnn.vietnamese import fold


class ItemForm(ActForm):
    """An item as the decision has it, restated briefly."""

    decision = choice("Quyết định, danh mục", [])
    level = choice("Độ mật", [("", "Chọn độ mật"), *LEVELS.items()])
    place = line_field("Điều, khoản, điểm", help_text="Ví dụ: Điều 3 khoản 2 điểm a.")
    text = line_field(
        "Nội dung rút gọn", rows=3, help_text="Diễn đạt ngắn để tra cứu; không chép nội dung mật."
    )
    ends_when = line_field(
        "Điều kiện hết mật", required=False, help_text="Ví dụ: chưa công khai; trước khi công bố kết luận."
    )
    note = line_field("Ghi chú", required=False)


class WithdrawForm(ActForm):
    """Why an entry is taken back."""

    reason = line_field("Lý do")
    rule = django_forms.CharField(widget=django_forms.HiddenInput)


@login_required
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of the day with the number of items held; one of them open, or the items found by words."""
    helping.inside(request)
    given = request.POST if request.method == "POST" else request.GET
    day, wrong = helping.day_asked(request)
    words, level = given.get("q", "").strip()[:200], given.get("do", "")
    view = law_on(day)
    hidden = hidden_items(request, view)
    every = sorted(view.lists(), key=lambda one: fold(one.field))
    seen = [one for one in every if not hidden & {item.rule.key for item in one.items}]
    chosen = next((one for one in every if one.key == given.get("qd", "")), None)
    wanted = fold(words).split()
    found = []
    for one in seen if words else [chosen] if chosen in seen else []:
        assert one is not None
        for item in one.items:
            text = fold(f"{item.code} {item.text} {item.place} {item.ends_when} {one.field} {one.number}")
            if (not level or item.level == level) and all(word in text for word in wanted):
                found.append((item, one))
    context = {
        "title": "Danh mục bí mật nhà nước",
        "lists": every,
        "held": sum(len(one.items) for one in seen),
        "chosen": chosen,
        "hidden": chosen is not None and chosen not in seen,
        "items": found,
        "levels": LEVELS,
        "level": level,
        "q": words,
        "day": day,
        "wrong": wrong,
        "compares": may_compare(request),
        "crumbs": crumbs(("Danh mục bí mật nhà nước", "")),
        "help": HELP,
    }
    return render(request, "core/law_lists.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_item(request: HttpRequest) -> HttpResponse:
    """Enter an item from the decision itself."""
    helping.only(request, *COMPARERS)
    form = ItemForm(request.POST or None, initial={"key": fresh_key(), "decision": request.GET.get("qd", "")})
    every = sorted(law_on(timezone.localdate()).lists(), key=lambda one: fold(one.field))
    field = form.fields["decision"]
    assert isinstance(field, django_forms.ChoiceField)
    field.choices = [(one.key, f"{one.field} ({one.number or 'không đăng công khai'})") for one in every]
    return act_page(
        request,
        form,
        lambda d: AddListItem(
            AddListItem.Input(d["decision"], d["level"], d["place"], d["text"], d["ends_when"], d["note"])
        ),
        back=lambda done: f"{reverse('core:law_lists')}?qd={request.POST.get('decision', '')}",
        context={
            "title": AddListItem.title,
            "button": AddListItem.title,
            "about": "Danh mục quốc phòng, an ninh, cơ yếu không đăng công khai: đơn vị tự nhập từ bản gốc, chỉ giữ "
            "trong máy này.",
            "cancel": reverse("core:law_lists"),
            "crumbs": crumbs(
                ("Danh mục bí mật nhà nước", reverse("core:law_lists")), (AddListItem.title, "")
            ),
            "help": HELP,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_item(request: HttpRequest) -> HttpResponse:
    """Take back an item the agency entered."""
    helping.only(request, *COMPARERS)
    address = request.POST.get("rule") or request.GET.get("ma", "")
    own = law_on(timezone.localdate()).overlay.added.get(address)
    if own is None:
        raise Http404
    form = WithdrawForm(request.POST or None, initial={"key": fresh_key(), "rule": address})
    return act_page(
        request,
        form,
        lambda d: WithdrawListItem(WithdrawListItem.Input(d["rule"], d["reason"])),
        back=lambda done: f"{reverse('core:law_lists')}?qd={own.value['decision']}",
        context={
            "title": WithdrawListItem.title,
            "button": WithdrawListItem.title,
            "about": f"{own.title}. Tài liệu đã xác định theo mục này vẫn giữ căn cứ.",
            "cancel": reverse("core:law_lists"),
            "crumbs": crumbs(("Danh mục bí mật nhà nước", reverse("core:law_lists")), ("Rút mục", "")),
            "help": HELP,
        },
    )
