"""Whom a group lets ask, and what it has switched off: asked before a handler is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.conversations import person_of
from bot.desk import Desk, Reply, is_group
from bot.handlers.shapes import Context, message_of
from bot.preferences import preferences_of
from bot.rights import is_administrator

Callback = Callable[[Update, Context], Coroutine[Any, Any, Reply | None]]


class Admission:
    """Puts a group's wishes before handlers of messages. Privacy and settings are for everybody, always."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def to(self, callback: Callback, switch: str = "") -> Callback:
        """A handler for those who may ask, and where a switch is on; the rest is passed over in silence."""

        async def admitted(update: Update, context: Context) -> Reply | None:
            message = message_of(update)
            if is_group(message):
                wishes = await preferences_of(self._desk.state, message.chat.id)
                if wishes.has("administrators") and not await is_administrator(
                    context.bot, message.chat.id, person_of(message) or 0
                ):
                    return None
                if switch and not wishes.has(switch):
                    return None
            return await callback(update, context)

        return admitted
