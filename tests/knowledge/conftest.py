"""The shipped record's own parts, opened once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER
from knowledge.releases.importing import Importer
from knowledge.selection import Selector
from knowledge.store import Store
from knowledge.vocabulary import Vocabulary

NOW = date(2020, 1, 1)


@pytest.fixture(scope="session")
def store(built_record: Path) -> Iterator[Store]:
    """Read-only queries on the shipped record."""
    opened = Store(built_record)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def vocabulary(store: Store) -> Vocabulary:
    """Everything that a question can name."""
    return store.vocabulary


@pytest.fixture(scope="session")
def selector(store: Store) -> Selector:
    """The rules on who, where and when."""
    return Selector(store)


@pytest.fixture(scope="session")
def importer() -> Importer:
    """An importer for the shipped record that is never told to write."""
    return Importer(RECORD_FOLDER)
