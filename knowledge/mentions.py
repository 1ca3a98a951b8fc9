"""From text to mentions: what each stretch of a question names, and which words are left over.

Exact aliases come first, then single misspelt words near enough to one alias (`matching`). A word
that stays unknown is kept with its place in the sentence, since it may matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.asides import can_be_named, without_asides
from knowledge.matching import Correction
from knowledge.models import Period
from knowledge.periods import date_phrases
from knowledge.quantities import with_numbers
from knowledge.reading import Mention, ReadText
from knowledge.spelling import corrected
from knowledge.stretches import DatePhrase
from knowledge.text import Token, tokens
from knowledge.vocabulary import Meaning, Vocabulary, phrases_from

#: Least likeness, in percent, of a place's name of several words written as one.
_RUN_TOGETHER = 80.0


def read_text(text: str, vocabulary: Vocabulary, now: date, before: Period | None = None) -> ReadText:
    """Everything a text names; `before` is the period the conversation spoke of last."""
    spelt, corrections = corrected(tokens(text), vocabulary)
    numbered = with_numbers(spelt, vocabulary.language.numbers)
    as_places = _named_like_places(numbered, vocabulary)
    dates = date_phrases(numbered, vocabulary.language.calendar, now, before)
    mentions = _mentions(numbered, vocabulary, corrections, _covered(dates))
    mentions = tuple(m for m in mentions if m.start not in as_places or can_be_named(m))
    mentions, dates = without_asides(numbered, mentions, dates, vocabulary, before)
    explained = _covered(dates) | {i for m in mentions for i in range(m.start, m.end)}
    unknown = tuple(
        i
        for i, token in enumerate(numbered)
        if token.kind == "word"
        and i not in explained
        and (token.norm not in vocabulary.language.function_words or i in as_places)
    )
    forms = frozenset(token.norm for token in numbered)
    return ReadText(numbered, mentions, dates, unknown, forms)


def _named_like_places(given: Sequence[Token], vocabulary: Vocabulary) -> frozenset[int]:
    """Positions of words with a capital after "in" or "near", where small letters are the rule."""
    words = [token for token in given if token.kind == "word"]
    if 2 * sum(token.capitalised for token in words) > len(words):
        return frozenset()
    parts = vocabulary.language.parts
    found = set()
    for position, token in enumerate(given):
        before = position - 1
        while before >= 0 and given[before].norm in parts["articles"]:
            before -= 1
        capital = token.kind == "word" and token.capitalised and not token.text.isupper()
        if capital and before >= 0 and given[before].norm in parts["locating"]:
            found.add(position)
    return frozenset(found)


def _covered(dates: Sequence[DatePhrase]) -> set[int]:
    return {i for phrase in dates for i in range(phrase.start, phrase.end)}


def _mentions(
    given: Sequence[Token], vocabulary: Vocabulary, corrections: dict[int, Correction], dated: set[int]
) -> tuple[Mention, ...]:
    found: list[Mention] = []
    position = 0
    while position < len(given):
        mention = None
        if given[position].kind in ("word", "number") and position not in dated:
            mention = _mention_at(given, position, vocabulary, corrections, dated)
        if mention is not None:
            found.append(mention)
        position = mention.end if mention is not None else position + 1
    return tuple(found)


def _mention_at(
    given: Sequence[Token],
    position: int,
    vocabulary: Vocabulary,
    corrections: dict[int, Correction],
    dated: set[int],
) -> Mention | None:
    at = _joinable(given, position, dated)
    words = tuple(given[i].norm for i in at)
    for candidate in (words, _singular(words, vocabulary)):
        for length, meanings in phrases_from(candidate, vocabulary.phrases):
            used = at[:length]
            if _is_pronoun_us(given, used, meanings, vocabulary):
                continue
            fixes = [corrections[given[i].start] for i in used if given[i].start in corrections]
            return Mention(
                used[0],
                used[-1] + 1,
                meanings,
                " ".join(given[i].text for i in used),
                min((fix.score for fix in fixes), default=100.0),
                tuple(r for fix in fixes for r in fix.rejected),
            )
    return _run_together(given, at, vocabulary)


def _run_together(given: Sequence[Token], at: Sequence[int], vocabulary: Vocabulary) -> Mention | None:
    """A place's name of several words of which some are misspelt ("Dayr az-Zour")."""
    for length in (3, 2):
        used = at[:length]
        words = [given[i].norm for i in used]
        if len(words) < length or any(word in vocabulary.language.function_words for word in words):
            continue
        correction = vocabulary.phrases.correction("".join(words))
        meanings = vocabulary.phrases.meanings((correction.word,)) if correction is not None else ()
        places = tuple(meaning for meaning in meanings if meaning.kind == "place")
        if correction is not None and places and correction.score >= _RUN_TOGETHER:
            text = " ".join(given[i].text for i in used)
            return Mention(used[0], used[-1] + 1, places, text, correction.score, correction.rejected)
    return None


def _joinable(given: Sequence[Token], start: int, dated: set[int]) -> list[int]:
    """The positions a phrase from `start` on can take: words and numbers, hyphens skipped."""
    positions: list[int] = []
    for i in range(start, min(start + 14, len(given))):
        if given[i].kind == "dash" and _is_hyphen(given, i):
            continue
        if given[i].kind not in ("word", "number") or i in dated:
            break
        positions.append(i)
    return positions


def _is_hyphen(given: Sequence[Token], position: int) -> bool:
    """A dash without a space on either side joins a name; any other parts two."""
    inside = 0 < position < len(given) - 1
    return (
        inside
        and given[position - 1].end == given[position].start
        and given[position].end == given[position + 1].start
    )


def _singular(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words with the first in its dictionary form, where no list of ours has it as it stands."""
    if vocabulary.phrases.knows(words[0]):
        return words
    return vocabulary.lexicon.lemma(words[0]), *words[1:]


def _is_pronoun_us(
    given: Sequence[Token], used: Sequence[int], meanings: Sequence[Meaning], vocabulary: Vocabulary
) -> bool:
    """Small "us" is the pronoun after "tell", "give", "for", "let" and at a sentence's end."""
    if len(used) != 1 or given[used[0]].text != "us" or not any(m.kind == "actor" for m in meanings):
        return False
    before = given[used[0] - 1].norm if used[0] else ""
    after = given[used[0] + 1] if used[0] + 1 < len(given) else None
    return before in vocabulary.language.parts["pronoun_after"] or after is None
