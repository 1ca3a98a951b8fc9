"""`sitrep demo` from start to end: the server, the page and the bot in one process, and nothing left over."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from pydantic import SecretStr

from bot.application import serve
from bot.clock import Clock
from bot.demo.pages import Pages
from bot.logs import configure_logs
from bot.settings import Settings
from bot.simulator import TOKEN, BotApiServer
from bot.words.demo import load_demo_words
from knowledge import Knowledge, open_knowledge


def run(record: Path | None, port: int, open_page: bool, tell: Callable[[str], None]) -> None:
    """Show the bot in the browser until Ctrl-C; `tell` is given one line that says where.

    Raises `BotError` where the port or the bot cannot be used, `KnowledgeError` for the record.
    """
    words = load_demo_words()

    def ready(url: str) -> None:
        tell(words.ready.format(url=url))
        if open_page and has_screen():
            # In a thread: some browsers keep the caller until they are closed.
            Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    configure_logs()
    with closing(open_knowledge(record)) as knowledge:
        asyncio.run(_until_asked(knowledge, port, ready))


async def _until_asked(knowledge: Knowledge, port: int, ready: Callable[[str], None]) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    await present(knowledge, port, stop, ready)


async def present(knowledge: Knowledge, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Run the server, the page and the bot until `stop` is set. `ready` is called once the page is there."""
    with TemporaryDirectory(prefix="sitrep-demo-") as folder:
        async with (
            BotApiServer() as server,
            Pages(server, load_demo_words(), knowledge.examples(), port) as pages,
        ):
            ready(pages.url)
            await serve(settings_for(server, Path(folder)), knowledge, stop, Clock())


def settings_for(server: BotApiServer, folder: Path) -> Settings:
    """Settings for the bot at a local server, with nothing of the environment's in them."""
    state = str(folder / "state.sqlite")
    return Settings.model_construct(token=SecretStr(TOKEN), api_url=server.url, state=state)


def has_screen() -> bool:
    """Whether a browser with windows can be opened from here."""
    on_desktop = sys.platform in ("darwin", "win32")
    return on_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
