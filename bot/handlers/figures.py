"""Buttons about the figures of an answer: where they come from, and that somebody takes them for wrong."""

from __future__ import annotations

import structlog
from telegram import Update

from bot.counters import doubt
from bot.desk import Desk, Pressed, Reply
from bot.handlers.shapes import Context, Tap, tap_of
from knowledge import Block, Source, Span, thread_from_json

log = structlog.get_logger()


class Figures:
    """The handlers of those buttons; anybody who reads an answer may press them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def sources(self, update: Update, _context: Context) -> Pressed:
        """Every source that an answer rests on, in reply to it."""
        tap = tap_of(update)
        kept = await self._desk.state.thread_of_message(tap.message.chat.id, tap.message.message_id)
        sources = self._desk.knowledge.sources_behind(thread_from_json(kept)) if kept else ()
        if not sources:
            return self._expired(tap)
        return Pressed(tap.query, reply=self._listed(tap, sources))

    async def doubted(self, update: Update, _context: Context) -> Pressed:
        """Somebody takes a figure for wrong: it is noted, for whoever looks after the record."""
        tap, words = tap_of(update), self._desk.words
        facts = await self._desk.state.facts_of_message(tap.message.chat.id, tap.message.message_id)
        if not facts:
            return self._expired(tap)
        await doubt(self._desk.state, facts)
        log.info("figures_doubted", facts=facts)
        return Pressed(tap.query, words.doubt_noted, alert=True)

    def _listed(self, tap: Tap, sources: tuple[Source, ...]) -> Reply:
        words = self._desk.words
        head = words.sources_behind.format(count=words.number(len(sources)))
        rows = (_row(source, words.day(source.published)) for source in sources)
        return self._desk.show(tap.message, (Block("headline", (Span(head, bold=True),)), *rows))

    def _expired(self, tap: Tap) -> Pressed:
        return Pressed(tap.query, self._desk.words.choice_expired, alert=True, spent=tap.message)


def _row(source: Source, published: str) -> Block:
    return Block("item", (Span(source.title, url=source.url), Span(f", {source.publisher}, {published}")))
