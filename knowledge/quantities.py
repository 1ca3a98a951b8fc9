"""Numbers as people write them: "seven", "two dozen", "$8.7bn", "13k", "twenty-third"; pure.

Cardinal words are read by the text2num library; ordinals, dozens and pairs like "twenty seventeen"
are put together here from the words of the language file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from text_to_num import text2num

from knowledge.models import Number
from knowledge.text import Token


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A language's number words: which there are, ordinals, and multipliers of a number."""

    language: str
    cardinals: frozenset[str]
    ordinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    joiners: frozenset[str]
    phrases: Mapping[tuple[str, ...], int] = field(default_factory=dict)


def with_numbers(tokens: Sequence[Token], words: NumberWords) -> tuple[Token, ...]:
    """The tokens with every run of number words made one number token, multipliers applied.

    >>> # "twenty-third of june" -> [23rd] [of] [june];  "$8.7 billion" -> [$] [8700000000]
    """
    joined: list[Token] = []
    position = 0
    while position < len(tokens):
        length = _phrase_length(tokens, position, words)
        if length:
            token: Token | None = _phrase(tokens[position : position + length], words)
        else:
            length = _run_length(tokens, position, words)
            token = _number(tokens[position : position + length], words) if length else None
        joined.append(token or tokens[position])
        position += length if token else 1
    return _multiplied(joined, words)


def _phrase_length(tokens: Sequence[Token], start: int, words: NumberWords) -> int:
    """How many words from here on are one number together: "half a dozen"."""
    for length in sorted({len(phrase) for phrase in words.phrases}, reverse=True):
        if tuple(token.norm for token in tokens[start : start + length]) in words.phrases:
            return length
    return 0


def _phrase(run: Sequence[Token], words: NumberWords) -> Token:
    norms = tuple(token.norm for token in run)
    text, first = " ".join(norms), run[0]
    return Token(text, text, "number", first.start, run[-1].end, first.sentence, words.phrases[norms])


def _run_length(tokens: Sequence[Token], start: int, words: NumberWords) -> int:
    end = start
    while end < len(tokens) and _continues(tokens, start, end, words):
        end += 1
    while end > start and (tokens[end - 1].kind == "dash" or tokens[end - 1].norm in words.joiners):
        end -= 1
    return end - start


def _continues(tokens: Sequence[Token], start: int, here: int, words: NumberWords) -> bool:
    token = tokens[here]
    if token.kind == "dash" or token.norm in words.joiners:
        return here > start
    if here > start and tokens[here - 1].norm in words.ordinals:
        return False
    if here > start and tokens[here - 1].norm in words.joiners:
        # "nine and ten" are two numbers, "hundred and ten" is one
        return token.norm in words.cardinals and tokens[here - 2].norm in words.multipliers
    return token.kind == "word" and (token.norm in words.cardinals or token.norm in words.ordinals)


def _number(run: Sequence[Token], words: NumberWords) -> Token | None:
    parts = [token.norm for token in run if token.kind == "word"]
    if not parts:
        return None
    ordinal = parts[-1] in words.ordinals
    total = words.ordinals[parts[-1]] if ordinal else 0
    rest = parts[:-1] if ordinal else parts
    if rest:
        value = _cardinal(rest, words)
        if value is None:
            return None
        total += value
    return Token(
        " ".join(parts),
        " ".join(parts),
        "number",
        run[0].start,
        run[-1].end,
        run[0].sentence,
        total,
        ordinal,
    )


def _cardinal(parts: Sequence[str], words: NumberWords) -> int | None:
    try:
        return int(text2num(" ".join(parts), words.language))
    except ValueError:
        return _pair(parts, words)


def _pair(parts: Sequence[str], words: NumberWords) -> int | None:
    """Years said as two numbers: "twenty seventeen", "nineteen ninety one"."""
    for cut in range(1, len(parts)):
        try:
            high = text2num(" ".join(parts[:cut]), words.language)
            low = text2num(" ".join(parts[cut:]), words.language)
        except ValueError:
            continue
        if 18 <= high <= 21 and 0 <= low <= 99:
            return int(high * 100 + low)
    return None


def _multiplied(tokens: Sequence[Token], words: NumberWords) -> tuple[Token, ...]:
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        factor = words.multipliers.get(token.norm)
        if factor and before is not None and _is_plain_number(before):
            joined[-1] = replace(
                before,
                text=f"{before.text} {token.text}",
                norm=f"{before.norm} {token.norm}",
                end=token.end,
                value=_exact(before.value, factor),
            )
        else:
            joined.append(token)
    return tuple(joined)


def _is_plain_number(token: Token) -> bool:
    return token.kind == "number" and not token.ordinal and token.value is not None


def _exact(value: Number | None, factor: int) -> Number:
    product = round((value or 0) * factor, 6)
    return int(product) if product == int(product) else product
