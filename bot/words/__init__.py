"""The words of the bot itself, one file a language; nothing that people read stands in code."""

from __future__ import annotations

from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import WordsError


class Words(BaseModel):
    """Every sentence of one language by its name. A missing or a surplus one is an error when loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str
    help: str
    help_group: str
    privacy: str
    ask_usage: str
    mention_usage: str
    no_text_in_message: str
    text_only: str
    unknown_command: str
    sorry: str
    left_out: str
    cut: str
    sources_head: str
    sources_item: str
    sources_one: str
    sources_date: str
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
    file = files("bot.words") / f"{language}.yaml"
    try:
        return Words.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise WordsError(f"There are no words for the language {language}.") from None
    except (yaml.YAMLError, ValidationError) as error:
        raise WordsError(f"{file.name} is not a whole file of words: {error}") from None
