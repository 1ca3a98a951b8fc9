"""`/history` in Telegram, over HTTP: what stood before in the figures answered last or replied to."""

from __future__ import annotations

import pytest

from bot.simulator import USERNAME, BotApiServer, Group, Person
from knowledge import Knowledge
from tests.bot.conftest import RunningBot

SYRIA, IRAQ = "strikes in Syria on June 10th, 2017?", "strikes in Iraq on June 10th, 2017?"
CHANGE = "20 June 2017: before, it was 72 strikes. The digits were swapped."


@pytest.fixture
def knowledge(corrected: Knowledge) -> Knowledge:
    """The bot of these tests answers from a record with corrected figures."""
    return corrected


async def test_an_answer_says_in_its_fold_that_its_figure_was_corrected(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(SYRIA)
    await bot.settled()
    [answer] = person.answers()
    aside = "27 strikes in Syria: corrected on 20 June 2017; before, it was 72 strikes."
    [fold] = [e for e in answer["entities"] if e["type"] == "expandable_blockquote"]
    assert aside in answer["text"][fold["offset"] :]


async def test_history_shows_the_figure_answered_last(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(SYRIA)
    person.says("/history")
    await server.until(lambda: len(person.answers()) == 2)
    told = person.answers()[1]["text"]
    assert told.startswith("27 strikes in Syria")
    assert CHANGE in told


async def test_in_reply_to_an_answer_history_shows_that_answers_figure(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(SYRIA)
    person.says("strikes near Mosul on June 10th, 2017?")
    await server.until(lambda: len(person.answers()) == 2)
    person.says("/history", reply_to=person.answers()[0])
    person.says("/history")
    await server.until(lambda: len(person.answers()) == 4)
    assert CHANGE in person.answers()[2]["text"]
    assert "No changes on record." in person.answers()[3]["text"]


async def test_history_survives_a_restart(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(SYRIA)
    await bot.settled()
    await bot.end()
    bot.start()
    person.says("/history", reply_to=person.answers()[0])
    await server.until(lambda: len(person.answers()) == 2)
    assert CHANGE in person.answers()[1]["text"]


async def test_a_reply_to_a_checked_text_shows_every_figure_it_was_held_against(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says("On June 10th, 2017 there were 27 strikes in Syria. There were 7 strikes in Iraq that day.")
    await server.until(lambda: len(person.answers()) == 1)
    person.says("/history", reply_to=person.answers()[0])
    await server.until(lambda: len(person.answers()) == 2)
    told = person.answers()[1]["text"]
    assert "27 strikes in Syria" in told
    assert "7 strikes in Iraq" in told


@pytest.mark.parametrize("before", [(), ("hello",), ("strikes in Yemen on June 10th, 2017?",)])
async def test_without_a_figure_history_says_how_to_get_one(
    server: BotApiServer, bot: RunningBot, before: tuple[str, ...]
) -> None:
    person = Person(server)
    for text in (*before, "/history"):
        person.says(text)
    await server.until(lambda: len(person.answers()) == len(before) + 1)
    assert "ask for one first" in person.answers()[-1]["text"]


async def test_in_a_group_history_is_of_the_persons_own_last_answer_or_the_one_replied_to(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, one, other = Group(server, "Talk"), Person(server), Person(server)
    one.says(f"/ask {SYRIA}", group)
    await server.until(lambda: len(group.answers()) == 1)
    other.says(f"/history@{USERNAME}", group)
    await server.until(lambda: len(group.answers()) == 2)
    other.says("/history", group, reply_to=group.answers()[0])
    await server.until(lambda: len(group.answers()) == 3)
    assert "ask for one first" in group.answers()[1]["text"]
    assert CHANGE in group.answers()[2]["text"]


async def test_history_of_another_bot_is_not_answered(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    Person(server).says("/history@other_bot", group)
    await bot.settled()
    assert group.answers() == []
