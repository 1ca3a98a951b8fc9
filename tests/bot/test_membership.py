"""Where the bot is added, removed, blocked, muted, slowed down, or spoken to by channels."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot.simulator import USERNAME, BotApiServer, Group, Person
from tests.bot.clock import ManualClock
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, calls_to, edited

QUESTION = "strikes in Syria on June 10th, 2017?"


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[BotApiServer]:
    """A server whose time is the bot's own, as slow mode needs it."""
    async with BotApiServer(clock=clock.now) as running:
        yield running


def kept(bot: RunningBot) -> dict[str, int]:
    """How many rows there are of what is kept of people and their chats."""
    tables = ("conversations", "messages", "replies", "offers", "recent")
    with closing(sqlite3.connect(bot.settings.location)) as database:
        return {t: database.execute(f"select count(*) from {t}").fetchone()[0] for t in tables}


@pytest.mark.parametrize("was", ["left", "kicked"])
@pytest.mark.parametrize("status", ["member", "administrator"])
async def test_a_group_that_is_new_is_greeted_once_and_shortly(
    server: BotApiServer, bot: RunningBot, was: str, status: str
) -> None:
    group, boss = Group(server, "Talk"), Person(server)
    await bot.settled()
    group.takes_bot_in(boss.json, was=was, status=status)
    [greeting] = await answered(server, group, 1)
    await bot.settled()
    assert len(group.answers()) == 1
    assert f"/ask@{USERNAME}" in greeting["text"]
    assert "\n" not in greeting["text"]
    assert len(greeting["text"]) < 400


async def test_other_changes_of_the_bots_rights_get_no_word(server: BotApiServer, bot: RunningBot) -> None:
    group, boss = Group(server, "Talk"), Person(server)
    await bot.settled()
    group.takes_bot_in(boss.json, was="member", status="administrator")
    group.takes_bot_in(boss.json, was="administrator", status="member")
    await bot.settled()
    assert group.answers() == []


async def test_a_channel_is_not_greeted_and_its_posts_are_not_answered(
    server: BotApiServer, bot: RunningBot
) -> None:
    channel, boss = Group(server, "News", kind="channel"), Person(server)
    await bot.settled()
    channel.takes_bot_in(boss.json, status="administrator")
    server.world.allowed = ()
    boss.says(f"/ask@{USERNAME} {QUESTION}", channel, kind="channel_post")
    await bot.settled()
    assert calls_to(server, channel.chat) == []


async def test_a_post_that_a_group_gets_from_its_channel_is_not_for_the_bot_but_a_comment_is(
    server: BotApiServer, bot: RunningBot
) -> None:
    channel, group, ann = Group(server, "News", kind="channel"), Group(server, "Comments"), Person(server)
    origin = {"type": "channel", "date": 1_500_000_000, "chat": channel.chat.as_json(), "message_id": 5}
    post = ann.says(
        f"@{USERNAME} {QUESTION}",
        group,
        sender_chat=channel.chat.as_json(),
        forward_origin=origin,
        is_automatic_forward=True,
    )
    await bot.settled()
    assert group.answers() == []
    ann.says(f"/ask@{USERNAME}", group, reply_to=post)
    [answer] = await answered(server, group, 1)
    assert answer["text"].startswith("27 strikes")
    assert "message_thread_id" not in calls_to(server, group.chat)[0].parameters


async def test_a_channel_that_writes_in_its_group_has_a_thread_of_its_own(
    server: BotApiServer, bot: RunningBot
) -> None:
    channel, group, ann = Group(server, "News", kind="channel"), Group(server, "Talk"), Person(server)
    ann.says(f"/ask {QUESTION}", group, sender_chat=channel.chat.as_json())
    await answered(server, group, 1)
    ann.says("/ask and in Iraq?", group)
    ann.says("/ask and in Iraq?", group, sender_chat=channel.chat.as_json())
    texts = [answer["text"] for answer in (await answered(server, group, 3))[1:]]
    assert [text.startswith("7 strikes") for text in texts].count(True) == 1


async def test_a_bot_put_out_of_a_group_forgets_it_and_holds_up_nobody(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, boss = Group(server, "Talk"), Person(server)
    boss.says(f"/ask {QUESTION}", group)
    boss.says("/ask strikes in Raqqa", group)
    await answered(server, group, 2)
    await bot.settled()
    group.puts_bot_out(boss.json)
    boss.says(f"/ask {QUESTION}", group)
    await bot.settled()
    await bot.end()
    assert bot.waiting() == 0
    assert len(group.answers()) == 2
    strangers = len([c for c in server.called("sendMessage") if c.status == 200]) - 2
    assert kept(bot)["messages"] <= strangers  # of small talk with strangers, not of the group
    assert kept(bot)["offers"] == kept(bot)["recent"] == 0


async def test_a_block_is_a_403_that_ends_quietly_and_forgets_the_person(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(QUESTION)
    await answered(server, person, 1)
    person.blocks_bot()
    person.says("and in Iraq?")
    await server.until(lambda: calls_to(server, person.private)[-1].status == 403)
    await bot.settled()
    await bot.end()
    assert bot.waiting() == 0
    assert kept(bot)["offers"] == 0
    person.private.blocked = False
    bot.start()
    person.says("and in Iraq?")
    assert not (await answered(server, person, 2))[1]["text"].startswith("7 strikes")


async def test_where_the_bot_may_not_write_it_gives_up_quietly(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    group.chat.muted = True
    await bot.settled()
    group.takes_bot_in(person.json)
    person.says(f"/ask {QUESTION}", group)
    person.says("/ask strikes in Raqqa", group)
    await bot.settled()
    await bot.end()
    assert [c.status for c in calls_to(server, group.chat)] == [400, 400, 400]
    assert bot.waiting() == 0


async def test_slow_mode_is_waited_out_in_its_own_group_only(server: BotApiServer, bot: RunningBot) -> None:
    group, other, ann = Group(server, "Talk"), Group(server, "Other"), Person(server)
    group.chat.slow_mode = 60
    ann.says(f"/ask {QUESTION}", group)
    ann.says("/ask and in Iraq?", group)
    await bot.clock.until_somebody_sleeps(60)
    ann.says(f"/ask {QUESTION}", other)
    await answered(server, other, 1)
    assert len(group.answers()) == 1
    bot.clock.advance(60)
    assert (await answered(server, group, 2))[1]["text"].startswith("7 strikes")


async def test_a_choice_pressed_in_slow_mode_is_answered_at_once(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann = Group(server, "Talk"), Person(server)
    group.chat.slow_mode = 60
    ann.says("/ask 10/06/2017 strikes syria", group)
    [asked_back] = await answered(server, group, 1)
    ann.presses(asked_back)
    await edited(server, 1)
    assert "10 June 2017" in group.answers()[0]["text"]


async def test_a_group_that_moved_is_not_greeted_again(server: BotApiServer, bot: RunningBot) -> None:
    group, ann = Group(server, "Talk", kind="group"), Person(server)
    ann.says(f"/ask {QUESTION}", group)
    await answered(server, group, 1)
    new = group.becomes_supergroup()
    await bot.settled()
    new.takes_bot_in(ann.json)
    await bot.settled()
    assert new.answers() == []


async def test_an_answer_in_a_group_is_gone_on_from_after_a_restart(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    await bot.end()
    bot.start()
    ben.says("and in Iraq?", group, reply_to=answer)
    ann.says("/ask and engagements?", group)
    texts = [a["text"].split("\n")[0] for a in (await answered(server, group, 3))[1:]]
    assert any(text.startswith("7 strikes in Iraq") for text in texts)
    assert any("engagements in Syria" in text for text in texts)
