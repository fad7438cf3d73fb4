"""Pages for what went wrong, in words a clerk understands. "Not allowed" and "not there" look the same: 404."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "words": words}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. Needs nothing of the request: it may be broken in any part."""
    return HttpResponse(
        render_to_string(
            "web/broken.html",
            {
                "title": "Yêu cầu không hợp lệ",
                "words": "Máy chủ không hiểu yêu cầu này, hoặc tệp gửi lên quá lớn. Hãy quay lại trang trước "
                "rồi làm lại.",
            },
        ),
        status=400,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 is answered as 404: who may not see a thing does not learn that it is there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request,
        404,
        "Không có trang này",
        "Địa chỉ không đúng, hoặc nội dung không thuộc phạm vi công việc được giao của bạn. Nếu cần xem để làm "
        "việc, hãy đề nghị thủ trưởng phân công bằng văn bản rồi báo văn thư.",
    )


def not_by_address(request: HttpRequest) -> HttpResponse:
    """405: the address answers a form only."""
    return _page(
        request,
        405,
        "Trang này chỉ mở được từ biểu mẫu",
        "Địa chỉ này nhận một biểu mẫu, không mở thẳng được. Nếu bạn vừa đăng nhập lại giữa chừng: biểu mẫu chưa được "
        "ghi, hãy mở lại từ thực đơn rồi nhập lại.",
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose key no longer fits: the session changed since it was opened."""
    return _page(
        request,
        403,
        "Biểu mẫu đã hết hiệu lực",
        "Bạn đã đăng nhập lại hoặc phiên làm việc đã kết thúc sau khi mở biểu mẫu này; chưa có gì được ghi. Hãy "
        "quay lại, tải lại trang rồi nhập lại.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500. Drawn without database, session or menu: any of them may be what is broken."""
    return HttpResponse(
        render_to_string(
            "web/broken.html",
            {
                "title": "Có lỗi trong chương trình",
                "words": "Việc vừa làm chưa được ghi. Hãy thử lại một lần; nếu vẫn lỗi, báo người quản trị máy "
                "kèm giờ xảy ra và việc đang làm.",
            },
        ),
        status=500,
    )
