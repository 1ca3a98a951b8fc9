"""Short ways to ask in tests and to look at what came."""

from __future__ import annotations

from datetime import date

from knowledge import Answer, Knowledge, Thread, render_plain
from knowledge.models import Figure, Number

NOW = date(2020, 1, 1)


def ask(knowledge: Knowledge, *turns: str, now: date = NOW) -> Answer:
    """The answer to the last of the turns of one conversation."""
    thread = Thread()
    for turn in turns:
        answer = knowledge.ask(turn, now=now, thread=thread)
        thread = answer.thread
    return answer


def values(figures: tuple[Figure, ...]) -> list[Number]:
    """Every number that figures assert, the ends of ranges too."""
    return [v for f in figures for v in (f.value, f.low, f.high) if v is not None]


def asserted(knowledge: Knowledge, *turns: str) -> list[Number]:
    """The numbers that the last turn's answer asserts."""
    return values(ask(knowledge, *turns).figures)


def said(answer: Answer) -> str:
    """What the person reads."""
    return render_plain(answer.text)
