"""Bars over days or months, a panel a series, or stacked in one; what is missing is hatched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.charts.bodies import Task
from bot.charts.sheet import KeyEntry, Sheet, bar_look
from bot.charts.style import CHARACTER, LINE, MARGIN, SMALL, TEXT, WIDTH
from knowledge import ChartPoint, ChartSeries, Period

#: More panels than this would no longer be looked at on a phone.
MOST_PANELS = 6
_LEFT = 0.42
_AXIS = 0.36
_SINGLE, _SEVERAL = 1.9, 1.15
#: The part of a bar's width that is left free beside it, in days and in months.
_FREE = 0.16
#: Periods up to so many days have a tick every five days.
_SHORT = 35


class Bars:
    """The body of a chart over days or months."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._chart = task.chart
        self._by_month = task.chart.kind == "months"
        self._panels = (
            [task.chart.series] if task.chart.is_stacked else _each(task.chart.series[:MOST_PANELS])
        )
        self._panel_height = _SINGLE if len(self._panels) == 1 else _SEVERAL
        self._tops = {unit: self._highest(unit) for unit in {s.unit for s in task.chart.series}}

    @property
    def height(self) -> float:
        """A heading, a panel and an axis for each series."""
        heading = 0.0 if self._chart.is_stacked else TEXT * LINE
        return len(self._panels) * (heading + self._panel_height + _AXIS)

    @property
    def key(self) -> Sequence[KeyEntry]:
        """Only what there is to see."""
        words, palette, series = self._task.words, self._task.palette, self._chart.series
        entries: list[KeyEntry] = self._key_of_stack() if self._chart.is_stacked else []
        if not self._chart.is_stacked and len(series) > MOST_PANELS:
            entries.append(KeyEntry(words.left_out_rows.format(count=len(series) - MOST_PANELS)))
        for period in self._chart.marked:
            told = words.key_marked.format(period=self._task.formats.period(period))
            entries.append(KeyEntry(told, "bar", palette.mark))
        points = [point for one in series for point in one.points]
        if self._by_month and any(point.is_partial for point in points) and not self._chart.is_stacked:
            entries.append(KeyEntry(words.key_partial, "pale", palette.series[0]))
        if not self._by_month and any(point.days > 1 for point in points):
            entries.append(KeyEntry(words.key_several, "hatched", palette.series[0]))
        if any(one.is_apart for one in series):
            entries.append(KeyEntry(words.key_apart))
        if any(one.unnamed for one in series):
            unnamed = words.key_uncounted if self._chart.is_stacked else words.key_unnamed
            entries.append(KeyEntry(unnamed, "ring", palette.pale))
        if any(one.missing for one in series):
            missing = words.key_missing_months if self._by_month else words.key_missing_days
            entries.append(KeyEntry(missing, "gap"))
        return entries

    def _key_of_stack(self) -> list[KeyEntry]:
        """The kinds as they stand on one another, what is not drawn, and how much is on record."""
        words, formats, series = self._task.words, self._task.formats, self._chart.series
        named = list(zip(series, self._task.palette.series, strict=False))
        entries = [KeyEntry(one.name, "bar", colour) for one, colour in reversed(named)]
        if self._chart.left_out:
            entries.append(KeyEntry(words.left_out_kinds.format(count=self._chart.left_out)))
        period = self._chart.period
        days = formats.number(period.days if period is not None else 0)
        covered = formats.number(series[0].covered)
        return [*entries, KeyEntry(words.covered_targets.format(covered=covered, days=days))]

    def draw(self, sheet: Sheet) -> None:
        """Panel below panel."""
        for number, panel in enumerate(self._panels):
            if not self._chart.is_stacked:
                sheet.write(self._heading(panel[0]), TEXT, sheet.palette.ink)
            axes = sheet.axes(self._panel_height, _LEFT)
            self._draw_panel(axes, panel, number)
            sheet.top += _AXIS

    def _heading(self, series: ChartSeries) -> str:
        words = self._task.words
        if not series.points:
            return words.panel.format(name=series.name, covered=words.nothing_in_series)
        days = series.period.days if series.period is not None else 0
        covered = words.covered.format(
            covered=self._task.formats.number(series.covered), days=self._task.formats.number(days)
        )
        pattern = words.panel_total if series.total else words.panel
        return pattern.format(name=series.name, total=series.total, covered=covered)

    # -- a panel ---------------------------------------------------------------------------------

    def _draw_panel(self, axes: Axes, panel: Sequence[ChartSeries], number: int) -> None:
        period = panel[0].period or Period(date.min, date.min)
        first = period.first.toordinal()
        axes.set_xlim(first - 0.5, period.last.toordinal() + 0.5)
        top = self._tops[panel[0].unit]
        axes.set_ylim(0, top)
        self._rule(axes)
        for gap in panel[0].missing:
            self._hatch(axes, gap, top)
        for stretch in panel[0].unnamed:
            self._ring(axes, stretch)
        floors: dict[tuple[date, date], float] = {}
        for nth, series in enumerate(panel):
            colour = self._task.palette.series[(number + nth) % len(self._task.palette.series)]
            for point in series.points:
                self._bar(axes, point, colour, floors)
        if not self._chart.is_stacked:
            self._label_bars(axes, panel[0].points, period, top)
        self._label_time(axes, period)

    def _bar(
        self, axes: Axes, point: ChartPoint, colour: str, floors: dict[tuple[date, date], float]
    ) -> None:
        """A bar on what stands at its days already; a range goes from its low to its high."""
        days = (point.first, point.last)
        floor = floors.get(days, 0.0)
        low = float(point.low or 0) if point.value is None else 0.0
        free = _FREE * (self._width_of_slot(point) if self._by_month else 1)
        kind = "bar"
        if self._by_month and point.is_partial and not self._chart.is_stacked:
            kind = "pale"
        elif not self._by_month and point.days > 1:
            kind = "hatched"
        if any(mark.first <= point.first and point.last <= mark.last for mark in self._chart.marked):
            colour = self._task.palette.mark
        axes.add_patch(
            Rectangle(
                (point.first.toordinal() - 0.5 + free / 2, floor + low),
                point.days - free,
                float(point.top) - low,
                zorder=3,
                **bar_look(kind, colour, self._task.palette),  # type: ignore[arg-type]
            )
        )
        floors[days] = floor + float(point.top)

    def _width_of_slot(self, point: ChartPoint) -> int:
        return point.days if self._by_month else 1

    def _rule(self, axes: Axes) -> None:
        """Lines across at a few round numbers."""
        formats, sign = self._task.formats, self._chart.sign
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: formats.tick(value, sign)))
        axes.grid(axis="y", color=self._task.palette.grid, linewidth=0.8, zorder=0)
        axes.axhline(0, color=self._task.palette.pale, linewidth=0.8, zorder=4)
        axes.set_axisbelow(True)

    def _hatch(self, axes: Axes, gap: Period, top: float) -> None:
        look = bar_look("gap", "", self._task.palette)
        corner = (gap.first.toordinal() - 0.5, 0)
        axes.add_patch(Rectangle(corner, gap.days, top, zorder=1, **look))  # type: ignore[arg-type]

    def _ring(self, axes: Axes, stretch: Period) -> None:
        """A ring at each day, or month, whose report does not name the place."""
        days = [stretch.first + timedelta(days=n) for n in range(stretch.days)]
        middles = [day.toordinal() for day in days]
        if self._by_month:
            middles = [(stretch.first.toordinal() + stretch.last.toordinal()) // 2]
        look = {"marker": "o", "markersize": 3, "linewidth": 0, "clip_on": False, "zorder": 5}
        paper, pale = self._task.palette.paper, self._task.palette.pale
        axes.plot(middles, [0] * len(middles), color=pale, markerfacecolor=paper, **look)  # type: ignore[arg-type]

    def _label_bars(self, axes: Axes, points: Sequence[ChartPoint], period: Period, top: float) -> None:
        """The number on each bar that has room for it, else on the highest only."""
        inch = (WIDTH - _LEFT - MARGIN) / period.days
        room = all(len(p.amount) * CHARACTER * SMALL <= max(p.days, 1) * inch * 1.25 for p in points)
        highest = max(points, key=lambda p: p.top, default=None)
        for point in points if room else filter(None, [highest]):
            middle = (point.first.toordinal() + point.last.toordinal()) / 2
            edge = 0.06 * period.days
            low, high = axes.get_xlim()
            axes.annotate(
                point.amount,
                (middle if room else min(max(middle, low + edge), high - edge), float(point.top)),
                (0, 1.5),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=self._task.palette.ink,
                zorder=6,
                annotation_clip=False,
            )

    # -- the axis of time ------------------------------------------------------------------------

    def _label_time(self, axes: Axes, period: Period) -> None:
        ticks = self._month_ticks(period) if self._by_month else self._day_ticks(period)
        axes.set_xticks([position for position, _ in ticks], labels=[label for _, label in ticks])
        axes.tick_params(axis="x", pad=5)

    def _day_ticks(self, period: Period) -> list[tuple[float, str]]:
        """The first of each month by name; between them every fifth or fifteenth day."""
        formats = self._task.formats
        shown: tuple[int, ...] = (5, 10, 15, 20, 25) if period.days <= _SHORT else (15,)
        days = [period.first + timedelta(days=n) for n in range(period.days)]
        if period.days <= 10:
            shown = tuple(range(2, 32))
        return [
            (
                float(day.toordinal()),
                formats.day(day) if day.day == 1 or day == period.first else str(day.day),
            )
            for day in days
            if day.day in (1, *shown) or day == period.first
        ]

    def _month_ticks(self, period: Period) -> list[tuple[float, str]]:
        """Up to fourteen months by name, with the year under the first of each; of more only the years."""
        formats = self._task.formats
        months = _months_in(period)
        if len(months) > 14:
            januaries = [m for m in months if m.month == 1 or m == months[0]]
            if len(januaries) > 1 and (januaries[1] - januaries[0]).days < 120:
                januaries = januaries[1:]
            return [(float(m.toordinal()), str(m.year)) for m in januaries]
        return [
            (
                m.toordinal() + 14.5,
                formats.month(m) + (f"\n{m.year}" if m.month == 1 or m == months[0] else ""),
            )
            for m in months
        ]

    def _highest(self, unit: str) -> float:
        """The top of the scale that panels of one unit share."""
        series = [one for one in self._chart.series if one.unit == unit]
        if not self._chart.is_stacked:
            return 1.18 * max((float(p.top) for one in series for p in one.points), default=1.0) or 1.0
        heights: dict[tuple[date, date], float] = {}
        for point in (p for one in series for p in one.points):
            heights[point.first, point.last] = heights.get((point.first, point.last), 0) + float(point.top)
        return 1.08 * max(heights.values(), default=1.0)


def _each(series: Iterable[ChartSeries]) -> list[tuple[ChartSeries, ...]]:
    return [(one,) for one in series]


def _months_in(period: Period) -> list[date]:
    """The first day of each month of a period."""
    months, day = [], period.first.replace(day=1)
    while day <= period.last:
        months.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return months
