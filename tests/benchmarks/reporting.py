"""The benchmark's figures as tables, and how they stand to what the project promises."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .claiming import LENGTHS, Accuracy, ClaimText
from .comparing import Result
from .fuzz import Findings, failures
from .pictures import Drawn
from .questions import Case


def title(console: Console, records: Mapping[int, Path], cases: Sequence[Case]) -> None:
    """What is measured on what."""
    answerable = sum(bool(case.figures) for case in cases)
    console.print(
        f"{len(cases)} questions: {answerable} with an answer on record, {len(cases) - answerable} without"
    )
    sizes = [f"{_figures(path)} ({factor}x)" for factor, path in records.items()]
    console.print(f"Figures on record: {', '.join(sizes)}")
    console.print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    tags = Counter(case.tag for case in cases)
    console.print("Kinds: " + ", ".join(f"{n} {tag}" for tag, n in tags.items()))
    console.print(
        "Each stand-in's cutoff is the one that gets most of these very questions right, its best case."
    )


def _figures(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("select count(*) from facts").fetchone()[0])


def compared(console: Console, factor: int, results: Sequence[Result]) -> None:
    """One row a system, for one size of the record."""
    table = Table(title=f"\nRecord {factor}x", title_justify="left", title_style="bold")
    table.add_column("system")
    for heading in (
        "asked",
        "right",
        "wrong figure",
        "missed",
        "refused rightly",
        "p50 ms",
        "p99 ms",
        "opens in s",
    ):
        table.add_column(heading, justify="right")
    for result in results:
        judged, asked = result.judgements, result.judgements.total()
        table.add_row(
            result.system,
            str(asked),
            f"{judged['right']} of {result.answerable}",
            str(judged["wrong"]),
            str(judged["missed"]),
            f"{judged['refused']} of {asked - result.answerable}",
            f"{result.p50:.2f}",
            f"{result.p99:.2f}",
            f"{result.opening:.2f}",
        )
    console.print(table)


def failed(console: Console, result: Result) -> None:
    """The questions that Sitrep did not get right."""
    for judgement, text in result.failed:
        console.print(f"  {judgement}: {escape(text)}")


def slowest(console: Console, result: Result) -> None:
    """The questions that take Sitrep longest."""
    for milliseconds, text in result.slowest:
        console.print(f"  slow, {milliseconds:.2f} ms: {escape(text)}")


def footprint(
    console: Console, factor: int, first: Mapping[str, Sequence[float]], resident: float | None
) -> None:
    """Start-up and memory at one size of the record."""
    memory = f"{resident:.0f} MB" if resident is not None else "not told by this system"
    starts = [f"{kind} {median(runs):.2f} s (slowest {max(runs):.2f} s)" for kind, runs in first.items()]
    console.print(
        f"Record {factor}x: `sitrep ask` from start to end, median: {', '.join(starts)}; "
        f"resident memory of the engine: {memory}",
        soft_wrap=True,
    )


def drawn(console: Console, pictures: Sequence[Drawn], first: Sequence[float]) -> None:
    """One row a kind of picture, and whether each took less than a second."""
    table = Table(title="\nPictures", title_justify="left", title_style="bold")
    table.add_column("picture")
    for heading in ("figures ms", "drawing ms", "slowest ms", "kB"):
        table.add_column(heading, justify="right")
    for picture in pictures:
        times = (picture.charting, picture.drawing, picture.slowest, picture.size)
        table.add_row(picture.name, *(f"{time:.0f}" for time in times))
    console.print(table)
    slowest = max(picture.charting + picture.slowest for picture in pictures)
    kept = "yes" if slowest < 1000 else "NO "
    console.print(f"{kept}  every picture under a second: the slowest took {slowest:.0f} ms with its figures")
    console.print(
        f"`sitrep chart` from start to end: {median(first):.2f} s (slowest {max(first):.2f} s), "
        "most of it loading matplotlib, which the bot does when it starts"
    )


def fuzzed(console: Console, found: Findings) -> None:
    """What the generated questions came to, with the first that failed."""
    milliseconds, text = found.longest
    console.print(
        f"\nFuzz: {found.asked:,} questions, {found.with_figures:,} answered with figures, "
        f"{len(found.exceptions)} exceptions, {len(found.unsourced)} figures without a source"
    )
    console.print(
        f"Longest answer: {milliseconds:.1f} ms, to {len(text)} characters {escape(repr(text[:100]))}"
    )
    for line in failures(found):
        console.print(f"  {escape(line)}", soft_wrap=True)


def claims(
    console: Console, texts: Sequence[ClaimText], found: Mapping[str, Accuracy], wrong: Sequence[str]
) -> None:
    """How often each verdict on the claims of texts was right."""
    planted = sum(bool(case.planted) for case in texts)
    numbers = sum(len(case.claims) for case in texts)
    console.print(f"\n{len(texts)} texts with {numbers} claims, {planted} texts with one slot planted wrong")
    table = Table(title_justify="left")
    for heading in ("verdict", "given", "right", "to be given", "precision", "recall"):
        table.add_column(heading, justify="left" if heading == "verdict" else "right")
    for verdict, of in found.items():
        shares = f"{100 * of.precision:.1f} %", f"{100 * of.recall:.1f} %"
        table.add_row(verdict, str(of.given), str(of.right), str(of.expected), *shares)
    console.print(table)
    for line in wrong:
        console.print(f"  {escape(line)}", soft_wrap=True)


def claim_verdicts(
    console: Console, found: Mapping[str, Accuracy], milliseconds: Mapping[int, float]
) -> None:
    """Whether the promises on claims hold in this run."""
    for verdict in ("supported", "contradicted"):
        precision, recall = found[verdict].precision, found[verdict].recall
        kept = precision >= 0.98 and recall >= 0.9
        said = f"{100 * precision:.1f} %, recall {100 * recall:.1f} %"
        console.print(f'{"yes" if kept else "NO "}  precision of "{verdict}" at least 98 %: {said}')
    for length, took in milliseconds.items():
        allowed = LENGTHS[length]
        promise = f"a text of {length:,} characters in {allowed:,.0f} ms: {took:.1f} ms"
        console.print(f"{'yes' if took < allowed else 'NO '}  {promise}")
    (short, quick), (long, slow) = sorted(milliseconds.items())
    grown = (slow / quick) / (long / short)
    console.print(f"{'yes' if grown <= 1.5 else 'NO '}  time grows as length does: {grown:.2f} times that")


def verdicts(console: Console, results: Sequence[tuple[int, Result]]) -> None:
    """Whether the promises hold in this run."""
    console.print()
    for promise, kept in _promises(results):
        console.print(f"{'yes' if kept else 'NO '}  {promise}")


def _promises(results: Sequence[tuple[int, Result]]) -> Iterator[tuple[str, bool]]:
    sitrep = {factor: result for factor, result in results if result.system == "Sitrep"}
    small, largest = sitrep[1], max(sitrep)
    large = sitrep[largest]
    rivals = [result for factor, result in results if factor == largest and result.system != "Sitrep"]
    growth = large.p50 / small.p50
    quietest = f"{small.quietest_p50:.2f} ms in the quietest passes"
    yield f"p50 under 1 ms at the shipped record: {small.p50:.2f} ms, {quietest}", small.p50 < 1
    yield f"p99 under 5 ms at the shipped record: {small.p99:.2f} ms", small.p99 < 5
    yield f"p50 at {largest}x at most 1.5 times that: {growth:.2f} times", growth <= 1.5
    yield (
        f"faster than every stand-in at {largest}x",
        all(large.p50 < r.p50 and large.p99 < r.p99 for r in rivals),
    )
    yield (
        "more right than every stand-in, fewer wrong",
        all(
            _right(sitrep[factor]) > _right(r) and sitrep[factor].judgements["wrong"] < r.judgements["wrong"]
            for factor, r in results
            if r.system != "Sitrep"
        ),
    )


def _right(result: Result) -> float:
    """The share of the questions that were answered right or rightly refused."""
    return (result.judgements["right"] + result.judgements["refused"]) / result.judgements.total()
