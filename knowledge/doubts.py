"""What keeps a number of a sentence from being a claim on the campaign: other wars, plans, bare pairs."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from knowledge.numerals import Head
from knowledge.passages import OPENS, is_certain
from knowledge.slots import Slots
from knowledge.statement import Statement
from knowledge.whereabouts import Whereabouts

#: No figure but of losses is for a time before.
_CAMPAIGN = date(2014, 6, 1)
#: A name and a mark stand before an age.
_LEAST_NAMED = 2


class Doubts(Whereabouts):
    """Tells numbers that assert nothing on the campaign."""

    @cached_property
    def _compares(self) -> bool:
        """Whether a number of the sentence is a difference."""
        return any(map(self.is_difference, self.numbers))

    @cached_property
    def _other_wars(self) -> tuple[int, ...]:
        """Where the sentence names other wars."""
        named = [m.start for m in self.read.mentions if m.has("scope", "other_war")]
        words = self.words["other_wars"]
        return tuple(named + [i for i, token in enumerate(self.read.tokens) if token.norm in words])

    def _is_of_another_war(self, start: int, end: int, slots: Slots) -> bool:
        """Whether a stretch, or what its sentence says before it, tells of another war."""
        within = any(start <= i < end for i in self._other_wars)
        return within or (any(i < start for i in self._other_wars) and not slots.places)

    def _is_set_against(self, at: int, head: Head, slots: Slots) -> bool:
        """Whether a bare number belongs to a comparison that no stretch tells apart ("27 against seven")."""
        bare = not head.kind and not head.share
        if bare and self._compares:
            return True
        alone = bare and not slots.places
        if bare and (self._is_paired(at) or self._is_of_something_named(at) or self._is_an_age(at)):
            return True
        if self.read.norm(at + 3) in self.words["former"] and self.points_back(at) and not slots.places:
            return True
        shared = (head.share and not head.kind) or (self.read.norm(at - 1) in self.words["of"] and alone)
        return shared or (alone and self.read.norm(at - 1) in self.words["set_against"])

    def _is_of_something_named(self, at: int) -> bool:
        """Whether a bare number stands behind the colon of a label that the record knows nothing of."""
        label = range(at - 1)
        named = any(m.start < at for m in self.read.mentions) or not self.dated.isdisjoint(label)
        return self.read.norm(at - 1) == ":" and not named and any(i in self.read.unknown for i in label)

    def _is_an_age(self, at: int) -> bool:
        """Whether a bare number stands behind a person ("the author, 43, …", "Ali Hassan (43)")."""
        marks = (self.read.norm(at - 1), self.read.norm(at + 1))
        if at < _LEAST_NAMED or any(m.end == at - 1 for m in self.read.mentions):
            return False
        person = self.read.tokens[at - 2]
        called = person.capitalised and at - 2 in self.read.unknown
        closed = marks == ("(", ")") or (marks[0] == "," and marks[1] in (".", ""))
        return person.value is None and (marks == (",", ",") or (closed and called))

    def _is_paired(self, at: int) -> bool:
        """Whether two bare numbers stand side by side ("Iraq saw 7 and 35"), each of something else."""
        for one, other in ((at, at + 2), (at - 2, at)):
            joined = self.read.norm(one + 1) in self.words["both_places"] and one >= 0
            ends = joined and other < len(self.read.tokens) and {one, other} <= set(self.numbers)
            if ends and not self.is_range(one, other) and not (self.head(one).kind or self.head(other).kind):
                return not {one, other} & self.dated
        return False

    def _is_foretold(self, start: int, at: int) -> bool:
        """Whether a number is planned or expected, by the words before it in its own clause or quotation."""
        opened = (i + 1 for i in range(start, at) if self.read.tokens[i].text in OPENS)
        clause = range(max(opened, default=start), at)
        return not self.words["unasserted"].isdisjoint(self.read.norm(i) for i in clause)

    def _is_of_the_war(self, slots: Slots) -> bool:
        """Whether a sum of money is said of the campaign, not of a ticket."""
        known = self.context.metric or self.context.place or self.context.period
        named = slots.places or slots.actors or slots.periods or slots.publishers
        about = any(m.ids("place") or m.ids("actor") or m.ids("publisher") for m in self.read.mentions)
        return bool(known or named or about or not self.words["wars"].isdisjoint(self.read.forms))

    def _is_before_the_campaign(self, statement: Statement) -> bool:
        """Whether a count ended before there was a campaign; losses are counted since 2001."""
        period = statement.period
        ended = period is not None and not period.since and period.last < _CAMPAIGN and is_certain(period)
        return ended and not statement.metric.startswith("us_")
