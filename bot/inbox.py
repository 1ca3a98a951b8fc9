"""The inbox on disk: an update is in here before Telegram is told that it arrived.

A row waits until its answer is sent, then it is done and loses its payload. An update that fails again
and again is set aside, so that it holds up nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from bot.conversations import Conversation
from bot.errors import StateError
from bot.ledger import Ledger, SentReply
from bot.schema import inbox
from bot.state import Memory, State

#: After how many processes that did not get an update done it is taken to be what kills them.
MOST_ATTEMPTS = 25

#: An update as Telegram sent it; its fields are Telegram's to choose.
RawUpdate = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it arrived; `wanted` says whether anything will be done about it."""

    raw: RawUpdate
    order: Conversation
    wanted: bool

    @property
    def update_id(self) -> int:
        """Telegram's number for it, which grows."""
        return int(self.raw["update_id"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that waits: its number, and the hashes of the chat and the conversation it belongs to."""

    update_id: int
    chat: str
    conversation: str


class Inbox:
    """The rows of the inbox. `clock` gives Unix seconds."""

    def __init__(self, state: State, clock: Callable[[], float]) -> None:
        self._state = state
        self._ledger = Ledger(state)
        self._clock = clock

    async def put(self, batch: Sequence[Incoming]) -> list[Entry]:
        """Write a whole batch in one transaction; returns what is new and wanted, in the order received.

        Nobody's text is kept of an update that nothing will be done about.
        """
        new: list[Entry] = []
        async with self._state.engine.begin() as connection:
            ids = [incoming.update_id for incoming in batch]
            known = set(await connection.scalars(select(inbox.c.update_id).where(inbox.c.update_id.in_(ids))))
            for incoming in batch:
                if incoming.update_id in known:
                    continue
                known.add(incoming.update_id)
                entry = self._entry(incoming)
                await connection.execute(insert(inbox).values(**self._row(incoming, entry)))
                if incoming.wanted:
                    new.append(entry)
        return new

    async def waiting(self) -> list[Entry]:
        """Everything that waits, oldest first, counted as taken up once more: for the start of a process.

        What process after process has died over is set aside first.
        """
        async with self._state.engine.begin() as connection:
            undone = inbox.c.state == "waiting"
            deadly = undone & (inbox.c.attempts >= MOST_ATTEMPTS)
            await connection.execute(update(inbox).where(deadly).values(state="failed"))
            await connection.execute(update(inbox).where(undone).values(attempts=inbox.c.attempts + 1))
            columns = select(inbox.c.update_id, inbox.c.chat, inbox.c.conversation)
            rows = await connection.execute(columns.where(undone).order_by(inbox.c.update_id))
            return [Entry(*row) for row in rows]

    async def payload(self, update_id: int) -> RawUpdate:
        """The update of a row that waits or was set aside. Raises `StateError` where there is none."""
        async with self._state.engine.connect() as connection:
            sealed = await connection.scalar(select(inbox.c.payload).where(inbox.c.update_id == update_id))
        if sealed is None:
            raise StateError("This update is done with: its text is gone.")
        raw: RawUpdate = json.loads(self._state.vault.unseal(sealed, "update"))
        return raw

    async def finish(
        self, update_id: int, memory: Memory | None = None, sent: SentReply | None = None
    ) -> None:
        """Tick an update off, and keep what its answer leaves behind, in one transaction."""
        async with self._state.engine.begin() as connection:
            row = update(inbox).where(inbox.c.update_id == update_id)
            await connection.execute(row.values(state="done", payload=None))
            if memory is not None:
                await self._state.remember(connection, memory, int(self._clock()))
            if sent is not None:
                await self._ledger.keep(connection, sent, int(self._clock()))

    async def fail(self, update_id: int) -> int:
        """Count a failure of an update; returns how many it has had."""
        async with self._state.engine.begin() as connection:
            row = update(inbox).where(inbox.c.update_id == update_id)
            await connection.execute(row.values(failures=inbox.c.failures + 1))
            failures = await connection.scalar(select(inbox.c.failures).where(inbox.c.update_id == update_id))
        return int(failures or 0)

    async def set_aside(self, update_id: int) -> None:
        """Give an update up: it keeps its payload for whoever looks into it, until it is pruned."""
        async with self._state.engine.begin() as connection:
            row = update(inbox).where(inbox.c.update_id == update_id)
            await connection.execute(row.values(state="failed"))

    def _entry(self, incoming: Incoming) -> Entry:
        vault, order = self._state.vault, incoming.order
        return Entry(
            incoming.update_id,
            vault.key("chat", order.chat),
            vault.key("order", order.chat, order.topic, order.person),
        )

    def _row(self, incoming: Incoming, entry: Entry) -> dict[str, object]:
        payload = None
        if incoming.wanted:
            payload = self._state.vault.seal(json.dumps(incoming.raw), "update")
        return {
            "update_id": entry.update_id,
            "chat": entry.chat,
            "conversation": entry.conversation,
            "person": self._state.owner_key(incoming.order) if incoming.wanted else None,
            "received": int(self._clock()),
            "payload": payload,
            "attempts": 1,
            "failures": 0,
            "state": "waiting" if incoming.wanted else "done",
        }
