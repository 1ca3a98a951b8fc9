"""The claims of a sentence: each number with what it counts, whose doing, where, when and by whom told.

A sentence is cut into one stretch a number. What is named within a stretch belongs to its number;
what a stretch leaves open is carried over from the stretch or the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.mentions import Mention, ReadText
from knowledge.models import Number, Period
from knowledge.passages import ClaimWords, Sentence, is_certain
from knowledge.slots import Slots, qualifier_before, slots_of
from knowledge.vocabulary import Vocabulary
from knowledge.weighing import weigh

ELSEWHERE = "elsewhere:"
_NAMING = ("metric", "target", "place", "adjective", "elsewhere", "publisher")
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
    publishers: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands after a number as the thing counted: a metric, a target, a group or a foreign noun."""

    kind: str = ""
    id: str = ""
    end: int = 0
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


class _SentenceReader:
    def __init__(
        self, sentence: Sentence, context: Context, vocabulary: Vocabulary, words: ClaimWords
    ) -> None:
        self.read = sentence.read
        self.text = sentence.text
        self.dateline = sentence.dateline
        self.context = context
        self.vocabulary = vocabulary
        self.words = words
        self.counted = False
        self.dated = {i for phrase in self.read.dates for i in range(phrase.start, phrase.end)}
        self.starts = {m.start: m for m in self.read.mentions}
        self.inside = {i for m in self.read.mentions for i in range(m.start, m.end)}

    # -- which numbers -----------------------------------------------------------------------

    def statements(self) -> tuple[Statement, ...]:
        """Every number of the sentence that counts something."""
        if self.read.named("scope") and any(m.has("scope", "other_war") for m in self.read.mentions):
            return ()
        numbers = [i for i in range(len(self.read.tokens)) if self._is_number(i)]
        found: list[Statement] = []
        for index, at in enumerate(numbers):
            start = self._cut(numbers[index - 1], at) if index else 0
            end = self._cut(at, numbers[index + 1]) if index + 1 < len(numbers) else len(self.read.tokens)
            statement = self._statement(at, *self._shared(numbers, index, start, end))
            if statement is not None:
                found.append(statement)
                self.counted = True
                self._remember(statement)
        return tuple(found)

    def _shared(self, numbers: Sequence[int], index: int, start: int, end: int) -> tuple[int, int]:
        """The stretch of a number; the two ends of a range share theirs."""
        at = numbers[index]
        if index + 1 < len(numbers) and self._is_range(at, numbers[index + 1]):
            after = numbers[index + 2] if index + 2 < len(numbers) else None
            return start, self._cut(numbers[index + 1], after) if after else len(self.read.tokens)
        if index and self._is_range(numbers[index - 1], at):
            return self._cut(numbers[index - 2], numbers[index - 1]) if index > 1 else 0, end
        return start, end

    def _is_range(self, first: int, second: int) -> bool:
        """Whether two numbers are the ends of a range: "8,106 to 12,980", "between 10 and 12"."""
        between = [self.read.tokens[i].norm for i in range(first + 1, second)]
        between = [word for word in between if word != "$"]
        if len(between) != 1 or between[0] not in self.words["ranges"]:
            return False
        opened = self.read.norm(first - 1) in self.words["range_opened"]
        return between[0] != "and" or opened

    def _is_number(self, at: int) -> bool:
        token = self.read.tokens[at]
        if token.kind != "number" or token.value is None or token.ordinal:
            return False
        if at in self.dated or at in self.inside or self._is_numbering(at):
            return False
        written = token.text.isdigit() and len(token.text) == 4 and 1900 <= token.value <= 2100
        return not (written and not self._head(at).kind)

    def _is_numbering(self, at: int) -> bool:
        """Whether a number names or measures rather than counts: "page 3", "F-16", "34-year-old", "1.", "5 km"."""
        tokens, token = self.read.tokens, self.read.tokens[at]
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text[:1] == "0" and len(token.text) > 1 and "." not in token.text:
            return True
        if before is not None and (before.norm in self.words["numbered"] or before.text in "+/="):
            return True
        if before is not None and before.kind == "dash" and before.end == token.start and at > 1:
            return tokens[at - 2].end == before.start and tokens[at - 2].kind in ("word", "number")
        if before is not None and before.kind == "number" and at - 1 not in self.dated:
            return True
        if after is None or (at == 0 and after.text in (")", ".")):
            return at == 0
        if after.kind == "number" and at + 1 not in self.dated:
            return True
        glued = after.kind in ("word", "dash") and after.end and self.text[token.end : token.end + 1] == ":"
        return bool(glued) or self._measures(at)

    def _measures(self, at: int) -> bool:
        """Whether a unit of time or distance follows; "a day" after money is none."""
        after = at + 1
        while self.read.norm(after) == "-":
            after += 1
        return self.read.norm(after) in self.words["measures"]

    # -- what a number counts ----------------------------------------------------------------

    def _head(self, at: int) -> _Head:
        """The noun after a number, its adjectives skipped."""
        position, word = at + 1, ""
        while position < min(at + 9, len(self.read.tokens)):
            token, mention = self.read.tokens[position], self.starts.get(position)
            if position in self.dated or token.kind not in ("word", "dash"):
                break
            if token.kind == "dash":
                if token.start != self.read.tokens[position - 1].end:
                    break
                position += 1
                continue
            if mention is not None:
                head = self._named(mention)
                if head is not None:
                    return head
                if mention.ids("place") or (mention.ids("elsewhere") and not mention.ids("actor")):
                    break
            if token.norm in self.words["stops"]:
                break
            known = mention is not None and (mention.ids("actor") or mention.ids("adjective"))
            if not known and token.norm not in self.vocabulary.language.parts["colourless"]:
                word = word or ("" if token.norm.endswith("ly") else token.text)
            position = mention.end if mention is not None else position + 1
        return _Head("noun", "", position, word) if word else _Head(end=at + 1)

    def _named(self, mention: Mention) -> _Head | None:
        if mention.ids("metric"):
            return _Head("metric", mention.ids("metric")[0], mention.end)
        if mention.ids("target"):
            return _Head("target", mention.ids("target")[0], mention.end)
        if mention.ids("group") and not mention.has("group", "per_day"):
            return _Head("group", mention.ids("group")[0], mention.end)
        return None

    def _is_money(self, at: int, head: _Head) -> bool:
        sign = self.read.tokens[at - 1].text == "$" if at else False
        return sign or self.read.norm(at + 1) in self.words["money"]

    def _foreign_unit(self, at: int) -> bool:
        after = f"{self.read.norm(at + 1)} {self.read.norm(at + 2)}"
        units = self.words["foreign_units"]
        before = self.read.tokens[at - 1].text if at else ""
        return before in units or after in units or self.read.norm(at + 1) in units

    def _metric(self, at: int, head: _Head, zone: ReadText, slots: Slots) -> str:
        """The metric of a number; empty where nothing on record is counted by these words."""
        if self._is_money(at, head) or (self._foreign_unit(at) and self._speaks_of_money(slots)):
            return self._money(zone)
        if head.kind == "metric":
            return head.id
        if head.kind == "group":
            return self._composed(zone, slots) or self._composed(self._part(0, self._last(zone)), None)
        if head.kind == "noun":
            if head.word.casefold() in self.words["persons"]:
                return self._composed(zone, slots)
            area = [m for m in slots.metrics if m == "area_liberated"]
            return area[0] if area and self._foreign_unit(at) else ""
        before = self._part(0 if not zone.mentions else zone.mentions[0].start, at)
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

    # -- the stretch of a number ---------------------------------------------------------------

    def _cut(self, first: int, second: int) -> int:
        """Where the stretch of one number ends and that of the next begins."""
        joints = self._joints(first, second)
        for joint in joints:
            if self._leads(joint, second):
                return joint
        if joints:
            return joints[-1]
        named = [m for m in self.read.mentions if first < m.start < second]
        strong = [m.end for m in named if any(m.ids(kind) for kind in _NAMING)]
        strong += [p.end for p in self.read.dates if first < p.start < second]
        counted = any(m.ids("metric") or m.ids("target") for m in named)
        groups = [m.end for m in named if m.ids("group")] if not counted else []
        return min(max(strong + groups, default=second), second)

    def _joints(self, first: int, second: int) -> list[int]:
        """The first of every run of commas and "and"s between two numbers."""
        marks = self.vocabulary.language.parts["listing"] | {
            ";",
            "while",
            "but",
            ":",
            "with",
            "whereas",
            "plus",
        }
        found = [
            i
            for i in range(first + 1, second)
            if self.read.norm(i) in marks and i not in self.dated and not self._is_inside(i)
        ]
        return [i for i in found if i - 1 not in found]

    def _is_inside(self, position: int) -> bool:
        mention = next((m for m in self.read.mentions if m.start <= position < m.end), None)
        return mention is not None and mention.end - mention.start > 1

    def _leads(self, joint: int, second: int) -> bool:
        """Whether "in PLACE", "PLACE:" or a date follows a joint: it then belongs to the next number."""
        marks = self.vocabulary.language.parts["listing"] | {";", "while", "but", "with", "whereas", "plus"}
        position = joint
        while position < second and self.read.norm(position) in marks:
            position += 1
        skipped = position
        while self.read.norm(skipped) in self.vocabulary.language.parts["locating"] | {"on", "the"}:
            skipped += 1
        mention = self.starts.get(skipped)
        is_place = mention is not None and bool(mention.ids("place") or mention.ids("elsewhere"))
        if skipped > position:
            return is_place or skipped in self.dated
        end = mention.end if mention is not None else position
        return is_place and (end == second or self.read.norm(end) in (":", "saw", "had", "with", "("))

    def _part(self, start: int, end: int) -> ReadText:
        """What is read between two positions."""
        read = self.read
        return replace(
            read,
            mentions=tuple(m for m in read.mentions if start <= m.start < end),
            dates=tuple(p for p in read.dates if start <= p.start < end),
            unknown=tuple(i for i in read.unknown if start <= i < end),
            forms=frozenset(token.norm for token in read.tokens[start:end]),
        )

    def _last(self, zone: ReadText) -> int:
        return max((m.end for m in zone.mentions), default=0)

    # -- a statement ---------------------------------------------------------------------------

    def _statement(self, at: int, start: int, end: int) -> Statement | None:
        zone = self._part(start, end)
        slots = slots_of(zone, self.vocabulary)
        head = self._head(at)
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
            publishers=slots.publishers or self._cited(),
        )
        statement = self._placed(statement, at, zone, slots)
        statement = self._timed(statement, at, zone)
        if target is not None and statement.period is None:
            return None  # targets are only counted by day: without one nothing is claimed that can be checked
        return self._limited(statement, at, head, zone, metric)

    def _is_of_the_campaign(self, head: _Head, slots: Slots) -> bool:
        """Whether a foreign noun is counted in a sentence on what the record speaks of."""
        if head.kind not in ("noun", "group"):
            return False
        return bool(slots.metrics or slots.places or slots.actors)

    def _quoted(self, at: int, head: _Head) -> str:
        tokens = self.read.tokens
        first = at - 1 if at and tokens[at - 1].text in "$€£" else at
        last = max(min(head.end, len(tokens)) - 1, at)
        return self.text[tokens[first].start : tokens[last].end].strip()

    def _cited(self) -> tuple[str, ...]:
        """The source that the sentence names outside the stretch."""
        return slots_of(self.read, self.vocabulary).publishers

    def _actors(self, at: int, zone: ReadText, slots: Slots, metric: str) -> tuple[str, ...]:
        """Whose doing it is: the subject before the number, or who is named right by it."""
        composed = {g for c in self.vocabulary.compositions if c.metric == metric for g in c.groups}
        ours = [
            (m, m.ids("actor")[0])
            for m in zone.mentions
            if m.ids("actor") and m.ids("actor")[0] in slots.actors and not self._is_aided(m)
        ]
        if any(f"actor:{actor}" in composed for _, actor in ours):
            return ()
        before = [actor for m, actor in ours if m.start < at]
        after = [actor for m, actor in ours if m.start > at and self._acts_after(m, at)]
        found = after[:1] or before[-1:]
        if found or metric == "":
            return tuple(found)
        return (self.context.actor,) if self.context.actor and self._shares_actor(metric) else ()

    def _shares_actor(self, metric: str) -> bool:
        metrics = self.vocabulary.metrics
        mine = metrics[metric].default_actor if metric in metrics else "coalition"
        theirs = metrics[self.context.metric].default_actor if self.context.metric in metrics else "coalition"
        return mine == theirs

    def _is_aided(self, mention: Mention) -> bool:
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
        return replace(statement, place=self.context.place)

    def _places(self, zone: ReadText, slots: Slots) -> list[tuple[int, int, str]]:
        """Places of a stretch: where each begins and ends, and its id."""
        found: list[tuple[int, int, str]] = []
        for mention in zone.mentions:
            ids = [i for kind in ("place", "adjective") for i in mention.ids(kind) if i in slots.places]
            ids += [ELSEWHERE + i for i in mention.ids("elsewhere") if i in slots.other_places]
            found += [(mention.start, mention.end, ids[0])] if ids else []
        for name in weigh(zone, slots, self.vocabulary).places:
            at = next(i for i in zone.unknown if self.read.tokens[i].text == name)
            if self.read.norm(at) not in self.words["no_places"] and self.read.tokens[at].capitalised:
                found.append((at, at + 1, ELSEWHERE + name))
        return sorted(found)

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
        near = own or [p for p in sentence if p.start < at] or sentence[:1]
        phrase = min(near, key=lambda p: abs(p.start - at), default=None)
        if phrase is None:
            return self._carried(statement, zone)
        if phrase.period is None or not is_certain(phrase.period):
            return replace(statement, timing="unknown")
        ends = [p.period for p in near if p.period is not None and p.period.by]
        period = ends[0] if ends and phrase.period.since else phrase.period
        if self.words.has_phrase("since", self._words_before(phrase.start)):
            period = replace(period, since=not period.by)
        timing = "dateline" if self.dateline and phrase is self.read.dates[0] else "own"
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

    def _limited(self, statement: Statement, at: int, head: _Head, zone: ReadText, metric: str) -> Statement:
        """The statement with what keeps the record from bearing it out."""
        narrowing = [
            m.words for m in zone.mentions if m.has("mark", "restriction") and at < m.start < head.end
        ]
        if metric in (*_MONEY, "area_liberated") and self._foreign_unit(at):
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
        )

    def context_after(self) -> Context:
        """What the sentence leaves: the place, actor and period that it named last."""
        slots = slots_of(self.read, self.vocabulary)
        days = [p.period for p in self.read.dates if p.period is not None and is_certain(p.period)]
        places = slots.places + tuple(ELSEWHERE + name for name in slots.other_places)
        context = self.context
        return replace(
            context,
            metric=slots.metrics[0] if len(slots.metrics) == 1 and not self.counted else context.metric,
            actor=context.actor or next(iter(slots.actors), ""),
            place=places[-1] if len(places) == 1 else context.place,
            period=days[-1] if days else context.period,
            dateline=self.dateline and len(days) == 1 if days else context.dateline,
        )
