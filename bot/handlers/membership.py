"""The bot is added to a group, taken out of it, or blocked."""

from __future__ import annotations

from telegram import Chat, ChatMember, ChatMemberUpdated, Update

from bot.desk import Desk, Greeting
from bot.forgetting import forget_chat
from bot.handlers.shapes import Context
from bot.messages import paragraphs
from bot.preferences import is_known

_THERE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


class Membership:
    """The handler of what becomes of the bot's own membership."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def changed(self, update: Update, _context: Context) -> Greeting | None:
        """A short greeting to a group that is new; what was spoken of where the bot is no longer goes.

        A supergroup that a known group became is greeted no second time, and a channel not at all: there the
        bot only reads along.
        """
        change = update.my_chat_member
        if change is None:
            return None
        was, is_now = _is_there(change.old_chat_member), _is_there(change.new_chat_member)
        if was and not is_now:
            await forget_chat(self._desk.state, change.chat.id)
        if was or not is_now or not await self._is_new(change):
            return None
        text = self._desk.words.greeting.format(
            username=self._desk.me.username, example=self._desk.knowledge.examples()[0]
        )
        return Greeting(change.chat, paragraphs(text))

    async def _is_new(self, change: ChatMemberUpdated) -> bool:
        in_group = change.chat.type in (Chat.GROUP, Chat.SUPERGROUP)
        return in_group and not await is_known(self._desk.state, change.chat.id)


def _is_there(member: ChatMember) -> bool:
    """Whether a member is in the chat; one with fewer rights than others may have left."""
    return member.status in _THERE or bool(getattr(member, "is_member", False))
