"""Buttons under an answer, only where they help: what leads on, its sources, and "wrong?"."""

from __future__ import annotations

from datetime import date

from bot.choices import MOST, Offers
from bot.keyboards import Button, Keyboard, in_rows
from bot.words import Words
from knowledge import Answer, Knowledge, RichText, Suggestion

SOURCES, WRONG = "sources", "wrong"
#: Suggestions are complete questions that count from no day; any day will do to try them.
_ANY_DAY = date(2020, 1, 1)


def follow_ups(
    knowledge: Knowledge, answer: Answer, shown: RichText, words: Words, *, in_group: bool
) -> tuple[Offers | None, Keyboard]:
    """The questions that buttons under an answer ask, and the buttons, at most four.

    `shown` is the answer as it is sent. In a group, where a button is one more thing for everybody to
    look at, only the sources are offered, and where the message has no room for them.
    """
    if not answer.figures:
        return None, ()
    suggestions = () if in_group else knowledge.suggestions(answer, now=_ANY_DAY)
    last = _about_the_figures(knowledge, answer, shown, words, in_group=in_group)
    # Another button (a chart, a watch) goes to the front of `last`: what leads on gives way to it.
    suggestions = suggestions[: MOST - len(last)]
    asked = [Button(s.label, f"ask:{number}") for number, s in enumerate(suggestions)]
    return _offers(suggestions), in_rows([*asked, *last])


def _about_the_figures(
    knowledge: Knowledge, answer: Answer, shown: RichText, words: Words, *, in_group: bool
) -> list[Button]:
    buttons = []
    named = sum(block.role == "source" for block in shown)
    if len(knowledge.sources_behind(answer.thread)) > named:
        buttons.append(Button(words.button_sources, SOURCES))
    if not in_group and any(figure.fact for figure in answer.figures):
        buttons.append(Button(words.button_wrong, WRONG))
    return buttons


def _offers(suggestions: tuple[Suggestion, ...]) -> Offers | None:
    questions = tuple(suggestion.question for suggestion in suggestions)
    return Offers("ask", questions) if questions else None
