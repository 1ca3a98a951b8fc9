"""What every chart is put together from: points, rows, names and titles of figures, in the record's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answering import Answerer
from knowledge.charts import Chart, ChartKind, ChartPoint, ChartRow, ChartSeries
from knowledge.coverage import days_of
from knowledge.lookups import Request
from knowledge.models import Fact, Figure, Period, Query, first_day, last_day
from knowledge.reply import unique_sources
from knowledge.wording import day_text, iso_text, period_text

#: Questions that lead to a day or month among those drawn.
_LEADS = frozenset({"most", "least", "first_day", "last_day"})
#: So many rows are drawn; the rest is counted.
MOST_ROWS = 12


class ChartParts:
    """Words figures for charts; `version` names the record."""

    def __init__(self, answerer: Answerer, version: str) -> None:
        self._vocabulary = answerer.vocabulary
        self._wording = answerer.wording
        self._version = version

    def chart(
        self,
        kind: ChartKind,
        query: Query,
        title: str,
        figures: Sequence[Figure],
        *,
        series: Sequence[ChartSeries] = (),
        rows: Sequence[ChartRow] = (),
        period: Period | None = None,
        missing: Sequence[Period] = (),
        left_out: int = 0,
    ) -> Chart:
        """A chart that shows some figures, as series or as rows."""
        sources = unique_sources(figures)
        return Chart(
            kind,
            title[:1].upper() + title[1:],
            self._common_unit(figures),
            sources,
            max((source.published for source in sources), default=""),
            self._version,
            "$" if figures and figures[0].unit.startswith("USD") else "",
            tuple(series),
            tuple(rows),
            left_out=left_out,
            marked=query.found if query.operation in _LEADS else (),
            period=period,
            missing=tuple(missing),
        )

    def point(self, figure: Figure, covered: int | None = None, period: Period | None = None) -> ChartPoint:
        """A figure at its own days, or at those of `period`, of which `covered` are on record."""
        first, last = first_day(figure.start or ""), last_day(figure.end or figure.start or "")
        if period is not None:
            first, last = period.first, period.last
        amount = self._wording.amount(figure)
        days = (last - first).days + 1
        held = days if covered is None else covered
        return ChartPoint(first, last, amount, figure.value, figure.low, figure.high, held)

    def point_as_of(self, figure: Figure) -> ChartPoint:
        """A figure at the day that it counts up to, or was taken on."""
        day = last_day(figure.as_of or figure.end or figure.start or "")
        amount = self._wording.amount(figure)
        return ChartPoint(day, day, amount, figure.value, figure.low, figure.high, 1)

    def row(self, name: str, figure: Figure, *, is_part: bool = False) -> ChartRow:
        """A figure of its own under a name."""
        amount = self._wording.amount(figure)
        return ChartRow(name, amount, figure.value, figure.low, figure.high, is_part=is_part)

    def told_apart(self, figure: Figure, figures: Sequence[Figure]) -> str:
        """What tells a figure from the others of a chart: its place, time, publisher."""
        said = [self._sayings(other) for other in figures]
        mine = self._sayings(figure)
        differing = [n for n in range(len(mine)) if len({other[n] for other in said}) > 1]
        return ", ".join(mine[n] for n in differing or (0,) if mine[n])

    def _sayings(self, figure: Figure) -> tuple[str, ...]:
        metric = self._vocabulary.metrics.get(figure.metric)
        name = metric.name if metric is not None else figure.unit
        when = self._wording.when(figure)
        if figure.start and not figure.cumulative:
            period = Period(first_day(figure.start), last_day(figure.end or figure.start))
            when = period_text(period, self._wording.locale)
        return figure.place, name, figure.actor, when, figure.source.publisher

    def unit(self, metric: str) -> str:
        """What a metric counts; money is named by what it is spent on."""
        found = self._vocabulary.metrics.get(metric)
        if found is None:
            return ""
        return found.name if found.unit.startswith("USD") else found.plural

    def _common_unit(self, figures: Iterable[Figure]) -> str:
        units = dict.fromkeys(self.unit(figure.metric) for figure in figures)
        return next(iter(units)) if len(units) == 1 else ""

    # -- names and titles ----------------------------------------------------------------------------

    def name_among(self, request: Request, requests: Sequence[Request]) -> str:
        """What tells a look-up from the others of a chart; its place where it is the only one."""
        mine = self._slots(request)
        every = [self._slots(other) for other in requests]
        differing = [n for n in range(len(mine)) if len({other[n] for other in every}) > 1]
        return ", ".join(mine[n] for n in differing or (0,) if mine[n])

    def _slots(self, request: Request) -> tuple[str, ...]:
        names = [self._vocabulary.publishers[p].name for p in request.publishers]
        return (
            self._vocabulary.places[request.place].name,
            self._vocabulary.metrics[request.metric].name
            if request.metric in self._vocabulary.metrics
            else "",
            self._vocabulary.actors[request.actor].name if request.actor else "",
            period_text(request.period, self._wording.locale) if request.period is not None else "",
            ", ".join(names),
        )

    def title(self, requests: Sequence[Request]) -> str:
        """All that is asked for, each part said once: "strikes in Iraq and in Syria in June 2017"."""
        metrics = [self._vocabulary.metrics[r.metric] for r in requests]
        actors = [self._vocabulary.actors[r.actor].name if r.actor else "" for r in requests]
        who = [self._wording.by(actor, m.actor_as) for actor, m in zip(actors, metrics, strict=True)]
        where = [self._wording.where(self._vocabulary.places[r.place].name) for r in requests]
        of_somebody = any(metric.actor_as == "of" for metric in metrics)
        parts = (
            [metric.name for metric in metrics],
            *((who, where) if of_somebody else (where, who)),
            [self._when(r.period) for r in requests if r.period is not None],
        )
        return " ".join(filter(None, (self.joined(filter(None, part)) for part in parts)))

    def _when(self, period: Period) -> str:
        if period.since:
            return ""
        if period.by:
            return self._wording.say("as_of", day=day_text(period.last, self._wording.locale))
        return self._wording.period(period)

    def since(self, name: str, figure: Figure) -> str:
        """A series of cumulative counts with the day that it counts from."""
        if not figure.start or not figure.cumulative:
            return name
        return f"{name}, {self._wording.say('since', first=iso_text(figure.start, self._wording.locale))}"

    def joined(self, parts: Iterable[str]) -> str:
        """Different parts with commas between them, and "and" before the last."""
        *first, last = dict.fromkeys(parts) or ("",)
        return self._wording.say("and_also").join((", ".join(first), last)) if first else last


def by_span(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """Facts by the days that they are for."""
    spans: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        first, last = days_of(fact)
        spans.setdefault((first.isoformat(), last.isoformat()), []).append(fact)
    return spans
