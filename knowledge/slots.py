"""From mentions to slots: which metric, actor, place, period, target and source a question asks for.

Everything here is decided by the sentence alone; `dialogue` adds what the conversation said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.dates import shifted
from knowledge.mentions import Mention, ReadText
from knowledge.models import Assertion, Period, Reading
from knowledge.periods import DatePhrase
from knowledge.vocabulary import Composition, Meaning, Vocabulary

#: Places that stand for the campaign as a whole and give way to any other place named.
WHOLE_CAMPAIGN = ("operation-inherent-resolve", "worldwide")
BOTH_COUNTRIES = "iraq-and-syria"
COUNTRIES = ("syria", "iraq")
_JOINERS = frozenset({"and", "or", ",", "versus", "&", "/", "than", "nor", "plus", "against"})
_HUMAN_LOSS = frozenset({"death", "wounded", "casualty", "killed_in_action", "non_hostile", "collateral"})


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question names. Places and actors that the record lacks stand in `other_places` and
    `other_actors`, by the name the person used."""

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
    claimed: tuple[Assertion, ...] = ()
    alternatives: bool = False
    parts_wanted: bool = False
    marks: frozenset[str] = frozenset()
    is_first: bool = True
    readings: tuple[Reading, ...] = field(default=(), compare=False)


def slots_of(read: ReadText, vocabulary: Vocabulary, metrics_before: Sequence[str] = ()) -> Slots:
    """The slots of a text; `metrics_before` completes groups like "and wounded?"."""
    places, others = _places(read, vocabulary)
    actors = _actors(read, vocabulary)
    operations = read.operations()
    metrics, restricted = _metrics(read, vocabulary, actors, metrics_before)
    objects = {g.removeprefix("object:") for c in vocabulary.compositions if c.metric in metrics for g in c.groups}
    actors = tuple(actor for actor in actors if actor not in objects)
    targets = _ids(read, "target") if not _only_generic(read) else ()
    publishers = _publishers(read)
    actors = tuple(actor for actor in actors if not _is_publisher_here(read, actor, publishers))
    places = _split_countries(read, places, operations)
    restrictions = restricted + tuple(
        m.words for m in read.mentions if m.has("mark", "restriction") and not m.negated and not _inside_target(m, read)
    )
    return Slots(
        metrics=metrics,
        actors=actors,
        places=places,
        other_places=others,
        targets=targets,
        effects=_ids(read, "effect"),
        publishers=publishers,
        periods=tuple(dict.fromkeys(phrase.period for phrase in read.dates if phrase.period is not None)),
        dates=read.dates,
        operations=operations,
        groups=read.groups(),
        scopes=frozenset(i for m in read.mentions for i in m.ids("scope")),
        smalltalk=frozenset(i for m in read.mentions for i in m.ids("smalltalk")),
        terms=_ids(read, "term"),
        restrictions=restrictions,
        claimed=_claimed(read, vocabulary),
        alternatives="or" in read.forms or "versus" in read.forms,
        parts_wanted=bool({"each", "respectively", "separately", "both"} & read.forms),
        marks=frozenset(i for m in read.mentions[:1] for i in m.ids("mark")),
        readings=_readings(read, vocabulary),
    )


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _ids(read: ReadText, kind: str) -> tuple[str, ...]:
    return _unique(i for m in read.mentions if not m.negated for i in m.ids(kind))


def _only_generic(read: ReadText) -> bool:
    return not any(m.ids("target") and not m.ids("metric") and not m.negated for m in read.mentions)


def _inside_target(mention: Mention, read: ReadText) -> bool:
    return any(m.ids("target") and m.start <= mention.start < m.end for m in read.mentions)


# -- places ----------------------------------------------------------------------------------


def _places(read: ReadText, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: list[tuple[Mention, str]] = []
    others: list[str] = []
    for mention in read.mentions:
        if mention.negated:
            continue
        if mention.ids("place"):
            found.append((mention, mention.ids("place")[0]))
        elif mention.ids("adjective") and not mention.ids("actor"):
            found.append((mention, mention.ids("adjective")[0]))
        elif mention.ids("elsewhere") and _is_place_here(read, mention, vocabulary):
            others.append(mention.ids("elsewhere")[0])
    kept = _without_parents(found, read, vocabulary)
    specific = tuple(place for place in kept if place not in WHOLE_CAMPAIGN)
    if others:
        specific = tuple(p for p in specific if p != BOTH_COUNTRIES or True)
    return _unique(specific or (() if others else kept)), _unique(others)


def _is_place_here(read: ReadText, mention: Mention, vocabulary: Vocabulary) -> bool:
    """A country's name is a place after "in", alone, or where it is no actor."""
    if not mention.ids("actor"):
        return True
    before = mention.start - 1
    while read.norm(before) in ("the", "all", "whole"):
        before -= 1
    if read.norm(before) in vocabulary.language.place_prepositions:
        return read.norm(before) not in ("from", "of", "for")
    listed = read.norm(before) in ("and", "or", ",") and before > 0
    if listed:
        return any(
            m.end == before and m.ids("elsewhere") and (not m.ids("actor") or _is_place_here(read, m, vocabulary))
            for m in read.mentions
        )
    return False


def _without_parents(
    found: Sequence[tuple[Mention, str]], read: ReadText, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """ "Mosul, Iraq" is Mosul: a country right beside its own place only says where that place is."""
    kept: list[str] = []
    for mention, place in found:
        beside = any(
            vocabulary.places[other].parent == place
            and other != place
            and _is_apposition(read, near, mention)
            for near, other in found
        )
        if not beside:
            kept.append(place)
    return tuple(kept)


def _is_apposition(read: ReadText, city: Mention, country: Mention) -> bool:
    first, second = sorted((city, country), key=lambda m: m.start)
    between = [read.norm(i) for i in range(first.end, second.start)]
    if any(word in ("and", "or", "versus", "than", ".", "not", "compared", "&") for word in between):
        return False
    return len(between) <= 2 and all(word in (",", "in", "the", "of", "-", "(", "near", "northern") for word in between)


def _split_countries(read: ReadText, places: tuple[str, ...], operations: frozenset[str]) -> tuple[str, ...]:
    """ "Iraq and Syria" are two places where they are compared with one another."""
    compared = bool(operations & {"compare"}) or ("more" in operations and "or" in read.forms)
    between = "between" in read.forms
    by_dates = len([p for p in read.dates if p.period]) > 1
    if places == (BOTH_COUNTRIES,) and not by_dates and (compared and "both" not in operations or between and "more" in operations):
        return COUNTRIES
    return places


# -- actors ----------------------------------------------------------------------------------


def _actors(read: ReadText, vocabulary: Vocabulary) -> tuple[str, ...]:
    actors: list[str] = []
    for mention in read.mentions:
        ids = mention.ids("actor")
        if not ids or mention.negated or mention.ids("group"):
            continue
        if mention.ids("elsewhere") and _is_place_here(read, mention, vocabulary):
            continue
        if ids[0] == "isis" and not _acts(read, mention, vocabulary):
            continue
        if not _is_struck(read, mention, ids[0]):
            actors.append(ids[0])
    return _unique(actors)


def _acts(read: ReadText, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether ISIS is the one that does it ("by ISIS", "did ISIS itself carry out")."""
    before, after = read.norm(mention.start - 1), read.norm(mention.end)
    if before in ("the", "so"):
        before = read.norm(mention.start - 2)
    if before in ("by", "did", "has", "have", "had", "does", "do", "could", "were") and before != "have":
        return True
    return before not in vocabulary.language.against and after in (
        "itself", "attacks", "attack", "attacked", "carried", "carry", "conducted", "launched", "claim", "claimed", "kill", "killed",
        "commit", "committed", "fire", "fired", "suicide",
    )  # fmt: skip


def _is_struck(read: ReadText, mention: Mention, actor: str) -> bool:
    """Whether an actor is named as the one that is hit ("strikes against Hezbollah")."""
    return actor != "isis" and read.norm(mention.start - 1) == "against" and actor in ("isis",)


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
        return _unique(metric for _, _, metric in named), ()
    return _head(read, named)


#: Metrics whose words are common enough to be said of something else.
_LOOSE = frozenset({"targets_hit", "area_liberated", "cost", "sorties"})


def _composed(
    read: ReadText, vocabulary: Vocabulary, actors: Sequence[str], before: Sequence[str]
) -> tuple[int, int, str] | None:
    groups = set(read.groups()) | {f"{role}:{actor}" for actor in actors for role in ("actor", "object")}
    if "per_day" in groups and any(m.has("metric", "cost") for m in read.mentions):
        groups.add("cost")
    composition = _composition(vocabulary, groups)
    if composition is None and before and groups:
        composition = _continued(vocabulary, groups, before)
    if composition is None:
        return None
    spans = [
        (m.start, m.end)
        for m in read.mentions
        if set(m.ids("group")) & composition.groups or {f"actor:{i}" for i in m.ids("actor")} & composition.groups
    ]
    start, end = min(spans, default=(0, 0))
    return start, end, composition.metric


def _composition(vocabulary: Vocabulary, groups: set[str]) -> Composition | None:
    return next((c for c in vocabulary.compositions if c.groups <= groups), None)


def _continued(vocabulary: Vocabulary, groups: set[str], before: Sequence[str]) -> Composition | None:
    """ "and wounded?" after a question on deaths: the same people, the new loss."""
    earlier = [c for c in vocabulary.compositions if c.metric in before]
    for composition in earlier:
        kept = composition.groups - _HUMAN_LOSS if groups & _HUMAN_LOSS else composition.groups
        found = _composition(vocabulary, groups | kept)
        if found is not None and found.groups & groups:
            return found
    if "per_day" in groups and "cost" in before:
        return _composition(vocabulary, groups | {"cost"})
    return None


def _head(
    read: ReadText, named: Sequence[tuple[int, int, str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of several metrics, the one that "how many" asks for, with those joined to it."""
    asked = [m.end for m in read.mentions if m.has("operation", "how_many")]
    compared = read.operations() & {"compare", "definition"}
    if compared or not asked:
        strong = [n for n in named if n[2] not in _LOOSE] or list(named)
        return _unique(metric for _, _, metric in strong), ()
    first = next((i for i, n in enumerate(named) if n[0] >= asked[0]), 0)
    head = [named[first]]
    for entry in named[first + 1 :]:
        if _joined(read, head[-1][1], entry[0]) or any(end <= entry[0] and end > head[-1][0] for end in asked):
            head.append(entry)
    metrics = _unique(metric for _, _, metric in head)
    losses = [n for n in named if n not in head and n[2].endswith(("_deaths", "_killed", "_wounded", "_action"))]
    narrowed = tuple(read.tokens[n[0]].text for n in losses if metrics[0] in ("strikes", "engagements"))
    return metrics, narrowed


def _joined(read: ReadText, end: int, start: int) -> bool:
    between = [read.norm(i) for i in range(end, start)]
    return bool(between) and len(between) <= 3 and any(word in _JOINERS for word in between)


# -- sources, numbers ------------------------------------------------------------------------


def _publishers(read: ReadText) -> tuple[str, ...]:
    named = [m for m in read.mentions if m.ids("publisher") and not m.negated]
    cited = [m for m in named if _is_cited(read, m, m.ids("publisher")[0]) or m.has("publisher", "airwars")]
    beside = [m for m in named if m not in cited and any(_joined(read, *_between(m, other)) for other in cited)]
    return _unique(m.ids("publisher")[0] for m in sorted(cited + beside, key=lambda m: m.start))


def _between(one: Mention, other: Mention) -> tuple[int, int]:
    """Where the tokens between two mentions begin and end."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return first.end, second.start


def _is_cited(read: ReadText, mention: Mention, publisher: str) -> bool:
    """ "according to the coalition", "the coalition's own number", "what the Pentagon says"."""
    before = [read.norm(i) for i in range(max(mention.start - 4, 0), mention.start)]
    after = [read.norm(i) for i in range(mention.end, mention.end + 5)]
    if after[0] in ("itself", "themselves", "alone"):
        after = after[1:]
    token = read.tokens[mention.end - 1]
    if "according" in before or before[-1:] == ["per"] or before[-2:] == ["per", "the"]:
        return True
    counts = {"count", "counts", "number", "numbers", "figure", "figures", "tally", "estimate", "estimates", "total", "assessment", "data", "version", "own", "statistics"}
    if set(after[:3]) & counts and (token.possessive or "own" in after or "by" in before[-2:] or publisher != "cjtf-oir"):
        return True
    return bool(after[:1]) and after[0] in ("says", "say", "said", "reported", "reports", "admits", "admit", "admitted", "concede", "concedes", "conceded", "acknowledge", "acknowledged", "acknowledges", "claims", "assesses", "assessed")


def _is_publisher_here(read: ReadText, actor: str, publishers: Sequence[str]) -> bool:
    return actor in ("coalition", "united-states") and any(
        m.has("actor", actor) and set(m.ids("publisher")) & set(publishers) for m in read.mentions
    )


def _claimed(read: ReadText, vocabulary: Vocabulary) -> tuple[Assertion, ...]:
    """Numbers that the question itself asserts: not dates, not "two countries"."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    inside = {i for m in read.mentions for i in range(m.start, m.end)}
    return tuple(
        Assertion(token.value, _qualifier_before(read, i, vocabulary))
        for i, token in enumerate(read.tokens)
        if token.kind == "number"
        and token.value is not None
        and not token.ordinal
        and i not in dated
        and (i not in inside)
        and not (token.text.isalpha() and token.value <= 2)
    )


def _qualifier_before(read: ReadText, position: int, vocabulary: Vocabulary) -> str:
    """ "more than", "about", … right before a number, in the record's own words."""
    while position and read.tokens[position - 1].text in "$€£":
        position -= 1
    for length in (3, 2, 1):
        words = tuple(read.norm(i) for i in range(position - length, position))
        if words in vocabulary.language.approximately:
            return vocabulary.language.approximately[words]
    return "exactly"


def _readings(read: ReadText, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    readings = [
        Reading(m.words, meaning.kind + (" (ruled out)" if m.negated else ""), _name(meaning, vocabulary), m.score, m.rejected)
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
    tables = {"metric": vocabulary.metrics, "place": vocabulary.places, "actor": vocabulary.actors, "target": vocabulary.targets}
    entry = tables.get(meaning.kind, {}).get(meaning.id)
    return getattr(entry, "name", meaning.id)


def shift_years(period: Period, years: int) -> Period:
    """The same days some years later."""
    return Period(shifted(period.first, "year", years), shifted(period.last, "year", years), period.by, period.since)
