"""A sentence cut into one stretch a number, so that what is named falls to the number it belongs to."""

from __future__ import annotations

from knowledge.numerals import Numerals
from knowledge.reading import ReadText

#: Kinds of names that end the stretch of the number before them.
_NAMING = ("metric", "target", "place", "adjective", "elsewhere", "publisher")


class Clauses(Numerals):
    """Cuts one sentence between its numbers."""

    def cut(self, first: int, second: int) -> int:
        """Where the stretch of one number ends and that of the next begins."""
        joints = self.joints(first, second)
        for joint in joints:
            if self.leads(joint, second):
                return joint
        if joints:
            return joints[-1]
        named = [m for m in self.read.mentions if first < m.start < second]
        strong = [m.end for m in named if any(m.ids(kind) for kind in _NAMING)]
        strong += [p.end for p in self.read.dates if first < p.start < second]
        counted = any(m.ids("metric") or m.ids("target") for m in named)
        groups = [m.end for m in named if m.ids("group")] if not counted else []
        return min(max(strong + groups, default=second), second)

    def joints(self, first: int, second: int) -> list[int]:
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

    def leads(self, joint: int, second: int) -> bool:
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

    def part(self, start: int, end: int) -> ReadText:
        """What is read between two positions."""
        read = self.read
        return ReadText(
            read.tokens,
            tuple([m for m in read.mentions if start <= m.start < end]),
            tuple([p for p in read.dates if start <= p.start < end]),
            tuple([i for i in read.unknown if start <= i < end]),
            frozenset([token.norm for token in read.tokens[start:end]]),
        )

    def last(self, zone: ReadText) -> int:
        """Where the last thing named in a stretch ends."""
        return max((m.end for m in zone.mentions), default=0)
