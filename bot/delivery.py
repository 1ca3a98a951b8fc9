"""From the inbox to a sent answer: in order within a conversation, side by side across conversations.

An update is ticked off when its answer is sent and not before. Whatever goes wrong is judged by
`bot.faults`. A chat that Telegram asks to wait is waited for by its own conversations only.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock
from bot.desk import Greeting, Outcome, Pressed, Reply
from bot.errors import TokenRefused
from bot.faults import Verdict, asked_wait, backoff, verdict, where
from bot.inbox import Entry, Inbox
from bot.ledger import SentReply
from bot.pages import pages_to_json
from bot.sending import Sender, Sent, Turnstile
from bot.signs import typing
from bot.state import Memory

log = structlog.get_logger()

#: How many conversations are answered at the same time.
SIDE_BY_SIDE = 16
#: After how many faults of ours an update is set aside.
MOST_FAULTS = 3

Handle = Callable[[Update], Awaitable[Outcome]]
Apologise = Callable[[Update], Reply | None]


class Delivery:
    """Takes entries of the inbox to their end. `failed` is set where the whole bot has to stop."""

    def __init__(
        self, bot: Bot, inbox: Inbox, sender: Sender, handle: Handle, apologise: Apologise, clock: Clock
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._sender = sender
        self._handle = handle
        self._apologise = apologise
        self._clock = clock
        self._queues: dict[str, deque[Entry]] = {}
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._busy: set[str] = set()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._turnstile = Turnstile()
        self._chat_waits_until: dict[str, float] = {}
        self._tries: dict[int, int] = {}
        self._perhaps_sent: set[int] = set()
        self._stopping = False
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def take(self, entries: Iterable[Entry]) -> None:
        """Put entries behind what their conversations wait for already."""
        for entry in entries:
            queue = self._queues.setdefault(entry.conversation, deque())
            queue.append(entry)
            if entry.conversation not in self._lanes:
                self._lanes[entry.conversation] = asyncio.create_task(self._run(entry.conversation, queue))

    async def stop(self, grace: float) -> None:
        """Finish what is being answered, for at most `grace` seconds; the rest stays in the inbox."""
        self._stopping = True
        for conversation, lane in self._lanes.items():
            if conversation not in self._busy:
                lane.cancel()
        lanes = list(self._lanes.values())
        if lanes:
            _, late = await asyncio.wait(lanes, timeout=grace)
            for lane in late:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)

    async def _run(self, conversation: str, queue: deque[Entry]) -> None:
        """One conversation's lane: its entries one after the other, until none is left."""
        try:
            while queue and not self._stopping:
                entry = queue[0]
                await self._wait_for(entry.chat)
                async with self._slots:
                    if self._stopping or self._remaining(entry.chat) > 0:
                        continue
                    self._busy.add(conversation)
                    pause = await self._attempt(entry)
                    self._busy.discard(conversation)
                if pause is None:
                    queue.popleft()
                    self._forget(entry)
                elif not self._stopping:
                    await self._clock.sleep(pause)
        finally:
            self._busy.discard(conversation)
            del self._lanes[conversation], self._queues[conversation]

    async def _attempt(self, entry: Entry) -> float | None:
        """Try to bring an entry to its end; returns the seconds to wait before the next try, if any."""
        try:
            if entry.update_id in self._perhaps_sent:
                await self._bot.get_me()  # is Telegram there again, before a message may be doubled?
        except TelegramError as error:
            log.warning("telegram_unreachable", error=where(error))
            return self._next_pause(entry)
        try:
            await self._answer(entry)
        except Exception as error:
            return await self._after(error, entry)
        return None

    async def _answer(self, entry: Entry) -> None:
        update = Update.de_json(await self._inbox.payload(entry.update_id), self._bot)
        async with typing(self._bot, update, self._clock):
            outcome = await self._handle(update)
            if isinstance(outcome, Pressed):
                await self._sender.acknowledge(outcome)
                outcome = outcome.reply
            if outcome is None:
                await self._inbox.finish(entry.update_id)
                return
            async with self._turnstile.turn():
                await self._send(entry, outcome)

    async def _send(self, entry: Entry, outcome: Reply | Greeting) -> None:
        if isinstance(outcome, Greeting):
            await self._sender.greet(outcome)
            await self._tick_off(entry)
        else:
            sent = await self._sender.send(outcome)
            await self._tick_off(entry, memory_of(outcome, sent), kept_of(outcome, sent))

    async def _tick_off(
        self, entry: Entry, memory: Memory | None = None, sent: SentReply | None = None
    ) -> None:
        """Tick off what is sent, whatever it takes: trying the whole again would send it again."""
        failures = 0
        while True:
            try:
                return await self._inbox.finish(entry.update_id, memory, sent)
            except (SQLAlchemyError, OSError) as error:
                failures += 1
                log.error("state_not_written", update_id=entry.update_id, error=where(error))
                await self._clock.sleep(backoff(failures))

    async def _after(self, error: Exception, entry: Entry) -> float | None:
        """Do as the precedence of `bot.faults` says; returns the seconds to wait before the next try."""
        judged = verdict(error)
        log.warning("update_not_answered", update_id=entry.update_id, error=where(error), verdict=judged.name)
        match judged:
            case Verdict.WAIT if isinstance(error, RetryAfter):
                return self._hold_chat(entry.chat, error)
            case Verdict.STOP:
                self._fail(TokenRefused("Telegram refuses the token; it may have been revoked."))
                return backoff(1)
            case Verdict.DROP:
                await self._tick_off(entry)
                return None
            case Verdict.UNCERTAIN if entry.update_id in self._perhaps_sent:
                await self._tick_off(entry)
                return None
            case Verdict.UNCERTAIN:
                self._perhaps_sent.add(entry.update_id)
                return self._next_pause(entry)
            case Verdict.FAULT:
                return await self._count_fault(entry)
        return self._next_pause(entry)

    async def _count_fault(self, entry: Entry) -> float | None:
        """Try an update that we fail on a few times, then set it aside and say sorry in private."""
        try:
            failures = await self._inbox.fail(entry.update_id)
            if failures < MOST_FAULTS:
                return backoff(failures)
            await self._say_sorry(entry)
            await self._inbox.set_aside(entry.update_id)
        except (SQLAlchemyError, OSError) as error:
            log.error("state_not_written", update_id=entry.update_id, error=where(error))
            return self._next_pause(entry)
        log.error("update_set_aside", update_id=entry.update_id)
        return None

    async def _say_sorry(self, entry: Entry) -> None:
        try:
            update = Update.de_json(await self._inbox.payload(entry.update_id), self._bot)
            reply = self._apologise(update)
            if reply is not None:
                await self._sender.send(reply)
        except Exception as error:  # the update is set aside because it breaks things; this one may break too
            log.warning("apology_not_sent", update_id=entry.update_id, error=where(error))

    def _hold_chat(self, chat: str, error: RetryAfter) -> float:
        """Let all of a chat's conversations wait as long as Telegram asks; returns 0, they wait there."""
        self._chat_waits_until[chat] = self._clock.steady() + asked_wait(error)
        return 0.0

    async def _wait_for(self, chat: str) -> None:
        while (remaining := self._remaining(chat)) > 0:
            await self._clock.sleep(remaining)
        self._chat_waits_until.pop(chat, None)

    def _remaining(self, chat: str) -> float:
        now = self._clock.steady()
        return self._chat_waits_until.get(chat, now) - now

    def _next_pause(self, entry: Entry) -> float:
        self._tries[entry.update_id] = self._tries.get(entry.update_id, 0) + 1
        return backoff(self._tries[entry.update_id])

    def _forget(self, entry: Entry) -> None:
        self._tries.pop(entry.update_id, None)
        self._perhaps_sent.discard(entry.update_id)

    def failure(self) -> BaseException | None:
        """Why the whole bot has to stop, where it has."""
        return self.failed.exception() if self.failed.done() else None

    def _fail(self, error: Exception) -> None:
        if not self.failed.done():
            self.failed.set_exception(error)


def memory_of(reply: Reply, sent: Sent) -> Memory | None:
    """What is to be remembered of an answer; nothing where it was the bot's own words."""
    if reply.thread is None:
        return None
    return Memory(
        replace(reply.talk, chat=sent.chat), sent.chat, sent.message, reply.thread, reply.facts, reply.leads
    )


def kept_of(reply: Reply, sent: Sent) -> SentReply | None:
    """What is kept of a new or changed message; a page that was turned changes nothing of it."""
    in_place = reply.edits == reply.question.message_id
    if not reply.traced or (in_place and reply.thread is None):
        return None
    return SentReply(
        replace(reply.talk, chat=sent.chat),
        sent.message,
        None if in_place else reply.question.message_id,
        pages_to_json(reply.pages) if len(reply.pages) > 1 else "",
        reply.before,
        reply.offers,
        reply.echo,
        "" if reply.edits is not None and not in_place else reply.kind,
    )
