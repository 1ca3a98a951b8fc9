"""The words of the bot itself, one file a language; nothing that people read stands in code."""

from __future__ import annotations

from importlib.resources import files

from babel.dates import format_date
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict

from bot.words.dates import day_and_pattern
from bot.words.loading import words_in


class SwitchWords(BaseModel):
    """What is said of a switch: how it stands, and on the button that changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_on: str
    is_off: str
    turn_on: str
    turn_off: str


class Words(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading.

    `locale` is by which its numbers and dates are written, `language` what the language calls itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    locale: str
    language: str
    start: str
    help: str
    help_group: str
    privacy: str
    privacy_group: str
    ask_usage: str
    mention_usage: str
    check_usage: str
    greeting: str
    no_text_in_message: str
    text_only: str
    unknown_command: str
    sorry: str
    left_out: str
    cut: str
    page_next: str
    page_back: str
    page_gone: str
    choice_hint: str
    choice_hint_group: str
    choice_expired: str
    not_yours: str
    answered_above: str
    button_sources: str
    button_wrong: str
    sources_behind: str
    doubt_noted: str
    settings_group: str
    settings_private: str
    settings_done: str
    settings_refused: str
    switches: dict[str, SwitchWords]
    switched_off: str
    forgotten: str
    about: str
    stats: str
    sources_head: str
    sources_item: str
    sources_one: str
    sources_date: str
    history_nothing: str
    why_head: str
    why_row: str
    why_score: str
    why_rejected: str
    why_nothing: str
    why_forgotten: str
    commands: dict[str, str]
    description: str
    short_description: str

    def number(self, number: int) -> str:
        """A whole number as this language writes it: 10,455."""
        return str(format_decimal(number, locale=self.locale))

    def day(self, iso: str) -> str:
        """An ISO date of a day, a month or a year as this language writes it: 10 June 2017."""
        day, pattern = day_and_pattern(iso)
        return str(format_date(day, pattern, locale=self.locale))


def load_words(language: str = "en") -> Words:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words", language, Words)


def load_wordbook() -> dict[str, Words]:
    """The words of every language that there is a file of, by the language's code.

    Raises `WordsError` where one of the files is not what is needed.
    """
    names = sorted(file.name for file in files("bot.words").iterdir())
    codes = [name.removesuffix(".yaml") for name in names if name.endswith(".yaml")]
    return {code: load_words(code) for code in codes}
