"""A question, with the one before it, understood: a `Query`, or why there can be none.

What is not understood and matters stops the answer (`weighing`); what the conversation said before
fills the slots left open (`dialogue`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.dialogue import continued, period_before, phrase_of, unresolved
from knowledge.mentions import read_text
from knowledge.models import Period, Query, Reading
from knowledge.operations import ARITHMETIC, decide
from knowledge.slots import Slots, slots_of
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Vocabulary
from knowledge.weighing import weigh

ELSEWHERE = "elsewhere:"
#: Operations that speak of figures and so take slots over from the question before.
FIGURE_OPERATIONS = frozenset({"figure", "compare", "where", "targets"}) | ARITHMETIC
#: Stands among the unknown words where strikes are asked for by what they hit.
BY_TARGET = "strikes by target"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question means.

    `detail` says which event, topic or refusal. `issue` says why it can't be answered as it stands:
    ``unknown_word``, ``date`` or ``fragment``; `unknown` holds the words and `date_issue` the date at
    fault, `inherited` the slots taken over.
    """

    query: Query
    detail: str = ""
    issue: str = ""
    unknown: tuple[str, ...] = ()
    date_issue: DatePhrase | None = None
    inherited: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    slots: Slots = field(default_factory=Slots)
    confidence: float = 1.0


def understand(
    text: str, vocabulary: Vocabulary, now: date, before: Query | None = None, earlier: Query | None = None
) -> Understanding:
    """The meaning of a question asked on a day, after the query before it and the one before that."""
    read = read_text(text, vocabulary, now, period_before(before))
    slots = slots_of(read, vocabulary, before.metrics if before else ())
    weighed = weigh(read, slots, vocabulary)
    others = tuple(dict.fromkeys((*slots.other_places, *weighed.places)))
    if others != slots.other_places or before is not None:
        slots = replace(slots, other_places=others, is_first=before is None)
    operation, detail = decide(read, slots, before, vocabulary, now)
    understood = Understanding(
        _query(slots, operation),
        detail,
        unknown=tuple(dict.fromkeys((*weighed.words, *_restrictions(slots, operation)))),
        ignored=weighed.ignored,
        readings=slots.readings,
        slots=slots,
        confidence=min((reading.score for reading in slots.readings), default=100.0) / 100,
    )
    if operation in FIGURE_OPERATIONS:
        return _on_figures(understood, before, vocabulary, earlier)
    if operation.startswith("event") and not understood.query.places and before is not None:
        return replace(understood, query=replace(understood.query, places=before.places))
    return understood


def _query(slots: Slots, operation: str) -> Query:
    return Query(
        operation=operation,
        metrics=slots.metrics,
        actors=slots.actors,
        places=slots.places + tuple(ELSEWHERE + name for name in slots.other_places),
        periods=_periods(slots),
        targets=slots.targets,
        effects=slots.effects if operation == "targets" else (),
        publishers=slots.publishers,
        together="both" in slots.operations,
        in_total=not {"total", "latest"}.isdisjoint(slots.operations),
        claimed=slots.claimed,
    )


def _periods(slots: Slots) -> tuple[Period, ...]:
    """The periods named; "as of 2014, since 2001" is one count, dated by its end."""
    ends = [period for period in slots.periods if period.by]
    return tuple(period for period in slots.periods if not (period.since and ends))


def _on_figures(
    understood: Understanding, before: Query | None, vocabulary: Vocabulary, earlier: Query | None
) -> Understanding:
    slots = understood.slots
    query, inherited = continued(understood.query, slots, before, vocabulary, earlier)
    counts_places = query.operation.endswith("_places") or "hardest" in slots.operations
    if not query.metrics and query.operation.startswith(("most", "least")) and counts_places:
        query = replace(query, metrics=("strikes",))
    if query != understood.query or inherited:
        understood = replace(understood, query=query, inherited=inherited)
    date_issue = next((phrase for phrase in slots.dates if phrase.issue), None)
    if date_issue is None and before is not None and before.unresolved and not query.periods:
        date_issue = phrase_of(before.unresolved)
    if date_issue is not None:
        query = replace(query, periods=(), unresolved=unresolved(date_issue))
        return replace(understood, query=query, issue="date", date_issue=date_issue)
    if understood.unknown:
        return replace(understood, issue="unknown_word")
    if not _has_enough(query, slots):
        return replace(understood, issue="fragment")
    return understood


def _restrictions(slots: Slots, operation: str) -> tuple[str, ...]:
    """Words that narrow a count in a way that no figure on record is narrowed."""
    by_target = slots.targets and slots.metrics and not slots.counts_targets
    if by_target and operation not in ("targets", "where") and slots.metrics != ("targets_hit",):
        return (BY_TARGET,)
    return slots.restrictions


def _has_enough(query: Query, slots: Slots) -> bool:
    """Whether a question says enough to be looked up; "what about …?" needs something before it."""
    opened = not {"more_question", "negation", "correction"}.isdisjoint(slots.marks) and not (
        query.places or query.periods
    )
    if opened and slots.is_first:
        return False
    if query.operation in ("where", "targets"):
        return bool(query.places or query.periods or query.targets)
    return bool(query.metrics or query.targets)
