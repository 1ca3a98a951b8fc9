"""The engine behind the front door: a question and the thread before it become an answer and a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.answering import Answerer
from knowledge.arithmetic import Arithmetic
from knowledge.charting import Charter
from knowledge.charts import Chart
from knowledge.claims import SHOWN, ClaimChecker
from knowledge.comparing import Comparer
from knowledge.coverage import Coverage, coverage_of, summable
from knowledge.dialogue import as_one
from knowledge.errors import UnknownIdError
from knowledge.history import Historian, History
from knowledge.listing import Lister
from knowledge.models import Answer, Figure, Period, Query, RichText, Source, Thread, first_day, last_day
from knowledge.operations import ARITHMETIC
from knowledge.questions import split_questions
from knowledge.replies import Replies
from knowledge.reply import Reply, unique_sources
from knowledge.store import Store
from knowledge.suggestions import Suggester, Suggestion
from knowledge.understanding import FIGURE_OPERATIONS, Understanding, understand
from knowledge.wording import Wording

#: No question is longer than a message of Telegram (https://core.telegram.org/bots/api#sendmessage).
LONGEST_QUESTION = 4096
#: How many queries before the last one a conversation remembers.
REMEMBERED = 4
#: Answers that hold no figure for what a message states.
_WITHOUT_FIGURE = ("unknown", "choice", "event", "text")
#: The thread of a conversation in which nothing was asked yet.
NO_THREAD = Thread()


class Knowledge:
    """The record, ready to be asked. Deterministic: the same text, thread and day give the same answer."""

    def __init__(self, path: Path) -> None:
        """Open a built record; raises StoreError if it can't be used."""
        self._store = Store(path)
        words = self._store.language_words()
        self._wording = Wording(words["wording"], self._store.vocabulary)
        self._answerer = Answerer(self._store, self._wording, words["examples"])
        self._lister = Lister(self._answerer)
        self._replies = Replies(self._answerer, self._lister)
        self._comparer = Comparer(self._answerer)
        self._arithmetic = Arithmetic(self._answerer)
        self._charter = Charter(self._lister, self._comparer, self._arithmetic, self._store.digest)
        self._historian = Historian(self._answerer)
        self._claims = ClaimChecker(self._answerer, words["claims"])

    def ask(self, text: str, *, now: date, thread: Thread = NO_THREAD) -> Answer:
        """Answer a question asked on a day, after the thread of its conversation.

        Any text gets an answer; what can't be answered gets one of kind unknown or choice.
        """
        text = self._claims.plain(text)
        if self._claims.is_pasted(text):
            checked = self.check(text, thread=thread)
            if checked.claims:  # a text without claims may still be a question
                return checked
        text = text[:LONGEST_QUESTION]
        answers: list[Answer] = []
        for question in split_questions(text, self._store.vocabulary):
            answers.append(self._ask_one(question, now, answers[-1].thread if answers else thread))
        answer = _joined(answers, thread)
        belied = self._claims.belies(text) if answer.kind in _WITHOUT_FIGURE else None
        return self._checked(belied, thread) if belied is not None else answer

    def ask_anew(self, text: str, *, now: date, thread: Thread = NO_THREAD) -> Answer:
        """Answer a complete question (a choice, a suggestion, an example), which takes nothing from a thread.

        The conversation goes on from it all the same.
        """
        answer = self.ask(text, now=now)
        query = answer.thread.query
        if query is None:
            return replace(answer, thread=thread)
        return replace(answer, thread=_followed(thread, query, answer.figures))

    def check(self, text: str, *, thread: Thread = NO_THREAD, most: int = SHOWN) -> Answer:
        """Check every claim of a text against the record; the conversation goes on from its claims.

        `most` claims are put in words, the contradicted first; the others are in `rest`, all in `claims`.
        """
        return self._checked(self._claims.check_text(text, most), thread)

    def _checked(self, reply: Reply, thread: Thread) -> Answer:
        """The answer that gives the verdicts on a text's claims."""
        return Answer(
            kind=reply.kind,
            text=(*reply.text, *self._historian.asides(reply.figures)),
            figures=reply.figures,
            related=reply.related,
            claims=reply.claims,
            query=Query("claims"),
            thread=_followed(thread, reply.query, reply.figures[:1]) if reply.query is not None else thread,
            rest=reply.rest,
        )

    def look_at(self, text: str, *, now: date, thread: Thread = NO_THREAD) -> Answer:
        """What somebody else says: its claims checked where it has some; a question in it is answered."""
        if not self._claims.asks(text):
            checked = self.check(text, thread=thread)
            if checked.claims:
                return checked
        return self.ask(text, now=now, thread=thread)

    def asks_to_check(self, text: str) -> bool:
        """Whether a message only asks to have another one checked: "is this true?", "fact check"."""
        return self._claims.is_request(text)

    def history(self, fact: str) -> History:
        """A figure and every earlier value of it; raises UnknownIdError where the record lacks the id."""
        return self._historian.history(fact)

    def histories(self, facts: Iterable[str]) -> RichText:
        """The histories of an answer's figures in words; empty where none of them is a figure on record."""
        return self._historian.of_several(facts)

    def chart(self, query: Query | None) -> Chart | None:
        """The chart of what a query was answered with; None where nothing on record could be drawn.

        The query of an answer's thread is the one that the answer was for.
        """
        if query is None or query.operation not in FIGURE_OPERATIONS:
            return None
        return self._charter.chart(query)

    def coverage(self, metric: str = "", place: str = "") -> Coverage:
        """What is on record by month and series, or what a total of a metric in a place could count.

        Raises UnknownIdError for a metric or place that the record lacks.
        """
        vocabulary = self._store.vocabulary
        if metric and metric not in vocabulary.metrics:
            raise UnknownIdError("metric", metric)
        if place and place not in vocabulary.places:
            raise UnknownIdError("place", place)
        groups = summable(self._store.facts(), vocabulary.series, vocabulary.metrics.get(metric), place)
        named = [vocabulary.metrics[metric].name] if metric else []
        named += [vocabulary.places[place].name] if place else []
        return coverage_of(groups, vocabulary.series, self._store.digest, tuple(named))

    def suggestions(self, answer: Answer, *, now: date) -> tuple[Suggestion, ...]:
        """Questions that lead on from an answer, each with an answer of its own; see `Suggester`."""
        return Suggester(self._answerer, lambda text: self.ask(text, now=now)).after(answer)

    def sources_behind(self, thread: Thread) -> tuple[Source, ...]:
        """Every source that the last answer of a conversation rests on, also those it had no room for."""
        query = thread.query
        if query is None or not (query.operation == "event" or _is_worked_out(query)):
            return ()
        return unique_sources(self._again(query).figures)

    def sources(self) -> tuple[Source, ...]:
        """Every source on record, by publisher and date."""
        return self._store.sources()

    def examples(self) -> tuple[str, ...]:
        """Five questions that show what can be asked."""
        return self._answerer.examples

    def summary(self) -> dict[str, int]:
        """How many figures, sources, events and topics are on record, and how many were `corrected`."""
        return self._store.counts()

    def close(self) -> None:
        """Close the record's file."""
        self._store.close()

    def _ask_one(self, text: str, now: date, thread: Thread) -> Answer:
        understood = understand(text, self._store.vocabulary, now, thread.query, thread.earlier)
        reply = (
            self._replies.empty() if not any(c.isalnum() for c in text) else self._reply(understood, thread)
        )
        return Answer(
            kind=reply.kind,
            text=(*reply.text, *self._historian.asides(reply.figures)),
            figures=reply.figures,
            related=reply.related,
            claims=reply.claims,
            choices=reply.choices,
            query=understood.query,
            ignored=understood.ignored,
            readings=understood.readings,
            confidence=understood.confidence
            if reply.kind not in ("choice", "unknown")
            else min(understood.confidence, 0.5),
            thread=_thread_after(understood, reply, thread),
        )

    def _reply(self, understood: Understanding, thread: Thread) -> Reply:
        operation = understood.query.operation
        if understood.issue:
            by_issue: dict[str, Callable[[Understanding], Reply]] = {
                "unknown_word": self._replies.unknown_words,
                "date": self._replies.date_issue,
                "fragment": self._replies.fragment,
                "nothing": self._replies.nothing,
            }
            return by_issue[understood.issue](understood)
        if operation in FIGURE_OPERATIONS:
            reply = self._on_figures(understood)
            inherited = self._answerer.inherited(understood)
            return replace(reply, text=(*reply.text, *inherited)) if inherited else reply
        return self._in_words(understood, thread)

    def _on_figures(self, understood: Understanding) -> Reply:
        operation = understood.query.operation
        if operation == "where":
            return self._lister.places_struck(understood)
        if operation == "rest":
            return self._lister.rest(understood.query)
        if operation == "report":
            return self._lister.report(understood.query)
        if operation == "targets":
            return self._lister.targets_hit(understood)
        if operation == "compare":
            return self._comparer.compare(understood)
        if operation in ARITHMETIC:
            return self._arithmetic.over_days(understood)
        return self._answerer.figure(understood)

    def _in_words(self, understood: Understanding, thread: Thread) -> Reply:
        operation, detail = understood.query.operation, understood.detail
        before = thread.query.events[0] if thread.query and thread.query.events else ""
        if operation == "event":
            return self._replies.event_asked(detail, understood)
        if operation == "duration":
            return self._replies.duration(detail)
        if operation in ("event_place", "whom") and before:
            return self._replies.event(before)
        if operation == "definition":
            return self._replies.definition(understood)
        if operation == "topic":
            return self._replies.topic(detail)
        if operation in ("source", "sure"):
            query = thread.query
            if operation == "source" and query is not None and _names_which(understood.query):
                return self._source_of(understood.query, query, thread.earlier)
            if query is not None and not thread.facts and _is_worked_out(query):
                return self._on_figures(Understanding(query))
            return self._replies.provenance(thread, operation == "sure", understood.query.claimed)
        return self._replies.said(operation, detail or "empty")

    def _source_of(self, wanted: Query, last: Query, earlier: Sequence[Query]) -> Reply:
        """The latest answer that fits a place, an actor or a number ("the source for the 27")."""
        told = [q for q in (last, *reversed(earlier)) if q.operation == "event" or _is_worked_out(q)]
        for query in told:
            if not (set(wanted.places) <= set(query.places) and set(wanted.actors) <= set(query.actors)):
                continue
            if not all(any(_is_same_time(p, held) for held in query.periods) for p in wanted.periods):
                continue
            reply = self._again(query)
            values = {value for f in reply.figures for value in (f.value, f.low, f.high)}
            if reply.figures and {assertion.value for assertion in wanted.claimed} <= values:
                return reply
        if not told:
            return self._replies.provenance(NO_THREAD, sure=False)
        other = replace(
            told[0], places=wanted.places or told[0].places, actors=wanted.actors or told[0].actors
        )
        return self._again(other)

    def _again(self, query: Query) -> Reply:
        """What an earlier query was answered with."""
        if query.operation == "event" and query.events:
            return self._replies.event(query.events[0])
        return self._on_figures(Understanding(query))


def _names_which(query: Query) -> bool:
    """Whether a question for the source says of which of the answers before."""
    return bool(query.places or query.actors or query.claimed or query.periods)


def _is_same_time(asked: Period, held: Period) -> bool:
    """Whether "the June one" can mean a period: the years may differ, since none was said."""
    return (asked.first.month, asked.first.day) == (held.first.month, held.first.day) and (
        asked.days == held.days
    )


def _is_worked_out(query: Query) -> bool:
    """Whether what a query asked for is no fact of its own but was worked out: a total, an average."""
    by_value = query.operation in ("when_value", "what_value")
    return query.operation in FIGURE_OPERATIONS and not by_value and bool(query.metrics or query.targets)


def _thread_after(understood: Understanding, reply: Reply, before: Thread) -> Thread:
    """What the conversation remembers: small talk, refusals and unread words change nothing (rule 10)."""
    operation = understood.query.operation
    if (
        operation in ("smalltalk", "out_of_scope", "source", "sure", "whom", "definition", "topic")
        and before.query is not None
    ):
        return _with_defined(before, understood) if operation == "definition" else before
    if operation in ("smalltalk", "out_of_scope"):
        return before
    if understood.issue and not (understood.query.metrics or understood.query.targets):
        return before if before.query else Thread(replace(understood.query, operation="figure"))
    query = understood.query
    if reply.event:
        query = replace(query, operation="event", events=(reply.event,))
    if operation in ("definition", "topic"):
        query = Query(
            operation, topics=(understood.detail,) if understood.detail else understood.slots.terms[:3]
        )
    query = replace(query, claimed=(), found=_found(query, reply))
    if (
        operation in ("how_many_days", "missing")
        and before.query is not None
        and not understood.slots.periods
    ):
        query = replace(query, operation=before.query.operation)  # it was asked about the answer
    return _followed(before, query, reply.figures)


def _with_defined(before: Thread, understood: Understanding) -> Thread:
    """The thread with the metrics whose meaning was asked, for "and how many of those?"."""
    if before.query is None or before.query.operation not in FIGURE_OPERATIONS:
        return before
    return replace(before, query=replace(before.query, defined=understood.query.metrics))


def _followed(before: Thread, query: Query, figures: Sequence[Figure]) -> Thread:
    """The thread after one more query and what it was answered with."""
    earlier = (*before.earlier, before.query) if before.query is not None else before.earlier
    return Thread(query, tuple(f.fact for f in figures if f.fact is not None), earlier[-REMEMBERED:])


def _found(query: Query, reply: Reply) -> tuple[Period, ...]:
    """The one day that a question for the busiest, lowest, first or last day led to, or a count's date."""
    dates = {f.as_of for f in reply.figures if f.cumulative}
    if query.operation == "figure" and not query.periods and len(dates) == len(reply.figures) == 1:
        day = last_day(dates.pop() or "2014")
        return (Period(day, day, by=True),)
    days = {(f.start, f.end) for f in reply.figures}
    if query.operation not in ("most", "least", "first_day", "last_day") or len(days) != 1:
        return ()
    start, end = days.pop()
    return (Period(first_day(start), last_day(end or start)),) if start else ()


def _joined(answers: list[Answer], before: Thread) -> Answer:
    """Several questions of one message in one answer."""
    if len(answers) == 1:
        return answers[0]
    best = next((a for a in answers if a.figures), answers[0])
    return replace(
        best,
        text=tuple(block for answer in answers for block in answer.text),
        figures=tuple(f for answer in answers for f in answer.figures),
        related=tuple(f for answer in answers for f in answer.related),
        claims=tuple(c for answer in answers for c in answer.claims),
        choices=tuple(c for answer in answers for c in answer.choices)[:4],
        readings=tuple(r for answer in answers for r in answer.readings),
        ignored=tuple(i for answer in answers for i in answer.ignored),
        confidence=min(answer.confidence for answer in answers),
        thread=_thread_of_several(answers, before),
    )


def _thread_of_several(answers: Sequence[Answer], before: Thread) -> Thread:
    """The thread after several questions: as one, where they differ in a single slot."""
    queries = [answer.thread.query for answer in answers if answer.thread.query is not None]
    one = as_one(queries) if len(queries) == len(answers) else None
    if one is None:
        return answers[-1].thread
    facts = tuple(fact for answer in answers for fact in answer.thread.facts)
    return replace(_followed(before, one, ()), facts=facts)
