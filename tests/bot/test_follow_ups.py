"""Buttons under an answer: only where they help, and what they lead to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.simulator import BotApiServer, Group, Person
from knowledge import render_plain
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, button, buttons, edited, notices

QUESTION = "strikes in Syria on June 10th, 2017?"
TOTAL = "strikes in Syria in June 2017"


async def test_a_days_figure_leads_to_another_place_another_day_and_a_comparison(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(QUESTION)
    [answer] = await answered(server, person, 1)
    place, day, compare, wrong = buttons(answer)
    assert (place, compare, wrong) == ("Iraq", "Compare with Iraq", "Wrong?")
    person.presses(answer, button(answer, place))
    person.presses(answer, button(answer, day))
    person.presses(answer, button(answer, compare))
    _, in_iraq, other_day, compared = await answered(server, person, 4)
    assert in_iraq["text"].startswith("7 strikes in Iraq")
    assert day in other_day["text"].split("\n")[0]
    assert "difference" in compared["text"]
    assert all(a["reply_to_message"]["message_id"] == answer["message_id"] for a in (in_iraq, compared))


async def test_a_follow_up_goes_on_from_what_a_button_led_to(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    [answer] = await answered(server, person, 1)
    person.presses(answer, button(answer, "Iraq"))
    await answered(server, person, 2)
    person.says("engagements?")
    assert "engagements in Iraq" in (await answered(server, person, 3))[2]["text"].split("\n")[0]


async def test_all_sources_are_offered_where_a_message_has_no_room_for_them(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(TOTAL)
    [answer] = await answered(server, person, 1)
    assert "All sources" in buttons(answer)
    person.presses(answer, button(answer, "All sources"))
    listed = (await answered(server, person, 2))[1]
    sources = bot.knowledge.sources_behind(bot.knowledge.ask(TOTAL, now=_day(answer)).thread)
    links = [entity["url"] for entity in listed["entities"] if entity["type"] == "text_link"]
    assert links == [source.url for source in sources]


async def test_all_sources_are_to_be_had_in_a_group_and_stay_short(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {TOTAL}", group)
    [answer] = await answered(server, group, 1)
    assert buttons(answer) == ["Chart", "All sources"]
    ben.presses(answer, button(answer, "All sources"))
    assert len((await answered(server, group, 2))[1]["text"]) <= 900


@pytest.mark.parametrize(
    "text",
    ["hello", "strikes in Yemen", "what is a sortie?", "/privacy"],
)
async def test_there_is_no_button_where_none_helps(server: BotApiServer, bot: RunningBot, text: str) -> None:
    person = Person(server)
    person.says(text)
    [answer] = await answered(server, person, 1)
    assert buttons(answer) == []


async def test_an_answer_in_a_group_is_not_cluttered_with_buttons(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    assert buttons(answer) == []


async def test_what_is_taken_for_wrong_is_noted_without_who_did(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(QUESTION)
    [answer] = await answered(server, person, 1)
    person.presses(answer, button(answer, "Wrong?"))
    person.presses(answer, button(answer, "Wrong?"))
    for notice in await notices(server, 2):
        assert "noted" in notice["text"]
    await bot.settled()
    figures = bot.knowledge.ask(QUESTION, now=_day(answer)).figures
    with closing(sqlite3.connect(bot.settings.location)) as database:
        assert database.execute("select * from doubts").fetchall() == [(figures[0].fact, 2)]
    person.says("/stats")
    assert "takes for wrong: 1" in (await answered(server, person, 2))[1]["text"]


@pytest.mark.parametrize("data", ["sources", "wrong", "ask:0", "ask:9"])
async def test_a_button_of_an_answer_that_is_forgotten_expires_kindly(
    server: BotApiServer, bot: RunningBot, data: str
) -> None:
    person = Person(server)
    person.says(QUESTION)
    [answer] = await answered(server, person, 1)
    person.says("/forget")
    await answered(server, person, 2)
    person.presses(answer, data)
    [notice] = await notices(server, 1)
    await bot.settled()
    assert "ask again" in notice["text"]
    assert buttons(person.answers()[0]) == []


async def test_help_shows_five_real_questions_as_buttons(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says("/help")
    [shown] = await answered(server, person, 1)
    examples = list(bot.knowledge.examples())
    assert buttons(shown) == examples
    assert len(examples) == 5
    for number in range(5):
        person.presses(shown, number)
    answers = (await answered(server, person, 6))[1:]
    expected = [render_plain(bot.knowledge.ask(text, now=_day(shown)).text[:1]) for text in examples]
    assert [answer["text"].split("\n")[0] for answer in answers] == expected


async def test_an_example_that_is_no_longer_one_expires_kindly(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says("/start")
    [shown] = await answered(server, person, 1)
    person.presses(shown, "example:9")
    assert "ask again" in (await notices(server, 1))[0]["text"]


async def test_an_edited_question_changes_the_buttons_too(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    question = person.says(QUESTION)
    [answer] = await answered(server, person, 1)
    person.edits(question, QUESTION.replace("Syria", "Iraq"))
    await edited(server, 1)
    await bot.settled()
    person.presses(answer, button(person.answers()[0], "Syria"))
    assert (await answered(server, person, 2))[1]["text"].startswith("27 strikes")


def _day(message: dict[str, Any]) -> date:
    """The day that a message was sent."""
    return datetime.fromtimestamp(message["date"], UTC).date()
