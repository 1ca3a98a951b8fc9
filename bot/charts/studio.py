"""Where pictures are made: one worker off the event loop, and those made last kept by what they show.

A chart is all that its picture depends on, so an equal chart gets the same picture. A thread does: drawing
is mostly the library's own compiled code, and one at a time is fast enough for a chat.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bot.words.charts import ChartWords
from knowledge import Chart

#: How many bytes of pictures are kept: about eighty.
MOST_BYTES = 8_000_000


class _Wanted(NamedTuple):
    """What a picture is kept under."""

    chart: Chart
    dark: bool


class Studio:
    """Makes pictures. `close` ends the worker once what it draws is finished."""

    def __init__(self, words: ChartWords, most_bytes: int = MOST_BYTES) -> None:
        self._words = words
        self._most_bytes = most_bytes
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="charts")
        self._kept: OrderedDict[_Wanted, bytes] = OrderedDict()
        self._under_way: dict[_Wanted, asyncio.Future[bytes]] = {}

    async def picture(self, chart: Chart, *, dark: bool = False) -> bytes:
        """The picture of a chart as a PNG; asked for twice at the same time it is drawn once."""
        wanted = _Wanted(chart, dark)
        if wanted in self._kept:
            self._kept.move_to_end(wanted)
            return self._kept[wanted]
        if wanted not in self._under_way:
            loop = asyncio.get_running_loop()
            self._under_way[wanted] = loop.run_in_executor(self._worker, _draw, chart, self._words, dark)
            self._under_way[wanted].add_done_callback(lambda drawn: self._finish(wanted, drawn))
        # Shielded: whoever waits may be cancelled, the others still get the picture.
        return await asyncio.shield(self._under_way[wanted])

    def warm_up(self) -> None:
        """Load what draws, so that the first picture takes no longer than the others."""
        self._worker.submit(_load)

    def close(self) -> None:
        """Let the worker finish and end."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _finish(self, wanted: _Wanted, drawn: asyncio.Future[bytes]) -> None:
        del self._under_way[wanted]
        if drawn.cancelled() or drawn.exception() is not None:
            return
        self._kept[wanted] = drawn.result()
        while sum(map(len, self._kept.values())) > self._most_bytes and len(self._kept) > 1:
            self._kept.popitem(last=False)


def _draw(chart: Chart, words: ChartWords, dark: bool) -> bytes:
    from bot.charts.drawing import draw  # here: matplotlib takes long to load, and loads in the worker

    return draw(chart, words, dark=dark)


def _load() -> None:
    import bot.charts.drawing  # noqa: F401  # as above
