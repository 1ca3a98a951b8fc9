"""A chart as text: what stands under its picture, for those who can't see it.

Every value, what is missing, and the sources, as far as they fit. What does not fit is told more briefly:
first the month is said once for its days, then only the highest, lowest, first and last figure are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.charts.formats import Formats
from bot.messages import CAPTION_LIMIT, fit, visible_length
from bot.words import Words
from bot.words.charts import ChartWords
from knowledge import (
    Block,
    Chart,
    ChartPoint,
    ChartRow,
    ChartSeries,
    Period,
    RichText,
    Source,
    Span,
    render_html,
)

#: How many publishers are named with their pages.
_MOST_PUBLISHERS = 3
#: How many rows and series are told where not all fit.
_MOST_ROWS, _MOST_SERIES = 15, 3


def caption(chart: Chart, words: ChartWords, limits: Words, limit: int = CAPTION_LIMIT) -> RichText:
    """The text of a chart within a limit; `limits` has the words for what had to be left out."""
    teller = _Teller(chart, words)
    everything = len(chart.rows)
    for text in (
        teller.text(teller.long()),
        teller.text(teller.short(everything)),
        teller.text(teller.short(everything), counted=True),
        teller.text(teller.short(_MOST_ROWS), counted=True),
        teller.text(teller.brief(), counted=True),
    ):
        if visible_length(render_html(text)) <= limit:
            return text
    return fit(text, limit, limits)


class _Teller:
    """Tells a chart, more or less briefly."""

    def __init__(self, chart: Chart, words: ChartWords) -> None:
        self._chart = chart
        self._words = words
        self._formats = Formats(words)
        self._by_month = chart.kind == "months"

    def long(self) -> list[str]:
        """Every figure with its day or month in full."""
        values = [self._values(series, map(self._value, series.points)) for series in self._chart.series]
        return [*values, *self._rows(self._chart.rows)]

    def short(self, rows: int) -> list[str]:
        """Every figure, the month or year of several said once; of many rows the first."""
        values = [self._values(series, self._grouped(series)) for series in self._chart.series]
        told = self._more(self._rows(self._chart.rows[:rows]), len(self._chart.rows) - rows)
        return [*values, *told, *self._note()]

    def brief(self) -> list[str]:
        """The highest, the lowest, the first and the last figure of each series."""
        told = [self._summary(series) for series in self._chart.series[:_MOST_SERIES] if series.points]
        rows = self._rows(self._chart.rows[:_MOST_ROWS])
        told = self._more(told, len(self._chart.series) - _MOST_SERIES)
        return [*told, *self._more(rows, len(self._chart.rows) - _MOST_ROWS)]

    def text(self, values: Iterable[str], *, counted: bool = False) -> RichText:
        """The whole text around some values; with `counted` what is missing is counted, not listed."""
        lines = [*self._totals(), *values, *self._remarks(counted)]
        version = self._words.version.format(
            version=self._chart.version[:12], day=self._formats.iso(self._chart.as_of)
        )
        return (
            self._headline(),
            *(Block("body", (Span(line),)) for line in lines),
            *self._sources(),
            Block("source", (Span(version),)),
        )

    # -- what it is -----------------------------------------------------------------------------

    def _headline(self) -> Block:
        series = self._chart.series
        total = ""
        if len(series) == 1 and series[0].total:
            total = self._words.caption_total.format(total=series[0].total, covered=self._covered(series[0]))
        return Block("headline", (Span(self._chart.title, bold=True), Span(total)))

    def _totals(self) -> Iterator[str]:
        """What each of several series comes to, and what its total is."""
        for series in self._chart.series:
            if len(self._chart.series) > 1 and series.total:
                yield self._words.caption_series.format(
                    name=series.name, total=series.total, covered=self._covered(series)
                )
            if series.is_apart:
                yield self._words.caption_apart

    def _covered(self, series: ChartSeries) -> str:
        days = series.period.days if series.period is not None else 0
        covered, asked = self._formats.number(series.covered), self._formats.number(days)
        return self._words.covered.format(covered=covered, days=asked)

    # -- values -----------------------------------------------------------------------------------

    def _values(self, series: ChartSeries, values: Iterable[str]) -> str:
        told = "; ".join(values) or self._words.nothing_in_series
        return self._words.caption_values.format(name=series.name, values=told)

    def _value(self, point: ChartPoint) -> str:
        when = self._when(point)
        if self._by_month and point.is_partial and not self._chart.is_stacked:
            return self._words.caption_value_part.format(
                when=when, amount=point.amount, covered=point.covered, days=point.days
            )
        return self._words.caption_value.format(when=when, amount=point.amount)

    def _when(self, point: ChartPoint) -> str:
        if self._by_month:
            return self._formats.month_of_year(point.first)
        if self._chart.kind == "counts":
            return self._words.as_of.format(day=self._formats.day_of_year(point.last))
        return self._formats.stretch(point.first, point.last)

    def _grouped(self, series: ChartSeries) -> Iterator[str]:
        """Figures by the month of their days, or by the year of their months."""
        if self._chart.kind == "counts":
            for point in series.points:
                when = self._formats.day_of_year(point.last)
                yield self._words.caption_value.format(when=when, amount=point.amount)
            return
        name = (lambda p: str(p.first.year)) if self._by_month else self._month_name
        for group, points in groupby(series.points, key=name):
            values = "; ".join(map(self._short_value, points))
            yield self._words.caption_group.format(group=group, values=values)

    def _month_name(self, point: ChartPoint) -> str:
        return self._formats.month_of_year(point.first)

    def _short_value(self, point: ChartPoint) -> str:
        amount = point.amount
        if not self._by_month:
            when = self._formats.days_of_month(point.first, point.last)
            return self._words.caption_value.format(when=when, amount=amount)
        if point.is_partial and not self._chart.is_stacked:
            amount = self._words.caption_part_mark.format(amount=amount)
        return f"{self._formats.month(point.first)} {amount}"

    def _note(self) -> list[str]:
        """What the mark of a month that is only partly on record means."""
        points = [point for series in self._chart.series for point in series.points]
        marked = self._by_month and not self._chart.is_stacked and any(p.is_partial for p in points)
        return [self._words.caption_part_note] if marked else []

    def _summary(self, series: ChartSeries) -> str:
        points = series.points
        highest, lowest = max(points, key=lambda p: p.top), min(points, key=lambda p: p.top)
        return self._words.caption_summary.format(
            name=series.name,
            count=self._formats.number(len(points)),
            highest=self._value(highest),
            lowest=self._value(lowest),
            first=self._value(points[0]),
            last=self._value(points[-1]),
        )

    def _rows(self, rows: Sequence[ChartRow]) -> list[str]:
        """The rows in one line, and those that are parts of others in a second one."""
        wholes, parts = self._listed(rows, is_part=False), self._listed(rows, is_part=True)
        unit = self._chart.unit
        named = self._words.caption_values.format(name=unit[:1].upper() + unit[1:], values=wholes)
        told = [named if unit else wholes + "."] if wholes else []
        return [*told, self._words.caption_parts.format(values=parts)] if parts else told

    def _listed(self, rows: Iterable[ChartRow], *, is_part: bool) -> str:
        pattern = self._words.caption_value
        return "; ".join(pattern.format(when=r.name, amount=r.amount) for r in rows if r.is_part == is_part)

    def _more(self, told: list[str], more: int) -> list[str]:
        return [*told, self._words.left_out_rows.format(count=more)] if more > 0 else told

    # -- what is missing and where it is from ------------------------------------------------------

    def _remarks(self, counted: bool) -> Iterator[str]:
        words, chart, formats = self._words, self._chart, self._formats
        for period in chart.marked:
            yield words.caption_marked.format(period=formats.period(period))
        several = [p for s in chart.series for p in s.points if p.days > 1 and chart.kind == "days"]
        if several:
            spans = dict.fromkeys(formats.stretch(p.first, p.last) for p in several)
            yield words.caption_several.format(stretches=", ".join(spans))
        if chart.absent:
            yield words.absent.format(names=", ".join(chart.absent))
        if chart.left_out:
            pattern = words.left_out_kinds if chart.is_stacked else words.left_out_rows
            yield pattern.format(count=chart.left_out)
        if chart.kind == "map" and chart.period is not None and chart.period.days > 1:
            yield self._covered_places(chart.period)
            if chart.missing and not counted:
                yield words.caption_missing_places.format(stretches=formats.days(chart.missing))
        yield from self._gaps(counted)

    def _covered_places(self, period: Period) -> str:
        covered = period.days - sum(gap.days for gap in self._chart.missing)
        days, held = self._formats.number(period.days), self._formats.number(covered)
        told = self._words.covered_places.format(unit=self._chart.unit, covered=held, days=days)
        return told[:1].upper() + told[1:] + "."

    def _gaps(self, counted: bool) -> Iterator[str]:
        """The days or months without a figure: once, where they are those of several series."""
        words, chart = self._words, self._chart
        pattern = words.caption_missing_months if self._by_month else words.caption_missing_days
        told = [
            pattern.format(stretches=self._stretches(series.missing, counted))
            for series in chart.series
            if series.missing
        ]
        yield from dict.fromkeys(told)
        for series in chart.series[: 1 if chart.is_stacked else None]:
            if series.unnamed:
                unnamed = words.caption_uncounted if chart.is_stacked else words.caption_unnamed
                yield unnamed.format(name=series.name, stretches=self._stretches(series.unnamed, counted))

    def _stretches(self, gaps: Sequence[Period], counted: bool) -> str:
        if not counted:
            return self._formats.months(gaps) if self._by_month else self._formats.days(gaps)
        pattern = self._words.caption_months if self._by_month else self._words.caption_days
        number = len(gaps) if self._by_month else sum(gap.days for gap in gaps)
        return pattern.format(count=self._formats.number(number))

    def _sources(self) -> list[Block]:
        """Each publisher with its number of pages; the first and the last of them are links."""
        by_publisher: dict[str, list[Source]] = {}
        for source in sorted(self._chart.sources, key=lambda source: source.published):
            by_publisher.setdefault(source.publisher, []).append(source)
        ranked = sorted(by_publisher.items(), key=lambda held: -len(held[1]))
        blocks = [self._source(name, pages) for name, pages in ranked[:_MOST_PUBLISHERS]]
        more = len(ranked) - _MOST_PUBLISHERS
        if more > 0:
            blocks.append(Block("source", (Span(self._words.caption_more.format(count=more)),)))
        return blocks

    def _source(self, publisher: str, pages: Sequence[Source]) -> Block:
        first, last = pages[0], pages[-1]
        link = Span(self._formats.iso(first.published), url=first.url)
        lead = self._words.source.format(publishers="")
        if len(pages) == 1:
            named = self._words.caption_source_one.format(publisher=publisher)
            return Block("source", (Span(lead + named), link))
        named = self._words.caption_source.format(publisher=publisher, count=len(pages))
        between = self._words.stretch.format(first="", last="")
        return Block(
            "source",
            (Span(lead + named), link, Span(between), Span(self._formats.iso(last.published), url=last.url)),
        )
