"""What tests read of messages and calls."""

from __future__ import annotations

from typing import Any

from bot.simulator import BotApiServer, Call, Chat, Group, Person


def buttons(message: dict[str, Any]) -> list[str]:
    """What the buttons under a message say."""
    return [b["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


def button(message: dict[str, Any], label: str) -> str:
    """The data of the button that says so."""
    rows = message["reply_markup"]["inline_keyboard"]
    return str(next(b["callback_data"] for row in rows for b in row if b["text"] == label))


def calls_to(server: BotApiServer, chat: Chat) -> list[Call]:
    """Every call that concerned a chat, in the order they arrived."""
    return [call for call in server.calls if call.parameters.get("chat_id") == str(chat.id)]


async def answered(server: BotApiServer, who: Person | Group, count: int) -> list[dict[str, Any]]:
    """The bot's messages to somebody or in a group, once there are so many."""
    await server.until(lambda: len(who.answers()) >= count)
    return who.answers()


async def notices(server: BotApiServer, count: int) -> list[dict[str, Any]]:
    """What those were told who pressed buttons, once so many presses are answered."""
    await server.until(lambda: len([c for c in server.called("answerCallbackQuery") if c.status]) >= count)
    return [dict(call.parameters) for call in server.called("answerCallbackQuery")]


async def edited(server: BotApiServer, count: int) -> None:
    """Wait until so many messages were changed."""
    await server.until(lambda: len([c for c in server.called("editMessageText") if c.status]) >= count)
