"""`sitrep import`: the text of a strike release to rows of the record, shown first, written when accepted."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge import RECORD_FOLDER, Problem, check_record, import_release

if TYPE_CHECKING:
    from knowledge import ImportedRelease

app = typer.Typer(help="Texts to rows of the record, for a curator to accept.", no_args_is_help=True)

Record = Annotated[
    Path, typer.Option("--record", help="Folder of the curated files.", exists=True, file_okay=False)
]
Text = Annotated[str | None, typer.Option(help="In place of the header's.")]


@app.callback()
def imports() -> None:
    """Texts to rows of the record, for a curator to accept."""


@app.command()
def release(
    file: Annotated[str, typer.Argument(help="The text of a strike release; `-` reads standard input.")],
    accept: Annotated[bool, typer.Option("--accept", help="Write the rows into the record.")] = False,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="The page was looked at again: sums and jumps are its own.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    url: Text = None,
    title: Text = None,
    publisher: Text = None,
    published: Text = None,
    record: Record = RECORD_FOLDER,
) -> None:
    """Show what a release adds to the record; exit with 1 if anything is held back or unread."""
    options = {"url": url, "title": title, "publisher": publisher, "published": published}
    given = {key: value for key, value in options.items() if value is not None}
    text = sys.stdin.buffer.read() if file == "-" else None
    imported = import_release(file, record, text, given, confirmed=confirmed, accept=accept)
    if as_json:
        typer.echo(json.dumps(imported.to_json(), ensure_ascii=False))
    else:
        _print(imported, accept)
    problems = check_record(record) if accept and imported.rows else ()
    for problem in problems:
        typer.echo(str(problem), err=True)
    if imported.held or imported.unread or problems:
        raise typer.Exit(1)


def _print(imported: ImportedRelease, accept: bool) -> None:
    """The diff against the record, then what is held back, and what was not read."""
    file = imported.file
    source = imported.source
    typer.echo(f"{'+' if imported.is_new else '='} {source.id}: {source.title} ({source.published})")
    for row in imported.rows:
        days = row.as_of or (row.start if row.start == row.end else f"{row.start} to {row.end}")
        note = f"  [{row.note}]" if row.note else ""
        typer.echo(f"+ {row.id}: {row.value} ({days}){note}")
    for draft in imported.on_record:
        typer.echo(f"= {draft.row.id if draft.row else draft.about}: {draft.held}")
    for draft in imported.held:
        value = f"{draft.row.id}: {draft.row.value}" if draft.row else draft.about
        typer.echo(str(Problem(file, draft.line, f"held back: {draft.held} ({value})")))
    for line in imported.unread:
        typer.echo(str(Problem(file, line.line, f"not read: {line.reason}: {line.text}")))
    counts = f"{len(imported.rows)} new, {len(imported.on_record)} on record, {len(imported.held)} held back"
    typer.echo(f"{counts}, {len(imported.unread)} lines not read")
    if imported.rows:
        hint = "nothing written; --accept writes the new rows"
        typer.echo(f"written to {', '.join(imported.files)}" if accept else hint)
