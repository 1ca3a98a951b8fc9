"""Building: the same files give the same bytes, and a good database is only ever replaced by a good one."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER
from knowledge.build import build_record, summarise
from knowledge.errors import RecordError, StoreError
from knowledge.store import FORMAT
from tests.conftest import Edit


def query(database: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped record, built."""
    target = tmp_path_factory.mktemp("built") / "record.db"
    build_record(RECORD_FOLDER, target)
    return target


def test_the_same_record_gives_the_same_file_byte_for_byte(
    built: Path, record_copy: Path, tmp_path: Path
) -> None:
    build_record(record_copy, tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == built.read_bytes()


def test_another_record_has_another_digest(
    built: Path, record_copy: Path, edit: Edit, tmp_path: Path
) -> None:
    edit("series.yaml", "name: daily strike releases", "name: strike releases")
    build_record(record_copy, tmp_path / "other.db")
    digest = "select value from meta where key = 'digest'"
    assert query(tmp_path / "other.db", digest) != query(built, digest)


def test_the_file_says_its_format(built: Path) -> None:
    assert query(built, "select value from meta where key = 'format'") == [(FORMAT,)]


def test_every_reference_between_tables_holds(built: Path) -> None:
    assert query(built, "pragma foreign_key_check") == []
    assert query(built, "pragma integrity_check") == [("ok",)]


def test_whole_numbers_stay_whole(built: Path) -> None:
    assert query(built, "select value, typeof(value) from facts where id = 'dod-1210346-strikes-syria'") == [
        (27, "integer")
    ]


def test_dates_of_month_precision_become_their_first_and_last_day(built: Path) -> None:
    columns = "first_day, last_day, as_of_first, as_of_last"
    assert query(built, f"select {columns} from facts where id = 'cum-strikes-2014-12'") == [
        ("2014-08-08", "2014-12-31", "2014-12-01", "2014-12-31")
    ]


def test_the_dates_of_an_event_keep_the_curators_order(built: Path) -> None:
    sql = "select start from events where event = 'first-strike-syria' order by rowid"
    assert query(built, sql) == [("2014-09-23",), ("2014-09-22",)]


def test_plural_and_singular_of_a_target_are_names_of_it(built: Path) -> None:
    sql = "select alias from names where kind = 'target' and id = 'refineries'"
    assert {("refineries",), ("refinery",)} <= set(query(built, sql))


def test_a_language_is_kept_whole(built: Path) -> None:
    [(content,)] = query(built, "select content from language where code = 'en'")
    assert json.loads(str(content))["code"] == "en"


@pytest.mark.parametrize(
    "sql",
    [
        "select * from facts where metric = ? and place = ? and actor = ? and first_day >= ?",
        "select * from facts where metric = ? and place = ? order by as_of_last",
    ],
)
def test_figures_are_looked_up_by_index(built: Path, sql: str) -> None:
    connection = sqlite3.connect(built)
    plan = connection.execute(f"explain query plan {sql}", ("x",) * sql.count("?")).fetchall()
    connection.close()
    assert "USING INDEX" in plan[0][3]


def test_the_summary_counts_what_was_built(built: Path) -> None:
    summary = summarise(RECORD_FOLDER)
    assert query(built, "select count(*) from facts") == [(summary.figures,)]
    assert query(built, "select count(*) from sources") == [(summary.sources,)]


def test_progress_reaches_the_last_table(record_copy: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    build_record(record_copy, tmp_path / "new.db", lambda _, done, of: steps.append((done, of)))
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)]


def test_a_broken_record_never_replaces_a_good_one(
    built: Path, record_copy: Path, edit: Edit, tmp_path: Path
) -> None:
    target = Path(shutil.copy(built, tmp_path / "record.db"))
    edit("pins.yaml", "seed-syria-strikes", "nothing")
    with pytest.raises(RecordError) as caught:
        build_record(record_copy, target)
    assert [problem.text for problem in caught.value.problems] == ["unknown fact: nothing"]
    assert target.read_bytes() == built.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"record", "record.db"}


def test_a_full_disk_leaves_the_old_file_and_no_other(built: Path, tmp_path: Path) -> None:
    target = Path(shutil.copy(built, tmp_path / "record.db"))
    with pytest.raises(StoreError, match="database or disk is full"):
        build_record(RECORD_FOLDER, target, most_pages=8)
    assert target.read_bytes() == built.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["record.db"]


def test_a_target_that_cannot_be_replaced_leaves_no_other_file(tmp_path: Path) -> None:
    target = tmp_path / "record.db"
    target.mkdir()
    with pytest.raises(StoreError, match=r"could not be written to .*record\.db"):
        build_record(RECORD_FOLDER, target)
    assert [path.name for path in tmp_path.iterdir()] == ["record.db"]


def test_a_build_that_is_interrupted_leaves_no_file(tmp_path: Path) -> None:
    def interrupt(table: str, done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_record(RECORD_FOLDER, tmp_path / "record.db", interrupt)
    assert list(tmp_path.iterdir()) == []
