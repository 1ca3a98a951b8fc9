"""The benchmark's questions and how an answer to one is judged.

Each stands alone, so that a stand-in that keeps no conversation is not at a disadvantage. The judgement
looks at the asserted values only: whatever finds the number is right.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from knowledge import Answer
from tests.questions.sums import resolved

Number = int | float
#: right: every figure that was asked for; refused: rightly none; missed: none or not all of them;
#: wrong: a figure where there is none on record, or none of those asked for.
Judgement = Literal["right", "refused", "missed", "wrong"]

FOLDER = Path(__file__).parent.parent / "questions" / "bench"
#: The day that questions are asked on, after every day of a grown record.
NOW = date(2030, 1, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the values of its answer; none where the record holds no answer."""

    id: str
    tag: str
    text: str
    figures: tuple[Number, ...]


@cache
def cases() -> tuple[Case, ...]:
    """All questions, in the order of their files."""
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return tuple(_case(line) for line in lines)


def _case(line: str) -> Case:
    read = json.loads(line)
    (turn,) = read["turns"]
    figures = tuple(resolved(value) for value in turn["expect"].get("figures", ()))
    return Case(read["id"], read["tags"][0], turn["text"], figures)


def judge(case: Case, asserted: Collection[Number]) -> Judgement:
    """How an answer that asserts some values does on a question."""
    if not asserted:
        return "missed" if case.figures else "refused"
    if not set(case.figures) & set(asserted):
        return "wrong"
    return "right" if set(case.figures) <= set(asserted) else "missed"


def values_of(answer: Answer) -> tuple[Number, ...]:
    """Every value that an answer asserts."""
    found = [value for f in answer.figures for value in (f.value, f.low, f.high)]
    return tuple(value for value in found if value is not None)
