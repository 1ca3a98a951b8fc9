"""Names and words of the vocabulary: which phrase means what, in every language on record.

Phrases are found longest first. One phrase may mean several things ("Turkey" the place and the
actor); which is meant the sentence decides, in `mentions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from knowledge.calendars import Calendar
from knowledge.matching import Correction, Speller
from knowledge.models import Actor, Metric, Place, Series, Target, Topic
from knowledge.quantities import NumberWords
from knowledge.text import normalised, words_of
from knowledge.words import Lexicon

LONGEST_PHRASE = 9

#: A language file as loaded: nested mappings and lists of words.
LanguageWords = Mapping[str, object]


@dataclass(frozen=True, slots=True, order=True)
class Meaning:
    """What a phrase stands for: `kind` (metric, place, actor, target, operation, …) and an id in it."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Alternatives of which one must stand in the question: single words, and phrases of several."""

    words: frozenset[str]
    phrases: tuple[str, ...] = ()

    def is_met(self, forms: frozenset[str], line: str) -> bool:
        """Whether a question has one; `line` is its compared words joined and padded by spaces."""
        return not self.words.isdisjoint(forms) or any(f" {phrase} " in line for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Cues:
    """When an event or topic is asked for: every group must have one of its words in the question."""

    id: str
    groups: tuple[CueGroup, ...]
    places: tuple[str, ...] = ()
    needs_place: bool = False
    actor: str = ""  # of an event: who did it, by its first date on record


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who is asked for by name; `matches` are publishers of series and sources."""

    id: str
    name: str
    matches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """Word groups that name a metric together."""

    metric: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Language:
    """A language file, ready for use."""

    code: str
    spellings: Mapping[str, str]
    numbers: NumberWords
    calendar: Calendar
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    function_words: frozenset[str]
    against: frozenset[str]
    adjectives: Mapping[str, str]
    approximately: Mapping[tuple[str, ...], str]
    parts: Mapping[str, frozenset[str]]

    @classmethod
    def from_words(cls, words: LanguageWords) -> Language:
        """The language of a file of `record/language/`, as that file's comments describe it."""
        return cls(
            code=str(words["code"]),
            spellings=_mapping(words["spellings"]),
            numbers=_number_words(words),
            calendar=_calendar(cast("Mapping[str, object]", words["calendar"])),
            phrases={
                "group": _phrase_lists(words["groups"]),
                "operation": _phrase_lists(words["operations"]),
                "smalltalk": _phrase_lists(words["smalltalk"]),
                "scope": _phrase_lists(words["out_of_scope"]),
                "mark": {
                    "negation": _strings(words["negations"]),
                    "negated": _strings(words["negated_after"]),
                    "correction": _strings(words["corrections"]),
                    "restriction": _strings(words["restrictions"]),
                    "more_question": _strings(words["possible_questions"]),
                },
            },
            function_words=frozenset(map(normalised, _strings(words["function_words"]))),
            against=frozenset(map(normalised, _strings(words["against"]))),
            adjectives={normalised(k): v for k, v in _mapping(words["adjectives"]).items()},
            approximately={words_of(k): v for k, v in _mapping(words["approximately"]).items()},
            parts={k: frozenset(map(normalised, v)) for k, v in _phrase_lists(words["parts"]).items()},
        )


class PhraseIndex:
    """Every phrase with its meanings, and every single word that stands in one."""

    def __init__(
        self, names: Iterable[tuple[str, str, str]], language: Language, cue_words: Iterable[str]
    ) -> None:
        """Index names (kind, id, compared words), the language's own phrases and the words of cues."""
        index: dict[tuple[str, ...], set[Meaning]] = {}
        for kind, identifier, words in names:
            _add(index, tuple(words.split()), Meaning(kind, identifier))
        for kind, lists in language.phrases.items():
            for identifier, aliases in lists.items():
                for alias in aliases:
                    _add(index, words_of(alias), Meaning(kind, identifier))
        for adjective, place in language.adjectives.items():
            _add(index, (adjective,), Meaning("adjective", place))
        _add_run_together(index)
        self._meanings = {phrase: tuple(sorted(found)) for phrase, found in index.items()}
        self._first_words = frozenset(phrase[0] for phrase in index)
        self._words = frozenset(_words_known(index, language) | set(cue_words))
        self._speller = Speller(self._words, self._mean_the_same)

    def meanings(self, phrase: tuple[str, ...]) -> tuple[Meaning, ...]:
        """What a phrase of compared words stands for; nothing if it is no phrase of the vocabulary."""
        return self._meanings.get(phrase, ())

    def begins_phrase(self, word: str) -> bool:
        """Whether a phrase begins with this word."""
        return word in self._first_words

    def knows(self, word: str) -> bool:
        """Whether the word stands anywhere in the vocabulary or the language file."""
        return word in self._words

    def correction(self, word: str) -> Correction | None:
        """What a misspelt word can be."""
        return self._speller.correct(word)

    def near(self, word: str) -> tuple[str, ...]:
        """Known words somewhat like an unknown one."""
        return self._speller.near(word)

    def _mean_the_same(self, one: str, other: str) -> bool:
        mine, theirs = set(self.meanings((one,))), set(self.meanings((other,)))
        return bool(mine & theirs) or one.rstrip("s") == other.rstrip("s")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a question can name, with the index of its phrases."""

    metrics: Mapping[str, Metric]
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    targets: Mapping[str, Target]
    series: Mapping[str, Series]
    topics: Mapping[str, Topic]
    publishers: Mapping[str, Publisher]
    event_names: Mapping[str, str]
    event_ends: Mapping[str, str]
    event_cues: tuple[Cues, ...]
    topic_cues: tuple[Cues, ...]
    levels: frozenset[str]  # metrics that are only known as how much there was at a time
    compositions: tuple[Composition, ...]
    kin: Mapping[str, tuple[str, ...]]
    home_places: Mapping[str, tuple[str, ...]]
    cities: Mapping[str, tuple[str, ...]]
    language: Language
    lexicon: Lexicon
    phrases: PhraseIndex

    def cities_of(self, country: str) -> tuple[str, ...]:
        """Ids of the places directly in a place."""
        return self.cities.get(country, ())


def _words_known(index: Mapping[tuple[str, ...], object], language: Language) -> set[str]:
    known = {word for phrase in index for word in phrase if word.isalpha()}
    known |= set(language.calendar.months) | {word for word in language.calendar.weekdays if len(word) > 4}
    known |= {word for word in language.function_words if len(word) > 3} | set(language.numbers.cardinals)
    return known | set(language.numbers.ordinals) | set(language.calendar.units)


def _add(index: dict[tuple[str, ...], set[Meaning]], phrase: tuple[str, ...], meaning: Meaning) -> None:
    if phrase:
        index.setdefault(phrase[:LONGEST_PHRASE], set()).add(meaning)


def _add_run_together(index: dict[tuple[str, ...], set[Meaning]]) -> None:
    """Names of two or three words are also found written as one ("derezzor", "talafar")."""
    for phrase, meanings in list(index.items()):
        places = {meaning for meaning in meanings if meaning.kind == "place"}
        joined = "".join(phrase)
        if places and 1 < len(phrase) <= 3 and len(joined) > 5 and (joined,) not in index:
            index[(joined,)] = places


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in cast("list[object]", value))


def _mapping(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in cast("Mapping[object, object]", value).items()}


def _phrase_lists(value: object) -> dict[str, tuple[str, ...]]:
    return {str(k): _strings(v) for k, v in cast("Mapping[object, object]", value).items()}


def _numbers(value: object) -> dict[str, int]:
    return {normalised(str(k)): int(str(v)) for k, v in cast("Mapping[object, object]", value).items()}


def _number_words(words: LanguageWords) -> NumberWords:
    lists = cast("Mapping[str, object]", words["number_words"])
    return NumberWords(
        language=str(words["code"]),
        cardinals=frozenset(_strings(lists["cardinals"])),
        ordinals=_numbers(lists["ordinals"]),
        multipliers=_numbers(lists["multipliers"]),
        joiners=frozenset(_strings(lists["joiners"])),
        phrases={tuple(phrase.split()): value for phrase, value in _numbers(lists["phrases"]).items()},
    )


def _calendar(words: Mapping[str, object]) -> Calendar:
    def single(key: str) -> frozenset[str]:
        return frozenset(map(normalised, _strings(words[key])))

    sets = ["words_too", "early", "middle", "late", "end", "whole", "half", "range", "between", "since"]
    sets += [
        "before",
        "after",
        "last",
        "this",
        "next",
        "same",
        "today",
        "yesterday",
        "tomorrow",
        "several",
        "ever_since",
        "onward",
        "release",
        "not_published",
        "passive",
    ]
    found = {key: single(key) for key in sets}
    units, weekdays = _mapping(words["units"]), _numbers(words["weekdays"])
    relative = ("today", "yesterday", "tomorrow", "last", "this", "next", "same", "whole", "before", "after")
    openers = {word for key in (*relative, "early", "middle", "late") for word in found[key]}
    return Calendar(
        named=_numbers(words["named"]),
        holidays=_mapping(words["holidays"]),
        months=_numbers(words["months"]),
        weekdays=weekdays,
        seasons=_numbers(words["seasons"]),
        units=units,
        markers=_markers(words),
        openers=frozenset(openers | set(units) | set(weekdays)),
        holiday_openers=frozenset(name.split()[0] for name in _mapping(words["holidays"])),
        **found,
    )


def _markers(words: Mapping[str, object]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    kinds = (("publication", "published"), ("by", "by"), ("since", "since"), ("end", "end"))
    found: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for key, kind in kinds:
        for marker in map(words_of, _strings(words[key])):
            if marker != ("from",):  # "from" opens a range
                found[marker[-1]] = (*found.get(marker[-1], ()), (marker, kind))
    return found


def phrases_from(words: tuple[str, ...], index: PhraseIndex) -> Iterator[tuple[int, tuple[Meaning, ...]]]:
    """The phrases that begin a list of words, longest first: how many words each has, its meanings."""
    if index.begins_phrase(words[0]):
        for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            meanings = index.meanings(words[:length])
            if meanings:
                yield length, meanings
