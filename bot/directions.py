"""Mixed directions of writing: what runs from right to left is kept from disordering what stands around it.

Runs of right-to-left text are put between isolates, as Unicode's bidirectional algorithm has it
(https://www.unicode.org/reports/tr9/, 2.3), so that a quoted Arabic word does not move the full stop behind
it. Controls that somebody wrote himself are taken out: one left open turns the rest of the line around.
"""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge import Block, RichText, Span

_FIRST_STRONG, _POP, _LEFT_TO_RIGHT = "\u2068", "\u2069", "\u200e"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms for presentation.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(f"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT}\\s\\d]*[{_RIGHT_TO_LEFT}])?")


def isolated(text: RichText) -> RichText:
    """The text with every right-to-left run isolated; a line that begins with one still runs as ours do."""
    return tuple(_isolated_line(block) for block in text)


def _isolated_line(block: Block) -> Block:
    spans = tuple(replace(span, text=_isolated_run(span.text)) for span in block.spans)
    if spans == block.spans or not spans[0].text.startswith(_FIRST_STRONG):
        return replace(block, spans=spans)
    return replace(block, spans=(Span(_LEFT_TO_RIGHT), *spans))


def _isolated_run(text: str) -> str:
    return _RUN.sub(lambda run: f"{_FIRST_STRONG}{run[0]}{_POP}", _CONTROLS.sub("", text))
