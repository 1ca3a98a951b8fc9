"""An edited question changes its answer, and nothing else."""

from __future__ import annotations

import pytest

from bot.simulator import USERNAME, BotApiServer, Fault, Group, Person
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, calls_to, edited

QUESTION = "strikes in Syria on June 10th, 2017?"
OTHER = QUESTION.replace("Syria", "Iraq")


async def test_an_edited_question_in_a_group_changes_its_answer(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says(f"@{USERNAME} {QUESTION}", group)
    await answered(server, group, 1)
    person.edits(question, f"@{USERNAME} {OTHER}")
    await edited(server, 1)
    [answer] = group.answers()
    assert answer["text"].startswith("7 strikes")


async def test_an_edited_follow_up_is_read_as_it_was_asked(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    follow_up = person.says("and engagements?")
    await answered(server, person, 2)
    person.edits(follow_up, "and in Iraq?")
    await edited(server, 1)
    assert person.answers()[1]["text"].startswith("7 strikes in Iraq")


async def test_a_conversation_goes_on_from_its_last_question_not_from_an_edited_one(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    first = person.says("engagements in Iraq on 23 August 2017?")
    person.says(QUESTION)
    await answered(server, person, 2)
    person.edits(first, "engagements in Syria on 23 August 2017?")
    await edited(server, 1)
    person.says("and in Iraq?")
    assert (await answered(server, person, 3))[2]["text"].startswith("7 strikes in Iraq")


async def test_an_edited_command_changes_what_it_was_answered(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says("/ask", group)
    await answered(server, group, 1)
    person.edits(question, f"/ask {QUESTION}")
    await edited(server, 1)
    assert [a["text"].split(" in ")[0] for a in group.answers()] == ["27 strikes"]


async def test_an_edit_before_the_answer_has_one_answer_to_the_last_text(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("held", chat=person.private.id))
    question = person.says(QUESTION)
    await server.until(lambda: bool(calls_to(server, person.private)))
    person.edits(question, OTHER)
    server.released.set()
    await edited(server, 1)
    assert [a["text"].split(" in ")[0] for a in person.answers()] == ["7 strikes"]


async def test_an_edit_after_a_restart_changes_the_answer(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says(f"/ask {QUESTION}", group)
    await answered(server, group, 1)
    await bot.end()
    bot.start()
    person.edits(question, f"/ask {OTHER}")
    await edited(server, 1)
    assert group.answers()[0]["text"].startswith("7 strikes")


async def test_an_edit_whose_answer_was_deleted_is_let_be(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    await bot.settled()
    del group.chat.messages[answer["message_id"]]
    person.edits(question, f"/ask {OTHER}")
    await edited(server, 1)
    await bot.end()
    assert group.answers() == []
    assert bot.waiting() == 0


async def test_an_edited_question_is_counted_once(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    question = person.says(QUESTION)
    await answered(server, person, 1)
    person.edits(question, OTHER)
    await edited(server, 1)
    person.says("/stats")
    assert "Asked: 1\n" in (await answered(server, person, 2))[1]["text"]


@pytest.mark.parametrize("text", ["nice weather", "/ask@other_bot"])
async def test_a_question_that_becomes_something_else_keeps_its_answer(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says(f"/ask {QUESTION}", group)
    [answer] = await answered(server, group, 1)
    before = dict(answer)
    person.edits(question, text)
    await bot.settled()
    assert group.answers() == [before]


async def test_an_edit_in_a_group_that_moved_is_answered_where_it_moved_to(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk", kind="group"), Person(server)
    question = person.says(f"/ask {QUESTION}", group)
    await answered(server, group, 1)
    await bot.settled()
    new = group.becomes_supergroup(announced=False)
    person.edits(question, f"/ask {OTHER}")
    assert (await answered(server, new, 1))[0]["text"].startswith("7 strikes")
