"""The benchmark's texts are what it says they are, and the promises on verdicts hold."""

from __future__ import annotations

from knowledge import Knowledge

from .claiming import LENGTHS, accuracy, claim_texts, claim_traps, text_of

SLOTS = {"value", "place", "date", "metric", "actor", "qualifier", "unit"}


def test_there_are_sixty_texts_half_of_them_with_one_slot_planted_wrong() -> None:
    texts = claim_texts()
    planted = [case for case in texts if case.planted]
    assert len(texts) >= 60
    assert 2 * len(planted) >= len(texts) - 4
    assert {case.planted for case in planted} == SLOTS
    assert len({case.text for case in texts}) == len(texts)


def test_verdicts_are_right_and_few_are_missed(knowledge: Knowledge) -> None:
    found, wrong = accuracy(knowledge, claim_texts())
    for verdict in ("supported", "contradicted"):
        assert found[verdict].precision >= 0.98, wrong
        assert found[verdict].recall >= 0.9, wrong


def test_traps_mislead_no_verdict(knowledge: Knowledge) -> None:
    found, wrong = accuracy(knowledge, claim_traps())
    assert found["supported"].precision == 1, wrong
    assert found["contradicted"].precision >= 0.98, wrong
    assert found["supported"].recall >= 0.8, wrong


def test_no_planted_error_is_supported(knowledge: Knowledge) -> None:
    _, wrong = accuracy(knowledge, [case for case in claim_texts() if case.planted])
    assert not [line for line in wrong if line.startswith("wrongly supported")]


def test_a_text_for_timing_has_the_length_that_is_asked_for() -> None:
    assert [len(text_of(claim_texts(), length)) for length in LENGTHS] == list(LENGTHS)
