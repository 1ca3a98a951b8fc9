"""A chart as a PNG picture: the one way in to everything that draws.

Imported only where a picture is asked for: matplotlib takes longer to load than a question to answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.charts.bars import Bars
from bot.charts.bodies import Body, Task
from bot.charts.counts import Counts
from bot.charts.formats import Formats
from bot.charts.maps import Map
from bot.charts.rows import Rows
from bot.charts.sheet import KeyEntry, Sheet
from bot.charts.style import DARK, LIGHT
from bot.words.charts import ChartWords
from knowledge import Chart, Source

#: More publishers than this are counted, not named, in the picture; its caption has them all.
_MOST_PUBLISHERS = 5
_BODIES: dict[str, type[Bars] | type[Counts] | type[Rows] | type[Map]] = {
    "days": Bars,
    "months": Bars,
    "counts": Counts,
    "rows": Rows,
    "map": Map,
}


def draw(chart: Chart, words: ChartWords, *, dark: bool = False) -> bytes:
    """The picture of a chart as a PNG, on a light or a dark ground; the same chart gives the same bytes."""
    task = Task(chart, words, Formats(words), DARK if dark else LIGHT)
    body: Body = _BODIES[chart.kind](task)
    absent = [KeyEntry(words.absent.format(names=", ".join(chart.absent)))] if chart.absent else []
    sheet = Sheet(chart.title + _unit(chart), body.height, [*body.key, *absent], _foot(task), task.palette)
    body.draw(sheet)
    return sheet.png()


def _unit(chart: Chart) -> str:
    """What is counted, where the title does not say it."""
    said = chart.kind == "map" or not chart.unit or chart.unit.lower() in chart.title.lower()
    return "" if said else f" ({chart.unit})"


def _foot(task: Task) -> list[str]:
    """Where the figures come from, the record's version, and for a map whose outlines it has."""
    words, chart = task.words, task.chart
    publishers = _publishers(chart.sources, task)
    pattern = words.source if len(publishers) == 1 else words.sources
    version = words.version.format(version=chart.version[:12], day=task.formats.iso(chart.as_of))
    lines = [pattern.format(publishers="; ".join(publishers)), version]
    return [*lines, words.outlines] if chart.kind == "map" else lines


def _publishers(sources: Iterable[Source], task: Task) -> list[str]:
    """Each publisher, with how many pages of which days; where there are several, with their number only."""
    words, sources = task.words, sorted(sources, key=lambda source: source.published)
    counts = Counter(source.publisher for source in sources)
    if len(counts) > 1:
        named = [words.source_many.format(publisher=name, count=n) for name, n in counts.most_common()]
        more = len(named) - _MOST_PUBLISHERS
        rest = [words.caption_more.format(count=more)] if more > 0 else []
        return named[:_MOST_PUBLISHERS] + rest
    first, last = (task.formats.iso(source.published) for source in (sources[0], sources[-1]))
    pattern = words.pages if len(sources) > 1 else words.pages_one
    return [pattern.format(publisher=sources[0].publisher, count=len(sources), first=first, last=last)]
