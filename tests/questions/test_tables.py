"""Question tables: what is asked, and what must and must not be asserted.

`only` are all the values that may be asserted (none: an empty list), `figures` values that must be among
them, `lead` the first one, `not_figures` values that must not be; `said` and `said_not` speak of the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Knowledge, Thread, answer_to_json

from .sums import resolved

FOLDER = Path(__file__).parent
NOW = date(2020, 1, 1)
KEYS = {"ask", "only", "figures", "lead", "not_figures", "said", "said_not", "kind", "kind_not"}

Row = dict[str, Any]  # a row of YAML: texts and lists of numbers


def conversations(name: str) -> list[list[Row]]:
    rows: list[Row] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [row.get("turns", [row]) for row in rows]


def tables() -> Iterator[Any]:  # pytest's own type of a parameter set is private
    for path in sorted(FOLDER.glob("*.yaml")):
        for turns in conversations(path.name):
            yield pytest.param(
                turns, id=f"{path.stem}: " + " > ".join(turn["ask"].strip() for turn in turns)[:90]
            )


def values(figures: list[Row]) -> list[int | float]:
    return [v for f in figures for v in (f["value"], f["low"], f["high"]) if v is not None]


def breaches(answer: Row, expected: Row) -> list[str]:
    listed = ("only", "figures", "not_figures")
    sums = {key: [resolved(value) for value in expected[key]] for key in listed if key in expected}
    expected = {**expected, **sums}
    asserted, text = values(answer["figures"]), answer["text"].lower()
    checks: dict[str, Callable[[Any], bool]] = {
        "only": lambda wanted: sorted(asserted) == sorted(wanted),
        "figures": lambda wanted: set(wanted) <= set(asserted),
        "lead": lambda wanted: asserted[:1] == [wanted],
        "not_figures": lambda wanted: not set(wanted) & set(asserted),
        "said": lambda wanted: all(words.lower() in text for words in wanted),
        "said_not": lambda wanted: not any(words.lower() in text for words in wanted),
        "kind": lambda wanted: answer["kind"] == wanted,
        "kind_not": lambda wanted: answer["kind"] != wanted,
    }
    return [key for key, check in checks.items() if key in expected and not check(expected[key])]


@pytest.mark.parametrize("turns", list(tables()))
def test_a_question_of_the_tables_is_answered_as_its_row_says(knowledge: Knowledge, turns: list[Row]) -> None:
    thread = Thread()
    for turn in turns:
        assert set(turn) <= KEYS
        answer = knowledge.ask(turn["ask"], now=NOW, thread=thread)
        thread, shown = answer.thread, answer_to_json(answer)
        assert shown["text"].strip()
        assert breaches(shown, turn) == [], json.dumps(
            {
                "ask": turn["ask"],
                "kind": shown["kind"],
                "values": values(shown["figures"]),
                "text": shown["text"],
            }
        )


def test_the_tables_hold_at_least_as_many_rejections_as_answers() -> None:
    turns = [turn for path in FOLDER.glob("*.yaml") for row in conversations(path.name) for turn in row]
    rejections = [turn for turn in turns if turn.get("only") == [] or "not_figures" in turn]
    answers = [turn for turn in turns if turn.get("only") or "figures" in turn or "lead" in turn]
    assert len(rejections) >= len(answers) >= 100


def test_no_question_stands_twice_in_the_tables() -> None:
    asked = [
        turns[0]["ask"]
        for path in FOLDER.glob("*.yaml")
        for turns in conversations(path.name)
        if len(turns) == 1
    ]
    assert sorted(asked) == sorted(set(asked))
