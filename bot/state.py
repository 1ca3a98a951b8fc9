"""What the bot remembers between questions, in a database of its own apart from the record.

SQLite by default, any database that SQLAlchemy reaches asynchronously where a URL says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, delete, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import schema
from bot.conversations import Conversation
from bot.errors import StateError
from bot.vault import Vault

_MIGRATIONS = Path(__file__).parent / "migrations"
_SEAL = "sitrep"
#: What is kept of messages, and means nothing where they are no longer.
_OF_MESSAGES = (schema.messages, schema.replies, schema.offers, schema.recent)


@dataclass(frozen=True, slots=True)
class Memory:
    """What an answer leaves behind: the conversation's thread (as JSON) and the facts that were said.

    `chat` is where the answer was sent, which after a migration is not where the question stood. An answer
    that was changed after others came does not lead: the conversation goes on from the last of them.
    """

    conversation: Conversation
    chat: int
    message: int
    thread: str
    facts: tuple[str, ...]
    leads: bool = True


class State:
    """Threads of conversations and of answers. All that is a person's is sealed or hashed by the vault."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault

    async def thread(self, conversation: Conversation) -> str | None:
        """The thread that a conversation is at, as JSON."""
        table = schema.conversations
        chat, speaker = self.keys(conversation)
        query = select(table.c.thread).where(table.c.chat == chat, table.c.speaker == speaker)
        return await self._sealed_thread(query)

    async def thread_of_message(self, chat: int, message: int) -> str | None:
        """The thread that one of the bot's own messages left, as JSON."""
        table = schema.messages
        query = select(table.c.thread).where(
            table.c.chat == self.vault.key("chat", chat), table.c.message == self.message_key(chat, message)
        )
        return await self._sealed_thread(query)

    async def facts_of_message(self, chat: int, message: int) -> tuple[str, ...] | None:
        """The facts that one of the bot's own messages said; None where it is not remembered."""
        table = schema.messages
        query = select(table.c.facts).where(
            table.c.chat == self.vault.key("chat", chat), table.c.message == self.message_key(chat, message)
        )
        async with self.engine.connect() as connection:
            kept = await connection.scalar(query)
        return None if kept is None else tuple(json.loads(kept))

    async def remember(self, connection: AsyncConnection, memory: Memory, now: int) -> None:
        """Write what an answer leaves behind, within the caller's transaction; `now` is in Unix seconds."""
        thread, person = self.vault.seal(memory.thread, "thread"), self.owner_key(memory.conversation)
        if memory.leads:
            chat, speaker = self.keys(memory.conversation)
            spoken = schema.conversations
            await connection.execute(delete(spoken).where(spoken.c.chat == chat, spoken.c.speaker == speaker))
            await connection.execute(
                insert(spoken).values(chat=chat, speaker=speaker, person=person, thread=thread, updated=now)
            )
        key = self.message_key(memory.chat, memory.message)
        said = schema.messages
        home = self.vault.key("chat", memory.chat)
        await connection.execute(delete(said).where(said.c.chat == home, said.c.message == key))
        await connection.execute(
            insert(said).values(
                chat=home,
                message=key,
                person=person,
                facts=json.dumps(memory.facts),
                thread=thread,
                sent=now,
            )
        )

    async def move_chat(self, old: int, new: int) -> None:
        """Carry a group's conversations and preferences over to the supergroup; its old messages are gone."""
        before, after = self.vault.key("chat", old), self.vault.key("chat", new)
        table = schema.conversations
        async with self.engine.begin() as connection:
            for gone in _OF_MESSAGES:
                await connection.execute(delete(gone).where(gone.c.chat == before))
            wishes = schema.preferences
            if await connection.scalar(select(wishes.c.chat).where(wishes.c.chat == before)):
                await connection.execute(delete(wishes).where(wishes.c.chat == after))
                await connection.execute(update(wishes).where(wishes.c.chat == before).values(chat=after))
            moved = select(table.c.speaker).where(table.c.chat == before)
            await connection.execute(delete(table).where(table.c.chat == after, table.c.speaker.in_(moved)))
            await connection.execute(update(table).where(table.c.chat == before).values(chat=after))
            await connection.execute(
                update(schema.inbox).where(schema.inbox.c.chat == before).values(chat=after)
            )

    async def prune(self, before: int, done_before: int) -> None:
        """Forget what was last touched before a time in Unix seconds; what waits is kept.

        Numbers of updates that are done with have a time of their own, `done_before`.
        """
        inbox = schema.inbox
        async with self.engine.begin() as connection:
            for state, limit in (("failed", before), ("done", done_before)):
                old = (inbox.c.received < limit) & (inbox.c.state == state)
                await connection.execute(delete(inbox).where(old))
            await connection.execute(
                delete(schema.conversations).where(schema.conversations.c.updated < before)
            )
            for table in _OF_MESSAGES:
                await connection.execute(delete(table).where(table.c.sent < before))

    async def prove_key(self) -> None:
        """Check that this state was written under the vault's key. Raises `StateError` if not."""
        table = schema.settings
        async with self.engine.begin() as connection:
            found = await connection.scalar(select(table.c.value).where(table.c.name == "seal"))
            if found is None:
                sealed = self.vault.seal(_SEAL, "seal")
                await connection.execute(insert(table).values(name="seal", value=sealed))
            else:
                self.vault.unseal(found, "seal")

    async def _sealed_thread(self, query: Any) -> str | None:  # a select of one column, whatever its tables
        async with self.engine.connect() as connection:
            sealed = await connection.scalar(query)
        return None if sealed is None else self.vault.unseal(sealed, "thread")

    def keys(self, conversation: Conversation) -> tuple[str, str]:
        """The hashes of a conversation's chat and of who speaks where in it."""
        speaker = self.vault.key("speaker", conversation.topic, conversation.person)
        return self.vault.key("chat", conversation.chat), speaker

    def owner_key(self, conversation: Conversation) -> str:
        """The hash of whose a conversation is, the same in every chat."""
        return self.vault.key("person", conversation.owner)

    def message_key(self, chat: int, message: int) -> str:
        """The hash of a message's number."""
        return self.vault.key("message", chat, message)


@asynccontextmanager
async def open_state(location: str, vault: Vault) -> AsyncIterator[State]:
    """Open the state at a file's path or a SQLAlchemy URL, brought up to date first.

    Raises `StateError` where it cannot be reached, written or read with this key.
    """
    try:
        engine = _engine(location)
    except (OSError, ArgumentError, ImportError) as error:
        raise StateError(f"SITREP_STATE names nothing that can be opened: {type(error).__name__}.") from None
    state = State(engine, vault)
    try:
        await _prepare(state, location)
        yield state
    finally:
        await engine.dispose()


async def _prepare(state: State, location: str) -> None:
    shown = location if "://" not in location else make_url(location).render_as_string(hide_password=True)
    try:
        async with state.engine.begin() as connection:
            await connection.run_sync(_migrate)
        await state.prove_key()
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise StateError(f"The state at {shown} cannot be used: {cause}.") from None
    except StateError:
        raise StateError(
            f"The state at {shown} was written under another key. Set SITREP_KEY to the key it was written "
            "with (by default that is the bot's token), or move the file away to start anew."
        ) from None


def _engine(location: str) -> AsyncEngine:
    if "://" in location and not location.startswith("sqlite"):
        return create_async_engine(location, pool_pre_ping=True)
    url = location if "://" in location else f"sqlite+aiosqlite:///{_private_file(location)}"
    # One connection: SQLite has one writer, and waiting in the pool is fairer than its busy timeout.
    engine = create_async_engine(url, pool_size=1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _make_durable)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _private_file(location: str) -> Path:
    """The state's file, made first, for its owner only, so that nobody else can ever read it."""
    path = Path(location).expanduser().absolute()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return path


def _make_durable(connection: Any, _record: object) -> None:  # a driver's own connection
    """Commit to the disk itself: an update confirmed to Telegram must survive a power cut."""
    connection.isolation_level = None  # the driver would leave changes of tables out of transactions
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
