"""A text that somebody pasted to have it checked: whether it is one, and its sentences as read.

Each sentence is read by itself. Days are counted from the text's own dateline or the nearest date in
it, never from today (SPEC rule 13).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from knowledge.grids import is_list, without_tables
from knowledge.mentions import read_text
from knowledge.models import Period
from knowledge.quantities import with_numbers
from knowledge.reading import ReadText
from knowledge.stretches import DatePhrase, weekday_from
from knowledge.text import Token, clean, normalised, tokens, words_of
from knowledge.vocabulary import Vocabulary

#: Stands for "today" where a text names no day: what is counted from it lies before any record.
NO_DAY = date(1000, 1, 15)
_BEFORE_ANY_RECORD = date(1100, 1, 1)
#: A text this long with two or more numbers is no question.
LONG = 350
#: How many sentences before a number can tell what it is for.
CONTEXT = 3
#: A quotation of fewer words and marks is a name, not a statement.
LEAST_QUOTED = 8
#: Word groups that count people.
LOSSES = frozenset({"death", "wounded", "casualty", "civilian"})
#: A question of at most so many words and marks, without a number, only asks whether a text is right.
LONGEST_ASIDE = 10
#: Marks after which a text of its own begins ("Check this: ...").
OPENS = frozenset(':"“„«')
#: So many words and marks at most name the place before a dateline's date.
LONGEST_PLACE = 6
_QUESTION_MARKS = frozenset("?؟")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]{20,})["“”„«»]')


class ClaimWords:
    """The language file's `claims:`: lists of words, compared forms, and templates."""

    def __init__(self, section: Mapping[str, object]) -> None:
        self.templates = section
        self._lists = {
            key: frozenset(normalised(str(word)) for word in cast("list[object]", value))
            for key, value in section.items()
            if isinstance(value, list)
        }
        self._phrases = {
            key: tuple(" ".join(words_of(str(phrase))) for phrase in cast("list[object]", section[key]))
            for key in ("cues", "since", "so_far")
        }

    def __getitem__(self, key: str) -> frozenset[str]:
        """The words of a list."""
        return self._lists[key]

    def has_phrase(self, key: str, words: Sequence[str]) -> bool:
        """Whether a phrase of a list stands in a run of compared words."""
        line = f" {' '.join(words)} "
        return any(f" {phrase} " in line for phrase in self._phrases[key])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with all it names; `dateline` tells that its first date is the text's own date."""

    text: str
    read: ReadText
    dateline: bool = False

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that are certain, in order."""
        return tuple(p.period for p in self.read.dates if p.period and is_certain(p.period))


def is_certain(period: Period) -> bool:
    """Whether a period was not counted from a day that the text never names."""
    return period.first > _BEFORE_ANY_RECORD


# -- is it one? ------------------------------------------------------------------------------


def is_pasted(text: str, vocabulary: Vocabulary, words: ClaimWords) -> bool:
    """Whether a message is a text to be checked rather than a question of its own.

    It is where it is long and full of numbers, where several sentences state figures, or where a
    statement with a number is quoted or follows words like "fact check:".
    """
    if not any(c.isdigit() for c in text) and len(text) < 60:
        return False
    given = with_numbers(tokens(text), vocabulary.language.numbers)
    months = vocabulary.language.calendar.months
    numbers = [t for i, t in enumerate(given) if t.kind == "number" and not _is_dated(given, i, months)]
    if not numbers:
        dated = [s for s in _sentences(given) if _states(s, words)]
        return len(dated) > 1 and not is_asking(text) and _is_statement(given, dated)
    if len(text) > LONG and len(numbers) > 1:
        return True
    cued = words.has_phrase("cues", [t.norm for t in given if t.kind in ("word", "number")])
    if _quotes_a_statement(text, vocabulary):
        return True
    if cued and (_quotes_a_number(text, vocabulary) or _lists_numbers(given)):
        return True
    stating = [s for s in _sentences(given) if _states(s, words)]
    if cued:
        return any(len(s) > 5 and not _is_cue(s, words) for s in stating)
    metrics = sum(any(_counts(t, vocabulary) for t in s) for s in stating)
    stated = [] if is_list(text) else stating  # the items of a list may be short
    return len(numbers) > 1 and metrics > 0 and _is_statement(given, stated)


def is_asking(text: str) -> bool:
    """Whether a sentence of a text ends as a question."""
    return any(t.kind == "end" and not _QUESTION_MARKS.isdisjoint(t.text) for t in tokens(text))


def is_request_to_check(text: str, vocabulary: Vocabulary, words: ClaimWords) -> bool:
    """Whether a message names no figure and nothing of the record, only that something be checked."""
    given = with_numbers(tokens(text), vocabulary.language.numbers)
    if any(t.kind in ("number", "date") for t in given) or len(given) > LONGEST_ASIDE:
        return False
    named = any(_names(t, vocabulary) for t in given)
    return not named and words.has_phrase("cues", [t.norm for t in given if t.kind == "word"])


def _names(token: Token, vocabulary: Vocabulary) -> bool:
    meanings = vocabulary.phrases.meanings((token.norm,))
    return any(m.kind in ("metric", "target", "place", "actor") for m in meanings)


def _is_statement(given: Sequence[Token], stating: Sequence[Sequence[Token]]) -> bool:
    """Whether nothing in a text asks and it is long enough to be no fragment."""
    asks = any(
        token.kind == "end" and not _QUESTION_MARKS.isdisjoint(token.text)
        for sentence in _sentences(given)
        if len(sentence) > LONGEST_ASIDE or any(t.kind == "number" for t in sentence)
        for token in sentence
    )
    return not asks and len(given) >= 12 and all(len(s) > 5 for s in stating)


def _counts(token: Token, vocabulary: Vocabulary) -> bool:
    meanings = vocabulary.phrases.meanings((token.norm,))
    return any(m.kind in ("metric", "target") or (m.kind == "group" and m.id in LOSSES) for m in meanings)


def _is_dated(given: Sequence[Token], position: int, months: Mapping[str, int]) -> bool:
    """Whether a number is a year, or a day beside a month's name."""
    beside = [given[i].norm for i in (position - 1, position + 1) if 0 <= i < len(given)]
    opens = position + 3 < len(given) and given[position + 2].kind == "number"  # "20 to 24 July"
    beside += [given[position + 3].norm] if opens else []
    is_one = given[position].value == 1 and given[position].text.isalpha()  # "in one go"
    return is_one or _is_year(given[position]) or any(word in months for word in beside)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")


def _quotes_a_number(text: str, vocabulary: Vocabulary) -> bool:
    return any(
        any(t.kind == "number" for t in with_numbers(tokens(passage), vocabulary.language.numbers))
        for passage in _QUOTED.findall(clean(text))
    )


def _quotes_a_statement(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a quoted sentence says how many of something there were."""
    for passage in _QUOTED.findall(clean(text)):
        given = with_numbers(tokens(passage), vocabulary.language.numbers)
        months = vocabulary.language.calendar.months
        counted = any(t.kind == "number" and not _is_dated(given, i, months) for i, t in enumerate(given))
        if counted and len(given) >= LEAST_QUOTED and any(_counts(t, vocabulary) for t in given):
            return True
    return False


def _lists_numbers(given: Sequence[Token]) -> bool:
    """Whether a colon opens a statement with numbers: "check these: 27 strikes in Syria, 7 in Iraq"."""
    colon = next((i for i, token in enumerate(given) if token.text == ":"), len(given))
    after = given[colon + 1 :]
    return len(after) > 4 and any(t.kind == "number" and not _is_year(t) for t in after)


def _states(sentence: Sequence[Token], words: ClaimWords) -> bool:
    """Whether a sentence with a number asks nothing."""
    opening = next((t.norm for t in sentence if t.kind == "word"), "")
    asks = sentence[-1].kind == "end" and "?" in sentence[-1].text
    return any(t.kind == "number" for t in sentence) and not asks and opening not in words["openings"]


def _is_cue(sentence: Sequence[Token], words: ClaimWords) -> bool:
    """Whether a sentence is a request to check that names no figure beside its words."""
    said = [t.norm for t in sentence if t.kind == "word"]
    return words.has_phrase("cues", said) and len(said) <= 8


# -- its sentences ---------------------------------------------------------------------------


def _sentences(given: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens by sentence, each with its end."""
    current: list[Token] = []
    for token in given:
        current.append(token)
        if token.kind == "end":
            yield current
            current = []
    if current:
        yield current


def read_passage(text: str, vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """The sentences of a text in order, with their dates completed by the text itself."""
    whole = clean(without_tables(text, lambda cell: _counts_something(cell, vocabulary)))
    runs = list(_sentences(tokens(whole)))
    telling = _worth_reading(runs, vocabulary)
    given = [
        _read(whole[run[0].start : run[-1].end], run, vocabulary, is_read)
        for run, is_read in zip(runs, telling, strict=True)
    ]
    days = [next((p for p in s.periods if p.days == 1), None) for s in given]
    known = [day for day in days if day is not None]
    if not known:
        return tuple(given)
    first = next(i for i, sentence in enumerate(given) if sentence.read.dates)
    dateline = days[first] if _is_dateline(given[first].read) else None
    result: list[Sentence] = []
    before: Period | None = None
    for sentence in given:
        if _needs_context(sentence):
            near = before or known[0]
            today = (dateline or near).first
            read = read_text(sentence.text, vocabulary, today, near)
            sentence = replace(sentence, read=_with_weekdays(read, vocabulary, today))
        before = sentence.periods[-1] if sentence.periods else before
        result.append(sentence)
    if dateline is not None:
        result[first] = replace(result[first], dateline=True)
    return tuple(result)


def _with_weekdays(read: ReadText, vocabulary: Vocabulary, today: date) -> ReadText:
    """What is read, with bare weekdays ("on Saturday") as the last such day before the text's own."""
    weekdays = vocabulary.language.calendar.weekdays

    def completed(phrase: DatePhrase) -> DatePhrase:
        weekday = weekdays.get(read.norm(phrase.end - 1))
        if phrase.period is not None or phrase.end - phrase.start > 1 or weekday is None:
            return phrase
        day = weekday_from(Period(today, today), weekday, -1)
        return replace(phrase, period=Period(day, day), issue="")

    return replace(read, dates=tuple(map(completed, read.dates)))


def _counts_something(cell: str, vocabulary: Vocabulary) -> bool:
    return any(_counts(token, vocabulary) for token in tokens(cell))


def _worth_reading(runs: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> list[bool]:
    """Which sentences hold a number or stand so near before one that they can tell what it is for."""
    cardinals = vocabulary.language.numbers.cardinals
    numbered = [any(t.kind in ("number", "date") or t.norm in cardinals for t in run) for run in runs]
    return [any(numbered[i : i + CONTEXT + 1]) for i in range(len(runs))]


def _read(text: str, run: Sequence[Token], vocabulary: Vocabulary, in_full: bool) -> Sentence:
    if in_full:
        return Sentence(text, read_text(text, vocabulary, NO_DAY))
    return Sentence(text, ReadText(tuple(run), (), (), (), frozenset(token.norm for token in run)))


def _needs_context(sentence: Sentence) -> bool:
    """Whether a date of a sentence is short of a year or month, or counted from a day outside it."""
    return any(p.issue or p.relative or (p.period and not is_certain(p.period)) for p in sentence.read.dates)


def _is_dateline(read: ReadText) -> bool:
    """Whether a text begins with its own date: "BAGHDAD, June 11, 2017 - …", "11 June 2017: …"."""
    first = read.dates[0] if read.dates else None
    if first is None or first.period is None or first.period.days > 1:
        return False
    cut = max((i + 1 for i in range(first.start) if read.tokens[i].text in OPENS), default=0)
    opening = read.tokens[cut : first.start]
    following = read.tokens[first.end].kind if first.end < len(read.tokens) else "end"
    plain = all(t.kind != "number" and (t.kind != "word" or t.capitalised) for t in opening)
    return (
        len(opening) <= LONGEST_PLACE
        and plain
        and following in ("dash", "end", "punctuation")
        and not _has_preposition(opening, first)
    )


def _has_preposition(opening: Sequence[Token], first: DatePhrase) -> bool:
    """Whether a word like "On" opens the sentence: then the date is what it tells of."""
    return bool(opening) and len(opening[-1].text) <= 2 and opening[-1].kind == "word" and first.start < 3
