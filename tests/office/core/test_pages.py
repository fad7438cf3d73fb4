"""The pages of the organisation and the system: each act has a form, who may not use it finds nothing there."""

from __future__ import annotations

import ast
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bmnn import office
from bmnn.office.core import checkpoints, passwords, recovery, verify
from bmnn.office.core.act import ACTS
from bmnn.office.core.acts.record_read import RecordRead
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Account, Counter, Delegation, Event, Person, Post, Unit
from bmnn.office.core.naming import series_words, stream_words
from bmnn.office.records.words import BOOKS, SERIES
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SECRET = "một câu đủ dài để nhớ"
TODAY = f"{timezone.localdate():%d/%m/%Y}"


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    cast = Cast(now=datetime.now(UTC) - timedelta(days=1))
    for account in cast.accounts.values():
        passwords.set_password(account, SECRET)
    return cast


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, page_name: str, /, *args: object, **data: object) -> HttpResponse:
    """Fill in the form of a page as it stands (its hidden fields and defaults) and send it."""
    url = reverse(f"core:{page_name}", args=args)
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    form = page.context["form"]
    start = {f.html_name: f.value() for f in form if f.value() not in (None, False)}
    answer: Any = client.post(url, start | data)
    return answer


def errors(answer: Any) -> dict[str, Any]:
    return dict(answer.context["form"].errors) if answer.context else {}


def test_the_administrator_builds_up_an_office_by_its_pages(cast: Cast) -> None:
    admin = signed_in(cast, "quan_tri")
    made = send(admin, "found_unit", name="Phòng Kinh tế", kind="phong", tier="commune", since="01/07/2025",
                parent=str(cast.unit.public_id), serves=[str(cast.other.public_id)])  # fmt: skip
    unit = Unit.objects.get(name="Phòng Kinh tế")
    assert made.headers["Location"] == reverse("core:unit", args=[unit.public_id])
    changed = send(
        admin, "change_unit", unit.public_id, name="Phòng Kinh tế mới", since="01/01/2026", document="QĐ 5"
    )
    assert changed.status_code == 302, errors(changed)
    old = admin.get(reverse("core:unit", args=[unit.public_id]) + "?ngay=31/12/2025").content.decode()
    assert "Phòng Kinh tế mới" in old and "<dd>Phòng Kinh tế</dd>" in old
    assert send(admin, "add_person", name="Lý Thị Mới").status_code == 302
    person = Person.objects.get(name="Lý Thị Mới")
    appointed = send(admin, "appoint", person.public_id, unit=str(unit.public_id), post="truong_phong",
                     since="0107" + "2025", document="QĐ 6")  # fmt: skip
    assert appointed.status_code == 302, errors(appointed)
    post = Post.objects.get(person=person)
    assert send(admin, "open_account", person.public_id, username="moi.ly").status_code == 302
    page = admin.get(reverse("core:person", args=[person.public_id])).content.decode()
    assert "Trưởng phòng" in page and "moi.ly" in page
    given = send(admin, "delegate", giver=str(cast.post_of("thu_truong").public_id), taker=str(post.public_id),
                 acts=["copy"], levels=["MAT"], since=TODAY, document="GUQ 1")  # fmt: skip
    assert given.status_code == 302, errors(given)
    delegation = Delegation.objects.get()
    assert (delegation.acts, delegation.levels) == (["copy"], ["MAT"])
    assert send(admin, "revoke", delegation.public_id, until=TODAY, document="QĐ 8").status_code == 302
    assert send(admin, "end_post", post.public_id, until=TODAY).status_code == 302
    ended = send(admin, "dissolve_units", units=[str(unit.public_id)], day=TODAY, document="QĐ 9",
                 successors=[str(cast.unit.public_id)])  # fmt: skip
    assert ended.status_code == 302, errors(ended)
    assert list(unit.successors.all()) == [cast.unit]
    assert verify.check(replay=False).problems == []


def test_wrong_input_comes_back_at_its_field_with_what_was_typed(cast: Cast) -> None:
    admin = signed_in(cast, "quan_tri")
    before = Event.objects.count()
    bad = send(admin, "found_unit", name="Xã \u202eX", kind="so", tier="commune", since="31/02/2025")
    assert bad.status_code == 422
    assert "Không có ngày 31/02/2025 trong lịch." in errors(bad)["since"]
    bad = send(admin, "found_unit", name="Xã \u202eX", kind="so", tier="commune", since="01/01/2025")
    assert set(errors(bad)) == {"name", "tier"}
    long = send(admin, "add_person", name="a" * 10_000)
    assert "nhiều nhất là 120 ký tự" in str(errors(long)["name"])
    html = send(admin, "add_person", name="<b>=1+1</b>", note="")
    assert html.status_code == 302
    assert b"<b>=1+1" not in admin.get(reverse("core:persons")).content
    assert Event.objects.count() == before + 1


def test_a_second_click_of_the_same_form_adds_nothing(cast: Cast) -> None:
    admin = signed_in(cast, "quan_tri")
    url, data = reverse("core:add_person"), {"name": "Lý Thị Mới", "key": str(uuid.uuid4())}
    assert [admin.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Person.objects.filter(name="Lý Thị Mới").count() == 1


def test_roles_need_the_administrators_password_and_a_leader_who_signs_beside(cast: Cast) -> None:
    admin, account = signed_in(cast, "quan_tri"), cast.accounts["nguoi_nhan"]
    unit = str(cast.unit.public_id)
    wanted = {
        "role0": "soan_thao",
        "unit0": unit,
        "ceiling": "MAT",
        "document": "QĐ 3",
        "own_password": SECRET,
    }
    alone = send(admin, "set_roles", account.public_id, **wanted)
    assert alone.status_code == 422 and "second" in errors(alone)
    for second, password, field in (
        ("thu-truong", "sai", "second_password"),
        ("van-thu", SECRET, "second"),
        ("quan-tri", SECRET, "second"),
    ):
        answer = send(
            admin, "set_roles", account.public_id, **wanted, second=second, second_password=password
        )
        assert answer.status_code == 422 and field in errors(answer), second
    wrong = send(admin, "set_roles", account.public_id, **wanted | {"own_password": "sai"},
                 second="thu-truong", second_password=SECRET)  # fmt: skip
    assert "own_password" in errors(wrong)
    done = send(admin, "set_roles", account.public_id, **wanted, second="thu-truong", second_password=SECRET)
    assert done.status_code == 302, errors(done)
    account.refresh_from_db()
    assert account.ceiling == "MAT"
    assert [g.role for g in account.grants_on(timezone.localdate())] == ["soan_thao"]
    assert Event.objects.latest("id").data["second"] == str(cast.accounts["thu_truong"].public_id)


def test_a_leader_does_not_agree_to_their_own_rights_while_another_leader_is_there(cast: Cast) -> None:
    admin, leader = signed_in(cast, "quan_tri"), cast.accounts["thu_truong"]
    wanted = {"role0": "thu_truong", "unit0": str(cast.other.public_id), "ceiling": "TUYET_MAT", "document": "QĐ 3",
              "own_password": SECRET}  # fmt: skip
    own = send(admin, "set_roles", leader.public_id, **wanted, second="thu-truong", second_password=SECRET)
    assert "không được tự xác nhận" in str(errors(own)["second"])
    assert send(admin, "set_roles", leader.public_id, **wanted, second="cap-pho",
                second_password=SECRET).status_code == 302  # fmt: skip


def test_a_passing_password_opens_only_the_page_where_one_sets_ones_own(cast: Cast) -> None:
    admin, account = signed_in(cast, "quan_tri"), cast.accounts["nguoi_nhan"]
    offered = admin.get(reverse("core:account", args=[account.public_id])).content.decode()
    own = admin.get(reverse("core:account", args=[cast.accounts["quan_tri"].public_id])).content.decode()
    doors = [
        reverse(f"core:{name}", args=[account.public_id])
        for name in ("reset_password", "disable", "set_roles")
    ]
    assert all(door in offered for door in doors)
    assert "mat-khau-tam" not in own and "/khoa/" not in own
    alone = send(admin, "reset_password", account.public_id, reason="quên mật khẩu", own_password=SECRET)
    assert alone.status_code == 422 and "cùng xác nhận" in str(errors(alone)["second"])
    shown = send(admin, "reset_password", account.public_id, reason="quên mật khẩu", own_password=SECRET,
                 second="thu-truong", second_password=SECRET)  # fmt: skip
    password = str(shown.context["password"])
    assert len(password) == 23 and password in shown.content.decode()
    assert "Đăng xuất" in shown.content.decode()
    assert not any(password in e.body + e.numbers for e in Event.objects.all())
    client = Client()
    signing = client.post(reverse("web:login"), {"username": "nguoi-nhan", "password": password})
    assert signing.status_code == 302
    page = reverse("core:own_password")
    assert client.get("/").headers["Location"] == page
    assert client.get(reverse("core:units")).headers["Location"] == page
    sentence = "câu của riêng tôi, rất dài"
    typo = send(client, "own_password", old=password, password=sentence, again=sentence + "x")
    assert "again" in errors(typo)
    assert "old" in errors(send(client, "own_password", old="sai", password=sentence, again=sentence))
    assert "password" in errors(send(client, "own_password", old=password, password="ngắn", again="ngắn"))
    assert send(client, "own_password", old=password, password=sentence, again=sentence).status_code == 302
    assert client.get("/").status_code == 200
    account.refresh_from_db()
    assert account.check_password(sentence) and not account.must_change


def test_a_closed_account_is_signed_out_at_once_and_a_second_sign_in_ends_the_first(cast: Cast) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        client.post(reverse("web:login"), {"username": "nguoi-nhan", "password": SECRET})
    assert (first.get("/").status_code, second.get("/").status_code) == (302, 200)
    admin = signed_in(cast, "quan_tri")
    closed = send(admin, "disable", cast.accounts["nguoi_nhan"].public_id, reason="chuyển công tác",
                  own_password=SECRET)  # fmt: skip
    assert closed.status_code == 302, errors(closed)
    assert second.get("/").status_code == 302


def test_five_wrong_passwords_lock_the_door_to_the_right_one_too(cast: Cast) -> None:
    client = Client()
    answers = [
        client.post(reverse("web:login"), {"username": "van-thu", "password": p}).status_code
        for p in (*["sai"] * 5, SECRET)
    ]
    assert answers[:4] == [200] * 4
    assert answers[4:] == [429, 429]
    elsewhere = Client(REMOTE_ADDR="127.0.0.2")
    assert (
        elsewhere.post(reverse("web:login"), {"username": "van-thu", "password": SECRET}).status_code == 302
    )


def test_a_guesser_who_goes_from_station_to_station_is_locked_out_too(cast: Cast) -> None:
    login = reverse("web:login")
    for station in range(5):
        client = Client(REMOTE_ADDR=f"10.0.0.{station + 1}")
        for _ in range(4):
            assert client.post(login, {"username": "van-thu", "password": "sai"}).status_code == 200
    own = Client(REMOTE_ADDR="10.0.0.9")
    assert own.post(login, {"username": "van-thu", "password": SECRET}).status_code == 429
    assert own.post(login, {"username": "thu-truong", "password": SECRET}).status_code == 302


def test_the_clock_is_confirmed_by_two_persons_on_its_page(cast: Cast) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    perform(RecordRead(RecordRead.Input("item")), cast.accounts["van_thu"], "tương lai", clock=lambda: ahead)
    admin = signed_in(cast, "quan_tri")
    assert "Đồng hồ máy tính đang chạy lùi" in admin.get(reverse("core:state")).content.decode()
    refused = send(admin, "add_person", name="Lý Thị Mới")
    assert "chạy lùi" in str(errors(refused)["__all__"])
    done = send(admin, "confirm_clock", reason="pin đồng hồ hỏng, nay đã chỉnh", own_password=SECRET,
                second="thu-truong", second_password=SECRET)  # fmt: skip
    assert done.status_code == 302, errors(done)
    assert send(admin, "add_person", name="Lý Thị Mới").status_code == 302


def test_recovery_ends_when_two_persons_state_the_last_numbers(cast: Cast, settings: Any) -> None:
    from tests.office.core.sample import Note

    perform(Note(Note.Input(text="một", book="A")), None, "một")
    admin = signed_in(cast, "quan_tri")
    assert admin.get(reverse("core:end_recovery")).status_code == 404
    recovery.mark(settings.DATA, ["«A» từng có 4 việc, nay còn 1."])
    assert "đối chiếu sổ giấy" in str(errors(send(admin, "add_person", name="Lý Thị Mới"))["__all__"])
    both = {
        "reason": "đã đối chiếu sổ giấy",
        "own_password": SECRET,
        "second": "thu-truong",
        "second_password": SECRET,
    }
    low = send(admin, "end_recovery", **both, series0="0")
    assert low.status_code == 422 and recovery.state()
    done = send(admin, "end_recovery", **both, series0="4")
    assert done.status_code == 302, errors(done)
    assert recovery.state() is None
    assert Counter.objects.get(name="A").value == 4
    assert perform(Note(Note.Input(text="hai", book="A")), None, "hai").numbers == {"số": 5}
    assert verify.check(replay=False).problems == []


def test_the_slip_shows_one_fingerprint_of_all_logs_and_the_file_goes_to_the_witness(cast: Cast) -> None:
    clerk = signed_in(cast, "van_thu")
    assert "Chưa chốt lần nào" in clerk.get(reverse("core:witnesses")).content.decode()
    assert clerk.post(reverse("core:make_checkpoint")).status_code == 302
    page = clerk.get(reverse("core:witnesses")).content.decode()
    printed = checkpoints.paper_fingerprint()
    assert printed in page and "<svg" in page
    file = clerk.post(reverse("core:download_checkpoints"))
    assert file.content.decode() == checkpoints.latest_notes()
    assert verify.check([file.content.decode()], replay=False, fingerprints=[printed]).problems == []
    assert clerk.get(reverse("core:make_checkpoint")).status_code == 405


def test_who_read_what_is_seen_by_those_who_answer_for_it_and_by_oneself(cast: Cast) -> None:
    for who in ("soan_thao", "nguoi_ngoai"):
        perform(RecordRead(RecordRead.Input("item", uuid.uuid4())), cast.accounts[who], f"đọc {who}")

    def names(who: str) -> set[str]:
        page = signed_in(cast, who).get(reverse("core:readings")).content.decode()
        return {n for n in ("Nguyễn Văn Soạn", "Vũ Văn Ngoài") if n in page.split("<main", 1)[1]}

    assert names("soan_thao") == {"Nguyễn Văn Soạn"}
    assert names("nguoi_nhan") == set()
    assert names("van_thu") == {"Nguyễn Văn Soạn"}
    assert names("nguoi_ngoai") == {"Vũ Văn Ngoài"}
    assert names("doan_kiem_tra") == {"Nguyễn Văn Soạn"}
    assert names("quan_tri") == set()


def test_the_tree_and_the_search_answer_without_marks_and_for_any_day(cast: Cast) -> None:
    client = signed_in(cast, "soan_thao")
    tree = client.get(reverse("core:units") + "?ngay=01/01/2017").content.decode()
    assert "chưa có đơn vị nào" in tree
    assert "Mẫu Một" in client.get(reverse("core:units")).content.decode()
    assert "Không hiểu ngày" in client.get(reverse("core:units") + "?ngay=hôm%20qua").content.decode()
    found = client.post(reverse("core:persons"), {"q": "do thi nhan"}).content.decode()
    assert "Đỗ Thị Nhận" in found and "Trần Thị Văn" not in found


def test_an_account_without_a_role_sees_no_organisation(cast: Cast) -> None:
    person = Person.objects.get(name="Đỗ Thị Nhận")
    stranger = Account.objects.create(username="khong-vai", person=person)
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    pages = [reverse("core:units"), reverse("core:persons"), reverse("core:unit", args=[cast.unit.public_id])]
    assert [client.get(p).status_code for p in pages] == [404] * 3


def test_leaders_and_inspectors_see_the_accounts_of_their_units_only(cast: Cast) -> None:
    def seen(who: str) -> set[str]:
        answer: Any = signed_in(cast, who).get(reverse("core:accounts"))
        return {one["account"].username for one in answer.context["accounts"]}

    inside = {"van-thu", "thu-truong", "cap-pho", "soan-thao", "nguoi-nhan", "doan-kiem-tra"}
    assert seen("thu_truong") == inside
    assert seen("doan_kiem_tra") == inside
    assert seen("quan_tri") == inside | {"nguoi-ngoai", "quan-tri"}
    stranger = cast.accounts["nguoi_ngoai"].public_id
    assert signed_in(cast, "thu_truong").get(reverse("core:account", args=[stranger])).status_code == 404
    assert signed_in(cast, "quan_tri").get(reverse("core:account", args=[stranger])).status_code == 200


def test_the_log_of_looks_names_in_words_whatever_any_room_writes_into_it(cast: Cast) -> None:
    """Every page that notes a look does so with a word that the log can say."""
    rooms = Path(office.__file__).parent
    calls = [
        call
        for path in sorted(rooms.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "looked"
    ]
    kinds = {call.args[1].value for call in calls if isinstance(call.args[1], ast.Constant)}
    assert len(kinds) > 10 and all(isinstance(call.args[1], ast.Constant) for call in calls)
    for n, kind in enumerate(sorted(kinds | {"lạ"})):
        perform(RecordRead(RecordRead.Input(str(kind), None, 1)), cast.van_thu, f"xem-{n}")
    shown = signed_in(cast, "van_thu").get(reverse("core:readings")).context["rows"]
    words = {row.kind: said for row, said in shown}
    assert words.keys() >= kinds
    assert words.pop("lạ") == "nội dung khác"
    assert len(set(words.values())) == len(words) and all(not said.isascii() for said in words.values()), (
        words
    )


def test_every_log_has_a_name_that_a_clerk_reads(cast: Cast) -> None:
    streams = {act.stream for act in ACTS.values() if act.stream} | {f"book/{uuid.uuid4()}"}
    assert len(streams) > 5
    for stream in streams:
        said = stream_words(stream)
        assert not said.isascii() and not re.search(r"[0-9a-f]{8}-", said), (stream, said)


def test_every_series_of_numbers_has_words_for_who_ends_a_recovery(cast: Cast) -> None:
    """The first part of a series' name, as each act takes it, and the kinds of information that follow."""
    rooms = Path(office.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in rooms.glob("*/acts/*.py"))
    taken = set(re.findall(r'f"([a-z_]+)/\{', source)) | set(
        re.findall(r'\n    series = "([a-z_]+)"', source)
    )
    assert len(taken) >= 8
    for part in taken | set(SERIES) | set(BOOKS):
        said = series_words(f"{part}/{cast.unit.public_id}", "2026")
        assert re.fullmatch(r"[^,_]*[^\x00-\x7f][^,_]*, Ủy ban nhân dân xã Mẫu Một, kỳ 2026", said), said
