"""Answers that are no plain figures: lists, dates of events, definitions, provenance, questions back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import Answerer, Reply
from knowledge.models import (
    Assertion,
    Block,
    Event,
    Fact,
    Figure,
    Period,
    Query,
    Source,
    Span,
    Thread,
    first_day,
    last_day,
)
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.stretches import DatePhrase
from knowledge.understanding import BY_TARGET, ELSEWHERE, Understanding
from knowledge.wording import day_text, iso_text


class Replies:
    """Everything that is answered in lists or words."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording

    # -- places and targets ---------------------------------------------------------------------

    def places_struck(self, understood: Understanding) -> Reply:
        """The places that the reports of a period name, with each one's count."""
        query = understood.query
        outside = self._outside(query)
        if outside is not None:
            return outside
        periods, pinned = self._periods(query)
        areas = self._areas(query)
        facts = [f for p in periods for f in self.store.places_struck(areas, p.first, p.last)]
        if not facts:
            return self._nothing_listed(query, "strikes")
        figures = tuple(map(self.answerer.selector.figure, facts))
        totals = self._by_place(facts)
        rows = [
            Block("item", (Span(name), Span(f": {self.wording.number(n)}"))) for name, n in totals.items()
        ]
        head = self._list_head("places_struck", query, periods)
        return self._list(head, rows, figures, pinned, understood)

    def targets_hit(self, understood: Understanding) -> Reply:
        """The targets that the reports of a period name, by place, with counts and effects."""
        query = understood.query
        outside = self._outside(query)
        if outside is not None:
            return outside
        periods, pinned = self._periods(query)
        areas = self._areas(query)
        facts = [f for p in periods for f in self.store.targets_hit(areas, p.first, p.last, query.targets)]
        if query.effects:
            facts = [f for f in facts if f.effect in query.effects] if _narrows(query) else facts
        if not facts:
            return self._nothing_listed(query, "targets_hit")
        figures = tuple(map(self.answerer.selector.figure, facts))
        if query.targets and len(facts) > 1 and self._is_one_count(query, facts):
            return self._target_total(query, facts, periods, understood)
        if query.targets and len(facts) == 1:
            blocks = [self.wording.figure_block(figures[0]), *self.wording.source_blocks(figures)]
            return Reply("figure", (*blocks, *self._remarks(pinned, understood)), figures)
        rows = [
            Block(
                "item",
                (
                    Span(f"{f.place}: " if len(areas) > 1 else ""),
                    Span(self.wording.value(f), bold=True),
                    Span(self._on(f, periods)),
                ),
            )
            for f in figures
        ]
        return self._list(self._list_head("targets_hit", query, periods), rows, figures, pinned, understood)

    def _is_one_count(self, query: Query, facts: Sequence[Fact]) -> bool:
        """Whether counts are of one target with one effect, so that they can be added up."""
        return len({(f.target, f.effect, f.series) for f in facts}) == 1 and bool(query.periods)

    def _target_total(
        self, query: Query, facts: Sequence[Fact], periods: Sequence[Period], understood: Understanding
    ) -> Reply:
        """One target's counts from several reports or places, added up in the open."""
        parts = tuple(map(self.answerer.selector.figure, facts))
        sources = tuple(dict.fromkeys(part.source for part in parts))
        place = query.places[0] if len(query.places) == 1 else BOTH_COUNTRIES
        total = replace(
            parts[0],
            fact=None,
            value=sum(fact.value or 0 for fact in facts),
            unit=self.answerer.selector.unit_of_many(facts[0]),
            place=self.vocabulary.places[place].name,
            start=periods[0].first.isoformat(),
            end=periods[-1].last.isoformat(),
            sources=sources,
        )
        days = len({(fact.start, fact.end) for fact in facts})
        asked = sum(period.days for period in periods)
        note = self.wording.say(
            "total", reports=self.wording.reports(len(sources)), covered=days, asked=asked
        )
        rows = [
            Block(
                "item",
                (Span(f"{self.wording.value(p)} {self.wording.where(p.place)} {self.wording.when(p)}"),),
            )
            for p in parts
        ]
        blocks = [
            self.wording.figure_block(total),
            Block("body", (Span(note),)),
            *rows,
            *self.wording.source_blocks((total,)),
        ]
        return Reply("total", (*blocks, *self._remarks(False, understood)), (total,))

    def _on(self, figure: Figure, periods: Sequence[Period]) -> str:
        several = len(periods) > 1 or periods[0].days > 1
        return ", " + self.wording.when(figure) if several else ""

    def _periods(self, query: Query) -> tuple[tuple[Period, ...], bool]:
        """The periods asked for; without one, the day of the founding report, which is said."""
        if query.periods:
            return tuple(self._report_days(p) for p in query.periods), False
        pins = [pin for country in COUNTRIES for pin in self.store.pins("strikes", country) if pin.start]
        if query.in_total or not pins:
            return (Period(first_day("2014"), last_day("2100")),), False
        day = first_day(pins[0].start or "")
        return (Period(day, day),), True

    def _report_days(self, period: Period) -> Period:
        """The days that releases published in a period speak of."""
        if not period.published:
            return period
        facts = [
            f
            for c in COUNTRIES
            for f in self.store.published_on("strikes", c, "coalition", period.first, period.last)
        ]
        if not facts:
            return period
        return Period(first_day(facts[0].start or ""), last_day(facts[0].end or facts[0].start or ""))

    def _areas(self, query: Query) -> tuple[str, ...]:
        """The places asked for, a country standing for all its own."""
        wanted = query.places or (BOTH_COUNTRIES,)
        areas: list[str] = []
        for place in wanted:
            countries = COUNTRIES if place in (BOTH_COUNTRIES, "operation-inherent-resolve") else (place,)
            for one in countries:
                cities = self.vocabulary.cities_of(one)
                areas += (*cities, one) if cities else (one,)
        return tuple(dict.fromkeys(areas))

    def _by_place(self, facts: Sequence[Fact]) -> dict[str, float]:
        totals: dict[str, float] = {}
        for fact in facts:
            name = self.vocabulary.places[fact.place].name
            totals[name] = totals.get(name, 0) + (fact.value or 0)
        return totals

    def _list_head(self, key: str, query: Query, periods: Sequence[Period]) -> Block:
        where = " and ".join(self.wording.where(self.vocabulary.places[p].name) for p in query.places)
        when = ", ".join(self.wording.period(p) for p in periods if p.last.year < 2100)
        return Block(
            "headline", (Span(" ".join(self.wording.say(key, where=where, when=when).split()), bold=True),)
        )

    def _list(
        self,
        head: Block,
        rows: list[Block],
        figures: tuple[Figure, ...],
        pinned: bool,
        understood: Understanding,
    ) -> Reply:
        blocks = (head, *rows, *self.wording.source_blocks(figures), *self._remarks(pinned, understood))
        return Reply("list", blocks, figures)

    def _remarks(self, pinned: bool, understood: Understanding) -> list[Block]:
        remarks = [self.wording.block("aside", "pinned_day")] if pinned else []
        return [*remarks, *self.answerer.inherited(understood)]

    def _outside(self, query: Query) -> Reply | None:
        names = [p.removeprefix(ELSEWHERE) for p in query.places if p.startswith(ELSEWHERE)]
        known = [p for p in query.places if not p.startswith(ELSEWHERE)]
        if query.actors and query.actors[0] not in ("coalition",):
            return self.answerer.nothing(query, self._empty(query))
        if names and not known:
            return Reply(
                "unknown", (self.wording.block("headline", "place_unknown", place=", ".join(names)),)
            )
        return None

    def _empty(self, query: Query) -> list:  # type: ignore[type-arg]  # findings of the answerer
        asked = replace(query, metrics=query.metrics or ("strikes",), targets=())
        return [self.answerer.find(request) for request in self.answerer.requests_of(asked)]

    def _nothing_listed(self, query: Query, metric: str) -> Reply:
        request = self.answerer.requests_of(replace(query, metrics=(metric,), targets=query.targets))[0]
        what = self.answerer.describe(request)
        return Reply(
            "unknown",
            (
                self.wording.block("headline", "not_on_record", what=what),
                self.wording.block("aside", "nothing_named"),
            ),
        )

    # -- events -----------------------------------------------------------------------------------

    def event(self, identifier: str) -> Reply:
        """When something happened, rival dates beside the record's own."""
        events = self.store.events(identifier)
        lead = events[0]
        blocks = [self.wording.event_block(lead)]
        blocks += [self.wording.block("body", "event_by", actor=self.vocabulary.actors[lead.actor].name)]
        blocks += [self.wording.block("body", "event_where", place=self.vocabulary.places[lead.place].name)]
        for rival in events[1:]:
            blocks.append(
                self.wording.block(
                    "body", "rival_date", source=rival.source.publisher, date=iso_text(rival.start)
                )
            )
        blocks += [self.wording.source_block(event.source) for event in events]
        blocks += [Block("aside", (Span(_sentence(event.note)),)) for event in events if event.note]
        return Reply("event", tuple(blocks), tuple(map(self._event_figure, events)), event=identifier)

    def event_place(self, identifier: str) -> Reply:
        """Where the event spoken of before happened."""
        return self.event(identifier)

    def _event_figure(self, event: Event) -> Figure:
        actor, place = self.vocabulary.actors[event.actor].name, self.vocabulary.places[event.place].name
        return Figure(
            event.id,
            "event",
            None,
            None,
            None,
            "exactly",
            "date",
            actor,
            place,
            event.start,
            event.end or event.start,
            None,
            event.source,
            note=event.note,
        )

    # -- words --------------------------------------------------------------------------------------

    def definition(self, understood: Understanding) -> Reply:
        """What terms mean, as a source describes them."""
        topics = [self.vocabulary.topics[term] for term in understood.slots.terms[:3]]
        return self._topics([t.id for t in topics])

    def topic(self, identifier: str) -> Reply:
        """A sourced answer in words."""
        return self._topics([identifier])

    def _topics(self, identifiers: Sequence[str]) -> Reply:
        blocks: list[Block] = []
        sources: list[Source] = []
        for identifier in identifiers:
            topic = self.vocabulary.topics[identifier]
            lead = (Span(f"{topic.title}: ", bold=True),)
            blocks.append(Block("headline", (*lead, Span(topic.text[0]))))
            blocks += [Block("body", (Span(paragraph),)) for paragraph in topic.text[1:]]
            sources += topic.sources
        blocks += [self.wording.source_block(source) for source in dict.fromkeys(sources)]
        return Reply("text", tuple(blocks))

    def said(self, kind: str, key: str) -> Reply:
        """A fixed sentence: small talk or a question out of scope."""
        return Reply(
            "smalltalk" if kind == "smalltalk" else "unknown", (self.wording.block("headline", key),)
        )

    # -- about the answer before -----------------------------------------------------------------------

    def provenance(self, thread: Thread, sure: bool, claimed: Sequence[Assertion] = ()) -> Reply:
        """As in "Source?" and "are you sure?": the figures given last, each with publisher and link."""
        facts = [f for f in map(self.store.fact, thread.facts) if f is not None]
        figures = tuple(map(self.answerer.selector.figure, facts))
        if not figures:
            return self._event_again(thread)
        blocks = []
        values = {f.value for f in figures}
        for number in (assertion.value for assertion in claimed):
            if number not in values:
                actual = ", ".join(self.wording.value(f) for f in figures[:3])
                blocks.append(
                    self.wording.block(
                        "body", "corrected", claimed=self.wording.number(number), actual=actual
                    )
                )
        lead = self.wording.say("still" if sure else "source_again") + ": "
        blocks = [
            self.wording.figure_block(f, "headline" if not i else "body", lead if not i else "")
            for i, f in enumerate(figures[:4])
        ] + blocks
        blocks += self.wording.source_blocks(figures)
        blocks += [
            Block("aside", (Span(_sentence(n)),)) for n in dict.fromkeys(f.note for f in figures if f.note)
        ]
        if sure and len(figures) > 1 and len(values) == 1:
            blocks.append(self.wording.block("aside", "same_figure_twice"))
        return Reply("figure", tuple(blocks), figures)

    def _event_again(self, thread: Thread) -> Reply:
        query = thread.query
        if query is not None and query.operation == "event" and query.events:
            return self.event(query.events[0])
        if query is not None and query.operation in ("topic", "definition") and query.topics:
            return self._topics(list(query.topics))
        return Reply("choice", (self.wording.block("headline", "no_earlier"),), choices=self._examples())

    # -- questions back ---------------------------------------------------------------------------------

    def _examples(self) -> tuple[str, ...]:
        return self.answerer.examples[:4]

    def unknown_words(self, understood: Understanding) -> Reply:
        """What was not understood, and that it could change the answer."""
        words = understood.unknown
        if words == (BY_TARGET,):
            return Reply("unknown", (self.wording.block("headline", "strikes_by_target"),))
        blocks = [self.wording.block("headline", "word_unknown", word=", ".join(words))]
        near = [
            n
            for word in words
            for n in self.vocabulary.phrases.near(word.casefold())[:1]
            if n != word.casefold()
        ]
        if near:
            blocks.append(self.wording.block("body", "did_you_mean", word=near[0]))
        blocks.append(self.wording.block("aside", "rephrase"))
        return Reply("unknown", tuple(blocks))

    def date_issue(self, understood: Understanding) -> Reply:
        """A date that is none, or that needs a year, a month, or an order."""
        phrase = understood.date_issue or DatePhrase(0, 0)
        if phrase.issue == "impossible":
            return Reply("unknown", (self.wording.block("headline", "date_impossible"),))
        key = {"ambiguous": "date_ambiguous", "no year": "date_no_year", "no month": "date_no_month"}.get(
            phrase.issue, "date_nothing_before"
        )
        periods = phrase.options or self._years(phrase)
        choices = tuple(
            self._full_question(replace(understood.query, periods=(p,)), understood) for p in periods
        )[:4]
        blocks = [self.wording.block("headline", key), *(Block("item", (Span(c),)) for c in choices)]
        return Reply("choice", tuple(blocks), choices=choices)

    def _years(self, phrase: DatePhrase) -> tuple[Period, ...]:
        if phrase.issue != "no year" or phrase.month is None:
            return ()
        periods = []
        for year in self.store.years_with_day(phrase.month, phrase.day)[:4]:
            iso = f"{year}-{phrase.month:02d}" + (f"-{phrase.day:02d}" if phrase.day else "")
            periods.append(Period(first_day(iso), last_day(iso)))
        return tuple(periods)

    def _full_question(self, query: Query, understood: Understanding) -> str:
        """The query as a complete question that can be asked again as it stands."""
        metric = (
            self.vocabulary.metrics[query.metrics[0]].plural
            if query.metrics
            else self.vocabulary.metrics["strikes"].plural
        )
        if query.targets:
            metric = self.vocabulary.targets[query.targets[0]].name
        place = query.places[0] if query.places else BOTH_COUNTRIES
        name = (
            place.removeprefix(ELSEWHERE)
            if place.startswith(ELSEWHERE)
            else self.vocabulary.places[place].name
        )
        where = self.wording.where(name)
        period = query.periods[0]
        when = (
            self.wording.say("as_of", day=day_text(period.last)) if period.by else self.wording.period(period)
        )
        return self.wording.say("full_question", metric=metric, where=where, when=when)

    def fragment(self, understood: Understanding) -> Reply:
        """Too little to go on: the likely complete questions to pick from."""
        query = understood.query
        periods = query.periods or self._periods(Query())[0]
        places = tuple(p for p in query.places if not p.startswith(ELSEWHERE)) or COUNTRIES
        if any(p.startswith(ELSEWHERE) for p in query.places):
            names = ", ".join(p.removeprefix(ELSEWHERE) for p in query.places if p.startswith(ELSEWHERE))
            return Reply("unknown", (self.wording.block("headline", "place_unknown", place=names),))
        options = [
            Query(metrics=(m,), places=(p,), periods=periods[:1])
            for p in places[:2]
            for m in ("strikes", "engagements")
        ]
        found = [o for o in options if self.answerer.find(self.answerer.requests_of(o)[0]).figures]
        choices = tuple(self._full_question(o, understood) for o in found) or self._examples()
        blocks = [
            self.wording.block("headline", "fragment"),
            *(Block("item", (Span(c),)) for c in choices[:4]),
        ]
        return Reply("choice", tuple(blocks), choices=choices[:4])

    def empty(self) -> Reply:
        """A message without a word."""
        return Reply("unknown", (self.wording.block("headline", "empty"),))


def _narrows(query: Query) -> bool:
    """As in "What was damaged" asks for one effect; "what was hit" for all."""
    return bool(query.effects) and set(query.effects) <= {"damaged", "suppressed", "engaged", "degraded"}


def _sentence(note: str) -> str:
    text = note[:1].upper() + note[1:]
    return text if text.endswith(".") else text + "."
