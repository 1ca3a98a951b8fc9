"""Where a question becomes a reply: asks the record with the conversation's thread, and writes nothing."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from telegram import Message, User

from bot.addressing import is_reply_to
from bot.conversations import Conversation, conversation_of
from bot.messages import GROUP_LIMIT, PRIVATE_LIMIT, fit, one_line, paragraphs
from bot.pages import pages_from_json, pages_of
from bot.state import State
from bot.words import Words
from knowledge import Answer, Knowledge, Reading, RichText, Thread, thread_from_json, thread_to_json

#: How many conversations' last readings are kept for `/why`, in memory only: they hold people's words.
_READINGS = 1000


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send in reply to another. `thread` is None where nothing is to be remembered.

    Where a list has several `pages`, `text` is the one at `page`. `edits` is the number of the bot's own
    message that takes this text instead of a new one being sent. With a `picture` (a PNG) the text is its
    caption. `conversation` is whose it is where that is not whose the message is.
    """

    question: Message
    text: RichText
    thread: str | None = None
    facts: tuple[str, ...] = ()
    pages: tuple[RichText, ...] = ()
    page: int = 0
    edits: int | None = None
    picture: bytes | None = None
    conversation: Conversation | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: its query's id, a notice for who pressed it, and what changes."""

    query: str
    notice: str = ""
    reply: Reply | None = None


#: What a handler makes of an update.
Outcome = Reply | Pressed | None


class Desk:
    """What every handler works with: the record, the state, the words, and who the bot is."""

    def __init__(self, knowledge: Knowledge, state: State, words: Words, me: User) -> None:
        self.knowledge = knowledge
        self.state = state
        self.words = words
        self.me = me
        self._readings: OrderedDict[Conversation, tuple[Reading, ...]] = OrderedDict()

    async def answer(self, message: Message, question: str) -> Reply:
        """The reply to a question that a message asks, on the day that the message was sent."""
        return self.told(message, await self.ask(message, question))

    async def ask(self, message: Message, question: str) -> Answer:
        """The record's answer to a question that a message asks."""
        thread = await self.thread(message)
        return self.knowledge.ask(question, now=message.date.date(), thread=thread)

    async def look_at(self, message: Message, text: str) -> Reply:
        """The reply to somebody else's text: its claims are checked, and what claims nothing is asked."""
        thread = await self.thread(message)
        return self.told(message, self.knowledge.look_at(text, now=message.date.date(), thread=thread))

    async def check(self, message: Message, text: str) -> Reply:
        """The verdicts on the claims of a text."""
        return self.told(message, self.knowledge.check(text, thread=await self.thread(message)))

    async def turned(self, answer: Message, page: int) -> Reply | None:
        """One of the bot's own messages at another of its pages; None where that is not kept."""
        kept = await self.state.pages_of_message(answer.chat.id, answer.message_id)
        pages = pages_from_json(kept) if kept else ()
        if page >= len(pages):
            return None
        return Reply(answer, pages[page], pages=pages, page=page, edits=answer.message_id)

    def told(self, message: Message, answer: Answer) -> Reply:
        """The reply that tells an answer in words."""
        self._keep_readings(conversation_of(message), answer.readings)
        facts = tuple(figure.fact for figure in answer.figures if figure.fact is not None)
        thread, limit = thread_to_json(answer.thread), limit_for(message)
        if answer.kind == "claims":
            pages = pages_of(answer, limit, self.words)
            return Reply(message, pages[0], thread, facts, pages)
        return Reply(message, fit(self._shown(message, answer), limit, self.words), thread, facts)

    def say(self, message: Message, text: str, *, bold_first: bool = False) -> Reply:
        """The reply with words of the bot's own."""
        return self.show(message, paragraphs(text, bold_first=bold_first))

    def show(self, message: Message, text: RichText) -> Reply:
        """The reply with rich text that is no answer of the record."""
        return Reply(message, fit(text, limit_for(message), self.words))

    def readings(self, message: Message) -> tuple[Reading, ...] | None:
        """How the last question of a message's conversation was read; None where that is not known."""
        return self._readings.get(conversation_of(message))

    async def facts(self, message: Message) -> tuple[str, ...]:
        """The figures that a message is about: of the answer it replies to, else those answered last."""
        if is_reply_to(message, self.me) and message.reply_to_message is not None:
            said = await self.state.facts_of_message(message.chat.id, message.reply_to_message.message_id)
            if said is not None:
                return said
        return (await self.thread(message)).facts

    async def thread(self, message: Message) -> Thread:
        """Where the conversation is at: by reply to an answer at that answer, else at its last question."""
        kept = None
        if is_reply_to(message, self.me) and message.reply_to_message is not None:
            kept = await self.state.thread_of_message(message.chat.id, message.reply_to_message.message_id)
        kept = kept or await self.state.thread(conversation_of(message))
        return thread_from_json(kept) if kept else Thread()

    def _keep_readings(self, conversation: Conversation, readings: tuple[Reading, ...]) -> None:
        self._readings[conversation] = readings
        self._readings.move_to_end(conversation)
        while len(self._readings) > _READINGS:
            self._readings.popitem(last=False)

    def _shown(self, message: Message, answer: Answer) -> RichText:
        refused = answer.kind == "unknown" and is_group(message)
        return one_line(answer.text) if refused else answer.text


def is_group(message: Message) -> bool:
    """Whether several people read along."""
    return message.chat.type in (message.chat.GROUP, message.chat.SUPERGROUP)


def limit_for(message: Message) -> int:
    """How long a reply to a message may be, in UTF-16 code units."""
    return GROUP_LIMIT if is_group(message) else PRIVATE_LIMIT
