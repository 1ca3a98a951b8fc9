"""Private chats: any text is a question."""

from __future__ import annotations

from telegram import Update

from bot.addressing import question_beside_mentions
from bot.desk import Desk, Reply
from bot.handlers.checks import text_to_check
from bot.handlers.shapes import Context, message_of


class Private:
    """The handlers of private chats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def question(self, update: Update, _context: Context) -> Reply:
        """A text, or the caption of something, asks the record; what is forwarded is looked at."""
        message = message_of(update)
        question = question_beside_mentions(message, self._desk.me)
        if message.forward_origin is not None:
            return await self._desk.look_at(message, question)
        pointed_at = text_to_check(self._desk, message, question)
        if pointed_at is not None:
            return await self._desk.check(message, pointed_at)
        return await self._desk.answer(message, question)

    async def unknown_command(self, update: Update, _context: Context) -> Reply:
        """A command that is not the bot's."""
        return self._desk.say(message_of(update), self._desk.words.unknown_command)

    async def unreadable(self, update: Update, _context: Context) -> Reply:
        """A sticker, a voice message, a picture without a caption."""
        return self._desk.say(message_of(update), self._desk.words.text_only)
