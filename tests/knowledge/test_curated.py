"""The format of the curated files: what is not in it is a problem with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER
from knowledge.curated import read_record
from knowledge.files import csv_text, read_table, read_yaml, write_csv
from tests.conftest import Edit

RELEASES = "facts/strike-releases/2017-06.csv"


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_record(folder).problems]


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def test_the_shipped_files_have_no_problem_of_form(record_copy: Path) -> None:
    assert problems(record_copy) == []


def test_every_row_knows_its_file_and_line(record_copy: Path) -> None:
    entry = next(e for e in read_record(record_copy).facts if e.row.id == "dod-1210346-strikes-syria")
    assert (entry.file, entry.line) == (RELEASES, line_of(record_copy, RELEASES, entry.row.id))


def test_a_reported_zero_is_a_figure_and_a_blank_cell_is_none(record_copy: Path) -> None:
    facts = {entry.row.id: entry.row for entry in read_record(record_copy).facts}
    assert facts["dod-1391889-strikes-iraq"].value == 0
    assert "dod-1468178-strikes-iraq" not in facts


def test_an_unknown_column_is_a_problem(record_copy: Path, edit: Edit) -> None:
    edit("sources.csv", "kind,note", "kind,remark")
    assert {"sources.csv:1: unknown column: remark", "sources.csv:1: missing column: note"} <= set(
        problems(record_copy)
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "text"),
    [
        (RELEASES, ",27,,,exactly", ",27 strikes,,,exactly", "value: no plain number: 27 strikes"),
        (RELEASES, ",27,,,exactly", ",-27,,,exactly", "value: no plain number: -27"),
        (RELEASES, ",27,,,exactly", ',"1,027",,,exactly', "value: no plain number: 1,027"),
        (RELEASES, "2017-06-10,2017-06-10", "2017-06-31,2017-06-10", "start: no date like"),
        (RELEASES, "2017-06-10,2017-06-10", "10 June 2017,2017-06-10", "start: no date like"),
        (RELEASES, ",exactly,", ",roughly,", "qualifier: none of exactly, at least"),
        (RELEASES, ",strike-releases,", ",,", "missing value: series"),
        (RELEASES, ",strike-releases,", ", strike-releases,", "series: space around the value"),
        ("sources.csv", "https://abcnews", "abcnews", "url: no web address: abcnews"),
        ("sources.csv", ",secondary,", ",tertiary,", "kind: Input should be 'primary' or 'secondary'"),
        ("series.yaml", "addable: true", "addable: perhaps", "addable: Input should be a valid boolean"),
        ("series.yaml", "scope: period", "scope: forever", "scope: Input should be"),
        ("pins.yaml", "place: syria", "places: syria", "unknown key: places"),
        ("pins.yaml", "place: syria", "place: syria\n  place: iraq", "key given twice: place"),
        (
            "vocabulary/places.yaml",
            "latitude: 33.2",
            "latitude: 133.2",
            "latitude: Input should be less than",
        ),
        ("vocabulary/targets.yaml", "effects:", "deeds:", "missing key: effects"),
        ("language/en.yaml", "code: en", "code: de", "not a mapping with the code en"),
    ],
)
def test_a_breach_of_the_format_is_a_problem_with_file_and_line(
    record_copy: Path, edit: Edit, file: str, old: str, new: str, text: str
) -> None:
    edit(file, old, new)
    found = [problem for problem in read_record(record_copy).problems if text in problem.text]
    assert found
    assert all(problem.file == file for problem in found)


def test_all_problems_are_found_at_once(record_copy: Path, edit: Edit) -> None:
    edit(RELEASES, ",27,,,exactly", ",x,,,exactly")
    edit("series.yaml", "scope: period", "scope: forever")
    edit("pins.yaml", "metric: strikes", "metrics: strikes")
    assert {problem.split(":")[0] for problem in problems(record_copy)} == {
        RELEASES,
        "series.yaml",
        "pins.yaml",
    }


def test_a_missing_file_is_a_problem(record_copy: Path) -> None:
    (record_copy / "events.csv").unlink()
    assert "events.csv: the file is missing" in problems(record_copy)


def test_a_file_that_nothing_reads_is_a_problem(record_copy: Path) -> None:
    (record_copy / "facts" / "more.tsv").write_text("id\n")
    assert "facts/more.tsv: no file of the record" in problems(record_copy)


def test_a_file_that_is_not_utf_8_is_a_problem(record_copy: Path) -> None:
    (record_copy / "sources.csv").write_bytes(b"id\xff")
    assert "sources.csv: not UTF-8 at byte 2" in problems(record_copy)


def test_broken_yaml_is_a_problem_with_its_line(record_copy: Path) -> None:
    (record_copy / "pins.yaml").write_text("- metric: strikes\n  place: [syria\n")
    assert any(problem.startswith("pins.yaml:3: no valid YAML") for problem in problems(record_copy))


def test_words_that_yaml_takes_for_truth_or_dates_stay_words() -> None:
    content, found = read_yaml("[no, on, yes, 2017-06-10, true]", "words.yaml")
    assert (content, found) == (["no", "on", "yes", "2017-06-10", "true"], ())


def test_a_row_over_several_lines_is_known_by_its_first() -> None:
    table, found = read_table('a,b\n1,"x\ny"\n2,z\n', "t.csv", ("a", "b"))
    assert [line for line, _ in table.rows] == [2, 4]
    assert found == ()


def test_a_row_with_a_cell_too_many_is_a_problem() -> None:
    _, found = read_table("a,b\n1,2,3\n", "t.csv", ("a", "b"))
    assert [str(problem) for problem in found] == ["t.csv:2: 3 cells in a table of 2 columns"]


def test_a_table_comes_out_the_same_when_read_and_written_again() -> None:
    text = 'a,b\n1,"x, ""y"""\n2,\n'
    table, _ = read_table(text, "t.csv", ("a", "b"))
    assert csv_text(table.columns, [row for _, row in table.rows]) == text


def test_every_table_of_the_record_comes_out_the_same_when_written_again(record_copy: Path) -> None:
    for table in read_record(record_copy).tables:
        write_csv(record_copy / table.file, table.columns, [row for _, row in table.rows])
        assert (record_copy / table.file).read_bytes() == (RECORD_FOLDER / table.file).read_bytes()
