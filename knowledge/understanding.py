"""A question, with the one before it, understood: a `Query`, or why there can be none.

What is not understood and matters stops the answer; what was taken over from the question before is
named, so that the answer can say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from knowledge.mentions import ReadText, read_text
from knowledge.models import Period, Query, Reading, first_day, last_day
from knowledge.operations import decide, names_something
from knowledge.periods import DatePhrase
from knowledge.slots import BOTH_COUNTRIES, COUNTRIES, Slots, slots_of
from knowledge.vocabulary import Vocabulary, is_ordinary_word

ELSEWHERE = "elsewhere:"
#: Operations that speak of figures and so take slots over from the question before.
FIGURE_OPERATIONS = frozenset(
    {"figure", "compare", "where", "targets", "average", "most", "least", "trend", "any_day", "how_many_days", "first_day"}
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question means.

    `issue` says why it can't be answered as it stands: ``unknown_word``, ``date`` or ``fragment``;
    `unknown` holds the words or the date phrase at fault, `inherited` the slots taken over.
    """

    query: Query
    detail: str = ""
    issue: str = ""
    unknown: tuple[str, ...] = ()
    date_issue: DatePhrase | None = None
    inherited: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    slots: Slots = Slots()
    confidence: float = 1.0


def understand(text: str, vocabulary: Vocabulary, now: date, before: Query | None = None) -> Understanding:
    """The meaning of a question asked on a day, after the query before it in the conversation."""
    read = read_text(text, vocabulary, now, _period_before(before))
    slots = slots_of(read, vocabulary, before.metrics if before else ())
    blocking, ignored = _weigh(read, slots, vocabulary)
    places, words = blocking
    slots = replace(slots, other_places=tuple(dict.fromkeys((*slots.other_places, *places))), is_first=before is None)
    operation, detail = decide(read, slots, before, vocabulary, now)
    result = Understanding(
        Query(operation), detail, ignored=ignored, readings=slots.readings, slots=slots,
        confidence=min((r.score for r in slots.readings), default=100.0) / 100,
    )  # fmt: skip
    if operation not in FIGURE_OPERATIONS:
        return replace(result, query=_named(slots, operation, before if operation in ("event", "event_place") else None))
    words = tuple(dict.fromkeys((*words, *_restrictions(slots, operation))))
    result = replace(result, unknown=words)
    return _with_slots(result, read, slots, operation, before, vocabulary)


def _period_before(before: Query | None) -> Period | None:
    """The period that a new date is completed from; of an unresolved date only the year is known."""
    if before is None:
        return None
    if before.unresolved and not before.unresolved[0].startswith("--"):
        return Period(first_day(before.unresolved[0][:4]), last_day(before.unresolved[0][:4]))
    return before.periods[-1] if before.periods else None


def _named(slots: Slots, operation: str, before: Query | None = None) -> Query:
    places = slots.places + tuple(ELSEWHERE + name for name in slots.other_places)
    return Query(
        operation=operation,
        metrics=slots.metrics,
        actors=slots.actors,
        places=places or (before.places if before else ()),
        periods=_periods(slots),
        targets=slots.targets,
        effects=slots.effects if operation == "targets" else (),
        publishers=slots.publishers,
        together="both" in slots.operations,
        in_total=bool(slots.operations & {"total", "latest"}),
        claimed=slots.claimed,
    )


def _periods(slots: Slots) -> tuple[Period, ...]:
    """The periods named; "as of 2014, since 2001" is one count, dated by its end."""
    ends = [p for p in slots.periods if p.by]
    return tuple(p for p in slots.periods if not (p.since and ends))


# -- what the conversation said before ----------------------------------------------------------


def _with_slots(
    result: Understanding, read: ReadText, slots: Slots, operation: str, before: Query | None, vocabulary: Vocabulary
) -> Understanding:
    query = _resolved(_named(slots, operation), before)
    issue = _date_issue(slots)
    inherited: tuple[str, ...] = ()
    if before is not None and not _is_complete(query, slots, vocabulary):
        query, inherited = _continued(query, slots, before, vocabulary)
    query = _defaulted(query, slots)
    result = replace(result, query=query, inherited=inherited)
    if issue is not None:
        query = replace(query, periods=(), unresolved=_unresolved(issue))
        return replace(result, query=query, issue="date", date_issue=issue)
    if result.unknown:
        return replace(result, issue="unknown_word")
    if not _has_enough(query, slots):
        return replace(result, issue="fragment")
    return result


def _unresolved(phrase: DatePhrase) -> tuple[str, ...]:
    """What is known of a date that has to be asked back."""
    if phrase.issue == "ambiguous":
        return tuple(option.first.isoformat() for option in phrase.options)
    if phrase.issue == "no year" and phrase.month is not None:
        return (f"--{phrase.month:02d}" + (f"-{phrase.day:02d}" if phrase.day else ""),)
    return ()


def _resolved(query: Query, before: Query | None) -> Query:
    """The answer to a question back: "2017" completes "26 August", "June" picks one of two readings."""
    if before is None or not before.unresolved or len(query.periods) != 1:
        return query
    period = query.periods[0]
    if before.unresolved[0].startswith("--"):
        iso = f"{period.first.year}{before.unresolved[0][1:]}"
        whole_year = period.days >= 365 and not period.since
        return replace(query, periods=(Period(first_day(iso), last_day(iso)),)) if whole_year else query
    inside = [day for day in map(first_day, before.unresolved) if period.first <= day <= period.last]
    return replace(query, periods=(Period(inside[0], inside[0]),)) if len(inside) == 1 else query


def _date_issue(slots: Slots) -> DatePhrase | None:
    return next((phrase for phrase in slots.dates if phrase.issue), None)


def _is_complete(query: Query, slots: Slots, vocabulary: Vocabulary) -> bool:
    """Names what is counted and where, and a time or words like "in total" (rule 10)."""
    counted = bool(query.metrics or query.targets)
    homes = [home for metric in query.metrics for home in vocabulary.home_places.get(metric, ())]
    placed = bool(query.places) or bool(homes) and BOTH_COUNTRIES not in homes
    timed = bool(query.periods) or query.in_total
    return counted and placed and timed and query.operation != "compare" and not any(p.relative for p in slots.dates)


def _continued(
    query: Query, slots: Slots, before: Query, vocabulary: Vocabulary
) -> tuple[Query, tuple[str, ...]]:
    """The query with every slot that it leaves open taken from the one before."""
    named = bool(query.metrics or query.targets) and bool(query.places)
    if query.operation == "compare" and slots.operations & {"compare"}:
        query = _compared_with_before(query, before)
    changes: dict[str, object] = {}
    inherited: list[str] = []

    def take(slot: str) -> None:
        if not getattr(query, slot) and getattr(before, slot):
            changes[slot] = getattr(before, slot)
            inherited.append(slot)

    if not (query.in_total and query.metrics):
        take("periods")
    if named:
        return replace(query, **changes), tuple(inherited)  # type: ignore[arg-type]  # slots of Query itself
    if not query.targets and not query.metrics:
        take("targets")
        take("effects")
    if not query.targets:
        take("metrics")
    if not (query.in_total and query.metrics and not slots.operations & {"those"}):
        take("places")
    if not (slots.metrics and _brings_its_actor(slots.metrics, vocabulary)):
        take("actors")
    if not query.actors:
        take("publishers")
    query = replace(query, **changes)  # type: ignore[arg-type]  # slots of Query itself
    query = _without_foreign_place(query, slots, vocabulary, inherited)
    if query.periods and before.periods and before.periods[-1].by and not slots.metrics:
        query = replace(query, periods=tuple(_as_before(p, before.periods[-1]) for p in query.periods))
    return query, tuple(inherited)


def _as_before(period: Period, earlier: Period) -> Period:
    """After "by 15 December" a bare "31 July 2016?" also means by that day."""
    if period.by or period.since or period.days > 31:
        return period
    return Period(period.last, period.last, by=True) if earlier.by else period


def _brings_its_actor(metrics: Sequence[str], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.metrics[m].default_actor not in ("coalition", "") for m in metrics)


def _without_foreign_place(
    query: Query, slots: Slots, vocabulary: Vocabulary, inherited: list[str]
) -> Query:
    """A metric that is counted for the whole operation or the world drops a country named earlier."""
    if slots.places or "places" not in inherited or not slots.metrics:
        return query
    homes = [home for metric in slots.metrics for home in vocabulary.home_places.get(metric, ())]
    if homes and BOTH_COUNTRIES not in homes and not set(query.places) & set(homes):
        inherited.remove("places")
        return replace(query, places=())
    return query


def _compared_with_before(query: Query, before: Query) -> Query:
    """ "compare that with June", "compare that with Iraq": the slot named joins the earlier one."""
    for slot in ("places", "periods", "actors", "metrics", "publishers"):
        mine, earlier = getattr(query, slot), getattr(before, slot)
        if len(mine) == 1 and len(earlier) == 1 and mine != earlier:
            return replace(query, **{slot: earlier + mine})
    return query


def _defaulted(query: Query, slots: Slots) -> Query:
    places = query.places
    if query.together and not slots.places and set(places) <= {*COUNTRIES, BOTH_COUNTRIES}:
        places = (BOTH_COUNTRIES,)
    elif query.together and set(places) == set(COUNTRIES) and query.operation != "compare":
        places = (BOTH_COUNTRIES,)
    if query.operation == "compare" and places == (BOTH_COUNTRIES,) and max(
        len(query.periods), len(query.metrics), len(query.actors), len(query.publishers)
    ) < 2 and not any(phrase.joined for phrase in slots.dates):
        places = COUNTRIES
    added_up = (query.together or query.in_total) and query.operation != "compare"
    periods = _joined_days(query.periods) if added_up else query.periods
    return replace(query, places=places, periods=periods)


def _joined_days(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """ "6 and 7 June together" is one stretch of two days."""
    follow = all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(periods))
    if len(periods) < 2 or not follow or any(p.by or p.since for p in periods):
        return periods
    return (Period(periods[0].first, periods[-1].last),)


def _has_enough(query: Query, slots: Slots) -> bool:
    opened = "more_question" in slots.marks and not (query.places or query.periods)
    if opened and slots.is_first:
        return False
    if query.operation in ("where", "targets"):
        return bool(query.places or query.periods or query.targets)
    return bool(query.metrics or query.targets)


# -- words that are not understood -----------------------------------------------------------------


def _restrictions(slots: Slots, operation: str) -> tuple[str, ...]:
    if operation == "figure" and slots.targets and set(slots.metrics) & {"strikes", "engagements"}:
        return ("strikes by target",)
    return slots.restrictions


def _weigh(
    read: ReadText, slots: Slots, vocabulary: Vocabulary
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]:
    """Unknown words sorted into places, words that stop an answer, and words without weight."""
    places: list[str] = []
    words: list[str] = []
    ignored: list[str] = []
    weigher = _Weigher(read, slots, vocabulary)
    for position in read.unknown:
        {"place": places, "word": words, "": ignored}[weigher.weight(position)].append(read.tokens[position].text)
    return (tuple(_joined_names(places, read)), tuple(words)), tuple(ignored)


def _joined_names(places: list[str], read: ReadText) -> list[str]:
    return list(dict.fromkeys(places))


class _Weigher:
    """Tells whether an unknown word can change the answer."""

    def __init__(self, read: ReadText, slots: Slots, vocabulary: Vocabulary) -> None:
        self.read = read
        self.slots = slots
        self.vocabulary = vocabulary
        self.language = vocabulary.language
        words = [t for t in read.tokens if t.kind == "word"]
        self.is_mixed_case = any(t.capitalised for t in words) and not all(t.text.isupper() for t in words)
        self.is_fragment = not slots.metrics and not slots.targets and len(words) <= 5
        self.weighty = {
            read.tokens[m.start].sentence
            for m in read.mentions
            if not {k.kind for k in m.meanings} <= {"mark", "smalltalk", "operation", "group", "scope", "term"}
        } | {read.tokens[phrase.start].sentence for phrase in read.dates}

    def weight(self, position: int) -> str:
        """``place``, ``word``, or empty for a word that changes nothing."""
        token = self.read.tokens[position]
        if len(token.norm) < 2 and token.norm.isascii() or self._is_name_of_a_person(position):
            return ""
        before = self._before(position)
        ordinary = is_ordinary_word(token.norm, self.language.code)
        if token.sentence not in self.weighty and not self.is_fragment and self.weighty:
            return ""
        if self._follows_place_word(position, before) and (token.capitalised or not ordinary or not self.is_mixed_case):
            return "place" if token.norm not in _NO_PLACES else ""
        if self.is_fragment and (names_something(self.slots) or not self.slots.smalltalk):
            return "place" if token.capitalised or not ordinary else "word"
        if not ordinary:
            return "word"
        return "word" if self._narrows(position, before) else ""

    def _before(self, position: int) -> str:
        """The word before, articles and possessives skipped."""
        position -= 1
        while self.read.norm(position) in ("the", "a", "an", "all", "some", "any", "city", "town", "his", "their", "its"):
            position -= 1
        return self.read.norm(position)

    def _follows_place_word(self, position: int, before: str) -> bool:
        if before in ("in", "near", "at", "over", "around", "inside", "outside", "across", "into", "throughout"):
            return True
        if before in ("and", "or", ","):
            listed = [m for m in self.read.mentions if m.end in (position - 1, position - 2) and (m.ids("place") or m.ids("elsewhere"))]
            return bool(listed) and self.read.tokens[position].capitalised
        return bool(before) and position - 1 in self.read.unknown and self.read.tokens[position].capitalised and self._follows_place_word(position - 1, self._before(position - 1))

    def _narrows(self, position: int, before: str) -> bool:
        """An ordinary word that limits what is counted: "night strikes", "by pilots", "how many barrels"."""
        after = position + 1
        if any(m.start == after and m.ids("metric") for m in self.read.mentions):
            return self.read.tokens[position].norm not in _SOFT
        if before in ("by", "with", "using", "against", "targeting", "involving", "per"):
            return not self.read.tokens[position].norm.endswith("ing")
        counted = [m for m in self.read.mentions if m.has("operation", "how_many") and m.end == position]
        return bool(counted)

    def _is_name_of_a_person(self, position: int) -> bool:
        """ "Hi Bob," or "I'm Anna": a name beside a greeting or an introduction."""
        before = self._before(position)
        follows = self.read.norm(position + 1)
        greeted = before in ("hi", "hello", "hey", "dear", "im", "am", "is", "thanks", "mr", "mrs", "ms", "dr", "prof")
        return self.read.tokens[position].capitalised and (greeted and before != "is" or position == 0 and follows == ",")


_NO_PLACES = frozenset({"detail", "general", "particular", "total", "short", "writing", "english", "comparison", "reality", "numbers", "words", "fact", "mind", "addition", "response", "relation", "regards"})
_SOFT = frozenset(
    "successful confirmed reported separate individual known documented recorded registered publicized announced actual alleged such "
    "american-led u.s.-led overall different combined respective additional further entire various relevant exact precise real correct "
    "ordinary normal plain usual approximate estimated average daily weekly monthly yearly annual deadly lethal heavy major massive intense new recent ongoing".split()
)
