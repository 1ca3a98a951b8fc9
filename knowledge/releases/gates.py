"""Why a row that was read is not taken into the record yet: each gate is one reason.

A gate looks at the drafts of a release and at the shelf, and hands the drafts back with what it found
in `held`. Rows that the record has already are told apart: they need nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.models import Number, last_day
from knowledge.notes import JUMPING
from knowledge.releases.drafting import LATE_SERIES as LATE
from knowledge.releases.drafting import MAIN_SERIES as MAIN
from knowledge.releases.drafting import TOTAL_SERIES as TOTAL
from knowledge.releases.drafting import Draft, with_note
from knowledge.releases.naming import Names
from knowledge.releases.setting import Setting
from knowledge.releases.shelf import Shelf, days_of
from knowledge.releases.sums import adding_up, days_of_late_wholes, remarks, stretches, sums
from knowledge.rows import TARGETS, FactRow

ON_RECORD = "already on record"


Gate = Callable[[Sequence[Draft], Setting, Shelf, Names], list[Draft]]


def through_gates(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> tuple[Draft, ...]:
    """The drafts with the reason of the first gate that holds each back."""
    found = list(drafts)
    for gate in GATES:
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
        _, last = days_of(row)
        if last > setting.published:
            return f"of {last}, after the release"
        if row.series == LATE and last == setting.published:
            return "a late report of the day of the release: which day is meant is not said"
        undated = setting.undated and not setting.primary and row.series != TOTAL
        return "a copy without a date of its own: which day is yesterday is not said" if undated else ""

    return _each(drafts, reason)


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
    sound = adding_up(drafts, names)

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


def _sums(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """Wholes, their parts and their days."""
    return stretches(sums(days_of_late_wholes(drafts, setting), setting, names), setting, names)


def _remarks(drafts: Sequence[Draft], setting: Setting, shelf: Shelf, names: Names) -> list[Draft]:
    """What a whole says of its parts."""
    return remarks(drafts, setting, names)


GATES: tuple[Gate, ...] = (_dates, _sums, _on_record, _shared_days, _running_counts, _jumps, _remarks)
