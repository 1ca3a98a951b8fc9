"""Groups: the bot speaks only when it is spoken to."""

from __future__ import annotations

from telegram import Message, Update, User
from telegram.ext.filters import MessageFilter

from bot.addressing import (
    is_from_a_person,
    is_reply_to,
    mentions,
    names_command_for,
    question_beside_mentions,
    question_quoted,
    starts_with_command,
    text_of,
)
from bot.desk import Desk, Reply
from bot.handlers.checks import text_to_check
from bot.handlers.shapes import Context, message_of


class MentionOf(MessageFilter):
    """Messages with a real mention of the bot in them."""

    def __init__(self, me: User) -> None:
        super().__init__(name="mention")
        self._me = me

    def filter(self, message: Message) -> bool:
        """Whether a person mentions the bot here."""
        return (
            is_from_a_person(message)
            and not starts_with_command(message)
            and bool(mentions(message, self._me))
        )


class ReplyTo(MessageFilter):
    """Messages with a text that reply to one of the bot's own."""

    def __init__(self, me: User) -> None:
        super().__init__(name="reply")
        self._me = me

    def filter(self, message: Message) -> bool:
        """Whether a person replies to the bot here, with something to read."""
        spoken = (
            is_from_a_person(message) and not starts_with_command(message) and bool(text_of(message).strip())
        )
        return spoken and is_reply_to(message, self._me)


class Spoken(MessageFilter):
    """Messages that a person wrote here: what is only forwarded is not said to the bot."""

    def filter(self, message: Message) -> bool:
        """Whether a person wrote this here."""
        return is_from_a_person(message)


class CommandFor(MessageFilter):
    """Commands that name this bot, known or not."""

    def __init__(self, me: User) -> None:
        super().__init__(name="command")
        self._me = me

    def filter(self, message: Message) -> bool:
        """Whether a person gives this bot, by its name, a command."""
        return is_from_a_person(message) and names_command_for(message, self._me)


class Groups:
    """The handlers of groups."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def question(self, update: Update, _context: Context) -> Reply:
        """A mention or a reply asks the record; a bare mention asks what the message replied to says."""
        message = message_of(update)
        question = question_beside_mentions(message, self._desk.me)
        if question:
            pointed_at = text_to_check(self._desk, message, question)
            if pointed_at is not None:
                return await self._desk.check(message, pointed_at)
            return await self._desk.answer(message, question)
        words = self._desk.words
        return await asked_by_reply(self._desk, message, words.mention_usage)

    async def unknown_command(self, update: Update, _context: Context) -> Reply:
        """A command that is not the bot's, though it is named."""
        return self._desk.say(message_of(update), self._desk.words.unknown_command)

    async def migrated(self, update: Update, _context: Context) -> None:
        """The group became a supergroup: what was spoken of goes along."""
        message = message_of(update)
        if message.migrate_to_chat_id is not None:
            await self._desk.state.move_chat(message.chat.id, message.migrate_to_chat_id)


async def asked_by_reply(desk: Desk, message: Message, usage: str) -> Reply:
    """The answer to the message that this one replies to, or how to ask where it replies to none."""
    quoted = question_quoted(message, desk.me)
    if quoted is None:
        return desk.say(message, usage.format(example=desk.knowledge.examples()[0]))
    if not quoted.strip():
        return desk.say(message, desk.words.no_text_in_message)
    return await desk.look_at(message, quoted)
