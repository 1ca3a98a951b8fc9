"""What becomes of an answer when Telegram or the line to it is in trouble, over HTTP."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import TokenRefused
from bot.faults import Verdict, backoff, verdict
from bot.simulator import TOKEN, BotApiServer, Fault, Group, Person
from bot.simulator.faults import Kind
from tests.bot.conftest import RunningBot

QUESTION = "strikes in Syria on June 10th, 2017?"


def caused(error: Exception, cause: Exception) -> Exception:
    """An error of the library's that another one is behind."""
    error.__cause__ = cause
    return error


async def test_a_flooded_chat_waits_alone_and_is_answered_in_order(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    server.faults.append(Fault("flood", chat=group.chat.id, seconds=77))
    first = ann.says(f"/ask {QUESTION}", group)
    second = ann.says("/ask and what of Iraq?", group)
    await bot.clock.until_somebody_sleeps(77)
    third = ben.says(f"/ask {QUESTION}", group)
    await bot.settled()
    assert group.answers() == []
    assert (
        len([c for c in server.called("sendMessage") if c.parameters["chat_id"] == str(group.chat.id)]) == 1
    )
    bot.clock.advance(77)
    await server.until(lambda: len(group.answers()) == 3)
    order = [answer["reply_to_message"]["message_id"] for answer in group.answers()]
    assert order.index(first["message_id"]) < order.index(second["message_id"])
    assert third["message_id"] in order


async def test_a_bad_gateway_is_tried_again_until_it_is_good(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    server.faults.append(Fault("bad gateway", times=3))
    person.says(QUESTION)
    for wait in (1, 2, 4):
        await bot.clock.until_somebody_sleeps(wait)
        bot.clock.advance(wait)
    await server.until(lambda: bool(person.answers()))
    assert len(person.answers()) == 1


async def test_an_answer_that_was_perhaps_sent_is_doubled_once_at_most(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("lost after", chat=person.private.id, times=5))
    person.says(QUESTION)
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await server.until(lambda: len(person.answers()) == 2)
    server.faults.clear()
    person.says("and what of Iraq?")
    await server.until(lambda: len(person.answers()) == 3)
    assert [a["text"].split()[0] for a in person.answers()[:2]] == ["27", "27"]


async def test_an_answer_that_was_lost_on_the_way_is_sent_again(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("lost before", chat=person.private.id))
    person.says(QUESTION)
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await server.until(lambda: bool(person.answers()))
    assert len(person.answers()) == 1


async def test_a_chat_whose_answer_hangs_holds_up_nobody(server: BotApiServer, bot: RunningBot) -> None:
    slow = Person(server)
    server.faults.append(Fault("held", chat=slow.private.id))
    slow.says(QUESTION)
    await bot.settled()
    assert slow.answers() == []
    server.released.set()
    await server.until(lambda: bool(slow.answers()))


async def test_questions_of_one_chat_are_answered_in_the_order_asked(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    asked = [person.says(f"{QUESTION} {n}")["message_id"] for n in range(30)]
    await server.until(lambda: len(person.answers()) == 30)
    assert [answer["reply_to_message"]["message_id"] for answer in person.answers()] == asked


async def test_an_update_that_cannot_be_read_holds_up_nobody(server: BotApiServer, bot: RunningBot) -> None:
    number = server.world.publish(message={"message_id": "?", "nonsense": True})
    person = Person(server)
    person.says(QUESTION)
    await bot.settled()
    assert len(person.answers()) == 1
    for wait in (1, 2):
        await bot.clock.until_somebody_sleeps(wait)
        bot.clock.advance(wait)
    await bot.settled()
    await bot.end()
    assert states_of(bot, number) == "failed"


async def test_a_question_that_breaks_the_bot_is_set_aside_with_an_apology(
    server: BotApiServer, bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = type(bot.knowledge).ask

    def break_on_poison(self: object, text: str, **options: object) -> object:
        if text == "poison":
            raise ZeroDivisionError
        return ask(self, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(type(bot.knowledge), "ask", break_on_poison)
    person = Person(server)
    person.says("poison")
    person.says(QUESTION)
    for wait in (1, 2):
        await bot.clock.until_somebody_sleeps(wait)
        bot.clock.advance(wait)
    await server.until(lambda: len(person.answers()) == 2)
    assert "went wrong" in person.answers()[0]["text"]
    assert person.answers()[1]["text"].startswith("27 strikes")


async def test_a_revoked_token_stops_the_bot(server: BotApiServer, bot: RunningBot) -> None:
    await bot.settled()
    server.world.token = "1:other"
    Person(server).says(QUESTION)
    assert bot.task is not None
    with pytest.raises(TokenRefused, match="refuses the token"):
        await bot.task
    bot.task = None


@pytest.mark.parametrize("kind", ["bad gateway", "lost before", "lost after"])
async def test_polling_goes_on_after_trouble(server: BotApiServer, bot: RunningBot, kind: Kind) -> None:
    await bot.settled()
    server.faults.append(Fault(kind, method="getUpdates"))
    person = Person(server)
    person.says(QUESTION)
    await server.until(lambda: len(person.answers()) == 1)
    person.says("and what of Iraq?")
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await bot.settled()
    assert len(person.answers()) == 2


async def test_polling_goes_on_after_somebody_else_polled(server: BotApiServer, bot: RunningBot) -> None:
    await bot.settled()
    async with httpx.AsyncClient(trust_env=False) as rival:
        await rival.post(f"{server.url}/bot{TOKEN}/getUpdates", data={"timeout": 0})
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await bot.settled()
    assert [call.status for call in server.called("getUpdates")].count(409) == 1


async def test_a_webhook_left_behind_is_removed_and_nothing_lost(
    server: BotApiServer, bot: RunningBot
) -> None:
    await bot.settled()
    server.world.webhook = "https://example.org/hook"
    first, second = Person(server), Person(server)
    first.says(QUESTION)
    await server.until(lambda: bool(first.answers()))
    second.says(QUESTION)
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await server.until(lambda: bool(second.answers()))
    assert server.world.webhook == ""


async def test_an_update_sent_twice_is_answered_once(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    [update] = server.world.updates
    await bot.settled()
    server.world.updates.append(update)
    server.world.news.set()
    await server.until(lambda: not server.world.updates)
    await bot.settled()
    assert len(person.answers()) == 1


async def test_what_was_not_answered_is_answered_after_a_restart(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("bad gateway", times=1))
    asked = [person.says(f"{QUESTION} {n}")["message_id"] for n in range(5)]
    await bot.clock.until_somebody_sleeps(1)
    await bot.end()
    assert person.answers() == []
    bot.start()
    await server.until(lambda: len(person.answers()) == 5)
    assert [answer["reply_to_message"]["message_id"] for answer in person.answers()] == asked


async def test_stopping_lets_an_answer_under_way_finish(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    server.faults.append(Fault("held", chat=person.private.id))
    person.says(QUESTION)
    await server.until(lambda: bool(server.called("sendMessage")))
    ending = asyncio.create_task(bot.end())
    await asyncio.sleep(0)
    server.released.set()
    await ending
    assert len(person.answers()) == 1
    assert waiting_in(bot) == 0


@contextmanager
def full_disk(bot: RunningBot, operation: str) -> Iterator[None]:
    """The state's file while an operation on the inbox cannot be written."""
    with closing(sqlite3.connect(bot.settings.location, isolation_level=None)) as database:
        database.execute(
            f"create trigger full before {operation} begin select raise(abort, 'disk is full'); end"
        )
        yield
        database.execute("drop trigger full")


async def test_what_cannot_be_written_is_not_confirmed_and_answered_later(
    server: BotApiServer, bot: RunningBot
) -> None:
    await bot.settled()
    person = Person(server)
    with full_disk(bot, "insert on inbox"):
        person.says(QUESTION)
        await bot.clock.until_somebody_sleeps(1)
        assert len(server.world.updates) == 1
    bot.clock.advance(1)
    await server.until(lambda: len(person.answers()) == 1)


async def test_an_answer_that_cannot_be_ticked_off_is_not_sent_again(
    server: BotApiServer, bot: RunningBot
) -> None:
    await bot.settled()
    person = Person(server)
    with full_disk(bot, "update of state on inbox"):
        person.says(QUESTION)
        for wait in (1, 2):
            await bot.clock.until_somebody_sleeps(wait)
            bot.clock.advance(wait)
        await bot.clock.until_somebody_sleeps(4)
    bot.clock.advance(4)
    await bot.settled()
    assert len(person.answers()) == 1
    await bot.end()
    assert waiting_in(bot) == 0


@pytest.mark.parametrize(
    ("error", "judged"),
    [
        (RetryAfter(5), Verdict.WAIT),
        (Forbidden("x"), Verdict.DROP),
        (ChatMigrated(-5), Verdict.AGAIN),
        (BadRequest("x"), Verdict.DROP),
        (InvalidToken("x"), Verdict.STOP),
        (NetworkError("Bad Gateway (502)"), Verdict.AGAIN),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Verdict.UNCERTAIN),
        (caused(TimedOut(), httpx.PoolTimeout("x")), Verdict.AGAIN),
        (caused(NetworkError("x"), httpx.ConnectError("x")), Verdict.AGAIN),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Verdict.UNCERTAIN),
        (OperationalError("x", None, sqlite3.OperationalError("disk is full")), Verdict.AGAIN),
        (OSError(28, "No space left on device"), Verdict.AGAIN),
        (ZeroDivisionError(), Verdict.FAULT),
        (TelegramError("x"), Verdict.FAULT),
    ],
    ids=repr,
)
def test_each_error_is_judged_by_the_written_precedence(error: Exception, judged: Verdict) -> None:
    assert verdict(error) is judged


def test_waits_grow_up_to_half_a_minute() -> None:
    assert [backoff(n) for n in (1, 2, 3, 6, 7, 5000)] == [1, 2, 4, 30, 30, 30]


def states_of(bot: RunningBot, update_id: int) -> str:
    """What the inbox says of an update."""
    with sqlite3.connect(bot.settings.location) as database:
        [row] = database.execute("select state from inbox where update_id = ?", (update_id,))
    database.close()
    return str(row[0])


def waiting_in(bot: RunningBot) -> int:
    """How many updates wait in the inbox."""
    with sqlite3.connect(bot.settings.location) as database:
        [row] = database.execute("select count(*) from inbox where state = 'waiting'")
    database.close()
    return int(row[0])
