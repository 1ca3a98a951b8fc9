"""Sitrep and the stand-ins on the same questions and facts: what they get right and how long they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter

from knowledge import Answer, Knowledge

from .measuring import medians, percentile, timed
from .phrasing import Phrase, phrases
from .questions import NOW, Case, Judgement, judge, values_of
from .standins import STAND_INS, StandIn, tuned_cutoff, values_above

#: Asked before a run is timed, so that what is loaded at the first question is loaded.
_WARMING_UP = (
    "How many sorties over Homs in 2015?",
    "strikes near Blorvania on 10 June 2017",
    "what is a sortie?",
)


@dataclass(frozen=True, slots=True)
class Result:
    """How one system did on one size of the record. Times are milliseconds a question.

    `answerable` counts the questions with an answer on record. `quietest_p50` takes each question's
    shortest time of all passes: what is left when the machine is busy.
    """

    system: str
    judgements: Counter[Judgement]
    answerable: int
    opening: float
    p50: float
    p99: float
    quietest_p50: float
    slowest: tuple[tuple[float, str], ...]
    failed: tuple[tuple[Judgement, str], ...]


@dataclass
class _Run:
    """What the passes over one record came to so far."""

    times: list[list[float]] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def sitrep_results(records: Mapping[int, Path], cases: Sequence[Case], passes: int) -> dict[int, Result]:
    """Sitrep on each record. The passes take turns, so that a busy moment falls on all records alike."""
    runs = {factor: _Run() for factor in records}
    for _ in range(passes):
        for factor, record in records.items():
            _pass(record, cases, runs[factor])
    return {factor: _sitrep_result(cases, run) for factor, run in runs.items()}


def _pass(record: Path, cases: Sequence[Case], run: _Run) -> None:
    """All cases once, in a newly opened record: no question finds its own misspellings remembered."""
    begun = perf_counter()
    knowledge = Knowledge(record)
    run.openings.append(perf_counter() - begun)
    for question in _WARMING_UP:
        knowledge.ask(question, now=NOW)
    run.answers, times = timed(lambda case: knowledge.ask(case.text, now=NOW), cases)
    run.times.append(times)
    knowledge.close()


def _sitrep_result(cases: Sequence[Case], run: _Run) -> Result:
    values = [values_of(answer) for answer in run.answers]
    result = _result("Sitrep", cases, values, median(run.openings), medians(run.times))
    quietest = [min(times) for times in zip(*run.times, strict=True)]
    return replace(result, quietest_p50=percentile(quietest, 0.50))


def stand_in_results(record: Path, cases: Sequence[Case]) -> Iterator[Result]:
    """Each stand-in on the same facts; it keeps nothing between questions, so one pass will do."""
    known = phrases(record)
    for kind in STAND_INS:
        begun = perf_counter()
        stand_in = kind(known)
        yield _stand_in_result(stand_in, perf_counter() - begun, known, cases)


def _stand_in_result(
    stand_in: StandIn, opening: float, known: Sequence[Phrase], cases: Sequence[Case]
) -> Result:
    found, times = timed(lambda case: stand_in.nearest(case.text), cases)
    cutoff = tuned_cutoff(cases, found, known)
    values = [values_above(cutoff, near, known) for near in found]
    return _result(stand_in.name, cases, values, opening, times)


def _result(
    system: str,
    cases: Sequence[Case],
    values: Sequence[Sequence[int | float]],
    opening: float,
    times: Sequence[float],
) -> Result:
    judged = [judge(case, asserted) for case, asserted in zip(cases, values, strict=True)]
    texts = [case.text for case in cases]
    return Result(
        system,
        Counter(judged),
        sum(bool(case.figures) for case in cases),
        opening,
        percentile(times, 0.50),
        percentile(times, 0.99),
        percentile(times, 0.50),
        tuple(sorted(zip(times, texts, strict=True), reverse=True)[:5]),
        tuple((j, text) for j, text in zip(judged, texts, strict=True) if j in ("wrong", "missed")),
    )
