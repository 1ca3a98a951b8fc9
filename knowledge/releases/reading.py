"""A release read line by line: what each line states, with the section, country and day it stands under.

A line that speaks of strikes and can't be read is handed on as it stands; the rest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from knowledge.models import each_day
from knowledge.releases.clauses import Clause, clauses_in
from knowledge.releases.datelines import body, dateline, main_days
from knowledge.releases.days import Anchor, Days, days_in, masked
from knowledge.releases.forms import DATED, Forms, alternatives
from knowledge.releases.hits import Hit, hits_in
from knowledge.releases.naming import BOTH, Names
from knowledge.releases.texts import Sentence

Span = tuple[date, date]
#: A longer line is no heading.
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """Strikes that a line states. `place` is a name as written; it is empty for a whole country or both.

    `days` is None where the text doesn't say them. `kind` is main for the days a release is about,
    late for earlier days that are reported after the fact, total for a running count.
    """

    line: int
    quoted: str
    kind: Literal["main", "late", "total"]
    place: str
    country: str
    days: Span | None
    strikes: int
    engagements: int | None = None
    hits: tuple[Hit, ...] = ()
    where: str = ""
    clocked: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that speaks of strikes but was not read, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a release states: its own days, its statements in order, and the lines that were not read.

    `undated` tells a text that says "yesterday" without a date of its own.
    """

    days: Span | None
    clocked: bool
    undated: bool
    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...]


@dataclass(slots=True)
class _State:
    """Where in a release the reader is.

    `days` are those that hold until others are named, `days_of` the ones named for a country alone,
    `said` the ones that the sentence itself has named so far; `late_place` is the one place that late
    reports were announced for.
    """

    country: str = ""
    late: bool = False
    late_place: str = ""
    days: Span | None = None
    days_of: dict[str, Span | None] = field(default_factory=dict)
    said: Span | None = None
    paragraph: int = -1
    found: list[Statement] = field(default_factory=list)
    opening: Statement | None = None
    unread: list[Unread] = field(default_factory=list)
    recent: int = 0

    def begin(self, days: Span | None, *, late: bool, country: str = "", place: str = "") -> None:
        """A part of the release begins: what follows is of these days, country and place."""
        self.late, self.country, self.late_place = late, country, place
        self.days, self.days_of = days, {}
        self.opening = None


def read_release(sentences: Sequence[Sentence], published: date, forms: Forms, names: Names) -> Reading:
    """Everything that the sentences of a release state about strikes."""
    dated = dateline(sentences, published, forms)
    day = dated or published
    anchor = Anchor(day, day - timedelta(days=1))
    main = main_days(sentences, anchor, forms)
    if main and main.span and main.first != main.last and not main.clocked:
        anchor = Anchor(day, main.last if not main.relative else anchor.yesterday)
    reader = _Reader(anchor, main, forms, names)
    for sentence in sentences:
        reader.take(sentence)
    state = reader.state
    return Reading(
        main.span if main else None,
        main.clocked if main else False,
        bool(main and main.relative and dated is None),
        tuple(state.found),
        tuple(state.unread),
    )


class _Reader:
    """Reads sentence after sentence, minding headings and what the lines above said."""

    def __init__(self, anchor: Anchor, main: Days | None, forms: Forms, names: Names) -> None:
        self.anchor, self.forms, self.names = anchor, forms, names
        self.main = main
        self.state = _State(days=main.span if main else None)

    def take(self, sentence: Sentence) -> None:
        """Read one sentence."""
        text = body(sentence.text, self.forms)
        days = days_in(text, self.anchor, self.forms)
        text = self._without_long_names(masked(text, days))
        if self._is_heading(sentence, text, days):
            return
        if sentence.paragraph != self.state.paragraph:
            self.state.paragraph, self.state.recent = sentence.paragraph, len(self.state.found)
        if self._is_zero(sentence, text, days):
            return
        clauses = clauses_in(text, days, self.forms, self.names)
        late = bool(clauses) and self.forms.has("late", text)
        if self._is_boilerplate(text) and not late and not any(clause.places for clause in clauses):
            return
        if clauses and self._is_running_total(sentence, text, clauses):
            return
        self._open_late(text, days, clauses)
        self.state.said = None
        for clause in clauses:
            self._state(sentence, text, clause)
        if not clauses:
            self._without_numbers(sentence, text)

    # -- headings ---------------------------------------------------------------------------------

    def _is_heading(self, sentence: Sentence, text: str, days: Sequence[Days]) -> bool:
        bare = text.strip(" :.*#-").casefold()
        if sentence.item or len(text) > _LONGEST_HEADING or self.forms.count.search(text):
            return False
        late = bare in self.forms.words["late_headings"]
        dated = re.fullmatch(rf"(?:{DATED}+,?\s*)(?:{self.forms.options['strikes']})", bare)
        section = re.fullmatch(
            rf"(?:(?:{self.forms.options['headings']})\s+)?(?P<name>{self.forms.options['countries']})"
            rf"(?:,\s*(?:{self.forms.options['late_headings']}))?",
            bare,
        )
        if late or dated:
            day = days[0].span if dated and days else None
            self.state.begin(day, late=not self._is_own(day))
        elif section:
            own = self.main.span if self.main else None
            self.state.begin(own, late=False, country=self.forms.countries[section["name"]])
        return bool(late or dated or section)

    def _is_earlier(self, span: Span | None) -> bool:
        """Whether days begin before those that the release is about."""
        own = self.main.span if self.main else None
        return span is not None and own is not None and span[0] < own[0]

    def _is_own(self, span: Span | None) -> bool:
        """Whether days are among those that the release is about."""
        own = self.main.span if self.main else None
        return span is not None and own is not None and own[0] <= span[0] and span[1] <= own[1]

    def _open_late(self, text: str, days: Sequence[Days], clauses: Sequence[Clause]) -> None:
        """A sentence that announces late reports; what follows is of the days and the place it names."""
        if self.forms.has("late", text):
            named = [clause.days for clause in clauses if clause.days] or days
            places = {place for clause in clauses for place in clause.places}
            only = places.pop() if len(places) == 1 else ""
            self.state.begin(named[0].span if named else None, late=True, place=only)

    def _is_boilerplate(self, text: str) -> bool:
        return self.forms.has("boilerplate", text)

    def _without_long_names(self, text: str) -> str:
        return self.forms.pattern["long_names"].sub(lambda m: "ISIS".ljust(len(m[0])), text)

    # -- statements -------------------------------------------------------------------------------

    def _is_zero(self, sentence: Sentence, text: str, days: Sequence[Days]) -> bool:
        """As in "There were no reported strikes in Iraq": a 0 for every day of the stretch."""
        if not self.forms.has("zero", text):
            return False
        if not sentence.whole:
            self.state.unread.append(Unread(sentence.line, sentence.text, "the sentence breaks off"))
            return True
        named = self.forms.country.search(text) or re.search(
            rf"\b(?P<first>{self.forms.options['countries']})\b(?P<second>)", text, re.IGNORECASE
        )
        country = self.forms.countries[named["first"].casefold()] if named else self.state.country
        if named and named["second"]:
            country = BOTH
        spans = [found.span for found in days] or [self.main.span if self.main else None]
        if not country or any(span is None for span in spans):
            reason = "no country is said" if not country else "the days are not said"
            self.state.unread.append(Unread(sentence.line, sentence.text, reason))
            return True
        for span in spans:
            if span:
                self._add_zeros(sentence, country, span)
        return True

    def _add_zeros(self, sentence: Sentence, country: str, span: Span) -> None:
        clocked = bool(self.main and self.main.clocked and self.main.span == span)
        for day in each_day(*span):
            zero = Statement(
                sentence.line, sentence.text, "main", "", country, (day, day), 0, 0, clocked=clocked
            )
            self.state.found.append(zero)

    def _is_running_total(self, sentence: Sentence, text: str, clauses: Sequence[Clause]) -> bool:
        """As in "has conducted a total of 160 airstrikes across Iraq": a count up to the release's day."""
        goes_on = (
            bool(self.state.found)
            and self.state.found[-1].kind == "total"
            and not any(c.days for c in clauses)
        )
        counted = self.forms.has("total_of", text) or goes_on
        if not (counted and self.forms.has("cumulative", text)):
            return False
        for clause in clauses:
            if not clause.country or clause.inexact or clause.places:
                reason = "a running count without a country"
                self.state.unread.append(Unread(sentence.line, sentence.text, reason))
                continue
            day = self.anchor.day
            alone = not self.forms.has("not_alone", text)
            total = Statement(
                sentence.line,
                sentence.text,
                "total",
                "",
                clause.country,
                (day, day),
                clause.strikes,
                alone=alone,
            )
            self.state.found.append(total)
        return True

    def _state(self, sentence: Sentence, text: str, clause: Clause) -> None:
        """What one number of strikes states, for its place, its country or the release."""
        problem = self._why_unread(clause, text)
        if problem:
            self.state.unread.append(Unread(sentence.line, sentence.text, problem))
            return
        places = clause.places or self._late_place(sentence, clause)
        span = clause.days.span if clause.days else self._days_of(clause)
        if not places and not sentence.item and self._is_earlier(span):
            self.state.begin(span, late=True)
        country = clause.country or ("" if clause.lead and not self.state.country else self.state.country)
        base = Statement(
            line=sentence.line,
            quoted=sentence.text,
            kind="late" if self.state.late or self._is_earlier(span) else "main",
            place="",
            country=country,
            days=span,
            strikes=clause.strikes,
            engagements=clause.engagements,
            clocked=bool(self.main and self.main.clocked and span == self.main.span),
        )
        hits = hits_in(clause.text, self.forms, whole=sentence.whole)
        if not places or (clause.lead and not self.state.late and country):
            self.state.found.append(replace(base, hits=() if places else hits))
        if clause.acts and (clause.days or self.state.said) and not sentence.item and not self.state.late:
            self._keep_days(country, span)
        if sentence.item and clause.places:
            self._without_opening(clause.places, span)
        for place in places:
            self.state.found.append(replace(base, place=place, hits=hits, where=clause.where))
        if not sentence.item:
            self.state.opening = self.state.found[-1] if clause.acts and len(places) == 1 else None

    def _without_opening(self, listed: Sequence[str], span: Span | None) -> None:
        """A sentence that names a place of the list below it told the whole of that list."""
        opening, found = self.state.opening, self.state.found
        if opening is None or opening not in found or opening.days != span:
            return
        place = self.names.place(opening.place)
        if place is None or place not in map(self.names.place, listed):
            return
        at = found.index(opening)
        lies = self.names.country(place) or ""
        whole = replace(opening, place="", where="", country=opening.country or lies)
        told = any(not s.place and (s.line, s.strikes) == (whole.line, whole.strikes) for s in found)
        found[at : at + 1] = [] if told else [whole]

    def _late_place(self, sentence: Sentence, clause: Clause) -> tuple[str, ...]:
        """The place that late reports were announced for, where an item of their list names none."""
        place = self.state.late_place if sentence.item and not clause.country else ""
        return (place,) if place else ()

    def _days_of(self, clause: Clause) -> Span | None:
        """The days of a clause that names none: its sentence's, else its country's, else those that hold."""
        if self.state.said:
            return self.state.said
        places = filter(None, map(self.names.place, clause.places))
        lies = next(filter(None, map(self.names.country, places)), "")
        return self.state.days_of.get(clause.country or self.state.country or lies, self.state.days)

    def _keep_days(self, country: str, span: Span | None) -> None:
        """Days that forces are said to have struck on hold on; of one country, for that one alone."""
        self.state.said = span
        if country and country != BOTH:
            self.state.days_of[country] = span
        else:
            self.state.days, self.state.days_of = span, {}

    def _why_unread(self, clause: Clause, text: str) -> str:
        if clause.days and re.search(
            rf"\b(?:{self.forms.options['since']})\s+$", text[: clause.days.start], re.IGNORECASE
        ):
            return "a time that is not the release's own"
        if clause.inexact:
            return f"no exact number: {clause.inexact} {clause.strikes}"
        if len(clause.places) > 1 and not clause.each:
            return f"one number for several places: {', '.join(clause.places)}"
        if (
            not clause.days
            and not self.state.late
            and not self.forms.pattern["near"].match(text)
            and self._is_elsewhen(text)
        ):
            return "a time that is not the release's own"
        if not (clause.places or clause.country or self.state.country or clause.lead or self.state.late):
            return "neither a place nor a country"
        return ""

    def _is_elsewhen(self, text: str) -> bool:
        """Whether a sentence speaks of a time that is told neither by a date nor by the release's days."""
        months = re.search(rf"\b(?:{alternatives(m.capitalize() for m in self.forms.months)})\b(?!')", text)
        return months is not None or self.forms.has("other_times", text)

    def _without_numbers(self, sentence: Sentence, text: str) -> None:
        """A sentence that goes on about the strikes just told of, or a list item that was not read."""
        if self.forms.has("the_strikes", text) and self.state.recent < len(self.state.found):
            self._add_hits(sentence, text)
        elif sentence.whole and (sentence.item or self._opens_like_a_line(text)):
            self.state.unread.append(Unread(sentence.line, sentence.text, "no number of strikes"))

    def _opens_like_a_line(self, text: str) -> bool:
        """Whether a sentence begins as the lines on places do."""
        return self.forms.pattern["near"].match(text) is not None and self.forms.has("strikes", text)

    def _add_hits(self, sentence: Sentence, text: str) -> None:
        """What "the strikes" hit: of the one place just named, else of the country."""
        hits = hits_in(text, self.forms, whole=sentence.whole)
        told = self.state.found[self.state.recent :]
        placed = [statement for statement in told if statement.place]
        if not hits or len(placed) > 1:
            return
        chosen = placed[0] if placed else told[-1]
        at = self.state.found.index(chosen)
        self.state.found[at] = replace(chosen, hits=(*chosen.hits, *hits))
