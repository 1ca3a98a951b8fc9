"""The commands, which mean the same in private chats and in groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from telegram import Update

from bot.addressing import question_after_command
from bot.desk import Desk, Reply, is_group
from bot.handlers.groups import asked_by_reply
from bot.handlers.shapes import Context, message_of
from bot.keyboards import Button, one_a_row
from knowledge import Block, Reading, Source, Span

#: The score, in per cent, of words that are just those of the record.
EXACT = 100


class Commands:
    """The handlers of commands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, _context: Context) -> Reply:
        """What this is, and what to try."""
        return self._show_help(update, self._desk.words.start)

    async def help(self, update: Update, _context: Context) -> Reply:
        """What can be asked and how."""
        words = self._desk.words
        return self._show_help(update, words.help_group if is_group(message_of(update)) else words.help)

    async def ask(self, update: Update, _context: Context) -> Reply:
        """The question after the command; without one, the message that is replied to."""
        message = message_of(update)
        question = question_after_command(message)
        if question:
            return await self._desk.answer(message, question)
        return await asked_by_reply(self._desk, message, self._desk.words.ask_usage)

    async def sources(self, update: Update, _context: Context) -> Reply:
        """What the record rests on: each publisher with its latest page."""
        sources = self._desk.knowledge.sources()
        by_publisher: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            by_publisher[source.publisher].append(source)
        rows = sorted(by_publisher.values(), key=lambda found: (-len(found), found[0].publisher))
        words = self._desk.words
        head = words.sources_head.format(
            sources=words.number(len(sources)),
            publishers=words.number(len(rows)),
            facts=words.number(self._desk.knowledge.summary()["figures"]),
        )
        blocks = (Block("headline", (Span(head, bold=True),)), *map(self._publisher, rows))
        return self._desk.show(message_of(update), blocks)

    async def history(self, update: Update, _context: Context) -> Reply:
        """What stood before in the figures answered last, or in those of the answer that is replied to."""
        message = message_of(update)
        text = self._desk.knowledge.histories(await self._desk.facts(message))
        if not text:
            return self._desk.say(message, self._desk.words.history_nothing)
        return self._desk.show(message, text)

    async def why(self, update: Update, _context: Context) -> Reply:
        """How the last question of this conversation was read."""
        message, words = message_of(update), self._desk.words
        readings = self._desk.readings(message)
        if readings is None:
            return self._desk.say(message, words.why_forgotten)
        if not readings:
            return self._desk.say(message, words.why_nothing)
        head = Block("headline", (Span(words.why_head, bold=True),))
        return self._desk.show(message, (head, *map(self._reading, readings)))

    def _show_help(self, update: Update, text: str) -> Reply:
        """A text with example questions; in private they can be pressed as well as read."""
        message, examples = message_of(update), self._desk.knowledge.examples()
        listed = "\n".join(f"• {question}" for question in examples)
        filled = text.format(examples=listed, username=self._desk.me.username)
        reply = self._desk.say(message, filled, bold_first=True)
        if is_group(message):
            return reply
        buttons = [Button(question, f"example:{number}") for number, question in enumerate(examples)]
        return replace(reply, keyboard=one_a_row(buttons))

    def _publisher(self, sources: list[Source]) -> Block:
        words, latest = self._desk.words, max(sources, key=lambda source: source.published)
        lead = words.sources_item if len(sources) > 1 else words.sources_one
        return Block(
            "item",
            (
                Span(lead.format(publisher=latest.publisher, count=words.number(len(sources)))),
                Span(latest.title, url=latest.url),
                Span(words.sources_date.format(date=words.day(latest.published))),
            ),
        )

    def _reading(self, reading: Reading) -> Block:
        """One reading; how alike the words are is said only where they are not the same."""
        words = self._desk.words
        slot, meaning = (text.replace("_", " ") for text in (reading.slot, reading.meaning))
        line = words.why_row.format(words=reading.words, slot=slot, meaning=meaning)
        if reading.score < EXACT:
            line += words.why_score.format(score=round(reading.score))
        if reading.rejected:
            line += words.why_rejected.format(rejected=", ".join(reading.rejected))
        return Block("item", (Span(line),))
