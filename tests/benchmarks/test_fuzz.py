"""The generated questions can be made again, and what is looked for in their answers would be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from knowledge import Answer, Knowledge

from .fuzz import ask_numbers, facts_of, problems, source
from .mutations import LONGEST, question, words_of_record
from .questions import NOW, cases


def answer(knowledge: Knowledge) -> Answer:
    return knowledge.ask("strikes near Kisik on 10 June 2017", now=NOW)


def test_a_question_is_made_again_from_its_number(built_record: Path) -> None:
    words = words_of_record(built_record, [case.text for case in cases()])
    first, again = ([question(words, source(number)) for number in range(200)] for _ in range(2))
    assert first == again
    assert len(set(first)) > 150
    assert max(map(len, first)) <= LONGEST


def test_a_sourced_figure_of_the_record_is_no_problem(knowledge: Knowledge, built_record: Path) -> None:
    sound = answer(knowledge)
    assert sound.figures != ()
    assert list(problems(sound, facts_of(built_record))) == []


def test_a_figure_without_a_source_is_found(knowledge: Knowledge, built_record: Path) -> None:
    sound = answer(knowledge)
    figure = replace(sound.figures[0], source=replace(sound.figures[0].source, url=""))
    (problem,) = problems(replace(sound, figures=(figure,)), facts_of(built_record))
    assert problem.startswith("no source")


def test_a_value_that_its_fact_does_not_have_is_found(knowledge: Knowledge, built_record: Path) -> None:
    sound = answer(knowledge)
    figure = replace(sound.figures[0], value=99_999)
    (problem,) = problems(replace(sound, related=(figure,)), facts_of(built_record))
    assert problem.startswith("not on record")


def test_a_stretch_of_the_generated_questions_finds_nothing(built_record: Path) -> None:
    found = ask_numbers(built_record, 0, 150)
    assert found.asked == 150
    assert found.with_figures > 0
    assert (found.exceptions, found.unsourced) == ([], [])
