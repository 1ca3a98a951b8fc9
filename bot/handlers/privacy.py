"""What is kept of a person, and its deletion; Telegram's terms ask for both."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.conversations import conversation_of
from bot.desk import Desk, Reply, is_group
from bot.forgetting import forget_person
from bot.handlers.shapes import Context, message_of

#: How long anything of a person is remembered.
DAYS_KEPT = 30


class Privacy:
    """The handlers of `/privacy` and `/forget`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, update: Update, _context: Context) -> Reply:
        """What is kept of a person, and for how long."""
        message, words = message_of(update), self._desk.words
        text = words.privacy_group if is_group(message) else words.privacy
        filled = text.format(days=DAYS_KEPT, username=self._desk.me.username)
        return self._desk.say(message, filled, bold_first=True)

    async def forget(self, update: Update, _context: Context) -> Reply:
        """Delete all that is kept of who asks for it, in every chat; that it was asked for is not kept."""
        message = message_of(update)
        person = conversation_of(message).owner
        await forget_person(self._desk.state, person)
        self._desk.forget_readings(person)
        return replace(self._desk.say(message, self._desk.words.forgotten), traced=False)
