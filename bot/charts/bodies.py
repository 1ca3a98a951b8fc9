"""What stands in the middle of every kind of picture: how high it is, how it is drawn, what its key says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.charts.formats import Formats
from bot.charts.sheet import KeyEntry, Sheet
from bot.charts.style import Palette
from bot.words.charts import ChartWords
from knowledge import Chart


@dataclass(frozen=True, slots=True)
class Task:
    """A chart that is to be drawn, and what every part of the drawing needs."""

    chart: Chart
    words: ChartWords
    formats: Formats
    palette: Palette


class Body(Protocol):
    """The middle of a picture."""

    @property
    def height(self) -> float:
        """How high it is, in inches."""

    @property
    def key(self) -> Sequence[KeyEntry]:
        """What its colours and marks stand for."""

    def draw(self, sheet: Sheet) -> None:
        """Draw it on a sheet that has room for it."""
