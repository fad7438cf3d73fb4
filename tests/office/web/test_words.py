"""Nothing a person can meet is in English: Django's texts, forms, dates, the pages of the frame."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import django
import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils import translation
from django.utils.dateformat import format as show_date
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext

import bmnn.office
from bmnn.office.web.fields import ActForm
from tests.office.web import po

LETTERS = re.compile(r"[^\W\d_]+")
MARKED = re.compile(r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|this|that|is|are|not|and|or|must|enter|ensure|value|please|select|valid|field|required|page|with)\b",
    re.IGNORECASE,
)
# Names of languages, the pages of a developer's server and of the framework's own sign-up mail are never shown.
NEVER_SHOWN = re.compile(
    r"DEBUG|Django|install worked|Referer|tutorial|documentation|community|contribute|CSRF cookie|cookies"
    r"|To reset your password|password reset|Password reset|resetting|Thanks for using|Topics, references",
    re.IGNORECASE,
)


def _languages(entries: list[po.Entry]) -> set[str]:
    """The texts before the first that is no name of a language: they open Django's file."""
    names: set[str] = set()
    for entry in entries:
        if entry.text == "Messages":
            break
        names.add(entry.text)
    return names


def _django_texts() -> list[po.Entry]:
    base = Path(django.__file__).parent
    main = po.read(base / "conf/locale/en/LC_MESSAGES/django.po")
    names = _languages(main)
    auth = po.read(base / "contrib/auth/locale/en/LC_MESSAGES/django.po")
    return [e for e in [*main, *auth] if e.text and e.text not in names and not NEVER_SHOWN.search(e.text)]


def test_every_text_of_django_that_can_be_shown_has_vietnamese_words() -> None:
    untranslated = []
    catalogue = {e.key for e in po.read(po.OURS)}
    with translation.override("vi"):
        for entry in _django_texts():
            if entry.key in catalogue or not LETTERS.search(
                re.sub(r"%\(\w+\)\w|%\w|\{\w+\}", "", entry.text)
            ):
                continue
            if entry.plural:
                said = ngettext(entry.text, entry.plural, 2)
                same = said in (entry.text, entry.plural)
            else:
                said = pgettext(entry.context, entry.text) if entry.context else gettext(entry.text)
                same = said == entry.text
            # Formats of dates and single names such as "URL" stand as they are.
            if same and ENGLISH.search(entry.text):
                untranslated.append(entry.text)
    assert untranslated == []


def test_the_binary_catalogue_is_the_written_one() -> None:
    assert po.OURS.with_suffix(".mo").read_bytes() == po.compiled(po.read(po.OURS))


class _Everything(forms.Form):
    """One field of every kind, each given something it refuses."""

    whole = forms.IntegerField(min_value=3, max_value=5, step_size=2)
    number = forms.DecimalField(max_digits=3, decimal_places=1)
    real = forms.FloatField()
    day = forms.DateField()
    hour = forms.TimeField()
    moment = forms.DateTimeField()
    long = forms.DurationField()
    short = forms.CharField(max_length=2)
    lengthy = forms.CharField(min_length=9)
    pattern = forms.RegexField("^x$")
    mail = forms.EmailField()
    address = forms.URLField(assume_scheme="http")
    network = forms.GenericIPAddressField()
    slug = forms.SlugField()
    ident = forms.UUIDField()
    data = forms.JSONField()
    one = forms.ChoiceField(choices=[("a", "a")])
    many = forms.MultipleChoiceField(choices=[("a", "a")])
    typed = forms.TypedChoiceField(choices=[("a", "a")], coerce=int)
    yes = forms.BooleanField()
    paper = forms.FileField()
    picture = forms.FileField(validators=[validators.FileExtensionValidator(["pdf"])])
    null = forms.CharField()


BAD = {
    "whole": "4x",
    "number": "12345.67",
    "real": "x",
    "day": "31/02/2026",
    "hour": "25:99",
    "moment": "x",
    "long": "x",
    "short": "abc",
    "lengthy": "a",
    "pattern": "y",
    "mail": "x",
    "address": "::",
    "network": "x",
    "slug": "a b",
    "ident": "x",
    "data": "{",
    "one": "z",
    "many": ["z"],
    "typed": "z",
    "null": "a\0b",
}


def _said(form: Any) -> list[str]:
    return [str(m) for messages in form.errors.values() for m in messages]


@pytest.mark.parametrize("data", [{}, BAD, BAD | {"whole": "1"}, BAD | {"whole": "9"}, BAD | {"whole": "4"}])
def test_every_refusal_of_a_form_is_vietnamese(data: dict[str, Any]) -> None:
    with translation.override("vi"):
        said = _said(_Everything(data))
    assert len(said) >= len(_Everything.base_fields) - 3
    assert [m for m in said if ENGLISH.search(m) or not MARKED.search(m)] == []


def test_formsets_speak_vietnamese() -> None:
    class Line(forms.Form):
        name = forms.CharField()

    kind = formset_factory(Line, min_num=2, max_num=1, validate_min=True, validate_max=True)
    filled = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0", "form-0-name": "a", "form-1-name": "b"}
    with translation.override("vi"):
        broken, too_many = kind({}), kind(filled | {"form-2-name": "c"})
        said = [str(m) for m in [*broken.non_form_errors(), *too_many.non_form_errors()]]
    assert len(said) == 2
    assert [m for m in said if ENGLISH.search(m) or not MARKED.search(m)] == []


@pytest.mark.parametrize("password", ["ngan", "123456789012345678", "password12345678", "van-thu-van-thu-1"])
def test_password_rules_speak_vietnamese(password: str) -> None:
    from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

    from bmnn.office.core.models import Account

    with translation.override("vi"):
        said = [str(t) for t in password_validators_help_texts()]
        try:
            validate_password(password, Account(username="van-thu-van-thu"))
        except ValidationError as error:
            said += [str(m) for m in error.messages]
    assert [m for m in said if ENGLISH.search(m) or not MARKED.search(m)] == []


def test_days_and_months_have_vietnamese_names() -> None:
    with translation.override("vi"):
        words = {show_date(localtime().replace(month=m, day=m), "l F D M") for m in range(1, 13)}
    assert all(MARKED.search(w) for w in words)
    assert not any(re.search(r"day|January|March|Mon\b|Sat\b", w) for w in words)


def test_a_missing_answer_is_named_at_every_field_of_every_form() -> None:
    """«Chưa nhập trích yếu», never the framework's one sentence for all; and never «Chưa nhập từ ngày»."""
    for found in pkgutil.walk_packages(bmnn.office.__path__, "bmnn.office."):
        if found.name.endswith("forms"):
            importlib.import_module(found.name)
    ours: Any = [form for form in every(ActForm) if form.__module__.startswith("bmnn.")]
    assert len(ours) > 30
    for form in ours:
        for name, field in form.base_fields.items():
            if not field.required or field.widget.is_hidden:
                continue
            words = str(field.error_messages["required"])
            assert re.match(r"(Chưa|Hãy) ", words), (form, name, words)
            assert not re.match(r"Chưa nhập (từ|đến|thu hồi|gõ|thôi) ", words), (form, name, words)
            assert not words.endswith((" của.", " vào.", " ở.")), (form, name, words)
            # «Loại USB» is asked for as «loại USB», never «loại usb».
            kept = [
                a for a in re.findall(r"[A-ZĐ]{2,}", str(field.label or "")) if a.lower() in words.lower()
            ]
            assert all(a in words for a in kept), (form, name, words)
            for _, choice in getattr(field, "choices", ()):
                assert not re.search(r"\((vid|pid)\)", str(choice)), (form, name, choice)


def every(form: type) -> list[type]:
    """The class and all that follow it."""
    return [form, *(one for sub in form.__subclasses__() for one in every(sub))]
