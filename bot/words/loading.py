"""Reads a file of words and holds it to the sentences that are said."""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import WordsError

Kind = TypeVar("Kind", bound=BaseModel)


def words_in(package: str, language: str, kind: type[Kind]) -> Kind:
    """The words of a language in a package. Raises `WordsError` where its file is missing or not whole."""
    file = files(package) / f"{language}.yaml"
    try:
        return kind.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise WordsError(f"There are no words for the language {language}.") from None
    except (yaml.YAMLError, ValidationError) as error:
        raise WordsError(f"{file.name} is not a whole file of words: {error}") from None
