"""A grown record is the same each time and takes nothing from the shipped one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import Knowledge

from .growth import FIRST_DAY, grow
from .questions import NOW, cases, judge, values_of

Rows = list[tuple[object, ...]]


def rows(path: Path, sql: str) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


@pytest.fixture
def grown(built_record: Path, tmp_path: Path) -> Path:
    """The shipped record, three times as large."""
    grow(built_record, tmp_path / "grown.db", 3)
    return tmp_path / "grown.db"


@pytest.mark.parametrize("table", ["facts", "sources", "places", "names"])
def test_the_same_seed_grows_the_same_rows(
    built_record: Path, grown: Path, tmp_path: Path, table: str
) -> None:
    again, other = tmp_path / "again.db", tmp_path / "other.db"
    grow(built_record, again, 3)
    grow(built_record, other, 3, seed=1)
    content = f"select * from {table} order by rowid"
    assert rows(grown, content) == rows(again, content)
    assert rows(grown, content) != rows(other, content) or table == "sources"


def test_a_grown_record_keeps_every_shipped_row_and_reaches_its_size(built_record: Path, grown: Path) -> None:
    shipped, large = (rows(path, "select * from facts order by rowid") for path in (built_record, grown))
    assert large[: len(shipped)] == shipped
    assert 3 * len(shipped) <= len(large) < 3 * len(shipped) + 40


def test_what_is_added_is_later_than_every_shipped_report(built_record: Path, grown: Path) -> None:
    first = FIRST_DAY.isoformat()
    later = f"select count(*) from facts where coalesce(last_day, as_of_last) >= '{first}'"
    assert rows(built_record, later) == [(0,)]
    shipped = rows(built_record, "select max(rowid) from facts")[0][0]
    added = f"select count(*), min(first_day) from facts where rowid > {shipped}"
    [(figures, earliest)] = rows(grown, added)
    assert figures
    assert earliest == first


def test_the_places_of_an_added_day_add_up_to_their_countries(grown: Path) -> None:
    day = f"metric = 'strikes' and first_day = '{FIRST_DAY}'"
    by_place = "select p.parent, sum(value) from facts join places p on p.id = place"
    cities = rows(grown, f"{by_place} where p.kind = 'city' and {day} group by 1 order by 1")
    countries = rows(
        grown, f"select place, value from facts where place in ('iraq', 'syria') and {day} order by 1"
    )
    assert cities == countries != []


def test_a_grown_record_refers_to_nothing_that_it_lacks(grown: Path) -> None:
    assert rows(grown, "pragma foreign_key_check") == []


def test_a_grown_record_gives_the_shipped_answers(knowledge: Knowledge, grown: Path) -> None:
    large = Knowledge(grown)
    for case in cases()[::10]:
        shipped, answered = (values_of(k.ask(case.text, now=NOW)) for k in (knowledge, large))
        assert judge(case, answered) == judge(case, shipped)
    large.close()
