"""Wholes and what they are made of: places of the same days, and single days of a stretch.

What does not come to its whole is held back; once a curator has looked again, the whole says so in its note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.models import Number
from knowledge.notes import NOT_ADDING_UP
from knowledge.releases.drafting import IN_NO_COUNTRY, OUT_OF_PLACE, UNKNOWN_PLACE, Draft, kept, with_note
from knowledge.releases.drafting import LATE_SERIES as LATE
from knowledge.releases.drafting import MAIN_SERIES as MAIN
from knowledge.releases.drafting import TOTAL_SERIES as TOTAL
from knowledge.releases.naming import BOTH, Names
from knowledge.releases.setting import Setting
from knowledge.releases.shelf import days_of
from knowledge.rows import FactRow

#: Why strikes have no place on record, and are missing from a sum.
NO_PLACE = (UNKNOWN_PLACE, OUT_OF_PLACE, IN_NO_COUNTRY)
CUT = "the copy that was read breaks off"


def _is_of(row: FactRow | None, whole: FactRow) -> bool:
    """Whether a row counts what a whole counts, wherever and whenever."""
    return row is not None and (row.series, row.metric, row.target) == (whole.series, whole.metric, None)


def _sum(drafts: Sequence[Draft], places: Iterable[int]) -> Number:
    rows = [draft.row for draft in map(drafts.__getitem__, places)]
    return sum(row.value or 0 for row in rows if row is not None)


# -- places of the same days ------------------------------------------------------------------------


def sums(drafts: Sequence[Draft], setting: Setting, names: Names) -> list[Draft]:
    """A whole whose parts come to something else is held back with its parts, unless the text is cut."""
    bad: dict[int, str] = {}
    for at, draft in enumerate(drafts):
        if draft.row is None or draft.row.target or draft.row.series == TOTAL:
            continue
        parts = _parts(draft.row, drafts, names)
        total = _sum(drafts, parts)
        if (
            not parts
            or total == draft.row.value
            or _may_differ(total, draft.row, parts, drafts, setting, names)
        ):
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


def _may_differ(
    total: Number,
    whole: FactRow,
    parts: Iterable[int],
    drafts: Sequence[Draft],
    setting: Setting,
    names: Names,
) -> bool:
    """Whether parts may come to less: the text breaks off, or a place is held back for its name."""
    missing = any(d.row is None and any(reason in d.held for reason in NO_PLACE) for d in drafts)
    rows = [row for at in parts if (row := drafts[at].row) is not None]
    lone = any(names.parents.get(row.place) != whole.place for row in rows)
    cut = not setting.whole and not _is_told(whole, rows, names)
    return total < (whole.value or 0) and (cut or missing or (lone and setting.unread))


def _is_told(whole: FactRow, parts: Iterable[FactRow], names: Names) -> bool:
    """Whether every part of a whole of two countries is there, however early a text breaks off."""
    countries = {place for place, kind in names.kinds.items() if kind == "country"}
    return whole.place == BOTH and countries <= {row.place for row in parts}


def _parts(whole: FactRow, drafts: Sequence[Draft], names: Names) -> list[int]:
    """Where the parts of a whole stand."""
    rows = [draft.row for draft in drafts if draft.row is not None]
    parts = {id(row) for row in _parts_among(whole, rows, names)}
    return [at for at, draft in enumerate(drafts) if id(draft.row) in parts]


def _parts_among(whole: FactRow, rows: Iterable[FactRow], names: Names) -> list[FactRow]:
    """The parts of a whole: a country's places, countries, and places of a country that is not told."""
    same = [row for row in rows if _is_of(row, whole) and days_of(row) == days_of(whole)]
    told = {row.place for row in same}
    lone = whole.place == BOTH and whole.metric == "strikes"
    return [
        row
        for row in same
        if names.parents.get(row.place) == whole.place
        or (lone and row.place != BOTH and names.country(row.place) not in told)
    ]


def adding_up(drafts: Sequence[Draft], names: Names) -> set[str]:
    """The ids of wholes that are the sum of their parts, and of these parts."""
    rows = kept(drafts)
    found: set[str] = set()
    for whole in rows:
        parts = _parts_among(whole, rows, names)
        if parts and sum(row.value or 0 for row in parts) == whole.value:
            found |= {whole.id, *(row.id for row in parts)}
    return found


# -- days of a stretch --------------------------------------------------------------------------------


def stretches(drafts: Sequence[Draft], setting: Setting, names: Names) -> list[Draft]:
    """The days of a release of several days come to its whole; to less only where some may be missing."""
    found = list(drafts)
    for at, draft in enumerate(drafts):
        row = draft.row
        if row is None or setting.confirmed:
            continue
        inside = _days_inside(row, drafts, names)
        total = _sum(drafts, inside)
        if not inside or total == row.value or setting.may_lack(total, row.value or 0):
            continue
        reason = f"{row.value} {row.metric}, but its days add up to {total}"
        for part in (at, *inside):
            found[part] = replace(found[part], held=found[part].held or reason)
    return found


def _days_inside(whole: FactRow, drafts: Sequence[Draft], names: Names) -> list[int]:
    """The countries' single days within a stretch; where none are told, the places'."""
    if whole.target or whole.place != BOTH or whole.series == TOTAL:
        return []
    first, last = days_of(whole)
    inside = [
        (at, draft.row)
        for at, draft in enumerate(drafts)
        if draft.row is not None
        and _is_of(draft.row, whole)
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


def days_of_late_wholes(drafts: Sequence[Draft], setting: Setting) -> list[Draft]:
    """Late reports of a place and several days, which are told once: their days stand in the whole's note."""
    found = list(drafts)
    taken: set[int] = set()
    for at, draft in enumerate(drafts):
        whole = draft.row
        days = _days_of_late(whole, drafts) if whole else []
        if whole is None or not days or draft.held:
            continue
        total = _sum(drafts, days)
        if total != whole.value and not setting.may_lack(total, whole.value or 0) and not setting.confirmed:
            reason = f"{whole.value} {whole.metric}, but its days add up to {total}"
            for part in (at, *days):
                found[part] = replace(found[part], held=found[part].held or reason)
            continue
        found[at] = with_note(draft, _told_by_day(total, whole, [drafts[day].row for day in days], setting))
        taken |= set(days)
    return [draft for at, draft in enumerate(found) if at not in taken]


def _days_of_late(whole: FactRow, drafts: Sequence[Draft]) -> list[int]:
    """Where the days stand that a late report of a place and several days gives one by one."""
    if whole.target or whole.series != LATE:
        return []
    first, last = days_of(whole)
    return [
        at
        for at, draft in enumerate(drafts)
        if draft.row is not None
        and _is_of(draft.row, whole)
        and draft.row.place == whole.place
        and first <= days_of(draft.row)[0]
        and days_of(draft.row)[1] <= last
        and days_of(draft.row) != (first, last)
    ]


def _told_by_day(total: Number, whole: FactRow, days: Iterable[FactRow | None], setting: Setting) -> str:
    told = ", ".join(f"{row.value} on {row.start}" for row in days if row is not None)
    if total == whole.value:
        return f"of these {told}"
    why = "the release itself says so" if setting.whole else CUT
    return f"{NOT_ADDING_UP} {why}; its days on record come to {total} of {whole.value}: {told}"


# -- what a whole says of itself ----------------------------------------------------------------------


def remarks(drafts: Sequence[Draft], setting: Setting, names: Names) -> list[Draft]:
    """A whole that is taken in without all of its parts, or against them, says so."""
    rows = kept(drafts)
    return [
        with_note(draft, note)
        if draft.row is not None
        and not draft.held
        and (
            note := _remark(draft.row, rows, setting, names)
            or _remark_on_days(draft.row, drafts, setting, names)
        )
        else draft
        for draft in drafts
    ]


def _remark(whole: FactRow, rows: Sequence[FactRow], setting: Setting, names: Names) -> str:
    parts = [] if whole.target else _parts_among(whole, rows, names)
    total = sum(row.value or 0 for row in parts)
    if whole.series != MAIN or not parts or total == whole.value:
        return ""
    why = "the release itself says so" if setting.confirmed else "a part could not be read"
    if total < (whole.value or 0) and not setting.whole and not _is_told(whole, parts, names):
        why = CUT
    if total < (whole.value or 0) and _lacks(whole, parts, rows, names):
        why = "the release gives none for a part of it"
    return f"{NOT_ADDING_UP} {why}; its parts on record come to {total} of {whole.value}"


def _lacks(whole: FactRow, parts: Sequence[FactRow], rows: Sequence[FactRow], names: Names) -> bool:
    """Whether a part of a whole of engagements is told with its strikes alone."""
    strikes = _parts_among(whole.model_copy(update={"metric": "strikes"}), rows, names)
    return not {row.place for row in strikes} <= {row.place for row in parts}


def _remark_on_days(whole: FactRow, drafts: Sequence[Draft], setting: Setting, names: Names) -> str:
    """That the days of a whole contradict it, where a curator has taken both in."""
    inside = _days_inside(whole, drafts, names)
    total = _sum(drafts, inside)
    if not inside or total == whole.value or setting.may_lack(total, whole.value or 0):
        return ""
    return f"{NOT_ADDING_UP} the release itself says so; its days come to {total} of {whole.value}"
