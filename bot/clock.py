"""Time as an argument: the wall clock for what is stored, a steady one for waiting."""

from __future__ import annotations

import asyncio
import time


class Clock:
    """The machine's own time, in seconds."""

    def now(self) -> float:
        """Unix time."""
        return time.time()

    def steady(self) -> float:
        """A time that never jumps, for deadlines."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
