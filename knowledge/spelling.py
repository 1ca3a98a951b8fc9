"""Misspelt words of a question set right, each by what it can only be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.matching import Correction
from knowledge.text import Token
from knowledge.vocabulary import Vocabulary


def corrected(
    given: Sequence[Token], vocabulary: Vocabulary
) -> tuple[tuple[Token, ...], dict[int, Correction]]:
    """The tokens with misspelt words replaced by what they can only be; corrections by text offset."""
    language = vocabulary.language
    corrections: dict[int, Correction] = {}
    result: list[Token] = []
    for token in _mixed_spellings(given, language.spellings):
        if token.kind == "word" and token.norm in language.spellings and not token.text.isupper():
            token = replace(token, norm=language.spellings[token.norm])
        elif token.kind == "word" and not _is_word(token, vocabulary):
            correction = vocabulary.phrases.correction(token.norm)
            placed = bool(result) and result[-1].norm in language.parts["locating"]
            if correction is not None and (not placed or _fits_after_in(correction.word, vocabulary)):
                corrections[token.start] = correction
                token = replace(token, norm=correction.word)
        result.append(token)
    return tuple(result), corrections


def _fits_after_in(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word can stand after "in" or "near": a place, a month, the parts of a date."""
    calendar = vocabulary.language.calendar
    dated = (
        calendar.months,
        calendar.seasons,
        calendar.units,
        calendar.early,
        calendar.middle,
        calendar.late,
    )
    kinds = {meaning.kind for meaning in vocabulary.phrases.meanings((word,))}
    return bool(kinds & {"place", "elsewhere", "adjective"}) or any(word in words for words in dated)


def _mixed_spellings(given: Sequence[Token], spellings: Mapping[str, str]) -> list[Token]:
    """The tokens with short forms of letters and digits ("b4") as the one word they stand for."""
    joined: list[Token] = []
    for token in given:
        before = joined[-1] if joined else None
        form = f"{before.norm}{token.norm}" if before is not None else ""
        if (
            before is not None
            and form in spellings
            and before.end == token.start
            and "number" in (before.kind, token.kind)
        ):
            joined[-1] = replace(
                before, text=form, norm=spellings[form], kind="word", end=token.end, value=None
            )
        else:
            joined.append(token)
    return joined


def _is_word(token: Token, vocabulary: Vocabulary) -> bool:
    known = vocabulary.phrases.knows(token.norm) or token.norm in vocabulary.language.function_words
    return known or vocabulary.lexicon.has(token.norm)
