"""The day that a release is dated by, and the days that it is about; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.releases.days import Anchor, Days, days_in, masked
from knowledge.releases.forms import Forms
from knowledge.releases.texts import Sentence

#: The lead is among so many first sentences.
_LEAD = 8
#: A longer line is more than a date.
_LONGEST_DATE = 24


def dateline(sentences: Sequence[Sentence], published: date, forms: Forms) -> date | None:
    """The day that the text itself is dated by, where it stands at its head."""
    for sentence in sentences[:6]:
        head = _head_of(sentence.text, forms) or (sentence.text if len(sentence.text) < _LONGEST_DATE else "")
        found = days_in(head, Anchor(published, None), forms)
        if len(found) == 1 and found[0].span and not found[0].relative and found[0].first == found[0].last:
            return found[0].first
    return None


def _head_of(text: str, forms: Forms) -> str:
    """The dateline that a text begins with: "TAMPA, Fla., Sept. 13, 2014 -", "WASHINGTON Oct 22"."""
    months = forms.options["months"]
    day = rf"(?:{months})\.?\s+\d{{1,2}}(?:,?\s+20\d\d)?"
    town = r"[A-Z][A-Z.' -]+[A-Z](?:,\s*[A-Z][a-zA-Z.]{1,6})?"
    source = r"(?:\([^)]*\))?"
    dash = r"(?:\s*[–—]+|\s*-{2,}|\s+-)\s+(?!\d)"
    dashed = re.match(rf"(?:{town},?\s*(?:(?i:{day}))?|(?i:{day}))[\s,]*{source}{dash}", text)
    plain = re.match(rf"{town},?\s+(?i:{day})\s+(?=[A-Z])", text)
    found = dashed or plain
    return found[0] if found else ""


def body(text: str, forms: Forms) -> str:
    """A text after its dateline."""
    return text[len(_head_of(text, forms)) :]


def main_days(sentences: Sequence[Sentence], anchor: Anchor, forms: Forms) -> Days | None:
    """The days that a release is about: those of its clock times, else the first ones in its lead."""
    lead: list[Days] = []
    for position, sentence in enumerate(sentences):
        text = body(sentence.text, forms)
        found = [d for d in days_in(text, anchor, forms) if d.span]
        clocked = [d for d in found if d.clocked]
        if clocked:
            return clocked[0]
        told = forms.count.search(masked(text, found)) is not None
        speaks = told or (position < _LEAD and forms.has("lead", text))
        if found and speaks and not forms.has("cumulative", text) and not forms.has("late", text):
            lead += found
    return lead[0] if lead else None
