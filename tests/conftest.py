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


@pytest.fixture(scope="session")
def knowledge(built_record: Path) -> Iterator[Knowledge]:
    """The shipped record, ready to be asked."""
    opened = Knowledge(built_record)
    yield opened
    opened.close()
