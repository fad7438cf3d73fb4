"""Pages of work that runs in the background: how far it is, stopping it, putting its result on file."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bmnn.office.core.engine import Act, Done, Refused, perform
from bmnn.office.core.jobs import Job, Progress
from bmnn.office.web.doing import viewer

J = TypeVar("J", bound=Job[Any])


def job_or_404(request: HttpRequest, kind: type[J], public_id: uuid.UUID) -> J:
    """The person's own job; Http404 for anybody else's, as if it did not exist."""
    found = kind.of(viewer(request).account, public_id)
    if found is None:
        raise Http404
    return found


def too_much(files: list[UploadedFile], count: int, size: int) -> bool:
    """Whether more than `count` files or `size` bytes are sent."""
    return len(files) > count or sum(f.size or 0 for f in files) > size


@dataclass(frozen=True)
class Urls:
    """Addresses of one job: its page, what stops it, what puts its result on file, where one begins again."""

    page: str
    cancel: str
    keep: str
    again: str

    @classmethod
    def of(cls, names: Sequence[str], job: Job[Any]) -> Urls:
        """From the names of the four addresses."""
        *own, again = names
        return cls(*(reverse(name, args=[job.id]) for name in own), reverse(again))


def polled(request: HttpRequest, progress: Progress, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to the page that asks every second: the progress (`progress_template` of the context), or a reload
    once the work is over. None: the whole page is wanted."""
    if not request.headers.get("HX-Request"):
        return None
    if progress.state == "running":
        return render(request, context["progress_template"], context)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def stop(request: HttpRequest, job: Job[Any], what: str, *, page: str, others: str) -> HttpResponse:
    """Stop the work (`what`: «việc …») and stay on its `page`, or drop a result and go to the `others`; nothing is
    kept."""
    if job.progress().state == "running":
        job.cancel()
        messages.info(request, f"Đang dừng {what}; không có gì được lưu.")
        return HttpResponseRedirect(page)
    job.forget()
    messages.info(request, "Đã bỏ kết quả; không có gì được lưu vào hồ sơ.")
    return HttpResponseRedirect(others)


def put_on_file(request: HttpRequest, act: Act, *, page: str, filed: Callable[[Done], str]) -> HttpResponse:
    """Do the act that keeps the result and go where `filed` says, or tell on the job's `page` why it is refused."""
    try:
        done = perform(act, request.user, request.POST.get("key", ""))
    except Refused as refused:
        for r in refused.refusals:
            messages.error(request, r.message)
        return HttpResponseRedirect(page)
    label, number = next(iter(done.numbers.items()))
    messages.success(request, f"Đã đưa kết quả vào hồ sơ, {label.removeprefix('Số ')} số {number:02d}.")
    return HttpResponseRedirect(filed(done))
