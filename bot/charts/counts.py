"""Cumulative figures at their dates: a mark for each, a line between those that one publisher counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.charts.bodies import Task
from bot.charts.sheet import KeyEntry, Sheet
from bot.charts.style import CHARACTER, SMALL, WIDTH
from knowledge import ChartPoint, ChartSeries

_LEFT, _RIGHT = 0.5, 0.3
_HEIGHT, _AXIS = 2.6, 0.32
_ACROSS = WIDTH - _LEFT - _RIGHT
#: Where a figure may stand beside its mark, in inches, and which end of it is at the mark: before all above
#: and to the left, where a line that rises leaves room.
_PLACES = ((-0.02, 0.05, "right"), (0.05, -0.13, "left"), (0.0, 0.07, "center"), (0.03, 0.05, "left"))


class Counts:
    """The body of a chart of cumulative figures."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._series = task.chart.series[: len(task.palette.series)]

    @property
    def height(self) -> float:
        """One panel and its axis."""
        return _HEIGHT + _AXIS

    @property
    def key(self) -> Sequence[KeyEntry]:
        """Who counted."""
        colours = zip(self._series, self._task.palette.series, strict=False)
        return [KeyEntry(series.name, "line", colour) for series, colour in colours]

    def draw(self, sheet: Sheet) -> None:
        """All series in one panel, from zero on."""
        axes = sheet.axes(_HEIGHT, _LEFT, _RIGHT)
        points = [point for series in self._series for point in series.points]
        self._scale(axes, points)
        for series, colour in zip(self._series, self._task.palette.series, strict=False):
            self._draw_series(axes, series, colour)
        self._label(axes)
        sheet.top += _AXIS

    def _scale(self, axes: Axes, points: Sequence[ChartPoint]) -> None:
        formats, sign, palette = self._task.formats, self._task.chart.sign, self._task.palette
        first, last = min(p.last for p in points), max(p.last for p in points)
        slack = max((last - first).days * 0.06, 15)
        axes.set_xlim(first.toordinal() - slack, last.toordinal() + slack)
        axes.set_ylim(0, 1.16 * max(float(p.top) for p in points))
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: formats.tick(value, sign)))
        axes.grid(axis="y", color=palette.grid, linewidth=0.8)
        axes.axhline(0, color=palette.pale, linewidth=0.8)
        axes.set_axisbelow(True)
        years = [date(year, 1, 1) for year in range(first.year, last.year + 2)]
        inside = [day for day in years if axes.get_xlim()[0] <= day.toordinal() <= axes.get_xlim()[1]]
        ends = [first, last] if len(inside) < 2 else inside
        labels = [formats.month_of_year(day) if len(inside) < 2 else str(day.year) for day in ends]
        axes.set_xticks([day.toordinal() for day in ends], labels=labels)

    def _draw_series(self, axes: Axes, series: ChartSeries, colour: str) -> None:
        """Marks and a line through them; a range is a bar from its low to its high, off the line."""
        exact = [point for point in series.points if point.value is not None]
        days = [point.last.toordinal() for point in exact]
        axes.plot(
            days, [float(p.top) for p in exact], "-", color=colour, marker="o", linewidth=1.2, markersize=4
        )
        for point in series.points:
            if point.value is None:
                day, low, high = point.last.toordinal(), float(point.low or 0), float(point.high or 0)
                axes.plot([day, day], [low, high], color=colour, linewidth=3.5, solid_capstyle="butt")

    def _label(self, axes: Axes) -> None:
        """Each figure beside its mark where it covers no other one, the latest first; the caption has all."""
        taken: list[tuple[float, float, float, float]] = []
        colours = self._task.palette.series
        labelled = [(p, colour) for s, colour in zip(self._series, colours, strict=False) for p in s.points]
        (left, right), (_, top) = axes.get_xlim(), axes.get_ylim()
        for point, colour in sorted(labelled, key=lambda pair: pair[0].last, reverse=True):
            x = (point.last.toordinal() - left) / (right - left) * _ACROSS
            y = float(point.top) / top * _HEIGHT
            width, height = len(point.amount) * CHARACTER * SMALL, 1.15 * SMALL / 72
            for across, up, turned in _PLACES:
                start = x + across - (width if turned == "right" else width / 2 if turned == "center" else 0)
                box = (start, y + up, start + width, y + up + height)
                inside = start >= 0 and box[2] <= _ACROSS + _RIGHT and box[1] >= 0
                if inside and not any(_overlap(box, other) for other in taken):
                    taken.append(box)
                    offset = (across * 72, up * 72 + 1)
                    axes.annotate(
                        point.amount,
                        (point.last.toordinal(), float(point.top)),
                        offset,
                        textcoords="offset points",
                        ha=turned,
                        fontsize=SMALL,
                        color=colour,
                        annotation_clip=False,
                    )
                    break


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
