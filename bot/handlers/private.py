"""Private chats: any text is a question."""

from __future__ import annotations

from telegram import Update

from bot.addressing import question_beside_mentions
from bot.desk import Desk, Reply
from bot.handlers.shapes import Context, message_of


class Private:
    """The handlers of private chats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def question(self, update: Update, _context: Context) -> Reply:
        """A text, or the caption of something, asks the record."""
        message = message_of(update)
        return await self._desk.answer(message, question_beside_mentions(message, self._desk.me))

    async def unknown_command(self, update: Update, _context: Context) -> Reply:
        """A command that is not the bot's."""
        return self._desk.say(message_of(update), self._desk.words.unknown_command)

    async def unreadable(self, update: Update, _context: Context) -> Reply:
        """A sticker, a voice message, a picture without a caption."""
        return self._desk.say(message_of(update), self._desk.words.text_only)
