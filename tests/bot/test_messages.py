"""Rich text is made to fit: what is given up first, and that it is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import GROUP_LIMIT, PRIVATE_LIMIT, fit, one_line, paragraphs, utf16_length, visible_length
from bot.simulator.markup import parse_html
from bot.words import load_words
from knowledge import Block, Knowledge, RichText, Span, render_html, render_plain

WORDS = load_words()
HEAD = Block("headline", (Span("27 strikes", bold=True), Span(" in Syria")))
SOURCE = Block("source", (Span("Source: "), Span("A release", url="https://example.org/a?b=1&c=2")))


def items(count: int, length: int = 60) -> RichText:
    return tuple(Block("item", (Span(f"{n} ".ljust(length, "x")),)) for n in range(count))


def shown(text: RichText) -> str:
    """What Telegram would show of it."""
    return parse_html(render_html(text))[0]


def test_a_short_text_stays_as_it_is() -> None:
    text = (HEAD, SOURCE, Block("aside", (Span("a caveat"),)))
    assert fit(text, GROUP_LIMIT, WORDS) == text


def test_asides_go_first() -> None:
    text = (HEAD, *items(3), SOURCE, Block("aside", (Span("x" * 900),)))
    assert fit(text, GROUP_LIMIT, WORDS) == text[:-1]


def test_items_go_whole_from_the_end_and_it_is_said_how_many() -> None:
    fitted = fit((HEAD, *items(40), SOURCE), GROUP_LIMIT, WORDS)
    kept = [block for block in fitted if block.role == "item"]
    assert kept == list(items(40)[: len(kept)])
    assert f"({40 - len(kept)} more not shown here)" in shown(fitted)
    assert fitted[-1] == SOURCE


def test_one_source_stays_whatever_goes() -> None:
    text = (HEAD, *items(100), *[SOURCE] * 9)
    assert SOURCE in fit(text, 150, WORDS)


def test_a_single_endless_line_is_cut_and_marked() -> None:
    fitted = fit(paragraphs("y" * 9000), PRIVATE_LIMIT, WORDS)
    assert utf16_length(shown(fitted)) == PRIVATE_LIMIT
    assert shown(fitted).endswith("…")


def test_one_line_is_the_answer_itself() -> None:
    assert one_line((HEAD, SOURCE)) == (HEAD,)
    assert one_line((SOURCE,)) == (SOURCE,)


@pytest.mark.parametrize(("text", "length"), [("a", 1), ("😀", 2), ("é", 1), ("\ud800", 1)])
def test_length_is_counted_in_utf_16(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_length_is_counted_after_parsing() -> None:
    assert visible_length('<b>a &amp; b</b><a href="https://example.org/?a=1&amp;b">c</a>') == 6


def test_several_endless_lines_are_cut_too() -> None:
    text = (Block("headline", (Span("y" * 500), Span("z" * 500, url="https://e.org"))), SOURCE, SOURCE)
    assert utf16_length(shown(fit(text, 60, WORDS))) <= 60


blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from(["headline", "body", "item", "source", "aside"]),
        st.lists(
            st.builds(
                Span, st.text(max_size=80), st.booleans(), st.sampled_from([None, "https://e.org/?a&b"])
            ),
            max_size=3,
        ).map(tuple),
    ),
    min_size=1,
    max_size=12,
).map(tuple)


@given(blocks, st.sampled_from([60, GROUP_LIMIT, PRIVATE_LIMIT]))
def test_whatever_the_text_it_fits_and_telegram_can_read_it(text: RichText, limit: int) -> None:
    html = render_html(fit(text, limit, WORDS))
    visible, _ = parse_html(html)
    assert utf16_length(visible) <= visible_length(html) <= limit


QUESTIONS = (
    "strikes in Syria on June 10th, 2017?",
    "list every target hit in Iraq during June 2017",
    "places struck in Syria in June 2017, all of them",
    "total of strikes in Syria for June 2017",
    "define a sortie",
    "strikes in Atlantis",
    "compare strikes in Syria with strikes in Iraq, June 10th 2017",
    "good morning to you",
    "Syria, June 10th, 2017: 27 strikes and 99 engagements were carried out.",
    "deaths of civilians, every source",
    "<b>&amp;</b> strikes in [Syria](http://x) _on_ *June 10th 2017*",
    "🙂",
)


@pytest.mark.parametrize("limit", [GROUP_LIMIT, PRIVATE_LIMIT])
@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_of_every_kind_are_messages_that_telegram_takes(
    knowledge: Knowledge, question: str, limit: int
) -> None:
    answer = knowledge.ask(question, now=date(2020, 1, 1))
    visible, _ = parse_html(render_html(fit(answer.text, limit, WORDS)))
    assert 0 < utf16_length(visible) <= limit
    assert visible.split("\n")[0] in render_plain(answer.text)
