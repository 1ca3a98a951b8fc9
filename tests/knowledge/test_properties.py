"""What holds for any text, any date and any slots."""

from __future__ import annotations

import json
import sqlite3
import string
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import (
    Answer,
    Block,
    Knowledge,
    Span,
    Thread,
    answer_to_json,
    render_html,
    thread_from_json,
    thread_to_json,
)
from knowledge.models import Figure
from knowledge.store import Store

from .asking import NOW, ask, asserted, values
from .test_wording import parsed

BOUNDED = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Words of the field in any order come much nearer to a question than random letters do.
WORDS = [
    "how",
    "many",
    "strikes",
    "engagements",
    "weapons",
    "sorties",
    "in",
    "near",
    "by",
    "on",
    "of",
    "the",
    "Syria",
    "Iraq",
    "Raqqa",
    "Mosul",
    "Yemen",
    "Russia",
    "French",
    "coalition",
    "U.S.",
    "10",
    "June",
    "2017",
    "27",
    "7",
    "last",
    "week",
    "since",
    "by",
    "not",
    "and",
    "vs",
    "compare",
    "source?",
    "ISIS",
    "civilians",
    "killed",
    "day",
    "before",
    "month",
    "total",
    "why",
    "10/06/2017",
    "2016",
    "most",
    "average",
    "destroyed",
    "tanks",
    ",",
    ".",
    "?",
    "-",
    "'",
    "when",
    "did",
    "begin",
    "release",
    "according",
    "to",
    "Airwars",
    "zorblax",
    "the",
    "both",
]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
DAYS = st.dates(date(2014, 8, 8), date(2019, 9, 1))
METRICS = st.sampled_from(["strikes", "engagements"])
PLACES = st.sampled_from(["Syria", "Iraq", "Raqqa", "Mosul", "Tal Afar", "Bayji"])


def on_record(figure: Figure, store: Store) -> bool:
    """Whether a figure is a fact's, or an event's (which has no value)."""
    fact = store.fact(figure.fact or "")
    if fact is None:
        return figure.value is None and figure.metric == "event"
    return (fact.value, fact.low, fact.high, fact.source) == (
        figure.value,
        figure.low,
        figure.high,
        figure.source,
    )


def contents(answer: Answer) -> str:
    return json.dumps(answer_to_json(answer), sort_keys=True)


@BOUNDED
@given(TEXTS)
def test_any_text_gets_an_answer_with_words(knowledge: Knowledge, text: str) -> None:
    shown = answer_to_json(knowledge.ask(text, now=NOW))
    assert shown["text"].strip()
    assert len(shown["choices"]) <= 4


@BOUNDED
@given(st.lists(TEXTS, min_size=2, max_size=3))
def test_any_conversation_gets_answers_and_its_thread_survives_as_json(
    knowledge: Knowledge, turns: list[str]
) -> None:
    thread = Thread()
    for text in turns:
        thread = knowledge.ask(text, now=NOW, thread=thread).thread
        assert thread_from_json(thread_to_json(thread)) == thread


@BOUNDED
@given(TEXTS)
def test_every_asserted_figure_is_on_record_or_worked_out_from_named_sources(
    knowledge: Knowledge, store: Store, text: str
) -> None:
    answer = knowledge.ask(text, now=NOW)
    for figure in (*answer.figures, *answer.related):
        assert on_record(figure, store) or (figure.fact is None and figure.sources)
        assert figure.source.url


@BOUNDED
@given(METRICS, st.sampled_from(["Syria", "Iraq"]), DAYS, st.integers(1, 120))
def test_a_total_equals_the_sum_of_its_days_reports(
    knowledge: Knowledge, store: Store, metric: str, country: str, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    answer = ask(knowledge, f"{metric} in {country} from {first} to {last}")
    if answer.kind != "total":
        return
    facts = store.within(metric, country.lower(), "coalition", first, last)
    reports = [fact for fact in facts if store.vocabulary.series[fact.series].addable]
    assert values(answer.figures) == [sum(fact.value or 0 for fact in reports)]


@BOUNDED
@given(METRICS, PLACES, DAYS)
def test_a_days_figure_is_the_records_of_just_that_day(
    knowledge: Knowledge, store: Store, metric: str, place: str, day: date
) -> None:
    identifier = next(p.id for p in store.vocabulary.places.values() if p.name == place)
    facts = store.within(metric, identifier, "coalition", day, day)
    assert asserted(knowledge, f"{metric} in {place} on {day}") == [fact.value for fact in facts]


@BOUNDED
@given(TEXTS, DAYS)
def test_the_same_question_gets_the_same_bytes(knowledge: Knowledge, text: str, now: date) -> None:
    assert contents(knowledge.ask(text, now=now)) == contents(knowledge.ask(text, now=now))


@BOUNDED
@given(st.permutations(range(4)))
def test_the_order_of_unrelated_conversations_changes_nothing(knowledge: Knowledge, order: list[int]) -> None:
    conversations = [
        ("air strikes in Syria on 10 June 2017", "and in Iraq?"),
        ("engagements in Iraq by 31 March 2017", "source?"),
        ("strikes near Mosel on 27 June 2017", "the day before?"),
        ("strikes in Yemen", "and in Syria?"),
    ]
    alone = [contents(ask(knowledge, *turns)) for turns in conversations]
    threads = {index: knowledge.ask(conversations[index][0], now=NOW).thread for index in order}
    for index in reversed(order):
        answer = knowledge.ask(conversations[index][1], now=NOW, thread=threads[index])
        assert contents(answer) == alone[index]


def aliases(record: Path, place: str) -> list[str]:
    with closing(sqlite3.connect(record)) as database:
        return [
            row[0]
            for row in database.execute("select alias from names where kind = 'place' and id = ?", [place])
        ]


@pytest.mark.parametrize(
    ("place", "figure"),
    [
        ("raqqa", 17),
        ("dayr-az-zawr", 8),
        ("abu-kamal", 2),
        ("bayji", 2),
        ("mosul", 3),
        ("tal-afar", 1),
        ("kisik", 1),
    ],
)
def test_every_alias_of_a_place_gives_the_same_figure(
    knowledge: Knowledge, built_record: Path, place: str, figure: int
) -> None:
    given_names = aliases(built_record, place)
    assert len(given_names) > 3
    answers = {alias: asserted(knowledge, f"strikes near {alias} on 10 June 2017") for alias in given_names}
    assert {alias: found for alias, found in answers.items() if found != [figure]} == {}


GOOD = {"metric": "strikes", "actor": "coalition", "place": "Syria", "day": "10 June 2017"}
OFF_RECORD = {
    "metric": ["sorties", "weapons released", "civilian deaths", "zorblax", "artillery rounds"],
    "actor": ["Russian", "French", "Turkish", "U.S.", "Israeli", "Zorblaxian"],
    "place": ["Yemen", "Iran", "Gaza", "Aleppo", "Qamishli", "Zorblaxia", "Jordan"],
    "day": ["11 June 2017", "10 June 2016", "10 June 1991", "30 February 2017", "10 June 2031"],
}


@pytest.mark.parametrize(
    ("slot", "other"), [(slot, other) for slot, others in OFF_RECORD.items() for other in others]
)
def test_changing_one_slot_to_what_is_not_on_record_removes_the_figures(
    knowledge: Knowledge, slot: str, other: str
) -> None:
    question = "{actor} {metric} in {place} on {day}"
    assert asserted(knowledge, question.format(**GOOD)) == [27]
    assert asserted(knowledge, question.format(**{**GOOD, slot: other})) == []


@BOUNDED
@given(st.text(alphabet=string.ascii_lowercase, min_size=9, max_size=14))
def test_a_made_up_place_gets_no_figure(knowledge: Knowledge, name: str) -> None:
    assert asserted(knowledge, f"coalition strikes in X{name}q on 10 June 2017") == []


@BOUNDED
@given(
    st.text(max_size=60), st.text(max_size=60), st.booleans(), st.sampled_from(["headline", "item", "aside"])
)
def test_any_text_makes_sound_html(text: str, url: str, bold: bool, role: str) -> None:
    block = Block(role, (Span(text, bold=bold), Span("link", url=url or None)))  # type: ignore[arg-type]  # one of its roles
    tags = parsed(render_html((block,)))
    assert set(tags.seen) <= {"b", "a", "blockquote"}


@BOUNDED
@given(TEXTS)
def test_the_html_of_any_answer_is_sound(knowledge: Knowledge, text: str) -> None:
    tags = parsed(render_html(knowledge.ask(text, now=NOW).text))
    assert set(tags.seen) <= {"b", "a", "blockquote"}
