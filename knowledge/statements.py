"""The claims of a sentence: each number with what it counts, whose doing, where, when and by whom told.

A sentence is cut into one stretch a number. What is named within a stretch belongs to its number;
what a stretch leaves open is carried over from the stretch or the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.clauses import Clauses
from knowledge.models import Number, Period
from knowledge.numerals import Head
from knowledge.passages import ClaimWords, Sentence, is_certain
from knowledge.reading import Mention, ReadText
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES, actors_of, places_of, publishers_of, unique
from knowledge.slots import Slots, qualifier_before, slots_of
from knowledge.vocabulary import Vocabulary
from knowledge.weighing import weigh

ELSEWHERE = "elsewhere:"
_MONEY = ("cost", "cost_per_day")
#: A period of more days than this is not carried over to the next sentence.
_LONGEST_CARRIED = 366


@dataclass(frozen=True, slots=True)
class Context:
    """What a text spoke of last, for claims that leave it open."""

    metric: str = ""
    actor: str = ""
    place: str = ""
    period: Period | None = None
    dateline: bool = False
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One number that a text asserts.

    `timing` tells whose period it is: ``own``, ``carried``, ``dateline``, ``none`` or ``unknown`` (a
    day that the text does not name). `problem` says why nothing on record can bear it out.
    """

    value: Number
    qualifier: str
    quoted: str
    metric: str = ""
    target: str | None = None
    actors: tuple[str, ...] = ()
    place: str = ""
    period: Period | None = None
    timing: str = "none"
    publishers: tuple[str, ...] = ()
    problem: str = ""
    word: str = ""


class StatementFinder:
    """Finds the statements of the sentences of a text, one after the other."""

    def __init__(self, vocabulary: Vocabulary, words: ClaimWords) -> None:
        self.vocabulary = vocabulary
        self.words = words

    def find(self, sentence: Sentence, context: Context) -> tuple[tuple[Statement, ...], Context]:
        """The statements of a sentence, and what the sentence leaves for the next one."""
        reader = _SentenceReader(sentence, context, self.vocabulary, self.words)
        statements = reader.statements()
        return statements, reader.context_after()


class _SentenceReader(Clauses):
    def __init__(
        self, sentence: Sentence, context: Context, vocabulary: Vocabulary, words: ClaimWords
    ) -> None:
        super().__init__(sentence, vocabulary, words)
        self.dateline = sentence.dateline
        self.context = context
        self.publishers = publishers_of(self.read, vocabulary)
        self.counted = False

    # -- which numbers -----------------------------------------------------------------------

    def statements(self) -> tuple[Statement, ...]:
        """Every number of the sentence that counts something."""
        if self.read.named("scope") and any(m.has("scope", "other_war") for m in self.read.mentions):
            return ()
        numbers = [i for i in range(len(self.read.tokens)) if self.is_number(i)]
        found: list[Statement] = []
        for index, at in enumerate(numbers):
            start = self.cut(numbers[index - 1], at) if index else 0
            end = self.cut(at, numbers[index + 1]) if index + 1 < len(numbers) else len(self.read.tokens)
            statement = self._statement(at, *self._shared(numbers, index, start, end))
            if statement is not None:
                found.append(statement)
                self.counted = True
                self._remember(statement)
        return tuple(found)

    def _shared(self, numbers: Sequence[int], index: int, start: int, end: int) -> tuple[int, int]:
        """The stretch of a number; the two ends of a range share theirs."""
        at = numbers[index]
        if index + 1 < len(numbers) and self.is_range(at, numbers[index + 1]):
            after = numbers[index + 2] if index + 2 < len(numbers) else None
            return start, self.cut(numbers[index + 1], after) if after else len(self.read.tokens)
        if index and self.is_range(numbers[index - 1], at):
            return self.cut(numbers[index - 2], numbers[index - 1]) if index > 1 else 0, end
        return start, end

    def _metric(self, at: int, head: Head, zone: ReadText, slots: Slots) -> str:
        """The metric of a number; empty where nothing on record is counted by these words."""
        if self.is_money(at) or (self.foreign_unit(at) and self._speaks_of_money(slots)):
            return self._money(zone)
        if head.kind == "metric":
            return head.id
        if head.kind == "group":
            return self._composed(zone, slots) or self._composed(self.part(0, self.last(zone)), None)
        if head.kind == "noun":
            if head.word.casefold() in self.words["persons"]:
                return self._composed(zone, slots)
            area = [m for m in slots.metrics if m == "area_liberated"]
            return area[0] if area and self.foreign_unit(at) else ""
        before = self.part(0 if not zone.mentions else zone.mentions[0].start, at)
        named = [m.ids("metric")[0] for m in before.named("metric") if m.start < at]
        composed = self._composed(zone, slots)
        return composed or (named[-1] if named else "") or self.context.metric

    def _speaks_of_money(self, slots: Slots) -> bool:
        return self.context.metric in _MONEY or bool(set(slots.metrics) & set(_MONEY))

    def _money(self, zone: ReadText) -> str:
        before = ("cost",) if self.context.metric in _MONEY else ()
        metrics = [m for m in slots_of(zone, self.vocabulary, before).metrics if m in _MONEY]
        if metrics:
            return metrics[-1] if "cost_per_day" not in metrics else "cost_per_day"
        return "cost" if before else ""

    def _composed(self, zone: ReadText, slots: Slots | None) -> str:
        """The metric that word groups name together ("civilians … killed")."""
        if not zone.named("group"):
            return ""
        carried = (self.context.metric,) if self.context.metric else ()
        slots = slots or slots_of(zone, self.vocabulary, carried)
        found = slots.metrics or slots_of(zone, self.vocabulary, carried).metrics
        plain = {i for m in zone.named("metric") for i in m.ids("metric")}
        return next((metric for metric in found if metric not in plain), "")

    # -- a statement ---------------------------------------------------------------------------

    def _statement(self, at: int, start: int, end: int) -> Statement | None:
        zone = self.part(start, end)
        slots = slots_of(zone, self.vocabulary)
        head = self.head(at)
        metric = self._metric(at, head, zone, slots)
        target = head.id if head.kind == "target" else None
        if not metric and target is None and not self._is_of_the_campaign(head, slots):
            return None
        token = self.read.tokens[at]
        statement = Statement(
            token.value or 0,
            qualifier_before(self.read, at, self.vocabulary),
            self._quoted(at, head),
            metric,
            target,
            self._actors(at, zone, slots, metric),
            publishers=slots.publishers or self._cited(at),
        )
        statement = self._placed(statement, at, zone, slots)
        statement = self._unbound(self._timed(statement, at, zone), zone, slots)
        if target is not None and statement.period is None:
            return None  # targets are only counted by day: without one nothing is claimed that can be checked
        return self._limited(statement, at, head, zone, metric)

    def _is_of_the_campaign(self, head: Head, slots: Slots) -> bool:
        """Whether a foreign noun is counted in a sentence on what the record speaks of."""
        if head.kind not in ("noun", "group"):
            return False
        return bool(slots.metrics or slots.places or slots.actors)

    def _quoted(self, at: int, head: Head) -> str:
        tokens = self.read.tokens
        first = at - 1 if at and tokens[at - 1].text in "$€£" else at
        last = max(min(head.end, len(tokens)) - 1, at)
        return self.text[tokens[first].start : tokens[last].end].strip()

    def _cited(self, at: int) -> tuple[str, ...]:
        """The source that the sentence names elsewhere; one set against another tells only its own."""
        if self.words["contrasts"].isdisjoint(self.read.forms):
            return self.publishers
        return publishers_of(self.part(0, at), self.vocabulary)

    def _actors(self, at: int, zone: ReadText, slots: Slots, metric: str) -> tuple[str, ...]:
        """Whose doing it is: the subject before the number, or who is named right by it."""
        composed = {g for c in self.vocabulary.compositions if c.metric == metric for g in c.groups}
        opened = self.read.dates[0].start if self.dateline else -1
        ours = [
            (m, self._leader(m))
            for m in zone.mentions
            if m.ids("actor") and m.ids("actor")[0] in slots.actors
            if m.start > opened and not self._is_aided(m)
        ]
        if any(f"actor:{actor}" in composed for _, actor in ours):
            return ()
        before = [actor for m, actor in ours if m.start < at]
        after = [actor for m, actor in ours if m.start > at and self._acts_after(m, at)]
        found = after[:1] or before[-1:]
        if found or metric == "" or any(":" in group for group in composed):
            return tuple(found)
        return (self.context.actor,) if self.context.actor and self._shares_actor(metric) else ()

    def _shares_actor(self, metric: str) -> bool:
        metrics = self.vocabulary.metrics
        mine = metrics[metric].default_actor if metric in metrics else "coalition"
        theirs = metrics[self.context.metric].default_actor if self.context.metric in metrics else "coalition"
        return mine == theirs

    def _leader(self, mention: Mention) -> str:
        """Whose doing a name tells of: "U.S.-led strikes" are the coalition's."""
        led = self.read.norm(mention.end + (self.read.norm(mention.end) == "-"))
        return "coalition" if led in self.words["led"] else mention.ids("actor")[0]

    def _is_aided(self, mention: Mention) -> bool:
        after = self.read.norm(mention.end + (self.read.norm(mention.end) == "-"))
        if after in self.words["backed"]:
            return True
        before = mention.start - 1
        while self.read.norm(before) in self.vocabulary.language.parts["articles"]:
            before -= 1
        return self.read.norm(before) in self.words["aided"]

    def _acts_after(self, mention: Mention, at: int) -> bool:
        before = mention.start - 1
        while self.read.norm(before) in self.vocabulary.language.parts["articles"]:
            before -= 1
        return self.read.norm(before) in self.words["direct"] or before == at

    # -- where -------------------------------------------------------------------------------

    def _placed(self, statement: Statement, at: int, zone: ReadText, slots: Slots) -> Statement:
        """The statement with the place nearest to its number, or the one carried over."""
        named = self._places(zone, slots)
        after = [entry for entry in named if entry[0] > at]
        before = [entry for entry in named if entry[0] < at]
        if after and self._joined_places(after):
            return replace(statement, problem="several_places", place=after[0][2])
        if after or before:
            return replace(statement, place=(after[0] if after else before[-1])[2])
        return replace(statement, place=self._place_around(statement, at, zone))

    def _unbound(self, statement: Statement, zone: ReadText, slots: Slots) -> Statement:
        """A count up to a day is never a city's: a city carried over from before is not meant."""
        own = bool(slots.places or slots.other_places)
        place = self.vocabulary.places.get(statement.place)
        is_city = place is not None and place.kind in ("city", "area")
        whole = statement.period is not None and (statement.period.by or statement.period.since)
        return replace(statement, place="") if whole and is_city and not own else statement

    def _place_around(self, statement: Statement, at: int, zone: ReadText) -> str:
        """The place of a number that names none: further on, both countries, or the one before."""
        joints = self.joints(at, len(self.read.tokens))
        rest = self.part(at, joints[0] if joints else len(self.read.tokens))
        named = rest.unknown or any(rest.named(kind) for kind in ("place", "adjective", "elsewhere"))
        further = self._places(rest, slots_of(rest, self.vocabulary)) if named else []
        if further:
            return further[0][2]
        if not self.words["totals"].isdisjoint(zone.forms) and set(COUNTRIES) <= set(self.context.countries):
            return BOTH_COUNTRIES
        return self.context.place

    def _places(self, zone: ReadText, slots: Slots) -> list[tuple[int, int, str]]:
        """Places of a stretch: where each begins and ends, and its id."""
        found: list[tuple[int, int, str]] = []
        for mention in zone.mentions:
            ids = [i for kind in ("place", "adjective") for i in mention.ids(kind) if i in slots.places]
            ids += [ELSEWHERE + i for i in mention.ids("elsewhere") if i in slots.other_places]
            found += [(mention.start, mention.end, ids[0])] if ids else []
        for name in weigh(zone, slots, self.vocabulary).places:
            at = next((i for i in zone.unknown if self.read.tokens[i].text == name), 0)
            if self.read.norm(at) not in self.words["no_places"] and self.read.tokens[at].capitalised:
                found.append((at, at + 1, ELSEWHERE + name))
        opened = self.read.dates[0].start if self.dateline else -1
        return sorted(place for place in found if place[0] > opened)

    def _joined_places(self, places: Sequence[tuple[int, int, str]]) -> bool:
        """Whether a number is for two places at once: "near Mosul and Raqqa"."""
        if len(places) < 2 or places[0][2] == places[1][2]:
            return False
        between = [self.read.norm(i) for i in range(places[0][1], places[1][0])]
        return len(between) == 1 and between[0] in self.words["both_places"] | {",", "&"}

    # -- when --------------------------------------------------------------------------------

    def _timed(self, statement: Statement, at: int, zone: ReadText) -> Statement:
        """The statement with the period nearest to its number, or the one carried over."""
        own = [p for p in zone.dates if p.period or p.issue]
        sentence = [p for p in self.read.dates if p.period or p.issue]
        earlier = [p for p in sentence if p.start < at]
        near = own or earlier or sentence[:1]
        phrase = min(near, key=lambda p: abs(p.start - at), default=None)
        if phrase is None:
            return self._carried(statement, zone)
        if phrase.period is None or not is_certain(phrase.period):
            return replace(statement, timing="unknown")
        ends = [p.period for p in near if p.period is not None and p.period.by]
        period = ends[0] if ends and phrase.period.since else phrase.period
        if self.words.has_phrase("since", self._words_before(phrase.start)):
            period = replace(period, since=not period.by)
        timing = "own" if own or earlier else "carried"
        timing = "dateline" if self.dateline and phrase is self.read.dates[0] else timing
        return replace(statement, period=period, timing=timing)

    def _words_before(self, position: int) -> list[str]:
        """The words up to a date that say how it is meant."""
        return [self.read.norm(i) for i in range(max(position - 12, 0), position)]

    def _carried(self, statement: Statement, zone: ReadText) -> Statement:
        said = [token.norm for token in self.read.tokens if token.norm in zone.forms]
        period = self.context.period
        if period is None or self.words.has_phrase("so_far", said):
            return statement
        if period.since or period.days > _LONGEST_CARRIED:
            return statement  # a war's whole length is no day for the strikes told of next
        timing = "dateline" if self.context.dateline else "carried"
        return replace(statement, period=period, timing=timing)

    # -- what limits it ------------------------------------------------------------------------

    def _limited(self, statement: Statement, at: int, head: Head, zone: ReadText, metric: str) -> Statement:
        """The statement with what keeps the record from bearing it out."""
        narrowing = [
            m.words for m in zone.mentions if m.has("mark", "restriction") and at < m.start < head.end
        ]
        if metric in (*_MONEY, "area_liberated") and self.foreign_unit(at):
            return replace(statement, problem="wrong_unit")
        if narrowing:
            return replace(statement, problem="restricted", word=narrowing[0])
        if not metric and statement.target is None:
            return replace(statement, problem="no_metric", word=head.word)
        return replace(statement, problem="no_year") if statement.timing == "unknown" else statement

    # -- what is left for the next -----------------------------------------------------------

    def _remember(self, statement: Statement) -> None:
        context = self.context
        self.context = replace(
            context,
            metric=statement.metric or context.metric,
            actor=statement.actors[0] if statement.actors else context.actor,
            place=statement.place or context.place,
            countries=unique((*context.countries, statement.place)),
        )

    def context_after(self) -> Context:
        """What the sentence leaves: the place, actor and period that it named last."""
        days = [p.period for p in self.read.dates if p.period is not None and is_certain(p.period)]
        named, others = places_of(self.read, self.vocabulary)
        places = named + tuple(ELSEWHERE + name for name in others)
        metrics = unique(i for m in self.read.named("metric") for i in m.ids("metric"))
        actors = actors_of(self.read, self.vocabulary)
        context = self.context
        return replace(
            context,
            metric=metrics[0] if len(metrics) == 1 and not self.counted else context.metric,
            actor=context.actor or next(iter(actors), ""),
            place=places[-1] if len(places) == 1 else context.place,
            period=days[-1] if days else context.period,
            dateline=self.dateline and len(days) == 1 if days else context.dateline,
        )
