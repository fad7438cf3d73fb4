"""An answer without a page gets one: a browser would show its own, in its own language."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bmnn.office.web.errors import not_by_address

Answer = Callable[[HttpRequest], HttpResponse]


class PageForWrongMethod:
    """Turns the empty 405 into words. It is met after signing in again on the address of a form."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code != 405 or response.content:
            return response
        page = not_by_address(request)
        page["Allow"] = response["Allow"]
        return page
