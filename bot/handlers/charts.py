"""Charts: of a question, of an answer replied to, of the last question, of the answer over a button."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from bot.addressing import question_after_command, question_quoted
from bot.charts.captions import caption
from bot.charts.studio import Studio
from bot.conversations import Conversation, topic_of
from bot.desk import Desk, Pressed, Reply, is_group, limit_for
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

    async def pressed(self, update: Update, _context: Context) -> Pressed | None:
        """The button under an answer: its chart, in reply to it."""
        query = update.callback_query
        if query is None or query.message is None:
            return None
        answer = _message_of(query)
        kept = await self._desk.state.thread_of_message(answer.chat.id, answer.message_id)
        if kept is None:
            return Pressed(query.id, self._words.forgotten)
        thread = thread_from_json(kept)
        chart = self._desk.knowledge.chart(thread.query)
        if chart is None:
            return Pressed(query.id, self._words.nothing_here)
        drawn = await self._drawn(answer, chart, thread, dark=False)
        return Pressed(query.id, reply=replace(drawn, conversation=_conversation_of(query, answer)))

    async def _of_question(self, message: Message, question: str, dark: bool) -> Reply:
        """The chart of an answer; where it has none, the answer in words."""
        answer = await self._desk.ask(message, question)
        chart = self._desk.knowledge.chart(answer.thread.query) if is_charted(answer) else None
        if chart is not None:
            return await self._drawn(message, chart, answer.thread, dark)
        if answer.figures:
            nothing = Block("body", (Span(self._words.nothing_here),))
            answer = replace(answer, text=(*answer.text, nothing))
        return self._desk.told(message, answer)

    async def _drawn(self, message: Message, chart: Chart, thread: Thread, dark: bool) -> Reply:
        limit = min(CAPTION_LIMIT, limit_for(message))
        text = caption(chart, self._words, self._desk.words, limit)
        picture = await self._studio.picture(chart, dark=dark)
        return Reply(message, text, thread_to_json(thread), thread.facts, picture=picture)

    def _parted(self, text: str) -> tuple[bool, str]:
        """Whether a dark picture is asked for, and the rest of the text."""
        first, _, rest = text.partition(" ")
        return (True, rest.strip()) if first.casefold() in self._words.dark else (False, text)

    def _nothing(self, message: Message) -> Reply:
        example = self._words.example
        return self._desk.say(message, self._words.nothing_to_draw.format(example=example))


def _message_of(query: CallbackQuery) -> Message:
    """The message that a button stands under; Telegram shows of an old one only where it is."""
    found = query.message
    if isinstance(found, Message):
        return found
    if found is None:
        raise ValueError("a button stands under a message")
    return Message(found.message_id, found.date, found.chat)


def _conversation_of(query: CallbackQuery, answer: Message) -> Conversation:
    """Whose conversation goes on from the chart: in a group the person's who pressed."""
    if not is_group(answer):
        return Conversation(answer.chat.id)
    return Conversation(answer.chat.id, topic_of(answer), query.from_user.id)
