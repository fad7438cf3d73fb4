"""Reminder letters and the annual plan on paper, in the format of the body that issues them."""

from __future__ import annotations

from datetime import date

from bmnn.law.vocabulary import post_words
from bmnn.office.core.models import Unit
from bmnn.office.core.models.organisation import in_force
from bmnn.office.guidance.models import Due, Plan
from bmnn.office.web.paper import head
from bmnn.printing import Column, Document, Heading, Paragraph, Signature, Table


def signer(unit: Unit, day: date) -> Signature:
    """Who signs for the unit: its head on the day, with the printed title of the post."""
    post = unit.posts.filter(in_force(day), deputy=False).select_related("person").order_by("id").first()
    if post is None:
        return Signature(role="THỦ TRƯỞNG CƠ QUAN")
    return Signature(role=(post.title or post_words(post.post)).upper(), name=post.person.name)


def reminder(due: Due, today: date) -> Document:
    """The letter that urges a unit to do what is past its date."""
    task, giver = due.task, due.task.giver
    days = due.days_late(today)
    origin = f"{task.point.document}, {str(task.point).lower()}" if task.point else str(task.plan_item.plan)
    overdue = f", đến nay đã quá hạn {days} ngày" if days else ""
    dated = (
        f"Thời hạn hoàn thành là ngày {due.day:%d/%m/%Y}{overdue}." if due.day else "Đến nay chưa có báo cáo."
    )
    return Document(
        head=head(giver, today, "UBND" if giver.kind == "ubnd" else "CV"),
        kind="",
        subject="đôn đốc thực hiện nhiệm vụ bảo vệ bí mật nhà nước",
        to=(due.unit.name_on(today).split(" (")[0],),
        body=(
            Paragraph(
                f"Thực hiện {origin}, ngày {task.given_on:%d/%m/%Y} {giver.name_on(today).split(' (')[0]} đã giao "
                f"cơ quan, đơn vị thực hiện nhiệm vụ: {task.action.rstrip('.')}."
            ),
            Paragraph(dated),
            Paragraph(
                "Đề nghị cơ quan, đơn vị khẩn trương thực hiện và báo cáo kết quả kèm tài liệu chứng minh; nêu rõ "
                "nguyên nhân chậm và thời gian hoàn thành."
            ),
        ),
        signatures=(signer(giver, today),),
        recipients=("Như trên;", "Lưu: VT."),
    )


def plan_document(plan: Plan) -> Document:
    """The annual plan with its table of tasks."""
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nhóm việc", 1.3),
        Column("Nội dung", 3.2),
        Column("Chủ trì", 1.4),
        Column("Phối hợp", 1.4),
        Column("Thời gian", 1.1),
        Column("Sản phẩm", 1.3),
        Column("Kinh phí", 0.9),
        Column("Căn cứ", 1.5),
    )
    rows = [
        (str(n), i.group, i.text, i.lead, i.helpers, i.when, i.product, i.cost, i.origin)
        for n, i in enumerate(plan.items.all(), 1)
    ]
    goals = [Paragraph(p) for p in plan.goals.splitlines() if p.strip()]
    return Document(
        head=head(
            plan.unit, plan.approved_on or plan.drafted_on, "KH-UBND" if plan.unit.kind == "ubnd" else "KH"
        ),
        kind="KẾ HOẠCH",
        subject=f"Công tác bảo vệ bí mật nhà nước năm {plan.year}",
        body=(
            Heading("I. MỤC ĐÍCH, YÊU CẦU"),
            *(goals or [Paragraph("Thực hiện đúng quy định của pháp luật về bảo vệ bí mật nhà nước.")]),
            Heading("II. NỘI DUNG, PHÂN CÔNG THỰC HIỆN"),
            Table(columns, rows),
            Heading("III. TỔ CHỨC THỰC HIỆN"),
            Paragraph(
                "Các cơ quan, đơn vị được phân công thực hiện theo đúng thời gian, báo cáo kết quả; vụ lộ, mất bí mật "
                "nhà nước phải báo cáo ngay khi phát hiện."
            ),
        ),
        signatures=(signer(plan.unit, plan.approved_on or plan.drafted_on),),
        recipients=("Như mục II;", "Lưu: VT."),
        landscape=True,
        mark="" if plan.state == "approved" else "DỰ THẢO",
    )
