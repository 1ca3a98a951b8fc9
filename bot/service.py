"""The running bot: polling, delivery and housekeeping side by side, until it is asked to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update

from bot.clock import Clock
from bot.conversations import Conversation, order_of
from bot.delivery import Delivery
from bot.desk import Outcome, Reply
from bot.faults import where
from bot.handlers.privacy import DAYS_KEPT
from bot.inbox import Inbox, Incoming, RawUpdate
from bot.introduction import introduce
from bot.polling import Polling, PollingRequest
from bot.sending import Sender
from bot.state import State
from bot.words import Words

log = structlog.get_logger()

_DAY = 24 * 3600.0
#: How long the number of an update that is done is kept. Telegram offers an update for a day; its numbers
#: may start anew at random after a quiet week, so keeping them for longer could drop a new one.
_DAYS_NUMBERS_KEPT = 2


class Handlers(Protocol):
    """What knows what to do about an update."""

    def wants(self, update: Update) -> bool:
        """Whether anything will be done about an update."""

    def handle(self, update: Update) -> Awaitable[Outcome]:
        """The reply that an update gets, if any."""

    def apologise(self, update: Update) -> Reply | None:
        """What somebody is told whose question could not be handled."""


class Service:
    """Everything that runs at the same time, and in which order it starts and ends."""

    def __init__(
        self,
        bot: Bot,
        request: PollingRequest,
        state: State,
        handlers: Handlers,
        words: Words,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._state = state
        self._words = words
        self._clock = clock
        self._handlers = handlers
        self._inbox = Inbox(state, clock.now)
        sender = Sender(bot, state)
        self._delivery = Delivery(bot, self._inbox, sender, handlers.handle, handlers.apologise, clock)
        self._polling = Polling(bot, request, self._inbox, self.sort, self._delivery.take, clock)

    async def run(self, stop: asyncio.Event, grace: float) -> None:
        """Answer until `stop` is set, then finish what is under way within `grace` seconds.

        Raises `TokenRefused` where Telegram no longer knows the token.
        """
        self._delivery.take(await self._inbox.waiting())
        stopped = asyncio.create_task(stop.wait(), name="stop")
        polling = asyncio.create_task(self._polling.run(), name="polling")
        others = [
            asyncio.create_task(introduce(self._bot, self._words), name="introduction"),
            asyncio.create_task(self._keep_house(), name="housekeeping"),
        ]
        try:
            await asyncio.wait((stopped, polling, self._delivery.failed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stopped, polling, *others):
                task.cancel()
            outcomes = await asyncio.gather(stopped, polling, *others, return_exceptions=True)
            await self._delivery.stop(grace)
        for outcome in (*outcomes, self._delivery.failure()):
            if isinstance(outcome, Exception):
                raise outcome

    def sort(self, raw: RawUpdate) -> Incoming:
        """An update with what it belongs to; one that cannot be read is kept to be set aside."""
        try:
            update = Update.de_json(raw, self._bot)
            return Incoming(raw, order_of(update), self._handlers.wants(update))
        except Exception as error:  # whatever a malformed update breaks, the rest of the batch goes on
            log.warning("update_unreadable", update_id=raw["update_id"], error=where(error))
            return Incoming(raw, Conversation(0, person=int(raw["update_id"])), wanted=True)

    async def _keep_house(self) -> None:
        """Forget what is older than what `/privacy` promises, at the start and every day."""
        while True:
            try:
                now = self._clock.now()
                await self._state.prune(int(now - DAYS_KEPT * _DAY), int(now - _DAYS_NUMBERS_KEPT * _DAY))
            except SQLAlchemyError as error:
                log.error("state_not_pruned", error=where(error))
            await self._clock.sleep(_DAY)
