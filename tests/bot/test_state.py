"""What the bot remembers: nothing of a person can be read without the key, and old things are forgotten."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversations import Conversation
from bot.errors import StateError
from bot.inbox import MOST_ATTEMPTS, Inbox, Incoming
from bot.simulator import BotApiServer, Fault, Group, Person
from bot.state import Memory, State, open_state
from bot.vault import Vault
from tests.bot.clock import ManualClock
from tests.bot.conftest import RunningBot

KEY = "a key for tests only"
HERE = Conversation(-100123456, None, 424242)


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "state.sqlite")


def incoming(update_id: int, *, wanted: bool = True, conversation: Conversation = HERE) -> Incoming:
    raw = {"update_id": update_id, "message": {"text": "secret words of Annabel"}}
    return Incoming(raw, conversation, wanted)


async def remember(state: State, inbox: Inbox, update_id: int, thread: str = '{"a": 1}') -> None:
    """Answer an update."""
    memory = Memory(HERE, HERE.chat, 7, thread, ("fact-1",))
    await inbox.put([incoming(update_id)])
    await inbox.finish(update_id, memory)


async def test_a_copy_of_the_database_shows_no_text_name_or_id(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server, "Zebulon", "zebulon_the_third")
    group = Group(server, "Whisperers")
    server.faults.append(Fault("flood", chat=person.private.id, seconds=999))
    person.says("/ask strikes in Syria on June 10th, 2017, asks Xanthippe", group)
    person.says("strikes in Syria on June 10th, 2017, asks Xanthippe")
    await bot.clock.until_somebody_sleeps(999)
    await bot.settled()
    await bot.end()
    folder = Path(bot.settings.location).parent
    content = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    telltale = [
        "Zebulon",
        "zebulon_the_third",
        "Whisperers",
        "Xanthippe",
        "Syria",
        "syria",
        str(group.chat.id),
    ]
    for text in telltale:
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content
    assert bot.settings.token.get_secret_value().encode() not in content


async def test_a_done_update_keeps_no_payload_and_an_unwanted_one_never_has_one(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        inbox = Inbox(state, lambda: 1000)
        await inbox.put([incoming(1), incoming(2, wanted=False)])
        assert (await inbox.payload(1))["message"]["text"] == "secret words of Annabel"
        await inbox.finish(1)
        for number in (1, 2):
            with pytest.raises(StateError):
                await inbox.payload(number)


async def test_an_update_is_taken_once_even_within_a_batch(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        inbox = Inbox(state, lambda: 1000)
        assert [entry.update_id for entry in await inbox.put([incoming(1), incoming(1), incoming(2)])] == [
            1,
            2,
        ]
        assert await inbox.put([incoming(1)]) == []


async def test_what_waits_survives_in_order(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        await Inbox(state, lambda: 1000).put([incoming(3), incoming(1), incoming(2)])
    async with open_state(place, Vault(KEY)) as state:
        assert [entry.update_id for entry in await Inbox(state, lambda: 1000).waiting()] == [1, 2, 3]


async def test_an_update_that_process_after_process_dies_over_is_set_aside(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        inbox = Inbox(state, lambda: 1000)
        await inbox.put([incoming(1)])
        for _ in range(MOST_ATTEMPTS - 1):
            assert await inbox.waiting()
        assert await inbox.waiting() == []


async def test_a_thread_is_found_again_by_its_conversation_and_by_its_message(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        await remember(state, Inbox(state, lambda: 1000), 1)
        assert await state.thread(HERE) == '{"a": 1}'
        assert await state.thread_of_message(HERE.chat, 7) == '{"a": 1}'
        assert await state.thread(Conversation(HERE.chat, 5, HERE.person)) is None
        assert await state.thread(Conversation(HERE.chat, None, 1)) is None
        assert await state.thread_of_message(HERE.chat, 8) is None


async def test_conversations_move_with_their_chat(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        await remember(state, Inbox(state, lambda: 1000), 1)
        await state.move_chat(HERE.chat, -1009)
        assert await state.thread(HERE) is None
        assert await state.thread(Conversation(-1009, None, HERE.person)) == '{"a": 1}'


async def test_old_things_are_forgotten_and_what_waits_is_kept(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        inbox = Inbox(state, lambda: 1000)
        await remember(state, inbox, 1)
        await inbox.put([incoming(2), incoming(3, wanted=False)])
        await state.prune(1001, 1001)
        assert await state.thread(HERE) is None
        assert await state.thread_of_message(HERE.chat, 7) is None
        assert [entry.update_id for entry in await inbox.waiting()] == [2]
        assert len(await inbox.put([incoming(1)])) == 1


async def test_numbers_of_updates_that_are_done_go_earlier_than_those_set_aside(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        inbox = Inbox(state, lambda: 1000)
        await inbox.put([incoming(1), incoming(2)])
        await inbox.finish(1)
        await inbox.set_aside(2)
        await state.prune(1000, 1001)
        assert [entry.update_id for entry in await inbox.put([incoming(1), incoming(2)])] == [1]


async def test_what_is_young_is_not_forgotten(place: str) -> None:
    async with open_state(place, Vault(KEY)) as state:
        await remember(state, Inbox(state, lambda: 1000), 1)
        await state.prune(1000, 1000)
        assert await state.thread(HERE) is not None


async def test_another_key_is_refused_with_what_to_do(place: str) -> None:
    async with open_state(place, Vault(KEY)):
        pass
    with pytest.raises(StateError, match=r"written under another key\. Set SITREP_KEY"):
        async with open_state(place, Vault("another key")):
            pass


async def test_tables_are_made_all_or_none(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table messages (x)")
    with pytest.raises(StateError, match="table messages already exists"):
        async with open_state(str(path), Vault(KEY)):
            pass
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("select name from sqlite_master where type = 'table'").fetchall() == [
            ("messages",)
        ]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes " * 200)
    with pytest.raises(StateError, match="cannot be used: file is not a database"):
        async with open_state(str(path), Vault(KEY)):
            pass
    assert path.read_text() == "my notes " * 200


@pytest.mark.parametrize("location", ["/proc/none/state.sqlite", "nonsense://x", "postgresql+nothing://h/d"])
async def test_a_place_that_cannot_be_opened_is_refused(location: str) -> None:
    with pytest.raises(StateError, match="SITREP_STATE names nothing that can be opened"):
        async with open_state(location, Vault(KEY)):
            pass


async def test_only_the_owner_can_read_the_file(place: str) -> None:
    async with open_state(place, Vault(KEY)):
        assert stat.S_IMODE(os.stat(place).st_mode) == 0o600


async def test_a_location_may_be_a_url(tmp_path: Path) -> None:
    async with open_state(f"sqlite+aiosqlite:///{tmp_path / 'by-url.sqlite'}", Vault(KEY)) as state:
        await remember(state, Inbox(state, lambda: 1000), 1)
        assert await state.thread(HERE) is not None


def test_sealed_text_is_bound_to_its_purpose_and_never_the_same_twice() -> None:
    vault = Vault(KEY)
    assert vault.seal("x", "a") != vault.seal("x", "a")
    with pytest.raises(StateError):
        vault.unseal(vault.seal("x", "a"), "b")


def test_ids_are_hashed_alike_by_one_key_and_differently_by_another() -> None:
    assert Vault(KEY).key("chat", 1) == Vault(KEY).key("chat", 1)
    assert Vault(KEY).key("chat", 1) != Vault("other").key("chat", 1)
    assert Vault(KEY).key("chat", 1) != Vault(KEY).key("message", 1)


async def test_housekeeping_forgets_after_thirty_days(
    server: BotApiServer, bot: RunningBot, clock: ManualClock
) -> None:
    person = Person(server)
    person.says("strikes in Syria on June 10th, 2017?")
    await bot.settled()
    for _ in range(31):
        await clock.until_somebody_sleeps(24 * 3600)
        clock.advance(24 * 3600)
    await clock.until_somebody_sleeps(24 * 3600)
    person.says("and what of Iraq?")
    await server.until(lambda: len(person.answers()) == 2)
    assert not person.answers()[1]["text"].startswith("7 strikes")
