"""Which facts answer: who, where and when must all agree, and totals stay within one series."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.lookups import Finding, Request
from knowledge.models import Period
from knowledge.selection import Selector

from .asking import values


def day(iso: str) -> Period:
    return Period(date.fromisoformat(iso), date.fromisoformat(iso))


def by(iso: str) -> Period:
    return Period(date.fromisoformat(iso), date.fromisoformat(iso), by=True)


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def find(
    selector: Selector, metric: str, place: str, period: Period | None, actor: str = "coalition"
) -> Finding:
    return selector.find(Request(metric, actor, place, period))


@pytest.mark.parametrize(
    ("metric", "place", "period", "value"),
    [
        ("strikes", "syria", day("2017-06-10"), 27),
        ("strikes", "iraq-and-syria", day("2017-06-10"), 34),
        ("strikes", "raqqa", day("2017-06-10"), 17),
        ("engagements", "iraq", day("2017-06-10"), 35),
        ("strikes", "iraq", span("2017-12-04", "2017-12-07"), 0),
        ("weapons_released", "iraq-and-syria", span("2017-05-01", "2017-05-31"), 4374),
        ("strikes", "syria", by("2014-12-31"), 572),
        ("strikes", "syria", by("2014-11-30"), 393),
        ("engagements", "iraq-and-syria", by("2017-04-30"), 42089),
    ],
)
def test_a_figure_of_just_this_is_found(
    selector: Selector, metric: str, place: str, period: Period, value: int
) -> None:
    assert values(find(selector, metric, place, period).figures) == [value]


@pytest.mark.parametrize("city", ["aleppo", "palmyra", "hasakah", "qamishli", "damascus"])
def test_a_city_is_never_answered_with_its_countrys_figure(selector: Selector, city: str) -> None:
    for period in (None, day("2017-06-10"), by("2019-08-31"), span("2017-06-01", "2017-06-30")):
        assert find(selector, "strikes", city, period).figures == ()


@pytest.mark.parametrize("period", [by("2017-03-31"), by("2019-08-31")])
def test_a_country_is_never_answered_with_the_figure_for_both(selector: Selector, period: Period) -> None:
    assert find(selector, "engagements", "syria", period).figures == ()
    of_both = set(values(find(selector, "strikes", "iraq-and-syria", period).figures))
    assert not set(values(find(selector, "strikes", "syria", period).figures)) & of_both


def test_a_day_is_never_answered_with_a_report_of_several_days(selector: Selector) -> None:
    finding = find(selector, "strikes", "syria", day("2017-12-05"))
    assert finding.figures == ()
    assert values(finding.related) == [18]


@pytest.mark.parametrize("iso", ["2017-05-01", "2017-05-10", "2017-05-31"])
def test_a_day_is_never_answered_with_a_months_total(selector: Selector, iso: str) -> None:
    assert find(selector, "weapons_released", "iraq-and-syria", day(iso)).figures == ()


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_a_cumulative_count_is_not_a_years(selector: Selector, year: int) -> None:
    period = span(f"{year}-01-01", f"{year}-12-31")
    assert not set(values(find(selector, "strikes", "syria", period).figures)) & {572, 3266}


@pytest.mark.parametrize("actor", ["russia", "france", "turkey", "united-kingdom", "united-states"])
def test_one_nations_day_gets_no_figure_of_the_coalition(selector: Selector, actor: str) -> None:
    assert find(selector, "strikes", "syria", day("2017-06-10"), actor).figures == ()


def test_a_by_before_the_first_count_gets_nothing(selector: Selector) -> None:
    assert find(selector, "strikes", "syria", by("2014-08-31")).figures == ()


def test_a_month_counts_for_any_day_of_it(selector: Selector) -> None:
    assert values(find(selector, "strikes", "syria", by("2014-12-01")).figures) == [572]


def test_a_total_is_the_sum_of_its_parts_and_counts_the_days(selector: Selector) -> None:
    finding = find(selector, "strikes", "syria", span("2017-06-01", "2017-06-30"))
    assert finding.kind == "total"
    assert values(finding.figures) == [sum(f.value for f in finding.facts if f.value is not None)] == [314]
    assert (finding.covered, finding.asked) == (13, 30)


def test_a_total_never_mixes_series(selector: Selector) -> None:
    finding = find(selector, "strikes", "iraq-and-syria", span("2017-01-01", "2017-12-31"))
    assert finding.kind == "total"
    assert len({fact.series for fact in finding.facts}) == 1


def test_a_total_counts_no_day_twice(selector: Selector) -> None:
    facts = find(selector, "strikes", "iraq-and-syria", span("2017-01-01", "2018-12-31")).facts
    seen = [(f.start, f.end, f.place) for f in facts]
    assert len(seen) == len(set(seen))


def test_without_a_time_the_latest_count_leads_and_the_pinned_figures_follow(selector: Selector) -> None:
    *counts, release, article = find(selector, "strikes", "syria", None).figures
    assert [release.value, article.value] == [27, 27]
    assert all(count.cumulative for count in counts)
    assert max(count.as_of or "" for count in counts) == counts[0].as_of


@pytest.mark.parametrize("place", ["raqqa", "mosul", "aleppo"])
def test_pinned_figures_never_stand_for_a_city(selector: Selector, place: str) -> None:
    assert not set(values(find(selector, "strikes", place, None).figures)) & {27, 7, 3266, 6516}


def test_pinned_figures_never_stand_for_one_nation(selector: Selector) -> None:
    assert values(find(selector, "strikes", "syria", None, "united-states").figures) == [5362]


def test_a_release_is_found_by_the_day_it_was_published(selector: Selector) -> None:
    published = Period(date(2017, 6, 11), date(2017, 6, 11), published=True)
    assert values(find(selector, "strikes", "syria", published).figures) == [27]
    assert find(selector, "strikes", "syria", day("2017-06-11")).figures == ()


def test_rival_sources_stand_side_by_side(selector: Selector) -> None:
    figures = find(selector, "civilian_deaths", "iraq-and-syria", None).figures
    assert {1410, 8106, 12980} <= set(values(figures))
    assert [f.as_of for f in figures] == sorted((f.as_of or "" for f in figures), reverse=True)


def test_a_named_source_stands_alone(selector: Selector) -> None:
    request = Request("civilian_deaths", "coalition", "iraq-and-syria", None, ("airwars",))
    figures = selector.find(request).figures
    assert values(figures) == [8106, 12980]
    assert {f.source.publisher for f in figures} == {"Airwars"}


def test_how_much_there_was_answers_for_its_time_only(selector: Selector) -> None:
    troops = ("troops_deployed", "iraq")
    assert values(find(selector, *troops, day("2020-09-09"), "united-states").figures) == [5200]
    between = find(selector, *troops, day("2020-09-20"), "united-states")
    assert (between.figures, values(between.related)) == ((), [5200])
    assert values(find(selector, *troops, by("2020-09-20"), "united-states").figures) == [5200]


def test_another_publishers_month_stands_beside_the_total_of_the_days(selector: Selector) -> None:
    finding = find(selector, "strikes", "iraq", span("2017-03-01", "2017-03-31"))
    assert finding.kind == "total"
    assert values(finding.related) == [268]


def test_two_pages_with_one_day_and_two_figures_are_both_given(selector: Selector) -> None:
    request = Request("civilian_deaths", "coalition", "iraq-and-syria", by("2020-09-30"), ("cjtf-oir",))
    assert values(selector.find(request).figures) == [1410, 1400]


def test_a_figure_from_the_first_strikes_on_is_one_for_the_year(selector: Selector) -> None:
    year = span("2014-01-01", "2014-12-31")
    assert values(find(selector, "weapons_released", "iraq-and-syria", year).figures) == [5886]
    assert (
        find(selector, "weapons_released", "iraq-and-syria", span("2014-09-01", "2014-12-31")).kind == "total"
    )
