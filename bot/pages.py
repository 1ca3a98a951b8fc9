"""A long list as pages of one message each, turned by buttons; and the pages as they are kept.

What is kept are rows of verdicts, never the text that they are on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.keyboards import Button, Keyboard
from bot.messages import fit, fits
from bot.words import Words
from knowledge import Answer, Block, RichText, Span

#: A page has at most so many rows.
MOST_ROWS = 10
#: What a button sends back begins with this; the number of a page follows.
TURN = "page:"


def pages_of(answer: Answer, limit: int, words: Words) -> tuple[RichText, ...]:
    """The pages of an answer within a limit in UTF-16 code units; most answers have one."""
    if not answer.rest and fits(answer.text, limit):
        return (answer.text,)
    head, *others = (*answer.text, *answer.rest)
    rows = [block for block in others if block.role == "item"]
    asides = tuple(dict.fromkeys(block for block in others if block.role == "aside"))
    if not rows:
        return (fit(answer.text, limit, words),)
    return tuple(_with_asides((head, *page), asides, limit, words) for page in _pages(head, rows, limit))


def _pages(head: Block, rows: Sequence[Block], limit: int) -> Iterator[tuple[Block, ...]]:
    """The rows in order, as many on a page as fit."""
    page: tuple[Block, ...] = ()
    for row in rows:
        if page and (len(page) == MOST_ROWS or not fits((head, *page, row), limit)):
            yield page
            page = ()
        page = (*page, row)
    yield page


def _with_asides(page: RichText, asides: RichText, limit: int, words: Words) -> RichText:
    for aside in asides:
        page = (*page, aside) if fits((*page, aside), limit) else page
    return fit(page, limit, words)


def page_buttons(page: int, pages: int, words: Words) -> Keyboard:
    """The buttons under a page, none where it is the only one."""
    row = []
    if page > 0:
        row.append(Button(words.page_back.format(page=page, pages=pages), f"{TURN}{page - 1}"))
    if page + 1 < pages:
        row.append(Button(words.page_next.format(page=page + 2, pages=pages), f"{TURN}{page + 1}"))
    return (tuple(row),) if row else ()


def page_asked_for(data: str) -> int | None:
    """The page that a button asks for, counted from 0; None where it asks for something else."""
    number = data.removeprefix(TURN)
    return int(number) if data.startswith(TURN) and number.isascii() and number.isdigit() else None


def pages_to_json(pages: Sequence[RichText]) -> str:
    """Pages as one line of JSON."""
    data = [[[b.role, [[s.text, s.bold, s.url] for s in b.spans]] for b in page] for page in pages]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def pages_from_json(text: str) -> tuple[RichText, ...]:
    """The pages that `pages_to_json` wrote."""
    return tuple(
        tuple(Block(role, tuple(Span(*span) for span in spans)) for role, spans in page)
        for page in json.loads(text)
    )
