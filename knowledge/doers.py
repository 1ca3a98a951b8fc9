"""Whose doing a number of a sentence counts: the subject before it, or who is named right by it."""

from __future__ import annotations

from knowledge.doubts import Doubts
from knowledge.reading import Mention, ReadText
from knowledge.slots import Slots

#: With these beside it a nation stands for all.
_ALL = frozenset({"coalition", "coalition-partners"})


class Doers(Doubts):
    """Reads the actors of one sentence."""

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
        if self._is_of_all(mention):
            return "coalition"
        led = self.read.norm(mention.end + (self.read.norm(mention.end) == "-"))
        return "coalition" if led in self.words["led"] else mention.ids("actor")[0]

    def _is_aided(self, mention: Mention) -> bool:
        after = self.read.norm(mention.end + (self.read.norm(mention.end) == "-"))
        if after in self.words["backed"]:
            return True
        before = mention.start - 1
        while self.read.norm(before) in self.vocabulary.language.parts["articles"]:
            before -= 1
        whose = self.read.norm(before) in self.words["of"] and self._ends_a_metric(before)
        return self.read.norm(before) in self.words["aided"] and not whose  # "the strikes of the coalition"

    def _ends_a_metric(self, position: int) -> bool:
        return any(m.end == position and m.ids("metric") for m in self.read.mentions)

    def _acts_after(self, mention: Mention, at: int) -> bool:
        before = mention.start - 1
        while self.read.norm(before) in self.vocabulary.language.parts["articles"]:
            before -= 1
        return self.read.norm(before) in self.words["direct"] or before == at

    def _is_of_all(self, mention: Mention) -> bool:
        """Whether a name stands beside its partners': "U.S. and partner aircraft"."""
        joined = self.words["both_places"] | {"&"}
        for one, other in ((mention, self.starts.get(mention.end + 1)), (self._before(mention), mention)):
            if one is None or other is None or self.read.norm(one.end) not in joined:
                continue
            if one.ids("actor")[:1] == ("united-states",) and set(other.ids("actor")) & _ALL:
                return True
        return False

    def _before(self, mention: Mention) -> Mention | None:
        return next((m for m in self.read.mentions if m.end == mention.start - 1), None)
