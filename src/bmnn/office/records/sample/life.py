"""The years of the sample: what came in, went out, was refused, corrected, voided, sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bmnn.office.core import lawview
from bmnn.office.core.acts.delegate import Delegate
from bmnn.office.core.acts.set_roles import Role
from bmnn.office.core.engine import Entry
from bmnn.office.records.acts.close_volume import CloseVolume
from bmnn.office.records.acts.correct import Correct
from bmnn.office.records.acts.open_volume import OpenVolume
from bmnn.office.records.acts.refuse import Refuse
from bmnn.office.records.acts.return_wrong import ReturnWrong
from bmnn.office.records.acts.void_number import VoidNumber
from bmnn.office.records.models import Copy, Proposal
from bmnn.office.records.models import Entry as Line
from bmnn.office.records.sample import now, people
from bmnn.office.records.sample.desks import DESKS, Desk

if TYPE_CHECKING:
    from bmnn.office.records.demo import Sample

_TURNS = ("tinh", "xa1", "so", "tinh_uy", "xa2", "huyen", "tinh", "xa3", "du1", "xa1")
# A paper volume of the sample is small, so that books with several can be seen.
_VOLUME = 40
# Units that open their books of 2026 only when the new forms are in force, so that both forms can be seen.
_LATE_OPENERS = ("xa2", "so", "tinh_uy")
FORMS_2026 = (date(2026, 1, 1), date(2026, 3, 27))
# Which unit keeps which other series beside state secrets.
_OTHER = {
    "tinh_uy": "noi_bo_dang",
    "du1": "noi_bo_dang",
    "tinh": "cong_tac",
    "xa1": "han_che",
    "so": "cong_tac",
}
_DELEGATED = ("MAT", "TOI_MAT")
# Days from today on which the protection of old documents ends: some in each of the coming months.
_ENDING = (6, 14, 22, 29, 37, 48, 57, 66, 78, 89, 120, 200)


def entries(sample: Sample) -> Iterator[Entry]:
    """Item by item, evenly from the first day of the registers until shortly before today."""
    from bmnn.office.records.demo import START

    last = sample.until - now.BEFORE - timedelta(days=1)
    ending = sorted(_years_before(sample.until + timedelta(days=d)) for d in _ENDING)
    reformed, delegated = False, set[tuple[str, int]]()
    for n in range(sample.pairs):
        day = workday(START + timedelta(days=7 + (last - START).days * n // sample.pairs))
        day = min(day, last)
        if day >= people.REFORM and not reformed:
            reformed = True
            yield from people.reform(sample)
            keeps = (Role("van_thu", sample.units["tinh"]), Role("van_thu", sample.units["huyen"]))
            yield people.set_roles(sample, "vt.tinh", keeps, "TUYET_MAT")
            sample.read_roles()
        key = _TURNS[n % len(_TURNS)]
        if (key == "huyen" and reformed) or (key in _LATE_OPENERS and FORMS_2026[0] <= day <= FORMS_2026[1]):
            key = "tinh"
        desk = DESKS[key]
        yield from _delegation(sample, desk, day, delegated)
        yield from _incoming(sample, desk, n, day, ending)
        yield from _outgoing(sample, desk, n, day)
        yield from _volumes(sample, desk, day)


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _years_before(day: date) -> date:
    """The day one term earlier: protection of a Mật document dated so ends on the day."""
    years = int(lawview.law_on(day).rule("term.mat").value)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _delegation(sample: Sample, desk: Desk, day: date, done: set[tuple[str, int]]) -> Iterator[Entry]:
    """Each year the head delegates Mật and Tối mật to the deputy in writing."""
    if not desk.deputy:
        return
    if (desk.unit, day.year) in done:
        return
    done.add((desk.unit, day.year))
    giver, taker = sample.post(desk.head), sample.post(desk.deputy)
    data = Delegate.Input(
        giver,
        taker,
        day,
        f"Quyết định ủy quyền 01/QĐ-{desk.sign} năm {day.year}",
        ("determine", "copy"),
        _DELEGATED,
        date(day.year + 1, 1, 1),
    )
    yield sample.do(Delegate(data), sample.accounts[desk.head], day)


def _incoming(sample: Sample, desk: Desk, n: int, day: date, ending: list[date]) -> Iterator[Entry]:
    from bmnn.office.records.demo import START

    series, level = "bmnn", ("MAT", "MAT", "TOI_MAT", "MAT", "MAT", "TOI_MAT", "MAT", "TUYET_MAT")[n % 8]
    if n % 11 == 5:
        series = _OTHER.get(desk.unit, "bmnn")
    old: date | None = None
    if ending and ending[0] < day and desk.unit in ("tinh", "xa1", "xa2", "so"):
        old, series, level = ending.pop(0), "bmnn", "MAT"
    elif day < START + timedelta(days=100):
        old = date(2019, 1, 15) + timedelta(days=(n * 23) % 340)
    yield from desk.receive(
        sample, n, day, series, level, **({"document_day": old, "note": "Tiếp nhận hồ sơ cũ"} if old else {})
    )
    if n % 41 == 7:
        copy = Copy.objects.select_related("item", "holder_unit").latest("pk")
        act = ReturnWrong(ReturnWrong.Input(copy, "Bì ghi sai nơi nhận"))
        yield sample.do(act, sample.accounts[desk.clerk], day)
    elif n % 5 in (1, 3) and n % 2:
        yield from desk.deliver(sample, n, day, inside=True)
    if n % 31 == 4:
        line = Line.objects.filter(book__code="so_den").latest("pk")
        act = Correct(Correct.Input(line, "issuer", f"{line.issuer} (gửi lại)", "Ghi thiếu nơi gửi"))
        yield sample.do(act, sample.accounts[desk.clerk], day)


def _outgoing(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    series, kind = "bmnn", "document"
    level = ("MAT", "TOI_MAT", "MAT", "MAT", "TUYET_MAT", "MAT", "MAT")[n % 7]
    if n % 13 == 3:
        series = _OTHER.get(desk.unit, "bmnn")
    if series == "bmnn" and n % 23 == 11:
        kind = ("object", "place", "words", "activity")[n // 23 % 4]
    yield from desk.propose(sample, n, day, series, level, kind)
    if n % 29 == 13:
        proposal = Proposal.objects.select_related("item").latest("pk")
        answer = "Nội dung chưa phù hợp với mục danh mục đã chọn, đề nghị xem lại."
        refusal = Refuse(Refuse.Input(proposal, proposal.digest, answer))
        yield sample.do(refusal, sample.accounts[desk.head], day)
        return
    by_deputy = n % 6 == 2 and Proposal.objects.latest("pk").level in _DELEGATED
    yield from desk.decide(sample, day, deputy=by_deputy)
    yield from desk.register(sample, n, day)
    if n % 37 == 9:
        line = Line.objects.filter(book__code="so_di").latest("pk")
        void = VoidNumber(VoidNumber.Input(line, "Văn bản không phát hành"))
        yield sample.do(void, sample.accounts[desk.clerk], day)
        return
    if n % 3 == 0:
        yield from desk.deliver(sample, n, day, inside=False)
    if kind == "document" and n % 5 == 1:
        yield from desk.deliver(sample, n, day, inside=True)


def _volumes(sample: Sample, desk: Desk, day: date) -> Iterator[Entry]:
    """A full volume is closed and the next one opened."""
    for code in ("so_di", "so_den", "so_chuyen_giao"):
        book = sample.books.get((desk.unit, code, "bmnn"))
        volume = book.open_volume if book and book.year == day.year else None
        if (
            book is None
            or volume is None
            or volume.first_no is None
            or volume.last_no - volume.first_no + 1 < _VOLUME
        ):
            continue
        clerk = sample.accounts[desk.clerk]
        yield sample.do(CloseVolume(CloseVolume.Input(book)), clerk, day)
        yield sample.do(OpenVolume(OpenVolume.Input(book)), clerk, day)
