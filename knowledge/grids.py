"""Tables in a text, said as sentences: "22 strikes, Syria." for a row "Syria" under a column "Strikes"; pure.

A table is a run of lines with the same number of cells between bars or tabs, the first of them its heads.
The numbers of a list, and telephone numbers, count nothing: they are taken out here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby

_RULE = re.compile(r"^[\s|:+=-]+$")
_FIGURE = re.compile(r"[^\d]{0,3}\d[\d,. ]*(\s?\w{1,8})?$")
#: A line of fewer cells is no row.
_LEAST_CELLS = 2
_ITEM = re.compile(r"^[ \t]*[(]?\d{1,2}[.)][ \t]+(?=(?P<word>[^\W\d]*))", re.MULTILINE)
_BULLETED = re.compile(r"^[ \t]*[•●▪·*–-][ \t]*\S", re.MULTILINE)
_GROUPS = r"[(]?\d[\d)(./ -]{5,}\d"
_WITH_PREFIX = re.compile(
    rf"(?:[+]|\b00){_GROUPS}|[(]\d{{3}}[)] ?\d{{3}}[ -]\d{{4}}\b|\b\d{{3}}-\d{{3}}-\d{{4}}\b"
)
_AFTER_WORD = re.compile(rf"(?P<word>\b[^\W\d]+)(?P<mark>:? (?:[^\W\d]+ )?){_GROUPS}")
#: A list has at least so many items.
_LEAST_ITEMS = 2


def without_numbering(text: str, months: Collection[str], phones: Collection[str]) -> str:
    """The text with its list numbers as bullets and without telephone numbers; "21. August" is a day."""

    def bulleted(match: re.Match[str]) -> str:
        return match.group() if match.group("word").casefold() in months else "• "

    def cut(match: re.Match[str]) -> str:
        told = match.group("word").casefold() in phones
        return match.group("word") if told else match.group()

    return _ITEM.sub(bulleted, _AFTER_WORD.sub(cut, _WITH_PREFIX.sub("", text)))


def is_list(text: str) -> bool:
    """Whether a text has several lines that begin with a bullet or a dash."""
    return len(_BULLETED.findall(text)) >= _LEAST_ITEMS


def without_tables(text: str, counts: Callable[[str], bool]) -> str:
    """The text with each table as sentences; `counts` tells whether a cell names what is counted."""
    lines = text.split("\n")
    if not any(_split(line) for line in lines):
        return text
    told: list[str] = []
    for cells, group in groupby(lines, key=lambda line: len(_split(line))):
        run = list(group)
        rows = [_split(line) for line in run if not _RULE.match(line)]
        told += _sentences(rows, counts) if cells >= _LEAST_CELLS and len(rows) > 1 else run
    return "\n".join(told)


def _split(line: str) -> list[str]:
    """The cells of a row; none where a line is no row."""
    mark = "|" if "|" in line else "\t" if "\t" in line.strip() else ""
    if not mark:
        return []
    bare = line.strip()
    bare = bare.removeprefix("|").removesuffix("|") if mark == "|" else bare
    return [cell.strip() for cell in bare.split(mark)]


def _sentences(rows: Sequence[Sequence[str]], counts: Callable[[str], bool]) -> Iterator[str]:
    """One sentence a figure, with the words of its row and of its column around it."""
    heads = rows[0]
    if any(_FIGURE.fullmatch(head) for head in heads):
        heads = [""] * len(heads)
    else:
        rows = rows[1:]
    for row in rows:
        labels = [
            f"{head}: {cell}" if head and counts(head) and not cell else cell
            for head, cell in zip(heads, row, strict=True)
            if cell and not _FIGURE.fullmatch(cell)
        ]
        label = ", ".join(labels)
        for head, cell in zip(heads, row, strict=True):
            if not _FIGURE.fullmatch(cell):
                continue
            counted, other = (head, label) if counts(head) or not counts(label) else (label, head)
            yield f"{cell} {counted}, {other}." if other else f"{cell} {counted}."
