"""The same question again in a group points at the answer above instead of posting it again."""

from __future__ import annotations

import pytest

from bot.repeats import SHORT_TIME
from bot.simulator import USERNAME, BotApiServer, Group, Person
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, edited

QUESTION = "strikes in Syria on June 10th, 2017?"


@pytest.mark.parametrize("again", [f"/ask {QUESTION}", f"@{USERNAME} STRIKES in Syria, on June 10th 2017"])
async def test_the_same_question_points_at_the_answer_above(
    server: BotApiServer, bot: RunningBot, again: str
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    await answered(server, group, 1)
    ben.says(again, group)
    answer, pointer = await answered(server, group, 2)
    assert pointer["reply_to_message"]["message_id"] == answer["message_id"]
    assert "Answered a moment ago" in pointer["text"]
    assert "27" not in pointer["text"]


async def test_whoever_was_pointed_at_an_answer_goes_on_from_it(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    for person in (ann, ben):
        person.says(f"/ask {QUESTION}", group)
    pointer = (await answered(server, group, 2))[1]
    await bot.settled()
    ben.says("/ask and in Iraq?", group)
    assert (await answered(server, group, 3))[2]["text"].startswith("7 strikes")
    ann.says("and engagements?", group, reply_to=pointer)
    assert "engagements in Syria" in (await answered(server, group, 4))[3]["text"]


async def test_an_answer_that_was_deleted_is_given_anew(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    await bot.settled()
    del group.chat.messages[answer["message_id"]]
    person.says(f"/ask {QUESTION}", group)
    [again] = await answered(server, group, 1)
    assert again["text"].startswith("27 strikes")


async def test_after_a_while_an_answer_is_given_anew(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    later = answer["date"] + SHORT_TIME + 5
    person.says(f"/ask {QUESTION}", group, date=later)
    person.says(f"/ask {QUESTION}", group, date=later + 1)
    _, again, pointer = await answered(server, group, 3)
    assert again["text"].startswith("27 strikes")
    assert pointer["reply_to_message"]["message_id"] == again["message_id"]


async def test_a_follow_up_is_no_repeated_question(server: BotApiServer, bot: RunningBot) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    ben.says(f"/ask {QUESTION.replace('10th', '13th')}", group)
    await answered(server, group, 2)
    for person in (ann, ben, ann):
        person.says("/ask and in Iraq?", group)
    answers = (await answered(server, group, 5))[2:]
    assert all("strikes in Iraq" in answer["text"] for answer in answers)


@pytest.mark.parametrize("text", ["strikes in Yemen", "strikes in Raqqa", "hello"])
async def test_what_is_short_anyway_is_said_again(server: BotApiServer, bot: RunningBot, text: str) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    for person in (ann, ben):
        person.says(f"/ask {text}", group)
        await bot.settled()
    first, second = await answered(server, group, 2)
    assert first["text"] == second["text"]


async def test_private_chats_and_other_topics_have_their_own_answers(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk", forum=True), Person(server)
    news, other = group.topic("News"), group.topic("Other")
    for topic in (news, other):
        person.says(f"/ask {QUESTION}", group, topic=topic)
    for _ in range(2):
        person.says(QUESTION)
    for answer in (*await answered(server, group, 2), *await answered(server, person, 2)):
        assert answer["text"].startswith("27 strikes")


async def test_editing_a_repeated_question_changes_the_pointer_only(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    await answered(server, group, 1)
    repeated = ben.says(f"/ask {QUESTION}", group)
    await answered(server, group, 2)
    ben.edits(repeated, f"/ask {QUESTION.replace('Syria', 'Iraq')}")
    await edited(server, 1)
    assert [a["text"].split(" in ")[0] for a in group.answers()] == ["27 strikes", "7 strikes"]
