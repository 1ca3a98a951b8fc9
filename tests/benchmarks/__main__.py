"""`make bench`: what Sitrep and its stand-ins get right, how long answers and pictures take, fuzzing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console

from knowledge import RECORD_FOLDER, build_record, open_knowledge

from . import reporting
from .claiming import Accuracy, accuracy, claim_texts, claim_traps, milliseconds
from .comparing import Result, sitrep_results, stand_in_results
from .fuzz import fuzz
from .growth import grow
from .measuring import FIRST_QUESTIONS, resident_megabytes, seconds_to_first_answer
from .pictures import pictures, seconds_to_first_picture
from .questions import NOW, cases


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: sizes of the record, passes, every which question stand-ins get at 100 times."""

    factors: tuple[int, ...]
    passes: int
    stride: int
    starts: int
    fuzzed: int


FULL = Extent(factors=(1, 10, 100), passes=9, stride=1, starts=5, fuzzed=100_000)
QUICK = Extent(factors=(1, 10, 100), passes=3, stride=12, starts=2, fuzzed=3_000)


def main() -> None:
    """Measure and print; nothing is asserted, a failure shows as a figure."""
    arguments = _arguments()
    extent = QUICK if arguments.quick else FULL
    begun = perf_counter()
    console = Console(highlight=False, width=118)
    with TemporaryDirectory() as folder:
        records = _records(Path(folder), extent.factors)
        reporting.title(console, records, cases())
        results = list(_results(console, records, extent))
        _footprint(console, records, extent)
        _pictures(console, records[1], extent)
        claims = _claims(console, records[1], extent)
        if not arguments.no_fuzz:
            reporting.fuzzed(console, fuzz(records[1], extent.fuzzed))
    reporting.verdicts(console, results)
    reporting.claim_verdicts(console, *claims)
    console.print(f"\nTook {perf_counter() - begun:.0f} s.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, in under a minute")
    parser.add_argument("--no-fuzz", action="store_true", help="leave out the generated questions")
    return parser.parse_args()


def _records(folder: Path, factors: Sequence[int]) -> dict[int, Path]:
    """The shipped record, freshly built, and grown ones."""
    shipped = folder / "shipped.db"
    build_record(RECORD_FOLDER, shipped)
    records = {factor: folder / f"record-{factor}.db" for factor in factors}
    for factor, path in records.items():
        grow(shipped, path, factor)
    return records


def _results(console: Console, records: dict[int, Path], extent: Extent) -> Iterator[tuple[int, Result]]:
    sitrep = sitrep_results(records, cases(), extent.passes)
    for factor, path in records.items():
        stride = extent.stride if factor > 10 else 1
        found = [sitrep[factor], *stand_in_results(path, cases()[::stride])]
        reporting.compared(console, factor, found)
        if factor == 1:
            reporting.failed(console, found[0])
            reporting.slowest(console, found[0])
        yield from ((factor, result) for result in found)


def _claims(console: Console, record: Path, extent: Extent) -> tuple[dict[str, Accuracy], dict[int, float]]:
    """How claims of texts are judged, and how long a post and an article take."""
    knowledge = open_knowledge(record)
    found, wrong = accuracy(knowledge, claim_texts())
    reporting.claims(console, claim_texts(), found, wrong)
    reporting.claims(console, claim_traps(), *accuracy(knowledge, claim_traps()))
    return found, milliseconds(knowledge, claim_texts(), extent.passes)


def _footprint(console: Console, records: dict[int, Path], extent: Extent) -> None:
    texts = [case.text for case in cases()]
    for factor, path in records.items():
        first = {
            kind: seconds_to_first_answer(path, question, extent.starts)
            for kind, question in FIRST_QUESTIONS.items()
        }
        resident = resident_megabytes(path, texts, NOW.isoformat())
        reporting.footprint(console, factor, first, resident)


def _pictures(console: Console, record: Path, extent: Extent) -> None:
    drawn = list(pictures(record, NOW, extent.passes))
    reporting.drawn(console, drawn, seconds_to_first_picture(record, extent.starts))


if __name__ == "__main__":
    main()
