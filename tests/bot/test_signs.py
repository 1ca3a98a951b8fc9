"""That the bot is typing is shown where an answer takes more than a moment, and only there."""

from __future__ import annotations

from bot.signs import AGAIN_AFTER, MOMENT
from bot.simulator import BotApiServer, Fault, Group, Person
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, calls_to

QUESTION = "strikes in Syria on June 10th, 2017?"


async def test_a_slow_answer_shows_that_the_bot_is_typing_in_its_topic(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk", forum=True), Person(server)
    topic = group.topic("News")
    server.faults.append(Fault("held", chat=group.chat.id))
    person.says(f"/ask {QUESTION}", group, topic=topic)
    await bot.clock.until_somebody_sleeps(MOMENT)
    bot.clock.advance(MOMENT)
    await server.until(lambda: bool(server.called("sendChatAction")))
    [call] = server.called("sendChatAction")
    assert call.parameters["action"] == "typing"
    assert call.parameters["message_thread_id"] == str(topic)
    await bot.clock.until_somebody_sleeps(AGAIN_AFTER)
    bot.clock.advance(AGAIN_AFTER)
    await server.until(lambda: len(server.called("sendChatAction")) == 2)
    server.released.set()
    await answered(server, group, 1)


async def test_an_answer_at_once_shows_nothing(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    await answered(server, person, 1)
    await bot.settled()
    bot.clock.advance(MOMENT)
    await bot.settled()
    assert {call.method for call in calls_to(server, person.private)} == {"sendMessage"}


async def test_a_sign_that_is_refused_costs_no_answer(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    server.faults.append(Fault("bad gateway", method="sendChatAction"))
    server.faults.append(Fault("held", chat=person.private.id, method="sendMessage"))
    person.says(QUESTION)
    await bot.clock.until_somebody_sleeps(MOMENT)
    bot.clock.advance(MOMENT)
    await server.until(lambda: [c.status for c in server.called("sendChatAction")] == [502])
    server.released.set()
    assert (await answered(server, person, 1))[0]["text"].startswith("27 strikes")
