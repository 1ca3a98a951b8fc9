"""A language's own words, by the dictionaries of simplemma: which there are, and their forms.

The dictionary is read at the first word that no list of the record explains.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=16_384)
def is_ordinary_word(word: str, language: str) -> bool:
    """Whether a word is one of the language's own, so no misspelling of ours."""
    import simplemma  # here, since most questions are understood without it

    return simplemma.is_known(word, lang=language)


@lru_cache(maxsize=16_384)
def lemma(word: str, language: str) -> str:
    """The dictionary form of a word ("refineries": "refinery")."""
    import simplemma  # as above

    return simplemma.lemmatize(word, lang=language)


def in_both_numbers(phrase: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """A noun phrase with its last word in the singular and in the plural."""
    if not phrase:
        return ()
    singular = lemma(phrase[-1], language)
    consonant_y = singular.endswith("y") and singular[-2:-1] not in "aeiou"
    plural = singular[:-1] + "ies" if consonant_y else singular + "s"
    return (*phrase[:-1], singular), (*phrase[:-1], plural)
