"""What the record covers by month: days with a release, and months with other figures."""

from __future__ import annotations

import re
from datetime import date

from knowledge import RECORD_FOLDER, Knowledge, record_coverage, render_plain
from knowledge.coverage import coverage_of
from knowledge.rows import FactRow

from .asking import ask


def row(identifier: str, start: str = "", end: str = "", **other: object) -> FactRow:
    values = {
        "id": identifier,
        "series": "strike-releases",
        "source": "page",
        "metric": "strikes",
        "actor": "coalition",
        "place": "syria",
        "start": start or None,
        "end": end or None,
        "value": "3",
        "qualifier": "exactly",
    }
    return FactRow.model_validate({**values, **other})


def test_a_release_over_several_days_covers_each_of_them() -> None:
    (month,) = coverage_of([row("a", "2017-06-03", "2017-06-05")], 1).months
    assert month.days == {date(2017, 6, 3), date(2017, 6, 4), date(2017, 6, 5)}


def test_a_stretch_across_a_month_s_end_covers_days_of_both() -> None:
    june, july = coverage_of([row("a", "2017-06-30", "2017-07-01")], 1).months
    assert (len(june.days), len(july.days)) == (1, 1)


def test_months_without_anything_stand_between_the_first_and_the_last() -> None:
    months = coverage_of(
        [row("a", "2017-11-30", "2017-11-30"), row("b", "2018-02-01", "2018-02-01")], 1
    ).months
    assert [month.month for month in months] == ["2017-11", "2017-12", "2018-01", "2018-02"]
    assert not months[1].days


def test_a_day_s_release_makes_no_counted_month_and_a_cumulative_figure_does() -> None:
    daily = row("a", "2017-06-03", "2017-06-03")
    counted = row("b", as_of="2017-07-31", series="cumulative-strikes")
    held = coverage_of([daily, counted], 2)
    assert [month.is_counted for month in held.months] == [False, True]
    assert (held.counted_months, held.releases, held.figures, held.sources) == (1, 1, 2, 2)


def test_an_empty_record_covers_nothing() -> None:
    assert coverage_of([], 0).months == ()


def test_a_total_counts_the_same_days_as_the_coverage(knowledge: Knowledge) -> None:
    june = next(m for m in record_coverage(RECORD_FOLDER).months if m.month == "2017-06")
    text = render_plain(ask(knowledge, "strikes in Iraq and Syria in June 2017, in total").text)
    covered = re.search(r"(\d+) of 30 days on record", text)
    assert covered is not None
    assert int(covered[1]) == len(june.days)
