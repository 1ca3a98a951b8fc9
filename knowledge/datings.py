"""The dates that a sentence gives for happenings on record: when a battle began, a town was freed.

A date belongs to the verb of its own clause. A clause that speaks of a part of a place, of somebody else's
doing or of a count tells no date of an event, and words that can mean both sides ("fell", "took") never
contradict one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.models import Event, Period, first_day, last_day
from knowledge.passages import ClaimWords, Sentence, is_certain
from knowledge.reading import Mention, ReadText
from knowledge.roles import ENEMY, actors_of
from knowledge.statement import Statement
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Cues, Vocabulary

#: A date of more days is too wide to be right or wrong.
_WIDEST = 31
#: A clause that counts these tells no date of a battle ("began 27 strikes").
_OF_STRIKES = frozenset({"strikes", "engagements", "weapons_released", "munitions", "sorties"})
_OURS = frozenset({"coalition", "united-states", "coalition-and-partner-forces", "syrian-democratic-forces"})
_OURS_TOO = frozenset({"iraqi-forces", "iraqi-government", "peshmerga", "coalition-partners"})


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that a text gives; `events` are what it can mean, `sure` tells that it means one of them."""

    quoted: str
    period: Period
    events: tuple[str, ...]
    actors: tuple[str, ...] = ()
    sure: bool = True


def is_dated(event: Event, period: Period) -> bool:
    """Whether a date on record lies within the one of a text: it is as exact, or more so."""
    first, last = _days(event)
    return period.first <= first and last <= period.last


def may_be_dated(event: Event, period: Period) -> bool:
    """Whether a date on record that is less exact leaves the one of a text open."""
    first, last = _days(event)
    return first <= period.last and period.first <= last


def _days(event: Event) -> tuple[date, date]:
    return first_day(event.start), last_day(event.end or event.start)


class DatingFinder:
    """Finds the datings of sentences."""

    def __init__(self, vocabulary: Vocabulary, words: ClaimWords) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._cuts = words["cuts"] | {";", ":", "("}

    def find(self, sentence: Sentence, place: str, told: Sequence[Statement]) -> tuple[Dating, ...]:
        """The datings of a sentence; `place` was named last, `told` are its numbers."""
        verbs = (
            self._words["began"] | self._words["ended"] | self._words["ended_unsure"] | self._words["first"]
        )
        if verbs.isdisjoint(sentence.read.forms):
            return ()
        found = []
        for phrase, start, end in self._clauses(sentence):
            dating = self._dating(sentence, phrase, start, end, place, told)
            found += [dating] if dating is not None else []
        return tuple(found)

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[DatePhrase, int, int]]:
        """Each date with the stretch of its clause."""
        read = sentence.read
        for index, phrase in enumerate(read.dates):
            if sentence.dateline and index == 0:
                continue
            start = max((i + 1 for i in range(phrase.start) if self._cuts_at(read, i)), default=0)
            later = range(phrase.end, len(read.tokens))
            end = min((i for i in later if self._cuts_at(read, i)), default=len(read.tokens))
            others = [other for other in read.dates if other is not phrase]
            for other in others:
                if start <= other.start < phrase.start:
                    joint = [
                        i for i in range(other.end, phrase.start) if read.norm(i) in self._words["joints"]
                    ]
                    start = joint[0] + 1 if joint else phrase.start
                if phrase.end <= other.start < end:
                    joint = [
                        i for i in range(phrase.end, other.start) if read.norm(i) in self._words["joints"]
                    ]
                    end = joint[-1] if joint else other.start
            yield phrase, start, end

    def _cuts_at(self, read: ReadText, position: int) -> bool:
        return read.norm(position) in self._cuts

    def _dating(
        self,
        sentence: Sentence,
        phrase: DatePhrase,
        start: int,
        end: int,
        before: str,
        told: Sequence[Statement],
    ) -> Dating | None:
        period = phrase.period
        if period is None or not is_certain(period) or period.days > _WIDEST:
            return None
        if period.by or period.since or period.published:
            return None
        clause = _part(sentence.read, start, end)
        counted = any(s.metric in _OF_STRIKES or s.target is not None for s in told)
        verb = self._verb(clause, start, end, counted)
        if not verb:
            return None
        places = self._places(sentence.read, clause, before, verb, bool(told))
        if places is None:
            return None
        actors = self._actors(clause)
        events = tuple(
            cues.id
            for cues in self._vocabulary.event_cues
            if self._fits(cues, clause, verb, places) and self._can_be_theirs(cues, clause)
        )
        if not events:
            return None
        quoted = sentence.text[clause.tokens[start].start : clause.tokens[end - 1].end].strip(" ,.")
        unsure = verb == "ended" and self._words["ended"].isdisjoint(clause.forms)
        return Dating(quoted, period, events, actors, sure=not unsure)

    def _verb(self, clause: ReadText, start: int, end: int, counted: bool) -> str:
        """What a clause says happened: something ``ended``, ``began`` or was the ``first``."""
        forms = clause.forms
        if not self._words["undone"].isdisjoint(forms):
            return ""
        begins = not (self._words["began"].isdisjoint(forms) or self._words["battles"].isdisjoint(forms))
        if not begins and self._has_ended(clause, start, end):
            return "ended"
        if counted:
            return ""
        if not self._words["first"].isdisjoint(forms) and not self._words["air"].isdisjoint(forms):
            return "first"
        if begins:
            return "began"
        aired = not self._words["air"].isdisjoint(forms) and not self._words["began"].isdisjoint(forms)
        return "first" if aired else ""

    def _has_ended(self, clause: ReadText, start: int, end: int) -> bool:
        """Whether a verb says that something was over: not one that says what for ("to retake Mosul")."""
        verbs = self._words["ended"] | self._words["ended_unsure"]
        aims = self._words["aims"]
        return any(clause.norm(i) in verbs and clause.norm(i - 1) not in aims for i in range(start, end))

    def _fits(self, cues: Cues, clause: ReadText, verb: str, places: set[str]) -> bool:
        """Whether a clause tells of an event: by its own words, its place, and the kind of its verb."""
        own = set(cues.places)
        if (cues.needs_place or places) and not places & own:
            return False
        kinds = {
            "ended": self._words["ended"] | self._words["ended_unsure"],
            "began": self._words["began"],
            "first": self._words["first"] | self._words["began"],
        }
        told = kinds[verb] & clause.forms
        line = f" {' '.join(t.norm for t in clause.tokens if t.kind == 'word')} "
        heads = [group for group in cues.groups if group.words & kinds[verb]]
        if not any(group.words & told for group in heads):
            return False
        of_air = any(group.words & self._words["air"] for group in cues.groups)
        if of_air != (verb == "first"):
            return False
        return all(group.is_met(clause.forms, line) for group in cues.groups)

    def _places(
        self, read: ReadText, clause: ReadText, before: str, verb: str, told: bool
    ) -> set[str] | None:
        """The places of a clause; None where it speaks of a part of one, or of one beyond the record."""
        found: set[str] = set()
        for mention in clause.mentions:
            if mention.ids("elsewhere") and not mention.ids("actor") and not mention.ids("place"):
                return None
            if not mention.ids("place") or read.tokens[mention.end - 1].possessive:
                continue
            at = mention.start - 1
            while read.norm(at) in self._vocabulary.language.parts["articles"] | {"-"}:
                at -= 1
            if (read.norm(at) in self._words["parts_of_places"] and verb != "first") or not self._is_whole(
                read, mention
            ):
                return None
            inside = read.norm(at) in self._vocabulary.language.parts["locating"]
            if verb == "ended" and told and inside and self._words["victories"].isdisjoint(clause.forms):
                return None  # people were freed there, not the place
            found.add(mention.ids("place")[0])
        if not found and before and not self._words["pronouns"].isdisjoint(clause.forms):
            found.add(before)
        return found

    def _is_whole(self, read: ReadText, mention: Mention) -> bool:
        """Whether no noun follows a place that only bears its name: "Mosul airport"."""
        after = read.norm(mention.end)
        at = mention.end
        if at >= len(read.tokens) or read.tokens[at].kind != "word" or any(d.start == at for d in read.dates):
            return True
        words = self._words
        if after.endswith(tuple(words["verb_endings"])):
            return True
        verbs = words["began"] | words["ended"] | words["ended_unsure"] | words["stops"]
        return after in verbs | words["battles"] | words["pronouns"] | words["air"] | words["first"]

    def _actors(self, clause: ReadText) -> tuple[str, ...]:
        return actors_of(clause, self._vocabulary)

    def _can_be_theirs(self, cues: Cues, clause: ReadText) -> bool:
        """Whether nobody else is said to have done it: what ISIS took is no victory over it."""
        actors = set(self._actors(clause))
        if self._is_done_by_isis(clause):
            return cues.actor == ENEMY
        return cues.actor in actors or actors <= (_OURS | _OURS_TOO)

    def _is_done_by_isis(self, clause: ReadText) -> bool:
        verbs = self._words["ended"] | self._words["ended_unsure"] | self._words["began"]
        for mention in clause.mentions:
            if mention.ids("actor")[:1] != (ENEMY,):
                continue
            at = mention.start - 1
            while clause.norm(at) in self._vocabulary.language.parts["articles"]:
                at -= 1
            if clause.norm(at) in self._words["by_whom"] or clause.norm(mention.end) in verbs:
                return True
        return False


def _part(read: ReadText, start: int, end: int) -> ReadText:
    return ReadText(
        read.tokens,
        tuple(m for m in read.mentions if start <= m.start < end),
        tuple(d for d in read.dates if start <= d.start < end),
        tuple(i for i in read.unknown if start <= i < end),
        frozenset(t.norm for t in read.tokens[start:end]),
    )
