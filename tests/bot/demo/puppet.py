"""The demonstration's page with a bot that says what a test wants, by the library over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from threading import Event, Thread
from typing import Any, Self, TypeVar

from telegram import Bot, Message, Update

from bot.demo.pages import Pages
from bot.simulator import TOKEN, BotApiServer
from bot.words.demo import load_demo_words
from tests.bot.demo.browser import PATIENCE

T = TypeVar("T")


class Puppet:
    """Server, page and client on a loop in a thread of its own, so that a browser can be driven meanwhile."""

    server: BotApiServer
    pages: Pages

    def __init__(self) -> None:
        self._thread = Thread(target=lambda: asyncio.run(self._run()), name="puppet")
        self._ready = Event()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._stop, self._offset = asyncio.get_running_loop(), asyncio.Event(), 0
        async with (
            BotApiServer() as self.server,
            Pages(self.server, load_demo_words(), ("How many strikes?",)) as self.pages,
            Bot(TOKEN, base_url=f"{self.server.url}/bot") as self._bot,
        ):
            self._ready.set()
            await self._stop.wait()

    def does(self, make: Callable[[Bot], Coroutine[Any, Any, T]]) -> T:
        """Let the bot call a method."""
        return asyncio.run_coroutine_threadsafe(make(self._bot), self._loop).result(PATIENCE)

    def hears(self, kind: str) -> Update:
        """The next update of a kind; those before it are let go."""
        while True:
            for update in self.does(lambda bot: bot.get_updates(offset=self._offset, timeout=PATIENCE)):
                self._offset = update.update_id + 1
                if getattr(update, kind) is not None:
                    return update

    def hears_text(self) -> Message:
        """The next message with a text."""
        while True:
            message = self.hears("message").message
            if message is not None and message.text is not None:
                return message

    @property
    def ada(self) -> int:
        """The private chat of the first person."""
        return self.pages.stage.people[0].private.id

    @property
    def group(self) -> int:
        return self.pages.stage.group.chat.id

    @property
    def topic(self) -> int:
        return self.pages.stage.topic
