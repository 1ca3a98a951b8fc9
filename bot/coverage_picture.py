"""What is on record, drawn: months along, series down, the share of a month's days on record as shade.

Imported only where a picture is asked for: matplotlib takes longer to load than a question to answer.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle

from bot.charts.style import LIGHT
from bot.coverage_views import summary_line, titled
from bot.errors import FileUnusable
from bot.words.coverage import CoverageWords
from knowledge import Coverage, SeriesMonth

#: A picture of fewer series is as high as one of so many, so that the scale below stays readable.
_FEWEST_ROWS = 9
_SHADES = LinearSegmentedColormap.from_list("days", ["#d7e6f4", "#6aa5d8", "#0b3c6f"])
_MARK, _GRID, _INK, _PALE = LIGHT.mark, LIGHT.grid, LIGHT.ink, LIGHT.pale
#: Characters of a series' name and of the source line that stand on one line.
_NAME_WIDTH, _SOURCE_WIDTH = 34, 160


def draw_coverage(coverage: Coverage, file: Path, words: CoverageWords) -> None:
    """Write the picture of what is on record to a PNG file. Raises `FileUnusable`."""
    figure = coverage_figure(coverage, words)
    try:
        figure.savefig(file, format="png", dpi=150, facecolor=LIGHT.paper)
    except OSError as error:
        raise FileUnusable(words.not_written.format(file=file, reason=error.strerror)) from None


def coverage_figure(coverage: Coverage, words: CoverageWords) -> Figure:
    """The picture, not yet written."""
    figure = Figure(
        figsize=(14, 2.4 + 0.36 * max(len(coverage.series), _FEWEST_ROWS)),
        layout=ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15),
    )
    axes = figure.add_subplot()
    figure.suptitle(titled(words.picture_title, coverage, words), fontsize=15, fontweight="bold", color=_INK)
    for row, series in enumerate(coverage.series):
        _draw_row(axes, row, [month.of(series.id) for month in coverage.months], coverage)
    _label_months(axes, coverage)
    _label_series(axes, coverage, words)
    _explain(figure, axes, words)
    source = words.picture_source.format(version=coverage.version[:12], summary=summary_line(coverage, words))
    figure.supxlabel("\n".join(textwrap.wrap(source, _SOURCE_WIDTH)), fontsize=9, color=_PALE)
    return figure


def _draw_row(axes: Axes, row: int, months: list[SeriesMonth], coverage: Coverage) -> None:
    """A series: a shaded cell where days are counted, a mark where there are figures only."""
    for column, (found, month) in enumerate(zip(months, coverage.months, strict=True)):
        if found.days:
            shade = _SHADES(found.days / month.days_in_month)
            axes.add_patch(Rectangle((column + 0.06, row + 0.12), 0.88, 0.76, color=shade, linewidth=0))
        elif found.figures:
            axes.plot(column + 0.5, row + 0.5, marker="s", markersize=5, color=_MARK)


def _label_months(axes: Axes, coverage: Coverage) -> None:
    """A year under each January, with a line before it, and a small tick each quarter."""
    starts = [n for n, month in enumerate(coverage.months) if n == 0 or month.month.endswith("-01")]
    ends = [*starts[1:], len(coverage.months)]
    axes.set_xlim(0, len(coverage.months))
    axes.set_xticks(starts, labels=[""] * len(starts))
    middles = [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]
    years = [coverage.months[start].month[:4] for start in starts]
    axes.set_xticks(middles, labels=years, minor=True, fontsize=11, color=_INK)
    axes.tick_params(axis="x", which="minor", length=0)
    axes.tick_params(axis="x", which="major", length=7, color=_PALE)
    for start in starts[1:]:
        axes.axvline(start, color=_PALE, linewidth=0.8, zorder=0)


def _label_series(axes: Axes, coverage: Coverage, words: CoverageWords) -> None:
    """The name of each series at the left, how much it holds at the right."""
    rows = range(len(coverage.series))
    axes.set_ylim(max(len(coverage.series), 1), 0)
    names = [textwrap.fill(series.name, _NAME_WIDTH) for series in coverage.series]
    axes.set_yticks([row + 0.5 for row in rows], labels=names, fontsize=10, color=_INK)
    right = axes.secondary_yaxis("right")
    amounts = [f"{series.figures:,} / {series.sources:,}" for series in coverage.series]
    axes.annotate(
        words.picture_amounts, (1, 1), (4, 6), "axes fraction", "offset points", fontsize=9, color=_PALE
    )
    right.set_yticks([row + 0.5 for row in rows], labels=amounts, fontsize=9, color=_PALE)
    for side in (axes, right):
        side.tick_params(axis="y", length=0)
        for spine in side.spines.values():
            spine.set_visible(False)
    for row in rows:
        axes.axhline(row, color=_GRID, linewidth=0.8, zorder=0)


def _explain(figure: Figure, axes: Axes, words: CoverageWords) -> None:
    """What shade and mark mean."""
    bar = figure.colorbar(
        ScalarMappable(cmap=_SHADES), ax=axes, orientation="horizontal", fraction=0.03, pad=0.02, aspect=40
    )
    bar.set_ticks([0, 0.5, 1], labels=["0 %", "50 %", "100 %"])
    bar.set_label(words.picture_shade, fontsize=9, color=_INK)
    bar.outline.set_visible(False)
    [mark] = axes.plot([], [], marker="s", markersize=5, linewidth=0, color=_MARK, label=words.picture_mark)
    axes.legend(handles=[mark], loc="lower right", bbox_to_anchor=(1, 1), frameon=False, fontsize=9)
