"""How every picture of the bot looks: its colours, on a light and on a dark ground, and its sizes of type.

Colours of series are told apart by people who confuse red and green too (Okabe and Ito, "Color Universal
Design", 2008, darkened for a light ground), and none of them carries a meaning that words do not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture; `series` are used in order, `gap` hatches what is not on record."""

    paper: str
    ink: str
    pale: str
    grid: str
    gap: str
    land: str
    border: str
    mark: str
    series: tuple[str, ...]


LIGHT = Palette(
    paper="#ffffff",
    ink="#222222",
    pale="#5c5c5c",
    grid="#e4e4e4",
    gap="#c9c9c9",
    land="#f3f0e9",
    border="#a39d90",
    mark="#c2571a",
    series=("#0b5fa5", "#c2571a", "#00795b", "#8f3f7c", "#b58900", "#3d9bd1", "#6b4c2f", "#777777"),
)
DARK = Palette(
    paper="#17212b",
    ink="#f2f2f2",
    pale="#a9b4bf",
    grid="#2c3945",
    gap="#4a5966",
    land="#22303c",
    border="#6d7d8b",
    mark="#ff9f5a",
    series=("#5db3f0", "#ff9f5a", "#3ecfa3", "#e08ccb", "#f0d04e", "#9ad6ff", "#d0b08c", "#bbbbbb"),
)

#: Width in inches and dots per inch: 1,080 dots, which Telegram shows whole. On a phone, where the picture is
#: about 400 points wide, a size of type of 8 here is 10 there.
WIDTH, RESOLUTION = 4.5, 240
TITLE, TEXT, SMALL = 10.5, 8.0, 7.2
#: The height of a line in inches for one point of type, and the mean width of a character.
LINE, CHARACTER = 1.32 / 72, 0.56 / 72
MARGIN = 0.14


def characters_in(width: float, size: float) -> int:
    """How many characters of a size of type stand on a line of some inches."""
    return int(width / (CHARACTER * size))
