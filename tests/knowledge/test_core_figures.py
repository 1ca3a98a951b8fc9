"""The core figures, kept beside this file as they were handed over, are all on record as they stand there."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER
from knowledge.curated import CuratedRecord, read_record
from knowledge.rows import EventRow, FactRow, SourceRow

CORE = Path(__file__).parent / "core"
Cells = dict[str, str]


def rows(name: str) -> list[Cells]:
    with (CORE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def record() -> CuratedRecord:
    return read_record(RECORD_FOLDER)


@cache
def facts() -> dict[str, FactRow]:
    return {entry.row.id: entry.row for entry in record().facts}


@cache
def events() -> dict[str, EventRow]:
    return {entry.row.id: entry.row for entry in record().events}


def source(identifier: str) -> SourceRow:
    return next(entry.row for entry in record().sources if entry.row.id == identifier)


def names(kind: str) -> dict[str, str]:
    of_kind = {
        "place": {entry.row.id: entry.row.name for entry in record().places},
        "actor": {entry.row.id: entry.row.name for entry in record().actors},
        "target": {entry.row.id: entry.row.name for entry in record().targets},
    }
    return of_kind[kind]


def release(url: str) -> str:
    found = re.search(r"/Article/(\d+)/", url)
    assert found
    return f"dod-{found.group(1)}"


FIGURES = [cells for cells in rows("core-figures.csv") if cells["metric"] != "event"]
EVENTS = [cells for cells in rows("core-figures.csv") if cells["metric"] == "event"]
RELEASES = rows("core-releases.csv")
PLACES = rows("core-places.csv")


def test_the_core_files_are_complete() -> None:
    assert (len(RELEASES), len(PLACES), len(FIGURES) + len(EVENTS)) == (39, 40, 59)


@pytest.mark.parametrize("cells", FIGURES, ids=lambda cells: cells["key"])
def test_a_core_figure_is_on_record(cells: Cells) -> None:
    key = re.sub("-(low|high)$", "", cells["key"])
    fact = facts()[key]
    column = {"from": "low", "to": "high"}.get(cells["qualifier"], "value")
    assert getattr(fact, column) == int(cells["value"])
    assert fact.qualifier == ("between" if column != "value" else cells["qualifier"])
    assert fact.metric == cells["metric"]
    assert names("actor")[fact.actor] == cells["actor"]
    assert names("place")[fact.place].casefold() == cells["place"].casefold()


@pytest.mark.parametrize("cells", FIGURES, ids=lambda cells: cells["key"])
def test_a_core_figure_has_its_dates(cells: Cells) -> None:
    fact = facts()[re.sub("-(low|high)$", "", cells["key"])]
    scope = next(entry.row.scope for entry in record().series if entry.row.id == fact.series)
    assert (fact.start or "", fact.end or "") == (cells["start"], cells["end"])
    assert (fact.as_of or "") == ("" if scope == "period" else cells["as_of"])


@pytest.mark.parametrize("cells", FIGURES + EVENTS, ids=lambda cells: cells["key"])
def test_a_core_figure_has_its_source(cells: Cells) -> None:
    key = re.sub("-(low|high)$", "", cells["key"])
    row = events()[key] if cells["metric"] == "event" else facts()[key]
    found = source(row.source)
    assert found.url == cells["url"]
    assert (found.publisher, found.title, found.published) == (
        cells["publisher"],
        cells["source_title"],
        cells["published"],
    )


@pytest.mark.parametrize("cells", EVENTS, ids=lambda cells: cells["key"])
def test_a_core_event_is_on_record(cells: Cells) -> None:
    event = events()[cells["key"]]
    assert (event.start, event.end or event.start) == (cells["start"], cells["end"])
    assert names("actor")[event.actor] == cells["actor"]
    assert names("place")[event.place] == cells["place"]


@pytest.mark.parametrize("cells", RELEASES, ids=lambda cells: release(cells["url"]))
def test_a_release_is_on_record(cells: Cells) -> None:
    identifier = release(cells["url"])
    found = source(identifier)
    assert (found.url, found.publisher, found.published, found.kind) == (
        cells["url"],
        cells["publisher"],
        cells["published"],
        "primary",
    )
    for place, suffix in (("total", "total"), ("syria", "syria"), ("iraq", "iraq")):
        for metric in ("strikes", "engagements"):
            fact = facts().get(f"{identifier}-{metric}-{suffix}")
            cell = cells[f"{place}_{metric}"]
            assert (str(fact.value) if fact else "") == cell
            if fact:
                assert fact.place == {"total": "iraq-and-syria"}.get(place, place)
                assert (fact.start, fact.end) == (cells["strikes_from"], cells["strikes_to"])


@pytest.mark.parametrize("cells", PLACES, ids=lambda cells: f"{cells['release_url_id']}-{cells['place']}")
def test_a_place_of_a_release_is_on_record_with_all_that_was_hit(cells: Cells) -> None:
    identifier = f"dod-{cells['release_url_id']}"
    of_place = [
        f for f in facts().values() if f.source == identifier and names("place")[f.place] == cells["place"]
    ]
    assert [f.value for f in of_place if f.metric == "strikes"] == [int(cells["strikes"])]
    hit = {f"{names('target')[f.target]} {f.effect}: {f.value}" for f in of_place if f.target}
    assert hit == set(cells["targets"].split("; "))
    assert {(f.start, f.end) for f in of_place} == {(cells["strikes_on"], cells["strikes_on"])}
    parent = next(entry.row.parent for entry in record().places if entry.row.name == cells["place"])
    assert names("place")[parent or ""] == cells["country"]
