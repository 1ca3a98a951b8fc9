"""Charts: of a question, of an answer that is replied to, of the last question, of the answer tapped on."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from bot.addressing import question_after_command, question_quoted
from bot.charts.captions import caption
from bot.charts.studio import Studio
from bot.conversations import Conversation, topic_of
from bot.desk import Desk, Reply, is_group, limit_for
from bot.handlers.shapes import Context, message_of
from bot.messages import CAPTION_LIMIT
from bot.words.charts import ChartWords
from knowledge import Block, Chart, Span, Thread, is_charted, thread_from_json, thread_to_json


class Charts:
    """The handlers of charts."""

    def __init__(self, desk: Desk, studio: Studio, words: ChartWords) -> None:
        self._desk = desk
        self._studio = studio
        self._words = words

    async def command(self, update: Update, _context: Context) -> Reply:
        """`/chart`: of the question after it, of what is replied to, or of the last question."""
        message = message_of(update)
        dark, question = self._parted(question_after_command(message))
        question = question or question_quoted(message, self._desk.me) or ""
        if question:
            return await self._of_question(message, question, dark)
        thread = await self._desk.thread(message)
        chart = self._desk.knowledge.chart(thread.query)
        if chart is None:
            return self._nothing(message)
        return await self._drawn(message, chart, thread, dark)

    async def tapped(self, update: Update, _context: Context) -> Reply | None:
        """The button under an answer: its chart, in reply to it."""
        query = update.callback_query
        if query is None or query.message is None:
            return None
        answer = _message_of_tap(query)
        kept = await self._desk.state.thread_of_message(answer.chat.id, answer.message_id)
        conversation = _conversation_of_tap(query, answer)
        if kept is None:
            return Reply(answer, self._line(self._words.forgotten), tap=query.id)
        thread = thread_from_json(kept)
        chart = self._desk.knowledge.chart(thread.query)
        if chart is None:
            return Reply(answer, self._line(self._words.nothing_here), tap=query.id)
        return await self._drawn(answer, chart, thread, dark=False, tap=query.id, conversation=conversation)

    async def _of_question(self, message: Message, question: str, dark: bool) -> Reply:
        """The chart of an answer; where it has none, the answer in words."""
        answer = await self._desk.ask(message, question)
        chart = self._desk.knowledge.chart(answer.thread.query) if is_charted(answer) else None
        if chart is not None:
            return await self._drawn(message, chart, answer.thread, dark)
        if answer.figures:
            answer = replace(answer, text=(*answer.text, *self._line(self._words.nothing_here)))
        return self._desk.told(message, answer)

    async def _drawn(
        self,
        message: Message,
        chart: Chart,
        thread: Thread,
        dark: bool,
        *,
        tap: str | None = None,
        conversation: Conversation | None = None,
    ) -> Reply:
        limit = min(CAPTION_LIMIT, limit_for(message))
        text = caption(chart, self._words, self._desk.words, limit)
        picture = await self._studio.picture(chart, dark=dark)
        return Reply(
            message,
            text,
            thread_to_json(thread),
            thread.facts,
            picture=picture,
            conversation=conversation,
            tap=tap,
        )

    def _parted(self, text: str) -> tuple[bool, str]:
        """Whether a dark picture is asked for, and the rest of the text."""
        first, _, rest = text.partition(" ")
        return (True, rest.strip()) if first.casefold() in self._words.dark else (False, text)

    def _nothing(self, message: Message) -> Reply:
        example = self._words.example
        return self._desk.say(message, self._words.nothing_to_draw.format(example=example))

    def _line(self, text: str) -> tuple[Block, ...]:
        return (Block("body", (Span(text),)),)


def _message_of_tap(query: CallbackQuery) -> Message:
    """The message that a button stands under; Telegram shows of an old one only where it is."""
    found = query.message
    if isinstance(found, Message):
        return found
    if found is None:
        raise ValueError("a tap without a message has no answer")
    return Message(found.message_id, found.date, found.chat)


def _conversation_of_tap(query: CallbackQuery, answer: Message) -> Conversation:
    """Whose conversation a tap goes on: in a group the person's who tapped."""
    if not is_group(answer):
        return Conversation(answer.chat.id)
    return Conversation(answer.chat.id, topic_of(answer), query.from_user.id)
