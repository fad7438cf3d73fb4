"""The two steps of `bench.lists`: fill a site with lines, and time the pages. Run by that module."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bmnn.office.core.boot import boot

BOOKS = 100
_ADMIN, _COLUMNS = "/admin/records/entry/", "/columns/records/entry/"
# These take seconds each and are asked for in every tenth round.
_SLOW = ("admin list", "admin search")
ROUNDS = 60
_SUBJECTS = (
    "Kế hoạch kiểm tra công tác văn thư",
    "Phương án bảo đảm trật tự dịp lễ",
    "Kết quả xử lý đơn kiến nghị",
    "Dự toán kinh phí sửa chữa trụ sở",
    "Rà soát quy hoạch nhân sự",
)
_ISSUERS = ("Công an tỉnh Mẫu", "Thanh tra tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu", "Văn phòng Chính phủ")


def _id(kind: str, n: int) -> str:
    return hashlib.md5(f"{kind}{n}".encode(), usedforsecurity=False).hexdigest()


def fill(lines: int) -> None:
    """Units, one clerk, books through the models; the lines by SQL, the index built at the end."""
    from django.db import connection
    from tests.cast import Cast

    from bmnn import vietnamese
    from bmnn.office.core.models import Account
    from bmnn.office.records import guards
    from bmnn.office.records.models import Book

    cast = Cast(datetime.now(UTC) - timedelta(minutes=1))
    Account.objects.filter(pk=cast.van_thu.pk).update(password="!")
    day = date.today().isoformat()
    # What `project.fold_of` makes of a line, put together from parts: a million calls of it are not what is measured.
    issuers = [vietnamese.fold(words) for words in _ISSUERS]
    subjects = [vietnamese.fold(words) for words in _SUBJECTS]
    books = []
    for n in range(BOOKS):
        book = Book.objects.create(
            unit=cast.unit if n == 0 else cast.other,
            code="so_den",
            series="bmnn",
            year=1900 + n,
            form="",
            opened_on=date.today(),
        )
        volume = book.volumes.create(number=1, opened_on=date.today(), first_no=1, last_no=lines // BOOKS)
        books.append((book.pk, volume.pk, book.unit_id))
    with connection.cursor() as cursor:
        for statement in guards.DROPS[1:4]:
            cursor.execute(statement)
        # The file is thrown away: neither a journal nor small pages of memory are needed to build it.
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA journal_mode = OFF")
        cursor.execute("PRAGMA cache_size = -300000")
        step = 20_000
        for start in range(0, lines, step):
            items, entries = [], []
            for n in range(start, min(start + step, lines)):
                book, volume, unit = books[n % BOOKS]
                level, rank = (("MAT", 1), ("TOI_MAT", 2))[n % 5 == 0]
                summary = f"{_SUBJECTS[n % 5]} số {n}"
                issuer, reference = _ISSUERS[n % 4], f"{n}/KH-M{n % 9}"
                items.append((n + 1, _id("i", n), unit, level, rank, summary, reference, day, issuer))
                fold = f"{n} kh m{n % 9} {issuers[n % 4]} ke hoach {subjects[n % 5]} so {n} van phong"
                entries.append(
                    (n + 1, _id("e", n), book, volume, n + 1, unit, n // BOOKS + 1, n // BOOKS + 1, day, reference,
                     day, issuer, summary, level, rank, fold, f"u{unit}r{rank} b{book}")
                )  # fmt: skip
            cursor.executemany(
                "INSERT INTO records_item (id, public_id, unit_id, kind, series, level, level_rank, list_code, "
                "list_text, doc_type, draft_ref, abstract, number, symbol, day, issuer, signer, state, "
                "copies_permitted, copying) VALUES (%s, %s, %s, 'document', 'bmnn', %s, %s, '', '', 'Kế hoạch', '', "
                "%s, '', %s, %s, %s, '', 'received', 1, 0)",
                items,
            )
            cursor.executemany(
                "INSERT INTO records_entry (id, public_id, book_id, volume_id, item_id, unit_id_of_book, order_no, "
                "arrival_no, day, reference, document_day, issuer, doc_type, abstract, series, level, level_rank, "
                "signer, recipients, keeper, copies, signed, note, voided, fold, scope) VALUES (%s, %s, %s, %s, %s, "
                "%s, %s, %s, %s, %s, %s, %s, 'Kế hoạch', %s, 'bmnn', %s, %s, '', 'Văn phòng', '', 1, "
                "'Đỗ Thị Giang, 24/11/2026', '', '', %s, %s)",
                entries,
            )
        cursor.execute("INSERT INTO records_search(records_search) VALUES('rebuild')")
        for statement in guards.STATEMENTS[1:4]:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    connection.close()


def _times(calls: dict[str, Callable[[int], Any]]) -> dict[str, list[float]]:
    """Turn by turn, so that what else the machine does falls on all alike."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    for n in range(ROUNDS + 1):
        for name, call in calls.items():
            if name in _SLOW and n % 10:
                continue
            start = time.perf_counter()
            call(n)
            if n:
                found[name].append(time.perf_counter() - start)
    return found


def measure() -> None:
    """The pages as a signed-in clerk asks for them; the admin list with the same columns and searched fields."""
    from django.test import Client

    from bmnn.office.core.models import Account
    from bmnn.office.records.models import Book

    clerk = Account.objects.get(username="van-thu")
    book = Book.objects.get(unit__name__contains="Một")
    ours = Client()
    ours.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
    page = f"/ho-so/so/{book.public_id}/"
    deep = book.entries.count() // 2

    def ok(answer: Any, lines: int) -> Any:
        body = answer.content.decode()
        if answer.status_code != 200 or body.count("<tr") < lines:
            raise SystemExit(f"{answer.status_code}: {body[:300]}")
        return answer

    calls = {
        "list": lambda n: ok(ours.get(page), 50),
        "bare": _bare(book, clerk),
        "admin list": lambda n: ok(ours.get(_ADMIN, {"p": str(n + 1)}), 50),
        "admin columns": lambda n: ok(ours.get(_COLUMNS, {"p": str(n + 1)}), 50),
        "deep list": lambda n: ok(ours.get(f"{page}?truoc={deep + n}"), 50),
        "search": lambda n: ok(ours.post(page, {"q": "kiem tra van thu"}), 50),
        "admin search": lambda n: ok(ours.get(_ADMIN, {"q": "kiểm tra văn thư"}), 50),
        "rare search": lambda n: ok(ours.post(page, {"q": f"{n * 100 * 7}/KH"}), 1),
    }
    size = len(ok(ours.get(page), 50).content)
    print(json.dumps({**_times(calls), "bytes": size}))


def _bare(book: Any, clerk: Any) -> Callable[[int], Any]:
    """Rendering the very same template with 50 lines that are in memory: no query, no log."""
    from django.template.loader import get_template
    from django.test import RequestFactory

    from bmnn.office.records import books
    from bmnn.office.records.views.paging import Place
    from bmnn.office.records.words import LEVELS

    entries = list(book.entries.select_related("item")[:50])
    layout = books.layout(book)
    template = get_template("records/book.html")
    context = {
        "book": book,
        "title": str(book),
        "layout": layout,
        "rows": [(e, layout.row(e)) for e in entries],
        "place": Place(),
        "months": range(1, 13),
        "levels": LEVELS,
    }
    from django.contrib.messages.storage.cookie import CookieStorage

    def render(n: int) -> str:
        request = RequestFactory().get("/")
        request.user, request._messages = clerk, CookieStorage(request)
        return template.render({**context, "rows": [(e, layout.row(e)) for e in entries]}, request)

    return render


def main() -> None:
    """`fill` or `measure`, the folder of the site, the number of lines."""
    part, folder, lines = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench._admin_settings"
    boot(folder)
    fill(lines) if part == "fill" else measure()


if __name__ == "__main__":
    main()
