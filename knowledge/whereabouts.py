"""Where a number of a sentence counts: the place nearest to it, or the one that the text spoke of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.clauses import Clauses
from knowledge.numerals import Head
from knowledge.passages import ClaimWords, Sentence
from knowledge.reading import ReadText
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.slots import Slots, named_slots
from knowledge.statement import ELSEWHERE, Context, Statement
from knowledge.vocabulary import Vocabulary
from knowledge.weighing import weigh


class Whereabouts(Clauses):
    """Reads the places of one sentence.

    `context` is what those before left, `counted` whether this one has counted something already.
    """

    def __init__(
        self, sentence: Sentence, context: Context, vocabulary: Vocabulary, words: ClaimWords
    ) -> None:
        super().__init__(sentence, vocabulary, words)
        self.dateline = sentence.dateline
        self.context = context
        self.counted = False
        self.numbers = [i for i, token in enumerate(self.read.tokens) if token.kind == "number"]

    def _placed(self, statement: Statement, at: int, zone: ReadText, slots: Slots) -> Statement:
        """The statement with the place nearest to its number, or the one carried over."""
        named = self._places(zone, slots)
        after = [entry for entry in named if entry[0] > at]
        before = [entry for entry in named if entry[0] < at]
        if before and before[-1][1] == at:
            return replace(statement, place=before[-1][2])  # "Mosul three, Bayji two, Kisik one"
        if after and self._joined_places(after):
            return replace(statement, problem="several_places", place=after[0][2])
        if after or before:
            return replace(statement, place=(after[0] if after else before[-1])[2])
        place = self._place_around(statement, at, zone)
        both = place in COUNTRIES and set(COUNTRIES) <= set(self.context.countries)
        return replace(statement, place=place, or_both=both)

    def _share_placed(
        self, statement: Statement, at: int, head: Head, zone: ReadText, slots: Slots
    ) -> Statement:
        """The place of "17 of the strikes in Syria were near Raqqa": not the one that the whole is in."""
        named = self._places(zone, slots)
        after = [entry for entry in named if entry[0] > head.end + 2]
        before = [entry for entry in named if entry[0] < at]
        whole = [entry for entry in named if at < entry[0] <= head.end + 2]
        if after or before:
            return replace(statement, place=(after[0] if after else before[-1])[2])
        return replace(statement, problem="no_place") if whole or not head.kind else statement

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
        further = self._places(rest, named_slots(rest, self.vocabulary)) if named else []
        if further:
            return further[0][2]
        later = self._only_place_after(at) if not self.context.place and not self.counted else ""
        if later:
            return later
        if not self.words["totals"].isdisjoint(zone.forms) and set(COUNTRIES) <= set(self.context.countries):
            return BOTH_COUNTRIES
        return self.context.place

    def _only_place_after(self, at: int) -> str:
        """The one place that the rest of a clause names: "27 strikes, 35 engagements: that was Syria"."""
        split = {";"} | self.words["contrasts"]
        end = next((i for i in range(at, len(self.read.tokens)) if self.read.norm(i) in split), None)
        rest = self.part(at, len(self.read.tokens) if end is None else end)
        named = {place for _, _, place in self._places(rest, named_slots(rest, self.vocabulary))}
        return named.pop() if len(named) == 1 else ""

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
        return sorted(p for p in found if p[0] > opened and not self._is_seat(p[0], p[1]))

    def _is_seat(self, start: int, end: int) -> bool:
        """Whether a person or publisher sits in a place: "based in London", "Airwars, a London monitor"."""
        norm, parts = self.read.norm, self.vocabulary.language.parts
        if start in self.starts and self.starts[start].ids("place"):
            return False
        after = norm(end + (norm(end) == "-"))
        if after in self.words["based"] or (
            norm(start - 1) in parts["locating"] and norm(start - 2) in self.words["seated"]
        ):
            return True
        if norm(start - 1) in parts["articles"] and norm(start - 2) == ",":
            return self._is_a_name(start - 3) and norm(end) in self.words["bodies"]
        return norm(start - 1) in self.words["hailing"] and self._is_a_person(start - 2)

    def _is_a_name(self, position: int) -> bool:
        """Whether a source or somebody unknown is named at a position."""
        named = any(m.end == position + 1 and m.ids("publisher") for m in self.read.mentions)
        return named or self._is_a_person(position)

    def _is_a_person(self, position: int) -> bool:
        return position in self.read.unknown and self.read.tokens[position].capitalised

    def _joined_places(self, places: Sequence[tuple[int, int, str]]) -> bool:
        """Whether a number is for two places at once: "near Mosul and Raqqa"."""
        if len(places) < 2 or places[0][2] == places[1][2]:
            return False
        between = [self.read.norm(i) for i in range(places[0][1], places[1][0])]
        return len(between) == 1 and between[0] in self.words["both_places"] | {",", "&"}
