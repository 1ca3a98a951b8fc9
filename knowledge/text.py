"""What a person typed, as tokens: Unicode, case, punctuation and sentence ends; pure.

A token's `norm` is what aliases are compared with: case folded, without accents, apostrophes or the
marks of transliteration. Latin letters with accents are written plainly by anyascii; other scripts
keep their letters, so that a name matches in its own script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from knowledge.models import Number

#: How many characters around a point tell whether it ends a sentence.
_NEAR = 32
#: Telegram's longest message; longer texts are cut before they are read.
LONGEST = 60_000

#: A number of more digits counts nothing that could be on record; it is read as a word.
LONGEST_NUMBER = 15

#: So many words before a colon are a preamble; fewer are a heading that the rest is about.
LEAST_PREAMBLE = 3

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_APOSTROPHES = "'’‘ʼʿʾ`´ʻ′"
#: A flag is two letters of its own: read as letters it is a word, and never dropped.
_FLAG_LETTERS = {0x1F1E6 + i: chr(ord("A") + i) for i in range(26)}
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآٱىة", "ااااية")

_TOKEN = re.compile(
    r"""
    (?P<url>https?://\S+|www\.\S+)
  | (?P<mention>@\w+)
  | (?P<date>(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)
      |\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)
      |\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)
      |\d{4}-(?:0[1-9]|1[0-2])(?![\d-])
      |(?<![\d.,/])\d{1,2}/\d{1,2}(?![\d/]))
  | (?P<ordinal>(?:\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b)
  | (?P<number>(?<![^\W_])['’‘]\d{2}(?![\d,./'’-])
      |\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+\.\d+|\d+)
  | (?P<acronym>(?:[A-Za-z]\.){2,})
  | (?P<word>w/o\b
      |[^\W\d_]+(?:['’‘ʼʿʾ`´ʻ′][^\W\d_]+)*['’](?=\s|$|[?.,!)])|[^\W\d_]+(?:['’‘ʼʿʾ`´ʻ′][^\W\d_]+)*)
  | (?P<end>[.!?…؟]+|\n+)
  | (?P<dash>[-–—‑−])
  | (?P<ampersand>&)
  | (?P<punctuation>[,;:،()"“”„«»/+=<>%$€£])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, date or mark of the text.

    `kind` is word, number, date, dash, punctuation or end; `start` and `end` are offsets into the
    cleaned text; `sentence` counts from 0; `value` is set for numbers, in digits or in words.
    """

    text: str
    norm: str
    kind: str
    start: int
    end: int
    sentence: int = 0
    value: Number | None = None
    ordinal: bool = False
    possessive: bool = False

    @property
    def capitalised(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def clean(text: str) -> str:
    """The text in Unicode's composed form, without control characters or marks of direction."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST]).translate(_FLAG_LETTERS))


@lru_cache(maxsize=65_536)
def normalised(word: str) -> str:
    """The form in which words and aliases are compared.

    >>> normalised("Qa’im"), normalised("Türkiye")
    ('qaim', 'turkiye')
    """
    folded = word.casefold()
    for mark in _APOSTROPHES:
        folded = folded.replace(mark, "")
    if folded.isascii():
        return folded
    folded = _ARABIC_MARKS.sub("", folded).translate(_ARABIC_LETTERS)
    return "".join(anyascii(c).casefold() if _is_latin(c) else c for c in folded)


def _is_latin(character: str) -> bool:
    return "LATIN" in unicodedata.name(character, "") or unicodedata.combining(character) != 0


def words_of(phrase: str) -> tuple[str, ...]:
    """The compared forms of a phrase's words, hyphens and apostrophes gone.

    >>> words_of("Deir ez-Zor")
    ('deir', 'ez', 'zor')
    """
    return tuple(token.norm for token in tokens(phrase) if token.kind in ("word", "number", "date"))


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text; addresses and @mentions are left out."""
    found: list[Token] = []
    sentence = 0
    source = clean(text)
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or ""
        if kind in ("url", "mention"):
            continue
        if kind == "end" and _ends_sentence(source, match):
            found.append(Token(match.group(), ".", "end", match.start(), match.end(), sentence))
            sentence += 1
        elif kind != "end":
            joins = match.group() == "+" and _stands_between_words(source, match)
            found.append(_token("ampersand" if joins else kind, match, sentence))
            if match.group() == ":" and _ends_preamble(found):
                sentence += 1
    return tuple(found)


def _stands_between_words(source: str, match: re.Match[str]) -> bool:
    """Whether a plus joins two names ("Iraq+Syria"); after a number it says "or more"."""
    before, after = source[: match.start()].rstrip()[-1:], source[match.end() :].lstrip()[:1]
    return before.isalpha() and after.isalpha()


def _ends_preamble(found: Sequence[Token]) -> bool:
    """Whether a colon ends more than a heading: "For the last chapter: ..."."""
    words = [token for token in found if token.sentence == found[-1].sentence and token.kind == "word"]
    return len(words) >= LEAST_PREAMBLE


def _ends_sentence(source: str, match: re.Match[str]) -> bool:
    """A point after a short word before a small letter or digit ("Aug. 21") ends no sentence."""
    if match.group() != ".":
        return True
    before = re.search(r"(\w+)$", source[max(match.start() - _NEAR, 0) : match.start()])
    after = source[match.end() : match.end() + _NEAR].lstrip()[:1]
    short = before is not None and len(before.group()) <= 4 and before.group().isalpha()
    return not (short and after and (after.islower() or after.isdigit()))


def _token(kind: str, match: re.Match[str], sentence: int) -> Token:
    text, start, end = match.group(), match.start(), match.end()
    if kind == "ordinal":
        value = int(text[:-2].replace(",", "")[:LONGEST_NUMBER])
        return Token(text, text.casefold(), "number", start, end, sentence, value, ordinal=True)
    if kind == "number":
        plain = re.sub(r"[,'’‘\u00a0\u202f ]", "", text)
        if len(plain) > LONGEST_NUMBER:
            return Token(text, plain[:LONGEST_NUMBER], "word", start, end, sentence)
        value_ = float(plain) if "." in plain else int(plain)
        return Token(text, plain, "number", start, end, sentence, value_)
    if kind == "ampersand":
        return Token(text, "and", "word", start, end, sentence)
    if kind == "acronym":
        return Token(text.replace(".", ""), text.replace(".", "").casefold(), "word", start, end, sentence)
    if kind == "word":
        bare = re.sub(r"['’]s?$", "", text)
        possessive = bare != text
        return Token(bare, normalised(bare), "word", start, end, sentence, possessive=possessive)
    return Token(text, text, kind, start, end, sentence)


class Cursor:
    """Positions in a list of tokens, asked for without minding its ends."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def norm(self, position: int) -> str:
        """The compared form at a position, empty outside the list."""
        return self.tokens[position].norm if 0 <= position < len(self.tokens) else ""

    def value(self, position: int) -> int | None:
        """The whole number at a position, "a" and "one" counting as 1."""
        token = self.tokens[position] if 0 <= position < len(self.tokens) else None
        if token is None:
            return None
        if token.norm in ("a", "an", "one"):
            return 1
        return token.value if token.kind == "number" and isinstance(token.value, int) else None

    def past_article(self, position: int) -> int:
        """The position of "the" where it stands right before, else the position itself."""
        return position - 1 if self.norm(position - 1) == "the" else position
