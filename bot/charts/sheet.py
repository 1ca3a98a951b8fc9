"""A picture laid out from the top down: title, panels, key, source. All measures are inches."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.charts.style import LINE, MARGIN, RESOLUTION, SMALL, TEXT, TITLE, WIDTH, Palette, characters_in

_CHIP = 0.2
_GAP = 0.07
_FOOT = 0.1


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A line of the key: a sample in a colour and what it stands for; `none` is a remark without one."""

    text: str
    look: Literal["bar", "pale", "hatched", "gap", "ring", "line", "dot", "none"] = "none"
    colour: str = ""


class Sheet:
    """A sheet of paper as high as what is to stand on it."""

    def __init__(
        self, title: str, body: float, key: Sequence[KeyEntry], foot: Sequence[str], palette: Palette
    ) -> None:
        self.palette = palette
        self._title = _wrapped(title, TITLE * 1.06)
        self._key = [(entry, _wrapped(entry.text, TEXT, _indent(entry))) for entry in key]
        self._foot = [line for text in foot for line in _wrapped(text, SMALL)]
        head = MARGIN + len(self._title) * TITLE * LINE + _GAP
        below = sum(len(lines) for _, lines in self._key) * TEXT * LINE + _FOOT
        self.height = head + body + below + len(self._foot) * SMALL * LINE + MARGIN
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=RESOLUTION, facecolor=palette.paper)
        self.top = MARGIN
        for line in self._title:
            self.write(line, TITLE, palette.ink, weight="bold")
        self.top += _GAP

    def write(
        self, text: str, size: float, colour: str, *, weight: str = "normal", left: float = MARGIN
    ) -> None:
        """A line of text, below which the next thing stands."""
        self.figure.text(
            left / WIDTH,
            1 - (self.top + 0.78 * size * LINE) / self.height,
            text,
            fontsize=size,
            color=colour,
            fontweight=weight,
        )
        self.top += size * LINE

    def axes(self, height: float, left: float, right: float = MARGIN) -> Axes:
        """A place to draw in, below which the next thing stands."""
        self.top += height
        across = (WIDTH - left - right) / WIDTH
        axes = self.figure.add_axes(
            (left / WIDTH, 1 - self.top / self.height, across, height / self.height),
            facecolor=self.palette.paper,
        )
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL, labelcolor=self.palette.pale, pad=2)
        return axes

    def png(self) -> bytes:
        """The finished picture, with key and foot."""
        for entry, lines in self._key:
            self._sample(entry)
            for line in lines:
                self.write(line, TEXT, self.palette.ink, left=MARGIN + _indent(entry))
        self.top += _FOOT
        for line in self._foot:
            self.write(line, SMALL, self.palette.pale)
        file = BytesIO()
        # The version of the library is left out, so that the same chart is the same picture, byte for byte.
        self.figure.savefig(file, format="png", dpi=RESOLUTION, metadata={"Software": None})
        return file.getvalue()

    def _sample(self, entry: KeyEntry) -> None:
        middle = 1 - (self.top + 0.5 * TEXT * LINE) / self.height
        left, high = MARGIN / WIDTH, 0.62 * TEXT * LINE / self.height
        box = {"xy": (left, middle - high / 2), "width": 0.13 / WIDTH, "height": high}
        transform = self.figure.transFigure
        if entry.look in ("ring", "line", "dot"):
            middles = [left, left + 0.13 / WIDTH] if entry.look == "line" else [left + 0.065 / WIDTH]
            heights = [middle] * len(middles)
            look = {"marker": "o", "markersize": 3.5, "color": entry.colour, "linewidth": 1.2}
            hollow = {"markerfacecolor": self.palette.paper} if entry.look == "ring" else {}
            self.figure.add_artist(Line2D(middles, heights, transform=transform, **look, **hollow))  # type: ignore[arg-type]
        elif entry.look != "none":
            look = bar_look(entry.look, entry.colour, self.palette)
            self.figure.add_artist(Rectangle(**box, transform=transform, **look))  # type: ignore[arg-type]


def bar_look(kind: str, colour: str, palette: Palette) -> dict[str, object]:
    """How a bar is filled: whole, pale where part of it is not on record, hatched over several days."""
    if kind == "gap":
        return {"facecolor": palette.paper, "edgecolor": palette.gap, "hatch": "//////", "linewidth": 0}
    if kind == "pale":
        return {"facecolor": _mixed(colour, palette.paper), "edgecolor": colour, "linewidth": 0.7}
    if kind == "hatched":
        return {"facecolor": colour, "edgecolor": palette.paper, "hatch": "||||", "linewidth": 0}
    return {"facecolor": colour, "linewidth": 0}


def _mixed(colour: str, paper: str, share: float = 0.45) -> str:
    """A colour laid thinly on paper: `share` of it."""
    parts = [(int(colour[n : n + 2], 16), int(paper[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in parts)


def _indent(entry: KeyEntry) -> float:
    return 0.0 if entry.look == "none" else _CHIP


def _wrapped(text: str, size: float, indent: float = 0.0) -> list[str]:
    return textwrap.wrap(text, characters_in(WIDTH - 2 * MARGIN - indent, size)) or [""]
