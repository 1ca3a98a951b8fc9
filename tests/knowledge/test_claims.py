"""Pasted texts: which claims are found in them, and the verdict on each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Answer, Knowledge
from tests.knowledge.asking import ask, said, values

VERDICTS = {"S": "supported", "C": "contradicted", "N": "not on record"}
TEXTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "texts_to_check.yaml").read_text(encoding="utf-8")
)


def verdicts(answer: Answer) -> list[tuple[object, str]]:
    """Each claim's number with its verdict, in the order of the text."""
    return [(claim.value, claim.verdict) for claim in answer.claims]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["text"][:60])
def test_every_claim_of_a_text_and_nothing_else_is_judged(knowledge: Knowledge, case: dict[str, Any]) -> None:
    answer = ask(knowledge, case["text"])
    assert answer.kind == "claims"
    assert verdicts(answer) == [(value, VERDICTS[letter]) for value, letter in case["claims"]]


PASTED = 'Is this right? "On 10 June 2017 the coalition made 27 strikes in Syria and 8 in Iraq."'


def test_a_summary_leads_and_the_contradicted_claim_comes_first(knowledge: Knowledge) -> None:
    lines = said(ask(knowledge, PASTED)).splitlines()
    assert lines[0] == "1 supported, 1 contradicted"
    assert "“8” is contradicted" in lines[1]
    assert "7 strikes in Iraq" in lines[1]
    assert "https://" in lines[1]


def test_figures_hold_what_the_claims_were_checked_against_never_the_wrong_number(
    knowledge: Knowledge,
) -> None:
    answer = ask(knowledge, PASTED)
    assert set(values(answer.figures)) == {27, 7}
    assert all(figure.source.url for figure in answer.figures)


def test_a_claim_is_quoted_as_written_and_valued_in_full(knowledge: Knowledge) -> None:
    answer = ask(knowledge, 'Verify: "Up to 31 July 2016 the operation had cost $8.7 billion."')
    assert [(c.value, c.quoted) for c in answer.claims] == [(8_700_000_000, "$8.7 billion")]


def test_the_coalitions_number_under_one_nations_name_is_related_only(knowledge: Knowledge) -> None:
    answer = ask(knowledge, 'Verify: "Danish jets made 27 strikes in Syria on 10 June 2017."')
    assert answer.claims[0].verdict == "not on record"
    assert answer.figures == ()
    assert (27, "Coalition") in [(f.value, f.actor) for f in answer.related]


def test_the_conversation_goes_on_from_what_a_pasted_text_claims(knowledge: Knowledge) -> None:
    follow_up = ask(knowledge, "how many strikes in Iraq on 20 July 2017?", PASTED, "and in Syria?")
    assert values(follow_up.figures) == [27]


@pytest.mark.parametrize(
    "question",
    [
        "how many strikes in Syria on 10 June 2017?",
        "Why did the coalition carry out 50 strikes in Syria on 10 June 2017?",
        "were there 27 strikes in Syria and 7 in Iraq on 10 June 2017?",
        "How many strikes in Syria on 10 June 2017? And how many engagements in Iraq on 6 July 2017?",
        "strikes in Syria from 10 to 20 July 2017",
        "is it true that there were 27 strikes in Syria on 10 June 2017?",
    ],
)
def test_a_question_is_no_pasted_text(knowledge: Knowledge, question: str) -> None:
    assert ask(knowledge, question).kind != "claims"


def test_a_long_text_words_ten_claims_and_counts_the_rest(knowledge: Knowledge) -> None:
    days = "\n".join(f"On {day} July 2017 the coalition made 22 strikes in Syria." for day in range(1, 15))
    answer = ask(knowledge, "Check this.\n" + days)
    assert len(answer.claims) == 14
    assert said(answer).count("•") == 10
    assert "And 4 more." in said(answer)


def test_a_checked_text_without_figures_says_so(knowledge: Knowledge) -> None:
    answer = knowledge.check("Nothing to see here.")
    assert (answer.kind, answer.claims, answer.figures) == ("claims", (), ())
    assert "no figure" in said(answer)


def test_a_statement_of_one_article_alone_is_said_to_be_that(knowledge: Knowledge) -> None:
    answer = knowledge.check(
        "ISIS is active in Qatar, Yemen, Indonesia and the Philippines, where it has strongholds."
    )
    assert [(c.value, c.verdict, c.reason) for c in answer.claims] == [
        (None, "not on record", "not on record beyond this article")
    ]


def test_the_number_with_its_words_opposite_is_said_to_be_that(knowledge: Knowledge) -> None:
    answer = knowledge.check("By 27 July 2016 fewer than 14,000 strikes had been made in Iraq and Syria.")
    assert answer.claims[0].reason == "opposite qualifier"


def test_a_day_counts_from_the_texts_own_date_whatever_the_day_of_asking(knowledge: Knowledge) -> None:
    text = "MOSUL, July 21, 2017 - The coalition made 20 strikes in Syria yesterday and 8 in Iraq."
    assert verdicts(ask(knowledge, text)) == [(20, "supported"), (8, "supported")]


def test_a_text_of_event_dates_alone_is_checked(knowledge: Knowledge) -> None:
    answer = ask(
        knowledge,
        "The battle for Mosul began on 17 October 2016. On 9 August 2017 the prime minister declared"
        " victory in Mosul.",
    )
    assert [(c.date, c.verdict) for c in answer.claims] == [
        ("2016-10-17", "supported"),
        ("2017-08-09", "contradicted"),
    ]
    assert "17 October 2016" in said(answer)
    assert all(figure.metric == "event" for figure in answer.figures)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("On 10 June 2017 the coalition made 17 strikes in Syria.", "wrong place"),
        ("On 10 June 2017 the coalition made 35 strikes in Syria.", "wrong metric"),
        ("On 6 July 2017 the coalition made 27 strikes in Syria.", "wrong date"),
        ("In June 2017 the coalition made 27 strikes in Syria.", "other scope"),
        ("On 10 June 2017 U.S. forces made 27 strikes in Syria.", "wrong actor"),
        ("About 26 strikes hit Syria on 10 June 2017.", "rounded within its own words"),
        (
            "Nearly 1,400 civilians had been killed by the coalition by 31 August 2019.",
            "rounded within its own words; disputed by another source",
        ),
        (
            "The coalition had killed at least 1,335 civilians by 31 August 2019.",
            "disputed by another source",
        ),
        ("On 10 June 2017 the coalition made 20 more strikes in Syria than in Iraq.", "worked out"),
    ],
)
def test_a_verdict_has_a_finer_reason_that_is_put_in_words(
    knowledge: Knowledge, text: str, reason: str
) -> None:
    answer = knowledge.check(text)
    assert [claim.reason for claim in answer.claims] == [reason]
    assert len(said(answer).splitlines()[1]) > 60


def test_sources_that_disagree_are_both_told(knowledge: Knowledge) -> None:
    answer = knowledge.check("The coalition had killed at least 1,335 civilians by 31 August 2019.")
    row = said(answer).splitlines()[1]
    assert "1,335" in row
    assert "8,106" in row
    assert "Airwars" in row


@pytest.mark.parametrize(
    "text",
    [
        "She is 27, he is 35, and they live at 7 Syria Street.",
        "The talks on Syria opened at 10:27 in room 35.",
        "The coalition planned 27 strikes in Syria for 10 June 2017.",
        "The Taliban lost 27 fighters in Helmand on 10 June 2017.",
        "Three in four of them were near Mosul on 6 July 2017.",
        "The strikes in Syria of 10 June 2017 were told of by Lieutenant Amy Carter, 27.",
        "Ziad Haddad (27) saw the strikes in Syria on 10 June 2017.",
        "A mother of seven told of the strikes in Iraq on 10 June 2017.",
        "Strikes in Syria on 10 June 2017: phone +44 20 7946 0958, or dial 27.",
    ],
)
def test_what_claims_nothing_gets_no_verdict(knowledge: Knowledge, text: str) -> None:
    assert knowledge.check(text).claims == ()


def test_a_date_more_exact_than_the_records_is_not_borne_out(knowledge: Knowledge) -> None:
    answer = knowledge.check("Al Bab was retaken from ISIS by the SDF on 3 February 2017.")
    assert all(claim.verdict != "supported" for claim in answer.claims)


def test_a_total_that_contradicts_says_what_it_was_added_up_from(knowledge: Knowledge) -> None:
    answer = knowledge.check("In June 2017 the coalition made 27 strikes in Syria.")
    assert re.search(r"added up from \d+ reports on record", said(answer))


def test_a_claim_is_quoted_with_the_words_that_qualify_it(knowledge: Knowledge) -> None:
    answer = knowledge.check("At most 1,335 civilians had been killed by the coalition by 31 August 2019.")
    assert answer.claims[0].quoted == "At most 1,335 civilians"


def test_an_age_is_no_claim_and_a_subject_is_no_payer(knowledge: Knowledge) -> None:
    text = (
        "The coalition had carried out more than 14,000 strikes in Iraq and Syria by 27 July 2016."
        " The operation had cost $8.7 billion by 31 July 2016, about $12.1 million a day."
        " The author, 43, lives in Erbil."
    )
    verdicts = {claim.quoted: claim.verdict for claim in knowledge.check(text).claims}
    assert verdicts == dict.fromkeys(
        ("more than 14,000 strikes", "$8.7 billion", "about $12.1 million a day"), "supported"
    )
