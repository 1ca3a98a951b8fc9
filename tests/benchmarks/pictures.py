"""How long a chart takes: its figures from the record, its picture, and the first picture of a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.charts.drawing import draw
from bot.words.charts import load_chart_words
from knowledge import open_knowledge

#: A question for each kind of picture, and for the largest of it.
QUESTIONS = {
    "a month in two countries": "compare strikes in Iraq and Syria in June 2017",
    "a day": "strikes in Syria on 10 June 2017",
    "a month near one place": "strikes near Raqqa in June 2017",
    "60 months": "strikes in Syria from August 2014 to July 2019",
    "targets of a month, stacked": "what was hit in Syria in June 2017",
    "targets of a year, stacked": "what was hit near Mosul in 2017",
    "targets of a day": "what was hit in Syria on 10 June 2017",
    "cumulative counts": "how many civilians has the coalition killed so far?",
    "a map of a month": "where were strikes in June 2017",
    "a map of a year": "what places were struck most in 2017",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Medians in milliseconds for one kind of picture, the slowest drawing of it, and its size in kB."""

    name: str
    charting: float
    drawing: float
    slowest: float
    size: float


def pictures(record: Path, now: date, runs: int) -> Iterator[Drawn]:
    """Each kind of picture, made anew several times, light and dark in turns."""
    words = load_chart_words()
    with closing(open_knowledge(record)) as knowledge:
        for name, question in QUESTIONS.items():
            query = knowledge.ask(question, now=now).thread.query
            charting, drawing, picture = [], [], b""
            for run in range(runs):
                begun = perf_counter()
                chart = knowledge.chart(query)
                charting.append(1000 * (perf_counter() - begun))
                if chart is None:
                    break
                begun = perf_counter()
                picture = draw(chart, words, dark=bool(run % 2))
                drawing.append(1000 * (perf_counter() - begun))
            if drawing:
                yield Drawn(name, median(charting), median(drawing), max(drawing), len(picture) / 1000)


def seconds_to_first_picture(record: Path, runs: int) -> list[float]:
    """How long `sitrep chart` takes as a process, from its start to its end, for each of several runs."""
    question = next(iter(QUESTIONS.values()))
    seconds = []
    with TemporaryDirectory() as folder:
        file = str(Path(folder) / "chart.png")
        program = str(Path(sys.executable).parent / "sitrep")
        for _ in range(runs):
            begun = perf_counter()
            command = [program, "chart", question, "-o", file, "--record", str(record)]
            subprocess.run(command, check=True, capture_output=True)
            seconds.append(perf_counter() - begun)
    return seconds
