"""Which days, places and wholes the sentences of a release are of, and what is not guessed of a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import check_record
from knowledge.releases.importing import ImportedRelease, Importer

from .releasing import HEADER

LEAD = "SOUTHWEST ASIA, March 2, 2021 — Coalition forces continued to attack ISIS yesterday.\n\n"


def read(importer: Importer, text: str, *, whole: bool = True, confirmed: bool = False) -> ImportedRelease:
    header = HEADER if whole else HEADER.replace("complete: yes", "complete: no")
    return importer.read(header + text, "release.txt", confirmed=confirmed)


def days(
    imported: ImportedRelease, metric: str = "strikes"
) -> dict[str, tuple[str | None, str | None, object]]:
    return {row.place: (row.start, row.end, row.value) for row in imported.rows if row.metric == metric}


def told(imported: ImportedRelease) -> list[tuple[str, str]]:
    return [(draft.held, draft.about) for draft in imported.held if draft.row is None]


# -- days ---------------------------------------------------------------------------------------------


def test_the_day_of_one_country_is_not_applied_to_the_other(importer: Importer) -> None:
    text = (
        "March 2, 2021 - Military forces continued to attack ISIS in Syria Monday and today, using "
        "fighters to conduct six airstrikes. Separately, military forces used drones Monday to conduct two "
        "airstrikes in Iraq.\n\n"
        "In Syria, five airstrikes near Kobani destroyed a crane. One airstrike near Raqqa hit a tank.\n\n"
        "Two airstrikes southwest of Kirkuk destroyed a bunker.\n"
    )
    assert days(read(importer, text)) == {
        "syria": ("2021-03-01", "2021-03-02", 6),
        "kobani": ("2021-03-01", "2021-03-02", 5),
        "raqqa": ("2021-03-01", "2021-03-02", 1),
        "iraq": ("2021-03-01", "2021-03-01", 2),
        "kirkuk": ("2021-03-01", "2021-03-01", 2),
    }


def test_the_days_of_a_sentence_hold_for_all_its_countries(importer: Importer) -> None:
    text = (
        "Between Jan. 3 and 9, the coalition conducted 21 strikes in Syria and conducted four in Iraq.\n\n"
        "Between Jan. 10 and 16, the coalition conducted 17 strikes in Syria and conducted five in Iraq.\n"
    )
    found = [(row.place, row.start, row.value) for row in read(importer, text).rows]
    assert found == [
        ("syria", "2021-01-03", 21),
        ("iraq", "2021-01-03", 4),
        ("syria", "2021-01-10", 17),
        ("iraq", "2021-01-10", 5),
    ]


# -- late reports -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        (
            "The task force today also announced nine Feb. 27 strikes whose details were unavailable at the "
            "time of yesterday's update.",
            "2021-02-27",
            "2021-02-27",
        ),
        (
            "It gave results today of nine strikes consisting of 13 engagements made on Feb. 26-27, "
            "which were not yet available for yesterday's report.",
            "2021-02-26",
            "2021-02-27",
        ),
        (
            "Additionally, nine newly reported strikes were conducted Feb. 25-26.",
            "2021-02-25",
            "2021-02-26",
        ),
    ],
)
def test_a_late_report_is_of_the_days_it_names(
    importer: Importer, sentence: str, first: str, last: str
) -> None:
    imported = read(importer, LEAD + sentence)
    assert {row.series for row in imported.rows} == {"late-strike-reports"}
    assert days(imported) == {"iraq-and-syria": (first, last, 9)}


def test_a_late_report_is_never_of_the_day_of_the_release(importer: Importer) -> None:
    text = (
        LEAD
        + "Additionally, nine strikes were conducted in Syria today that closed within the last 24 hours."
    )
    imported = read(importer, text)
    assert imported.rows == ()
    assert ["which day is meant is not said" in draft.held for draft in imported.held] == [True]


LATE = """The task force gave results today of 11 strikes consisting of 19 engagements made near Raqqa on
Feb. 26-27, which were not yet available for yesterday's report:

-- On Feb. 26, four strikes engaged three ISIS tactical units.

-- On Feb. 27, seven strikes destroyed two cranes.
"""


def test_the_detail_of_a_late_report_keeps_its_place(importer: Importer) -> None:
    imported = read(importer, LEAD + LATE)
    assert {row.place for row in imported.rows} == {"raqqa"}
    targets = {(row.target, row.start, row.value) for row in imported.rows if row.target}
    assert targets == {("tactical-units", "2021-02-26", 3), ("cranes", "2021-02-27", 2)}


def test_the_days_of_a_late_report_stand_in_the_note_of_its_whole(record_copy: Path) -> None:
    importer = Importer(record_copy)
    imported = importer.accepted(read(importer, LEAD + LATE))
    (whole,) = [row for row in imported.rows if row.metric == "strikes"]
    assert (whole.start, whole.end, whole.value) == ("2021-02-26", "2021-02-27", 11)
    assert whole.note.startswith("of these 4 on 2021-02-26, 7 on 2021-02-27; ")
    assert check_record(record_copy) == ()


def test_the_days_of_a_late_report_must_come_to_its_whole(importer: Importer) -> None:
    imported = read(importer, LEAD + LATE.replace("seven strikes", "eight strikes"))
    assert [row.metric for row in imported.rows if row.metric == "strikes"] == []
    assert {draft.held for draft in imported.held} == {"11 strikes, but its days add up to 12"}


def test_late_reports_near_places_of_one_country_are_of_that_country(importer: Importer) -> None:
    text = f"{LEAD}Strikes in Syria\n\nAdditionally, five newly reported strikes were conducted Feb. 26."
    text += "\n\n-- Near Raqqa, two strikes hit a crane.\n\n-- Near Tabqah, three strikes hit a tank.\n"
    assert days(read(importer, text)) == {
        "syria": ("2021-02-26", "2021-02-26", 5),
        "raqqa": ("2021-02-26", "2021-02-26", 2),
        "tabqah": ("2021-02-26", "2021-02-26", 3),
    }


# -- wholes that are contradicted ---------------------------------------------------------------------

STRETCH = """SOUTHWEST ASIA, March 2, 2021 — Coalition forces continued to attack ISIS, conducting seven
strikes consisting of nine engagements Feb. 26-28.

On Feb. 28 near Abu Kamal in Syria, coalition forces conducted six strikes consisting of six engagements.

On Feb. 26 near Qayyarah in Iraq, coalition forces conducted three strikes that destroyed a crane consisting
of three engagements.
"""


def test_a_whole_that_its_days_exceed_is_held_back_even_if_the_text_is_cut(importer: Importer) -> None:
    for whole in (True, False):
        held = {draft.held for draft in read(importer, STRETCH, whole=whole).held}
        assert held == {"7 strikes, but its days add up to 9"}


def test_a_whole_that_its_days_contradict_says_so_once_confirmed(record_copy: Path) -> None:
    importer = Importer(record_copy)
    imported = importer.accepted(read(importer, STRETCH, confirmed=True))
    notes = {row.id: row.note for row in imported.rows}
    assert notes["dod-9000001-strikes-total"] == (
        "does not add up: the release itself says so; its days come to 9 of 7"
    )
    assert notes["dod-9000001-engagements-total"] == ""
    assert check_record(record_copy) == ()


def test_a_broken_copy_excuses_no_whole_whose_countries_are_both_told(importer: Importer) -> None:
    text = LEAD.replace("yesterday", "yesterday, conducting nine strikes")
    text += "Strikes in Syria\n\nIn Syria, coalition forces conducted four strikes.\n\n"
    text += "Strikes in Iraq\n\nIn Iraq, coalition forces conducted three strikes:\n\n-- Near Mos"
    held = {draft.held for draft in read(importer, text, whole=False).held}
    assert held == {"9 strikes, but its parts add up to 7"}


def test_a_whole_is_held_against_places_whose_country_is_not_told(importer: Importer) -> None:
    text = (
        LEAD + "Additionally, four strikes were conducted in Syria and Iraq on Feb. 26 that closed since.\n\n"
    )
    text += (
        "-- Near Raqqa, two strikes destroyed a crane.\n\n-- Near Mosul, three strikes destroyed a tank.\n"
    )
    assert {draft.held for draft in read(importer, text).held} == {"4 strikes, but its parts add up to 5"}


def test_a_place_across_the_border_holds_no_other_back(importer: Importer) -> None:
    text = LEAD + "Strikes in Syria\n\nIn Syria, coalition forces conducted five strikes:\n\n"
    text += "-- Near Raqqa, four strikes destroyed a crane.\n\n-- Near Mosul, a strike destroyed a tank.\n"
    imported = read(importer, text)
    assert days(imported) == {
        "syria": ("2021-03-01", "2021-03-01", 5),
        "raqqa": ("2021-03-01", "2021-03-01", 4),
    }
    assert told(imported) == [("Mosul is not in Syria", "1 strikes, Mosul")]


def test_a_country_told_right_before_the_place_is_that_of_the_strike(importer: Importer) -> None:
    imported = read(
        importer, LEAD + "A fifth airstrike damaged three vehicles in Syria northwest of Al Qaim.\n"
    )
    assert imported.rows == ()
    assert told(imported) == [("Qaim is not in Syria", "1 strikes, Al Qaim")]


# -- targets without a number ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "counted", "held"),
    [
        (
            "destroyed a radio tower and communications equipment",
            {"communications-towers": 1},
            "communications-equipment",
        ),
        ("destroyed communications equipment and a crane", {"cranes": 1}, "communications-equipment"),
        ("destroyed a crane and fighting positions", {"cranes": 1}, "fighting-positions"),
        ("destroyed fighting positions", {}, "fighting-positions"),
        ("destroyed two cranes and tactical unit", {"cranes": 2}, "tactical-units"),
    ],
)
def test_a_target_without_a_number_is_shown_and_not_guessed(
    importer: Importer, listed: str, counted: dict[str, int], held: str
) -> None:
    imported = read(importer, f"{LEAD}-- Near Raqqa, Syria, two strikes {listed}.\n")
    assert {row.target: row.value for row in imported.rows if row.target} == counted
    assert told(imported) == [(f"no number is said: {held}", f"{held} destroyed")]


def test_one_article_is_that_of_each_single_thing(importer: Importer) -> None:
    imported = read(
        importer, f"{LEAD}-- Near Raqqa, Syria, two strikes destroyed a crane and tactical vehicle.\n"
    )
    assert {row.target: row.value for row in imported.rows if row.target} == {
        "cranes": 1,
        "tactical-vehicles": 1,
    }
    assert told(imported) == []


def test_a_bound_on_a_number_of_targets_is_no_exact_number(importer: Importer) -> None:
    line = "-- Near Raqqa, Syria, two strikes destroyed four boats and damaged at least three more.\n"
    imported = read(importer, LEAD + line)
    assert {(row.target, row.effect, row.value) for row in imported.rows if row.target} == {
        ("boats", "destroyed", 4)
    }
    assert told(imported) == [("no exact number: at least 3", "3 boats damaged")]


def test_the_number_of_an_opened_list_is_not_also_that_of_its_place(importer: Importer) -> None:
    text = "Strikes in Iraq\n\nNear Rutbah, coalition forces conducted five strikes in six engagements.\n\n"
    text += (
        "-- Near Rutbah, three strikes destroyed a crane.\n\n-- Near Samarra, two strikes destroyed a tank.\n"
    )
    imported = read(importer, LEAD + text)
    assert {place: value for place, (_, _, value) in days(imported).items()} == {
        "iraq": 5,
        "rutbah": 3,
        "samarra": 2,
    }
    assert {place: value for place, (_, _, value) in days(imported, "engagements").items()} == {"iraq": 6}


def test_no_zero_is_read_from_a_sentence_that_breaks_off(importer: Importer) -> None:
    text = LEAD + "Strikes in Iraq\n\nThere were no reported strikes conducted in"
    imported = read(importer, text, whole=False)
    assert imported.rows == ()
    assert [unread.reason for unread in imported.unread] == ["the sentence breaks off"]


def test_a_stray_article_is_no_number(importer: Importer) -> None:
    line = "-- Near Raqqa, Syria, two strikes engaged an ISIS tactical unit and destroyed a three cranes.\n"
    imported = read(importer, LEAD + line)
    assert {(row.target, row.effect, row.value) for row in imported.rows if row.target} == {
        ("tactical-units", "engaged", 1),
        ("cranes", "destroyed", 3),
    }


def test_engagements_that_one_country_is_not_given_are_no_slip(importer: Importer) -> None:
    text = LEAD.replace("yesterday", "yesterday, conducting eight strikes consisting of 12 engagements")
    text += "Strikes in Syria\n\nIn Syria, coalition forces conducted seven strikes in 11 engagements.\n\n"
    text += (
        "Strikes in Iraq\n\nIn Iraq, coalition forces conducted a strike near Tal Afar that hit a crane.\n"
    )
    imported = read(importer, text, whole=False)
    (whole,) = [row for row in imported.rows if row.id == "dod-9000001-engagements-total"]
    assert whole.note == (
        "does not add up: the release gives none for a part of it; its parts on record come to 11 of 12"
    )
