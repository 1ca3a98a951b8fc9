"""Folders and files that tests start from, each named for the state it is in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER, Knowledge, build_record
from tests.network import network_is_impossible as network_is_impossible

Edit = Callable[[str, str, str], None]


@pytest.fixture
def record_copy(tmp_path: Path) -> Path:
    """A sound copy of the shipped record, free to be broken."""
    return Path(shutil.copytree(RECORD_FOLDER, tmp_path / "record"))


@pytest.fixture
def edit(record_copy: Path) -> Edit:
    """Replaces the first place where a text stands in a file of the copy; it must stand there."""

    def replace(file: str, old: str, new: str) -> None:
        path = record_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return replace


@pytest.fixture(scope="session")
def built_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped record, freshly built; read it only."""
    path = tmp_path_factory.mktemp("built") / "record.db"
    build_record(RECORD_FOLDER, path)
    return path


#: What was changed in the record of `corrected_record`: a value, one twice, a value that became a range, a
#: place, and where a figure stands in its source.
CORRECTIONS = """\
dod-1210346-strikes-syria,2017-06-20,value,72,27,the digits were swapped
cost-2016-07,2016-09-01,value,8000000000,8400000000,a later report
cost-2016-07,2016-10-02,value,8400000000,8700000000,the year was not whole
airwars-civcas-2019-08,2019-09-03,value,12000,,the source gives a range
airwars-civcas-2019-08,2019-09-03,low,,8106,the source gives a range
airwars-civcas-2019-08,2019-09-03,high,,12980,the source gives a range
airwars-civcas-2019-08,2019-09-03,qualifier,about,between,the source gives a range
dod-1210346-strikes-raqqa,2017-06-21,place,mosul,raqqa,the wrong line was read
dod-1210346-strikes-iraq,2017-06-22,locator,third line,Strikes in Iraq,the page has no lines
"""


@pytest.fixture(scope="session")
def corrected_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped record with figures that were corrected, built; read it only."""
    folder = tmp_path_factory.mktemp("corrected")
    record = Path(shutil.copytree(RECORD_FOLDER, folder / "record"))
    with (record / "corrections.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(CORRECTIONS)
    build_record(record, folder / "record.db")
    return folder / "record.db"


@pytest.fixture(scope="session")
def corrected(corrected_record: Path) -> Iterator[Knowledge]:
    """A record with corrected figures, ready to be asked."""
    opened = Knowledge(corrected_record)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def knowledge(built_record: Path) -> Iterator[Knowledge]:
    """The shipped record, ready to be asked."""
    opened = Knowledge(built_record)
    yield opened
    opened.close()
