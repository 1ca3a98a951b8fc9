"""Answers in words: dates of events, definitions, provenance, questions back, small talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering import Answerer
from knowledge.judging import judged
from knowledge.listing import Lister
from knowledge.models import (
    Assertion,
    Block,
    Claim,
    Event,
    Figure,
    Period,
    Query,
    Source,
    Span,
    Thread,
    first_day,
    last_day,
)
from knowledge.reply import Reply, sentence
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.stretches import DatePhrase
from knowledge.understanding import BY_TARGET, ELSEWHERE, Understanding
from knowledge.wording import day_text, iso_text

#: Actors of no alliance on record that a question can still be completed for.
_OURS = frozenset(
    {"coalition", "coalition-and-partner-forces", "syrian-democratic-forces", "iraqi-forces", "isis"}
)
#: Named beside whoever did it: ISIS as the one it was done to, the coalition and Iraq as those behind it.
_WITH_MANY = frozenset(
    {"isis", "coalition", "coalition-and-partner-forces", "iraqi-forces", "iraqi-government"}
)
#: What is asked of a time before this was another war's.
_CAMPAIGN = date(2014, 1, 1)


class Replies:
    """Everything that is answered in words."""

    def __init__(self, answerer: Answerer, lister: Lister) -> None:
        self.answerer = answerer
        self.lister = lister
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording

    # -- events -----------------------------------------------------------------------------------

    def event(self, identifier: str) -> Reply:
        """When something happened, rival dates beside the record's own."""
        events = self.store.events(identifier)
        lead = events[0]
        blocks = [self.wording.event_block(lead)]
        blocks += [self.wording.block("body", "event_by", actor=self.vocabulary.actors[lead.actor].name)]
        blocks += [self.wording.block("body", "event_where", place=self.vocabulary.places[lead.place].name)]
        for rival in (event for event in events[1:] if event.start != lead.start):
            blocks.append(
                self.wording.block(
                    "body", "rival_date", source=rival.source.publisher, date=iso_text(rival.start)
                )
            )
        blocks += [self.wording.source_block(event.source) for event in events]
        blocks += [Block("aside", (Span(sentence(event.note)),)) for event in events if event.note]
        return Reply("event", tuple(blocks), tuple(map(self.wording.event_figure, events)), event=identifier)

    def event_asked(self, identifier: str, understood: Understanding) -> Reply:
        """When something happened; another time or doer that the question names is put right first.

        Of a time before the campaign nothing is asserted: that was another war's.
        """
        reply = self.event(identifier)
        named = (phrase.period for phrase in understood.slots.dates)
        periods = [period for period in named if period and not (period.by or period.since)]
        if periods and not any(_meets(period, reply.figures) for period in periods):
            return self._at_another_time(reply, periods)
        premise = self._by_another(self.store.events(identifier), understood.slots.actors)
        return replace(reply, text=(*premise, *reply.text))

    def _at_another_time(self, reply: Reply, periods: Sequence[Period]) -> Reply:
        """An event that a question dates otherwise: corrected, or before the campaign not asserted."""
        when = self.wording.period(periods[0])
        if all(period.last < _CAMPAIGN for period in periods):
            refused = self.wording.block("body", "event_before", when=when)
            return Reply("unknown", (refused, *reply.text), (), reply.figures)
        premise = self.wording.block("body", "event_otherwise", when=when)
        return replace(reply, text=(premise, *reply.text))

    def _by_another(self, events: Sequence[Event], actors: Sequence[str]) -> tuple[Block, ...]:
        """Who did it, where a question names somebody else for it."""
        others = [a for a in actors if a not in (*_WITH_MANY, *(event.actor for event in events))]
        if not others:
            return ()
        names = self.vocabulary.actors
        told = {"named": names[others[0]].name, "actor": names[events[0].actor].name}
        return (self.wording.block("body", "event_by_another", **told),)

    def duration(self, start: str) -> Reply:
        """How long it was from one event to the one that ended it, worked out from the record's dates."""
        began, ended = self.event(start), self.event(self.vocabulary.event_ends[start])
        first, last = (first_day(reply.figures[0].start or "") for reply in (began, ended))
        days = Block("headline", (Span(self.wording.duration((last - first).days)),))
        figures = (*began.figures, *ended.figures)
        return Reply("event", (days, *began.text, *ended.text), figures, event=start)

    def event_place(self, identifier: str) -> Reply:
        """Where the event spoken of before happened."""
        return self.event(identifier)

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
        claims = []
        for assertion in claimed:
            number = assertion.value
            verdict, reason = judged(assertion, figures)
            claims.append(Claim(number, self.wording.claimed(assertion), verdict, reason, figures))
            if number not in values:
                actual = ", ".join(self.wording.value(f) for f in figures[:3])
                blocks.append(
                    self.wording.block(
                        "body", "corrected", claimed=self.wording.number(number), actual=actual
                    )
                )
                blocks += self.answerer.elsewhere_on_record(number, thread.query)
        lead = self.wording.say("still" if sure else "source_again") + ": "
        corrections = blocks
        lead = "" if corrections and sure else lead
        blocks = [
            self.wording.figure_block(f, "headline" if not i else "body", lead if not i else "")
            for i, f in enumerate(figures[:4])
        ]
        blocks = corrections + blocks + self.wording.source_blocks(figures)
        blocks += [
            Block("aside", (Span(sentence(n)),)) for n in dict.fromkeys(f.note for f in figures if f.note)
        ]
        if sure and len(figures) > 1 and len(values) == 1:
            blocks.append(self.wording.block("aside", "same_figure_twice"))
        return Reply("figure", tuple(blocks), figures, claims=tuple(claims))

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
        periods = query.periods or self.lister.periods_of(Query())[0]
        places = tuple(p for p in query.places if not p.startswith(ELSEWHERE)) or COUNTRIES
        if any(p.startswith(ELSEWHERE) for p in query.places):
            names = ", ".join(p.removeprefix(ELSEWHERE) for p in query.places if p.startswith(ELSEWHERE))
            return Reply("unknown", (self.wording.block("headline", "place_unknown", place=names),))
        outsiders = [a for a in query.actors if self.vocabulary.actors[a].parent is None and a not in _OURS]
        if outsiders:
            names = ", ".join(self.vocabulary.actors[actor].name for actor in outsiders)
            return Reply("unknown", (self.wording.block("headline", "actor_unknown", actor=names),))
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

    def nothing(self, understood: Understanding) -> Reply:
        """Words that name nothing the record could be asked about."""
        return Reply("unknown", (self.wording.block("headline", "not_a_question"),))

    def empty(self) -> Reply:
        """A message without a word."""
        return Reply("unknown", (self.wording.block("headline", "empty"),))


def _meets(period: Period, events: Sequence[Figure]) -> bool:
    """Whether one of some dates of an event shares a day with a period."""
    return any(
        first_day(event.start or "") <= period.last
        and period.first <= last_day(event.end or event.start or "")
        for event in events
    )
