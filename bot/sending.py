"""Sending one reply so that it arrives: in its topic, without markup if need be, after a chat that moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import Bot, InputMediaPhoto, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.conversations import topic_of
from bot.desk import Greeting, Pressed, Reply, limit_for
from bot.keyboards import markup_of
from bot.messages import CAPTION_LIMIT, PRIVATE_LIMIT, utf16_length
from bot.state import State
from knowledge import RichText, render_html, render_plain

#: What Telegram's refusals of markup have in common.
_MARKUP = ("parse", "entit", "tag")
#: Telegram's refusal to change a message to what it is.
_UNCHANGED = "not modified"
#: Its refusal to put a text where a picture is.
_NO_TEXT = "no text in the message"
#: What its refusals of a picture have in common, for want of a right or for the picture's own sake.
_PICTURE = ("photo", "image")
_FILE_NAME = "chart.png"
#: Its refusal to reply to a message that was deleted.
_DELETED = "to be replied not found"

Made = TypeVar("Made")


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

    async def acknowledge(self, pressed: Pressed) -> None:
        """Tell Telegram that a button's press arrived; what is too late or fails is let go.

        An answer that a press asks for is worth more than the sign that it was asked for.
        """
        with suppress(NetworkError):
            await self._bot.answer_callback_query(
                pressed.query, text=pressed.notice or None, show_alert=pressed.alert or None
            )
        if pressed.spent is not None:
            with suppress(NetworkError):
                spent = pressed.spent
                await self._bot.edit_message_reply_markup(spent.chat.id, spent.message_id)

    async def greet(self, greeting: Greeting) -> None:
        """Send a message to a chat in reply to nothing."""

        async def post(text: str, mode: str | None) -> Message:
            return await self._bot.send_message(greeting.chat.id, text, parse_mode=mode)

        await _with_markup_or_plain(greeting.text, PRIVATE_LIMIT, post)

    async def send(self, reply: Reply) -> Sent:
        """Send a reply as one message, or change the message that it takes the place of.

        A group that has become a supergroup is followed there.
        """
        if reply.edits is not None:
            return await self._change(reply, reply.edits)
        question = reply.question
        quoting = ReplyParameters(question.message_id, allow_sending_without_reply=True)
        if reply.above is not None and reply.whole is not None:
            return await self._point(reply, reply.whole, ReplyParameters(reply.above))
        try:
            return await self._send(reply, question.chat.id, topic_of(question), quoting)
        except ChatMigrated as moved:
            return await self._send_after(moved, reply)

    async def _point(self, reply: Reply, whole: Reply, above: ReplyParameters) -> Sent:
        """Point at the answer above, or give it anew where it stands there no longer."""
        question = reply.question
        try:
            return await self._send(reply, question.chat.id, topic_of(question), above)
        except ChatMigrated:
            return await self.send(whole)
        except BadRequest as error:
            if _DELETED not in error.message.lower():
                raise
            return await self.send(whole)

    async def _send_after(self, moved: ChatMigrated, reply: Reply) -> Sent:
        """Send a reply where its group moved to."""
        await self._state.move_chat(reply.question.chat.id, moved.new_chat_id)
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
                    reply_markup=markup_of(reply.keyboard),
                    disable_notification=reply.silent or None,
                    filename=_FILE_NAME,
                )
            return await self._bot.send_message(
                chat,
                text,
                parse_mode=mode,
                message_thread_id=topic,
                reply_parameters=quoting,
                reply_markup=markup_of(reply.keyboard),
                disable_notification=reply.silent or None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            message = await _with_markup_or_plain(reply.text, limit_of(reply), post)
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
                    photo, chat, number, reply_markup=markup_of(reply.keyboard)
                )
            return await self._bot.edit_message_text(
                text,
                chat,
                number,
                parse_mode=mode,
                reply_markup=markup_of(reply.keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            await _with_markup_or_plain(reply.text, limit_of(reply), edit)
        except ChatMigrated as moved:
            return await self._send_after(moved, reply)
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


def limit_of(reply: Reply) -> int:
    """How long a reply may be, in UTF-16 code units."""
    limit = limit_for(reply.question)
    return limit if reply.picture is None else min(limit, CAPTION_LIMIT)


async def _with_markup_or_plain(
    text: RichText, limit: int, post: Callable[[str, str | None], Awaitable[Made]]
) -> Made:
    """What comes of a text; where its markup is refused, of the same without it."""
    try:
        return await post(render_html(text), ParseMode.HTML)
    except BadRequest as error:
        if not any(word in error.message.lower() for word in _MARKUP):
            raise
        return await post(plain(text, limit), None)


def plain(text: RichText, limit: int) -> str:
    """A text without markup: whole lines, as many as fit now that links are written out."""
    kept, used = list[str](), 0
    for line in render_plain(text).split("\n"):
        used += utf16_length(line) + 1
        if used > limit:
            break
        kept.append(line)
    return "\n".join(kept) or render_plain(text)[: limit // 2]


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
