"""Rich text as one Telegram message that fits.

Telegram counts a text in UTF-16 code units after its markup is taken away, at most 4,096 of them
(https://core.telegram.org/bots/api#sendmessage). In a group a message should stay well below.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from bot.words import Words
from knowledge import Block, RichText, Span, render_html

PRIVATE_LIMIT = 4096
GROUP_LIMIT = 900
#: A caption of a picture, https://core.telegram.org/bots/api#sendphoto
CAPTION_LIMIT = 1024
#: The first line of a refusal may quote what was written, but need not quote all of it.
REFUSAL_LIMIT = 300

_TAG = re.compile(r"<[^<>]*>")
#: What is given up first, whole blocks from the end on; a line is cut only after all that.
_DISPENSABLE = ("aside", "item", "body", "source", "headline")


def utf16_length(text: str) -> int:
    """A text's length as Telegram counts it.

    >>> utf16_length("a😀")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible_length(html: str) -> int:
    """The length of what is left when the markup is taken away."""
    return utf16_length(unescape(_TAG.sub("", html)))


def paragraphs(text: str, *, bold_first: bool = False) -> RichText:
    """A text of ours as rich text, a block a line."""
    lines = text.split("\n")
    first = Block("headline", (Span(lines[0], bold=bold_first),))
    return (first, *(Block("body", (Span(line),)) for line in lines[1:]))


def one_line(text: RichText) -> RichText:
    """The answer itself without all that goes with it: a refusal in a group takes one line."""
    return tuple(block for block in text if block.role == "headline")[:1] or text[:1]


def fit(text: RichText, limit: int, words: Words) -> RichText:
    """The text within a limit in UTF-16 code units.

    Asides go first, then trailing items, bodies and sources, each whole, with a line that says how many
    items are left out. What still does not fit is cut at the end of the last block.
    """
    kept, missing = list(text), 0
    while not fits(shown := _with_note(kept, missing, words), limit):
        position = _next_to_drop(kept)
        if position is None:
            return _cut(shown, limit, words)
        dropped = kept.pop(position)
        missing += dropped.role in ("item", "body")
    return shown


def fits(text: RichText, limit: int) -> bool:
    """Whether a text stays within a limit in UTF-16 code units, its markup taken away."""
    return visible_length(render_html(text)) <= limit


def _next_to_drop(blocks: list[Block]) -> int | None:
    """Where the most dispensable block stands, the last of its kind; the first block always stays."""
    for role in _DISPENSABLE:
        for position in range(len(blocks) - 1, 0, -1):
            if blocks[position].role == role:
                # A figure's last source is worth more than its length: without it there is no figure.
                if role == "source" and sum(block.role == "source" for block in blocks) == 1:
                    continue
                return position
    return None


def _with_note(kept: list[Block], missing: int, words: Words) -> RichText:
    """What is kept, with the line on what is missing after the last item or body."""
    if not missing:
        return tuple(kept)
    note = Block("body", (Span(words.left_out.format(count=missing)),))
    tail = next((i for i, block in enumerate(kept) if i and block.role in ("source", "aside")), len(kept))
    return (*kept[:tail], note, *kept[tail:])


def _cut(text: RichText, limit: int, words: Words) -> RichText:
    """The text with its longest runs shortened, one after the other, until the whole fits."""
    for _ in range(sum(len(block.spans) for block in text)):
        if fits(text, limit):
            break
        text = _cut_longest_run(text, limit, words)
    return text


def _cut_longest_run(text: RichText, limit: int, words: Words) -> RichText:
    """The text with its longest run as long as fits, or gone where not even that helps."""
    runs = [(b, s) for b, block in enumerate(text) for s in range(len(block.spans))]
    at, nth = max(runs, key=lambda run: len(text[run[0]].spans[run[1]].text))
    block, original = text[at], text[at].spans[nth]

    def shortened(length: int) -> RichText:
        run = Span(original.text[:length].rstrip() + words.cut, original.bold, original.url)
        spans = (*block.spans[:nth], run, *block.spans[nth + 1 :])
        return (*text[:at], Block(block.role, spans), *text[at + 1 :])

    return shortened(_largest(len(original.text), lambda n: fits(shortened(n), limit)))


def _largest(highest: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to `highest` that a shrinking condition holds for, 0 if none does."""
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
