"""`sitrep record coverage`, and the table of the README that it makes."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bot.coverage_views import coverage_markdown, year_rows
from bot.record_commands import app
from knowledge import RECORD_FOLDER, record_coverage

README = Path(__file__).parents[2] / "README.md"


def test_the_table_of_the_readme_is_what_the_command_prints() -> None:
    text = README.read_text(encoding="utf-8")
    shown = text.split("<!-- coverage -->\n")[1].split("\n<!-- /coverage -->")[0]
    assert shown == coverage_markdown(record_coverage(RECORD_FOLDER))


def test_the_command_prints_a_row_a_year_and_the_sums() -> None:
    result = CliRunner().invoke(app, ["coverage"])
    assert result.exit_code == 0
    assert "2017" in result.output
    assert "releases" in result.output


def test_a_row_has_a_cell_a_month() -> None:
    assert {len(row) for row in year_rows(record_coverage(RECORD_FOLDER))} == {13}
