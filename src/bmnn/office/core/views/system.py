"""The state of the system: the self-check, checkpoints for witnesses, clock, recovery, who looked at what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bmnn.ledger import Checkpoint, qr_svg
from bmnn.office.core import checkpoints, forms, recovery, selfcheck
from bmnn.office.core.access import rows_for
from bmnn.office.core.acts.confirm_clock import ConfirmClock
from bmnn.office.core.acts.end_recovery import EndRecovery, LastNumber
from bmnn.office.core.clock import moment_of, trouble
from bmnn.office.core.models import Checkpoint as Row
from bmnn.office.core.models import Counter, Event, LogHead, Reading
from bmnn.office.core.naming import look_words, series_words, stream_words
from bmnn.office.core.views import helping
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.office.web.fields import count

HELP = "sao-luu-va-kiem-tra"
KEEPERS = ("quan_tri", "thu_truong", "van_thu", "kiem_tra")
PAGE = 100


def _last_event() -> datetime | None:
    at = Event.objects.order_by("-id").values_list("at", flat=True).first()
    return moment_of(at) if at else None


@login_required
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """What the start-up check looks at, as it is now, and what is to be done."""
    helping.only(request, *KEEPERS)
    loose, since = checkpoints.loose()
    latest = Row.objects.order_by("-id").values_list("made", flat=True).first()
    last = _last_event()
    now = datetime.now(UTC)
    context = {
        "title": "Tình trạng hệ thống",
        "findings": selfcheck.run(whole=False),
        "events": Event.objects.order_by("-id").values_list("id", flat=True).first() or 0,
        "last": last,
        "now": now,
        "clock": trouble(now, last.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if last else None),
        "loose": loose,
        "loose_since": since,
        "late": bool(since and now - since > timedelta(days=1)),
        "checkpoint": moment_of(latest) if latest else None,
        "backups": sorted((settings.DATA / "backups").glob("*.bmnn-backup"), reverse=True)[:5],
        "recovery": recovery.state(),
        "keeps": viewer(request).roles("quan_tri"),
        "help": HELP,
    }
    return render(request, "core/state.html", context)


@login_required
@require_GET
def witnesses(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint of every log, to print and keep elsewhere: fingerprint and QR code."""
    helping.only(request, *KEEPERS)
    newest = {row.stream: row for row in Row.objects.order_by("id")}
    sizes = dict(LogHead.objects.values_list("stream", "size"))
    shown = []
    for stream, row in sorted(newest.items()):
        point, _ = Checkpoint.parse(row.note)
        behind = sizes.get(stream, 0) - row.size
        made = moment_of(row.made)
        shown.append({"words": stream_words(stream), "point": point, "made": made, "behind": behind})
    context: dict[str, Any] = {
        "title": "Bản chốt sổ",
        "shown": shown,
        "loose": checkpoints.loose()[0],
        "help": HELP,
    }
    if shown:
        printed = checkpoints.paper_fingerprint()
        total = sum(one["point"].size for one in shown)
        slip = f"{checkpoints.site()}\n{total}\n{printed}\n"
        context |= {
            "printed": printed,
            "total": total,
            "site": checkpoints.site(),
            "made": max(one["made"] for one in shown),
            "qr": mark_safe(qr_svg(slip, 0.8)),  # noqa: S308  drawn here, holds no foreign text
        }
    return render(request, "core/witnesses.html", context)


@login_required
@require_POST
def make_checkpoint(request: HttpRequest) -> HttpResponse:
    """Sign how far every log has come, now."""
    helping.only(request, *KEEPERS)
    try:
        made = checkpoints.make("chốt sổ")
    except OSError:
        messages.error(request, "Không đọc được khóa ký của hệ thống. Hãy báo người quản trị máy.")
    else:
        words = f"Đã chốt {len(made)} dòng nhật ký." if made else "Không có việc mới từ lần chốt trước."
        messages.success(request, words + " Hãy in hoặc tải về và giao người khác giữ.")
    return HttpResponseRedirect(reverse("core:witnesses"))


@login_required
@require_POST
def download_checkpoints(request: HttpRequest) -> HttpResponse:
    """The newest checkpoints as one file for a stick."""
    helping.only(request, *KEEPERS)
    answer = HttpResponse(checkpoints.latest_notes(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="chot-so.txt"'
    return answer


@sensitive_post_parameters()
@login_required
def confirm_clock(request: HttpRequest) -> HttpResponse:
    """Two persons confirm the clock."""
    helping.only(request, "quan_tri")
    last = _last_event()
    words = trouble(datetime.now(UTC), last.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if last else None)
    form = forms.SecondReasonForm(request, request.POST or None, initial={"key": fresh_key()})
    context = {
        "title": ConfirmClock.title,
        "about": words or "Đồng hồ của máy phù hợp với nhật ký, không cần xác nhận.",
        "button": "Cả hai xác nhận giờ của máy là đúng",
        "cancel": reverse("core:state"),
        "crumbs": [("Tình trạng hệ thống", reverse("core:state")), (ConfirmClock.title, "")],
        "help": HELP,
    }
    return act_page(
        request, form, lambda data: ConfirmClock(ConfirmClock.Input(data["second"], data["reason"])),
        back=lambda done: reverse("core:state"), context=context,
    )  # fmt: skip


@sensitive_post_parameters()
@login_required
def end_recovery(request: HttpRequest) -> HttpResponse:
    """After a restore two persons state the last number of every series as the paper books have it."""
    helping.only(request, "quan_tri")
    if recovery.state() is None:
        raise Http404
    form = forms.SecondReasonForm(request, request.POST or None, initial={"key": fresh_key()})
    series = list(Counter.objects.order_by("name", "period"))
    for number, one in enumerate(series):
        form.fields[f"series{number}"] = count(series_words(one.name, one.period))
        form.fields[f"series{number}"].initial = one.value
        form.fields[f"series{number}"].help_text = f"Nhật ký khôi phục biết đến số {one.value}."

    def make(data: dict[str, Any]) -> EndRecovery:
        last = tuple(LastNumber(s.name, s.period, data[f"series{n}"]) for n, s in enumerate(series))
        return EndRecovery(EndRecovery.Input(data["second"], data["reason"], last))

    def back(done: Any) -> str:
        recovery.leave()
        return reverse("core:state")

    context = {
        "title": EndRecovery.title,
        "about": f"{recovery.state()} Dưới đây ghi số cuối cùng đã dùng trên sổ giấy của từng dãy. Số đã dùng mà "
        "nhật ký không có thì không cấp lại.",
        "button": "Cả hai xác nhận, kết thúc phục hồi",
        "crumbs": [("Tình trạng hệ thống", reverse("core:state")), (EndRecovery.title, "")],
        "help": HELP,
    }
    return act_page(request, form, make, back=back, context=context)


@login_required
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    """Who looked at what, newest first; only those reads that the viewer answers for, and their own."""
    rows = rows_for(request.user, Reading).select_related("account__person")
    before = request.POST.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    page = list(rows.order_by("-pk").distinct()[: PAGE + 1])
    context = {
        "title": "Nhật ký xem",
        "rows": [(r, look_words(r.kind)) for r in page[:PAGE]],
        "before": page[PAGE - 1].pk if len(page) > PAGE else None,
        "help": HELP,
    }
    return render(request, "core/readings.html", context)
