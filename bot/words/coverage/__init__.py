"""The words of `sitrep record coverage`, one file a language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.words.loading import words_in

FiveColumns = tuple[str, str, str, str, str]
SixColumns = tuple[str, str, str, str, str, str]


class CoverageWords(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    days: str
    title: str
    narrowed: str
    columns: FiveColumns
    series: str
    year_columns: SixColumns
    no_markers: str
    not_written: str
    picture_title: str
    picture_amounts: str
    picture_shade: str
    picture_mark: str
    picture_source: str


def load_coverage_words(language: str = "en") -> CoverageWords:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words.coverage", language, CoverageWords)
