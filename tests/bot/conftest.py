"""The real bot over HTTP against the strict local Bot API server, in one process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.application import serve
from bot.settings import Settings
from bot.simulator import TOKEN, BotApiServer, Person
from knowledge import Knowledge
from tests.bot.clock import ManualClock


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings(server: BotApiServer, tmp_path: Path) -> Settings:
    return Settings(token=SecretStr(TOKEN), api_url=server.url, state=str(tmp_path / "state.sqlite"))


@dataclass
class RunningBot:
    """The bot as a task, with what a test needs to wait for it."""

    server: BotApiServer
    settings: Settings
    knowledge: Knowledge
    clock: ManualClock
    stop: asyncio.Event
    task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(serve(self.settings, self.knowledge, self.stop, self.clock))

    async def end(self) -> None:
        self.stop.set()
        if self.task is not None:
            await self.task
        self.task = None

    async def settled(self) -> None:
        """Wait until all that was sent before is answered: a stranger's question, asked last, is.

        A stranger may overtake; others ask then, three in all, since what Telegram holds up waits for longer.
        """
        for _ in range(3):
            stranger = Person(self.server, "Stranger")
            stranger.says("hello")
            number = self.server.world.updates[-1]["update_id"]
            await self.server.until(lambda who=stranger: bool(who.answers()))  # type: ignore[misc]
            await self.server.until(lambda: not self.server.world.updates)
            if not self.waiting(before=number):
                return

    def waiting(self, before: int = 2**62) -> int:
        """How many updates wait in the inbox, of those with a number below one."""
        query = "select count(*) from inbox where state = 'waiting' and update_id < ?"
        with closing(sqlite3.connect(self.settings.location)) as database:
            [row] = database.execute(query, (before,))
        return int(row[0])


@pytest.fixture
async def bot(
    server: BotApiServer, settings: Settings, knowledge: Knowledge, clock: ManualClock
) -> AsyncIterator[RunningBot]:
    """A bot that answers."""
    running = RunningBot(server, settings, knowledge, clock, asyncio.Event())
    running.start()
    yield running
    await running.end()
