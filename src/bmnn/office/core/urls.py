"""Addresses of the organisation, the accounts and the state of the system. They carry public ids only."""

from __future__ import annotations

from django.urls import path

from bmnn.office.core.views import accounts, law, law_compare, law_lists, persons, system, units

app_name = "core"
urlpatterns = [
    path("to-chuc/", units.tree, name="units"),
    path("to-chuc/don-vi-moi/", units.found_unit, name="found_unit"),
    path("to-chuc/ket-thuc/", units.dissolve_units, name="dissolve_units"),
    path("to-chuc/don-vi/<uuid:public_id>/", units.unit, name="unit"),
    path("to-chuc/don-vi/<uuid:public_id>/thay-doi/", units.change_unit, name="change_unit"),
    path("to-chuc/nguoi/", persons.persons, name="persons"),
    path("to-chuc/nguoi-moi/", persons.add_person, name="add_person"),
    path("to-chuc/nguoi/<uuid:public_id>/", persons.person, name="person"),
    path("to-chuc/nguoi/<uuid:public_id>/chuc-vu/", persons.appoint, name="appoint"),
    path("to-chuc/nguoi/<uuid:public_id>/tai-khoan/", accounts.open_account, name="open_account"),
    path("to-chuc/chuc-vu/<uuid:public_id>/thoi-giu/", persons.end_post, name="end_post"),
    path("to-chuc/uy-quyen/", persons.delegations, name="delegations"),
    path("to-chuc/uy-quyen-moi/", persons.delegate, name="delegate"),
    path("to-chuc/uy-quyen/<uuid:public_id>/thu-hoi/", persons.revoke, name="revoke"),
    path("he-thong/tai-khoan/", accounts.accounts, name="accounts"),
    path("he-thong/tai-khoan/<uuid:public_id>/", accounts.account, name="account"),
    path("he-thong/tai-khoan/<uuid:public_id>/vai-tro/", accounts.set_roles, name="set_roles"),
    path("he-thong/tai-khoan/<uuid:public_id>/mat-khau-tam/", accounts.reset_password, name="reset_password"),
    path("he-thong/tai-khoan/<uuid:public_id>/khoa/", accounts.disable, name="disable"),
    path("he-thong/mat-khau/", accounts.own_password, name="own_password"),
    path("he-thong/", system.state, name="state"),
    path("he-thong/dong-ho/", system.confirm_clock, name="confirm_clock"),
    path("he-thong/phuc-hoi/", system.end_recovery, name="end_recovery"),
    path("he-thong/chot-so/", system.witnesses, name="witnesses"),
    path("he-thong/chot-so/ghi/", system.make_checkpoint, name="make_checkpoint"),
    path("he-thong/chot-so/tai/", system.download_checkpoints, name="download_checkpoints"),
    path("he-thong/nhat-ky-xem/", system.readings, name="readings"),
    path("can-cu/", law.rules, name="law_rules"),
    path("can-cu/quy-dinh/", law.rule, name="law_rule"),
    path("can-cu/xac-nhan/", law_compare.confirm, name="law_confirm"),
    path("can-cu/sua/", law_compare.correct, name="law_correct"),
    path("can-cu/van-ban/", law.instruments, name="law_instruments"),
    path("can-cu/danh-muc/", law_lists.lists, name="law_lists"),
    path("can-cu/danh-muc/nhap/", law_lists.add_item, name="law_add_item"),
    path("can-cu/danh-muc/rut/", law_lists.withdraw_item, name="law_withdraw_item"),
]
