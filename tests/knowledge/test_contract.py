"""The JSON that scripts read: its keys, its types, and that it can be written at all."""

from __future__ import annotations

import json

import pytest

from knowledge import Knowledge, answer_to_json

from .asking import ask, said

KEYS = {"kind", "text", "figures", "related", "claims", "query", "choices", "ignored", "confidence"}
FIGURE = {
    "fact",
    "metric",
    "value",
    "low",
    "high",
    "qualifier",
    "unit",
    "actor",
    "place",
    "start",
    "end",
    "as_of",
    "source",
}
SOURCE = {"id", "title", "publisher", "url", "published"}
QUESTIONS = [
    "air strikes in Syria on 10 June 2017",
    "strikes in Syria",
    "strikes in Yemen",
    "strikes in Syria in June 2017",
    "hello",
    "compare strikes in Syria and Iraq on 10 June 2017",
    "when did the battle of Mosul begin",
    "what is a strike",
    "strikes in Syria on 10/06/2017",
    "were there 50 strikes in Syria on 10 June 2017?",
    "civilian deaths",
    "",
    "what was hit near Mosul on 10 June 2017",
    "where did the coalition strike on 10 June 2017",
    "source?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_has_every_key_and_is_json(knowledge: Knowledge, question: str) -> None:
    shown = answer_to_json(ask(knowledge, question))
    assert set(shown) == KEYS
    assert json.loads(json.dumps(shown)) == shown
    assert shown["text"].strip()
    assert 0 <= shown["confidence"] <= 1
    for figure in [*shown["figures"], *shown["related"]]:
        assert set(figure) >= FIGURE
        assert set(figure["source"]) == SOURCE
        assert figure["source"]["url"].startswith("https://")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_refusal_a_choice_and_small_talk_assert_nothing(knowledge: Knowledge, question: str) -> None:
    shown = answer_to_json(ask(knowledge, question))
    assert not (shown["kind"] in ("unknown", "choice", "smalltalk", "text") and shown["figures"])


def test_the_headline_comes_first(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "strikes in Syria")
    headline = answer_to_json(answer)["figures"][0]["value"]
    assert headline > 3266
    assert said(answer).startswith(f"{headline:,}")


def test_a_range_has_its_ends_and_no_value(knowledge: Knowledge) -> None:
    (figure,) = answer_to_json(ask(knowledge, "civilian deaths according to Airwars"))["figures"]
    assert (figure["value"], figure["low"], figure["high"]) == (None, 8106, 12980)


def test_money_is_in_the_base_unit(knowledge: Knowledge) -> None:
    (figure,) = answer_to_json(ask(knowledge, "cost of the operation by 31 July 2016"))["figures"]
    assert (figure["value"], figure["unit"]) == (8_700_000_000, "USD")


def test_counts_of_targets_name_the_target(knowledge: Knowledge) -> None:
    (figure,) = answer_to_json(ask(knowledge, "how many oil tanks were destroyed in Syria on 10 June 2017"))[
        "figures"
    ]
    assert (figure["metric"], figure["value"]) == ("targets:oil-tanks", 23)


def test_a_worked_out_total_is_no_fact_and_names_its_sources(knowledge: Knowledge) -> None:
    (figure,) = answer_to_json(ask(knowledge, "strikes in Syria in June 2017"))["figures"]
    assert figure["fact"] is None
    assert len(figure["sources"]) == 13


def test_the_query_says_what_was_understood(knowledge: Knowledge) -> None:
    query = answer_to_json(ask(knowledge, "strikes near Mosul on 10 June 2017"))["query"]
    assert (query["metric"], query["place"], query["start"], query["end"]) == (
        "strikes",
        "mosul",
        "2017-06-10",
        "2017-06-10",
    )
