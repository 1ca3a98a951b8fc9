"""What stood before in a corrected figure: told when asked for, and by every answer with the figure."""

from __future__ import annotations

import pytest

from knowledge import Answer, Change, Knowledge, UnknownIdError, render_plain
from knowledge.history import _BOOKKEEPING
from knowledge.rows import FactRow

from .asking import ask, said

SYRIA = "strikes in Syria on 10 June 2017"


def asides(answer: Answer) -> str:
    return render_plain(tuple(block for block in answer.text if block.role == "aside"))


def test_a_changed_value_keeps_what_it_was_with_day_and_reason(corrected: Knowledge) -> None:
    history = corrected.history("dod-1210346-strikes-syria")
    assert history.changes == (Change("2017-06-20", "it was 72 strikes", "the digits were swapped"),)
    assert history.figure.value == 27
    lines = render_plain(history.text).splitlines()
    assert lines[0] == "27 strikes in Syria by the coalition on 10 June 2017"
    assert lines[1] == "• 20 June 2017: before, it was 72 strikes. The digits were swapped."
    assert lines[2].startswith("Source: ")


def test_every_earlier_value_is_told_the_latest_change_first(corrected: Knowledge) -> None:
    changes = corrected.history("cost-2016-07").changes
    assert [(c.day, c.before) for c in changes] == [
        ("2016-10-02", "it was $8.4 billion"),
        ("2016-09-01", "it was $8 billion"),
    ]


def test_a_value_that_became_a_range_is_one_change(corrected: Knowledge) -> None:
    [change] = corrected.history("airwars-civcas-2019-08").changes
    assert change.before == "it was about 12,000 civilian deaths"


def test_a_changed_place_is_told_by_its_name(corrected: Knowledge) -> None:
    [change] = corrected.history("dod-1210346-strikes-raqqa").changes
    assert change.before == "the place was Mosul"


def test_a_figure_never_changed_has_no_changes_on_record(knowledge: Knowledge) -> None:
    history = knowledge.history("dod-1210346-strikes-syria")
    assert history.changes == ()
    assert "No changes on record." in render_plain(history.text)


def test_an_id_that_is_not_on_record_is_an_error_that_names_it(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownIdError, match="no figure with the id nowhere on record"):
        knowledge.history("nowhere")


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        (SYRIA, "27 strikes in Syria: corrected on 20 June 2017; before, it was 72 strikes."),
        (
            "strikes near Raqqa on 10 June 2017",
            "17 strikes near Raqqa: corrected on 21 June 2017; before, the place was Mosul.",
        ),
        (
            f"is it true that 72 {SYRIA}?",
            "27 strikes in Syria: corrected on 20 June 2017; before, it was 72 strikes.",
        ),
    ],
)
def test_an_answer_with_a_corrected_figure_says_when_and_what_stood_before(
    corrected: Knowledge, question: str, aside: str
) -> None:
    assert aside in asides(ask(corrected, question)).splitlines()


def test_each_correction_of_a_figure_is_said(corrected: Knowledge) -> None:
    shown = asides(ask(corrected, "cost of the operation as of July 2016"))
    assert "before, it was $8.4 billion." in shown
    assert "before, it was $8 billion." in shown


def test_where_a_figure_stands_in_its_source_is_told_in_its_history_only(corrected: Knowledge) -> None:
    assert "corrected on" not in said(ask(corrected, "strikes in Iraq on 10 June 2017"))
    [change] = corrected.history("dod-1210346-strikes-iraq").changes
    assert change.before == "the place in the source was third line"


def test_nothing_is_said_of_figures_that_were_not_corrected(knowledge: Knowledge) -> None:
    assert "corrected on" not in said(ask(knowledge, SYRIA))


def test_a_correction_changes_no_figure_of_an_answer(corrected: Knowledge, knowledge: Knowledge) -> None:
    assert ask(corrected, SYRIA).figures == ask(knowledge, SYRIA).figures


def test_several_figures_are_told_together_and_the_unchanged_ones_in_a_line(corrected: Knowledge) -> None:
    facts = [f"dod-1210346-strikes-{place}" for place in ("syria", "raqqa", "abu-kamal", "dayr-az-zawr")]
    told = render_plain(corrected.histories([*facts, "nowhere"]))
    assert "it was 72 strikes" in told
    assert "the place was Mosul" in told
    assert told.endswith("No changes on record in the others.")


def test_ids_that_are_not_on_record_have_no_histories(corrected: Knowledge) -> None:
    assert corrected.histories(["nowhere"]) == ()


@pytest.mark.parametrize("field", sorted(FactRow.model_fields))
def test_every_column_of_a_figure_has_words_for_what_stood_there(knowledge: Knowledge, field: str) -> None:
    name = "amount" if field in ("value", "low", "high", "qualifier") else field
    assert "Mosul" in knowledge._wording.cell(name, "Mosul")
    assert set(FactRow.model_fields) >= _BOOKKEEPING
