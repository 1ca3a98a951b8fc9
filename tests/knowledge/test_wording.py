"""Words, numbers and dates as people read them, and markup that never breaks."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from knowledge import Block, Knowledge, Period, Span, render_html, render_plain
from knowledge.wording import day_text, iso_text, number, period_text

from .asking import ask, said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (7, "7"),
        (1335, "1,335"),
        (34573, "34,573"),
        (110_000, "110,000"),
        (7_700_000, "7.7 million"),
        (8_700_000_000, "8.7 billion"),
        (5_530_000_000, "5.53 billion"),
        (1_234_567, "1,234,567"),
        (25.7, "25.7"),
    ],
)
def test_a_number_is_written_as_people_read_it(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("iso", "words"), [("2017-06-10", "10 June 2017"), ("2017-06", "June 2017"), ("2017", "2017")]
)
def test_a_date_is_written_no_more_exactly_than_it_is_known(iso: str, words: str) -> None:
    assert iso_text(iso) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 6, 10), date(2017, 6, 10), "10 June 2017"),
        (date(2017, 6, 1), date(2017, 6, 30), "June 2017"),
        (date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        (date(2017, 2, 1), date(2017, 2, 27), "1 to 27 February 2017"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2017, 6, 30), date(2017, 7, 1), "30 June 2017 to 1 July 2017"),
    ],
)
def test_a_period_has_the_shortest_name_that_is_true(first: date, last: date, words: str) -> None:
    assert period_text(Period(first, last)) == words


def test_a_day_is_written_out() -> None:
    assert day_text(date(2017, 6, 9)) == "9 June 2017"


def test_one_is_singular(knowledge: Knowledge) -> None:
    text = said(ask(knowledge, "strikes near Kisik on 10 June 2017"))
    assert "1 strike " in text
    assert "1 strikes" not in text


def test_a_city_is_near_and_a_country_is_in(knowledge: Knowledge) -> None:
    assert "near Raqqa" in said(ask(knowledge, "strikes near Raqqa on 10 June 2017"))
    assert "in Syria" in said(ask(knowledge, "air strikes in Syria on 10 June 2017"))


def test_links_are_written_out_in_plain_text() -> None:
    block = Block("source", (Span("Source: "), Span("the report", url="https://example.org/?a=1&b=2")))
    assert render_plain((block,)) == "Source: the report (https://example.org/?a=1&b=2)"


def test_list_rows_are_marked() -> None:
    assert render_plain((Block("item", (Span("Mosul: 3"),)),)) == "• Mosul: 3"


class Tags(HTMLParser):
    """Notes tags, text and links; `open` holds what was not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(markup: str) -> Tags:
    tags = Tags()
    tags.feed(markup)
    tags.close()
    assert tags.open == []
    return tags


@pytest.mark.parametrize(
    "text", ["<b>", "a & b", "</a>", "1 < 2 > 0", "&lt;", '"quoted"', "<script>alert(1)</script>"]
)
def test_text_is_never_taken_for_markup(text: str) -> None:
    tags = parsed(render_html((Block("body", (Span(text),)),)))
    assert tags.seen == []
    assert tags.text == text


def test_a_link_may_hold_any_character() -> None:
    url = 'https://example.org/?a=1&b="2"<3>'
    assert parsed(render_html((Block("source", (Span("here", url=url),)),))).links == [url]


def test_asides_fold_into_one_quote() -> None:
    text = (
        Block("headline", (Span("27", bold=True),)),
        Block("aside", (Span("one"),)),
        Block("aside", (Span("two"),)),
    )
    assert parsed(render_html(text)).seen == ["b", "blockquote"]


@pytest.mark.parametrize(
    "question",
    [
        "strikes in Syria",
        'strikes in <b>Yemen</b> & "Mars"',
        "what was hit near Raqqa on 27 June 2017",
        "hello",
        "<",
    ],
)
def test_an_answer_in_html_says_what_it_says_plainly(knowledge: Knowledge, question: str) -> None:
    answer = ask(knowledge, question)
    words = parsed(render_html(answer.text)).text
    assert all(span.text in words for block in answer.text for span in block.spans)
