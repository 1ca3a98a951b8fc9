"""From text to mentions: what each stretch of a question names, and which words are left over.

Exact aliases come first, then single misspelt words near enough to one alias (`matching`). A word
that stays unknown is kept with its place in the sentence, since it may matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.matching import Correction
from knowledge.models import Period
from knowledge.periods import date_phrases
from knowledge.quantities import with_numbers
from knowledge.stretches import DatePhrase
from knowledge.text import Token, tokens
from knowledge.vocabulary import Meaning, Vocabulary, phrases_from

#: Least likeness, in percent, of a place's name of several words written as one.
_RUN_TOGETHER = 80.0


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` (excluded) and all that they can mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    words: str
    score: float = 100.0
    rejected: tuple[str, ...] = ()
    negated: bool = False

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind that the words can mean."""
        return tuple(meaning.id for meaning in self.meanings if meaning.kind == kind)

    def has(self, kind: str, identifier: str) -> bool:
        """Whether the words can mean just this."""
        return Meaning(kind, identifier) in self.meanings


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text's tokens with what they name. `unknown` are positions of words that no list explains."""

    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DatePhrase, ...]
    unknown: tuple[int, ...]
    forms: frozenset[str]

    def norm(self, position: int) -> str:
        """The compared form of a token, empty outside the text."""
        return self.tokens[position].norm if 0 <= position < len(self.tokens) else ""

    def operations(self) -> frozenset[str]:
        """Every operation that some words name."""
        return frozenset(i for m in self.mentions if not m.negated for i in m.ids("operation"))

    def groups(self) -> frozenset[str]:
        """Every word group that some words belong to."""
        return frozenset(i for m in self.mentions if not m.negated for i in m.ids("group"))

    def named(self, kind: str) -> tuple[Mention, ...]:
        """The mentions that can mean something of a kind, in order."""
        return tuple(m for m in self.mentions if m.ids(kind))


def read_text(text: str, vocabulary: Vocabulary, now: date, before: Period | None = None) -> ReadText:
    """Everything a text names; `before` is the period the conversation spoke of last."""
    corrected, corrections = _corrected(tokens(text), vocabulary)
    numbered = with_numbers(corrected, vocabulary.language.numbers)
    as_places = _named_like_places(numbered, vocabulary)
    dates = date_phrases(numbered, vocabulary.language.calendar, now, before)
    mentions = _mentions(numbered, vocabulary, corrections, _covered(dates))
    mentions = tuple(m for m in mentions if m.start not in as_places or _can_be_named(m))
    mentions = _negated(mentions, numbered)
    mentions, dates = _revised(mentions, dates)
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


def _can_be_named(mention: Mention) -> bool:
    """Whether a mention can be meant by a name with a capital."""
    names = {"place", "elsewhere", "actor", "adjective", "target", "publisher", "term", "metric", "scope"}
    return any(meaning.kind in names for meaning in mention.meanings)


def _corrected(
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


def _negated(mentions: Sequence[Mention], given: Sequence[Token]) -> tuple[Mention, ...]:
    """Mentions that "not", "without", "forget" … rule out; "X not counted" rules out what precedes."""
    result = list(mentions)
    for index, mention in enumerate(mentions):
        if mention.has("mark", "negated") and index:
            result[index - 1] = replace(result[index - 1], negated=True)
        elif mention.has("mark", "negation") and not _opens_a_correction(mention, given):
            following = _next_named(mentions, index, given)
            if following is not None:
                result[following] = replace(result[following], negated=True)
    return tuple(result)


_NAMING = frozenset({"metric", "place", "actor", "adjective", "elsewhere", "target", "publisher"})


def _opens_a_correction(mention: Mention, given: Sequence[Token]) -> bool:
    """Whether "no" only opens a sentence ("no, Iraq", "no I said Iraq") or says none ("no strikes")."""
    return given[mention.start].norm == "no" and mention.end - mention.start == 1


def _next_named(mentions: Sequence[Mention], index: int, given: Sequence[Token]) -> int | None:
    """What a negation reaches: the next name within four tokens, before any comma."""
    start = mentions[index].end
    if given[start - 1].norm == "no" and start < len(given) and given[start].text == ",":
        return None
    for later in range(index + 1, len(mentions)):
        mention = mentions[later]
        between = given[start : mention.start]
        if len(between) > 4 or any(token.kind in ("end", "punctuation") for token in between):
            return None
        if any(meaning.kind in _NAMING for meaning in mention.meanings):
            return later
    return None


def _revised(
    mentions: Sequence[Mention], dates: Sequence[DatePhrase]
) -> tuple[tuple[Mention, ...], tuple[DatePhrase, ...]]:
    """After "no wait", "I mean" … what is named again replaces what was named before."""
    marks = [m.start for m in mentions if m.has("mark", "correction")]
    if not marks:
        return tuple(mentions), tuple(dates)
    mark = marks[-1]
    renamed = {
        kind.kind for m in mentions if m.start > mark and not m.negated for kind in m.meanings
    } & _NAMING
    kept = tuple(
        m for m in mentions if m.start >= mark or not renamed & {meaning.kind for meaning in m.meanings}
    )
    later_dates = tuple(phrase for phrase in dates if phrase.start > mark)
    return kept, later_dates or tuple(dates)
