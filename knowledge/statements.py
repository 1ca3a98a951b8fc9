"""The claims of a sentence: each number with what it counts, whose doing, where, when and by whom told.

A sentence is cut into one stretch a number. What is named within a stretch belongs to its number;
what a stretch leaves open is carried over from the stretch or the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.doers import Doers
from knowledge.numerals import Head
from knowledge.passages import LOSSES, ClaimWords, Sentence, is_certain
from knowledge.reading import ReadText
from knowledge.roles import actors_of, places_of, publishers_of, unique
from knowledge.slots import Slots, is_loss, named_slots, qualifier_before, qualifier_length
from knowledge.statement import ELSEWHERE, Context, Statement
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Vocabulary

_MONEY = ("cost", "cost_per_day")
#: What others consist of: "22 strikes consisting of 28 engagements, nine of them near Raqqa".
_PARTS = ("engagements",)
#: A period of more days than this is not carried over to the next sentence.
_LONGEST_CARRIED = 366
#: So few words and marks lie between "cost" and its sum.
_NEAR = 6


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


class _SentenceReader(Doers):
    def __init__(
        self, sentence: Sentence, context: Context, vocabulary: Vocabulary, words: ClaimWords
    ) -> None:
        super().__init__(sentence, context, vocabulary, words)
        self.publishers = publishers_of(self.read, vocabulary)

    # -- which numbers -----------------------------------------------------------------------

    def statements(self) -> tuple[Statement, ...]:
        """Every number of the sentence that counts something."""
        counting = {i for i in self.numbers if self.is_number(i)}
        numbers = [i for i in self.numbers if i in counting or self.is_part(i)]
        found: list[Statement] = []
        for index, at in enumerate(numbers):
            if at not in counting:
                continue
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
            return self._money(zone, at)
        if head.kind == "metric":
            return head.id
        if head.kind == "group":
            return (
                self._composed(zone, slots)
                or self._composed(self.part(0, self.last(zone)), None)
                or self._composed(self.part(at, len(self.read.tokens)), None)
            )
        if head.kind == "noun":
            if head.word.casefold() in self.words["persons"]:
                return self._composed(zone, slots)
            is_area = self.foreign_unit(at) and not self.words["areas"].isdisjoint(
                (self.read.norm(at + 1), self.read.norm(at + 2))
            )
            return "area_liberated" if is_area and self._is_freed() else ""
        if self.points_back(at) and self.context.headed:
            return self.context.headed
        return self._open_metric(at, zone, slots)

    def _open_metric(self, at: int, zone: ReadText, slots: Slots) -> str:
        """The metric of a number with no noun; none where "the toll" speaks of losses that nobody named."""
        before = self.part(0 if not zone.mentions else zone.mentions[0].start, at)
        named = [m.ids("metric")[0] for m in before.named("metric") if m.start < at]
        composed = self._composed(zone, slots)
        if not composed and not named and zone.groups() & LOSSES and not is_loss(self.context.metric):
            return ""
        return composed or (named[-1] if named else "") or self.context.metric

    def _is_freed(self) -> bool:
        """Whether a sentence speaks of land that changed hands."""
        return not self.words["freed"].isdisjoint(self.read.forms)

    def _speaks_of_money(self, slots: Slots) -> bool:
        return self.context.metric in _MONEY or bool(set(slots.metrics) & set(_MONEY))

    def _money(self, zone: ReadText, at: int) -> str:
        before = ("cost",) if self.context.metric in _MONEY else ()
        metrics = [m for m in named_slots(zone, self.vocabulary, before).metrics if m in _MONEY]
        if not metrics:  # "at a cost of $5.53 billion": the word stands right before the stretch
            near = named_slots(self.part(max(at - _NEAR, 0), at), self.vocabulary).metrics
            metrics = [m for m in near if m in _MONEY]
        if metrics:
            return metrics[-1] if "cost_per_day" not in metrics else "cost_per_day"
        return "cost" if before else ""

    def _composed(self, zone: ReadText, slots: Slots | None) -> str:
        """The metric that word groups name together ("civilians … killed")."""
        if not zone.named("group"):
            return ""
        carried = (self.context.metric,) if self.context.metric else ()
        slots = slots or named_slots(zone, self.vocabulary, carried)
        found = slots.metrics or named_slots(zone, self.vocabulary, carried).metrics
        plain = {i for m in zone.named("metric") for i in m.ids("metric")}
        return next((metric for metric in found if metric not in plain), "")

    # -- a statement ---------------------------------------------------------------------------

    def _statement(self, at: int, start: int, end: int) -> Statement | None:
        zone = self.part(start, end)
        slots = named_slots(zone, self.vocabulary)
        head = self.head(at)
        if self._is_of_another_war(start, end, slots) or self._is_set_against(at, head, slots):
            return None
        if self._is_foretold(start, at):
            return None
        if not head.kind and not self.words["speakers"].isdisjoint(zone.forms):
            return None
        metric = self._metric(at, head, zone, slots)
        if metric in _MONEY and not self._is_of_the_war(slots):
            return None
        target = head.id if head.kind == "target" else None
        is_counted = not self.is_money(at) and self._is_of_the_campaign(head, slots)
        if not metric and target is None and not is_counted:
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
            standing=not self.words["standing"].isdisjoint(self.read.forms),
        )
        statement = (
            self._share_placed(statement, at, head, zone, slots)
            if head.share
            else self._placed(statement, at, zone, slots)
        )
        statement = self._unbound(self._timed(statement, at, zone), zone, slots)
        if statement.problem == "no_place" or self._is_before_the_campaign(statement):
            return None
        if target is not None and statement.period is None:
            return None  # targets are only counted by day: without one nothing is claimed that can be checked
        return self._limited(statement, at, head, zone, metric)

    def _is_of_the_campaign(self, head: Head, slots: Slots) -> bool:
        """Whether a foreign noun is counted in a sentence on what the record speaks of."""
        if head.kind not in ("noun", "group"):
            return False
        people = head.kind == "group" or not self.words["losses"].isdisjoint(self.read.forms)
        return bool(slots.metrics or slots.actors or (slots.places and people))

    def _quoted(self, at: int, head: Head) -> str:
        tokens = self.read.tokens
        first = at - 1 if at and tokens[at - 1].text in "$€£" else at
        first -= qualifier_length(self.read, first, self.vocabulary)
        last = max(min(head.end, len(tokens)) - 1, at)
        return self.text[tokens[first].start : tokens[last].end].strip()

    def _cited(self, at: int) -> tuple[str, ...]:
        """The source that the sentence names elsewhere; one set against another tells only its own."""
        split = {";"} | self.words["contrasts"]
        if split.isdisjoint(self.read.forms):
            return self.publishers
        cuts = [i for i, token in enumerate(self.read.tokens) if token.norm in split]
        start = max((i for i in cuts if i < at), default=0)
        end = min((i for i in cuts if i > at), default=len(self.read.tokens))
        return publishers_of(self.part(start, end), self.vocabulary)

    # -- when --------------------------------------------------------------------------------

    def _timed(self, statement: Statement, at: int, zone: ReadText) -> Statement:
        """The statement with the period nearest to its number, or the one carried over."""
        sentence = [p for p in self.read.dates if p.period or p.issue not in ("", "impossible")]
        told_on = [p for p in sentence if self._is_of_telling(p)]
        if len(told_on) < len(sentence):
            sentence = [p for p in sentence if p not in told_on]
        own = [p for p in sentence if p in zone.dates]
        if not own and self._is_moved_on(at, at + _NEAR):
            return replace(statement, timing="unknown")
        earlier = [p for p in sentence if p.start < at]
        near = own or earlier or sentence[:1]
        phrase = min(near, key=lambda p: abs(p.start - at), default=None)
        if phrase is None:
            return self._carried(statement, zone)
        if phrase.period is None or not is_certain(phrase.period) or self._is_counted_from(phrase):
            return replace(statement, timing="unknown")
        ends = [p.period for p in near if p.period is not None and p.period.by]
        period = ends[0] if ends and phrase.period.since else phrase.period
        if self.words.has_phrase("since", self._words_before(phrase.start)):
            period = replace(period, since=not period.by)
        elif self.read.norm(phrase.start - 1) in self.words["until"]:
            period = replace(period, by=True)
        others = [p.period for p in sentence if p.period and p is not phrase and is_certain(p.period)]
        if period.since and len(others) == 1 and others[0].first > period.first:
            period = replace(others[0], by=True)  # "31,406 since August 2014, in the November 2018 report"
        timing = "own" if own or earlier else "carried"
        timing = "told" if phrase in told_on else timing
        timing = "dateline" if self.dateline and phrase is self.read.dates[0] else timing
        return replace(statement, period=period, timing=timing)

    def _is_of_telling(self, phrase: DatePhrase) -> bool:
        """Whether a date is when something was said: "officials said on 11 June"."""
        saying = self.words["saying"]
        return any(self.read.norm(i) in saying for i in range(max(phrase.start - 3, 0), phrase.start))

    def _is_counted_from(self, phrase: DatePhrase) -> bool:
        """Whether a date is some months or years after another that only the sense can tell."""
        units = self.vocabulary.language.calendar.units
        within = [self.read.norm(i) for i in range(phrase.start, phrase.end)]
        long = any(units.get(word, "day") != "day" for word in within)
        return phrase.relative and long and not self.words["shifted"].isdisjoint(within)

    def _words_before(self, position: int) -> list[str]:
        """The words up to a date that say how it is meant."""
        return [self.read.norm(i) for i in range(max(position - 12, 0), position)]

    def _carried(self, statement: Statement, zone: ReadText) -> Statement:
        said = [token.norm for token in self.read.tokens if token.norm in zone.forms]
        period = self.context.period
        if self._is_moved_on(0, len(self.read.tokens)):
            return replace(statement, timing="unknown")
        if period is None or self.words.has_phrase("so_far", said):
            return statement
        if period.since or period.days > _LONGEST_CARRIED:
            return statement  # a war's whole length is no day for the strikes told of next
        timing = "dateline" if self.context.dateline else "carried"
        return replace(statement, period=period, timing=timing)

    def _is_moved_on(self, start: int, end: int) -> bool:
        """Whether a time is told by how long after another it was: "eighteen months on", "a year later"."""
        shifted, units = self.words["shifted"], self.vocabulary.language.calendar.units
        return any(
            self.read.norm(i) in units and self.read.norm(i + 1) in shifted and i not in self.dated
            for i in range(start, min(end, len(self.read.tokens)))
        )

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
        carried = context.actor if self._shares_actor(statement.metric) else ""
        self.context = replace(
            context,
            metric=statement.metric or context.metric,
            headed=context.headed if statement.metric in _PARTS else statement.metric or context.headed,
            actor=statement.actors[0] if statement.actors else carried,
            place=statement.place or context.place,
            countries=unique((*context.countries, statement.place)),
        )

    def context_after(self) -> Context:
        """What the sentence leaves: the place, actor and period that it named last."""
        days = [p.period for p in self.read.dates if p.period is not None and is_certain(p.period)]
        if not self.counted and any(m.has("scope", "other_war") for m in self.read.mentions):
            return self.context
        named, others = places_of(self.read, self.vocabulary)
        seats = [m.ids("elsewhere")[0] for m in self.read.named("elsewhere") if self._is_seat(m.start, m.end)]
        places = named + tuple(ELSEWHERE + name for name in others if name not in seats)
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
