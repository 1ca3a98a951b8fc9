"""Which of the words that no list explains can change an answer (SPEC rule 12).

A word foreign to the language always can. An ordinary one can where it narrows what is counted:
right before the metric ("night strikes"), after "by", "with" … ("by pilots"), or as what is counted
("how many barrels"). The rest is without weight, and said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asides import tells_of_oneself
from knowledge.reading import ReadText
from knowledge.slots import Slots
from knowledge.vocabulary import Vocabulary

#: Kinds of mentions that say nothing about what is asked.
_WEIGHTLESS = frozenset({"mark", "smalltalk", "operation", "group", "scope", "term"})
#: A text of at most this many words that names no metric is a fragment: all its words count.
_FRAGMENT = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """Unknown words: names of places, words that stop an answer, and words without weight."""

    places: tuple[str, ...]
    words: tuple[str, ...]
    ignored: tuple[str, ...]


def weigh(read: ReadText, slots: Slots, vocabulary: Vocabulary) -> Weighed:
    """Sort a question's unknown words by what they can change."""
    if not read.unknown:
        return Weighed((), (), ())
    scales = _Scales(read, slots, vocabulary)
    sorted_words: dict[str, list[str]] = {"place": [], "word": [], "": []}
    for position in read.unknown:
        sorted_words[scales.weight(position)].append(read.tokens[position].text)
    places, words, ignored = (tuple(dict.fromkeys(sorted_words[key])) for key in ("place", "word", ""))
    return Weighed(places, words, ignored)


class _Scales:
    def __init__(self, read: ReadText, slots: Slots, vocabulary: Vocabulary) -> None:
        self.read = read
        self.slots = slots
        self.vocabulary = vocabulary
        self.language = vocabulary.language
        self.lexicon = vocabulary.lexicon
        words = [token for token in read.tokens if token.kind == "word"]
        capitals = sum(token.capitalised for token in words)
        self.is_mixed_case = capitals > 0 and not all(t.text.isupper() for t in words)
        self.capitals_tell = self.is_mixed_case and 2 * capitals <= len(words)
        self.is_fragment = not slots.metrics and not slots.targets and len(words) <= _FRAGMENT
        self.weighty_sentences = {
            read.tokens[m.start].sentence
            for m in read.mentions
            if not _WEIGHTLESS.issuperset(meaning.kind for meaning in m.meanings)
        } | {read.tokens[phrase.start].sentence for phrase in read.dates}

    def weight(self, position: int) -> str:
        """``place``, ``word``, or empty for a word that changes nothing."""
        token = self.read.tokens[position]
        too_short = len(token.norm) < 2 and token.norm.isascii()
        aside = bool(self.weighty_sentences) and token.sentence not in self.weighty_sentences
        ordinary = self.lexicon.has(token.norm)
        aside = aside and (not self.is_fragment or ordinary)
        of_oneself = tells_of_oneself(self.read.tokens, position, self.vocabulary)
        if too_short or self._is_name_of_a_person(position) or aside or of_oneself:
            return ""
        marked = token.capitalised or not ordinary or not self.is_mixed_case
        if marked and self._stands_as_place(position):
            if self._qualifies_a_place(position):
                return "word"
            return "" if token.norm in self.language.parts["no_place"] else "place"
        if self.is_fragment and (self._names_something() or not self.slots.smalltalk):
            foreign = not ordinary and not (self._names_something() or self.read.dates)
            told_of = self.vocabulary.phrases.knows(token.norm)  # "MacFarland", by an event
            return "place" if (token.capitalised or foreign) and not told_of else "word"
        return "word" if not ordinary or self._narrows(position) else ""

    def _names_something(self) -> bool:
        slots = self.slots
        return bool(slots.places or slots.other_places or slots.effects or slots.actors)

    def _before(self, position: int) -> int:
        """The position of the word before, articles and the like skipped."""
        position -= 1
        while self.read.norm(position) in self.language.parts["articles"]:
            position -= 1
        return position

    def _stands_as_place(self, position: int) -> bool:
        """Whether a word follows "in" or "near", a place in a list, or the first part of a place's name."""
        at = self._before(position)
        before = self.read.norm(at)
        if before in self.language.parts["locating"]:
            return True
        capital = self.read.tokens[position].capitalised
        if before in self.language.parts["listing"]:
            listed = any(m.end == at and (m.ids("place") or m.ids("elsewhere")) for m in self.read.mentions)
            return capital and listed
        return capital and at == position - 1 and at in self.read.unknown and self._stands_as_place(at)

    def _qualifies_a_place(self, position: int) -> bool:
        """Whether a name only says which place is meant ("Mosul, Alabama"), and no list goes on."""
        at = self._before(position)
        goes_on = self.read.norm(position + 1) in self.language.parts["listing"]
        return (
            self.read.norm(at) == ","
            and not goes_on
            and any(m.end == at and m.ids("place") for m in self.read.mentions)
        )

    def _narrows(self, position: int) -> bool:
        """Whether an ordinary word limits what is counted."""
        word = self.read.tokens[position].norm
        if word in self.language.parts["colourless"]:
            return False
        if word.endswith("ing") and self.read.norm(position - 1) in self.language.parts["passive"]:
            return False  # "I am compiling strike counts"
        if any(m.start == position + 1 and m.ids("metric") for m in self.read.mentions):
            return True
        if self.read.norm(self._before(position)) in self.language.parts["instrument"]:
            return not word.endswith("ing")
        if self._ends_a_phrase(position):
            return True
        if self.read.norm(position + 1) in self.language.parts["forces"] or self._is_a_name(position):
            return True
        return self._tells_what_became(position) or any(
            m.has("operation", "how_many") and m.end == position
            for m in self.read.mentions
            if self.read.norm(m.end - 1) in self.language.parts["counting"]
        )

    def _ends_a_phrase(self, position: int) -> bool:
        """Whether a noun follows "in", "from", "without" … after the count ("strikes from carriers")."""
        at = self._before(position)
        if at in self.read.unknown:  # "in bad weather"
            at = self._before(at)
        sentence = self.read.tokens[position].sentence
        counted = any(
            m.ids("metric") and m.end <= at and self.read.tokens[m.start].sentence == sentence
            for m in self.read.mentions
        )
        return counted and self.read.norm(at) in self.language.parts["narrowing"]

    def _tells_what_became(self, position: int) -> bool:
        """Whether a verb says what became of what is counted ("strikes were cancelled", "died of hunger")."""
        mentions, before = self.read.mentions, self.read.norm(position - 1)
        counted = {m.end for m in mentions if m.ids("metric") or m.ids("target")}
        lost = {m.end for m in mentions if m.ids("group")}
        passive = before in self.language.parts["passive"]
        if position in counted or (passive and any(end <= position for end in counted | lost)):
            return True
        died_of = position - 1 in lost and before in ("of", "from", "in")
        return died_of or any(m.start == position + 1 and m.ids("group") for m in mentions)

    def _is_a_name(self, position: int) -> bool:
        """A capital inside a sentence of small letters names somebody or something that we don't know."""
        token = self.read.tokens[position]
        opens = position == 0 or self.read.tokens[position - 1].kind == "end"
        return self.capitals_tell and token.capitalised and not opens

    def _is_name_of_a_person(self, position: int) -> bool:
        """A name beside a greeting or an introduction: "Hi Bob,", "I'm Anna"."""
        greeted = self.read.norm(self._before(position)) in self.language.parts["introduction"]
        addressed = position == 0 and self.read.norm(position + 1) == ","
        return self.read.tokens[position].capitalised and (greeted or addressed)
