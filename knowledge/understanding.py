"""A question, with the one before it, understood: a `Query`, or why there can be none.

What is not understood and matters stops the answer (`weighing`); what the conversation said before
fills the slots left open (`dialogue`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.dialogue import continued, period_before, phrase_of, unresolved
from knowledge.mentions import read_text
from knowledge.models import Period, Query, Reading
from knowledge.operations import ARITHMETIC, decide
from knowledge.question import names_something
from knowledge.slots import Slots, slots_of
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Vocabulary
from knowledge.weighing import weigh

ELSEWHERE = "elsewhere:"
#: The day that counts for the whole campaign begin with, or a day or two before.
CAMPAIGN_BEGAN = date(2014, 8, 10)
#: Operations that speak of figures and so take slots over from the question before.
FIGURE_OPERATIONS = frozenset({"figure", "compare", "where", "targets", "rest", "report"}) | ARITHMETIC
#: Stands among the unknown words where strikes are asked for by what they hit.
BY_TARGET = "strikes by target"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question means.

    `detail` says which event, topic or refusal. `issue` says why it can't be answered as it stands:
    ``unknown_word``, ``date``, ``nothing`` or ``fragment``; `unknown` holds the words and `date_issue`
    the date at fault, `inherited` the slots taken over.
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
    text: str, vocabulary: Vocabulary, now: date, before: Query | None = None, earlier: Sequence[Query] = ()
) -> Understanding:
    """The meaning of a question asked on a day, after the query before it and those before that."""
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
        rank=_rank(slots) if operation.startswith(("most", "least")) else 1,
    )


def _rank(slots: Slots) -> int:
    """Which one from the top is asked for: 2 for "the second busiest day", "the runner-up"."""
    return 2 if "runner_up" in slots.operations else slots.ordinal or 1


def _periods(slots: Slots) -> tuple[Period, ...]:
    """The periods named; "as of 2014, since 2001" is one count, dated by its end.

    "After 10 June and before 14 June" are the days between.
    """
    bounds = [p for p in slots.periods if p.since and p.first > CAMPAIGN_BEGAN]
    ends = [p for p in slots.periods if p.by]
    if len(slots.periods) == 2 and bounds and ends and bounds[0].first <= ends[0].last:
        return (Period(bounds[0].first, ends[0].last),)
    return tuple(period for period in slots.periods if not (period.since and ends))


def _on_figures(
    understood: Understanding, before: Query | None, vocabulary: Vocabulary, earlier: Sequence[Query]
) -> Understanding:
    slots = understood.slots
    query, inherited = continued(understood.query, slots, before, vocabulary, earlier)
    of_strikes = query.operation.endswith("_places") or "of_strikes" in slots.operations
    if not query.metrics and query.operation.startswith(("most", "least")) and of_strikes:
        query = replace(query, metrics=("strikes",))
    if query != understood.query or inherited:
        understood = replace(understood, query=query, inherited=inherited)
    date_issue = next((phrase for phrase in slots.dates if phrase.issue), None)
    if date_issue is None and before is not None and before.unresolved and not query.periods:
        date_issue = phrase_of(before.unresolved)
    if date_issue is not None:
        query = replace(query, periods=(), unresolved=unresolved(date_issue))
        return replace(understood, query=query, issue="date", date_issue=date_issue)
    answered = before is not None and before.unresolved and query.periods and not slots.restrictions
    if understood.unknown and not answered:
        return replace(understood, issue="unknown_word")
    if understood.ignored and _says_nothing(slots):
        return replace(understood, issue="nothing")
    if not _has_enough(query, slots):
        return replace(understood, issue="fragment")
    return understood


#: Operations whose words also stand in sentences that ask nothing of the record.
_IDLE = frozenset({"what", "those", "only", "definition", "when", "whom", "event"})


def _says_nothing(slots: Slots) -> bool:
    """Whether a text names nothing that the record could be asked about."""
    return not names_something(slots) and not (
        slots.dates
        or slots.publishers
        or slots.terms
        or slots.claimed
        or slots.ordinal
        or slots.operations - _IDLE
    )


def _restrictions(slots: Slots, operation: str) -> tuple[str, ...]:
    """Words that narrow a count in a way that no figure on record is narrowed."""
    by_target = slots.targets and (slots.metrics or not slots.is_first) and not slots.counts_targets
    if by_target and operation not in ("targets", "where") and slots.metrics != ("targets_hit",):
        return (BY_TARGET,)
    return slots.restrictions


def _has_enough(query: Query, slots: Slots) -> bool:
    """Whether a question says enough to be looked up; "what about …?" needs something before it."""
    opened = not {"more_question", "negation", "correction"}.isdisjoint(slots.marks)
    said = query.places or query.periods or query.claimed or query.in_total
    if opened and slots.is_first and not said:
        return False
    if query.operation in ("where", "targets", "report"):
        return bool(query.places or query.periods or query.targets)
    return bool(query.metrics or query.targets)
