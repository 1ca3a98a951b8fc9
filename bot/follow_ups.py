"""Buttons under an answer, only where they help: what leads on, a chart, its sources, and "wrong?"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.charts.buttons import can_be_charted, chart_button
from bot.choices import MOST, Offers
from bot.keyboards import Button, Keyboard, in_rows
from bot.words import Words
from bot.words.charts import ChartWords
from knowledge import Answer, Knowledge, RichText, Suggestion

SOURCES, WRONG = "sources", "wrong"
#: Suggestions are complete questions that count from no day; any day will do to try them.
_ANY_DAY = date(2020, 1, 1)


class FollowUps:
    """Finds the buttons for answers; `words` are those of the language spoken at the time."""

    def __init__(self, knowledge: Knowledge, words: Callable[[], Words], chart_words: ChartWords) -> None:
        self._knowledge = knowledge
        self._words = words
        self._chart_words = chart_words

    def __call__(self, answer: Answer, shown: RichText, *, in_group: bool) -> tuple[Offers | None, Keyboard]:
        """The questions that buttons under an answer ask, and the buttons, at most four.

        `shown` is the answer as it is sent. In a group, where a button is one more thing for everybody to
        look at, what leads on is left to be asked.
        """
        if not answer.figures:
            return None, ()
        last = self._about_the_figures(answer, shown, in_group=in_group)
        suggestions = () if in_group else self._knowledge.suggestions(answer, now=_ANY_DAY)
        suggestions = suggestions[: MOST - len(last)]
        asked = [Button(s.label, f"ask:{number}") for number, s in enumerate(suggestions)]
        return _offers(suggestions), in_rows([*asked, *last])

    def _about_the_figures(self, answer: Answer, shown: RichText, *, in_group: bool) -> list[Button]:
        """Buttons on the answer itself; another part's (a watch) goes in here, what leads on gives way."""
        buttons, words = [], self._words()
        if can_be_charted(answer):
            buttons.append(chart_button(self._chart_words))
        named = sum(block.role == "source" for block in shown)
        if len(self._knowledge.sources_behind(answer.thread)) > named:
            buttons.append(Button(words.button_sources, SOURCES))
        if not in_group and any(figure.fact for figure in answer.figures):
            buttons.append(Button(words.button_wrong, WRONG))
        return buttons


def _offers(suggestions: tuple[Suggestion, ...]) -> Offers | None:
    questions = tuple(suggestion.question for suggestion in suggestions)
    return Offers("ask", questions) if questions else None
