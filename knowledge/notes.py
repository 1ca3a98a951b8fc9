"""Curators' notes on figures: words that answer the record's checks, and what is left for readers; pure."""

from __future__ import annotations

import re

#: After these words a note says why a breach of the record's rules stands (`validation`).
NOT_ADDING_UP, FALLING, JUMPING = "does not add up:", "falls:", "jump:"

#: What only explains a figure's size beside its neighbours in the file, which a reader does not see.
_FOR_CURATORS = re.compile(rf"(?:{re.escape(FALLING)}|{re.escape(JUMPING)})[^;]*(?:;\s*|$)")


def for_readers(note: str) -> str:
    """A note without its clauses for the checks of the record.

    >>> for_readers("jump: a month after a year; declared strikes")
    'declared strikes'
    """
    return _FOR_CURATORS.sub("", note).strip("; ")
