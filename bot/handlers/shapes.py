"""The types that all handlers share."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackContext, ExtBot

#: The library's context; its three stores of data are not used, so their types are its defaults.
Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]


def message_of(update: Update) -> Message:
    """The new or edited message of an update that a handler's filter has let through."""
    message = update.message or update.edited_message
    if message is None:
        raise ValueError("a handler of messages was given another update")
    return message
