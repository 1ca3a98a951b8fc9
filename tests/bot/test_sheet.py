"""Every message of the sheet is one that Telegram takes, and short where several people read along."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import GROUP_LIMIT, PRIVATE_LIMIT, REFUSAL_LIMIT, utf16_length, visible_length
from bot.preferences import GROUP_SWITCHES
from bot.simulator.markup import parse_html
from knowledge import Knowledge
from tests.bot.sheet import KINDS, Row, page, rows_of


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    return rows_of(knowledge, tmp_path_factory.mktemp("sheet"))


def test_the_sheet_has_every_kind_of_answer_in_private_and_in_a_group(rows: list[Row]) -> None:
    for in_group in (False, True):
        assert {row.kind for row in rows if row.in_group is in_group} - {""} == KINDS


def test_every_message_is_markup_that_telegram_takes_and_fits(rows: list[Row]) -> None:
    for row in rows:
        visible, _ = parse_html(row.html)
        limit = GROUP_LIMIT if row.in_group else PRIVATE_LIMIT
        assert 0 < utf16_length(visible) <= visible_length(row.html) <= limit, row.asked


def test_every_message_fits_without_markup_too_and_keeps_its_first_line(rows: list[Row]) -> None:
    for row in rows:
        assert 0 < utf16_length(row.plain) <= (GROUP_LIMIT if row.in_group else PRIVATE_LIMIT), row.asked
        assert row.plain.split("\n")[0][:200] == parse_html(row.html)[0].split("\n")[0][:200], row.asked


def test_a_refusal_in_a_group_is_one_line(rows: list[Row]) -> None:
    refusals = [row for row in rows if row.in_group and row.kind == "unknown"]
    assert refusals
    shown = [parse_html(row.html)[0] for row in refusals]
    assert all("\n" not in text and utf16_length(text) <= REFUSAL_LIMIT for text in shown)


def test_no_message_has_more_than_four_buttons_but_the_help_and_the_settings(rows: list[Row]) -> None:
    others = [row for row in rows if not row.asked.startswith(("/start", "/help", "/settings"))]
    assert max(len(row.buttons) for row in others) == 4
    most = 1 + len(GROUP_SWITCHES)  # one for each switch, and "Done"
    assert all(len(row.buttons) <= most for row in rows)


def test_no_button_is_without_words(rows: list[Row]) -> None:
    assert all(any(c.isalnum() for c in text) for row in rows for text in row.buttons)


def test_every_figure_names_a_source(rows: list[Row]) -> None:
    with_figures = [row for row in rows if row.kind in ("figure", "total", "comparison", "event")]
    told = [row for row in with_figures if not row.html.startswith("Answered")]
    assert all("href=" in row.html for row in told)


def test_the_page_shows_every_message(rows: list[Row], tmp_path: Path) -> None:
    assert page(rows).count("<section>") == len(rows)


def test_what_is_kept_is_told_whole_in_a_group_too(rows: list[Row]) -> None:
    told = [row.plain for row in rows if row.asked == "/privacy"]
    assert len(told) == 2
    assert all("/forget" in text and "more not shown" not in text for text in told)
