"""`sitrep chart`: the answer to a question as a picture in a file, its text on standard output."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from bot.charts.captions import caption
from bot.errors import FileUnusable, NothingToDraw
from bot.words import load_words
from bot.words.charts import load_chart_words
from knowledge import is_charted, open_knowledge, render_plain

#: No text is left out in a terminal.
_ENDLESS = 1_000_000


def chart_to_file(question: str, file: Path, record: Path | None, now: date, *, dark: bool = False) -> None:
    """Write the chart of a question's answer to a PNG file, and print it as text.

    Raises `NothingToDraw` with the answer where it is none that could be drawn, `FileUnusable`.
    """
    words = load_chart_words()
    if file.suffix.lower() != ".png":
        raise FileUnusable(words.no_png.format(file=file))
    with closing(open_knowledge(record)) as knowledge:
        answer = knowledge.ask(question, now=now)
        chart = knowledge.chart(answer.thread.query) if is_charted(answer) else None
        if chart is None:
            nothing = words.nothing_to_draw_of.format(answer=render_plain(answer.text))
            raise NothingToDraw(nothing)
    from bot.charts.drawing import draw  # here: a refusal needs nothing that draws

    try:
        file.write_bytes(draw(chart, words, dark=dark))
    except OSError as error:
        raise FileUnusable(words.not_written.format(file=file, reason=error.strerror)) from None
    print(render_plain(caption(chart, words, load_words(), _ENDLESS)))  # noqa: T201  # the command's output
