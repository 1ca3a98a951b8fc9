"""Pasted texts: which claims are found in them, and the verdict on each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Answer, Knowledge
from tests.knowledge.asking import ask, said, values

VERDICTS = {"S": "supported", "C": "contradicted", "N": "not on record"}
TEXTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "texts_to_check.yaml").read_text(encoding="utf-8")
)


def verdicts(answer: Answer) -> list[tuple[object, str]]:
    """Each claim's number with its verdict, in the order of the text."""
    return [(claim.value, claim.verdict) for claim in answer.claims]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["text"][:60])
def test_every_claim_of_a_text_and_nothing_else_is_judged(
    knowledge: Knowledge, case: dict[str, Any]
) -> None:
    answer = ask(knowledge, case["text"])
    assert answer.kind == "claims"
    assert verdicts(answer) == [(value, VERDICTS[letter]) for value, letter in case["claims"]]
