"""What is on record, as a table for the terminal, as the table in README.md, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from bot.errors import FileUnusable
from bot.words.coverage import CoverageWords
from knowledge import Coverage

#: The comments in a Markdown file that the table stands between, each on a line of its own.
BEGIN, END = "<!-- coverage -->", "<!-- end of coverage -->"


def summary_line(coverage: Coverage, words: CoverageWords) -> str:
    """How much is on record in all."""
    return words.summary.format(
        releases=f"{coverage.releases:,}",
        figures=f"{coverage.figures:,}",
        sources=f"{coverage.sources:,}",
        counted=coverage.months_with_count,
        months=len(coverage.months),
    )


def titled(title: str, coverage: Coverage, words: CoverageWords) -> str:
    """A title that says what the count was narrowed to, if it was."""
    only = ", ".join(coverage.only)
    return words.narrowed.format(title=title, only=only) if only else title


def coverage_view(coverage: Coverage, words: CoverageWords) -> Table:
    """A row a month, with what each series has in it."""
    names = {series.id: series.name for series in coverage.series}
    table = Table(
        title=titled(words.title, coverage, words), title_justify="left", title_style="bold", box=box.SIMPLE
    )
    for position, column in enumerate(words.columns):
        table.add_column(column, justify="right" if 0 < position < 4 else "left", overflow="fold")
    for month in coverage.months:
        series = "; ".join(
            words.series.format(name=names[s.series], figures=s.figures, sources=s.sources)
            for s in month.series
        )
        days = _days(month.release_days, month.days_in_month, words)
        table.add_row(month.month, days, f"{month.figures:,}", str(month.sources), Text(series))
    return table


def coverage_markdown(coverage: Coverage, words: CoverageWords) -> str:
    """A row a year in Markdown, and the summary below it."""
    lines = [_row(words.year_columns), _row(["---", *["---:"] * (len(words.year_columns) - 1)])]
    lines += [_row(cells) for cells in _years(coverage, words)]
    return "\n".join((*lines, "", summary_line(coverage, words)))


def coverage_json(coverage: Coverage) -> str:
    """Everything as JSON."""
    return json.dumps(coverage.to_json(), ensure_ascii=False)


def put_between_markers(file: Path, table: str, words: CoverageWords) -> None:
    """Rewrite what stands between the markers of a Markdown file. Raises `FileUnusable`."""
    try:
        before, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN + "\n")
        _, end, after = rest.partition(END + "\n")
        if not begin or not end:
            raise FileUnusable(words.no_markers.format(file=file, begin=BEGIN, end=END))
        file.write_text(f"{before}{begin}{table}\n{end}{after}", encoding="utf-8", newline="")
    except OSError as error:
        raise FileUnusable(words.not_written.format(file=file, reason=error.strerror)) from None
    except UnicodeDecodeError:
        raise FileUnusable(words.no_markers.format(file=file, begin=BEGIN, end=END)) from None


def _years(coverage: Coverage, words: CoverageWords) -> Iterator[list[str]]:
    """The cells of each year's row."""
    for year in coverage.years:
        days = _days(year.release_days, year.days, words)
        counted = _days(year.months_with_count, year.months, words)
        yield [year.year, days, f"{year.releases:,}", f"{year.figures:,}", f"{year.sources:,}", counted]


def _days(days: int, of: int, words: CoverageWords) -> str:
    return words.days.format(days=days, of=of)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"
