"""Addresses of guidance; every id in them is random."""

from __future__ import annotations

from django.urls import path

from bmnn.office.guidance.views import bodies, documents, plans, regulations, sources, tasks

app_name = "guidance"
urlpatterns = [
    path("van-ban/", documents.listing, name="documents"),
    path("van-ban/ghi/", documents.issue, name="issue"),
    path("van-ban/<uuid:public_id>/", documents.document, name="document"),
    path("van-ban/<uuid:public_id>/bang/", documents.matrix_page, name="matrix"),
    path("van-ban/<uuid:public_id>/chuoi/", documents.chain_page, name="chain"),
    path("nap/", sources.upload, name="upload"),
    path("nap/<uuid:public_id>/", sources.source, name="source"),
    path("nap/<uuid:public_id>/<str:in_file>/", sources.confirm, name="confirm"),
    path("diem/<uuid:public_id>/giao/", tasks.give, name="give"),
    path("diem/<uuid:public_id>/gop/", documents.merge, name="merge"),
    path("diem/<uuid:public_id>/bo/", documents.drop, name="drop"),
    path("diem/<uuid:public_id>/tra-loi/", documents.answer, name="answer"),
    path("viec/", tasks.mine, name="mine"),
    path("viec/qua-han/", tasks.late, name="late"),
    path("viec/danh-gia/", tasks.rating, name="rating"),
    path("viec/<uuid:public_id>/", tasks.due, name="due"),
    path("viec/<uuid:public_id>/bao-cao/", tasks.report, name="report"),
    path("viec/<uuid:public_id>/duyet/", tasks.close, name="close"),
    path("viec/<uuid:public_id>/tra-lai/", tasks.give_back, name="return"),
    path("viec/<uuid:public_id>/doi-han/", tasks.change_day, name="change_day"),
    path("viec/<uuid:public_id>/su-viec/", tasks.happened, name="happened"),
    path("viec/<uuid:public_id>/rut/", tasks.withdraw, name="withdraw"),
    path("viec/<uuid:public_id>/don-doc/", tasks.reminder, name="reminder"),
    path("ke-hoach/", plans.listing, name="plans"),
    path("ke-hoach/lap/", plans.draft, name="draft_plan"),
    path("ke-hoach/<uuid:public_id>/", plans.plan, name="plan"),
    path("ke-hoach/<uuid:public_id>/duyet/", plans.approve, name="approve_plan"),
    path("ke-hoach/<uuid:public_id>/in/", plans.print_plan, name="print_plan"),
    path("ke-hoach/muc/<uuid:public_id>/giao/", tasks.give_item, name="give_item"),
    path("quy-che/", regulations.listing, name="regulations"),
    path("quy-che/ghi/", regulations.register, name="register_regulation"),
    path("to-chuc/", bodies.listing, name="bodies"),
    path("to-chuc/lap/", bodies.set_up, name="set_up_body"),
    path("to-chuc/<uuid:public_id>/", bodies.body, name="body"),
    path("to-chuc/<uuid:public_id>/hop/", bodies.meeting, name="meeting"),
]
