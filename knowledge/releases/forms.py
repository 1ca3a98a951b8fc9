"""The words that strike releases are made of, read from this folder's language file, and their patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from knowledge.files import read_yaml
from knowledge.text import words_of

#: Stands for every character of a date once it has been read, so that its numbers count nothing.
DATED = "~"


@dataclass(frozen=True, slots=True)
class PublisherForm:
    """Who counts strikes: its name in the record and what the ids of its sources begin with."""

    name: str
    id: str


@dataclass(frozen=True, eq=False)
class Forms:
    """A language's words by their list's name, and the patterns made of them."""

    words: Mapping[str, tuple[str, ...]]
    options: Mapping[str, str]
    numbers: Mapping[str, int]
    effects: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative_days: Mapping[str, int]
    countries: Mapping[str, str]
    count: re.Pattern[str]
    engagements: re.Pattern[str]
    bare_count: re.Pattern[str]
    quantity: re.Pattern[str]
    effect: re.Pattern[str]
    place: re.Pattern[str]
    country: re.Pattern[str]
    group_name: re.Pattern[str]
    spellings: Mapping[str, str]
    publishers: Mapping[str, PublisherForm]
    title_words: Mapping[str, str]
    pattern: Mapping[str, re.Pattern[str]]

    def number(self, text: str) -> int:
        """The value of a number that a pattern of this class has matched."""
        plain = " ".join(text.casefold().replace(",", "").split())
        return int(plain) if plain.isdigit() else self.numbers[plain]

    def has(self, name: str, text: str) -> bool:
        """Whether a text has a phrase of a list in it."""
        return self.pattern[name].search(text) is not None

    def effect_of(self, verb: str) -> str:
        """The effect that a verb names; empty where it counts nothing."""
        return self.effects[" ".join(verb.casefold().split())]


@lru_cache(maxsize=4)
def load_forms(language: str = "en") -> Forms:
    """The forms of a language. The file is part of the package: a fault in it is a fault of the program."""
    path = Path(__file__).parent / f"{language}.yaml"
    content, problems = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if problems or not isinstance(content, dict):
        raise ValueError(f"{path.name}: {'; '.join(map(str, problems)) or 'no mapping'}")
    return _forms(cast("dict[str, object]", content))


def _forms(content: Mapping[str, object]) -> Forms:
    words = {
        name: tuple(str(item).casefold() for item in value)
        for name, value in content.items()
        if isinstance(value, list | dict)
    }
    numbers = _numbers(content)
    effects = {
        verb.casefold(): effect
        for effect, verbs in cast("Mapping[str, list[str]]", content["effects"]).items()
        for verb in verbs
    }
    options = {name: alternatives(items) for name, items in words.items()}
    number = _number_pattern(numbers)
    fillers = alternatives((*words["between_number_and_noun"], *words["ordinals"]))
    between = rf"(?:\s+(?:{DATED}+|{fillers}))"
    return Forms(
        words=words,
        options=options,
        numbers=numbers,
        effects=effects,
        months=_integers(content["months"]),
        weekdays=_integers(content["weekdays"]),
        relative_days=_integers(content["relative_days"]),
        countries=cast("Mapping[str, str]", content["countries"]),
        count=_compiled(rf"{number}{between}{{0,4}}\s+(?P<noun>{options['strikes']})\b"),
        engagements=_compiled(rf"{number}{between}{{0,2}}\s+(?:{options['engagements']})\b"),
        bare_count=_compiled(
            rf"{number}{between}{{0,2}}(?:\s+{options['each']})?(?=\s+(?:{_preposition(options)})\s)"
        ),
        quantity=_compiled(number),
        effect=_compiled(rf"(?<![\w-])(?P<verb>{alternatives(effects)})(?![\w-])"),
        place=_place(options),
        country=_country(options),
        group_name=_compiled(
            rf"(?<![\w-])(?:{options['groups']})(?![\w'])(?![\s-]*(?:{options['group_kept_before']})\b)"
        ),
        publishers=_publishers(cast("list[dict[str, object]]", content["publishers"])),
        title_words=cast("Mapping[str, str]", content["title_words"]),
        spellings=cast("Mapping[str, str]", content["target_spellings"]),
        pattern={name: _compiled(rf"(?<!\w)(?:{phrases})(?!\w)") for name, phrases in options.items()},
    )


def _publishers(listed: Iterable[Mapping[str, object]]) -> dict[str, PublisherForm]:
    """Publishers by every name that a header may give them, in compared words."""
    return {
        " ".join(words_of(name)): PublisherForm(str(entry["name"]), str(entry["id"]))
        for entry in listed
        for name in (str(entry["name"]), *cast("list[str]", entry["also"]))
    }


def _integers(value: object) -> dict[str, int]:
    return {str(key): int(number) for key, number in cast("Mapping[str, int]", value).items()}


def _numbers(content: Mapping[str, object]) -> dict[str, int]:
    """Every number in words: as listed, the compound ones, slips, and the words for one."""
    listed = _integers(content["numbers"])
    units = {word: value for word, value in listed.items() if 0 < value < 10}
    tens = {word: value for word, value in listed.items() if 20 <= value < 100 and value % 10 == 0}
    compound = {
        f"{ten}{joint}{unit}": tens[ten] + units[unit] for ten in tens for unit in units for joint in "- "
    }
    ones = {str(word): 1 for word in cast("list[str]", content["ones"])}
    ordinals = {f"a {word}": 1 for word in cast("list[str]", content["ordinals"])}
    return {**ordinals, **compound, **listed, **_integers(content["number_slips"]), **ones}


def _number_pattern(numbers: Iterable[str]) -> str:
    """Digits or words; digits are none where they are part of a name or measure: "F-16", "500-pound"."""
    return (
        rf"(?<![\w.$-])(?<!\d,)(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|{alternatives(numbers)})(?![\w-]|[.,]\d)"
    )


def _preposition(options: Mapping[str, str]) -> str:
    return rf"{options['near']}|(?:just |far )?(?:{options['directions']}) of|{options['within']}"


def _place(options: Mapping[str, str]) -> re.Pattern[str]:
    """A preposition and the name after it: words with capitals, small particles between them."""
    particle = rf"(?:(?i:{options['name_particles']})(?:\s+|-))"
    word = r"[A-Z][\w'’‘ʻ`´.-]*(?<![.-])"
    before = rf"(?:(?i:{options['before_name']})\s+)?"
    name = rf"{particle}*{word}(?:\s+{particle}*{word})*"
    return re.compile(rf"(?<![\w-])(?P<prep>(?i:{_preposition(options)}))\s+{before}(?P<name>{name})")


def _country(options: Mapping[str, str]) -> re.Pattern[str]:
    """A country after its preposition, or two: "across northern Iraq", "in Syria and Iraq"."""
    names = options["countries"]
    return _compiled(
        rf"\b(?:{options['in_country']})\s+(?:(?:{options['before_name']})\s+)?(?P<first>{names})\b(?:'s\b)?"
        rf"(?:\s*(?:,|&|\band\b|\bor\b)\s*(?:in\s+)?(?P<second>{names})\b)?"
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern that takes the longest of some phrases, with any space between their words."""
    ordered = sorted({str(phrase) for phrase in phrases if phrase}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
