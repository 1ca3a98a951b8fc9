"""What a question wants done: a figure, a comparison, a place list, a definition, a date, or nothing.

The order of `_DECISIONS` is the precedence: the first that applies decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from knowledge.happenings import best_event, duration, event, like_event, topic
from knowledge.models import Query
from knowledge.question import Question, names_something
from knowledge.reading import ReadText
from knowledge.slots import Slots
from knowledge.talk import definition, out_of_scope, provenance, smalltalk, told
from knowledge.vocabulary import Vocabulary

#: Operations that a question on figures can ask for besides the plain figure.
ARITHMETIC = frozenset(
    {
        "average",
        "average_months",
        "trend",
        "when_value",
        "what_value",
        "any_day",
        "how_many_days",
        "first_day",
        "last_day",
        "missing",
    }
    | {
        f"{edge}{kind}"
        for edge in ("most", "least")
        for kind in ("", "_places", "_weeks", "_months", "_years", "_actors")
    }
)
#: Operations that a fragment goes on with ("and in Iraq?").
_GOES_ON = ARITHMETIC - {"first_day", "last_day", "missing", "when_value", "what_value"}


def decide(
    read: ReadText, slots: Slots, before: Query | None, vocabulary: Vocabulary, now: date
) -> tuple[str, str]:
    """The operation and, for events, topics and refusals, which one."""
    question = Question(read, slots, before, vocabulary, now)
    for decision in _DECISIONS:
        found = decision(question)
        if found is not None:
            return found
    return "figure", ""


def _rest(q: Question) -> tuple[str, str] | None:
    """What is left of a whole after one of its places was told."""
    units = q.vocabulary.language.calendar.units
    one_place = q.before is not None and len(q.before.places) == 1 and q.read.forms.isdisjoint(units)
    return ("rest", "") if "rest" in q.asks and one_place and not names_something(q.slots) else None


def _where(q: Question) -> tuple[str, str] | None:
    if q.earlier == "event" and "where" in q.asks and not names_something(q.slots):
        return "event_place", ""
    opposed = "more" in q.asks and len(q.slots.places) > 1
    apart = not q.vocabulary.language.parts["apart"].isdisjoint(q.read.forms)
    counts = q.counts and not apart
    if "where" in q.asks and not opposed and not counts and not q.asks & {"most", "least"}:
        return "where", ""
    return None


def _report(q: Question) -> tuple[str, str] | None:
    """The whole of a release, by the day it tells of or came out on."""
    slots = q.slots
    dated = bool(slots.periods) or (q.before is not None and bool(q.before.periods))
    tells = not q.read.forms.isdisjoint(q.vocabulary.language.parts["tells"])
    released = any(period.published for period in slots.periods) and tells and "what" in q.read.forms
    plain = not (slots.metrics or slots.targets or slots.places or slots.claimed)
    return ("report", "") if plain and dated and ("report" in q.asks or released) else None


def _targets(q: Question) -> tuple[str, str] | None:
    slots = q.slots
    if slots.targets and (slots.metrics or q.before is not None) and not slots.counts_targets:
        return None
    if slots.targets and (q.counts or slots.effects):
        return "targets", ""
    if any(period.by for period in slots.periods) and slots.metrics == ("targets_hit",):
        return None
    if q.counts or q.asks & {"compare", "most", "least", "average", "when"}:
        return None
    hit = (
        bool(slots.effects)
        or slots.metrics == ("targets_hit",)
        or bool({"struck", "hit", "bombed"} & q.read.forms)
    )
    if (
        hit
        and {"what", "which"} & q.read.forms
        and not (slots.metrics and slots.metrics not in (("targets_hit",), ("strikes",)))
    ):
        return "targets", ""
    of_a_report = q.before is not None and bool(q.before.periods) and q.before.periods[0].days < 8
    if of_a_report and slots.metrics == ("targets_hit",) and not slots.periods:
        return "targets", ""
    if slots.targets or (
        slots.metrics == ("targets_hit",) and (slots.places or (slots.periods and slots.periods[0].days < 8))
    ):
        return "targets", ""
    return None


def _comparison(q: Question) -> tuple[str, str] | None:
    slots = q.slots
    places = len(slots.places) + len(slots.other_places)
    several = (
        max(places, len(slots.metrics), len(slots.actors), len(slots.publishers), len(slots.periods)) > 1
    )
    ends = any(phrase.joined for phrase in slots.dates)
    same_metric = q.before is not None and slots.metrics in ((), q.before.metrics)
    if same_metric and {"more", "those"} <= q.asks and not several and _names_one(slots):
        return "compare", ""
    added = "added_between" in q.asks and _asks_which(q)
    which = (q.before is not None and "more" in q.asks and ("two" in slots.marks or _asks_which(q))) or added
    if "compare" in q.asks or which:
        return "compare", ""
    if "trend" in q.asks:
        return None
    if ends and "change" in q.asks:
        return "compare", ""
    if "more" in q.asks and "any_day" not in q.asks and (several or (ends and not q.counts)):
        return "compare", ""
    if slots.alternatives and several:
        return "compare", ""
    if "against" in q.read.forms and len([p for p in slots.periods if not p.since]) > 1:
        return "compare", ""
    return None


def _asks_which(q: Question) -> bool:
    """As in "which was higher?", "how many more?" after two figures: nothing is named anew."""
    asks = "which" in q.read.forms or q.counts
    return asks and not names_something(q.slots) and not q.slots.dates and not q.slots.claimed


def _names_slots(slots: Slots) -> bool:
    """Whether a question names a metric or a place of its own."""
    return bool(slots.metrics or slots.places)


def _names_one(slots: Slots) -> bool:
    """Whether a question names just one value of one slot, to be set against what was said before."""
    periods = [phrase for phrase in slots.dates if not phrase.relative]
    return [len(slots.places), len(periods), len(slots.actors)].count(1) == 1


def _on_days(q: Question) -> tuple[str, str] | None:
    """Questions on single days: any above a number, how many, the first or last on record, those missing."""
    if {"any_day", "bound"} <= q.asks and not q.slots.claimed:
        return ("most" if "most" in q.read.forms else "least"), ""
    if "when" in q.asks and q.slots.claimed and not q.slots.dates:
        return "when_value", ""
    if "any_day" in q.asks and q.slots.claimed:
        return "any_day", ""
    if "how_many_days" in q.asks:
        return "how_many_days", ""
    if q.earlier in ("first_day", "last_day") and q.asks & {"latest", "first"} and not _names_slots(q.slots):
        return ("last_day" if "latest" in q.asks else "first_day"), ""
    edge = _edge_around_date(q)
    if edge:
        return edge, ""
    on_record = names_something(q.slots) or q.before is not None
    for asked, operation in (("first_on_record", "first_day"), ("last_on_record", "last_day")):
        if asked in q.asks and on_record:
            return operation, ""
    return ("missing", "") if "missing" in q.asks and on_record and not q.counts else None


def _edge_around_date(q: Question) -> str:
    """As in "the last June 2017 day": which end of a period is asked for, around its name."""
    calendar = q.vocabulary.language.calendar
    for phrase in q.slots.dates:
        if calendar.units.get(q.read.norm(phrase.end)) != "day" or phrase.start == 0:
            continue
        before = q.read.tokens[phrase.start - 1]
        if before.norm in calendar.last:
            return "last_day"
        if before.ordinal and before.value == 1:
            return "first_day"
    return ""


def _arithmetic(q: Question) -> tuple[str, str] | None:
    """Averages, the highest and lowest day, place or month, and the course by month."""
    stated = q.slots.metrics == ("cost_per_day",)  # a source's own average
    if ("average" in q.asks and not stated) or _asks_per_day(q):
        return ("average_months" if "per_month" in q.asks else "average"), ""
    spans = (span for span in ("months", "years", "weeks") if span in q.asks)
    kind = next((f"_{span}" for span in spans), "_places" if "where" in q.asks else "")
    if not q.vocabulary.language.parts["who"].isdisjoint(q.read.forms) and not kind and q.slots.metrics:
        kind = "_actors"
    for edge in ("most", "least"):
        if edge in q.asks and not (edge == "most" and q.read.forms & {"recent", "major"}):
            return edge + kind, ""
    if "runner_up" in q.asks:
        return (q.earlier if q.earlier.startswith(("most", "least")) else "most"), ""
    if "trend" in q.asks:
        return "trend", ""
    if "first" in q.asks and (q.slots.places or q.before) and not q.slots.periods and not q.counts:
        return "first_day", ""
    return None


def _asks_per_day(q: Question) -> bool:
    """Whether "a day" asks for an average, not for the cost a day that a source states."""
    costs = {"cost", "cost_per_day"} & set(q.slots.metrics)
    goes_on = q.before is not None and q.before.metrics == ("cost",) and not q.slots.metrics
    return "per_day" in q.slots.groups and not costs and not goes_on and "daily" not in q.read.forms


def _continued(q: Question) -> tuple[str, str] | None:
    """A fragment goes on with what the question before wanted."""
    if q.before is None:
        return None
    over_days = q.earlier in ("trend", "average", "average_months", "any_day", "how_many_days")
    if over_days and (not q.counts or "total" in q.asks):
        return None if "total" in q.asks else (q.earlier, "")
    apart = not q.vocabulary.language.parts["apart"].isdisjoint(q.read.forms)
    if q.slots.metrics or (q.counts and not (apart and q.earlier in ("where", "targets"))):
        return None
    if q.earlier in ("where", "targets", *_GOES_ON):
        return q.earlier, ""
    if q.earlier == "event":
        found = best_event(q) or like_event(q)
        return ("event", found) if found else None
    return None


_DECISIONS: tuple[Callable[[Question], tuple[str, str] | None], ...] = (
    out_of_scope,
    told,
    smalltalk,
    definition,
    provenance,
    duration,
    event,
    _report,
    topic,
    _rest,
    _where,
    _comparison,
    _on_days,
    _arithmetic,
    _targets,
    _continued,
)
