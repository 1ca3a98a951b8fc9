"""The frozen types that everything else in the package speaks in.

Dates are ISO 8601 strings of the precision the source gave: ``2017-06-10``, ``2017-06`` or ``2017``.
`first_day` and `last_day` turn one into calendar days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Number = int | float

#: How exact a reported number is, in the words of the record.
QUALIFIERS = (
    "exactly",
    "at least",
    "more than",
    "nearly",
    "about",
    "approximately",
    "between",
    "up to",
    "fewer than",
)

#: What kind of time a series counts over: a stretch of days each, or everything up to a day.
Scope = Literal["period", "cumulative", "level", "undated"]
#: How the actor of a figure stands in a sentence.
ActorAs = Literal["by", "of", "unsaid"]
AnswerKind = Literal[
    "figure", "event", "text", "list", "comparison", "total", "claims", "choice", "unknown", "smalltalk"
]
Verdict = Literal["supported", "contradicted", "not on record"]


@lru_cache(maxsize=16_384)
def first_day(iso: str) -> date:
    """The first calendar day of an ISO date of day, month or year precision.

    >>> first_day("2017-06")
    datetime.date(2017, 6, 1)
    """
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


@lru_cache(maxsize=16_384)
def last_day(iso: str) -> date:
    """The last calendar day of an ISO date of day, month or year precision.

    >>> last_day("2017-06")
    datetime.date(2017, 6, 30)
    """
    parts = [int(part) for part in iso.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Source:
    """A public page that a curator has seen."""

    id: str
    publisher: str
    title: str
    url: str
    published: str
    kind: Literal["primary", "secondary"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one origin counted in one way; only figures of one `addable` series are ever summed.

    A figure of a `partial` series counts only some of what happened on its days: it answers nothing alone.
    An `independent` one is the count of a publisher that takes no part in what it counts.
    """

    id: str
    name: str
    scope: Scope
    addable: bool
    publisher: str
    note: str = ""
    partial: bool = False
    independent: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted. `unit` is the base unit of every value; `caveat` is said with every figure.

    `by_place` tells whether sources count it for parts of the campaign's area at all, `actor_as` how a
    figure's actor is said: strikes are by somebody, losses of somebody, members of the coalition no one's.
    """

    id: str
    name: str
    unit: str
    singular: str
    plural: str
    definition: str = ""
    caveat: str = ""
    default_actor: str = ""
    by_place: bool = True
    actor_as: ActorAs = "by"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the record speaks of; `kind` is country, city, area, region, operation or world."""

    id: str
    name: str
    kind: str
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted. A member's figures are never its alliance's, nor the reverse."""

    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of thing that was hit."""

    id: str
    name: str
    singular: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one source. Ids are unique and never reused.

    `start` and `end` bound what was counted, `as_of` is the day a cumulative count was taken on.
    A range has `low` and `high` and no `value`.
    """

    id: str
    series: str
    source: Source
    metric: str
    actor: str
    place: str
    target: str | None = None
    effect: str | None = None
    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    qualifier: str = "exactly"
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell of a fact that was changed after it had been given out; `old` and `new` as the file has them."""

    fact: str
    changed: str
    field: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening. Rival dates of one happening share `event`; the first on record leads."""

    id: str
    event: str
    source: Source
    actor: str
    place: str
    start: str
    end: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A sourced answer in words: a glossary entry, a subject, or a statement somebody made."""

    id: str
    kind: Literal["glossary", "topic", "statement"]
    title: str
    text: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """How much a record holds."""

    sources: int
    figures: int
    events: int
    topics: int
    places: int
    names: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` makes it a link."""

    text: str
    bold: bool = False
    url: str | None = None


#: The part that a line plays in an answer.
Role = Literal["headline", "body", "item", "source", "aside"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an answer and the part it plays there.

    `headline` is the answer itself, `source` names where it comes from, `aside` is a caveat or a
    remark that a short display may fold away, `item` is a list's row.
    """

    role: Role
    spans: tuple[Span, ...]


RichText = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as an answer gives it, worded for people, with where it comes from.

    `fact` is None where the value was worked out (a total); then `sources` holds all it rests on.
    `counted_by` names who counted where that is not one of those who fought.
    """

    fact: str | None
    metric: str
    value: Number | None
    low: Number | None
    high: Number | None
    qualifier: str
    unit: str
    actor: str
    place: str
    start: str | None
    end: str | None
    as_of: str | None
    source: Source
    sources: tuple[Source, ...] = ()
    note: str = ""
    cumulative: bool = False
    counted_by: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a text asserts, judged; `reason` says more than the verdict does.

    A statement in words has no value; of a happening's date `date` is the first day that it can mean.
    """

    value: Number | None
    quoted: str
    verdict: Verdict
    reason: str
    figures: tuple[Figure, ...] = ()
    related: tuple[Figure, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days, both ends included, and how it was named.

    `by` says "everything up to the end", `since` "everything from the beginning on"; `published`
    says that releases of these days are meant, not strikes on them.
    """

    first: date
    last: date
    by: bool = False
    since: bool = False
    published: bool = False

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Assertion:
    """A number that a question or text asserts, with its qualifier in the words of `QUALIFIERS`."""

    value: Number
    qualifier: str = "exactly"


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks, in ids of the vocabulary; empty slots were not named.

    A place that the record lacks stands as ``elsewhere:`` and the name that was used. `together`
    asks for both countries in one figure, `in_total` for all there is, `claimed` are numbers that the
    question asserts itself. `unresolved` holds what is known of a date that needs an answer back:
    ISO days to choose from, or ``--06-10`` and ``--06`` for a day or month without a year. `found` is
    the day that a question for the busiest or the first day led to; `rank` 2 asks for the second of its kind;
    `defined` are metrics whose meaning was asked since.
    """

    operation: str = "figure"
    metrics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    targets: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    together: bool = False
    in_total: bool = False
    claimed: tuple[Assertion, ...] = ()
    unresolved: tuple[str, ...] = ()
    found: tuple[Period, ...] = ()
    rank: int = 1
    defined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """What a conversation remembers between two questions: slots and ids, never text.

    `earlier` are the queries before the last one, the latest last, for "which of the two was higher?".
    """

    query: Query | None = None
    facts: tuple[str, ...] = ()
    earlier: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stretch of the question was read, for `/why`."""

    words: str
    slot: str
    meaning: str
    score: float = 100.0
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets. `figures` is what is asserted, `related` what is offered besides.

    `rest` are the rows of a long list that the text leaves out, with their caveats.
    """

    kind: AnswerKind
    text: RichText
    figures: tuple[Figure, ...] = ()
    related: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    choices: tuple[str, ...] = ()
    query: Query = field(default_factory=Query)
    ignored: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    confidence: float = 1.0
    thread: Thread = field(default_factory=Thread)
    rest: RichText = ()
