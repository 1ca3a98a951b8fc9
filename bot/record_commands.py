"""`sitrep record`: check the curated files, build the database that answers are read from, look into it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from knowledge import (
    DEFAULT_DATABASE,
    RECORD_FOLDER,
    RecordError,
    RecordSummary,
    StoreError,
    build_record,
    check_record,
    open_knowledge,
    render_plain,
    summarise_record,
)

app = typer.Typer(help="The curated record: check it, build it, see what it holds.", no_args_is_help=True)

Record = Annotated[
    Path, typer.Option("--record", help="Folder of the curated files.", exists=True, file_okay=False)
]
Built = Annotated[
    Path | None, typer.Option("--record", help="A built record to use instead of the shipped one.")
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
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw it to this PNG file too.", dir_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Write a row a year in Markdown.")] = False,
    into: Annotated[
        Path | None, typer.Option(help="Put the Markdown between the markers of this file.", dir_okay=False)
    ] = None,
    metric: Annotated[str, typer.Option(help="Count figures of this metric only.")] = "",
    place: Annotated[str, typer.Option(help="Count figures for this place only.")] = "",
    record: Built = None,
) -> None:
    """Show what is on record by month and series, and which days a strike release is for."""
    from bot import coverage_views as views  # here: checking and building need none of it
    from bot.words.coverage import load_coverage_words

    words = load_coverage_words()
    with closing(open_knowledge(record)) as knowledge:
        found = knowledge.coverage(metric, place)
    if plot is not None:
        from bot.coverage_picture import draw_coverage  # here: matplotlib takes long to load

        draw_coverage(found, plot, words)
    if into is not None:
        views.put_between_markers(into, views.coverage_markdown(found, words), words)
    elif as_json:
        typer.echo(views.coverage_json(found))
    elif as_markdown:
        typer.echo(views.coverage_markdown(found, words))
    else:
        Console(highlight=False).print(views.coverage_view(found, words))
        typer.echo(views.summary_line(found, words))


@app.command()
def history(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The id of a figure on record.")],
    record: Built = None,
) -> None:
    """Show a figure with its source, and every earlier value of it with the day and the reason."""
    with closing(open_knowledge(record)) as knowledge:
        typer.echo(render_plain(knowledge.history(identifier).text))


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
