"""A clock that stands still until it is told to go on."""

from __future__ import annotations

import asyncio

from bot.clock import Clock


class ManualClock(Clock):
    """Time as a test says. `sleeping` holds how long each sleeper still has to wait."""

    def __init__(self, now: float = 1_500_000_000.0) -> None:
        self._now = now
        self._steady = 0.0
        self._sleepers: dict[asyncio.Future[None], float] = {}
        self._changed = asyncio.Condition()

    def now(self) -> float:
        return self._now + self._steady

    def steady(self) -> float:
        return self._steady

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[sleeper] = self._steady + seconds
        async with self._changed:
            self._changed.notify_all()
        try:
            await sleeper
        finally:
            self._sleepers.pop(sleeper, None)

    @property
    def sleeping(self) -> list[float]:
        return sorted(due - self._steady for due in self._sleepers.values())

    async def until_somebody_sleeps(self, seconds: float) -> None:
        """Wait until somebody waits for just so long."""
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: seconds in self.sleeping)

    def advance(self, seconds: float) -> None:
        self._steady += seconds
        for sleeper, due in list(self._sleepers.items()):
            if due <= self._steady and not sleeper.done():
                sleeper.set_result(None)
