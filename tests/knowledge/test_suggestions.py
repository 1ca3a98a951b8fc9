"""What is suggested after an answer leads on to another answer, and is offered where it helps only."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import Knowledge, Thread

NOW = date(2020, 1, 1)
PLAIN = (
    "strikes in Syria on 10 June 2017",
    "strikes in Iraq in June 2017",
    "strikes near Raqqa on 10 June 2017",
    "engagements in Iraq on 23 August 2017",
    "weapons released in May 2017",
)


@pytest.mark.parametrize("question", PLAIN)
def test_every_suggestion_is_answered_with_figures_of_the_same_metric(
    knowledge: Knowledge, question: str
) -> None:
    answer = knowledge.ask(question, now=NOW)
    suggestions = knowledge.suggestions(answer, now=NOW)
    assert suggestions
    for suggestion in suggestions:
        led_to = knowledge.ask(suggestion.question, now=NOW)
        assert led_to.figures
        assert led_to.query.metrics == answer.query.metrics


def test_a_day_in_one_country_leads_to_the_other_to_another_day_and_to_a_comparison(
    knowledge: Knowledge,
) -> None:
    answer = knowledge.ask("strikes in Syria on 10 June 2017", now=NOW)
    place, period, compare = knowledge.suggestions(answer, now=NOW)
    assert (place.kind, place.label) == ("place", "Iraq")
    assert period.kind == "period"
    assert period.label in period.question
    assert compare.label == "Compare with Iraq"
    compared = knowledge.ask(compare.question, now=NOW)
    assert compared.kind == "comparison"
    assert {figure.place for figure in compared.figures} == {"Iraq", "Syria"}


@pytest.mark.parametrize(
    "question",
    [
        "strikes in Yemen",
        "strikes on 10 June",
        "good morning",
        "what is a sortie?",
        "strikes in Syria in total",
        "civilian deaths by the end of August 2019",
        "is it true that 50 strikes were carried out in Syria on 10 June 2017?",
        "highest day of strikes near Raqqa in June 2017",
        "compare strikes in Syria and Iraq on 10 June 2017",
        "",
    ],
)
def test_nothing_is_suggested_where_it_does_not_help(knowledge: Knowledge, question: str) -> None:
    assert knowledge.suggestions(knowledge.ask(question, now=NOW), now=NOW) == ()


def test_the_sources_behind_a_total_are_all_of_them(knowledge: Knowledge) -> None:
    answer = knowledge.ask("strikes in Syria in June 2017", now=NOW)
    named = sum(block.role == "source" for block in answer.text)
    assert len(knowledge.sources_behind(answer.thread)) > named


def test_there_is_no_source_behind_nothing(knowledge: Knowledge) -> None:
    assert knowledge.sources_behind(Thread()) == ()
    assert knowledge.sources_behind(knowledge.ask("what is a sortie?", now=NOW).thread) == ()
