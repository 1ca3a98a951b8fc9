"""What must hold between the rows of the record. Every breach is returned; nothing stops at the first.

A curator who has looked at a breach and finds the source says so writes it into the row's note, after
the word named here: "does not add up: …", "falls: …", "jump: …".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from knowledge.aliases import alias_problems
from knowledge.curated import CuratedRecord, Entry, read_record
from knowledge.errors import Problem
from knowledge.files import csv_text
from knowledge.models import Number, first_day, last_day
from knowledge.notes import FALLING, JUMPING, NOT_ADDING_UP
from knowledge.references import References
from knowledge.rows import TARGETS, FactRow, SeriesRow

Fact = Entry[FactRow]
Key = tuple[str | None, ...]


def check_record(folder: Path) -> tuple[Problem, ...]:
    """All problems of a record's folder, by file and line; none if it can be built."""
    return problems(read_record(folder))


def problems(record: CuratedRecord) -> tuple[Problem, ...]:
    """All problems of a record that was read, those of its form included."""
    found = [*record.problems, *References(record).problems(), *alias_problems(record)]
    for rule in _RULES:
        found.extend(rule(record))
    return tuple(sorted(set(found)))


def figures_are_whole(record: CuratedRecord) -> Iterator[Problem]:
    """A figure is one value, or a range with the qualifier "between"; a target goes with its effect."""
    for entry in record.facts:
        row = entry.row
        is_range = row.low is not None and row.high is not None
        if (row.value is not None) == is_range or (row.low is None) != (row.high is None):
            yield entry.problem("needs a value, or both low and high")
        if (row.qualifier == "between") != is_range:
            yield entry.problem("between is the qualifier of a range, and of nothing else")
        if row.low is not None and row.high is not None and row.low > row.high:
            yield entry.problem("low is above high")
        if len({row.metric == TARGETS, row.target is not None, row.effect is not None}) > 1:
            yield entry.problem(f"target and effect belong to the metric {TARGETS}, both of them")


def dates_fit_the_series(record: CuratedRecord) -> Iterator[Problem]:
    """A series of periods or levels gives start and end, a cumulative one the day it counts up to."""
    scopes = {entry.row.id: entry.row.scope for entry in record.series}
    for entry in record.facts:
        row, scope = entry.row, scopes.get(entry.row.series)
        if row.start and row.end and last_day(row.end) < last_day(row.start):
            yield entry.problem("ends before it starts")
        if scope in ("period", "level") and (not row.start or not row.end or row.as_of):
            yield entry.problem(f"a figure of {row.series} needs start and end, and no as_of")
        if scope == "cumulative" and not row.as_of:
            yield entry.problem(f"a figure of {row.series} needs as_of")
    for event in record.events:
        if event.row.end and last_day(event.row.end) < last_day(event.row.start):
            yield event.problem("ends before it starts")


def nothing_is_told_before_it_was(record: CuratedRecord) -> Iterator[Problem]:
    """A page tells of nothing that began after its publication; of a year it may tell in its last days."""
    published = {entry.row.id: last_day(entry.row.published) for entry in record.sources}
    for fact in record.facts:
        day = fact.row.as_of or fact.row.start
        if day and first_day(day) > published.get(fact.row.source, date.max):
            yield fact.problem(f"is for {day}, after its source was published")
    for event in record.events:
        if first_day(event.row.start) > published.get(event.row.source, date.max):
            yield event.problem(f"began on {event.row.start}, after its source was published")


def no_figure_is_given_twice(record: CuratedRecord) -> Iterator[Problem]:
    """One source gives one figure for one thing."""
    seen: dict[Key, Fact] = {}
    for entry in record.facts:
        row = entry.row
        key = (
            row.source,
            row.metric,
            row.actor,
            row.place,
            row.start,
            row.end,
            row.as_of,
            row.target,
            row.effect,
        )
        if key in seen:
            yield entry.problem(f"the same figure as {seen[key].row.id}")
        seen.setdefault(key, entry)


def places_add_up(record: CuratedRecord) -> Iterator[Problem]:
    """In an addable series a place's figure is the sum of those of the places in it, where any are given."""
    parents = {entry.row.id: entry.row.parent for entry in record.places}
    addable = {entry.row.id for entry in record.series if entry.row.addable}
    facts = [entry for entry in record.facts if entry.row.series in addable and entry.row.target is None]
    for group in _grouped(facts, _report):
        for whole in group:
            parts = [e.row.value or 0 for e in group if parents.get(e.row.place) == whole.row.place]
            if parts and sum(parts) != whole.row.value and NOT_ADDING_UP not in whole.row.note:
                yield whole.problem(
                    f"{whole.row.value} {whole.row.metric}, but its places add up to {sum(parts)}"
                )


def cumulative_figures_never_fall(record: CuratedRecord) -> Iterator[Problem]:
    """What is counted from the start on grows; a fall is a slip unless its note explains it."""
    for before, after in _neighbours(record, lambda series: series.scope == "cumulative"):
        if _size(after) < _size(before) and FALLING not in after.row.note:
            yield after.problem(f"falls to {_size(after)} from {_size(before)} ({before.row.id})")


def tenfold_jumps_are_explained(record: CuratedRecord) -> Iterator[Problem]:
    """A figure ten times its neighbour's is likely a slipped digit. Counts of one swing by themselves.

    Figures over days are held against those over about as many days. A slipped digit would have broken a sum
    that comes out, so the figures of such a sum may jump.
    """
    sound = _figures_of_sums(record)
    for before, after in _neighbours(record, lambda series: series.addable or series.scope == "cumulative"):
        small, large = sorted((_size(before), _size(after)))
        explained = JUMPING in after.row.note or after.row.id in sound or before.row.id in sound
        if small > 1 and large >= 10 * small and not explained:
            yield after.problem(f"jumps to {_size(after)} from {_size(before)} ({before.row.id})")


def pins_are_of_their_metric_and_place(record: CuratedRecord) -> Iterator[Problem]:
    """A pinned figure answers for the metric and place it is pinned to, and each is pinned in one entry."""
    facts = {entry.row.id: entry.row for entry in record.facts}
    seen: set[tuple[str, str]] = set()
    for pin in record.pins:
        if (pin.row.metric, pin.row.place) in seen:
            yield pin.problem(f"{pin.row.metric} in {pin.row.place} is pinned twice")
        seen.add((pin.row.metric, pin.row.place))
        for name in pin.row.facts:
            fact = facts.get(name)
            if fact and (fact.metric, fact.place) != (pin.row.metric, pin.row.place):
                yield pin.problem(f"{name} is not of {pin.row.metric} in {pin.row.place}")


def corrections_lead_to_the_record(record: CuratedRecord) -> Iterator[Problem]:
    """The last correction of a cell says what stands there now; older ones stay as they were."""
    facts = {entry.row.id: entry.row for entry in record.facts}
    last = {(entry.row.fact, entry.row.field): entry for entry in record.corrections}
    for (name, field), entry in last.items():
        cell = getattr(facts.get(name), field, None)
        if name in facts and entry.row.new != ("" if cell is None else str(cell)):
            yield entry.problem(f"{field} of {name} is {cell}, not {entry.row.new}")


def publishers_match_something(record: CuratedRecord) -> Iterator[Problem]:
    """A publisher's name leads to series or sources on record."""
    known = {entry.row.publisher for entry in record.series} | {
        entry.row.publisher for entry in record.sources
    }
    for publisher in record.publishers:
        for name in publisher.row.matches:
            if name not in known:
                yield publisher.problem(f"no series or source of {name}")


def tables_are_in_the_one_form(record: CuratedRecord) -> Iterator[Problem]:
    """A CSV file comes out the same when read and written again."""
    for table in record.tables:
        written = csv_text(table.columns, [row for _, row in table.rows])
        if table.text and written != table.text:
            lines = zip((*table.text.splitlines(True), ""), (*written.splitlines(True), ""), strict=False)
            line = next((n for n, (had, wants) in enumerate(lines, 1) if had != wants), 0)
            yield Problem(table.file, line, "would be written differently (quotes, line ends or blank lines)")


_RULES: tuple[Callable[[CuratedRecord], Iterator[Problem]], ...] = (
    figures_are_whole,
    dates_fit_the_series,
    nothing_is_told_before_it_was,
    no_figure_is_given_twice,
    places_add_up,
    cumulative_figures_never_fall,
    tenfold_jumps_are_explained,
    pins_are_of_their_metric_and_place,
    corrections_lead_to_the_record,
    publishers_match_something,
    tables_are_in_the_one_form,
)


def _report(entry: Fact) -> Key:
    row = entry.row
    return (row.source, row.actor, row.metric, row.start, row.end)


def _figures_of_sums(record: CuratedRecord) -> set[str]:
    """The ids of figures that are the sum of their places' in the same report, and of these."""
    parents = {entry.row.id: entry.row.parent for entry in record.places}
    addable = {entry.row.id for entry in record.series if entry.row.addable}
    facts = [entry for entry in record.facts if entry.row.series in addable and entry.row.target is None]
    found: set[str] = set()
    for group in _grouped(facts, _report):
        for whole in group:
            parts = [e.row for e in group if parents.get(e.row.place) == whole.row.place]
            if parts and sum(part.value or 0 for part in parts) == whole.row.value:
                found |= {whole.row.id, *(part.id for part in parts)}
    return found


def _kept_apart(entry: Fact) -> Key:
    row = entry.row
    days = str(length_class(row)) if row.start and row.end and not row.as_of else ""
    return (row.series, row.metric, row.actor, row.place, days)


def length_class(row: FactRow) -> int:
    """How long the days of a figure are, roughly: all months are alike, a day is no week."""
    days = (last_day(row.end or "") - first_day(row.start or "")).days + 1
    return round(math.log2(max(days, 1)))


def _grouped(entries: Iterable[Fact], key: Callable[[Fact], Key]) -> list[list[Fact]]:
    groups: dict[Key, list[Fact]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return list(groups.values())


def _neighbours(record: CuratedRecord, wanted: Callable[[SeriesRow], bool]) -> Iterator[tuple[Fact, Fact]]:
    """Figures of one thing that follow each other in time; counts of targets swing too much to compare."""
    series = {entry.row.id for entry in record.series if wanted(entry.row)}
    dated = [
        e
        for e in record.facts
        if e.row.series in series and e.row.target is None and (e.row.as_of or e.row.end)
    ]
    for group in _grouped(dated, _kept_apart):
        yield from pairwise(sorted(group, key=lambda e: last_day(e.row.as_of or e.row.end or "")))


def _size(entry: Fact) -> Number:
    row = entry.row
    return next((number for number in (row.value, row.low, row.high) if number is not None), 0)
