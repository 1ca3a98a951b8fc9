"""Who may change how the bot behaves in a group, and who may ask it there."""

from __future__ import annotations

from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError


async def is_administrator(bot: Bot, chat: int, person: int) -> bool:
    """Whether somebody is an administrator of a group; an anonymous one speaks as the group itself.

    Raises `NetworkError` without a cause where Telegram can't be asked, so that it is asked again: nothing
    has been sent by asking.
    """
    if person == chat:
        return True
    try:
        members = await bot.get_chat_administrators(chat)
    except (BadRequest, Forbidden):
        return False
    except NetworkError as error:
        raise NetworkError(error.message) from None
    return any(member.user.id == person for member in members)
