"""The words of `sitrep demo` and of its page, one file a language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.words.loading import words_in


class DemoWords(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ready: str
    port_taken: str
    port_refused: str

    people: tuple[str, str, str]
    group: str
    general: str
    topic: str
    page: dict[str, str]


def load_demo_words(language: str = "en") -> DemoWords:
    """The words of a language. Raises `WordsError` where its file is missing or not what is needed."""
    return words_in("bot.words.demo", language, DemoWords)
