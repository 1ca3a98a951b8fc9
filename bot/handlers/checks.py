"""Checking a text: what somebody says elsewhere, held against the record claim by claim."""

from __future__ import annotations

from telegram import Message, Update

from bot.addressing import question_after_command, question_quoted
from bot.desk import Desk, Reply
from bot.handlers.shapes import Context, message_of


class Checks:
    """The handler of `/check`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def check(self, update: Update, _context: Context) -> Reply:
        """The claims of the text after the command; without one, of the message that is replied to."""
        message, words = message_of(update), self._desk.words
        text = question_after_command(message)
        if not text:
            quoted = question_quoted(message, self._desk.me)
            if quoted is None:
                return self._desk.say(message, words.check_usage)
            text = quoted
        if not text.strip():
            return self._desk.say(message, words.no_text_in_message)
        return await self._desk.check(message, text)


def text_to_check(desk: Desk, message: Message, question: str) -> str | None:
    """The text that a message only points at: "is this true?" in reply to it; None where it asks itself."""
    quoted = question_quoted(message, desk.me)
    return quoted if quoted and quoted.strip() and desk.knowledge.asks_to_check(question) else None
