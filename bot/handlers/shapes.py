"""The types that all handlers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackContext, ExtBot

from bot.conversations import Conversation, conversation_with

#: The library's context; its three stores of data are not used, so their types are its defaults.
Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]


def message_of(update: Update) -> Message:
    """The new or edited message of an update that a handler's filter has let through."""
    message = update.message or update.edited_message
    if message is None:
        raise ValueError("a handler of messages was given another update")
    return message


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that somebody pressed: the query's id, the bot's message it stands under, and its data."""

    query: str
    message: Message
    person: int
    data: str

    @property
    def argument(self) -> str:
        """What stands behind the first colon of the data."""
        return self.data.partition(":")[2]

    @property
    def number(self) -> int:
        """The argument as a number."""
        return int(self.argument)

    @property
    def conversation(self) -> Conversation:
        """The conversation of who pressed."""
        return conversation_with(self.message, self.person)


def tap_of(update: Update) -> Tap:
    """The pressed button of an update that a handler's pattern has let through.

    Of an old message Telegram says only where it is; that is enough to look up what is kept of it.
    """
    query = update.callback_query
    if query is None or query.message is None or query.data is None:
        raise ValueError("a handler of buttons was given another update")
    found = query.message
    message = found if isinstance(found, Message) else Message(found.message_id, found.date, found.chat)
    return Tap(query.id, message, query.from_user.id, query.data)
