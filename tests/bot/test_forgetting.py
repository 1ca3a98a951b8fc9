"""`/forget` deletes what is kept of a person, in every chat; others keep theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bot.conversations import Conversation
from bot.forgetting import forget_person
from bot.inbox import Inbox, Incoming
from bot.simulator import BotApiServer, Group, Person
from bot.state import open_state
from bot.vault import Vault
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered

QUESTION = "strikes in Syria on June 10th, 2017?"


def rows_of(bot: RunningBot, person: int) -> dict[str, int]:
    """How many rows of each table are somebody's, or of their private chat."""
    vault = Vault(bot.settings.secret)
    owner, home = vault.key("person", person), vault.key("chat", person)
    owned = ("conversations", "messages", "replies", "offers")
    with closing(sqlite3.connect(bot.settings.location)) as database:
        counted = {
            table: database.execute(
                f"select count(*) from {table} where person = ? or chat = ?", (owner, home)
            ).fetchone()[0]
            for table in owned
        }
        counted["preferences"] = database.execute(
            "select count(*) from preferences where chat = ?", (home,)
        ).fetchone()[0]
    return counted


async def test_forget_deletes_everything_of_a_person_in_every_chat(
    server: BotApiServer, bot: RunningBot
) -> None:
    group = Group(server, "Talk", forum=True)
    topic = group.topic("News")
    ann, ben = Person(server, "Ann"), Person(server, "Ben")
    for person in (ann, ben):
        person.says(f"/ask {QUESTION}", group, topic=topic)
        person.says("/ask strikes in Raqqa", group)
        person.says(QUESTION)
        person.says("/settings")
        await answered(server, person, 2)
        person.presses(person.answers()[1], 0)
        await bot.settled()
    assert all(rows_of(bot, ann.private.id).values())
    ann.says("/forget")
    done = (await answered(server, ann, 3))[2]
    assert "deleted" in done["text"]
    await bot.settled()
    assert set(rows_of(bot, ann.private.id).values()) == {0}
    assert all(rows_of(bot, ben.private.id).values())
    ann.says("/why")
    assert "ask one first" in (await answered(server, ann, 4))[3]["text"]
    ann.says("/ask and in Iraq?", group, topic=topic)
    assert not (await answered(server, group, 5))[4]["text"].startswith("7 strikes")
    ben.says("/ask and in Iraq?", group, topic=topic)
    assert (await answered(server, group, 6))[5]["text"].startswith("7 strikes")


async def test_forget_in_a_group_deletes_too_and_a_count_stays(server: BotApiServer, bot: RunningBot) -> None:
    group, ann = Group(server, "Talk"), Person(server)
    ann.says(f"/ask {QUESTION}", group)
    ann.says("/forget", group)
    await answered(server, group, 2)
    await bot.settled()
    assert set(rows_of(bot, ann.private.id).values()) == {0}
    ann.says("/stats")
    assert "Answered: 1\n" in (await answered(server, ann, 1))[0]["text"]


async def test_a_text_that_was_set_aside_is_deleted_and_one_that_waits_is_answered_first(
    tmp_path: object,
) -> None:
    async with open_state(f"{tmp_path}/state.sqlite", Vault("a key for tests only")) as state:
        inbox = Inbox(state, lambda: 1000)
        here = Conversation(-5, None, 77)
        await inbox.put([Incoming({"update_id": n, "message": {}}, here, wanted=True) for n in (1, 2)])
        await inbox.set_aside(1)
        await forget_person(state, 77)
        assert [entry.update_id for entry in await inbox.waiting()] == [2]
        assert await inbox.put([Incoming({"update_id": 1}, here, wanted=False)]) == []
        async with state.engine.connect() as connection:
            rows = (await connection.exec_driver_sql("select update_id from inbox order by 1")).all()
        assert [row[0] for row in rows] == [1, 2]


async def test_stats_count_what_became_of_questions(server: BotApiServer, bot: RunningBot) -> None:
    for text in (QUESTION, "strikes in Yemen", "strikes in Raqqa", "hello", "/help"):
        person = Person(server)
        person.says(text)
        await answered(server, person, 1)
        await bot.end()  # ticked off, and counted
        bot.start()
    person.says("/stats")
    told = (await answered(server, person, 2))[1]["text"]
    for line in ("Asked: 3", "Answered: 1", "Not on record or not understood: 1", "Asked back: 1"):
        assert f"\n{line}\n" in told


async def test_about_tells_how_large_the_record_is(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says("/about")
    [told] = await answered(server, person, 1)
    assert f"{bot.knowledge.summary()['figures']:,} figures" in told["text"]
