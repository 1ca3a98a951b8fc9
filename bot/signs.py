"""The sign that an answer is being written, shown where one takes more than a moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot, Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.clock import Clock
from bot.conversations import topic_of

#: Seconds that an answer may take without a sign. Most take a hundredth of that.
MOMENT = 1.5
#: Telegram shows a sign for five seconds at most (https://core.telegram.org/bots/api#sendchataction).
AGAIN_AFTER = 4.5


@asynccontextmanager
async def typing(bot: Bot, update: Update, clock: Clock) -> AsyncIterator[None]:
    """Show that the bot is typing, after a moment, for as long as the block takes."""
    where = update.effective_message
    if where is None or not isinstance(where, Message):
        yield
        return
    sign = asyncio.create_task(_show(bot, where, clock))
    try:
        yield
    finally:
        sign.cancel()
        with suppress(asyncio.CancelledError):
            await sign


async def _show(bot: Bot, where: Message, clock: Clock) -> None:
    """Show the sign until cancelled; where it is refused nothing is lost."""
    await clock.sleep(MOMENT)
    with suppress(TelegramError):
        while True:
            await bot.send_chat_action(where.chat.id, ChatAction.TYPING, message_thread_id=topic_of(where))
            await clock.sleep(AGAIN_AFTER)
