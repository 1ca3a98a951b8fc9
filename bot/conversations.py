"""Whose question it is and where: the key that a conversation's thread is kept under."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update


@dataclass(frozen=True, slots=True)
class Conversation:
    """A private chat as a whole, or one person in one topic of a group.

    `topic` is a forum topic's message thread, `person` who speaks in a group; both None where there is none.
    """

    chat: int
    topic: int | None = None
    person: int | None = None

    @property
    def owner(self) -> int:
        """Whose it is: a private chat has the number of its person."""
        return self.chat if self.person is None else self.person


def conversation_of(message: Message) -> Conversation:
    """The conversation that a message belongs to."""
    if message.chat.type == message.chat.PRIVATE:
        return Conversation(message.chat.id)
    return Conversation(message.chat.id, topic_of(message), person_of(message))


def conversation_with(answer: Message, person: int) -> Conversation:
    """The conversation that a person goes on with who presses a button of one of the bot's own messages."""
    if answer.chat.type == answer.chat.PRIVATE:
        return Conversation(answer.chat.id)
    return Conversation(answer.chat.id, topic_of(answer), person)


def topic_of(message: Message) -> int | None:
    """The forum topic of a message; the thread ids of plain replies are no topics."""
    return message.message_thread_id if message.is_topic_message else None


def person_of(message: Message) -> int | None:
    """Who speaks: for an anonymous administrator or a channel `from` is a stand-in, so the chat does."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else None


def order_of(update: Update) -> Conversation:
    """What an update is kept in order with: its conversation, else its chat, its person or itself."""
    written = update.message or update.edited_message
    if written is not None:
        return conversation_of(written)
    tap = update.callback_query
    if tap is not None and isinstance(tap.message, Message):
        return conversation_with(tap.message, tap.from_user.id)
    if update.effective_chat is not None:
        person = update.effective_user.id if update.effective_user is not None else None
        return Conversation(update.effective_chat.id, person=person)
    if update.effective_user is not None:
        return Conversation(update.effective_user.id)
    return Conversation(0, person=update.update_id)
