"""A map of places struck: a disc each, as large as its count, at the coordinates that the record has."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from matplotlib.ticker import FuncFormatter, MultipleLocator

from bot.charts.bodies import Task
from bot.charts.sheet import KeyEntry, Sheet
from bot.charts.style import CHARACTER, MARGIN, SMALL, TEXT, WIDTH
from knowledge import ChartRow

_LEFT, _AXIS = 0.42, 0.24
_ACROSS = WIDTH - _LEFT - MARGIN
#: Degrees around the outermost places, the least that a map shows, and how high and low it may become.
_AROUND, _LEAST = 0.8, 6.0
_LOWEST, _HIGHEST = 2.4, 4.0
#: The radius of the largest disc and of the smallest, in inches.
_LARGEST, _SMALLEST = 0.26, 0.025


@dataclass(frozen=True, slots=True)
class Country:
    """The outline of a country as longitudes and latitudes, and where its name stands."""

    name: str
    label: tuple[float, float]
    outline: tuple[tuple[float, float], ...]


@cache
def countries() -> tuple[Country, ...]:
    """The countries of the campaign; the file says where their outlines are from."""
    text = (files("bot.charts") / "outlines.json").read_text(encoding="utf-8")
    return tuple(
        Country(c["name"], tuple(c["label"]), tuple(map(tuple, c["outline"])))
        for c in json.loads(text)["countries"]
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """The degrees that a map shows, and how many inches one of them is."""

    west: float
    south: float
    east: float
    north: float

    @property
    def inch_east(self) -> float:
        return _ACROSS / (self.east - self.west)

    @property
    def inch_north(self) -> float:
        """Degrees of latitude are longer than those of longitude, as the globe narrows."""
        return self.inch_east / math.cos(math.radians((self.south + self.north) / 2))

    def up(self, north: float) -> float:
        """How many inches above its lower edge a latitude is."""
        return (north - self.south) * self.inch_north

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.inch_north


class Map:
    """The body of a map."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._placed = [row for row in task.chart.rows if row.latitude is not None]
        self._window = _window(self._placed)
        self._taken: list[tuple[float, float, float, float]] = []
        self._labels = self._label_places()

    @property
    def height(self) -> float:
        """The map and its axis."""
        return self._window.height + _AXIS

    @property
    def key(self) -> Sequence[KeyEntry]:
        """What is not on it or has no name there, and what is not on record."""
        words, chart = self._task.words, self._task.chart
        entries = []
        unplaced = [f"{row.name} {row.amount}" for row in chart.rows if row.latitude is None]
        if unplaced:
            entries.append(KeyEntry(words.unplaced.format(places=", ".join(unplaced))))
        unlabelled = len(self._placed) - len(self._labels)
        if unlabelled:
            entries.append(KeyEntry(words.unlabelled.format(count=unlabelled)))
        if chart.period is not None:
            covered = chart.period.days - sum(gap.days for gap in chart.missing)
            days, held = map(self._task.formats.number, (chart.period.days, covered))
            pattern = words.covered_places if chart.period.days > 1 else words.by_place
            told = pattern.format(unit=chart.unit, covered=held, days=days)
            entries.insert(0, KeyEntry(told[:1].upper() + told[1:]))
        return entries

    def draw(self, sheet: Sheet) -> None:
        """Land, then discs, the largest first, then names."""
        axes = sheet.axes(self._window.height, _LEFT)
        window, palette = self._window, self._task.palette
        axes.set_xlim(window.west, window.east)
        axes.set_ylim(window.south, window.north)
        self._draw_degrees(axes)
        for country in countries():
            look = {"facecolor": palette.land, "edgecolor": palette.border, "linewidth": 0.9, "zorder": 1}
            axes.add_patch(Polygon(country.outline, closed=True, **look))
            self._name_country(axes, country)
        for row in self._placed:
            size = (2 * 72 * self._radius(row)) ** 2
            colours = {"color": palette.series[0], "edgecolors": palette.paper, "linewidths": 0.6}
            axes.scatter([_east(row)], [_north(row)], s=size, alpha=0.75, zorder=3, **colours)  # type: ignore[arg-type]
        for row, x, y, turned in self._labels:
            text = f"{row.name} {row.amount}"
            axes.text(x, y, text, ha=turned, va="center", fontsize=SMALL, color=palette.ink, zorder=5)
        sheet.top += _AXIS

    def _draw_degrees(self, axes: Axes) -> None:
        """A net of degrees with their numbers."""
        words = self._task.words
        step = 1 if self._window.east - self._window.west < 6 else 2
        for axis, pattern in ((axes.xaxis, words.longitude), (axes.yaxis, words.latitude)):
            axis.set_major_locator(MultipleLocator(step))
            axis.set_major_formatter(FuncFormatter(lambda v, _, p=pattern: p.format(degrees=f"{v:.0f}")))
        axes.grid(color=self._task.palette.grid, linewidth=0.7, linestyle=":", zorder=2)

    def _name_country(self, axes: Axes, country: Country) -> None:
        """The country's name, where there is room for it between the places."""
        east, north = country.label
        size, width = TEXT + 1, len(country.name) * CHARACTER * (TEXT + 1)
        x, y = (east - self._window.west) * self._window.inch_east, self._window.up(north)
        box = (x - width / 2, y - size / 144, x + width / 2, y + size / 144)
        if _is_free(box, self._taken, self._discs(), self._window):
            look = {"ha": "center", "va": "center", "fontsize": size, "color": self._task.palette.border}
            axes.text(east, north, country.name, zorder=2, **look)  # type: ignore[arg-type]

    def _discs(self) -> list[tuple[tuple[float, float], float]]:
        """Where each place's disc is on the map and how large, in inches."""
        return [(_inches(row, self._window), self._radius(row)) for row in self._placed]

    def _radius(self, row: ChartRow) -> float:
        """The area of a disc goes with its count."""
        highest = max(float(other.top) for other in self._placed) or 1.0
        return max(_SMALLEST, _LARGEST * math.sqrt(float(row.top) / highest))

    def _label_places(self) -> list[tuple[ChartRow, float, float, str]]:
        """Names beside their discs, the highest counts first, where they cover no disc and no other name."""
        window = self._window
        discs, labels = self._discs(), []
        for row, ((x, y), radius) in zip(self._placed, discs, strict=True):
            width, height = len(f"{row.name} {row.amount}") * CHARACTER * SMALL, 1.2 * SMALL / 72
            for across, up, turned in _PLACES:
                left = x + across * (radius + 0.03) - (width if turned == "right" else 0)
                left -= width / 2 if turned == "center" else 0
                middle = y + up * (radius + 0.02 + height / 2)
                box = (left, middle - height / 2, left + width, middle + height / 2)
                if _is_free(box, self._taken, discs, window):
                    self._taken.append(box)
                    at = {"left": left, "right": left + width, "center": left + width / 2}[turned]
                    east, north = (
                        window.west + at / window.inch_east,
                        window.south + middle / window.inch_north,
                    )
                    labels.append((row, east, north, turned))
                    break
        return labels


#: Where a name may stand beside its disc: how far across and up, and which end of it is at the disc.
_PLACES = (
    (1, 0, "left"),
    (-1, 0, "right"),
    (0, 1, "center"),
    (0, -1, "center"),
    (0.8, 0.6, "left"),
    (0.8, -0.6, "left"),
    (-0.8, 0.6, "right"),
    (-0.8, -0.6, "right"),
)


def _is_free(
    box: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    discs: Sequence[tuple[tuple[float, float], float]],
    window: _Window,
) -> bool:
    """Whether a name fits on the map there without covering anything."""
    left, low, right, high = box
    if left < 0 or low < 0 or right > _ACROSS or high > window.height:
        return False
    if any(left < r and right > le and low < h and high > lo for le, lo, r, h in taken):
        return False
    nearest = ((min(max(x, left), right) - x, min(max(y, low), high) - y, radius) for (x, y), radius in discs)
    return all(math.hypot(across, up) >= radius for across, up, radius in nearest)


def _window(rows: Sequence[ChartRow]) -> _Window:
    """The places with some land around them, no lower and no higher than looks well."""
    east, north = [_east(row) for row in rows], [_north(row) for row in rows]
    west, right = min(east, default=38) - _AROUND, max(east, default=44) + _AROUND
    slack = max(0.0, _LEAST - (right - west)) / 2
    window = _Window(
        west - slack, min(north, default=33) - _AROUND, right + slack, max(north, default=36) + _AROUND
    )
    if window.height < _LOWEST:
        more = (_LOWEST - window.height) / window.inch_north / 2
        return _Window(window.west, window.south - more, window.east, window.north + more)
    if window.height > _HIGHEST:
        more = (window.east - window.west) * (window.height / _HIGHEST - 1) / 2
        return _Window(window.west - more, window.south, window.east + more, window.north)
    return window


def _inches(row: ChartRow, window: _Window) -> tuple[float, float]:
    return (_east(row) - window.west) * window.inch_east, window.up(_north(row))


def _east(row: ChartRow) -> float:
    return row.longitude or 0.0


def _north(row: ChartRow) -> float:
    return row.latitude or 0.0
