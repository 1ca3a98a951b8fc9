"""The file of a release: its header, and its text as sentences that know the line they stand on; pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.releases.forms import Forms

#: Characters of a release that are read; a page is far shorter.
LONGEST = 100_000
#: A line this long without an end is the first part of a wrapped one.
_WRAPPED = 45

_TAG_BREAKS = re.compile(r"<\s*(?:br|/p|p|/div|div|/li|/h\d|h\d|/tr|/ul|ul|ol)\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>\n]{0,200}>")
_BULLET = re.compile(r"^\s*(?:v(?=Near\b)|[*•●▪·‣◦+>]|-{1,3}|[–—−‐]{1,2}|&bull;|\d{1,2}[.)](?=\s+\D))\s*")
_INLINE_BULLET = re.compile(
    r"(?:(?<=[\s.;:,])(?:[*•●▪·]|v(?=Near\b))|(?<=[.;:,]\s)(?:--|—|–|- ))\s*"
    r"(?=(?:Near|near|On|In|At|Outside)\b)"
)
_REMARK = re.compile(r"\s*\[[^\]\n]{0,60}\]")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ‛´`ʻ"), "'")
_KEY = re.compile(r"^([a-z_]+):[ \t]*(.*)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the line it begins on, whether it opens a list item, and which paragraph it is of."""

    line: int
    text: str
    item: bool = False
    paragraph: int = 0
    whole: bool = True


def split_file(text: str) -> tuple[Mapping[str, str], str, int]:
    """The keys of a header, the text below it, and the line on which that text begins.

    A text without a header of `key: value` lines and a line of dashes has no keys and begins on line 1.
    """
    lines = text[:LONGEST].splitlines()
    header: dict[str, str] = {}
    for position, line in enumerate(lines):
        if line.strip() == "---" and header:
            return header, "\n".join(lines[position + 1 :]), position + 2
        found = _KEY.match(line)
        if not found:
            break
        header[found[1]] = found[2].strip()
    return {}, "\n".join(lines), 1


def sentences(text: str, first_line: int, forms: Forms) -> tuple[Sentence, ...]:
    """The sentences of a release's text; wrapped lines are joined, lists in one line taken apart."""
    found: list[Sentence] = []
    for paragraph, (line, item, joined) in enumerate(_paragraphs(text, first_line, forms)):
        pieces = list(_pieces(joined, forms))
        for position, piece in enumerate(pieces):
            whole = piece[-1:] in '.!?:;"”)' or position + 1 < len(pieces)
            found.append(Sentence(line, piece, item and not position, paragraph, whole))
    return tuple(found)


def plain(text: str) -> str:
    """A text without HTML and editors' remarks in brackets, its characters in their plain form."""
    text = _TAG.sub("", _ITEM.sub("\n* ", _TAG_BREAKS.sub("\n", text)))
    text = unicodedata.normalize("NFKC", html.unescape(text)).replace("\u200b", "").replace("\ufeff", "")
    text = _REMARK.sub("", text)
    return text.translate(_APOSTROPHES)


def _paragraphs(text: str, first_line: int, forms: Forms) -> Iterator[tuple[int, bool, str]]:
    """Line number, whether it is a list's item, and text of each paragraph."""
    line, item, held = first_line, False, ""
    for number, raw in enumerate(text.split("\n"), first_line):
        for position, part in enumerate(_INLINE_BULLET.sub("\n* ", plain(raw)).split("\n")):
            bullet = _BULLET.match(part)
            content = " ".join((part[bullet.end() :] if bullet else part).split())
            if held and content and not bullet and not position and _goes_on(held, content, forms):
                held = f"{held} {content}"
                continue
            if held:
                yield line, item, held
            line, item, held = number, bullet is not None, content
    if held:
        yield line, item, held


def _goes_on(held: str, content: str, forms: Forms) -> bool:
    """Whether a line is the rest of the one before."""
    if content[0].islower() and not forms.pattern["near"].match(content):
        return held[-1] not in ".:"
    names_country = content.casefold() in forms.countries
    heading = len(held) < _WRAPPED or names_country or forms.pattern["headings"].match(content)
    opens = forms.pattern["no_boilerplate"].match(content)
    return held[-1] not in '.:;!?"”)' and not heading and not opens


def _pieces(paragraph: str, forms: Forms) -> Iterator[str]:
    """The sentences of a paragraph; a point after an abbreviation or before a small letter ends none."""
    start = 0
    for match in re.finditer(r"[.!?]['\"”)]*(?=\s+[\"“'(]?[A-Z0-9*~]|\s*$)", paragraph):
        before = re.search(r"([\w.]+)$", paragraph[start : match.start()])
        word = before[1].casefold() if before else ""
        if match.group()[0] == "." and match.end() < len(paragraph) and _abbreviates(word, forms):
            continue
        piece = paragraph[start : match.end()].strip()
        if piece:
            yield piece
        start = match.end()
    if rest := paragraph[start:].strip():
        yield rest


def _abbreviates(word: str, forms: Forms) -> bool:
    return word in forms.words["abbreviations"] or (len(word) == 1 and word.isalpha())
