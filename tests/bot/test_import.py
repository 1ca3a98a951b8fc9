"""`sitrep import release`: what a curator sees, and how the command ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = """url: https://www.defense.gov/News/Article/Article/9000001/example/
publisher: U.S. Department of Defense
title: Example Strikes
published: 2021-03-02
---
"""
BODY = """SOUTHWEST ASIA, March 2, 2021 — Coalition forces continued to attack ISIS in Iraq yesterday.

-- Near Mosul, three strikes destroyed 11 fighting positions.
"""


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", "import", "release", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The file of a release that is not on record."""
    path = tmp_path / "release.txt"
    path.write_text(HEADER + BODY, encoding="utf-8")
    return path


def test_a_release_is_shown_as_what_it_adds(release: Path, record_copy: Path) -> None:
    shown = run(str(release), "--record", str(record_copy))
    assert shown.returncode == 0
    assert shown.stdout.splitlines() == [
        "+ dod-9000001: Example Strikes (2021-03-02)",
        "+ dod-9000001-strikes-mosul: 3 (2021-03-01)",
        "+ dod-9000001-mosul-fighting-positions-destroyed: 11 (2021-03-01)",
        "2 new, 0 on record, 0 held back, 0 lines not read",
        "nothing written; --accept writes the new rows",
    ]
    assert not (record_copy / "facts" / "strike-releases" / "2021-03.csv").exists()


def test_accept_writes_and_a_second_time_adds_nothing(release: Path, record_copy: Path) -> None:
    arguments = (str(release), "--record", str(record_copy), "--accept")
    assert "written to sources.csv, facts/strike-releases/2021-03.csv" in run(*arguments).stdout
    again = run(*arguments)
    assert again.returncode == 0
    assert "0 new, 2 on record" in again.stdout


def test_what_is_held_back_or_not_read_has_file_and_line(release: Path, record_copy: Path) -> None:
    more = "\n-- Near Atlantis, two strikes hit a crane.\n\n-- Near Kisik, some strikes hit a crane.\n"
    release.write_text(HEADER + BODY + more, encoding="utf-8")
    shown = run(str(release), "--record", str(record_copy))
    assert shown.returncode == 1
    assert f"{release}:10: held back: unknown place: Atlantis" in shown.stdout
    assert f"{release}:12: not read: no number of strikes" in shown.stdout


def test_a_bare_text_from_standard_input(record_copy: Path) -> None:
    options = (
        "--url",
        "https://example.org/a",
        "--title",
        "T",
        "--publisher",
        "P",
        "--published",
        "2021-03-02",
    )
    shown = run("-", *options, "--json", "--record", str(record_copy), text=BODY)
    told = json.loads(shown.stdout)
    assert [(s["place"], s["strikes"], s["start"]) for s in told["statements"]] == [
        ("Mosul", 3, "2021-03-01")
    ]
    assert told["rows"][0]["id"] == "p-2021-03-02-strikes-mosul"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no header"])
def test_a_file_that_is_no_release_is_one_sentence(tmp_path: Path, record_copy: Path, content: bytes) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(content)
    shown = run(str(path), "--record", str(record_copy))
    assert shown.returncode == 1
    assert shown.stderr.startswith(f"{path}: ")
    assert len(shown.stderr.splitlines()) == 1


def test_a_missing_file_is_one_sentence(tmp_path: Path, record_copy: Path) -> None:
    shown = run(str(tmp_path / "none.txt"), "--record", str(record_copy))
    assert shown.returncode == 1
    assert "can't be read" in shown.stderr
    assert "Traceback" not in shown.stderr
