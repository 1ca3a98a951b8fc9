"""What the bot is and how it does: `/about` and `/stats`."""

from __future__ import annotations

from importlib.metadata import version

from telegram import Update

from bot.counters import NAMES, counts
from bot.desk import Desk, Reply
from bot.handlers.shapes import Context, message_of


class About:
    """The handlers of commands on the bot itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def about(self, update: Update, _context: Context) -> Reply:
        """What this is, how it works, and how large the record is."""
        words, record = self._desk.words, self._desk.knowledge.summary()
        text = words.about.format(
            version=version("sitrep"),
            figures=words.number(record["figures"]),
            sources=words.number(record["sources"]),
        )
        return self._desk.say(message_of(update), text, bold_first=True)

    async def stats(self, update: Update, _context: Context) -> Reply:
        """How many questions were asked, and what became of them."""
        words, told = self._desk.words, await counts(self._desk.state)
        told["asked"] = sum(told[name] for name in NAMES)
        told["corrected"] = self._desk.knowledge.summary()["corrected"]
        text = words.stats.format(**{name: words.number(count) for name, count in told.items()})
        return self._desk.say(message_of(update), text, bold_first=True)
