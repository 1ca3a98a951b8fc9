"""Buttons under a message: what each says, and what it sends back or opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

#: Two labels of this many characters stand side by side on a phone without being cut.
_NARROW = 18


@dataclass(frozen=True, slots=True)
class Button:
    """One button: `data` (1 to 64 bytes) comes back when it is pressed."""

    text: str
    data: str


Keyboard = tuple[tuple[Button, ...], ...]


def in_rows(buttons: Sequence[Button]) -> Keyboard:
    """Buttons two a row where all are narrow, else one a row."""
    across = 2 if all(len(button.text) <= _NARROW for button in buttons) else 1
    return tuple(tuple(buttons[start : start + across]) for start in range(0, len(buttons), across))


def one_a_row(buttons: Sequence[Button]) -> Keyboard:
    """Buttons one below the other."""
    return tuple((button,) for button in buttons)


def without(keyboard: Keyboard, data: str) -> Keyboard:
    """A keyboard without the button that sends this back."""
    rows = (tuple(button for button in row if button.data != data) for row in keyboard)
    return tuple(row for row in rows if row)


def markup_of(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """A keyboard as the library sends it; None takes the buttons of a changed message away."""
    rows = [[InlineKeyboardButton(b.text, callback_data=b.data) for b in row] for row in keyboard]
    return InlineKeyboardMarkup(rows) if rows else None
