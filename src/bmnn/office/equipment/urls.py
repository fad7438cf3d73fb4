"""Addresses of the register of equipment; every id in them is random."""

from __future__ import annotations

from django.urls import path, re_path

from bmnn.office.equipment.views import checks, doing, importing, register

app_name = "equipment"
urlpatterns = [
    path("", register.devices, name="list"),
    path("xuat/", register.sheet, name="sheet"),
    path("mau/", register.template, name="template"),
    path("in/<uuid:public_id>/", register.book, name="book"),
    path("dang-ky/", doing.register, name="register"),
    path("nhap/", importing.start, name="import"),
    path("nhap/xong/", importing.finish, name="import_finish"),
    path("may/<uuid:public_id>/", register.device, name="device"),
    path("may/<uuid:public_id>/ban-giao/", doing.hand, name="hand"),
    path("may/<uuid:public_id>/go-niem-phong/<uuid:seal_id>/", doing.seal_off, name="seal_off"),
    path("may/<uuid:public_id>/<slug:what>/", doing.act, name="act"),
    path("kiem-tra/", checks.checks, name="checks"),
    path("kiem-tra/moi/", checks.upload, name="upload"),
    path("kiem-tra/dang-chay/<uuid:public_id>/", checks.job, name="job"),
    path("kiem-tra/dang-chay/<uuid:public_id>/dung/", checks.cancel, name="cancel"),
    path("kiem-tra/dang-chay/<uuid:public_id>/luu/", checks.keep, name="keep"),
    path("kiem-tra/lan/<uuid:public_id>/", checks.check, name="check"),
    path("kiem-tra/lan/<uuid:public_id>/bien-ban/", checks.make_minutes, name="minutes"),
    path("kiem-tra/phat-hien/<uuid:public_id>/tra-loi/", checks.answer, name="answer"),
    path("kiem-tra/phat-hien/<uuid:public_id>/khac-phuc/", checks.remedy, name="remedy"),
    re_path(
        r"^kiem-tra/bien-ban/(?P<public_id>[0-9a-f-]{36})/(?P<form>pdf|docx)/$",
        checks.print_minutes,
        name="print_minutes",
    ),
    path("khac-phuc/", checks.remedies, name="remedies"),
    path("khac-phuc/<uuid:public_id>/", checks.close_remedy, name="close_remedy"),
]
