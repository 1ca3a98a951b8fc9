"""Single figures side by side: a bar each, its name above it, so that a long one has the whole width."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.charts.bodies import Task
from bot.charts.sheet import KeyEntry, Sheet, bar_look
from bot.charts.style import CHARACTER, MARGIN, TEXT, WIDTH, characters_in
from knowledge import ChartRow

_ROW = 0.36
_BAR = 0.4
_INDENT = 0.18


class Rows:
    """The body of a chart of single figures."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._rows = task.chart.rows

    @property
    def height(self) -> float:
        """So much a row."""
        return _ROW * len(self._rows) + 0.08

    @property
    def key(self) -> Sequence[KeyEntry]:
        """What was left out."""
        left_out = self._task.chart.left_out
        return [KeyEntry(self._task.words.left_out_rows.format(count=left_out))] if left_out else []

    def draw(self, sheet: Sheet) -> None:
        """Row below row, on one scale from zero on."""
        across = WIDTH - 2 * MARGIN
        longest = max(len(row.amount) for row in self._rows) * CHARACTER * TEXT + 0.1
        axes = sheet.axes(self.height, MARGIN)
        axes.set_xlim(0, across)
        axes.set_ylim(len(self._rows), 0)
        axes.set_xticks([])
        axes.set_yticks([])
        highest = max(float(row.top) for row in self._rows) or 1.0
        for number, row in enumerate(self._rows):
            indent = _INDENT if row.is_part else 0.0
            inches = (across - longest - _INDENT) / highest
            low = float(row.low or 0) * inches if row.value is None else 0.0
            end = float(row.top) * inches
            self._name(axes, row, indent, number)
            colour = self._task.palette.series[0]
            look = bar_look("pale" if row.is_part else "bar", colour, self._task.palette)
            axes.add_patch(Rectangle((indent + low, number + 0.46), end - low, _BAR, **look))  # type: ignore[arg-type]
            axes.text(
                indent + end + 0.05,
                number + 0.46 + _BAR / 2,
                row.amount,
                va="center",
                fontsize=TEXT,
                fontweight="normal" if row.is_part else "bold",
                color=self._task.palette.ink,
            )

    def _name(self, axes: Axes, row: ChartRow, indent: float, number: int) -> None:
        most = characters_in(WIDTH - 2 * MARGIN - indent, TEXT)
        name = row.name if len(row.name) <= most else row.name[: most - 1] + "…"
        axes.text(indent, number + 0.4, name, va="bottom", fontsize=TEXT, color=self._task.palette.ink)
