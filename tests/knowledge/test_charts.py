"""Charts hold the figures that answers give: no more, no fewer, nothing filled in."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import Answer, Chart, Knowledge, Period, is_charted
from knowledge.charts import months_of, stretches
from knowledge.models import each_day
from tests.knowledge.asking import NOW, ask

JUNE = "strikes in Syria in June 2017"


def charted(knowledge: Knowledge, *turns: str) -> Chart:
    """The chart of the last turn's answer."""
    chart = knowledge.chart(ask(knowledge, *turns).thread.query)
    assert chart is not None
    return chart


def first_value(answer: Answer) -> float | None:
    return answer.figures[0].value if answer.figures else None


def test_each_day_of_a_chart_is_the_answer_for_that_day(knowledge: Knowledge) -> None:
    [series] = charted(knowledge, JUNE).series
    assert len(series.points) > 5
    for point in series.points:
        assert first_value(ask(knowledge, f"strikes in Syria on {point.first:%d %B %Y}")) == point.value


def test_the_days_add_up_to_the_total_that_the_answer_gives(knowledge: Knowledge) -> None:
    answer = ask(knowledge, JUNE)
    [series] = charted(knowledge, JUNE).series
    assert sum(point.value or 0 for point in series.points) == first_value(answer)
    assert f"{series.covered} of 30 days" in "".join(s.text for block in answer.text for s in block.spans)


def test_every_day_is_a_figure_or_missing_and_none_is_both(knowledge: Knowledge) -> None:
    for place in ("in Syria", "near Raqqa", "in Iraq and Syria"):
        [series] = charted(knowledge, f"strikes {place} in June 2017").series
        shown = [day for point in series.points for day in each_day(point.first, point.last)]
        gaps = [d for gap in (*series.missing, *series.unnamed) for d in each_day(gap.first, gap.last)]
        assert sorted([*shown, *gaps]) == list(each_day(date(2017, 6, 1), date(2017, 6, 30)))


def test_a_day_on_which_only_the_country_has_a_figure_is_told_from_one_without_a_report(
    knowledge: Knowledge,
) -> None:
    [series] = charted(knowledge, "strikes near Raqqa in June 2017").series
    for gap in series.unnamed:
        for day in each_day(gap.first, gap.last):
            assert ask(knowledge, f"strikes in Syria on {day:%d %B %Y}").figures
            assert not ask(knowledge, f"strikes near Raqqa on {day:%d %B %Y}").figures
    for gap in series.missing:
        assert not ask(knowledge, f"strikes in Syria on {gap.first:%d %B %Y}").figures


def test_a_report_of_several_days_is_one_point_over_all_of_them(knowledge: Knowledge) -> None:
    [series] = charted(knowledge, "strikes in Syria in October 2014").series
    assert any(point.days == 2 for point in series.points)


def test_a_comparison_has_a_series_for_each_side(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "compare strikes in Iraq and Syria in June 2017")
    assert chart.kind == "days"
    assert {series.name for series in chart.series} == {"Iraq", "Syria"}


def test_longer_periods_are_shown_by_month_with_the_months_that_lack_a_figure(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "strikes in Syria by month")
    [series] = chart.series
    assert chart.kind == "months"
    firsts = [*(p.first for p in series.points), *(m.first for m in (*series.missing, *series.unnamed))]
    assert series.period is not None
    assert sorted(firsts) == [month.first for month in months_of(series.period)]
    for point in series.points[:4]:
        assert (
            first_value(ask(knowledge, f"strikes in Syria from {point.first} to {point.last}")) == point.value
        )
        assert point.is_partial == (point.covered < point.days)


def test_a_total_that_is_no_sum_of_what_is_drawn_is_told_from_one(knowledge: Knowledge) -> None:
    answer, chart = ask(knowledge, "weapons released in 2017"), charted(knowledge, "weapons released in 2017")
    [series] = chart.series
    assert series.is_apart == (sum(point.value or 0 for point in series.points) != first_value(answer))


def test_cumulative_counts_are_lines_by_publisher_and_never_summed(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "how many civilians has the coalition killed so far?")
    assert chart.kind == "counts"
    amounts = [point.amount for series in chart.series for point in series.points]
    answer = ask(knowledge, "how many civilians has the coalition killed so far?")
    for figure in answer.figures:
        assert any(f"{figure.value or figure.high:,}" in amount for amount in amounts)


def test_how_much_there_was_at_times_is_joined_by_no_line(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "how many US troops were in Iraq?")
    assert chart.kind == "counts"
    assert not any(series.is_joined for series in chart.series)
    [figure] = ask(knowledge, "how many US troops were in Iraq?").figures
    assert figure.value in [point.value for series in chart.series for point in series.points]


def test_all_strikes_so_far_are_the_cumulative_count_as_in_the_answer(knowledge: Knowledge) -> None:
    answer, chart = (
        ask(knowledge, "how many strikes in total"),
        charted(knowledge, "how many strikes in total"),
    )
    assert chart.kind == "counts"
    assert first_value(answer) in [point.value for series in chart.series for point in series.points]


def test_a_countrys_day_is_shown_with_its_places(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "strikes in Syria on 10 June 2017")
    whole, *parts = chart.rows
    assert (whole.name, whole.is_part) == ("Syria", False)
    assert parts
    assert all(row.is_part for row in parts)
    assert sum(row.value or 0 for row in parts) == whole.value


def test_a_map_has_the_counts_of_the_list_at_the_records_coordinates(knowledge: Knowledge) -> None:
    question = "where were strikes in June 2017"
    chart = charted(knowledge, question)
    told = {
        block.spans[0].text: block.spans[1].text
        for block in ask(knowledge, question).text
        if block.role == "item"
    }
    assert chart.kind == "map"
    assert {row.name: f": {row.amount}" for row in chart.rows}.items() <= told.items()
    assert set(told) - {row.name for row in chart.rows} == {"Iraq", "Syria"}
    assert all(29 < (row.latitude or 0) < 38 and 35 < (row.longitude or 0) < 49 for row in chart.rows)


def test_stacked_targets_are_summed_by_kind_only_as_the_answer_sums_them(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "what was hit in Syria in June 2017")
    assert chart.is_stacked
    assert chart.left_out
    vehicles = next(series for series in chart.series if series.name == "vehicles destroyed")
    answer = ask(knowledge, "how many vehicles destroyed in Syria in June 2017")
    assert sum(point.value or 0 for point in vehicles.points) == first_value(answer)


def test_the_busiest_day_is_marked_among_the_others(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "which day had the most strikes in Syria in June 2017")
    [marked], [series] = chart.marked, chart.series
    best = max(series.points, key=lambda point: point.top)
    assert (best.first, best.last) == (marked.first, marked.last)


def test_a_follow_up_is_charted_as_it_was_understood(knowledge: Knowledge) -> None:
    chart = charted(knowledge, JUNE, "and in Iraq?")
    assert [series.name for series in chart.series] == ["Iraq"]
    assert "June 2017" in chart.title


def test_a_chart_names_its_sources_the_latest_of_them_and_the_record(knowledge: Knowledge) -> None:
    chart = charted(knowledge, JUNE)
    answer = ask(knowledge, JUNE)
    assert set(chart.sources) == set(answer.figures[0].sources)
    assert chart.as_of == max(source.published for source in chart.sources)
    assert len(chart.version) == 64


@pytest.mark.parametrize(
    "question",
    [
        "strikes in Syria in March 2013",
        "strikes in Yemen in June 2017",
        "strikes by France in Syria in June 2017",
        "what is a sortie?",
        "when did the battle of Mosul begin?",
        "hello",
        "compare strikes and civilian deaths on 10 June 2017",
    ],
)
def test_what_has_no_figures_to_draw_has_no_chart(knowledge: Knowledge, question: str) -> None:
    answer = knowledge.ask(question, now=NOW)
    assert not is_charted(answer) or knowledge.chart(answer.thread.query) is None


def test_a_place_outside_the_record_is_said_to_be_absent_from_a_comparison(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "compare strikes in Syria and Yemen in June 2017")
    assert [series.name for series in chart.series] == ["Syria"]
    assert chart.absent == ("Yemen",)


def test_days_in_a_row_are_one_stretch() -> None:
    days = [date(2017, 6, 3), date(2017, 6, 1), date(2017, 6, 2), date(2017, 7, 1)]
    assert stretches(days) == (
        Period(date(2017, 6, 1), date(2017, 6, 3)),
        Period(date(2017, 7, 1), date(2017, 7, 1)),
    )
    assert stretches([]) == ()


def test_months_are_cut_to_the_period() -> None:
    months = months_of(Period(date(2016, 12, 31), date(2017, 2, 1)))
    assert [(month.first.month, month.days) for month in months] == [(12, 1), (1, 31), (2, 1)]
