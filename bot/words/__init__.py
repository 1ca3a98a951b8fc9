"""The words of the bot itself, one file a language; nothing that people read stands in code."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.words.loading import words_in


class Words(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str
    help: str
    help_group: str
    privacy: str
    ask_usage: str
    mention_usage: str
    check_usage: str
    no_text_in_message: str
    text_only: str
    unknown_command: str
    sorry: str
    left_out: str
    cut: str
    page_next: str
    page_back: str
    page_gone: str
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


def load_words(language: str = "en") -> Words:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words", language, Words)
