"""What the gates go by besides the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Setting:
    """Whether the text is whole, when it came out, and what a curator has confirmed.

    `unread` tells of lines that were not understood, `undated` of a text that doesn't say its own day.
    """

    whole: bool
    published: date
    primary: bool
    confirmed: bool
    unread: bool
    undated: bool

    def may_lack(self, total: float, whole: float) -> bool:
        """Whether parts may come to less than their whole: not every part may have been read."""
        return total < whole and (not self.whole or self.unread)
