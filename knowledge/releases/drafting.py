"""What a release states, as rows of the record: each figure with its id, or the reason why it is none yet.

Statements of one place and day are added up; a whole that is given twice must be the same. Nothing is
compared with the record here: that is the gates' job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.releases.hits import Hit
from knowledge.releases.naming import BOTH, Names
from knowledge.releases.reading import Reading, Span, Statement
from knowledge.rows import TARGETS, FactRow

SERIES = {"main": "strike-releases", "late": "late-strike-reports", "total": "running-strike-counts"}
MAIN_SERIES, LATE_SERIES, TOTAL_SERIES = SERIES["main"], SERIES["late"], SERIES["total"]
COALITION, ALONE = "coalition", "united-states"
UNKNOWN_PLACE, OUT_OF_PLACE, IN_NO_COUNTRY = "unknown place", "is not in", "is in no one country"
CLOCKED = "counted from one morning to the next, local time"
LATE = "reported after the fact, besides what the release of the day gave"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row for the record, the line it was read from, and why it is held back, if it is.

    `row` is None where there is not even a row to show; `about` then says what was read.
    """

    line: int
    row: FactRow | None
    held: str = ""
    about: str = ""


@dataclass(slots=True)
class _Figure:
    """What all statements of one kind, place and stretch of days come to.

    `told` is false for a whole of which it is not said where it was.
    """

    kind: str
    place: str
    country: str
    days: Span
    line: int
    strikes: list[int] = field(default_factory=list)
    engagements: list[int] = field(default_factory=list)
    hits: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    where: str = ""
    clocked: bool = False
    alone: bool = False
    told: bool = True


def drafts(reading: Reading, source: str, names: Names) -> tuple[Draft, ...]:
    """The rows of a release, its wholes first; what has no day or no known place is held back."""
    figures, held = _figures(reading.statements, names)
    if not any(number for figure in figures for number in figure.engagements):
        figures = [replace(figure, engagements=[]) for figure in figures]
    drafted = [d for figure in _ordered(figures) for d in _rows(figure, source, reading, names)]
    return (*drafted, *held)


def _figures(statements: Iterable[Statement], names: Names) -> tuple[list[_Figure], list[Draft]]:
    found: dict[tuple[str, str, str, Span], _Figure] = {}
    held: list[Draft] = []
    for statement in statements:
        place, problem = _place(statement, names)
        if problem or statement.days is None:
            about = f"{statement.strikes} strikes, {statement.place or statement.country or 'no place'}"
            held.append(Draft(statement.line, None, problem or "the days are not said", about))
            continue
        whole = not statement.place
        key = (statement.kind, "whole" if whole else "place", place, statement.days)
        country = _country(statement, place, names)
        figure = found.setdefault(
            key, _Figure(statement.kind, place, country, statement.days, statement.line)
        )
        figure.told = bool(statement.place or statement.country)
        _add(figure, statement, whole)
        told = _add_hits(figure, statement, names)
        held += [Draft(statement.line, None, reason, about) for reason, about in told]
    figures = list(found.values())
    for figure in figures:
        if not figure.told and (only := _only_country(figure, figures, names)):
            figure.place = figure.country = only
    return figures, held


def _only_country(whole: _Figure, figures: Iterable[_Figure], names: Names) -> str:
    """The country of late reports that name none, where all their strikes were near places of that one."""
    near = [figure for figure in figures if figure.kind == whole.kind == "late" and figure.days == whole.days]
    places = [figure for figure in near if names.country(figure.place)]
    countries = {names.country(figure.place) or "" for figure in places}
    alone = len(countries) == 1 and not countries & {figure.place for figure in near}
    return countries.pop() if alone and [sum(f.strikes[0] for f in places)] == whole.strikes else ""


def _place(statement: Statement, names: Names) -> tuple[str, str]:
    """The id of the place that a statement is of, or why it has none."""
    if not statement.place:
        return statement.country or BOTH, ""
    place = names.place(statement.place)
    if place is None:
        return "", f"{UNKNOWN_PLACE}: {statement.place}"
    lies = names.country(place)
    if statement.country in names.parents and statement.country != BOTH and lies != statement.country:
        return "", f"{names.titles[place]} {OUT_OF_PLACE} {names.titles[statement.country]}"
    return place, "" if lies else f"{names.titles[place]} {IN_NO_COUNTRY}"


def _country(statement: Statement, place: str, names: Names) -> str:
    return statement.country or names.country(place) or BOTH


def _add(figure: _Figure, statement: Statement, whole: bool) -> None:
    """A whole is told again, a place's share is added to the others."""
    told = [] if statement.engagements is None else [statement.engagements]
    if whole:
        figure.strikes = list(dict.fromkeys([*figure.strikes, statement.strikes]))
        figure.engagements = list(dict.fromkeys([*figure.engagements, *told]))
    else:
        figure.strikes = [sum([*figure.strikes, statement.strikes])]
        figure.engagements = [sum([*figure.engagements, *told])] if told else figure.engagements
    figure.where = figure.where or statement.where
    figure.clocked = statement.clocked
    figure.alone = statement.alone


def _add_hits(figure: _Figure, statement: Statement, names: Names) -> Iterator[tuple[str, str]]:
    """Count the targets; those that the record doesn't know, or that have no number, are told."""
    for hit in statement.hits:
        counted, bare = _targets(hit, names)
        if hit.count is None:
            bare, counted = counted if hit.bare else (), ()
        elif hit.inexact:
            yield f"no exact number: {hit.inexact} {hit.count}", f"{hit.count} {hit.target} {hit.effect}"
            continue
        elif not counted:
            yield f"unknown target: {hit.target}", f"{hit.count} {hit.target} {hit.effect}"
        for target in bare:
            yield f"no number is said: {target}", f"{target} {hit.effect}"
        for target in counted:
            line, count = figure.hits.get((target, hit.effect), (statement.line, 0))
            figure.hits[target, hit.effect] = (line, count + (hit.count or 0))


def _targets(hit: Hit, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds that the number of a hit is of, and those without one.

    The article of "a vehicle and tactical unit" is that of each. It is not that of "a tower and
    communications equipment", nor is any number that of the unit in "two mortar teams and tactical unit".
    """
    whole = names.target(hit.target)
    if whole:
        return (whole,), ()
    parts = hit.target.split(" and ")
    kinds = [kind for part in parts if (kind := names.target(part))]
    if len(kinds) < len(parts) or len(parts) < 2:
        return (), ()
    shared = [at == 0 or (hit.count == 1 and names.is_singular(part)) for at, part in enumerate(parts)]
    return (
        tuple(kind for kind, share in zip(kinds, shared, strict=True) if share),
        tuple(kind for kind, share in zip(kinds, shared, strict=True) if not share),
    )


def _ordered(figures: Iterable[_Figure]) -> list[_Figure]:
    """Wholes before their parts, the release's own days before late ones, else as they were told."""
    kinds = list(SERIES)
    return sorted(figures, key=lambda f: (kinds.index(f.kind), f.place != BOTH))


def _rows(figure: _Figure, source: str, reading: Reading, names: Names) -> Iterator[Draft]:
    title = "total" if figure.place == BOTH else figure.place
    base = _base(figure, source, names)
    stem = _stem(figure, source, reading)
    for metric, told in (("strikes", figure.strikes), ("engagements", figure.engagements)):
        if told and (metric == "strikes" or figure.kind != "total"):
            row = _row(base, f"{stem}-{metric}-{title}", metric, told[0])
            yield Draft(figure.line, row, f"given as {' and as '.join(map(str, told))}" if told[1:] else "")
    for (target, effect), (line, count) in figure.hits.items():
        row = _row(base, f"{stem}-{title}-{target}-{effect}", TARGETS, count)
        row = row.model_copy(update={"target": target, "effect": effect})
        yield Draft(line, row, "" if names.has_effect(effect) else f"unknown effect: {effect}")


def _stem(figure: _Figure, source: str, reading: Reading) -> str:
    """What the ids of a figure's rows begin with: the days too, where they are not the release's own."""
    if figure.kind == "main" and figure.days == reading.days:
        return source
    first, last = figure.days
    days = first.isoformat() if first == last else f"{first.isoformat()}-{last.isoformat()}"
    return f"{source}-{figure.kind}-{days}" if figure.kind != "main" else f"{source}-{days}"


def _base(figure: _Figure, source: str, names: Names) -> FactRow:
    first, last = (day.isoformat() for day in figure.days)
    counts_up = figure.kind == "total"
    notes = [CLOCKED] if figure.clocked else []
    notes += [LATE] if figure.kind == "late" else []
    return FactRow.model_validate(
        {
            "id": source,
            "series": SERIES[figure.kind],
            "source": source,
            "metric": "strikes",
            "actor": ALONE if figure.alone else COALITION,
            "place": figure.place,
            "start": None if counts_up else first,
            "end": None if counts_up else last,
            "as_of": last if counts_up else None,
            "qualifier": "exactly",
            "locator": _locator(figure, names),
            "note": "; ".join(notes),
        }
    )


def _locator(figure: _Figure, names: Names) -> str:
    if figure.kind == "total" or figure.place == BOTH:
        return ""
    section = (
        "Late reports" if figure.kind == "late" else f"Strikes in {names.titles.get(figure.country, '')}"
    )
    is_place = names.kinds.get(figure.place) != "country"
    return f"{section}, {figure.where or 'near'} {names.titles[figure.place]}" if is_place else section


def _row(base: FactRow, identifier: str, metric: str, value: int) -> FactRow:
    return base.model_copy(update={"id": identifier.lower(), "metric": metric, "value": value})


def with_note(draft: Draft, note: str) -> Draft:
    """A draft whose row says one thing more."""
    if draft.row is None or note in draft.row.note:
        return draft
    joined = "; ".join(filter(None, (note, draft.row.note)))
    return replace(draft, row=draft.row.model_copy(update={"note": joined}))


def kept(drafted: Sequence[Draft]) -> list[FactRow]:
    """The rows that nothing holds back."""
    return [draft.row for draft in drafted if draft.row is not None and not draft.held]
