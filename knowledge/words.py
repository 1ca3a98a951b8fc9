"""A language's own words and their dictionary forms, by the dictionaries of simplemma.

The dictionary is written into the record when it is built, so that a question needs only look a word
up there; reading it anew at every start would take longer than the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.text import normalised

#: How many looked-up words are kept at hand.
_KEPT = 20_000


def dictionary(language: str) -> dict[str, str]:
    """Every word of a language in its compared form, with its dictionary form likewise."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # only building needs it

    forms: dict[str, str] = {}
    for word, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        compared = normalised(word)
        if compared.isalpha() and (compared not in forms or word == compared):
            forms[compared] = normalised(lemma)
    return forms


def in_both_numbers(phrase: tuple[str, ...], forms: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """A noun phrase with its last word in the singular and in the plural."""
    if not phrase:
        return ()
    singular = forms.get(phrase[-1], phrase[-1])
    consonant_y = singular.endswith("y") and singular[-2:-1] not in "aeiou"
    plural = singular[:-1] + "ies" if consonant_y else singular + "s"
    return (*phrase[:-1], singular), (*phrase[:-1], plural)


class Lexicon:
    """Tells a language's own words from others; `look_up` gives a word's dictionary form or None."""

    def __init__(self, look_up: Callable[[str], str | None]) -> None:
        self._look_up = look_up
        self._found: dict[str, str | None] = {}

    def has(self, word: str) -> bool:
        """Whether a word is one of the language's own, so no misspelling of ours."""
        return self._form(word) is not None

    def lemma(self, word: str) -> str:
        """The dictionary form of a word ("refineries": "refinery"), the word itself if it has none."""
        return self._form(word) or word

    def _form(self, word: str) -> str | None:
        if word not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[word] = self._look_up(word)
        return self._found[word]
