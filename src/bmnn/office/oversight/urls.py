"""Addresses of oversight; every id in them is random."""

from __future__ import annotations

from django.urls import path, re_path

from bmnn.office.oversight.views import findings, removals, scans

app_name = "oversight"
urlpatterns = [
    path("ra-soat/", scans.scans, name="scans"),
    path("ra-soat/moi/", scans.new, name="new_scan"),
    path("ra-soat/dang-chay/<uuid:public_id>/", scans.job, name="scan_job"),
    path("ra-soat/dang-chay/<uuid:public_id>/dung/", scans.cancel, name="scan_cancel"),
    path("ra-soat/dang-chay/<uuid:public_id>/luu/", scans.keep, name="scan_keep"),
    path("ra-soat/lan/<uuid:public_id>/", scans.scan, name="scan"),
    path("ra-soat/muc/<uuid:public_id>/", findings.finding, name="finding"),
    path("ra-soat/muc/<uuid:public_id>/anh/<str:number>/", findings.crop, name="crop"),
    path("ra-soat/lan/<uuid:public_id>/bien-ban/", removals.issue, name="removal"),
    path("ra-soat/muc/<uuid:public_id>/go-bo/", removals.remove, name="remove_copy"),
    path("go-bo/", removals.removals, name="removals"),
    re_path(
        r"^go-bo/(?P<public_id>[0-9a-f-]{36})/(?P<form>pdf|docx)/$",
        removals.print_minutes,
        name="print_removal",
    ),
]
