"""The numbers of a sentence that count something, and the noun that each counts.

Numbers that name or measure (dates, ages, pages, phone numbers, list numbers, "F-16", "5 km") count nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.passages import ClaimWords, Sentence
from knowledge.reading import Mention
from knowledge.roles import ENEMY
from knowledge.vocabulary import Vocabulary

STRIKES = "strikes"
#: A larger number names no runway, bus or line.
_MOST_NAMED = 999


@dataclass(frozen=True, slots=True)
class Head:
    """What stands after a number as the thing counted: a metric, a target, a group or a foreign noun.

    `share` tells that the number is some of it: "17 of the strikes".
    """

    kind: str = ""
    id: str = ""
    end: int = 0
    word: str = ""
    share: bool = False


class Numerals:
    """Reads the numbers of one sentence."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, words: ClaimWords) -> None:
        self.read = sentence.read
        self.text = sentence.text
        self.vocabulary = vocabulary
        self.words = words
        self.dated = {i for phrase in self.read.dates for i in range(phrase.start, phrase.end)}
        self.starts = {m.start: m for m in self.read.mentions}
        self._heads: dict[int, Head] = {}
        self.inside = {i for m in self.read.mentions for i in range(m.start, m.end)}

    def is_range(self, first: int, second: int) -> bool:
        """Whether two numbers are the ends of a range: "8,106 to 12,980", "between 10 and 12"."""
        between = [self.read.tokens[i].norm for i in range(first + 1, second)]
        between = [word for word in between if word != "$"]
        if len(between) != 1 or between[0] not in self.words["ranges"]:
            return False
        opened = self.read.norm(first - 1) in self.words["range_opened"]
        return between[0] != "and" or opened

    def is_number(self, at: int) -> bool:
        """Whether a token is a number that counts something."""
        token = self.read.tokens[at]
        if token.kind != "number" or token.value is None or token.ordinal:
            return False
        if (
            at in self.dated
            or at in self.inside
            or self._is_numbering(at)
            or self.is_percentage(at)
            or self._is_fraction(at)
        ):
            return False
        if self.is_difference(at):
            return False
        written = token.text.isdigit() and len(token.text) == 4 and 1900 <= token.value <= 2100
        return not (written and not self.head(at).kind)

    def is_percentage(self, at: int) -> bool:
        """Whether a number is a share of something: "5 percent", "5%"."""
        return self.read.norm(at + 1) in self.words["percent"]

    def is_part(self, at: int) -> bool:
        """Whether a number is a percentage or a fraction."""
        return self.is_percentage(at) or self._is_fraction(at)

    def _is_fraction(self, at: int) -> bool:
        """Whether a number is part of "three quarters", "three in four", "one out of five"."""
        norm = self.read.norm
        if norm(at + 1) in self.words["fractions"]:
            return True
        pairs = ((at, at + 2), (at, at + 3), (at - 2, at), (at - 3, at))
        return any(
            " ".join(norm(i) for i in range(one + 1, other)) in self.words["out_of"]
            and 0 <= one < other < len(self.read.tokens)
            and all(self.read.tokens[i].kind == "number" for i in (one, other))
            for one, other in pairs
        )

    def is_difference(self, at: int) -> bool:
        """Whether a number tells how many more there were here than there: "20 more strikes … than …"."""
        compared = self.read.norm(at + 1) in self.words["comparing"]
        return compared and not self.words["than"].isdisjoint(t.norm for t in self.read.tokens[at:])

    def _is_numbering(self, at: int) -> bool:
        """Whether a number names or measures rather than counts: "page 3", "F-16", "1.", "5 km", "06:40"."""
        tokens, token = self.read.tokens, self.read.tokens[at]
        if self._is_of_a_clock(at) or self._goes_on_numbering(at) or self._names_a_thing(at):
            return True
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if (
            before is not None
            and before.norm in self.words["of"]
            and self.read.norm(at - 2) in self.words["kin"]
        ):
            return True
        if token.text[:1] == "0" and len(token.text) > 1 and "." not in token.text:
            return True
        if before is not None and (before.norm in self.words["numbered"] or before.text in "+/="):
            return True
        if before is not None and before.kind == "dash" and before.end == token.start and at > 1:
            ends_range = "," in token.text and "," in tokens[at - 2].text
            return (
                tokens[at - 2].end == before.start
                and tokens[at - 2].kind in ("word", "number")
                and not ends_range
            )
        if before is not None and before.kind == "number" and at - 1 not in self.dated:
            return True
        if after is None or (at == 0 and after.text in (")", ".")):
            return at == 0
        if after.kind == "number" and at + 1 not in self.dated:
            return True
        glued = after.kind in ("word", "dash") and after.end and self.text[token.end : token.end + 1] == ":"
        return bool(glued) or self.measures(at)

    def _is_of_a_clock(self, at: int) -> bool:
        """Whether a number stands in "06:40" or "2:1": digits on both sides of a colon without a space."""
        token = self.read.tokens[at]
        before, after = self.text[: token.start][-2:], self.text[token.end :][:2]
        return (before[-1:] == ":" and before[:1].isdigit()) or (after[:1] == ":" and after[1:].isdigit())

    def _goes_on_numbering(self, at: int) -> bool:
        """Whether a number is the second of "aged 34 and 51", "pages 3 to 5"."""
        joined = self.read.norm(at - 1) in self.words["ranges"] | {","}
        earlier = self.read.tokens[at - 2] if at > 1 and joined else None
        if earlier is None or earlier.kind != "number" or self.head(at).kind:
            return False
        return self.read.norm(at - 3) in self.words["numbered"]

    def _names_a_thing(self, at: int) -> bool:
        """Whether a small number stands alone after an unknown noun: "runway 31", "bus 27"."""
        token, before = self.read.tokens[at], self.read.norm(at - 1)
        named = any(m.end == at and m.ids("target") and not before.endswith("s") for m in self.read.mentions)
        if (
            (at - 1 not in self.read.unknown and not named)
            or not token.text.isdigit()
            or (token.value or 0) > _MOST_NAMED
        ):
            return False
        is_verb = before.endswith(tuple(self.words["verb_endings"])) or self.read.norm(at - 2) == "to"
        return not is_verb and not self.head(at).kind

    def measures(self, at: int) -> bool:
        """Whether a unit of time or distance follows; "a day" after money and "hit 27 times" are none."""
        if self.is_times_struck(at):
            return False
        after = at + 1
        while self.read.norm(after) == "-":
            after += 1
        return self.read.norm(after) in self.words["measures"]

    def is_times_struck(self, at: int) -> bool:
        """Whether a number tells how many times something was struck, by others than ISIS."""
        if self.read.norm(at + 1) not in self.words["times"]:
            return False
        verbs = [i for i, token in enumerate(self.read.tokens) if token.norm in self.words["struck"]]
        by_isis = {m.end for m in self.read.mentions if m.ids("actor")[:1] == (ENEMY,)}
        return bool(verbs) and by_isis.isdisjoint(verbs)

    # -- what a number counts ----------------------------------------------------------------

    def head(self, at: int) -> Head:
        """The noun after a number, its adjectives skipped."""
        if at not in self._heads:
            self._heads[at] = self._head(at)
        return self._heads[at]

    def _head(self, at: int) -> Head:
        if self.read.norm(at + 1) in self.words["of"]:
            return self._head_of_a_share(at)
        if self.is_times_struck(at):
            return Head("metric", STRIKES, at + 2)
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
            if self._ends_a_noun(position):
                break
            known = mention is not None and (mention.ids("actor") or mention.ids("adjective"))
            if not known and token.norm not in self.vocabulary.language.parts["colourless"]:
                word = word or ("" if token.norm.endswith("ly") else token.text)
            position = mention.end if mention is not None else position + 1
        return Head("noun", "", position, word) if word else Head(end=at + 1)

    def _ends_a_noun(self, position: int) -> bool:
        """Whether a word can stand in no noun phrase; "more" ends one in "two more hit Mosul"."""
        norm = self.read.norm(position)
        return norm in self.words["stops"] or (
            norm in self.words["comparing"] and position + 1 not in self.starts
        )

    def _head_of_a_share(self, at: int) -> Head:
        """What "17 of the coalition's 27 strikes" counts; nothing where no metric follows closely."""
        if self.points_back(at):
            return Head(end=at + 1)
        for position in range(at + 2, min(at + 9, len(self.read.tokens))):
            mention = self.starts.get(position)
            if mention is not None and mention.ids("metric"):
                return Head("metric", mention.ids("metric")[0], mention.end, share=True)
            if self.read.norm(position) in self.words["stops"] - self.words["of"] - self.words["pointing"]:
                break
        return Head(end=at + 1, share=True)

    def points_back(self, at: int) -> bool:
        """Whether a number is some of what was counted before: "nine of them", "of these, nine"."""
        norm, alone = self.read.norm, self.words["pointing_alone"]
        if norm(at + 1) in self.words["of"]:
            return norm(at + 2) in alone or norm(at + 3) in self.words["pairs"]
        before = at - 1 - (norm(at - 1) == ",")
        return norm(before) in alone and norm(before - 1) in self.words["of"]

    def _named(self, mention: Mention) -> Head | None:
        if mention.ids("metric"):
            return Head("metric", mention.ids("metric")[0], mention.end)
        if mention.ids("target"):
            return Head("target", mention.ids("target")[0], mention.end)
        if mention.ids("group") and not mention.has("group", "per_day"):
            return Head("group", mention.ids("group")[0], mention.end)
        return None

    def is_money(self, at: int) -> bool:
        """Whether a number is a sum of U.S. dollars."""
        sign = self.read.tokens[at - 1].text == "$" if at else False
        return sign or self.read.norm(at + 1) in self.words["money"]

    def foreign_unit(self, at: int) -> bool:
        """Whether a number stands in a unit that the record does not count in: euros, square miles."""
        after = f"{self.read.norm(at + 1)} {self.read.norm(at + 2)}"
        units = self.words["foreign_units"]
        before = self.read.tokens[at - 1].text if at else ""
        return before in units or after in units or self.read.norm(at + 1) in units
