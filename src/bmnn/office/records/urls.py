"""Addresses of the registers; every id in them is random."""

from __future__ import annotations

from django.urls import path, re_path

from bmnn.office.records.views import items, keeping, lists, old, paper

app_name = "records"
urlpatterns = [
    path("so/", lists.shelf, name="shelf"),
    path("tim/", lists.find, name="find"),
    path("so/mo/", keeping.open_book, name="open_book"),
    path("so/nhan-so-cu/", old.open_old, name="open_old"),
    path("so/<uuid:public_id>/nhap-so-cu/", old.lines, name="old_lines"),
    path("so/<uuid:public_id>/bang-mau/", old.sheet_template, name="sheet_template"),
    path("so/<uuid:public_id>/tu-bang-tinh/", old.read_sheet, name="import"),
    path("so/<uuid:public_id>/", lists.book, name="book"),
    path("so/<uuid:public_id>/in/", paper.print_book, name="print"),
    path("mau-dau/", paper.stamps, name="stamps"),
    path("so/<uuid:public_id>/nhap/", keeping.register_in, name="register_in"),
    re_path(
        r"^so/(?P<public_id>[0-9a-f-]{36})/(?P<what>khoa-quyen|mo-quyen|khoa-so)/$",
        keeping.volume,
        name="volume",
    ),
    path("dong/<uuid:public_id>/dinh-chinh/", keeping.correct, name="correct"),
    path("dong/<uuid:public_id>/huy-so/", keeping.void_number, name="void_number"),
    path("de-xuat/", items.propose, name="propose"),
    path("de-xuat/danh-muc/", items.list_items, name="list_items"),
    path("de-xuat/cua-toi/", lists.mine, name="mine"),
    path("cho-xac-dinh/", lists.queue, name="queue"),
    path("de-xuat/<uuid:public_id>/", items.decide, name="decide"),
    path("cho-dang-ky/", lists.to_register, name="to_register"),
    path("sap-het-han/", lists.ending, name="ending"),
    path("dang-giu/", lists.held, name="held"),
    path("cho-ky-nhan/", lists.receipts, name="receipts"),
    path("muc/<uuid:public_id>/", items.item, name="item"),
    path("muc/<uuid:public_id>/dang-ky-di/", items.register_out, name="register_out"),
    path("ban/<uuid:public_id>/chuyen-giao/", items.hand_over, name="hand_over"),
    path("ban/<uuid:public_id>/ky-nhan/", items.acknowledge, name="acknowledge"),
    path("ban/<uuid:public_id>/tra-lai/", items.return_wrong, name="return_wrong"),
]
