"""The record's coverage as a table: for the terminal, and as Markdown for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from knowledge import Coverage

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def summary_line(coverage: Coverage) -> str:
    """As in "166 releases, 5,162 figures, 227 sources, 38 months with …"."""
    return (
        f"{coverage.releases:,} releases, {coverage.figures:,} figures, {coverage.sources:,} sources, "
        f"{coverage.counted_months} months with a cumulative or monthly figure"
    )


def year_rows(coverage: Coverage) -> list[list[str]]:
    """A row a year: the days of each month that a release tells of, `*` where other figures are on record."""
    cells: dict[str, dict[str, str]] = {}
    for month in coverage.months:
        days = str(len(month.days)) if month.days else "-"
        year, number = month.month.split("-")
        cells.setdefault(year, {})[number] = days + ("*" if month.is_counted else "")
    numbers = [f"{n:02d}" for n in range(1, 13)]
    return [[year, *(of_year.get(number, "") for number in numbers)] for year, of_year in cells.items()]


def coverage_table(coverage: Coverage) -> Table:
    """The table for a terminal."""
    table = Table(box=box.SIMPLE)
    for heading in ("", *_MONTHS):
        table.add_column(heading, justify="right")
    for row in year_rows(coverage):
        table.add_row(*row)
    return table


def coverage_markdown(coverage: Coverage) -> str:
    """The table as Markdown, the summary above it."""
    lines = [summary_line(coverage) + ".", "", "| | " + " | ".join(_MONTHS) + " |", "|---" * 13 + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in year_rows(coverage)]
    return "\n".join(lines)
