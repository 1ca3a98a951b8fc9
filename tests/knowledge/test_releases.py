"""A release on its way into the record: its rows, what holds them back, and the files they end up in."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import ReleaseError, build_record, check_record, open_knowledge
from knowledge.files import csv_text, read_table
from knowledge.releases.importing import ImportedRelease, Importer
from knowledge.rows import FactRow

from .releasing import HEADER

BODY = """SOUTHWEST ASIA, March 2, 2021 — Coalition forces continued to attack ISIS yesterday, conducting nine
strikes consisting of 14 engagements, officials reported today.

Strikes in Syria

In Syria, coalition military forces conducted six strikes consisting of eight engagements against targets:

-- Near Raqqa, four strikes engaged three ISIS tactical units and destroyed two vehicles.

-- Near Abu Kamal, two strikes destroyed a wellhead.

Strikes in Iraq

In Iraq, coalition military forces conducted three strikes consisting of six engagements against ISIS targets:

-- Near Mosul, three strikes destroyed 11 fighting positions.
"""
RELEASE = HEADER + BODY
MONTH = "facts/strike-releases/2021-03.csv"


@pytest.fixture
def copied(record_copy: Path) -> Importer:
    """An importer for a copy of the record."""
    return Importer(record_copy)


def values(imported: ImportedRelease) -> dict[str, object]:
    return {row.id.removeprefix(f"{row.source}-"): row.value for row in imported.rows}


def reasons(imported: ImportedRelease) -> set[str]:
    return {draft.held for draft in imported.held}


def test_a_release_gives_rows_for_the_whole_each_country_each_place_and_target(importer: Importer) -> None:
    imported = importer.read(RELEASE, "release.txt")
    assert values(imported) == {
        "strikes-total": 9,
        "engagements-total": 14,
        "strikes-syria": 6,
        "engagements-syria": 8,
        "strikes-raqqa": 4,
        "raqqa-tactical-units-engaged": 3,
        "raqqa-vehicles-destroyed": 2,
        "strikes-abu-kamal": 2,
        "abu-kamal-wellheads-destroyed": 1,
        "strikes-iraq": 3,
        "engagements-iraq": 6,
        "strikes-mosul": 3,
        "mosul-fighting-positions-destroyed": 11,
    }
    assert {row.start for row in imported.rows} == {row.end for row in imported.rows} == {"2021-03-01"}
    assert imported.source.id == "dod-9000001"
    assert not imported.held
    assert not imported.unread


def test_accepted_rows_make_a_sound_record(copied: Importer, record_copy: Path) -> None:
    imported = copied.accepted(copied.read(RELEASE, "release.txt"))
    assert imported.files == ("sources.csv", MONTH)
    assert check_record(record_copy) == ()


def test_files_are_written_in_the_records_one_form(copied: Importer, record_copy: Path) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    text = (record_copy / MONTH).read_text(encoding="utf-8")
    table, problems = read_table(text, MONTH, tuple(FactRow.model_fields))
    assert problems == ()
    assert csv_text(table.columns, [row for _, row in table.rows]) == text


def test_a_release_that_is_on_record_adds_nothing(copied: Importer) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    again = copied.read(RELEASE, "release.txt")
    assert again.rows == ()
    assert not again.is_new
    assert len(again.on_record) == 13


def test_the_same_release_from_another_page_adds_nothing(copied: Importer) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    other = copied.read(RELEASE, "copy.txt", {"url": "https://example.org/copy", "publisher": "Example News"})
    assert other.rows == ()
    assert len(other.on_record) == 13


def test_another_figure_for_the_same_day_is_held_back(copied: Importer) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    text = RELEASE.replace("nine\nstrikes", "ten\nstrikes").replace("9000001", "9000002")
    text = text.replace("three strikes consisting", "four strikes consisting").replace(
        "three strikes d", "four strikes d"
    )
    held = {draft.row.id: draft.held for draft in copied.read(text, "other.txt").held if draft.row}
    assert held["dod-9000002-strikes-mosul"] == "3 on record: dod-9000001-strikes-mosul"
    assert held["dod-9000002-strikes-total"] == "9 on record: dod-9000001-strikes-total"


def test_places_that_do_not_add_up_are_held_back(importer: Importer) -> None:
    imported = importer.read(
        RELEASE.replace("two strikes destroyed", "three strikes destroyed"), "release.txt"
    )
    held = [draft.row.id for draft in imported.held if draft.row]
    assert held == ["dod-9000001-strikes-syria", "dod-9000001-strikes-raqqa", "dod-9000001-strikes-abu-kamal"]
    assert reasons(imported) == {"6 strikes, but its parts add up to 7"}


def test_countries_that_do_not_add_up_are_held_back(importer: Importer) -> None:
    imported = importer.read(RELEASE.replace("14 engagements", "15 engagements"), "release.txt")
    assert reasons(imported) == {"15 engagements, but its parts add up to 14"}
    assert "strikes-total" in values(imported)


def test_a_curator_who_has_looked_again_takes_them_with_a_note(copied: Importer, record_copy: Path) -> None:
    text = RELEASE.replace("two strikes destroyed", "three strikes destroyed")
    imported = copied.accepted(copied.read(text, "release.txt", confirmed=True))
    notes = {row.id: row.note for row in imported.rows}
    assert notes["dod-9000001-strikes-syria"].startswith("does not add up:")
    assert not imported.held
    assert check_record(record_copy) == ()


def test_a_copy_that_breaks_off_says_that_it_does_not_add_up(copied: Importer, record_copy: Path) -> None:
    text = RELEASE.replace("complete: yes", "complete: no").partition("-- Near Abu Kamal")[0]
    imported = copied.accepted(copied.read(text, "release.txt"))
    notes = {row.id: row.note for row in imported.rows}
    assert notes["dod-9000001-strikes-syria"].startswith("does not add up: the copy that was read breaks off")
    assert "strikes-raqqa" in values(imported)
    assert check_record(record_copy) == ()


def test_a_copy_that_breaks_off_has_no_more_than_its_whole(importer: Importer) -> None:
    text = RELEASE.replace("complete: yes", "complete: no").replace(
        "four strikes engaged", "14 strikes engaged"
    )
    assert "6 strikes, but its parts add up to 16" in reasons(importer.read(text, "release.txt"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Near Mosul", "Near Atlantis", "unknown place: Atlantis"),
        ("11 fighting positions", "11 flying saucers", "unknown target: flying saucers"),
        ("Near Mosul", "Near Raqqa", "Raqqa is not in Iraq"),
    ],
)
def test_what_the_record_cannot_name_is_held_back_with_its_line(
    importer: Importer, old: str, new: str, reason: str
) -> None:
    imported = importer.read(RELEASE.replace(old, new), "release.txt")
    assert [(draft.held, draft.line) for draft in imported.held if draft.row is None] == [(reason, 22)]
    assert values(imported)["strikes-raqqa"] == 4


def test_a_tenfold_jump_is_held_back(copied: Importer) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    alone = HEADER.replace("9000001", "9000003").replace("03-02", "03-03")
    alone += (
        "Yesterday near Raqqa in Syria, coalition military forces conducted 40 strikes against ISIS targets."
    )
    imported = copied.read(alone, "release.txt")
    assert reasons(imported) == {"jumps to 40 from 4 (dod-9000001-strikes-raqqa)"}


def test_a_jump_within_a_sum_that_comes_out_is_none(copied: Importer, record_copy: Path) -> None:
    copied.accepted(copied.read(RELEASE, "release.txt"))
    text = RELEASE.replace("9000001", "9000003").replace("-03-02", "-03-03").replace("March 2", "March 3")
    text = text.replace("four strikes engaged", "60 strikes engaged").replace("six strikes", "62 strikes")
    text = text.replace("conducting nine", "conducting 65")
    imported = copied.accepted(copied.read(text, "release.txt"))
    assert values(imported)["strikes-raqqa"] == 60
    assert not imported.held
    assert check_record(record_copy) == ()


def test_a_day_after_the_release_is_held_back(importer: Importer) -> None:
    text = RELEASE.replace("published: 2021-03-02", "published: 2021-02-20")
    assert "of 2021-03-01, after the release" in reasons(importer.read(text, "release.txt"))


def test_a_copy_without_a_date_of_its_own_does_not_say_which_day_was_yesterday(importer: Importer) -> None:
    text = RELEASE.replace("SOUTHWEST ASIA, March 2, 2021 — ", "").replace(
        "U.S. Department of Defense", "Example News"
    )
    imported = importer.read(text, "release.txt")
    assert imported.rows == ()
    assert "which day is yesterday is not said" in next(iter(reasons(imported)))


WEEK = """Coalition forces continued to strike ISIS targets in Syria and Iraq between Feb. 26-28, conducting
six strikes consisting of eight engagements, officials reported today.

Strikes in Syria

Yesterday in Syria, coalition military forces conducted two strikes consisting of three engagements
against ISIS targets near Abu Kamal. The strikes destroyed a wellhead.

There were no reported strikes conducted in Syria on Feb. 27.

On Feb. 26, coalition military forces conducted three strikes consisting of four engagements against targets:

-- Near Abu Kamal, a strike destroyed a crane.

-- Near Shadaddi, two strikes destroyed two tanks.

Strikes in Iraq

There were no reported strikes conducted in Iraq between Feb. 27-28.

On Feb. 26, coalition military forces conducted a strike consisting of one engagement near Rutbah.
"""


def test_each_day_of_a_week_has_rows_of_its_own(copied: Importer, record_copy: Path) -> None:
    text = HEADER.replace("2021-03-02", "2021-03-01") + WEEK
    imported = copied.accepted(copied.read(text, "release.txt"))
    assert not imported.held
    days = {row.id: (row.start, row.end, row.value) for row in imported.rows if row.metric == "strikes"}
    assert days["dod-9000001-strikes-total"] == ("2021-02-26", "2021-02-28", 6)
    assert days["dod-9000001-2021-02-28-strikes-abu-kamal"] == ("2021-02-28", "2021-02-28", 2)
    assert days["dod-9000001-2021-02-26-strikes-shadaddi"] == ("2021-02-26", "2021-02-26", 2)
    assert [days[f"dod-9000001-2021-02-{day}-strikes-iraq"][2] for day in (26, 27, 28)] == [1, 0, 0]
    assert check_record(record_copy) == ()


def test_the_days_of_a_week_must_come_to_its_whole(importer: Importer) -> None:
    text = HEADER.replace("2021-03-02", "2021-03-01") + WEEK.replace("\nsix strikes", "\nseven strikes")
    assert "7 strikes, but its days add up to 6" in reasons(importer.read(text, "release.txt"))


def test_late_reports_are_rows_of_their_own_series(copied: Importer, record_copy: Path) -> None:
    late = "\nAdditionally, two strikes were conducted on Feb. 27 that closed within the last 24 hours.\n"
    late += "\n-- On Feb. 27, near Raqqa, Syria, two strikes destroyed a crane.\n"
    imported = copied.accepted(copied.read(RELEASE + late, "release.txt"))
    rows = {row.id: row for row in imported.rows if row.series == "late-strike-reports"}
    assert rows["dod-9000001-late-2021-02-27-strikes-raqqa"].value == 2
    assert rows["dod-9000001-late-2021-02-27-strikes-raqqa"].start == "2021-02-27"
    assert "facts/late-strike-reports/2021-03.csv" in imported.files
    assert check_record(record_copy) == ()


def test_a_late_report_alone_answers_nothing(copied: Importer, record_copy: Path) -> None:
    late = "\nAdditionally, on Feb. 27, near Raqqa, Syria, two strikes destroyed a crane.\n"
    copied.accepted(copied.read(RELEASE + late, "release.txt"))
    build_record(record_copy, record_copy.parent / "built.db")
    with closing(open_knowledge(record_copy.parent / "built.db")) as knowledge:
        answer = knowledge.ask("strikes near Raqqa on 27 February 2021", now=date(2021, 3, 5))
    assert answer.figures == ()
    assert [figure.value for figure in answer.related] == [2]


def test_a_running_count_is_a_row_of_its_own_series(copied: Importer, record_copy: Path) -> None:
    text = RELEASE + "\nU.S. Central Command has conducted a total of 1,160 airstrikes across Iraq.\n"
    imported = copied.accepted(copied.read(text, "release.txt"))
    (row,) = [row for row in imported.rows if row.series == "running-strike-counts"]
    assert (row.place, row.actor, row.value, row.as_of) == ("iraq", "united-states", 1160, "2021-03-02")
    assert check_record(record_copy) == ()


def test_strikes_from_one_morning_to_the_next_are_of_the_day_they_began_on(importer: Importer) -> None:
    text = RELEASE + "\nAll strikes took place between 8 a.m., March 1, and 8 a.m., March 2, local time.\n"
    (row,) = [row for row in importer.read(text, "release.txt").rows if row.id.endswith("strikes-mosul")]
    assert (row.start, row.end) == ("2021-03-01", "2021-03-01")
    assert row.note == "counted from one morning to the next, local time"


def test_a_bare_text_takes_its_page_from_what_is_given(importer: Importer) -> None:
    given = {
        "url": "https://example.org/a",
        "title": "T",
        "publisher": "Example News",
        "published": "2021-03-02",
    }
    imported = importer.read(BODY, "release.txt", given)
    assert imported.source.id == "example-news-2021-03-02"
    assert imported.source.kind == "secondary"
    assert len(imported.rows) == 13


def test_a_title_from_an_address_is_said_to_be_one(importer: Importer) -> None:
    text = RELEASE.replace(
        "title: Example Strikes", "title: Us Strikes Hit Isis In Syria Iraq (from address)"
    )
    source = importer.read(text, "release.txt").source
    assert source.title == "U.S. Strikes Hit ISIS In Syria, Iraq"
    assert source.note == "The title is taken from the address."


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("url: https://", "url: ", "url: "),
        ("published: 2021-03-02", "published: 2021-13-02", "no date like 2017-06-10: 2021-13-02"),
        ("published: 2021-03-02\n", "", "missing key: published"),
        ("complete: yes", "complete: perhaps", "yes or no, not perhaps"),
        ("title:", "titel:", "unknown key: titel"),
    ],
)
def test_a_header_that_is_not_whole_is_an_error(importer: Importer, old: str, new: str, problem: str) -> None:
    with pytest.raises(ReleaseError, match=r"release\.txt") as raised:
        importer.read(RELEASE.replace(old, new, 1), "release.txt")
    assert problem in str(raised.value)


BOUNDED = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
PIECES = [
    "Near",
    "Mosul",
    "Raqqa",
    "strikes",
    "airstrikes",
    "two",
    "12",
    "destroyed",
    "a vehicle",
    "On",
    "March 1",
    "March 30-31",
    "yesterday",
    ",",
    ".",
    ";",
    "\n",
    "\n\n",
    "--",
    "* ",
    "in Syria",
    "in Iraq and Syria",
    "and",
    "Strikes in Iraq",
    "Additionally",
    "that closed within",
    "engagements",
    "consisting of",
    "There were no reported strikes",
    "each",
    "Al",
    "8 a.m.",
    "between",
    "has conducted a total of",
    "<li>",
    "(",
    "[",
    "“",
    "’s",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
@BOUNDED
def test_any_words_of_releases_give_rows_or_problems(importer: Importer, text: str) -> None:
    imported = importer.read(HEADER + text, "release.txt")
    assert all(row.source == "dod-9000001" and (row.value or 0) >= 0 for row in imported.rows)
    assert all(draft.held and draft.line for draft in imported.held)
    assert all(unread.reason and unread.line for unread in imported.unread)


@given(st.text(max_size=300))
@BOUNDED
def test_any_text_gives_rows_or_problems(importer: Importer, text: str) -> None:
    importer.read(HEADER + text, "release.txt")


@given(st.text(max_size=200))
@BOUNDED
def test_any_file_is_a_release_or_an_error(importer: Importer, text: str) -> None:
    with suppress(ReleaseError):
        importer.read(text, "release.txt")
