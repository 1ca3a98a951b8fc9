"""How well claims of texts are judged and how long that takes; half the texts have one slot planted wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yaml

from knowledge import Answer, Knowledge

from .measuring import timed

VERDICTS = {"S": "supported", "C": "contradicted", "N": "not on record", "X": "unborne"}
#: Characters of a post and of an article, by what each is allowed to take in milliseconds.
LENGTHS = {4_096: 30.0, 60_000: 1_000.0}
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A text, the slot planted wrong in it, and each claim (a number, or an ISO day) with its verdict."""

    text: str
    planted: str
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of one verdict: how often it was given, given rightly, and to be given."""

    given: int
    right: int
    expected: int

    @property
    def precision(self) -> float:
        """The share of those given that are right."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of those to be given that are given."""
        return self.right / self.expected if self.expected else 1.0


def claim_texts() -> tuple[ClaimText, ...]:
    """The texts of which half have a slot planted wrong."""
    return _texts("claim_texts.yaml")


def claim_traps() -> tuple[ClaimText, ...]:
    """Texts that each have a trap."""
    return _texts("claim_traps.yaml")


def _texts(file: str) -> tuple[ClaimText, ...]:
    cases = yaml.safe_load((_FOLDER / file).read_text(encoding="utf-8"))
    return tuple(
        ClaimText(
            case["text"],
            case.get("planted", ""),
            tuple((str(value), VERDICTS[letter]) for value, letter in case["claims"]),
        )
        for case in cases
    )


def judged(answer: Answer) -> Counter[tuple[str, str]]:
    """Each claim of an answer, by its number or day, with its verdict."""
    return Counter(
        (str(claim.value if claim.value is not None else claim.date), claim.verdict)
        for claim in answer.claims
        if claim.value is not None or claim.date
    )


def accuracy(knowledge: Knowledge, texts: Sequence[ClaimText]) -> tuple[dict[str, Accuracy], list[str]]:
    """The accuracy of each verdict over some texts, and what went wrong, a line each."""
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    wrong: list[str] = []
    for case in texts:
        wanted, found = Counter(case.claims), judged(knowledge.check(case.text))
        for value in [value for value, verdict in wanted if verdict == "unborne"]:
            del wanted[value, "unborne"]
            for verdict in ("contradicted", "not on record"):
                found.pop((value, verdict), None)
        for (value, verdict), count in found.items():
            given[verdict] += count
            right[verdict] += min(count, wanted[value, verdict])
        for (_, verdict), count in wanted.items():
            expected[verdict] += count
        wrong += [f"not {verdict}: {value} in {case.text!r}" for value, verdict in wanted - found]
        wrong += [f"wrongly {verdict}: {value} in {case.text!r}" for value, verdict in found - wanted]
    verdicts = ("supported", "contradicted", "not on record")
    return {v: Accuracy(given[v], right[v], expected[v]) for v in verdicts}, wrong


def text_of(texts: Sequence[ClaimText], length: int) -> str:
    """The texts one after the other, again and again, up to a length in characters."""
    whole = "\n\n".join(case.text for case in texts)
    return (f"{whole}\n\n" * (length // len(whole) + 1))[:length]


def milliseconds(knowledge: Knowledge, texts: Sequence[ClaimText], passes: int) -> dict[int, float]:
    """How long a text of each length takes, the median of several passes; no text comes twice."""
    found: dict[int, float] = {}
    for length in LENGTHS:
        runs = [f"{text_of(texts, length - 12)} ({number:08d})" for number in range(passes)]
        found[length] = median(timed(knowledge.check, runs)[1])
    return found
