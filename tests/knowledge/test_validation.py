"""The invariants of the record: each test breaks one rule in a copy and looks for the complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import RECORD_FOLDER
from knowledge.validation import check_record
from tests.conftest import Edit

RELEASES = "facts/strike-releases/2017-06.csv"
CUMULATIVE = "facts/cumulative-strikes.csv"
CASUALTIES = "facts/civilian-casualty-reports.csv"
SYRIA = "syria,,,2017-06-10,2017-06-10,,27,,,exactly"


def complaints(folder: Path, text: str) -> list[str]:
    return [str(problem) for problem in check_record(folder) if text in problem.text]


def row(file: str, identifier: str) -> str:
    lines = (RECORD_FOLDER / file).read_text(encoding="utf-8").splitlines(keepends=True)
    return next(line for line in lines if line.startswith(f"{identifier},"))


def test_the_shipped_record_has_no_problems() -> None:
    assert check_record(RECORD_FOLDER) == ()


@pytest.mark.parametrize(("column", "cell"), [("publisher", "ABC News"), ("published", "2014-12")])
def test_a_source_is_complete(record_copy: Path, edit: Edit, column: str, cell: str) -> None:
    edit("sources.csv", f",{cell},", ",,")
    assert complaints(record_copy, f"missing value: {column}")


def test_a_figure_has_a_source_on_record(record_copy: Path, edit: Edit) -> None:
    edit(RELEASES, "strike-releases,dod-1210346,strikes", "strike-releases,dod-1,strikes")
    assert complaints(record_copy, "unknown source: dod-1")


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("series", "-syria,strike-releases", "-syria,strike-release"),
        ("metric", ",strikes,", ",strike,"),
        ("actor", ",coalition,", ",coalitoin,"),
        ("place", ",raqqa,", ",racca,"),
        ("target", ",oil-tanks,", ",oil-tank,"),
        ("effect", ",destroyed,", ",vaporised,"),
    ],
)
def test_an_unknown_id_is_a_problem(record_copy: Path, edit: Edit, kind: str, old: str, new: str) -> None:
    edit(RELEASES, old, new)
    assert complaints(record_copy, f"unknown {kind}:")


def test_an_id_is_given_once(record_copy: Path, edit: Edit) -> None:
    edit(CUMULATIVE, "cum-strikes-2019-08,", "cum-strikes-2018-11,")
    assert complaints(record_copy, "id given twice: cum-strikes-2018-11")


def test_one_source_gives_one_figure_for_one_thing(record_copy: Path, edit: Edit) -> None:
    line = row(RELEASES, "dod-1210346-strikes-raqqa")
    edit(RELEASES, line, line + line.replace("dod-1210346-strikes-raqqa,", "again,"))
    assert complaints(record_copy, "the same figure as dod-1210346-strikes-raqqa")


def test_places_add_up_to_their_country(record_copy: Path, edit: Edit) -> None:
    line = row(RELEASES, "dod-1210346-strikes-raqqa")
    edit(RELEASES, line, line.replace(",17,", ",18,"))
    assert complaints(record_copy, "27 strikes, but its places add up to 28")


def test_countries_add_up_to_the_total(record_copy: Path, edit: Edit) -> None:
    line = row(RELEASES, "dod-1210346-engagements-iraq")
    edit(RELEASES, line, line.replace(",35,", ",36,"))
    assert complaints(record_copy, "70 engagements, but its places add up to 71")


def test_a_note_says_why_places_do_not_add_up(record_copy: Path, edit: Edit) -> None:
    line = row(RELEASES, "dod-1210346-strikes-raqqa")
    edit(RELEASES, line, line.replace(",17,", ",18,"))
    edit(RELEASES, f"{SYRIA},Strikes in Syria,", f"{SYRIA},Strikes in Syria,does not add up: as published")
    assert not complaints(record_copy, "its places add up")


def test_a_country_whose_places_were_not_curated_is_let_be(record_copy: Path) -> None:
    path = record_copy / RELEASES
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("dod-1210346-") or line.split(",")[5] in ("syria", "iraq", "iraq-and-syria")
    ]
    path.write_text("".join(kept), encoding="utf-8")
    assert check_record(record_copy) == check_record(RECORD_FOLDER)


def test_a_cumulative_series_never_falls(record_copy: Path, edit: Edit) -> None:
    edit(CASUALTIES, ",1335,", ",1135,")
    assert complaints(record_copy, "falls to 1135 from 1321 (civcas-2019-06)")


def test_a_note_explains_a_fall(record_copy: Path, edit: Edit) -> None:
    edit(CASUALTIES, ",1335,", ",1135,")
    edit(
        CASUALTIES,
        row(CASUALTIES, "civcas-2019-08").replace(",1335,", ",1135,").strip(),
        _with_note("civcas-2019-08"),
    )
    assert not complaints(record_copy, "falls to")


def _with_note(identifier: str) -> str:
    cells = row(CASUALTIES, identifier).replace(",1335,", ",1135,").strip().rsplit(",", 1)
    return f"{cells[0]},falls: reports were withdrawn"


def test_a_tenfold_jump_is_flagged(record_copy: Path, edit: Edit) -> None:
    edit("facts/airpower-summaries.csv", ",4374,", ",43740,")
    assert complaints(record_copy, "jumps to 43740 from 3274 (weapons-2017-04)")


def test_a_figure_is_a_value_or_a_range(record_copy: Path, edit: Edit) -> None:
    edit("facts/airwars.csv", ",,8106,12980,between,", ",9000,8106,12980,between,")
    assert complaints(record_copy, "needs a value, or both low and high")


def test_a_range_runs_upward(record_copy: Path, edit: Edit) -> None:
    edit("facts/airwars.csv", ",8106,12980,", ",12980,8106,")
    assert complaints(record_copy, "low is above high")


def test_between_is_said_of_ranges_only(record_copy: Path, edit: Edit) -> None:
    edit("facts/airwars.csv", ",between,", ",exactly,")
    assert complaints(record_copy, "between is the qualifier of a range")


def test_a_period_does_not_end_before_it_starts(record_copy: Path, edit: Edit) -> None:
    edit(RELEASES, "2017-06-10,2017-06-10", "2017-06-10,2017-06-09")
    assert complaints(record_copy, "ends before it starts")


def test_a_page_tells_of_no_day_after_it_was_published(record_copy: Path, edit: Edit) -> None:
    edit(RELEASES, "2017-06-10,2017-06-10", "2017-07-10,2017-07-10")
    edit("events.csv", "2016-10-17", "2026-10-17")
    assert complaints(record_copy, "is for 2017-07-10, after its source was published")
    assert complaints(record_copy, "began on 2026-10-17, after its source was published")


def test_a_cumulative_figure_says_what_day_it_counts_up_to(record_copy: Path, edit: Edit) -> None:
    edit(CASUALTIES, ",2019-08-31,", ",,")
    assert complaints(record_copy, "a figure of civilian-casualty-reports needs as_of")


def test_an_alias_points_to_one_thing(record_copy: Path, edit: Edit) -> None:
    edit("vocabulary/places.yaml", "raqqah", "raqqah, Baïji")
    assert complaints(record_copy, "alias of two things: baiji (place raqqa, place bayji)")


def test_a_place_outside_the_campaign_is_none_of_its_own(record_copy: Path, edit: Edit) -> None:
    edit("vocabulary/places.yaml", "{name: Kabul,", "{name: Mosul,")
    assert complaints(record_copy, "alias of two things: Mosul (place mosul, elsewhere Mosul)")


def test_an_alias_listed_as_ambiguous_may_point_to_two_things(record_copy: Path, edit: Edit) -> None:
    edit("vocabulary/places.yaml", "raqqah", "raqqah, baiji")
    edit("vocabulary/places.yaml", "ambiguous: []", "ambiguous: [Baiji]")
    assert not complaints(record_copy, "alias of two things")


def test_what_is_listed_as_ambiguous_is_so(record_copy: Path, edit: Edit) -> None:
    edit("vocabulary/places.yaml", "ambiguous: []", "ambiguous: [Baiji]")
    assert complaints(record_copy, "listed as ambiguous, but not an alias of two things: baiji")


def test_a_pinned_figure_is_on_record(record_copy: Path, edit: Edit) -> None:
    edit("pins.yaml", "seed-syria-strikes", "seed-syria")
    assert complaints(record_copy, "unknown fact: seed-syria")


def test_a_pinned_figure_is_of_its_metric_and_place(record_copy: Path, edit: Edit) -> None:
    edit("pins.yaml", "seed-syria-strikes", "seed-iraq-strikes")
    assert complaints(record_copy, "seed-iraq-strikes is not of strikes in syria")


def test_a_date_belongs_to_a_known_event(record_copy: Path, edit: Edit) -> None:
    edit("events.csv", "mosul-start,mosul-start,", "mosul-start,mosul-begin,")
    assert complaints(record_copy, "unknown event: mosul-begin")
    assert complaints(record_copy, "event without a date in events.csv: mosul-start")


def test_a_correction_leads_to_what_the_record_says(record_copy: Path) -> None:
    path = record_copy / "corrections.csv"
    line = "cum-strikes-2019-08,2026-01-02,value,34572,34574,misread\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert complaints(record_copy, "value of cum-strikes-2019-08 is 34573, not 34574")


def test_a_topic_names_sources_on_record(record_copy: Path) -> None:
    entry = "- {id: t, kind: topic, title: T, text: [Words.], sources: [nowhere]}\n"
    (record_copy / "topics" / "extra.yaml").write_text(entry, encoding="utf-8")
    assert complaints(record_copy, "unknown source: nowhere") == [
        "topics/extra.yaml:1: unknown source: nowhere"
    ]


def test_a_topic_has_words(record_copy: Path) -> None:
    entry = "- {id: t, kind: topic, title: T, text: [], sources: [dod-1210346]}\n"
    (record_copy / "topics" / "extra.yaml").write_text(entry, encoding="utf-8")
    assert complaints(record_copy, "text: Tuple should have at least 1 item")


@pytest.mark.parametrize(("old", "new"), [("dod-1210346,", '"dod-1210346",'), ("\n", "\r\n")])
def test_files_come_out_the_same_when_read_and_written_again(
    record_copy: Path, edit: Edit, old: str, new: str
) -> None:
    edit("sources.csv", old, new)
    assert complaints(record_copy, "would be written differently")
