"""Right-to-left and mixed text come out in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.directions import isolated
from bot.simulator import BotApiServer, Person
from knowledge import Block, Span, render_plain
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered

FSI, PDI, LRM = "\u2068", "\u2069", "\u200e"


def line(text: str) -> str:
    return render_plain(isolated((Block("headline", (Span(text),)),)))


def test_a_quoted_arabic_word_is_isolated_from_what_stands_around_it() -> None:
    assert line("I do not know the word “سوريا”.") == f"I do not know the word “{FSI}سوريا{PDI}”."


def test_several_words_and_their_numbers_are_one_run() -> None:
    assert line("“كم عدد 27 الضربات”?") == f"“{FSI}كم عدد 27 الضربات{PDI}”?"


def test_a_line_that_begins_from_the_right_still_runs_as_ours_do() -> None:
    assert line("سوريا is not known.") == f"{LRM}{FSI}سوريا{PDI} is not known."


def test_an_override_that_somebody_wrote_is_taken_out() -> None:
    assert line("a \u202eb\u202c c") == "a b c"


def test_other_text_stays_as_it_is() -> None:
    text = (Block("headline", (Span("27 strikes", bold=True), Span(" in Syria"))), Block("source", ()))
    assert isolated(text) == text


@given(st.text(alphabet="ab .27سورياשלום\u202e\u2067\u2069", max_size=30))
def test_whatever_is_isolated_is_closed_again_and_loses_no_letter(text: str) -> None:
    shown = line(text)
    depth = 0
    for character in shown:
        depth += {FSI: 1, PDI: -1}.get(character, 0)
        assert depth in (0, 1)
    assert depth == 0
    letters = [c for c in text if c not in "\u202e\u2067\u2069"]
    assert [c for c in shown if c not in FSI + PDI + LRM] == letters


async def test_an_arabic_question_is_answered_with_its_words_in_order(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says("strikes in سوريا on 10 June 2017")
    [answer] = await answered(server, person, 1)
    if "سوريا" in answer["text"]:
        assert f"{FSI}سوريا{PDI}" in answer["text"]
