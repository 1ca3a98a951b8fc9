"""What is on record by month and series, counted as the totals of answers count."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Coverage, Knowledge, UnknownIdError
from knowledge.coverage import RELEASES, coverage_of, summable
from knowledge.lookups import Request
from knowledge.models import Fact, Metric, Period, Series, Source, first_day, last_day
from knowledge.selection import Selector

SERIES = {
    RELEASES: Series(RELEASES, "daily strike releases", "period", True, "A"),
    "late": Series("late", "late reports", "period", False, "A", partial=True),
    "counts": Series("counts", "counts", "cumulative", False, "A"),
    "monthly": Series("monthly", "monthly summaries", "period", True, "A"),
    "article": Series("article", "an article", "undated", False, "A"),
}
STRIKES = Metric("strikes", "strikes", "strikes", "strike", "strikes", default_actor="coalition")


def fact(series: str, start: str = "", end: str = "", place: str = "syria", source: str = "") -> Fact:
    """A figure for some days, or where no days are given, one that counts up to `end`."""
    page = Source(source or start or end or "page", "A", "T", "https://example.org/", "2014-12-24", "primary")
    dates = {"start": start, "end": end or start} if start else {"as_of": end or None}
    identifier = f"{series}-{start}-{end}-{place}"
    return Fact(identifier, series, page, "strikes", "coalition", place, value=3, **dates)


def coverage(*facts: Fact, place: str = "") -> Coverage:
    return coverage_of(summable(facts, SERIES, STRIKES if place else None, place), SERIES, "v")


def days(*facts: Fact, place: str = "") -> dict[str, int]:
    """The days with a release, of the months that have any."""
    months = coverage(*facts, place=place).months
    return {month.month: month.release_days for month in months if month.release_days}


def test_months_run_from_the_campaigns_first_to_the_last_on_record() -> None:
    months = [m.month for m in coverage(fact(RELEASES, "2014-10-03")).months]
    assert months == ["2014-08", "2014-09", "2014-10"]


def test_a_record_without_figures_has_one_empty_month() -> None:
    [month] = coverage().months
    assert (month.month, month.figures, month.release_days) == ("2014-08", 0, 0)


def test_days_of_a_release_of_several_days_all_count_and_each_only_once() -> None:
    week, day = fact(RELEASES, "2014-10-01", "2014-10-03"), fact(RELEASES, "2014-10-03", place="iraq")
    assert days(week, day) == {"2014-10": 3}


def test_a_release_over_the_end_of_a_month_counts_for_neither() -> None:
    found = coverage(fact(RELEASES, "2014-09-30", "2014-10-02"), fact(RELEASES, "2014-10-05"))
    assert {m.month: m.release_days for m in found.months} == {"2014-08": 0, "2014-09": 0, "2014-10": 1}
    assert found.figures == 2


def test_late_reports_are_no_releases_of_their_days() -> None:
    found = coverage(fact("late", "2014-08-09"))
    assert found.months[0].release_days == 0
    assert found.months[0].of("late").figures == 1


def test_a_figure_stands_in_the_month_that_its_time_ends_in() -> None:
    found = coverage(fact("counts", end="2014-09"), fact("article"))
    assert {m.month: [s.series for s in m.series] for m in found.months if m.series} == {
        "2014-09": ["counts"],
        "2014-12": ["article"],
    }


def test_months_with_a_cumulative_figure_or_a_monthly_series_are_counted() -> None:
    monthly = fact("monthly", "2014-10-01", "2014-10-31")
    found = coverage(fact("counts", end="2014-09-08"), monthly, fact(RELEASES, "2014-11-01"))
    assert [m.month for m in found.months if m.has_count] == ["2014-09", "2014-10"]
    assert found.months_with_count == 2


def test_a_page_counts_once_in_a_year_and_in_all() -> None:
    found = coverage(
        fact(RELEASES, "2014-08-09", source="one"),
        fact(RELEASES, "2014-09-09", source="one"),
        fact(RELEASES, "2015-01-02", source="two"),
    )
    assert (found.releases, found.sources, found.figures) == (2, 2, 3)
    assert [(y.year, y.releases, y.figures) for y in found.years] == [("2014", 1, 2), ("2015", 1, 1)]
    assert found.years[0].days == 153


@pytest.mark.parametrize("other", ["syria", "iraq-and-syria"])
def test_of_one_place_only_its_own_days_count(other: str) -> None:
    facts = (fact(RELEASES, "2014-10-01", place="iraq"), fact(RELEASES, "2014-10-02", place=other))
    assert days(*facts, place="iraq") == {"2014-10": 1}


def test_for_both_countries_a_day_with_each_of_them_counts() -> None:
    facts = [fact(RELEASES, "2014-10-01", place=place) for place in ("iraq", "syria")]
    lone = fact(RELEASES, "2014-10-02", place="iraq")
    assert days(*facts, lone, place="iraq-and-syria") == {"2014-10": 1}


@pytest.mark.parametrize(
    ("metric", "place"),
    [
        ("strikes", "iraq-and-syria"),
        ("strikes", "syria"),
        ("strikes", "iraq"),
        ("strikes", "mosul"),
        ("strikes", "raqqa"),
        ("engagements", "syria"),
        ("engagements", "iraq"),
    ],
)
def test_a_totals_days_on_record_are_those_of_the_coverage(
    knowledge: Knowledge, selector: Selector, metric: str, place: str
) -> None:
    totals = 0
    for month in knowledge.coverage(metric, place).months:
        period = Period(first_day(month.month), last_day(month.month))
        finding = selector.find(Request(metric, "coalition", place, period))
        if finding.kind == "total":
            totals += 1
            held = month.of(finding.facts[0].series)
            assert (finding.covered, finding.asked) == (held.days, month.days_in_month), month.month
    assert totals > 0


def test_the_whole_record_is_counted(knowledge: Knowledge) -> None:
    found = knowledge.coverage()
    assert found.figures == knowledge.summary()["figures"] == sum(m.figures for m in found.months)
    assert sum(y.release_days for y in found.years) == sum(m.release_days for m in found.months)
    assert all(m.release_days <= m.days_in_month for m in found.months)
    assert len(found.version) == 64


@pytest.mark.parametrize(("metric", "place"), [("stikes", ""), ("strikes", "zzyzx")])
def test_a_metric_or_place_that_is_not_on_record_is_an_error(
    knowledge: Knowledge, metric: str, place: str
) -> None:
    with pytest.raises(UnknownIdError, match=r"no (metric|place) with the id (stikes|zzyzx)"):
        knowledge.coverage(metric, place)


def test_the_record_is_named_by_its_digest(corrected_record: Path, knowledge: Knowledge) -> None:
    other = Knowledge(corrected_record)
    assert other.coverage().version != knowledge.coverage().version
    other.close()
