"""Buttons under the bot's own messages."""

from __future__ import annotations

from telegram import Message, Update

from bot.desk import Desk, Pressed
from bot.handlers.shapes import Context
from bot.pages import page_asked_for


class Buttons:
    """The handler of pressed buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pressed(self, update: Update, _context: Context) -> Pressed | None:
        """Turn to the page that the button names, in the same message; anybody who reads it may."""
        query = update.callback_query
        if query is None:
            return None
        page = page_asked_for(query.data or "")
        turned = None
        if isinstance(query.message, Message) and page is not None:
            turned = await self._desk.turned(query.message, page)
        return Pressed(query.id, "" if turned else self._desk.words.page_gone, turned)
