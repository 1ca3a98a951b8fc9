"""Sending one reply so that it arrives: in its topic, without markup if need be, after a chat that moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.conversations import topic_of
from bot.desk import Pressed, Reply, limit_for
from bot.messages import CAPTION_LIMIT, utf16_length
from bot.pages import buttons_of
from bot.state import State
from bot.words import Words
from knowledge import render_html, render_plain

#: What Telegram's refusals of markup have in common.
_MARKUP = ("parse", "entit", "tag")
#: Telegram's refusal to change a message to what it is.
_UNCHANGED = "not modified"
#: Its refusal to put a text where a picture is.
_NO_TEXT = "no text in the message"
#: What its refusals of a picture have in common, for want of a right or for the picture's own sake.
_PICTURE = ("photo", "image")
_FILE_NAME = "chart.png"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message arrived, and its number there."""

    chat: int
    message: int


class Sender:
    """Sends replies through the library's bot. Errors of Telegram are the caller's to judge."""

    def __init__(self, bot: Bot, state: State, words: Words) -> None:
        self._bot = bot
        self._state = state
        self._words = words

    async def acknowledge(self, pressed: Pressed) -> None:
        """Tell Telegram that a button's press arrived; one that is too old to be told of is let go."""
        with suppress(BadRequest):
            await self._bot.answer_callback_query(pressed.query, text=pressed.notice or None)

    async def send(self, reply: Reply) -> Sent:
        """Send a reply as one message, or change the message that it takes the place of.

        A group that has become a supergroup is followed there.
        """
        if reply.edits is not None:
            return await self._change(reply, reply.edits)
        question = reply.question
        quoting = ReplyParameters(question.message_id, allow_sending_without_reply=True)
        try:
            return await self._send(reply, question.chat.id, topic_of(question), quoting)
        except ChatMigrated as moved:
            await self._state.move_chat(question.chat.id, moved.new_chat_id)
            # The supergroup numbers its messages anew: the question cannot be pointed at there.
            return await self._send(reply, moved.new_chat_id, None, None)

    async def _send(
        self, reply: Reply, chat: int, topic: int | None, quoting: ReplyParameters | None
    ) -> Sent:
        async def post(text: str, mode: str | None) -> Message:
            if reply.picture is not None:
                return await self._bot.send_photo(
                    chat,
                    reply.picture,
                    caption=text,
                    parse_mode=mode,
                    message_thread_id=topic,
                    reply_parameters=quoting,
                    reply_markup=self._buttons(reply),
                    filename=_FILE_NAME,
                )
            return await self._bot.send_message(
                chat,
                text,
                parse_mode=mode,
                message_thread_id=topic,
                reply_parameters=quoting,
                reply_markup=self._buttons(reply),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            message = await _with_markup_or_plain(reply, post)
        except BadRequest as error:
            if reply.picture is None or not any(word in error.message.lower() for word in _PICTURE):
                raise
            return await self._send(replace(reply, picture=None), chat, topic, quoting)
        return Sent(message.chat.id, message.message_id)

    async def _change(self, reply: Reply, number: int) -> Sent:
        """Give one of the bot's own messages another text; it may have that text already."""
        chat = reply.question.chat.id

        async def edit(text: str, mode: str | None) -> Message | bool:
            if reply.picture is not None:
                photo = InputMediaPhoto(reply.picture, text, mode, filename=_FILE_NAME)
                return await self._bot.edit_message_media(
                    photo, chat, number, reply_markup=self._buttons(reply)
                )
            return await self._bot.edit_message_text(
                text,
                chat,
                number,
                parse_mode=mode,
                reply_markup=self._buttons(reply),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            await _with_markup_or_plain(reply, edit)
        except BadRequest as error:
            said = error.message.lower()
            if _NO_TEXT in said:
                return await self._take_place_of_picture(reply, number)
            if _UNCHANGED not in said:
                raise
        return Sent(chat, number)

    async def _take_place_of_picture(self, reply: Reply, number: int) -> Sent:
        """Send a text anew and take the picture away that it can't be put into, in this order."""
        sent = await self.send(replace(reply, edits=None))
        with suppress(BadRequest, Forbidden):
            await self._bot.delete_message(reply.question.chat.id, number)
        return sent

    def _buttons(self, reply: Reply) -> InlineKeyboardMarkup | None:
        """The buttons that turn the pages of a reply with several."""
        if len(reply.pages) < 2:
            return None
        row = buttons_of(reply.page, len(reply.pages), self._words)
        return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data) for text, data in row]])


async def _with_markup_or_plain(reply: Reply, post: Callable[[str, str | None], Awaitable[Made]]) -> Made:
    """What comes of a reply's text; where its markup is refused, of the same without it."""
    try:
        return await post(render_html(reply.text), ParseMode.HTML)
    except BadRequest as error:
        if not any(word in error.message.lower() for word in _MARKUP):
            raise
        return await post(_plain(reply), None)


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
