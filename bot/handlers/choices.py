"""Buttons that ask: the choices of a question back, what leads on from an answer, and example questions."""

from __future__ import annotations

from dataclasses import replace

from telegram import Bot, Update

from bot.conversations import Conversation, conversation_with
from bot.desk import Desk, Pressed
from bot.handlers.shapes import Context, Tap, tap_of
from bot.ledger import Offered
from bot.rights import is_administrator


class Choices:
    """The handlers of buttons that ask a question; only who was offered them may press them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def picked(self, update: Update, context: Context) -> Pressed:
        """A choice: the question back becomes the answer, in its place."""
        tap = tap_of(update)
        pressed = await self._asked(tap, "pick", context.bot)
        if pressed.reply is None:
            return pressed
        return replace(pressed, reply=replace(pressed.reply, edits=tap.message.message_id))

    async def followed(self, update: Update, context: Context) -> Pressed:
        """What leads on from an answer: its own answer, in reply to that one."""
        return await self._asked(tap_of(update), "ask", context.bot)

    async def example(self, update: Update, _context: Context) -> Pressed:
        """An example question of the help: its answer."""
        tap, examples = tap_of(update), self._desk.knowledge.examples()
        if tap.number >= len(examples) or not tap.message.is_accessible:
            return self._expired(tap)
        question, day = examples[tap.number], tap.message.date.date()
        reply = await self._desk.follow(tap.message, tap.conversation, question, day)
        return Pressed(tap.query, reply=reply)

    async def _asked(self, tap: Tap, verb: str, bot: Bot) -> Pressed:
        offered = await self._desk.ledger.offers_of_message(tap.message.chat.id, tap.message.message_id)
        if offered is None:
            return self._expired(tap)
        conversation = await self._owned(tap, offered, bot)
        if conversation is None:
            return Pressed(tap.query, self._desk.words.not_yours, alert=True)
        offers = offered.offers
        if offers.verb != verb or tap.number >= len(offers.questions):
            return Pressed(tap.query)  # pressed twice: the first time has put other buttons in its place
        question = offers.questions[tap.number]
        day = tap.message.date.date() if tap.message.is_accessible else offered.day
        reply = await self._desk.follow(tap.message, conversation, question, day)
        return Pressed(tap.query, reply=reply)

    async def _owned(self, tap: Tap, offered: Offered, bot: Bot) -> Conversation | None:
        """The conversation that a button belongs to, None where it is not this person's.

        What was asked anonymously, as the group, belongs to every administrator: Telegram names who presses.
        """
        if offered.person == self._desk.state.owner_key(tap.conversation):
            return tap.conversation
        chat = tap.message.chat.id
        as_group = conversation_with(tap.message, chat)
        anonymous = offered.person == self._desk.state.owner_key(as_group)
        return as_group if anonymous and await is_administrator(bot, chat, tap.person) else None

    def _expired(self, tap: Tap) -> Pressed:
        return Pressed(tap.query, self._desk.words.choice_expired, alert=True, spent=tap.message)
