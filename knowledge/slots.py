"""From mentions to slots: which metric, actor, place, period, target and source a question asks for.

Everything here is decided by the sentence alone; `dialogue` adds what the conversation said before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from knowledge.models import Assertion, Period, Reading
from knowledge.reading import ReadText
from knowledge.restrictions import restrictions_of
from knowledge.roles import (
    actors_of,
    is_joined,
    is_publisher_here,
    places_of,
    publishers_of,
    split_countries,
    unique,
)
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Composition, Meaning, Vocabulary

_VICTIMS = frozenset({"enemy", "civilian"})
_HUMAN_LOSS = frozenset({"death", "wounded", "casualty", "killed_in_action", "non_hostile", "collateral"})
#: Words for people that are counted where nothing else is: not in "strikes on militants".
_PEOPLE = frozenset({"enemy", "troops"})
#: A question asserts no more numbers than this; longer texts are checked claim by claim.
MOST_CLAIMED = 20


#: How many answers back a question can speak of at once.
COUNTED_BACK = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question names; places that the record lacks stand in `other_places`, as they were called."""

    metrics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    other_places: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[DatePhrase, ...] = ()
    operations: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    smalltalk: frozenset[str] = frozenset()
    terms: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    counts_targets: bool = False
    ordinal: int | None = None
    several: int = 0
    claimed: tuple[Assertion, ...] = ()
    alternatives: bool = False
    marks: frozenset[str] = frozenset()
    is_first: bool = True
    readings: tuple[Reading, ...] = field(default=(), compare=False)


def slots_of(read: ReadText, vocabulary: Vocabulary, metrics_before: Sequence[str] = ()) -> Slots:
    """The slots of a text; `metrics_before` completes groups like "and wounded?"."""
    named, restricted = _named(read, vocabulary, metrics_before)
    return replace(
        named,
        effects=_ids(read, "effect"),
        groups=read.groups(),
        scopes=frozenset(i for m in read.mentions for i in m.ids("scope")),
        smalltalk=frozenset(i for m in read.mentions for i in m.ids("smalltalk")),
        terms=_ids(read, "term"),
        restrictions=(*restricted, *restrictions_of(read, named.metrics, vocabulary)),
        claimed=_claimed(read, vocabulary),
        alternatives="or" in read.forms or "versus" in read.forms,
        counts_targets=_counts_targets(read),
        ordinal=_ordinal(read),
        several=_several(read, vocabulary),
        marks=_marks(read, vocabulary),
        readings=_readings(read, vocabulary),
    )


def named_slots(read: ReadText, vocabulary: Vocabulary, metrics_before: Sequence[str] = ()) -> Slots:
    """What a text names, without what a question can ask about it besides."""
    return _named(read, vocabulary, metrics_before)[0]


def _named(
    read: ReadText, vocabulary: Vocabulary, metrics_before: Sequence[str]
) -> tuple[Slots, tuple[str, ...]]:
    """What a text names, and words that narrow its metrics in a way no figure on record does."""
    places, others = places_of(read, vocabulary)
    actors = actors_of(read, vocabulary)
    operations = read.operations()
    metrics, restricted = _metrics(read, vocabulary, actors, metrics_before)
    if not metrics or metrics == ("targets_hit",):
        metrics = _times_hit(read) or metrics
    objects = {
        g.removeprefix("object:") for c in vocabulary.compositions if c.metric in metrics for g in c.groups
    }
    actors = tuple(actor for actor in actors if actor not in objects)
    targets = _ids(read, "target") if not _only_generic(read) else ()
    publishers = publishers_of(read, vocabulary)
    actors = tuple(actor for actor in actors if not is_publisher_here(read, actor, publishers))
    places = split_countries(read, places, operations, vocabulary.language)
    slots = Slots(
        metrics=metrics,
        actors=actors,
        places=places,
        other_places=others,
        targets=targets,
        publishers=publishers,
        periods=tuple(dict.fromkeys(phrase.period for phrase in read.dates if phrase.period is not None)),
        dates=read.dates,
        operations=operations,
    )
    return slots, restricted


def _times_hit(read: ReadText) -> tuple[str, ...]:
    """Strikes, where it is asked how many times or how often a place was hit."""
    times = {"times", "often"} & read.forms
    return ("strikes",) if times and (read.named("effect") or "hit" in read.forms) else ()


def _counts_targets(read: ReadText) -> bool:
    """Whether targets are what is counted, not what describes strikes ("drone strikes")."""
    named = [m for m in read.mentions if m.ids("target") or m.ids("metric")]
    own = [m for m in named if m.ids("target") and not m.ids("metric")]
    describing = any(other.start == m.end and other.ids("metric") for m in own for other in named)
    led = [m for m in own if read.norm(m.start - 1) in ("by", "with", "using")]
    return bool(own) and not describing and not led and (named[0] in own or not _metric_is_asked(read))


def _metric_is_asked(read: ReadText) -> bool:
    """Whether a metric stands right after "how many"."""
    asked = {m.end for m in read.mentions if m.has("operation", "how_many")}
    return any(m.start in asked and m.ids("metric") for m in read.mentions)


def _ordinal(read: ReadText) -> int | None:
    """Which one of several is meant ("the second one"), where an ordinal stands outside any date."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    found = [t.value for i, t in enumerate(read.tokens) if t.ordinal and i not in dated]
    return int(found[0]) if found and found[0] is not None else None


def _several(read: ReadText, vocabulary: Vocabulary) -> int:
    """How many answers back a question speaks of ("the average of those three"); 0 where it does not."""
    opened = vocabulary.language.parts["several_before"]
    found = [
        t.value for i, t in enumerate(read.tokens) if t.value in COUNTED_BACK and read.norm(i - 1) in opened
    ]
    return int(found[0] or 0) if found else 0


def _marks(read: ReadText, vocabulary: Vocabulary) -> frozenset[str]:
    """The marks that a text opens with, and ``two`` where it speaks of two things said before."""
    opening = frozenset(i for m in read.mentions[:1] if m.start == 0 for i in m.ids("mark"))
    both = vocabulary.language.parts["of_both"]
    two = {i for i, token in enumerate(read.tokens) if token.norm in both}
    days = {i for i in two if vocabulary.language.calendar.units.get(read.norm(i + 1)) == "day"}
    opening |= {"having"} if read.norm(0) in vocabulary.language.parts["having"] else set()
    return opening | ({"two"} if two else set()) | ({"two_days"} if days else set())


def _ids(read: ReadText, kind: str) -> tuple[str, ...]:
    return unique(i for m in read.mentions if not m.negated for i in m.ids(kind))


def _only_generic(read: ReadText) -> bool:
    return not any(m.ids("target") and not m.ids("metric") and not m.negated for m in read.mentions)


# -- metrics ---------------------------------------------------------------------------------


def _metrics(
    read: ReadText, vocabulary: Vocabulary, actors: Sequence[str], before: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The metrics asked for, and words that narrow them in a way no figure on record does."""
    named = [(m.start, m.end, m.ids("metric")[0]) for m in read.mentions if m.ids("metric") and not m.negated]
    composed = _composed(read, vocabulary, actors, before)
    if composed is not None:
        named = [n for n in named if n[2] not in _LOOSE] + [composed]
    named.sort()
    if len({metric for _, _, metric in named}) <= 1:
        return unique(metric for _, _, metric in named), ()
    return _head(read, named, vocabulary)


#: Metrics whose words are common enough to be said of something else.
_LOOSE = frozenset({"targets_hit", "area_liberated", "cost", "sorties"})


def _composed(
    read: ReadText, vocabulary: Vocabulary, actors: Sequence[str], before: Sequence[str]
) -> tuple[int, int, str] | None:
    groups = set(read.groups()) | {f"{role}:{actor}" for actor in actors for role in ("actor", "object")}
    if "per_day" in groups and any(m.has("metric", "cost") for m in read.mentions):
        groups.add("cost")
    composition = _composition(vocabulary, groups)
    if composition is None and before and groups and not read.named("metric"):
        composition = _continued(vocabulary, groups, before)
    if composition is None or (composition.groups <= _PEOPLE and read.named("metric")):
        return None
    spans = [
        (m.start, m.end)
        for m in read.mentions
        if set(m.ids("group")) & composition.groups
        or {f"actor:{i}" for i in m.ids("actor")} & composition.groups
    ]
    start, end = min(spans, default=(0, 0))
    return start, end, composition.metric


def _composition(vocabulary: Vocabulary, groups: set[str]) -> Composition | None:
    """The first metric that the groups make; one that takes up a victim named outright goes before."""
    fitting = [c for c in vocabulary.compositions if c.groups <= groups]
    return max(fitting, key=lambda c: (len(c.groups & _VICTIMS), bool(c.groups & _HUMAN_LOSS)), default=None)


def _continued(vocabulary: Vocabulary, groups: set[str], before: Sequence[str]) -> Composition | None:
    """As in "and wounded?" after a question on deaths: the same people, the new loss."""
    earlier = [c for c in vocabulary.compositions if c.metric in before]
    for composition in earlier:
        kept = composition.groups - _HUMAN_LOSS if groups & _HUMAN_LOSS else composition.groups
        kept |= {f"actor:{vocabulary.metrics[composition.metric].default_actor}"}
        found = _composition(vocabulary, groups | kept)
        if found is not None and found.groups & groups:
            return found
    if "per_day" in groups and "cost" in before:
        return _composition(vocabulary, groups | {"cost"})
    return None


def is_loss(metric: str) -> bool:
    """Whether a metric counts people killed or wounded."""
    return metric.endswith(("_deaths", "_killed", "_wounded", "_action"))


def _head(
    read: ReadText, named: Sequence[tuple[int, int, str]], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of several metrics, the one that "how many" asks for, with those joined to it."""
    asked = [m.end for m in read.mentions if m.has("operation", "how_many")]
    compared = read.operations() & {"compare", "definition"}
    if compared or not asked:
        strong = [n for n in named if n[2] not in _LOOSE] or list(named)
        if read.norm(named[0][1]) == "of" and not compared:  # "the cost of strikes" is a cost
            return (named[0][2],), ()
        losses = [n for n in strong if is_loss(n[2])]
        if losses and not compared:  # "civilians killed in strikes" counts the killed
            language = vocabulary.language
            strong = [n for n in strong if is_loss(n[2]) or is_joined(read, losses[0][1], n[0], language)]
        return unique(metric for _, _, metric in strong), ()
    first = next((i for i, n in enumerate(named) if n[0] >= asked[0]), 0)
    head = [named[first]]
    for entry in named[first + 1 :]:
        if is_joined(read, head[-1][1], entry[0], vocabulary.language) or any(
            end <= entry[0] and end > head[-1][0] for end in asked
        ):
            head.append(entry)
    metrics = unique(metric for _, _, metric in head)
    losses = [n for n in named if n not in head and is_loss(n[2])]
    narrowed = tuple(read.tokens[n[0]].text for n in losses if metrics[0] in ("strikes", "engagements"))
    return metrics, narrowed


# -- numbers, and what was read --------------------------------------------------------------


def _claimed(read: ReadText, vocabulary: Vocabulary) -> tuple[Assertion, ...]:
    """Numbers that the question itself asserts: not dates, not "two countries"."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    taken = dated | {i for m in read.mentions for i in range(m.start, m.end)}
    numbers = (
        (i, token.value)
        for i, token in enumerate(read.tokens)
        if token.kind == "number"
        and token.value is not None
        and not token.ordinal
        and i not in taken
        and not _speaks_of_answers(read, i, vocabulary)
        and not _counts_something_else(read, i, vocabulary)
        and not (token.text.isalpha() and token.value <= 2)
    )
    asserted = (
        Assertion(value, qualifier_before(read, i, vocabulary)) for i, value in islice(numbers, MOST_CLAIMED)
    )
    return (*asserted, *_none_claimed(read))


def _counts_something_else(read: ReadText, position: int, vocabulary: Vocabulary) -> bool:
    """Whether a number is an age, an hour, a page, or counts what the record does not ("3 kids")."""
    parts = vocabulary.language.parts
    before, after = read.norm(position - 1), read.norm(position + 1)
    return after in parts["measures"] or before in parts["numbered"] or position + 1 in read.unknown


def _speaks_of_answers(read: ReadText, position: int, vocabulary: Vocabulary) -> bool:
    """Whether a number only counts what was said before: "those three", "of the 27"."""
    before, value = read.norm(position - 1), read.tokens[position].value
    pointed = before in vocabulary.language.parts["several_before"] and value in COUNTED_BACK
    return pointed or (before in ("the", "those") and read.norm(position - 2) == "of")


def _none_claimed(read: ReadText) -> tuple[Assertion, ...]:
    """The 0 that "no strikes" asserts."""
    none = any(m.ids("metric") and read.norm(m.start - 1) == "no" for m in read.mentions)
    return (Assertion(0),) if none else ()


def qualifier_before(read: ReadText, position: int, vocabulary: Vocabulary) -> str:
    """The qualifier right before a number ("more than", "about"), in the record's own words."""
    while position and read.tokens[position - 1].text in "$€£":
        position -= 1
    length = qualifier_length(read, position, vocabulary)
    words = tuple(read.norm(i) for i in range(position - length, position))
    return vocabulary.language.approximately[words] if length else "exactly"


def qualifier_length(read: ReadText, position: int, vocabulary: Vocabulary) -> int:
    """How many words right before a number qualify it."""
    for length in (3, 2, 1):
        words = tuple(read.norm(i) for i in range(position - length, position))
        if words in vocabulary.language.approximately:
            return length
    return 0


def _readings(read: ReadText, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    readings = [
        Reading(
            m.words,
            meaning.kind + (" (ruled out)" if m.negated else ""),
            _name(meaning, vocabulary),
            m.score,
            m.rejected,
        )
        for m in read.mentions
        for meaning in m.meanings
        if meaning.kind not in ("mark", "smalltalk")
    ]
    for phrase in read.dates:
        words = " ".join(token.text for token in read.tokens[phrase.start : phrase.end])
        meaning = f"{phrase.period.first} to {phrase.period.last}" if phrase.period else phrase.issue
        readings.append(Reading(words, "period", meaning))
    return tuple(readings)


def _name(meaning: Meaning, vocabulary: Vocabulary) -> str:
    tables = {
        "metric": vocabulary.metrics,
        "place": vocabulary.places,
        "actor": vocabulary.actors,
        "target": vocabulary.targets,
    }
    entry = tables.get(meaning.kind, {}).get(meaning.id)
    return getattr(entry, "name", meaning.id)
