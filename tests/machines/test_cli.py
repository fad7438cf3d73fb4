"""`bmnn machine check`: exit status, JSON, Vietnamese for people."""

from __future__ import annotations

import json

from bmnn.cli.main import main
from tests.machines.conftest import case, write_tree


def test_json_on_stdout_and_status_one_when_a_person_must_look(tmp_path, capsys):
    path = write_tree(tmp_path / "may", case(tmp_path))
    assert main(["machine", "check", str(path), "--json", "--role", "MAY-01=drafting"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema_version"] == 1 and found["machines"][0]["role"] == "drafting"


def test_people_read_vietnamese_without_english(tmp_path, capsys):
    main(["machine", "check", str(write_tree(tmp_path / "may", case(tmp_path)))])
    text = capsys.readouterr().out
    assert "PHÁT HIỆN" in text and "Không chứng minh" in text and "GIỚI HẠN" in text
    assert not {"finding", "device", "unknown", "None", "storage"} & set(text.split())


def test_wrong_use_is_status_two_and_names_what_to_do(tmp_path, capsys):
    assert main(["machine", "check", str(tmp_path / "khong-co")]) == 2
    assert "Không tìm thấy" in capsys.readouterr().err
    assert main(["machine", "check", str(tmp_path), "--role", "A=b"]) == 2
    assert "--role" in capsys.readouterr().err


def test_a_bad_list_of_applications_is_named(tmp_path, capsys):
    path = write_tree(tmp_path / "may", case(tmp_path))
    (tmp_path / "luat").mkdir()
    (tmp_path / "luat" / "applications.yaml").write_text("applications: 3")
    assert main(["machine", "check", str(path), "--rules", str(tmp_path / "luat")]) == 2
    assert "applications.yaml" in capsys.readouterr().err
