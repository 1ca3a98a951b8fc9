"""Charts as pictures and as text: whole PNGs of a size for phones, and a caption that says the same."""

from __future__ import annotations

import asyncio
import struct
from datetime import date
from pathlib import Path

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from typer.testing import CliRunner

from bot.charting import chart_to_file
from bot.charts.bodies import Task
from bot.charts.captions import caption
from bot.charts.drawing import draw
from bot.charts.formats import Formats
from bot.charts.maps import Map, countries
from bot.charts.studio import Studio
from bot.charts.style import DARK, LIGHT, RESOLUTION, WIDTH, Palette, characters_in
from bot.cli import app
from bot.errors import FileUnusable, NothingToDraw
from bot.messages import CAPTION_LIMIT, GROUP_LIMIT, visible_length
from bot.words import load_words
from bot.words.charts import ChartWords, load_chart_words
from knowledge import (
    Chart,
    ChartPoint,
    ChartRow,
    ChartSeries,
    Knowledge,
    Period,
    Source,
    render_html,
    render_plain,
)

WORDS = load_chart_words()
NOW = date(2020, 1, 1)
QUESTIONS = [
    "compare strikes in Iraq and Syria in June 2017",
    "strikes in Syria on 10 June 2017",
    "strikes near Raqqa in June 2017",
    "strikes near Raqqa on 10 June 2017",
    "strikes in Syria by month",
    "strikes in Syria from August 2014 to July 2019",
    "compare strikes near Raqqa and Samarra in June 2017",
    "what was hit in Syria in June 2017",
    "what was hit near Mosul in 2017",
    "what was hit in Syria on 10 June 2017",
    "where were strikes in June 2017",
    "what places were struck most in 2017",
    "how many civilians has the coalition killed so far?",
    "cost of the operation",
    "which day had the most strikes in Syria in June 2017",
    "strikes in Syria in October 2014",
]
PAGE = Source(
    "page",
    "A publisher with quite a long name of its own",
    "Title",
    "https://example.org/",
    "2017-06",
    "primary",
)


def charted(knowledge: Knowledge, question: str) -> Chart:
    chart = knowledge.chart(knowledge.ask(question, now=NOW).thread.query)
    assert chart is not None
    return chart


def measures(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def a_chart(**fields: object) -> Chart:
    """A chart of nothing but what a test gives it."""
    given: dict[str, object] = {"kind": "rows", "title": "Strikes", "unit": "strikes", "sources": (PAGE,)}
    return Chart(**{**given, "as_of": "2017-06", "version": "0" * 64, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_chart_is_a_picture_that_telegram_takes(
    knowledge: Knowledge, question: str, dark: bool
) -> None:
    picture = draw(charted(knowledge, question), WORDS, dark=dark)
    width, height = measures(picture)
    assert width == round(WIDTH * RESOLUTION)
    assert 1 / 5 < width / height < 5
    assert len(picture) < 1_000_000


def test_the_same_chart_is_the_same_picture_and_a_dark_one_another(knowledge: Knowledge) -> None:
    chart = charted(knowledge, QUESTIONS[0])
    assert draw(chart, WORDS) == draw(chart, WORDS)
    assert draw(chart, WORDS) != draw(chart, WORDS, dark=True)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_written_is_readable_on_its_ground(palette: Palette) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    # Web Content Accessibility Guidelines 2.1: 4.5 for text, 3 for graphics.
    assert contrast(palette.ink, palette.paper) > 7
    assert contrast(palette.pale, palette.paper) > 4.5
    assert all(contrast(colour, palette.paper) > 2.9 for colour in palette.series)


def test_lines_are_broken_before_they_are_wider_than_the_picture(knowledge: Knowledge) -> None:
    for question in QUESTIONS:
        title = charted(knowledge, question).title
        line = title[: characters_in(WIDTH, 10)]
        assert TextPath((0, 0), line, size=10, prop=FontProperties()).get_extents().width / 72 < WIDTH


def test_long_names_and_large_numbers_are_drawn(knowledge: Knowledge) -> None:
    name = "a kind of thing whose name is much longer than any line of a picture on a phone could be"
    rows = tuple(
        ChartRow(f"{n} {name}", "between 1,000,000 and 9,999,999", None, 10**6, 10**7) for n in range(12)
    )
    chart = a_chart(title=f"The {name}", rows=rows, left_out=5)
    assert measures(draw(chart, WORDS))[0] == 1080
    text = caption(chart, WORDS, load_words())
    assert visible_length(render_html(text)) <= CAPTION_LIMIT


def test_figures_that_are_all_nought_are_drawn() -> None:
    rows = (ChartRow("Syria", "0", 0), ChartRow("Iraq", "0", 0))
    assert draw(a_chart(rows=rows), WORDS)
    period = Period(date(2017, 6, 1), date(2017, 6, 3))
    point = ChartPoint(period.first, period.first, "0", 0, covered=1)
    series = ChartSeries("Syria", "strikes", (point,), period, covered=1)
    assert draw(a_chart(kind="days", series=(series,)), WORDS)


def test_places_without_coordinates_are_told_beside_the_map() -> None:
    chart = a_chart(
        kind="map", rows=(ChartRow("Nowhere", "3", 3), ChartRow("Raqqa", "2", 2, None, None, 35.9, 39.0))
    )
    task = Task(chart, WORDS, Formats(WORDS), LIGHT)
    assert "not on the map: Nowhere 3" in [entry.text for entry in Map(task).key]
    assert draw(chart, WORDS)
    assert draw(a_chart(kind="map", rows=(ChartRow("Nowhere", "3", 3),)), WORDS)


def test_the_records_places_lie_within_the_outlines(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "what places were struck most in 2017")
    longitudes = [east for country in countries() for east, _ in country.outline]
    latitudes = [north for country in countries() for _, north in country.outline]
    for row in chart.rows:
        if row.latitude is not None and row.longitude is not None:
            assert min(longitudes) < row.longitude < max(longitudes)
            assert min(latitudes) < row.latitude < max(latitudes)


# -- the caption -----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("limit", [CAPTION_LIMIT, GROUP_LIMIT])
def test_a_caption_fits_and_names_source_and_record(knowledge: Knowledge, question: str, limit: int) -> None:
    chart = charted(knowledge, question)
    text = caption(chart, WORDS, load_words(), limit)
    assert visible_length(render_html(text)) <= limit
    assert chart.title in render_plain(text)
    assert chart.version[:12] in render_plain(text)
    assert (
        any(span.url == chart.sources[0].url for block in text for span in block.spans)
        or len(chart.sources) > 1
    )


def test_a_caption_tells_every_figure_and_every_missing_day(knowledge: Knowledge) -> None:
    chart = charted(knowledge, QUESTIONS[0])
    told = render_plain(caption(chart, WORDS, load_words()))
    for series in chart.series:
        [line] = [line for line in told.split("\n") if line.startswith(f"{series.name}: 1 Jun")]
        assert line.count(";") + 1 == len(series.points)
        for point in series.points:
            assert f"{point.first.day} Jun: {point.amount}" in line
    for gap in chart.series[0].missing:
        days = str(gap.first.day) if gap.days == 1 else f"{gap.first.day} to {gap.last.day}"
        assert f"{days} Jun" in told


def test_a_caption_of_five_years_still_tells_every_month(knowledge: Knowledge) -> None:
    chart = charted(knowledge, "strikes in Syria by month")
    told = render_plain(caption(chart, WORDS, load_words()))
    for point in chart.series[0].points:
        assert f"{point.first:%b} {point.amount}" in told


def test_too_many_figures_for_a_caption_are_told_by_their_extremes() -> None:
    days = [date(2017, 1, 1 + n) for n in range(31)]
    points = tuple(ChartPoint(day, day, f"at least {day.day},000,000", day.day, covered=1) for day in days)
    period = Period(days[0], days[-1])
    series = tuple(ChartSeries(f"Place {n}", "strikes", points, period, covered=31) for n in range(5))
    text = caption(a_chart(kind="days", series=series), WORDS, load_words())
    assert visible_length(render_html(text)) <= CAPTION_LIMIT
    assert "highest 31 Jan: at least 31,000,000" in render_plain(text)
    assert render_plain(text).count("not drawn: 2 more") == 1


# -- the worker ------------------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What was drawn, as title and whether dark, while every picture is ten bytes."""
    done: list[tuple[str, bool]] = []

    def note(chart: Chart, _words: ChartWords, dark: bool) -> bytes:
        done.append((chart.title, dark))
        return bytes(10)

    monkeypatch.setattr("bot.charts.studio._draw", note)
    return done


async def test_an_equal_chart_is_drawn_once(knowledge: Knowledge, drawn: list[tuple[str, bool]]) -> None:
    studio = Studio(WORDS)
    one, other = charted(knowledge, QUESTIONS[2]), charted(knowledge, QUESTIONS[2])
    assert one is not other
    await asyncio.gather(studio.picture(one), studio.picture(other), studio.picture(one, dark=True))
    await studio.picture(other)
    assert drawn == [(one.title, False), (one.title, True)]
    studio.close()


async def test_pictures_are_kept_up_to_a_limit_the_oldest_going_first(drawn: list[tuple[str, bool]]) -> None:
    studio = Studio(WORDS, most_bytes=25)
    for title in ("a", "b", "a", "c", "a", "b"):
        await studio.picture(a_chart(title=title))
    assert [title for title, _ in drawn] == ["a", "b", "c", "b"]
    studio.close()


async def test_a_picture_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError

    studio = Studio(WORDS)
    monkeypatch.setattr("bot.charts.studio._draw", fail)
    with pytest.raises(ZeroDivisionError):
        await studio.picture(a_chart())
    monkeypatch.setattr("bot.charts.studio._draw", lambda *_: b"png")
    assert await studio.picture(a_chart()) == b"png"
    studio.close()


# -- the terminal ----------------------------------------------------------------------------------


def test_the_terminal_writes_a_picture_and_its_text(built_record: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.png"
    arguments = ["chart", QUESTIONS[0], "-o", str(file), "--dark", "--record", str(built_record)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert measures(file.read_bytes())[0] == 1080
    assert result.stdout.startswith("Strikes in ")


def test_without_anything_to_draw_the_answer_is_said_and_no_file_written(
    built_record: Path, tmp_path: Path
) -> None:
    file = tmp_path / "chart.png"
    with pytest.raises(
        NothingToDraw, match=r"nothing to draw.*\nNot on record: strikes in Syria in March 2013"
    ):
        chart_to_file("strikes in Syria in March 2013", file, built_record, NOW)
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "problem"), [("chart.jpg", "should end in .png"), ("missing/chart.png", "cannot be written")]
)
def test_a_file_that_cannot_be_written_is_said(
    built_record: Path, tmp_path: Path, name: str, problem: str
) -> None:
    with pytest.raises(FileUnusable, match=problem):
        chart_to_file(QUESTIONS[0], tmp_path / name, built_record, NOW)
