"""The words in and under charts, one file a language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.words.loading import words_in


class ChartWords(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    locale: str
    day: str
    day_of_month: str
    day_of_year: str
    month: str
    month_of_year: str
    stretch: str
    covered: str
    panel: str
    panel_total: str
    as_of: str
    key_missing_days: str
    key_missing_months: str
    key_unnamed: str
    key_uncounted: str
    by_place: str
    covered_places: str
    covered_targets: str
    key_partial: str
    key_several: str
    key_apart: str
    key_marked: str
    absent: str
    left_out_kinds: str
    left_out_rows: str
    unplaced: str
    unlabelled: str
    latitude: str
    longitude: str
    outlines: str
    nothing_in_series: str
    source: str
    pages_one: str
    pages: str
    sources: str
    source_many: str
    version: str
    caption_total: str
    caption_series: str
    caption_values: str
    caption_value: str
    caption_value_part: str
    caption_part_mark: str
    caption_part_note: str
    caption_group: str
    caption_summary: str
    caption_missing_days: str
    caption_missing_places: str
    caption_missing_months: str
    caption_unnamed: str
    caption_uncounted: str
    caption_several: str
    caption_apart: str
    caption_marked: str
    caption_days: str
    caption_months: str
    caption_parts: str
    caption_more: str
    caption_source: str
    caption_source_one: str
    nothing_to_draw: str
    example: str
    nothing_here: str
    forgotten: str
    dark: tuple[str, ...]
    button: str
    nothing_to_draw_of: str
    not_written: str
    no_png: str


def load_chart_words(language: str = "en") -> ChartWords:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words.charts", language, ChartWords)
