"""What a conversation remembers: slots, never text, and nothing of another conversation."""

from __future__ import annotations

import json
from datetime import date

import pytest

from knowledge import Knowledge, KnowledgeError, Period, Query, Thread, thread_from_json, thread_to_json
from knowledge.models import Assertion

from .asking import NOW, ask, asserted, said

QUESTION = "air strikes in Syria on 10 June 2017"


def test_a_thread_survives_as_json(knowledge: Knowledge) -> None:
    for question in (
        QUESTION,
        "strikes in Syria on 10 June",
        "were there 50 strikes in Iraq?",
        "in Yemen?",
        "hello",
    ):
        thread = ask(knowledge, question).thread
        assert thread_from_json(thread_to_json(thread)) == thread


def test_every_slot_survives_as_json() -> None:
    query = Query(
        "compare",
        ("strikes",),
        ("coalition",),
        ("syria", "elsewhere:Yémen"),
        (
            Period(date(2017, 6, 1), date(2017, 6, 30), published=True),
            Period(date(2019, 1, 1), date(2019, 1, 1), by=True),
        ),
        ("vehicles",),
        ("destroyed",),
        ("airwars",),
        ("mosul-start",),
        ("strike",),
        True,
        True,
        (Assertion(8.5, "at least"),),
        ("--06",),
    )
    thread = Thread(query, ("dod-1210346-strikes-syria",))
    assert thread_from_json(thread_to_json(thread)) == thread


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        "[]",
        "27",
        '{"query":{"nonsense":1},"facts":[]}',
        '{"query":null}',
        '{"query":{"periods":[{}]},"facts":[]}',
    ],
)
def test_a_thread_of_another_form_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(KnowledgeError):
        thread_from_json(text)


def test_a_thread_holds_no_word_of_the_question(knowledge: Knowledge) -> None:
    thread = ask(
        knowledge, "My name is Zebedee Quux. How many strikes in Syria on 10 June 2017, please?"
    ).thread
    kept = thread_to_json(thread).lower()
    assert "zebedee" not in kept
    assert "please" not in kept
    assert json.loads(kept)["query"]["places"] == ["syria"]


@pytest.mark.parametrize(
    "between", ["thanks!", "hello", "what do you think of the president?", "👍", "who are you?"]
)
def test_small_talk_in_between_changes_nothing(knowledge: Knowledge, between: str) -> None:
    assert asserted(knowledge, QUESTION, between, "and in Iraq?") == [7]


def test_a_follow_up_of_a_refusal_keeps_its_slots(knowledge: Knowledge) -> None:
    assert asserted(knowledge, "strikes in Yemen on 10 June 2017", "and in Syria?") == [27]


def test_source_repeats_the_figure_with_publisher_and_link(knowledge: Knowledge) -> None:
    answer = ask(knowledge, QUESTION, "source?")
    assert [f.value for f in answer.figures] == [27]
    assert "U.S. Department of Defense" in said(answer)
    assert "https://" in said(answer)


def test_a_kept_time_is_said(knowledge: Knowledge) -> None:
    answer = ask(knowledge, QUESTION, "how many strikes in Iraq?")
    assert [f.value for f in answer.figures] == [7]
    assert "10 June 2017" in said(answer)


def test_conversations_share_nothing(knowledge: Knowledge) -> None:
    first = knowledge.ask(QUESTION, now=NOW)
    stranger = knowledge.ask("and in Iraq?", now=NOW)
    assert stranger.figures == ()
    assert [f.value for f in knowledge.ask("and in Iraq?", now=NOW, thread=first.thread).figures] == [7]
