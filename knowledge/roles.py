"""Which part a name plays in its sentence: the place struck, the one who strikes, the source cited.

One name can be several things ("Turkey", "the coalition"); the words around it decide. Those words
stand in the language file under `parts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from knowledge.reading import Mention, ReadText
from knowledge.vocabulary import Language, Vocabulary

#: Places that stand for the campaign as a whole and give way to any other place named.
WHOLE_CAMPAIGN = ("operation-inherent-resolve", "worldwide")
BOTH_COUNTRIES = "iraq-and-syria"
COUNTRIES = ("syria", "iraq")
#: The one actor that questions mostly name as the enemy, not as who acts.
ENEMY = "isis"


#: A text of at most so many words and marks that names an actor alone asks of that actor.
FRAGMENT = 4
#: So many words and marks before "how many" tell a story; fewer can name the place.
LONG_PREAMBLE = 15
Item = TypeVar("Item")


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, each once, in their order."""
    return tuple(dict.fromkeys(items))


def is_joined(read: ReadText, end: int, start: int, language: Language) -> bool:
    """Whether "and", "or", "versus" … stands between two positions, with little else."""
    between = [read.norm(i) for i in range(end, start)]
    return 0 < len(between) <= 3 and not language.parts["joiners"].isdisjoint(between)


# -- places ----------------------------------------------------------------------------------


def places_of(read: ReadText, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the record's places that are asked about, and names of places outside it."""
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
        elif mention.ids("actor") and _follows_locating(read, mention, vocabulary.language):
            others.append(mention.words)
    kept = _without_parents(_asked_for(found, read), read, vocabulary)
    specific = tuple(place for place in kept if place not in WHOLE_CAMPAIGN)
    return unique(specific or (() if others else kept)), unique(others)


def _asked_for(found: Sequence[tuple[Mention, str]], read: ReadText) -> Sequence[tuple[Mention, str]]:
    """The places after "how many", where such are named: what is told before it is not asked about."""
    counted = [m.end for m in read.mentions if m.has("operation", "how_many")]
    if not counted or read.operations() & {"compare", "more"}:
        return found
    later = [entry for entry in found if entry[0].start >= counted[0]]
    return later if later and counted[0] > LONG_PREAMBLE else found


def _is_place_here(read: ReadText, mention: Mention, vocabulary: Vocabulary) -> bool:
    """A country's name is a place after "in", in a list of places, or where it is no actor."""
    if not mention.ids("actor"):
        return True
    language = vocabulary.language
    before = mention.start - 1
    while read.norm(before) in language.parts["articles"]:
        before -= 1
    if read.norm(before) in language.parts["locating"]:
        return True
    if before <= 0 or read.norm(before) not in language.parts["listing"]:
        return False
    return any(
        other.end == before and other.ids("elsewhere") and _is_place_here(read, other, vocabulary)
        for other in read.mentions
    )


def _follows_locating(read: ReadText, mention: Mention, language: Language) -> bool:
    """Whether a name stands right after "in", "near" …, and nothing follows that it would only describe."""
    before = mention.start - 1
    while read.norm(before) in language.parts["articles"]:
        before -= 1
    alliances = {ENEMY, "coalition", "coalition-partners", "coalition-and-partner-forces"}
    if not alliances.isdisjoint(mention.ids("actor")) or read.tokens[mention.end - 1].possessive:
        return False
    describes = any(m.start == mention.end and (m.ids("metric") or m.ids("group")) for m in read.mentions)
    return read.norm(before) in language.parts["locating"] and not describes


def _without_parents(
    found: Sequence[tuple[Mention, str]], read: ReadText, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The places without a country that only says where its city is ("Mosul, Iraq")."""
    kept: list[str] = []
    for mention, place in found:
        beside = any(
            vocabulary.places[other].parent == place and _is_apposition(read, near, mention, vocabulary)
            for near, other in found
            if other != place
        ) or (bool(mention.ids("adjective")) and any(vocabulary.places[o].parent == place for _, o in found))
        if not beside:
            kept.append(place)
    return tuple(kept)


def _is_apposition(read: ReadText, city: Mention, country: Mention, vocabulary: Vocabulary) -> bool:
    first, second = sorted((city, country), key=lambda m: m.start)
    between = [read.norm(i) for i in range(first.end, second.start)]
    parts = vocabulary.language.parts
    if not parts["separating"].isdisjoint(between):
        return False
    return first is country or (len(between) <= 2 and parts["apposition"].issuperset(between))


def split_countries(
    read: ReadText, places: tuple[str, ...], operations: frozenset[str], language: Language
) -> tuple[str, ...]:
    """Iraq and Syria as two places where a question sets them against one another."""
    if places != (BOTH_COUNTRIES,) or len([p for p in read.dates if p.period]) > 1:
        return places
    opposed = "compare" in operations or ("more" in operations and "or" in read.forms)
    between = "more" in operations and not language.calendar.between.isdisjoint(read.forms)
    return COUNTRIES if (opposed and "both" not in operations) or between else places


# -- actors ----------------------------------------------------------------------------------


def actors_of(read: ReadText, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Ids of those whose doing is asked about."""
    actors: list[str] = []
    for mention in read.mentions:
        ids = mention.ids("actor")
        if not ids or mention.negated or mention.ids("group"):
            continue
        if mention.ids("elsewhere") and _is_place_here(read, mention, vocabulary):
            continue
        if _follows_locating(read, mention, vocabulary.language) and not mention.ids("place"):
            continue
        if _describes_the_next(read, mention):
            continue
        if ids[0] != ENEMY or _is_alone(read) or _acts(read, mention, vocabulary.language):
            actors.append(ids[0])
    return unique(actors)


def _is_alone(read: ReadText) -> bool:
    """Whether a short text names nothing beside an actor or a source ("and ISIS?", "and CENTCOM?")."""
    named = any(m.ids("metric") or m.ids("place") for m in read.mentions)
    return len(read.tokens) <= FRAGMENT and not named


def _describes_the_next(read: ReadText, mention: Mention) -> bool:
    """Whether a nation only says whose the next actor is ("US contractors")."""
    return any(
        other.start == mention.end and other.ids("actor") and not other.ids("group")
        for other in read.mentions
    )


def _acts(read: ReadText, mention: Mention, language: Language) -> bool:
    """Whether ISIS is the one that does it ("by ISIS", "did ISIS itself carry out")."""
    position = mention.start - 1
    while read.norm(position) in language.parts["articles"] or read.norm(position) == "so":
        position -= 1
    before, after = read.norm(position), read.norm(mention.end)
    if before in language.parts["agent_before"]:
        return True
    return before not in language.against and after in language.parts["agent_after"]


# -- sources ---------------------------------------------------------------------------------


def publishers_of(read: ReadText, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Ids of the sources that a question wants heard; Airwars is always one where it is named."""
    language = vocabulary.language
    named = [m for m in read.mentions if m.ids("publisher") and not m.negated]
    alone = _is_alone(read) and not read.dates
    cited = [m for m in named if alone and {x.kind for x in m.meanings} <= {"publisher", "term"}]
    cited += [m for m in named if m.has("publisher", "airwars") or _is_cited(read, m, language)]
    beside = [
        m for m in named if m not in cited and any(_is_beside(read, m, other, language) for other in cited)
    ]
    return unique(m.ids("publisher")[0] for m in sorted(cited + beside, key=lambda m: m.start))


def _is_beside(read: ReadText, mention: Mention, cited: Mention, language: Language) -> bool:
    """Whether a name is joined to a cited one; after a mere comma one that acts is the subject instead."""
    start, end = _between(mention, cited)
    if not is_joined(read, start, end, language):
        return False
    joiners = language.parts["joiners"].intersection(read.norm(i) for i in range(start, end))
    return joiners != {","} or mention.start < cited.start or not mention.ids("actor")


def _between(one: Mention, other: Mention) -> tuple[int, int]:
    """Where the tokens between two mentions begin and end."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return first.end, second.start


def _is_cited(read: ReadText, mention: Mention, language: Language) -> bool:
    """Whether a name is cited: "according to X", "X's own number", "what X says"."""
    parts = language.parts
    cut = max((m.end for m in read.named("publisher") if m.end <= mention.start), default=0)
    before = [read.norm(i) for i in range(max(mention.start - 4, cut), mention.start)]
    after = [read.norm(i) for i in range(mention.end, mention.end + 5)]
    if after[0] in parts["reflexive"]:
        after = after[1:]
    nearest = [word for word in before if word not in parts["articles"]][-1:]
    told_by = _is_reported_by(read, mention.start, parts)
    if (
        told_by
        or not parts["cited_before"].isdisjoint(before)
        or not parts["cited_right_before"].isdisjoint(nearest)
    ):
        return True
    if not parts["counts"].isdisjoint(after[:2]):
        owned = read.tokens[mention.end - 1].possessive or "own" in after or "by" in before[-2:]
        return owned or not mention.ids("actor")
    return after[0] in parts["cited_after"]


def _is_reported_by(read: ReadText, start: int, parts: Mapping[str, frozenset[str]]) -> bool:
    """Whether a name follows "reported by", articles skipped."""
    at = start - 1
    while read.norm(at) in parts["articles"]:
        at -= 1
    return read.norm(at) == "by" and read.norm(at - 1) in parts["reported"]


def is_publisher_here(read: ReadText, actor: str, publishers: Sequence[str]) -> bool:
    """Whether an actor's name was taken as the name of a source."""
    return any(
        m.has("actor", actor) and not set(publishers).isdisjoint(m.ids("publisher")) for m in read.mentions
    )
