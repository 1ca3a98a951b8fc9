"""Why a row that was read is not taken into the record yet: each gate is one reason.

A gate looks at the drafts of a release and at the shelf, and hands the drafts back with what it found
in `held`. Rows that the record has already are told apart: they need nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.models import Number, last_day
from knowledge.releases.drafting import SERIES, Draft, day_of, kept, with_note
from knowledge.releases.naming import BOTH, Names
from knowledge.releases.shelf import Shelf, days_of
from knowledge.rows import TARGETS, FactRow
from knowledge.validation import JUMPING, NOT_ADDING_UP

MAIN, LATE, TOTAL = SERIES["main"], SERIES["late"], SERIES["total"]
ON_RECORD = "already on record"
CUT = "the copy that was read breaks off"


@dataclass(frozen=True, slots=True)
class Setting:
    """What gates go by: whether the text is whole, when it came out, and what a curator has confirmed."""

    whole: bool
    published: date
    primary: bool
    confirmed: bool
    unread: bool
    undated: bool


Gate = Callable[[Sequence[Draft], Setting, Shelf, Names], list[Draft]]


def through_gates(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> tuple[Draft, ...]:
    """The drafts with the reason of the first gate that holds each back."""
    found = list(drafts)
    for gate in (_dates, _sums, _stretches, _on_record, _shared_days, _running_counts, _jumps, _remarks):
        found = gate(found, setting, shelf, names)
    return tuple(found)


def _each(drafts: Sequence[Draft], reason: Callable[[FactRow], str]) -> list[Draft]:
    """The drafts, each that is still open with the reason against it, if there is one."""
    return [
        replace(draft, held=why) if draft.row and not draft.held and (why := reason(draft.row)) else draft
        for draft in drafts
    ]


def _dates(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """A day after the release came out was misread; a copy may have come out days after its text."""

    def reason(row: FactRow) -> str:
        if day_of(row) > setting.published:
            return f"of {day_of(row)}, after the release"
        undated = setting.undated and not setting.primary and row.series != TOTAL
        return "a copy without a date of its own: which day is yesterday is not said" if undated else ""

    return _each(drafts, reason)


# -- sums ---------------------------------------------------------------------------------------------


def _sums(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """A whole whose parts come to something else is held back with its parts, unless the text is cut."""
    bad: dict[int, str] = {}
    for at, draft in enumerate(drafts):
        if draft.row is None or draft.row.target or draft.row.series == TOTAL:
            continue
        parts = _parts(draft.row, drafts, names)
        total = _sum(drafts, parts)
        missing = [d for d in drafts if d.row is None and d.held.startswith("unknown place")]
        if not parts or total == draft.row.value or _may_differ(total, draft.row, setting, bool(missing)):
            continue
        reason = f"{draft.row.value} {draft.row.metric}, but its parts add up to {total}"
        doubted = [part for part in parts if not _is_sum(part, drafts, names)]
        bad |= dict.fromkeys((at, *doubted), reason)
    return [
        replace(draft, held=bad[at]) if at in bad and not draft.held and not setting.confirmed else draft
        for at, draft in enumerate(drafts)
    ]


def _is_sum(at: int, drafts: Sequence[Draft], names: Names) -> bool:
    """Whether a part is itself the sum of its parts, and so no slip."""
    row = drafts[at].row
    parts = _parts(row, drafts, names) if row else []
    return bool(row and parts and _sum(drafts, parts) == row.value)


def _sum(drafts: Sequence[Draft], places: Iterable[int]) -> Number:
    rows = [draft.row for draft in map(drafts.__getitem__, places)]
    return sum(row.value or 0 for row in rows if row is not None)


def _may_differ(total: Number, whole: FactRow, setting: Setting, missing: bool) -> bool:
    """Whether parts may come to less: the text breaks off, or a place is held back for its name."""
    return total < (whole.value or 0) and (not setting.whole or missing)


def _parts(whole: FactRow, drafts: Sequence[Draft], names: Names) -> list[int]:
    """Where the parts of a whole stand: places of the same days, or countries."""
    return [
        at
        for at, draft in enumerate(drafts)
        if draft.row is not None
        and (draft.row.series, draft.row.metric, draft.row.target) == (whole.series, whole.metric, None)
        and days_of(draft.row) == days_of(whole)
        and names.parents.get(draft.row.place) == whole.place
    ]


def _stretches(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """The days of a release of several days come to its whole, where every one of them was read."""
    found = list(drafts)
    for at, draft in enumerate(drafts):
        row = draft.row
        if row is None or row.target or row.place != BOTH or row.series == TOTAL or not setting.whole:
            continue
        inside = _days_inside(row, drafts, names)
        total = _sum(drafts, inside)
        if not inside or setting.unread or total == row.value or setting.confirmed:
            continue
        reason = f"{row.value} {row.metric}, but its days add up to {total}"
        for part in (at, *inside):
            found[part] = replace(found[part], held=found[part].held or reason)
    return found


def _days_inside(whole: FactRow, drafts: Sequence[Draft], names: Names) -> list[int]:
    """The countries' single days within a stretch; where none are told, the places'."""
    first, last = days_of(whole)
    inside = [
        (at, draft.row)
        for at, draft in enumerate(drafts)
        if draft.row is not None
        and (draft.row.series, draft.row.metric, draft.row.target) == (whole.series, whole.metric, None)
        and draft.row.place != BOTH
        and first <= days_of(draft.row)[0]
        and days_of(draft.row)[1] <= last
        and days_of(draft.row) != (first, last)
    ]
    countries = [at for at, row in inside if names.kinds.get(row.place) == "country"]
    lone = [at for at, row in inside if at not in countries and not _has_whole(row, inside, names)]
    return [*countries, *lone]


def _has_whole(row: FactRow, inside: Iterable[tuple[int, FactRow]], names: Names) -> bool:
    """Whether the country of a place is told for the same days."""
    country = names.parents.get(row.place)
    return any(other.place == country and days_of(other) == days_of(row) for _, other in inside)


# -- the record ---------------------------------------------------------------------------------------


def _on_record(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """The same figure is there already; another one for the same thing and days is a contradiction."""
    return _each(drafts, lambda row: _known(row, setting, shelf))


def _known(row: FactRow, setting: Setting, shelf: Shelf) -> str:
    same = shelf.same(row) if row.start else ()
    if row.series == LATE:  # several releases add to one day, but two copies of one release don't
        same = tuple(r for r in same if r.source == row.source or _is_copy(r, row, setting, shelf))
    if same:
        equal = [other for other in same if other.value == row.value]
        return f"{ON_RECORD}: {equal[0].id}" if equal else f"{same[0].value} on record: {same[0].id}"
    told = _told_elsewhere(row, setting, shelf) if row.metric == TARGETS else ""
    if told:
        return f"{ON_RECORD} from another release: {told}"
    return f"the id is taken: {row.id}" if row.start and row.id in shelf.ids else ""


def _is_copy(other: FactRow, row: FactRow, setting: Setting, shelf: Shelf) -> bool:
    """Whether a late report came out within a day of another and says the same."""
    return other.value == row.value and _is_near(other, setting, shelf)


def _is_near(other: FactRow, setting: Setting, shelf: Shelf) -> bool:
    return abs((last_day(shelf.sources[other.source].published) - setting.published).days) <= 1


def _told_elsewhere(row: FactRow, setting: Setting, shelf: Shelf) -> str:
    """The source of the strikes of a place and day, where it is another one: its targets are told there."""
    same = [other for other in shelf.same(_strikes_of(row)) if other.source != row.source]
    if row.series == LATE:
        same = [other for other in same if _is_near(other, setting, shelf)]
    return same[0].source if same else ""


def _strikes_of(row: FactRow) -> FactRow:
    """The row of the strikes that a row's targets belong to."""
    return row.model_copy(update={"metric": "strikes", "target": None, "effect": None})


def _shared_days(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """Figures of a release retold by others are left out where the record has the days from elsewhere."""

    def reason(row: FactRow) -> str:
        if row.series != MAIN or setting.primary:
            return ""
        other = shelf.sharing_days(_strikes_of(row))
        return f"shares days with {other.id}" if other is not None and other.source != row.source else ""

    return _each(drafts, reason)


def _running_counts(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """A running count lies between those before and after it."""

    def reason(row: FactRow) -> str:
        if not row.as_of:
            return ""
        before, after = shelf.counts_beside(row)
        value = row.value or 0
        if (before is not None and value < before) or (after is not None and value > after):
            return f"{value} does not lie between {before} and {after} on record"
        if after == value:
            return f"{ON_RECORD}: {value}"
        jump = next(
            (other for other in (before, after) if other is not None and _is_jump(value, other)), None
        )
        return f"jumps to {value} from {jump}" if jump is not None else ""

    return _each(drafts, reason)


def _jumps(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """A figure ten times its neighbour's is likely a slip, unless it is part of a sum that comes out."""
    sound = _adding_up(drafts, names)

    def jump(row: FactRow) -> tuple[Number, str] | None:
        if row.metric == TARGETS or row.series != MAIN or row.id in sound:
            return None
        return next((told for told in shelf.neighbours(row) if _is_jump(row.value or 0, told[0])), None)

    if setting.confirmed:
        told = [jump(draft.row) if draft.row and not draft.held else None for draft in drafts]
        noted = zip(drafts, told, strict=True)
        return [with_note(d, f"{JUMPING} from {t[0]} of days beside it") if t else d for d, t in noted]
    return _each(drafts, lambda row: f"jumps to {row.value} from {t[0]} ({t[1]})" if (t := jump(row)) else "")


def _is_jump(one: Number, other: Number) -> bool:
    small, large = sorted((one, other))
    return small > 1 and large >= 10 * small


def _adding_up(drafts: Sequence[Draft], names: Names) -> set[str]:
    """The ids of wholes that are the sum of their parts, and of these parts."""
    rows = kept(drafts)
    found: set[str] = set()
    for whole in rows:
        parts = [row for row in rows if _is_part(row, whole, names)]
        if parts and sum(row.value or 0 for row in parts) == whole.value:
            found |= {whole.id, *(row.id for row in parts)}
    return found


def _is_part(row: FactRow, whole: FactRow, names: Names) -> bool:
    same = (row.series, row.metric, row.target) == (whole.series, whole.metric, None)
    return same and days_of(row) == days_of(whole) and names.parents.get(row.place) == whole.place


def _remarks(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """A whole that is taken in without all of its parts says so."""
    rows = kept(drafts)
    found = []
    for draft in drafts:
        whole = draft.row
        parts = [row for row in rows if whole and _is_part(row, whole, names)]
        total = sum(row.value or 0 for row in parts)
        if whole is None or draft.held or whole.series != MAIN or not parts or total == whole.value:
            found.append(draft)
            continue
        why = "the release itself says so" if setting.confirmed else CUT
        if setting.whole and not setting.confirmed:
            why = "a part could not be read"
        share = f"its parts on record come to {total} of {whole.value}"
        found.append(with_note(draft, f"{NOT_ADDING_UP} {why}; {share}"))
    return found
