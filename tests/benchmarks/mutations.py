"""Questions as nobody would think to ask them: made from the record's own names, then spoilt.

Everything comes from the random source that is given: the same seed makes the same text on any machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

#: As long as a Telegram message can be.
LONGEST = 4096

_FORMS = (
    "how many {metric} in {place} on {day}?",
    "{actor} {metric} {place} {day}",
    "{day}: {metric} near {place} by {actor}",
    "{metric} in {place} and {other} from {day} to {day2}",
    "total {metric} in {place} between {day} and {day2}",
    "compare {metric} in {place} and {other} on {day}",
    "were there {number} {metric} in {place} on {day}?",
    "The {actor} carried out {number} {metric} near {place} on {day}, killing {number} civilians.",
    "{target} destroyed near {place} on {day}",
    "which day of {day} had the most {metric} in {place}?",
    "{metric} in {place} as of {day} according to {actor}",
    "and in {other}?",
    "no, {place}",
    "the day before?",
    "source?",
    "what is a {target}?",
    "when did {place} fall?",
)
_DAY_FORMS = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d/%m/%Y",
    "%d.%m.%y",
    "%B %Y",
    "%b %d",
    "%A",
    "%Y",
    "%d%m%Y",
)
_ODD_DAYS = (
    "31 February 2017", "0 June 2017", "99/99/9999", "2017-13-45", "32 June", "June 0000",
    "00.00.00", "Q7 2017", "10 June 10000", "the 61st", "week 54 of 2017", "29 February 2017",
    "9999-12-31", "0001-01-01", "last century", "the day before 1 January 0001",
    "the week after 31 December 9999", "1e3 days ago", "99999999 days ago",
)  # fmt: skip
_ODD_NUMBERS = (
    "0", "-1", "1e999", "9" * 400, "3.14159", "1,2,3,4", "½", "²", "٣٤", "seven dozen", "$8.7bn",
    "minus ten", "NaN", "inf", "0x1F", "1_000", "a million billion trillion", "12,980.5.3", "%",
    "27%", "#27", "27th", "-0", "１２",
)  # fmt: skip
_ODD_TEXT = (
    "<b>", "</b>", "<script>alert(1)</script>", "&lt;", "&#0;", "<a href='x'>", "\x00", "\x07",
    "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\u0301\u0301\u0301", "💥", "👩‍👩‍👧", "\n\n", "\t",
    "\r", "'; drop table facts;--", "%s%d", "{place}", "\\", '"', "```", "@sitrep_bot", "/why",
    "/start x", "http://example.com/?q=27", "ﷺ", "ß", "İ", "Ⅷ", "\U0010ffff", "\u2028", "*?[",
    "(((((", "..", "?!?!", "—", "NULL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What questions are made from."""

    metrics: tuple[str, ...]
    places: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    questions: tuple[str, ...]


def words_of_record(record: Path, questions: Sequence[str]) -> Words:
    """The names in a built record, beside questions that are known to be good."""
    with closing(sqlite3.connect(record)) as database:
        named = {kind: _names(database, kind) for kind in ("metric", "place", "elsewhere", "actor", "target")}
    places = named["place"] + named["elsewhere"]
    return Words(named["metric"], places, named["actor"], named["target"], tuple(questions))


def _names(database: sqlite3.Connection, kind: str) -> tuple[str, ...]:
    sql = "select distinct alias from names where kind = ? order by alias"
    return tuple(alias for (alias,) in database.execute(sql, (kind,)))


def question(words: Words, random: Random) -> str:
    """One generated question, spoilt in none to four ways."""
    text = random.choice(words.questions) if random.random() < 0.4 else _generated(words, random)
    for _ in range(random.choice((0, 1, 1, 2, 3, 4))):
        text = random.choice(_MUTATIONS)(text, words, random)
    return text[:LONGEST]


def _generated(words: Words, random: Random) -> str:
    return random.choice(_FORMS).format(
        metric=random.choice(words.metrics),
        place=random.choice(words.places),
        other=random.choice(words.places),
        actor=random.choice(words.actors),
        target=random.choice(words.targets),
        day=_day(random),
        day2=_day(random),
        number=random.choice((str(random.randint(0, 40_000)), random.choice(_ODD_NUMBERS))),
    )


def _day(random: Random) -> str:
    if random.random() < 0.15:
        return random.choice(_ODD_DAYS)
    day = date(2014, 8, 8) + timedelta(days=random.randint(0, 2000))
    return day.strftime(random.choice(_DAY_FORMS))


def _typo(text: str, words: Words, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    letter = random.choice("abcdefghijklmnopqrstuvwxyz ")
    swapped = text[at + 1 : at + 2] + text[at : at + 1]
    edits = (text[at + 1 :], letter + text[at:], letter + text[at + 1 :], swapped + text[at + 2 :])
    return text[:at] + random.choice(edits)


def _insertion(text: str, words: Words, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    odd = random.choice(
        (random.choice(_ODD_TEXT), random.choice(_ODD_NUMBERS), chr(random.randrange(1, 0xD800)))
    )
    return text[:at] + odd + text[at:]


def _other_word(text: str, words: Words, random: Random) -> str:
    """One word gives way to a name of another slot."""
    parts = text.split(" ")
    slots = (words.metrics, words.places, words.actors, words.targets, (_day(random),), _ODD_NUMBERS)
    parts[random.randrange(len(parts))] = random.choice(random.choice(slots))
    return " ".join(parts)


def _shuffled(text: str, words: Words, random: Random) -> str:
    parts = text.split(" ")
    random.shuffle(parts)
    return " ".join(parts)


def _joined(text: str, words: Words, random: Random) -> str:
    link = random.choice((" ", ". ", "? ", " and ", "\n", ", not ", "; ", " vs "))
    return text + link + random.choice((random.choice(words.questions), _generated(words, random)))


def _cut(text: str, words: Words, random: Random) -> str:
    first, last = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
    return text[first:last]


def _cased(text: str, words: Words, random: Random) -> str:
    return random.choice((text.upper(), text.lower(), text.title(), text.swapcase()))


def _tagged(text: str, words: Words, random: Random) -> str:
    tag = random.choice(("b", "i", "code", "a", "tg-spoiler"))
    return f"<{tag}>{text}</{tag}>"


def _widened(text: str, words: Words, random: Random) -> str:
    """Full-width letters, as some keyboards type them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _repeated(text: str, words: Words, random: Random) -> str:
    """A word or a whole text many times; rarely up to the longest message."""
    times = random.choice((8, 40, 200)) if random.random() < 0.03 else random.choice((2, 3, 4))
    return random.choice((" ", "", "\n")).join([text] * times)


_MUTATIONS: tuple[Callable[[str, Words, Random], str], ...] = (
    _typo,
    _typo,
    _typo,
    _insertion,
    _insertion,
    _other_word,
    _other_word,
    _shuffled,
    _joined,
    _cut,
    _cased,
    _tagged,
    _widened,
    _repeated,
)
