"""The `sitrep` command. Errors of every package become one sentence and an exit code here."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import EXIT_CODE, BotError
from knowledge import KnowledgeError, RecordError

app = typer.Typer(
    name="sitrep",
    help="Figures on the campaign against ISIS, each with its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Now = Annotated[
    datetime | None,
    typer.Option("--now", formats=["%Y-%m-%d"], help="Answer as of this day (YYYY-MM-DD) instead of today."),
]
Record = Annotated[
    Path | None, typer.Option("--record", help="A built record to use instead of the shipped one.")
]


def _today(now: datetime | None) -> date:
    return (now or datetime.now(UTC)).date()


@app.command()
def chat(now: Now = None, record: Record = None) -> None:
    """Ask questions in the terminal; no account needed."""
    from bot.terminal import chat as converse  # imported here so that `sitrep ask` starts without it

    converse(record, _today(now))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; `-` with --json reads JSON lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the answer as JSON.")] = False,
    now: Now = None,
    record: Record = None,
) -> None:
    """Answer one question, or with `--json -` one per line of standard input."""
    from bot.asking import answer_lines, answer_one

    if question == "-" and as_json:
        answer_lines(sys.stdin.buffer, sys.stdout, record, _today(now))
    else:
        answer_one(question, as_json, record, _today(now))


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A text file; `-` reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the verdicts as JSON.")] = False,
    record: Record = None,
) -> None:
    """Check every figure that a text claims against the record."""
    from bot.checking import check_file

    check_file(file, as_json, record)


@app.command()
def chart(
    question: Annotated[str, typer.Argument(help="A question on figures over days, months or places.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="PNG file to write.", dir_okay=False)],
    dark: Annotated[bool, typer.Option("--dark", help="Draw on a dark background.")] = False,
    now: Now = None,
    record: Record = None,
) -> None:
    """Draw the answer to a question to a PNG file, and print it as text."""
    from bot.charting import chart_to_file

    chart_to_file(question, output, record, _today(now), dark=dark)


@app.command()
def browse(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8001,
    record: Record = None,
) -> None:
    """Serve the record as pages for the browser, read-only (needs the extra `browse`)."""
    from knowledge import browse_record

    name = f"[{host}]" if ":" in host else host
    where = f"The record is at http://{name}:{port}/record (Ctrl-C ends it)"
    browse_record(record, host, port, lambda: typer.echo(where, err=True))


@app.command()
def run() -> None:
    """Run the Telegram bot by long polling; the settings are environment variables (see README)."""
    from bot.application import run as run_bot  # imported here: Telegram's library is not needed elsewhere

    raise typer.Exit(run_bot())


@app.command()
def demo(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port of the page; 0 takes a free one.")
    ] = 8002,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
    record: Record = None,
) -> None:
    """Talk with the bot in the browser, without Telegram and without an account."""
    from bot.demo.running import run as run_demo

    run_demo(record, port, open_page, lambda line: typer.echo(line, err=True))


def _mount_record_commands() -> None:
    from bot.record_commands import app as record_app

    app.add_typer(record_app, name="record")


def _mount_import_commands() -> None:
    from bot.import_commands import app as import_app

    app.add_typer(import_app, name="import")


def main() -> None:
    """Run the command line; a person reads a sentence, never a traceback."""
    if sys.argv[1:2] in (["record"], ["--help"], []):
        _mount_record_commands()
    if sys.argv[1:2] in (["import"], ["--help"], []):
        _mount_import_commands()
    try:
        app()
    except RecordError as error:
        _fail(f"The record has {len(error.problems)} problem(s):\n{error}", 1)
    except KnowledgeError as error:
        _fail(str(error), 1)
    except BotError as error:
        _fail(str(error), EXIT_CODE)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone: nothing is left to tell


def _fail(message: str, code: int) -> None:
    typer.echo(message, err=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
