"""How the lines of strike releases are read: each line of releases.yaml under a release's own head."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.releases.drafting import drafts
from knowledge.releases.importing import Importer
from knowledge.releases.reading import Reading, read_release
from knowledge.releases.sources import page_of
from knowledge.releases.texts import sentences

TABLE: dict[str, list[Any]] = yaml.load(  # dates stay the words they are
    (Path(__file__).parent / "releases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
#: The day before is one that no release was ever about.
PUBLISHED = "2021-03-02"
HEAD = (
    "SOUTHWEST ASIA, March 2, 2021 — Coalition military forces continued to attack ISIS terrorists yesterday."
)


def read(importer: Importer, line: str, section: str = "iraq") -> Reading:
    heading = f"Strikes in {section.title()}\n\n" if section else ""
    header = {"url": "https://example.org/1", "publisher": "x", "title": "x", "published": PUBLISHED}
    page = page_of(header, "x")
    parts = sentences(f"{HEAD}\n\n{heading}{line}", 1, importer.forms)
    return read_release(parts, page.day, importer.forms, importer.names)


def figures(importer: Importer, reading: Reading, metric: str) -> dict[str, int]:
    drafted = drafts(reading, "x", importer.names)
    return {d.row.place: int(d.row.value or 0) for d in drafted if d.row and d.row.metric == metric}


def targets(importer: Importer, reading: Reading) -> Counter[str]:
    drafted = [d.row for d in drafts(reading, "x", importer.names) if d.row and d.row.target]
    return Counter({f"{row.target} {row.effect}": int(row.value or 0) for row in drafted})


def numbers(cells: dict[str, str]) -> dict[str, int]:
    return {key: int(value) for key, value in cells.items()}


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert sum(map(len, TABLE.values())) >= 120


@pytest.mark.parametrize("case", TABLE["lines"], ids=lambda case: case["line"][:60])
def test_a_line_is_read_as_it_says(importer: Importer, case: dict[str, Any]) -> None:
    reading = read(importer, case["line"], case.get("section", "iraq"))
    assert figures(importer, reading, "strikes") == numbers(case["reads"])
    assert reading.unread == ()
    expected = numbers(case.get("engagements", {}))
    assert {k: v for k, v in figures(importer, reading, "engagements").items() if v} == {
        k: v for k, v in expected.items() if v
    }
    days = tuple(case.get("days", ["2021-03-01", "2021-03-01"]))
    told = {s.days and tuple(day.isoformat() for day in s.days) for s in reading.statements}
    assert told == {days}
    assert {s.kind for s in reading.statements} == {case.get("kind", "main")}


@pytest.mark.parametrize("case", TABLE["lines"], ids=lambda case: case["line"][:60])
def test_every_target_of_a_line_is_counted_with_its_effect(importer: Importer, case: dict[str, Any]) -> None:
    reading = read(importer, case["line"], case.get("section", "iraq"))
    assert targets(importer, reading) == Counter(numbers(case["targets"]))


@pytest.mark.parametrize("case", TABLE["rejected"], ids=lambda case: case["line"][:60])
def test_what_cannot_be_read_is_told_with_its_line(importer: Importer, case: dict[str, Any]) -> None:
    reading = read(importer, case["line"], case.get("section", "iraq"))
    assert reading.statements == ()
    assert [case["reason"] in unread.reason for unread in reading.unread] == [True]
    assert reading.unread[0].line == (5 if case.get("section", "iraq") else 3)


@pytest.mark.parametrize("line", TABLE["silent"])
def test_how_releases_are_made_is_no_strike(importer: Importer, line: str) -> None:
    reading = read(importer, line)
    assert reading.statements == ()
    assert reading.unread == ()


def test_of_a_line_that_breaks_off_what_is_surely_whole_is_kept(importer: Importer) -> None:
    reading = read(importer, "-- Near Mosul, six strikes destroyed four cranes, two tanks and seven veh")
    assert figures(importer, reading, "strikes") == {"mosul": 6}
    assert targets(importer, reading) == Counter({"cranes destroyed": 4, "tanks destroyed": 2})


def test_a_number_that_breaks_off_is_not_read(importer: Importer) -> None:
    reading = read(importer, "-- Near Mosul, six strikes destroyed a crane.\n\n-- Near Kisik, 1")
    assert figures(importer, reading, "strikes") == {"mosul": 6}


def test_a_place_named_twice_has_both_lines(importer: Importer) -> None:
    reading = read(
        importer, "-- Near Mosul, six strikes hit a crane.\n\n-- Near Mosul, two strikes hit a tank."
    )
    assert figures(importer, reading, "strikes") == {"mosul": 8}
