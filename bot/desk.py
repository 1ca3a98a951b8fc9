"""Where a question becomes a reply: asks the record with the conversation's thread, and writes nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date

from telegram import Chat, Message, User

from bot.addressing import is_reply_to
from bot.choices import MOST, Offers, labels, numbered
from bot.choices import picked as question_picked
from bot.conversations import Conversation, conversation_of
from bot.directions import isolated
from bot.follow_ups import FollowUps
from bot.keyboards import Button, Keyboard, in_rows
from bot.ledger import Echo, Ledger
from bot.messages import GROUP_LIMIT, PRIVATE_LIMIT, REFUSAL_LIMIT, fit, one_line, paragraphs
from bot.pages import page_buttons, pages_from_json, pages_of
from bot.repeats import SHORT_TIME, echo_of
from bot.state import State
from bot.words import Words
from bot.words.charts import ChartWords
from knowledge import Answer, Knowledge, Reading, RichText, Thread, thread_from_json, thread_to_json

#: How many conversations' last readings are kept for `/why`, in memory only: they hold people's words.
_READINGS = 1000

#: Kinds of answers that are no longer than a line that points at them.
_SHORT = ("unknown", "choice", "smalltalk")

#: The language of the chat whose update is being handled.
_language: ContextVar[str] = ContextVar("language", default="en")


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send in reply to another. `thread` is None where nothing is to be remembered.

    Where a list has several `pages`, `text` is the one at `page`. `edits` is the number of the bot's own
    message that takes this text instead of a new one being sent. `conversation` is whose it is where that
    is not whose the message is. `offers` are what its buttons ask, `before` is the thread that the question
    was asked in, `kind` that of an answer that is to be counted. With a `picture` (a PNG) the text is its
    caption.

    Instead of an answer that stands `above` already, in the bot's message of that number, the text points
    there; `whole` is the answer itself, for the case that the one above was deleted. What is not `traced`
    leaves nothing behind.
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
    keyboard: Keyboard = ()
    offers: Offers | None = None
    before: str | None = None
    kind: str = ""
    echo: Echo | None = None
    above: int | None = None
    whole: Reply | None = None
    silent: bool = False
    leads: bool = True
    traced: bool = True

    @property
    def talk(self) -> Conversation:
        """The conversation that goes on from it."""
        return self.conversation or conversation_of(self.question)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: its query's id, a notice for who pressed it, and what changes.

    An `alert` has to be closed by who pressed; `spent` is a message whose buttons are of no use any more.
    """

    query: str
    notice: str = ""
    reply: Reply | None = None
    alert: bool = False
    spent: Message | None = None


@dataclass(frozen=True, slots=True)
class Greeting:
    """One message to a chat, in reply to nothing."""

    chat: Chat
    text: RichText


#: What a handler makes of an update.
Outcome = Reply | Pressed | Greeting | None


class Desk:
    """What every handler works with: the record, the state, the words, and who the bot is.

    `wordbook` has the words of each language by its code.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        state: State,
        wordbook: Mapping[str, Words],
        chart_words: ChartWords,
        me: User,
    ) -> None:
        self.knowledge = knowledge
        self._follow_ups = FollowUps(knowledge, lambda: self.words, chart_words)
        self.state = state
        self.ledger = Ledger(state)
        self.wordbook = wordbook
        self.me = me
        self._readings: OrderedDict[Conversation, tuple[Reading, ...]] = OrderedDict()

    @property
    def words(self) -> Words:
        """The words of the language spoken where the update came from."""
        return self.wordbook.get(_language.get()) or self.wordbook["en"]

    def speak(self, language: str) -> None:
        """Use the words of a language for the update that is being handled."""
        _language.set(language)

    async def answer(self, message: Message, question: str) -> Reply:
        """The reply to a question that a message asks, on the day that the message was sent."""
        thread, picked = await self.thread(message), await self._picked(message, question)
        ask = self.knowledge.ask_anew if picked is not None else self.knowledge.ask
        answer = ask(picked or question, now=message.date.date(), thread=thread)
        return await self._or_above(self.told(message, answer, thread), picked or question, thread)

    async def ask(self, message: Message, question: str) -> Answer:
        """The record's answer to a question that a message asks."""
        thread = await self.thread(message)
        return self.knowledge.ask(question, now=message.date.date(), thread=thread)

    async def follow(self, answer: Message, conversation: Conversation, question: str, day: date) -> Reply:
        """The reply to a complete question that a button under one of the bot's own messages asks.

        `day` is when it was offered: of an old message Telegram no longer says when it was sent.
        """
        kept = await self.state.thread_of_message(answer.chat.id, answer.message_id)
        kept = kept or await self.state.thread(conversation)
        thread = thread_from_json(kept) if kept else Thread()
        answered = self.knowledge.ask_anew(question, now=day, thread=thread)
        return self.told(answer, answered, thread, conversation)

    async def look_at(self, message: Message, text: str) -> Reply:
        """The reply to somebody else's text: its claims are checked, and what claims nothing is asked."""
        thread = await self.thread(message)
        answer = self.knowledge.look_at(text, now=message.date.date(), thread=thread)
        return self.told(message, answer, thread)

    async def check(self, message: Message, text: str) -> Reply:
        """The verdicts on the claims of a text."""
        thread = await self.thread(message)
        return self.told(message, self.knowledge.check(text, thread=thread), thread)

    async def turned(self, answer: Message, page: int) -> Reply | None:
        """One of the bot's own messages at another of its pages; None where that is not kept."""
        kept = await self.ledger.pages_of_message(answer.chat.id, answer.message_id)
        pages = pages_from_json(kept) if kept else ()
        if page >= len(pages):
            return None
        keyboard = page_buttons(page, len(pages), self.words)
        return Reply(answer, pages[page], pages=pages, page=page, edits=answer.message_id, keyboard=keyboard)

    def say(self, message: Message, text: str, *, bold_first: bool = False) -> Reply:
        """The reply with words of the bot's own."""
        return self.show(message, paragraphs(text, bold_first=bold_first))

    def show(self, message: Message, text: RichText) -> Reply:
        """The reply with rich text that is no answer of the record."""
        return Reply(message, self._fitted(message, text))

    def readings(self, message: Message) -> tuple[Reading, ...] | None:
        """How the last question of a message's conversation was read; None where that is not known."""
        return self._readings.get(conversation_of(message))

    def forget_readings(self, person: int) -> None:
        """Forget how somebody's questions were read."""
        for conversation in [talk for talk in self._readings if talk.owner == person]:
            del self._readings[conversation]

    async def facts(self, message: Message) -> tuple[str, ...]:
        """The figures that a message is about: of the answer it replies to, else those answered last."""
        if is_reply_to(message, self.me) and message.reply_to_message is not None:
            said = await self.state.facts_of_message(message.chat.id, message.reply_to_message.message_id)
            if said is not None:
                return said
        return (await self.thread(message)).facts

    def told(
        self,
        message: Message,
        answer: Answer,
        before: Thread | None = None,
        conversation: Conversation | None = None,
    ) -> Reply:
        """The reply that tells an answer in words, with its choices or what leads on from it as buttons."""
        self._keep_readings(conversation or conversation_of(message), answer.readings)
        facts = tuple(figure.fact for figure in answer.figures if figure.fact is not None)
        reply = Reply(
            message,
            answer.text,
            thread_to_json(answer.thread),
            facts,
            conversation=conversation,
            before=thread_to_json(before) if before is not None else None,
            kind=answer.kind,
        )
        if answer.kind == "claims":
            pages = tuple(map(isolated, pages_of(answer, limit_for(message), self.words)))
            keyboard = page_buttons(0, len(pages), self.words)
            return replace(reply, text=pages[0], pages=pages, keyboard=keyboard)
        if answer.kind == "choice" and answer.choices:
            return self._choice(reply, answer.choices[:MOST])
        text = self._fitted(message, self._shown(message, answer))
        offers, keyboard = self._follow_ups(answer, text, in_group=is_group(message))
        return replace(reply, text=text, offers=offers, keyboard=keyboard)

    def _choice(self, reply: Reply, questions: tuple[str, ...]) -> Reply:
        """A question back: its choices as numbered lines and as buttons."""
        in_group = is_group(reply.question)
        hint = self.words.choice_hint_group if in_group else self.words.choice_hint
        text = numbered(reply.text, questions, hint)
        buttons = [Button(label, f"pick:{number}") for number, label in enumerate(labels(questions))]
        offers = Offers("pick", questions)
        return replace(
            reply, text=self._fitted(reply.question, text), offers=offers, keyboard=in_rows(buttons)
        )

    async def _or_above(self, reply: Reply, question: str, before: Thread) -> Reply:
        """The reply, or in a group where the same stands a little further up, a line that points there.

        A follow-up is never taken for a repeated question: it means what its conversation was about.
        """
        message = reply.question
        if not is_group(message) or message.edit_date is not None or reply.kind in _SHORT:
            return reply
        echo = echo_of(self.state.vault, message, question, reply.text)
        above = await self.ledger.answered_lately(message.chat.id, echo, SHORT_TIME)
        if above is None:
            return replace(reply, echo=echo)
        alone = self.knowledge.ask(question, now=message.date.date())
        if before != Thread() and self._fitted(message, self._shown(message, alone)) != reply.text:
            return reply
        text = paragraphs(self.words.answered_above)
        whole = replace(reply, echo=echo)
        return replace(reply, text=text, keyboard=(), offers=None, above=above, whole=whole)

    async def _picked(self, message: Message, text: str) -> str | None:
        """The question that a typed text picks of a choice that stands open."""
        replied = message.reply_to_message if is_reply_to(message, self.me) else None
        if replied is not None:
            offered = await self.ledger.offers_of_message(message.chat.id, replied.message_id)
            offers = offered.offers if offered is not None else None
        else:
            offers = await self.ledger.open_choice(conversation_of(message))
        if offers is None or offers.verb != "pick":
            return None
        return question_picked(text, offers.questions)

    async def thread(self, message: Message) -> Thread:
        """Where the conversation is at: by reply to an answer at that answer, else at its last question.

        For an edited question that is where the conversation was at when it was asked.
        """
        kept = None
        if message.edit_date is not None:
            kept = await self.ledger.thread_before(message.chat.id, message.message_id)
        if kept is None and is_reply_to(message, self.me) and message.reply_to_message is not None:
            kept = await self.state.thread_of_message(message.chat.id, message.reply_to_message.message_id)
        kept = kept or await self.state.thread(conversation_of(message))
        return thread_from_json(kept) if kept else Thread()

    def _keep_readings(self, conversation: Conversation, readings: tuple[Reading, ...]) -> None:
        self._readings[conversation] = readings
        self._readings.move_to_end(conversation)
        while len(self._readings) > _READINGS:
            self._readings.popitem(last=False)

    def _shown(self, message: Message, answer: Answer) -> RichText:
        """An answer as it is told here: a refusal is brief, and in a group it takes one line."""
        if answer.kind != "unknown":
            return answer.text
        first, *others = one_line(answer.text) if is_group(message) else answer.text
        return (*fit((first,), REFUSAL_LIMIT, self.words), *others)

    def _fitted(self, message: Message, text: RichText) -> RichText:
        return fit(isolated(text), limit_for(message), self.words)


def is_group(message: Message) -> bool:
    """Whether several people read along."""
    return message.chat.type in (message.chat.GROUP, message.chat.SUPERGROUP)


def limit_for(message: Message) -> int:
    """How long a reply to a message may be, in UTF-16 code units."""
    return GROUP_LIMIT if is_group(message) else PRIVATE_LIMIT
