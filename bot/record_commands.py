"""`sitrep record`: check the curated files, and build the database that answers are read from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.coverage_views import coverage_markdown, coverage_table, summary_line
from knowledge import (
    DEFAULT_DATABASE,
    RECORD_FOLDER,
    RecordError,
    RecordSummary,
    StoreError,
    build_record,
    check_record,
    record_coverage,
    summarise_record,
)

app = typer.Typer(help="The curated record: check it, build it.", no_args_is_help=True)

Record = Annotated[
    Path, typer.Option("--record", help="Folder of the curated files.", exists=True, file_okay=False)
]
Output = Annotated[Path, typer.Option("--output", help="Database to write.", dir_okay=False)]


@app.command()
def check(record: Record = RECORD_FOLDER) -> None:
    """Print every problem with file and line; exit with 1 if there is any."""
    problems = check_record(record)
    _print_problems(problems)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{_counts(summarise_record(record))}: no problems")


@app.command()
def build(record: Record = RECORD_FOLDER, output: Output = DEFAULT_DATABASE) -> None:
    """Build the database; what was there stays unless the new one is whole."""
    try:
        summary = _build_with_bar(record, output)
    except RecordError as error:
        _print_problems(error.problems)
        raise typer.Exit(1) from None
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{_counts(summary)}: built {output}")


@app.command()
def coverage(
    record: Record = RECORD_FOLDER,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the table of the README.")] = False,
) -> None:
    """Print by month on how many days a release is on record, and where other figures are (*)."""
    held = record_coverage(record)
    if markdown:
        typer.echo(coverage_markdown(held))
        return
    Console().print(coverage_table(held))
    typer.echo(summary_line(held))


def _build_with_bar(record: Path, output: Path) -> RecordSummary:
    columns = (TextColumn("Building"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        return build_record(
            record,
            output,
            progress=lambda table, done, of: bar.update(task, description=table, completed=done, total=of),
        )


def _print_problems(problems: tuple[object, ...]) -> None:
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}")


def _counts(summary: RecordSummary) -> str:
    return (
        f"{summary.sources} sources, {summary.figures} figures, {summary.events} event dates, "
        f"{summary.topics} topics, {summary.places} places, {summary.names} names"
    )
