"""The words of `sitrep chat`, one file a language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.words.loading import words_in

FourColumns = tuple[str, str, str, str]
FiveColumns = tuple[str, str, str, str, str]


class TerminalWords(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    greeting: str
    invitation: str
    farewell: str
    unknown_command: str
    new_thread: str
    pick: str
    help_head: str
    help_follow_up: str
    commands_head: str
    commands: dict[str, str]
    sources_head: str
    sources_columns: FourColumns
    history_nothing: str
    why_nothing: str
    why_head: str
    why_columns: FiveColumns
    why_query: str
    why_ignored: str
    why_confidence: str
    why_slot_empty: str


def load_terminal_words(language: str = "en") -> TerminalWords:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words.terminal", language, TerminalWords)
