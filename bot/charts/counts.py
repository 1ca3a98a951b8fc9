"""Figures at their dates: a mark for each, and a line between cumulative ones that one publisher counted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.charts.bodies import Task
from bot.charts.sheet import KeyEntry, Sheet
from bot.charts.style import CHARACTER, SMALL, WIDTH
from knowledge import ChartPoint, ChartSeries

_LEFT, _RIGHT = 0.5, 0.3
_HEIGHT, _AXIS = 2.6, 0.32
_ACROSS = WIDTH - _LEFT - _RIGHT
#: Of a series with more figures only the first and the last one are labelled.
_MOST_LABELS = 8
#: Left, lower, right and upper edge in inches.
_Box = tuple[float, float, float, float]
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
        return [KeyEntry(s.name, "line" if s.is_joined else "dot", colour) for s, colour in colours]

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
        line = "solid" if series.is_joined else "none"
        look = {"color": colour, "marker": "o", "linewidth": 1.2, "markersize": 4}
        axes.plot(days, [float(p.top) for p in exact], linestyle=line, **look)  # type: ignore[arg-type]
        for point in series.points:
            if point.value is None:
                day, low, high = point.last.toordinal(), float(point.low or 0), float(point.high or 0)
                axes.plot([day, day], [low, high], color=colour, linewidth=3.5, solid_capstyle="butt")

    def _label(self, axes: Axes) -> None:
        """Figures beside their marks where they cover nothing, the latest first; the caption has them all."""
        taken = [box for series in self._series for box in _covered(series, axes)]
        for series, colour in zip(self._series, self._task.palette.series, strict=False):
            few = len(series.points) <= _MOST_LABELS
            shown = series.points if few else (series.points[0], series.points[-1])
            for point in sorted(shown, key=lambda p: p.last, reverse=True):
                self._label_point(axes, point, colour, taken)

    def _label_point(self, axes: Axes, point: ChartPoint, colour: str, taken: list[_Box]) -> None:
        x, y = _inches(axes, point.last.toordinal(), float(point.top))
        width, height = len(point.amount) * CHARACTER * SMALL, 1.15 * SMALL / 72
        for across, up, turned in _PLACES:
            start = x + across - (width if turned == "right" else width / 2 if turned == "center" else 0)
            box = (start, y + up, start + width, y + up + height)
            inside = start >= 0 and box[2] <= _ACROSS + _RIGHT and box[1] >= 0
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                axes.annotate(
                    point.amount,
                    (point.last.toordinal(), float(point.top)),
                    (across * 72, up * 72 + 1),
                    textcoords="offset points",
                    ha=turned,
                    fontsize=SMALL,
                    color=colour,
                    annotation_clip=False,
                )
                return


def _covered(series: ChartSeries, axes: Axes) -> Iterator[_Box]:
    """What a series covers of the panel, as small boxes along its marks, lines and bars."""
    half = 0.025
    places = [_inches(axes, p.last.toordinal(), float(p.top)) for p in series.points]
    for point, (x, top) in zip(series.points, places, strict=True):
        low = _inches(axes, 0, float(point.low or 0))[1] if point.value is None else top
        yield (x - half, low - half, x + half, top + half)
    exact = [place for p, place in zip(series.points, places, strict=True) if p.value is not None]
    for (x, y), (u, v) in pairwise(exact if series.is_joined else []):
        steps = max(1, round(math.hypot(u - x, v - y) / half))
        for step in range(steps):
            share = step / steps
            across, up = x + share * (u - x), y + share * (v - y)
            yield (across - 0.01, up - 0.01, across + 0.01, up + 0.01)


def _inches(axes: Axes, day: float, value: float) -> tuple[float, float]:
    """How far from the panel's lower left corner a figure stands."""
    (left, right), (_, top) = axes.get_xlim(), axes.get_ylim()
    return (day - left) / (right - left) * _ACROSS, value / top * _HEIGHT


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
