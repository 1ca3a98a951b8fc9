"""`sitrep check`: a text's claims checked from a file or standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.checking import check_file
from bot.errors import UnreadableText

TEXT = "On 10 June 2017 the coalition conducted 27 strikes in Syria and eight in Iraq."


@pytest.fixture
def text_file(tmp_path: Path) -> str:
    """A file with a text of two claims."""
    file = tmp_path / "post.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_a_files_claims_are_told_with_their_verdicts(
    text_file: str, built_record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_file(text_file, as_json=False, record=built_record)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 supported, 1 contradicted"
    assert "“eight” is contradicted" in lines[1]


def test_as_json_every_claim_has_its_verdict(
    text_file: str, built_record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_file(text_file, as_json=True, record=built_record)
    answer = json.loads(capsys.readouterr().out)
    assert answer["kind"] == "claims"
    assert [(c["value"], c["verdict"]) for c in answer["claims"]] == [(27, "supported"), (8, "contradicted")]


def test_a_missing_file_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableText, match="can't be read"):
        check_file(str(tmp_path / "none.txt"), as_json=False, record=None)


def test_a_file_of_other_bytes_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(UnreadableText, match="UTF-8"):
        check_file(str(file), as_json=False, record=None)
