"""The engine behind the front door: a question and the thread before it become an answer and a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.answering import Answerer
from knowledge.claims import SHOWN, ClaimChecker
from knowledge.comparing import Comparer
from knowledge.listing import Lister
from knowledge.models import Answer, Period, Query, Source, Thread, first_day, last_day
from knowledge.operations import ARITHMETIC
from knowledge.questions import split_questions
from knowledge.replies import Replies
from knowledge.reply import Reply
from knowledge.store import Store
from knowledge.understanding import FIGURE_OPERATIONS, Understanding, understand
from knowledge.wording import Wording

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
        self._claims = ClaimChecker(self._answerer, words["claims"])

    def ask(self, text: str, *, now: date, thread: Thread = NO_THREAD) -> Answer:
        """Answer a question asked on a day, after the thread of its conversation.

        Any text gets an answer; what can't be answered gets one of kind unknown or choice.
        """
        if self._claims.is_pasted(text):
            checked = self.check(text, thread=thread)
            if checked.claims:  # a text without claims may still be a question
                return checked
        answers: list[Answer] = []
        for question in split_questions(text, self._store.vocabulary):
            answers.append(self._ask_one(question, now, answers[-1].thread if answers else thread))
        return _joined(answers)

    def check(self, text: str, *, thread: Thread = NO_THREAD, most: int = SHOWN) -> Answer:
        """Check every claim of a text against the record; the conversation goes on as before it.

        `most` claims are put in words, the contradicted first; all of them are in `claims`.
        """
        reply = self._claims.check_text(text, most)
        return Answer(
            kind=reply.kind,
            text=reply.text,
            figures=reply.figures,
            related=reply.related,
            claims=reply.claims,
            query=Query("claims"),
            thread=thread,
        )

    def sources(self) -> tuple[Source, ...]:
        """Every source on record, by publisher and date."""
        return self._store.sources()

    def examples(self) -> tuple[str, ...]:
        """Five questions that show what can be asked."""
        return self._answerer.examples

    def summary(self) -> dict[str, int]:
        """How many figures, sources, events and topics are on record."""
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
            text=reply.text,
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
        if operation == "targets":
            return self._lister.targets_hit(understood)
        if operation == "compare":
            return self._comparer.compare(understood)
        if operation in ARITHMETIC:
            return self._comparer.over_days(understood)
        return self._answerer.figure(understood)

    def _in_words(self, understood: Understanding, thread: Thread) -> Reply:
        operation, detail = understood.query.operation, understood.detail
        before = thread.query.events[0] if thread.query and thread.query.events else ""
        if operation == "event":
            return self._replies.event(detail)
        if operation in ("event_place", "whom") and before:
            return self._replies.event(before)
        if operation == "definition":
            return self._replies.definition(understood)
        if operation == "topic":
            return self._replies.topic(detail)
        if operation in ("source", "sure"):
            return self._replies.provenance(thread, operation == "sure", understood.query.claimed)
        return self._replies.said(operation, detail or "empty")


def _thread_after(understood: Understanding, reply: Reply, before: Thread) -> Thread:
    """What the conversation remembers: small talk, refusals and unread words change nothing (rule 10)."""
    operation = understood.query.operation
    if (
        operation in ("smalltalk", "out_of_scope", "source", "sure", "whom", "definition", "topic")
        and before.query is not None
    ):
        return before
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
    return Thread(query, tuple(f.fact for f in reply.figures if f.fact is not None), before.query)


def _found(query: Query, reply: Reply) -> tuple[Period, ...]:
    """The one day that a question for the busiest, lowest, first or last day led to."""
    days = {(f.start, f.end) for f in reply.figures}
    if query.operation not in ("most", "least", "first_day", "last_day") or len(days) != 1:
        return ()
    start, end = days.pop()
    return (Period(first_day(start), last_day(end or start)),) if start else ()


def _joined(answers: list[Answer]) -> Answer:
    """Several questions of one message in one answer."""
    if len(answers) == 1:
        return answers[0]
    last = answers[-1]
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
        thread=last.thread,
    )
