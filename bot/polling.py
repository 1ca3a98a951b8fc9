"""Long polling that loses nothing: a batch is on disk before the next request confirms it.

The library's own polling confirms updates while their handlers still run
(`telegram/ext/_updater.py`), so a killed process would lose them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.errors import TokenRefused
from bot.faults import asked_wait, backoff, where
from bot.inbox import Entry, Inbox, Incoming, RawUpdate

log = structlog.get_logger()

#: How long Telegram may hold a request that it has no updates for, in seconds.
HOLD = 30
#: The kinds of updates that the bot asks for: those that it has handlers for.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


class PollingRequest(HTTPXRequest):
    """Keeps the updates of a response as they were sent and hands the library an empty batch.

    What is stored is then all that Telegram said, also what the library does not know yet, and one update
    that the library cannot read does not stop the batch it came in.
    """

    batch: list[RawUpdate]

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # the library's own signature
        """Make the request; a good response's updates are in `batch` afterwards."""
        self.batch = []
        code, payload = await super().do_request(*args, **kwargs)
        if code != 200:
            return code, payload
        self.batch = _updates(payload)
        return code, b'{"ok": true, "result": []}'


def _updates(payload: bytes) -> list[RawUpdate]:
    """The updates of a response's body; what is none is left out."""
    result = json.loads(payload).get("result", [])
    return [raw for raw in result if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]


class Polling:
    """Fetches updates, writes them to the inbox and passes on what is new."""

    def __init__(
        self,
        bot: Bot,
        request: PollingRequest,
        inbox: Inbox,
        sort: Callable[[RawUpdate], Incoming],
        deliver: Callable[[Sequence[Entry]], None],
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._request = request
        self._inbox = inbox
        self._sort = sort
        self._deliver = deliver
        self._clock = clock
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled. Raises `TokenRefused` where Telegram no longer knows the token."""
        failures = 0
        while True:
            try:
                await self.once()
                failures = 0
            except (TelegramError, SQLAlchemyError, OSError, ValueError) as error:
                failures += 1
                pause = _pause(error, failures)
                await self._remove_webhook(error)
                await self._clock.sleep(pause)

    async def _remove_webhook(self, error: Exception) -> None:
        """Telegram refuses polling while a webhook is set, as an earlier deployment may have left it."""
        if _is_about_a_webhook(error):
            with suppress(TelegramError):  # it is tried again with the next refusal
                await self._bot.delete_webhook()

    async def once(self) -> None:
        """Fetch one batch and have it on disk before the next one can be asked for."""
        await self._bot.get_updates(offset=self._offset, timeout=HOLD, allowed_updates=ALLOWED)
        batch = self._request.batch
        if not batch:
            return
        entries = await self._inbox.put([self._sort(raw) for raw in batch])
        self._offset = max(int(raw["update_id"]) for raw in batch) + 1
        self._deliver(entries)


def _is_about_a_webhook(error: Exception) -> bool:
    return isinstance(error, Conflict) and "webhook" in error.message.lower()


def _pause(error: Exception, failures: int) -> float:
    """How long to wait after an error, in seconds, having said in the log what it is."""
    match error:
        case InvalidToken():
            raise TokenRefused("Telegram refuses the token; it may have been revoked.") from None
        case RetryAfter():
            return asked_wait(error)
        case Conflict() if _is_about_a_webhook(error):
            log.warning("webhook_in_the_way", advice="It is removed: this process polls.")
        case Conflict():
            log.error(
                "another_process_polls", advice="Only one process may poll with a token; stop the other."
            )
        case TimedOut():
            log.info("polling_timed_out", failures=failures)
        case SQLAlchemyError() | OSError():
            log.error("inbox_not_written", error=where(error), failures=failures)
        case _:
            log.warning("polling_failed", error=where(error), failures=failures)
    return backoff(failures)
