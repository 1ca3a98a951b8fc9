"""Sending one reply so that it arrives: in its topic, without markup if need be, after a chat that moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError

from bot.conversations import topic_of
from bot.desk import Reply, limit_for
from bot.messages import CAPTION_LIMIT, utf16_length
from bot.state import State
from knowledge import render_html, render_plain

#: What Telegram's refusals of markup have in common.
_MARKUP = ("parse", "entit", "tag")
#: What its refusals of a picture have in common, for want of a right or for the picture's own sake.
_PICTURE = ("photo", "image")
_FILE_NAME = "chart.png"


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message arrived, and its number there."""

    chat: int
    message: int


class Sender:
    """Sends replies through the library's bot. Errors of Telegram are the caller's to judge."""

    def __init__(self, bot: Bot, state: State) -> None:
        self._bot = bot
        self._state = state

    async def send(self, reply: Reply) -> Sent:
        """Send a reply as one message, following its group where that has become a supergroup."""
        if reply.tap is not None:
            await self._acknowledge(reply.tap)
        question = reply.question
        quoting = ReplyParameters(question.message_id, allow_sending_without_reply=True)
        try:
            return await self._send(reply, question.chat.id, topic_of(question), quoting)
        except ChatMigrated as moved:
            await self._state.move_chat(question.chat.id, moved.new_chat_id)
            # The supergroup numbers its messages anew: the question cannot be pointed at there.
            return await self._send(reply, moved.new_chat_id, None, None)

    async def _acknowledge(self, tap: str) -> None:
        """Tell the button that its tap arrived; where that is too late the answer itself says so."""
        with suppress(NetworkError):
            await self._bot.answer_callback_query(tap)

    async def _send(
        self, reply: Reply, chat: int, topic: int | None, quoting: ReplyParameters | None
    ) -> Sent:
        try:
            message = await self._post(reply, chat, render_html(reply.text), ParseMode.HTML, topic, quoting)
        except BadRequest as error:
            said = error.message.lower()
            if reply.picture is not None and any(word in said for word in _PICTURE):
                return await self._send(replace(reply, picture=None), chat, topic, quoting)
            if not any(word in said for word in _MARKUP):
                raise
            message = await self._post(reply, chat, _plain(reply), None, topic, quoting)
        return Sent(message.chat.id, message.message_id)

    async def _post(
        self,
        reply: Reply,
        chat: int,
        text: str,
        mode: str | None,
        topic: int | None,
        quoting: ReplyParameters | None,
    ) -> Message:
        if reply.picture is not None:
            return await self._bot.send_photo(
                chat,
                reply.picture,
                caption=text,
                parse_mode=mode,
                message_thread_id=topic,
                reply_parameters=quoting,
                filename=_FILE_NAME,
            )
        return await self._bot.send_message(
            chat,
            text,
            parse_mode=mode,
            message_thread_id=topic,
            reply_parameters=quoting,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


def _plain(reply: Reply) -> str:
    """The reply without markup: whole lines, as many as fit now that links are written out."""
    limit, kept, used = limit_for(reply.question), list[str](), 0
    if reply.picture is not None:
        limit = min(limit, CAPTION_LIMIT)
    for line in render_plain(reply.text).split("\n"):
        used += utf16_length(line) + 1
        if used > limit:
            break
        kept.append(line)
    return "\n".join(kept) or render_plain(reply.text)[: limit // 2]


class Turnstile:
    """Lets one message be in the air at a time, as long as Telegram answers within `patience` seconds.

    A message whose receipt is not yet on disk is sent again if the process is killed. With one such
    message at a time a kill doubles one answer at most. A slow answer gives its turn up, so that one
    stalled chat holds up nobody.
    """

    def __init__(self, patience: float = 0.5) -> None:
        self._patience = patience
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the turn; it ends with the block, or earlier when patience does."""
        await self._lock.acquire()
        taken = [True]

        def give_up() -> None:
            if taken:
                taken.clear()
                self._lock.release()

        timer = asyncio.get_running_loop().call_later(self._patience, give_up)
        try:
            yield
        finally:
            timer.cancel()
            give_up()
