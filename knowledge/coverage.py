"""Which months and days are on record, by series: one count for tables, the picture and the answers' totals.

A figure stands in the month that its time ends in. A day counts as on record where a total of its month
could count it, so "17 of 30" is the same here as in an answer: reports that reach over the end of a month
count for neither, since their figures can't be parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from knowledge.models import Fact, Metric, Series, each_day, first_day, last_day
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES

#: The series of the daily strike releases: its sources are the releases.
RELEASES = "strike-releases"
#: The month in which the campaign began.
FIRST_MONTH = "2014-08"


@dataclass(frozen=True, slots=True)
class SeriesMonth:
    """What a series has in a month; `days` is None where its figures are not added up over days."""

    series: str
    figures: int
    sources: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class MonthCoverage:
    """What is on record for a month; `series` holds those that have anything."""

    month: str
    days_in_month: int
    figures: int
    sources: int
    series: tuple[SeriesMonth, ...]
    has_count: bool = False

    def of(self, series: str) -> SeriesMonth:
        """What a series has in this month."""
        return next((s for s in self.series if s.series == series), SeriesMonth(series, 0, 0))

    @property
    def release_days(self) -> int:
        """How many days of the month a strike release on record is for."""
        return self.of(RELEASES).days or 0


@dataclass(frozen=True, slots=True)
class CoveredSeries:
    """A series with how much is on record of it in all."""

    id: str
    name: str
    figures: int
    sources: int


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """What is on record for the months of a year; a page with figures for several of them counts once."""

    year: str
    days: int
    release_days: int
    releases: int
    figures: int
    sources: int
    months: int
    months_with_count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is on record from the campaign's first month to the last one that has a figure.

    `releases` and `sources` count pages, each once. `version` names the record that was counted, `only` what
    the count was narrowed to.
    """

    version: str
    releases: int
    figures: int
    sources: int
    series: tuple[CoveredSeries, ...]
    months: tuple[MonthCoverage, ...]
    years: tuple[YearCoverage, ...]
    only: tuple[str, ...] = ()

    @property
    def months_with_count(self) -> int:
        """Months with a cumulative figure, or with one of a series that counts by the month."""
        return sum(month.has_count for month in self.months)

    def to_json(self) -> dict[str, object]:
        """Everything, as a JSON object."""
        return asdict(self) | {
            "months": [asdict(m) | {"release_days": m.release_days} for m in self.months],
            "months_with_count": self.months_with_count,
        }


def coverage_of(
    groups: Iterable[Sequence[Fact]], series: Mapping[str, Series], version: str, only: tuple[str, ...] = ()
) -> Coverage:
    """What some facts cover, by month and series; a group's facts are those that a total may add up."""
    groups = tuple(groups)
    facts = [fact for group in groups for fact in group]
    months: dict[str, list[list[Fact]]] = {}
    for group in groups:
        for month, found in _by_month(group).items():
            months.setdefault(month, []).append(found)
    covered = tuple(_month(month, months.get(month, []), series) for month in _every_month(months))
    return Coverage(
        version,
        _releases(facts),
        len(facts),
        _sources(facts),
        _covered_series(facts, series),
        covered,
        tuple(
            _year(year, [m for m in covered if m.month[:4] == year], facts)
            for year in dict.fromkeys(m.month[:4] for m in covered)
        ),
        only,
    )


def summable(
    facts: Iterable[Fact], series: Mapping[str, Series], metric: Metric | None = None, place: str = ""
) -> list[list[Fact]]:
    """Facts in groups that a total may add up: of all the record, or of a metric, or a place, or both."""
    if metric is not None:
        by = metric.default_actor
        facts = [fact for fact in facts if fact.metric == metric.id and fact.actor == (by or fact.actor)]
    if metric is not None and place == BOTH_COUNTRIES:
        return [_of_both_countries(list(facts), series)]
    groups: dict[tuple[str | None, ...], list[Fact]] = {}
    for fact in facts:
        if place in ("", fact.place):
            key = (fact.metric, fact.actor, fact.place, fact.target, fact.effect)
            groups.setdefault(key, []).append(fact)
    return list(groups.values())


def _of_both_countries(facts: Sequence[Fact], series: Mapping[str, Series]) -> list[Fact]:
    """The facts for both countries together, the pairs that stand in for one included."""
    own = [fact for fact in facts if fact.place == BOTH_COUNTRIES]
    addable = [fact for fact in facts if series[fact.series].addable]
    whole = [fact for fact in addable if fact.place == BOTH_COUNTRIES]
    by_country = [[fact for fact in addable if fact.place == country] for country in COUNTRIES]
    return own + pairs_of_countries(whole, by_country)


def _covered_series(facts: Iterable[Fact], series: Mapping[str, Series]) -> tuple[CoveredSeries, ...]:
    found: dict[str, list[Fact]] = {name: [] for name in series}
    for fact in facts:
        found[fact.series].append(fact)
    return tuple(
        CoveredSeries(name, series[name].name, len(held), _sources(held))
        for name, held in found.items()
        if held
    )


def _sources(facts: Iterable[Fact]) -> int:
    return len({fact.source.id for fact in facts})


def _releases(facts: Iterable[Fact]) -> int:
    return _sources(fact for fact in facts if fact.series == RELEASES)


def _month_of(fact: Fact) -> str:
    """The month that a fact's time ends in; one without a time stands in that of its source."""
    return f"{last_day(fact.as_of or fact.end or fact.start or fact.source.published):%Y-%m}"


def _by_month(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    months: dict[str, list[Fact]] = {}
    for fact in facts:
        months.setdefault(_month_of(fact), []).append(fact)
    return months


def _every_month(months: Iterable[str]) -> Iterator[str]:
    """Each month from the campaign's first, or an earlier one that has a figure, to the last that has."""
    found = sorted({FIRST_MONTH, *months})
    day, last = first_day(found[0]), first_day(found[-1])
    while day <= last:
        yield f"{day:%Y-%m}"
        day = last_day(f"{day:%Y-%m}") + timedelta(days=1)


def _year(year: str, months: Sequence[MonthCoverage], facts: Iterable[Fact]) -> YearCoverage:
    found = [fact for fact in facts if _month_of(fact)[:4] == year]
    return YearCoverage(
        year,
        sum(month.days_in_month for month in months),
        sum(month.release_days for month in months),
        _releases(found),
        len(found),
        _sources(found),
        len(months),
        sum(month.has_count for month in months),
    )


def _month(month: str, groups: Sequence[Sequence[Fact]], series: Mapping[str, Series]) -> MonthCoverage:
    facts = [fact for group in groups for fact in group]
    found = [
        _series_month(kind, month, [[f for f in group if f.series == kind.id] for group in groups])
        for kind in series.values()
        if any(fact.series == kind.id for fact in facts)
    ]
    kinds = [series[entry.series] for entry in found]
    has_count = any(k.scope == "cumulative" or (k.addable and k.id != RELEASES) for k in kinds)
    return MonthCoverage(month, last_day(month).day, len(facts), _sources(facts), tuple(found), has_count)


def _series_month(series: Series, month: str, groups: Sequence[Sequence[Fact]]) -> SeriesMonth:
    facts = [fact for group in groups for fact in group]
    sources = _sources(facts)
    if not series.addable:
        return SeriesMonth(series.id, len(facts), sources)
    inside = [[fact for fact in group if days_of(fact)[0] >= first_day(month)] for group in groups]
    days = {day for group in inside for day in days_on_record(counted_once(group))}
    return SeriesMonth(series.id, len(facts), sources, len(days))


# -- what a total counts ------------------------------------------------------------------------


def days_of(fact: Fact) -> tuple[date, date]:
    """The first and the last day that a fact is for."""
    start = fact.start or fact.as_of or "2014"
    return first_day(start), last_day(fact.end or start)


def days_on_record(parts: Iterable[Fact]) -> frozenset[date]:
    """The days that the parts of a total are for."""
    return frozenset(day for first, last in set(map(days_of, parts)) for day in each_day(first, last))


def counted_once(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a total adds up: of one series, and no day in two of them."""
    return _one_series(_without_overlap(_wholes(facts)))


def pairs_of_countries(whole: Iterable[Fact], by_country: Sequence[Iterable[Fact]]) -> list[Fact]:
    """Both countries' facts for days whose report gives the countries but no sum."""
    known = set(map(days_of, whole))
    by_days: dict[tuple[date, date], list[Fact]] = {}
    for facts in by_country:
        for fact in facts:
            if days_of(fact) not in known:
                by_days.setdefault(days_of(fact), []).append(fact)
    return [fact for pair in by_days.values() if len(pair) == len(COUNTRIES) for fact in pair]


def _wholes(facts: Sequence[Fact]) -> list[Fact]:
    """Facts without those of single days that the same report also gives in one figure for all its days."""
    spans = {(fact.source.id, days_of(fact)) for fact in facts}

    def is_part(fact: Fact) -> bool:
        first, last = days_of(fact)
        others = (days for source, days in spans if source == fact.source.id and days != (first, last))
        return any(one <= first and last <= other for one, other in others)

    return [fact for fact in facts if not is_part(fact)]


def _without_overlap(facts: Sequence[Fact]) -> list[Fact]:
    """Facts in order of time, without those that share a day with an earlier kept one of another span."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (days_of(f), f.place, f.id)):
        same_span = [k for k in kept if days_of(k) == days_of(fact)]
        if any(k.place == fact.place for k in same_span):
            continue
        if same_span or all(days_of(k)[1] < days_of(fact)[0] for k in kept):
            kept.append(fact)
    return kept


def _one_series(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of the series that has most of them; totals never mix series."""
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.series] = counts.get(fact.series, 0) + 1
    best = max(counts, key=lambda s: (counts[s], s), default="")
    return [fact for fact in facts if fact.series == best]
