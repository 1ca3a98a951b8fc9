"""The real bot over HTTP against the strict local Bot API server, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
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
        """Wait until all that was sent before is answered: a stranger's question, asked last, is."""
        stranger = Person(self.server, "Stranger")
        stranger.says("hello")
        await self.server.until(lambda: bool(stranger.answers()))
        await self.server.until(lambda: not self.server.world.updates)


@pytest.fixture
async def bot(
    server: BotApiServer, settings: Settings, knowledge: Knowledge, clock: ManualClock
) -> AsyncIterator[RunningBot]:
    """A bot that answers."""
    running = RunningBot(server, settings, knowledge, clock, asyncio.Event())
    running.start()
    yield running
    await running.end()
