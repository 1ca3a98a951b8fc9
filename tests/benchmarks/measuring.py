"""Time and memory, measured so that a busy moment of the machine shows little: medians of repeated runs."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

#: Asked of a fresh process; not of the benchmark's questions, so that nothing of them is prepared. The second
#: has a misspelt and an unknown word, for which more must be loaded.
FIRST_QUESTIONS = {
    "plain question": "How many strikes near Kisik on 10 June 2017?",
    "misspelt one": "How many strkes near Blorvania on 10 June 2017?",
}
_ROOT = Path(__file__).parent.parent.parent
#: Runs in a fresh process: opens a record, asks, and prints how much of it is in memory.
_RESIDENT = """
import sys
from datetime import date
from pathlib import Path
from knowledge import open_knowledge
knowledge = open_knowledge(Path(sys.argv[1]))
for line in sys.stdin:
    knowledge.ask(line, now=date.fromisoformat(sys.argv[2]))
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
"""


def timed(ask: Callable[[Given], Found], questions: Sequence[Given]) -> tuple[list[Found], list[float]]:
    """What was found for each question, and how many milliseconds each took."""
    found, times = [], []
    for question in questions:
        begun = perf_counter()
        found.append(ask(question))
        times.append(1000 * (perf_counter() - begun))
    return found, times


def medians(runs: Sequence[Sequence[float]]) -> list[float]:
    """The median of each question's times over several runs."""
    return [median(times) for times in zip(*runs, strict=True)]


def percentile(times: Sequence[float], share: float) -> float:
    """The time that a share (0 to 1) of the questions does not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def seconds_to_first_answer(record: Path, question: str, runs: int) -> list[float]:
    """How long `sitrep ask` takes as a process, from its start to its end, for each of several runs."""
    command = [str(Path(sys.executable).parent / "sitrep"), "ask", "--record", str(record), question]
    return [_seconds(command) for _ in range(runs)]


def _seconds(command: Sequence[str]) -> float:
    begun = perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=_ROOT)
    return perf_counter() - begun


def resident_megabytes(record: Path, questions: Sequence[str], now: str) -> float | None:
    """Memory of a fresh process that opened a record and answered; None where the system doesn't tell."""
    if not Path("/proc/self/status").exists():
        return None
    run = subprocess.run(
        [sys.executable, "-c", _RESIDENT, str(record), now],
        input="\n".join(question.replace("\n", " ") for question in questions),
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=_ROOT,
    )
    return int(run.stdout) / 1024
