"""What a question wants done: a figure, a comparison, a place list, a definition, a date, or nothing.

The order of `_DECISIONS` is the precedence: the first that applies decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from knowledge.mentions import ReadText
from knowledge.models import Query
from knowledge.slots import Slots
from knowledge.vocabulary import Cues, Vocabulary

#: Operations that a question on figures can ask for besides the plain figure.
ARITHMETIC = frozenset(
    {"average", "trend", "any_day", "how_many_days", "first_day", "last_day", "missing"}
    | {f"{edge}{kind}" for edge in ("most", "least") for kind in ("", "_places", "_months")}
)
#: Operations that a fragment goes on with ("and in Iraq?").
_GOES_ON = ARITHMETIC - {"first_day", "last_day", "missing"}


def names_something(slots: Slots) -> bool:
    """Whether any slot that a figure hangs on was named."""
    return bool(
        slots.metrics or slots.places or slots.other_places or slots.targets or slots.effects or slots.actors
    )


def decide(
    read: ReadText, slots: Slots, before: Query | None, vocabulary: Vocabulary, now: date
) -> tuple[str, str]:
    """The operation and, for events, topics and refusals, which one."""
    question = _Question(read, slots, before, vocabulary, now)
    for decision in _DECISIONS:
        found = decision(question)
        if found is not None:
            return found
    return "figure", ""


class _Question:
    def __init__(
        self, read: ReadText, slots: Slots, before: Query | None, vocabulary: Vocabulary, now: date
    ) -> None:
        self.read = read
        self.slots = slots
        self.before = before
        self.vocabulary = vocabulary
        self.now = now
        self.asks = slots.operations
        self.counts = "how_many" in slots.operations
        self.line = f" {' '.join(token.norm for token in read.tokens if token.kind == 'word')} "
        self.earlier = before.operation if before else ""

    def cues_met(self, cues: Cues) -> int:
        """How many cue groups have a word in the question; 0 unless all have."""
        met = all(group.is_met(self.read.forms, self.line) for group in cues.groups)
        return len(cues.groups) if met else 0


def _out_of_scope(q: _Question) -> tuple[str, str] | None:
    scopes, slots = q.slots.scopes, q.slots
    specific = bool(slots.metrics and slots.periods)
    if "injection" in scopes:
        return "out_of_scope", "injection"
    if "harm" in scopes and not specific:
        return "out_of_scope", "harm"
    if "other_war" in scopes:
        return "out_of_scope", "other_war"
    future = [p for p in slots.periods if p.first > q.now and not p.since]
    if future or ("prediction" in scopes and not slots.periods):
        return "out_of_scope", "prediction"
    if "opinion" in scopes and not (q.counts and slots.metrics):
        return "out_of_scope", "opinion"
    if "off_topic" in scopes and not slots.metrics and not slots.periods:
        return "out_of_scope", "off_topic"
    return None


def _smalltalk(q: _Question) -> tuple[str, str] | None:
    slots = q.slots
    if not slots.smalltalk or names_something(slots):
        return None
    if q.before is not None and q.asks & {"both", "compare", "average", "trend", "where", "missing"}:
        return None
    spoken_of_now = all(phrase.end - phrase.start == 1 and not phrase.relative for phrase in slots.dates)
    if slots.dates and not (spoken_of_now and not any(t.kind == "number" for t in q.read.tokens)):
        return None
    if (
        q.asks & {"source", "sure", "whom"}
        and q.before is not None
        and not slots.smalltalk & {"about", "help"}
    ):
        return None
    if slots.terms and {"what", "who"} & q.read.forms:
        return None
    if (slots.terms or q.asks & {"when", "compare"}) and not slots.smalltalk & {"about", "help", "thanks"}:
        return None
    for kind in ("about", "help", "greeting", "thanks"):
        if kind in slots.smalltalk:
            return "smalltalk", kind
    return None


def _definition(q: _Question) -> tuple[str, str] | None:
    slots, terms = q.slots, q.slots.terms
    countries = [place for place in slots.places if place != "operation-inherent-resolve"]
    if (
        not terms
        or slots.publishers
        or slots.periods
        or countries
        or slots.other_places
        or (slots.targets and "definition" not in q.asks)
    ):
        return None
    if q.counts and "meaning" not in q.asks:
        return None
    beyond = [m for m in q.read.named("metric") if not m.ids("term")]
    if "definition" in q.asks or ("compare" in q.asks and len(terms) > 1):
        told_of = "meaning" not in q.asks and not _names_only_terms(q) and _topic(q) is not None
        return None if beyond or told_of else ("definition", "")
    composed = bool(slots.metrics) and not q.read.named("metric")
    if beyond or composed or not _names_only_terms(q):
        return None
    asked = not {"what", "who"}.isdisjoint(q.read.forms) and "more_question" not in slots.marks
    own = any(
        not m.ids("metric") and not m.ids("actor") and not m.ids("target") for m in q.read.named("term")
    )
    return ("definition", "") if asked or (own and q.before is None) else None


def _names_only_terms(q: _Question) -> bool:
    """Whether a text holds nothing of weight but terms of the glossary."""
    function_words = q.vocabulary.language.function_words
    explained = {
        i for m in q.read.mentions if m.ids("term") or m.ids("smalltalk") for i in range(m.start, m.end)
    }
    return all(
        token.kind != "word" or token.norm in function_words or i in explained
        for i, token in enumerate(q.read.tokens)
    )


def _provenance(q: _Question) -> tuple[str, str] | None:
    slots = q.slots
    if (
        q.before is not None
        and not slots.places
        and not slots.periods
        and {"death", "wounded"} <= slots.groups
        and q.asks & {"those"}
    ):
        return "sure", ""
    if slots.metrics or slots.targets or slots.places or slots.other_places or slots.periods:
        return None
    if "whom" in q.asks and q.earlier == "event":
        return "whom", ""
    if "source" in q.asks:
        return "source", ""
    told_otherwise = q.before is not None and bool(slots.claimed) and not q.counts and "any_day" not in q.asks
    if ("sure" in q.asks or told_otherwise) and not slots.actors:
        return "sure", ""
    return None


def _topic(q: _Question) -> tuple[str, str] | None:
    if q.counts or (q.slots.periods and not all(p.days > 27 for p in q.slots.periods)):
        return None
    named = {*q.slots.places}
    best, score = "", 0
    for cues in q.vocabulary.topic_cues:
        met = q.cues_met(cues)
        if not met or (cues.places and named and not named & set(cues.places)):
            continue
        met += bool(named & set(cues.places))
        if met > score:
            best, score = cues.id, met
    return ("topic", best) if best else None


def _event(q: _Question) -> tuple[str, str] | None:
    slots = q.slots
    if (
        q.counts
        or slots.targets
        or q.asks & {"most", "least", "average"}
        or (slots.claimed and slots.metrics and "first" not in q.asks)
    ):
        return None
    single_days = [p for p in slots.periods if p.days == 1 and len(slots.periods) == 1 and slots.metrics]
    if single_days and "when" not in q.asks:
        return None
    asked = "when" in q.asks or (q.earlier == "event" and not slots.metrics)
    told = "event" in q.asks or ("outcome" in q.asks and not slots.metrics)
    first = "first" in q.asks and bool(slots.metrics or "air" in q.read.forms) and not slots.dates
    if not (asked or told or first) or (q.asks & {"latest"} and not told):
        return None
    found = _best_event(q)
    return ("event", found) if found else None


def _best_event(q: _Question) -> str:
    """The event whose cues are all met, at the place named now, or else at the one named before."""
    if q.slots.other_places:
        return ""
    goes_on = q.before is not None and (q.earlier == "event" or "those" in q.asks)
    before = set(q.before.places) if q.before is not None and goes_on else set()
    named = set(q.slots.places)
    return (
        _event_at(q, named, least=2)
        or (_event_at(q, before) if before and not named else "")
        or _event_at(q, named)
    )


def _event_at(q: _Question, named: set[str], least: int = 1) -> str:
    best, score = "", least - 1
    for cues in q.vocabulary.event_cues:
        met = q.cues_met(cues)
        if not met or (named and not named & set(cues.places)) or (cues.needs_place and not named):
            continue
        met += bool(named)
        if met > score:
            best, score = cues.id, met
    return best


def _like_event(q: _Question) -> str:
    """The event of another place that is told of in the same words ("and in Syria?")."""
    told = next(
        (c for c in q.vocabulary.event_cues if q.before is not None and c.id in q.before.events), None
    )
    if told is None:
        return ""
    alike = {
        cues.id: len(cues.groups[0].words & told.groups[0].words)
        for cues in q.vocabulary.event_cues
        if cues.id != told.id and set(q.slots.places) & set(cues.places)
    }
    return max(alike, key=lambda event: alike[event]) if alike and max(alike.values()) > 3 else ""


def _where(q: _Question) -> tuple[str, str] | None:
    if q.earlier == "event" and "where" in q.asks and not names_something(q.slots):
        return "event_place", ""
    opposed = "more" in q.asks and len(q.slots.places) > 1
    if "where" in q.asks and not opposed and not q.counts and not q.asks & {"most", "least"}:
        return "where", ""
    return None


def _targets(q: _Question) -> tuple[str, str] | None:
    slots = q.slots
    if slots.targets and slots.metrics and not slots.counts_targets:
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
    if slots.targets or (
        slots.metrics == ("targets_hit",) and (slots.places or (slots.periods and slots.periods[0].days < 8))
    ):
        return "targets", ""
    return None


def _comparison(q: _Question) -> tuple[str, str] | None:
    slots = q.slots
    places = len(slots.places) + len(slots.other_places)
    several = (
        max(places, len(slots.metrics), len(slots.actors), len(slots.publishers), len(slots.periods)) > 1
    )
    ends = any(phrase.joined for phrase in slots.dates)
    if q.before is not None and "more" in q.asks and "those" in q.asks and not several and names_one(slots):
        return "compare", ""
    if "compare" in q.asks or (q.before is not None and "more" in q.asks and "two" in slots.marks):
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


def slots_named(slots: Slots) -> bool:
    """Whether a question names a metric or a place of its own."""
    return bool(slots.metrics or slots.places)


def names_one(slots: Slots) -> bool:
    """Whether a question names just one value of one slot, to be set against what was said before."""
    return [len(slots.places), len(slots.periods), len(slots.actors)].count(1) == 1 and not slots.metrics


def _on_days(q: _Question) -> tuple[str, str] | None:
    """Questions on single days: any above a number, how many, the first or last on record, those missing."""
    if {"any_day", "bound"} <= q.asks and not q.slots.claimed:
        return ("most" if "most" in q.read.forms else "least"), ""
    if "any_day" in q.asks and q.slots.claimed:
        return "any_day", ""
    if "how_many_days" in q.asks:
        return "how_many_days", ""
    if q.earlier in ("first_day", "last_day") and q.asks & {"latest", "first"} and not slots_named(q.slots):
        return ("last_day" if "latest" in q.asks else "first_day"), ""
    on_record = names_something(q.slots) or q.before is not None
    for asked, operation in (("first_on_record", "first_day"), ("last_on_record", "last_day")):
        if asked in q.asks and on_record:
            return operation, ""
    return ("missing", "") if "missing" in q.asks and on_record and not q.counts else None


def _arithmetic(q: _Question) -> tuple[str, str] | None:
    """Averages, the highest and lowest day, place or month, and the course by month."""
    if "average" in q.asks or _asks_per_day(q):
        return "average", ""
    kind = "_months" if "months" in q.asks else "_places" if "where" in q.asks else ""
    for edge in ("most", "least"):
        if edge in q.asks and not (edge == "most" and q.read.forms & {"recent", "major"}):
            return edge + kind, ""
    if "trend" in q.asks:
        return "trend", ""
    if "first" in q.asks and (q.slots.places or q.before) and not q.slots.periods and not q.counts:
        return "first_day", ""
    return None


def _asks_per_day(q: _Question) -> bool:
    """Whether "a day" asks for an average, not for the cost a day that a source states."""
    costs = {"cost", "cost_per_day"} & set(q.slots.metrics)
    goes_on = q.before is not None and q.before.metrics == ("cost",) and not q.slots.metrics
    return "per_day" in q.slots.groups and not costs and not goes_on and "daily" not in q.read.forms


def _continued(q: _Question) -> tuple[str, str] | None:
    """A fragment goes on with what the question before wanted."""
    if q.before is None:
        return None
    over_days = q.earlier in ("trend", "average", "any_day", "how_many_days")
    if over_days and (not q.counts or "total" in q.asks):
        return None if "total" in q.asks else (q.earlier, "")
    apart = not q.vocabulary.language.parts["apart"].isdisjoint(q.read.forms)
    if q.slots.metrics or (q.counts and not (apart and q.earlier in ("where", "targets"))):
        return None
    if q.earlier in ("where", "targets", *_GOES_ON):
        return q.earlier, ""
    if q.earlier == "event":
        event = _best_event(q) or _like_event(q)
        return ("event", event) if event else None
    return None


_DECISIONS: tuple[Callable[[_Question], tuple[str, str] | None], ...] = (
    _out_of_scope,
    _smalltalk,
    _definition,
    _provenance,
    _event,
    _topic,
    _where,
    _comparison,
    _on_days,
    _arithmetic,
    _targets,
    _continued,
)
