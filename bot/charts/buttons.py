"""The button under an answer that asks for its chart. It survives a restart: the state knows the answer."""

from __future__ import annotations

from bot.keyboards import Button
from bot.words.charts import ChartWords
from knowledge import Answer, is_charted

#: What a press brings back (1 to 64 bytes). It names no answer: that is the one that the button stands under.
CHART = "chart"


def can_be_charted(answer: Answer) -> bool:
    """Whether a chart would show more than the answer's own words: several figures, a total, or a count.

    A quick look: a press may still find that there is nothing to draw, and says so then.
    """
    if not is_charted(answer):
        return False
    figures = [f for f in answer.figures if f.value is not None or f.high is not None]
    alike = len({figure.unit for figure in figures}) == 1 or answer.kind == "list"
    worked_out = any(figure.fact is None or figure.cumulative for figure in figures)
    return worked_out or (alike and len(figures) > 1)


def chart_button(words: ChartWords) -> Button:
    """The button itself."""
    return Button(words.button, CHART)
