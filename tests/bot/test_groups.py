"""Groups and topics, over HTTP: when the bot speaks, to whom, and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.messages import GROUP_LIMIT
from bot.simulator import USERNAME, BotApiServer, Group, Person
from bot.simulator.markup import utf16_length
from knowledge import Answer, render_plain
from tests.bot.conftest import RunningBot

QUESTION = "strikes in Syria on June 10th, 2017?"


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        f"{QUESTION} asked sitrep_bot",
        f"@{USERNAME}2 {QUESTION}",
        f"@x{USERNAME} {QUESTION}",
        f"mail me@{USERNAME}.org: {QUESTION}",
        f"/ask@other_bot {QUESTION}",
        f"/ask@{USERNAME}2 {QUESTION}",
        f"/ask@other_bot @{USERNAME} {QUESTION}",
        "/unknown",
        "/start@other_bot",
    ],
)
async def test_an_unaddressed_message_gets_no_call_at_all(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    group = Group(server, "Talk")
    Person(server).says(text, group)
    await bot.settled()
    assert group.answers() == []
    assert [c for c in server.calls if c.parameters.get("chat_id") == str(group.chat.id)] == []


async def test_a_thousand_unaddressed_messages_get_no_reply(server: BotApiServer, bot: RunningBot) -> None:
    group, people = Group(server, "Talk"), [Person(server) for _ in range(5)]
    for number in range(1000):
        people[number % 5].says(f"{QUESTION} {number}", group)
    await bot.settled()
    assert group.answers() == []


@pytest.mark.parametrize(
    "text",
    [
        f"@{USERNAME} {QUESTION}",
        f"@{USERNAME.upper()}, {QUESTION}",
        f"{QUESTION} @{USERNAME}",
        f"🙂🙂 @{USERNAME} {QUESTION}",
        f"/ask {QUESTION}",
        f"/ask@{USERNAME} {QUESTION}",
        f"/ASK@{USERNAME.upper()}\n{QUESTION}",
    ],
)
async def test_an_addressed_question_gets_one_answer_in_reply(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    group = Group(server, "Talk")
    question = Person(server).says(text, group)
    await bot.settled()
    [answer] = group.answers()
    assert "27 strikes" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


async def test_a_mention_by_id_is_a_mention(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    entity = {"type": "text_mention", "offset": 0, "length": 6, "user": server.world.me}
    Person(server).says(f"Sitrep {QUESTION}", group, entities=[entity])
    await bot.settled()
    assert len(group.answers()) == 1


async def test_a_mention_in_a_caption_is_a_mention(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    caption = f"@{USERNAME} {QUESTION}"
    entity = {"type": "mention", "offset": 0, "length": len(USERNAME) + 1}
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    Person(server).says(None, group, photo=photo, caption=caption, caption_entities=[entity])
    await bot.settled()
    assert "27 strikes" in group.answers()[0]["text"]


async def test_a_forwarded_mention_is_not_for_the_bot(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    origin = {"type": "user", "date": 1_500_000_000, "sender_user": person.json}
    person.says(f"@{USERNAME} {QUESTION}", group, forward_origin=origin)
    await bot.settled()
    assert group.answers() == []


async def test_a_forwarded_command_is_not_for_the_bot(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    origin = {"type": "user", "date": 1_500_000_000, "sender_user": person.json}
    person.says(f"/ask@{USERNAME} {QUESTION}", group, forward_origin=origin)
    await bot.settled()
    assert group.answers() == []


async def test_another_bot_is_not_answered(server: BotApiServer, bot: RunningBot) -> None:
    group, robot = Group(server, "Talk"), Person(server)
    robot.json["is_bot"] = True
    robot.says(f"@{USERNAME} {QUESTION}", group)
    await bot.settled()
    assert group.answers() == []


async def test_a_sticker_in_reply_to_the_bot_gets_silence(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {QUESTION}", group)
    await bot.settled()
    sticker = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular"}
    sticker |= {"is_animated": False, "is_video": False}
    person.says(None, group, reply_to=group.answers()[0], sticker=sticker)
    await bot.settled()
    assert len(group.answers()) == 1


async def test_a_reply_to_an_answer_goes_on_from_it_whoever_replies(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    await bot.settled()
    ann.says("/ask what is a sortie?", group)
    await bot.settled()
    ben.says("and what of Iraq?", group, reply_to=group.answers()[0])
    await bot.settled()
    assert group.answers()[2]["text"].startswith("7 strikes")


async def test_two_people_in_a_group_never_share_a_thread(server: BotApiServer, bot: RunningBot) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {QUESTION}", group)
    ben.says("/ask and what of Iraq?", group)
    await bot.settled()
    texts = [answer["text"] for answer in group.answers()]
    assert not any(text.startswith("7 strikes") for text in texts)


async def test_two_hundred_interleaved_people_each_follow_their_own_thread(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, now = Group(server, "Talk"), date(2026, 1, 1)
    people = [Person(server, f"P{n}") for n in range(200)]
    asked = [person.says(f"/ask {_question(n)}", group) for n, person in enumerate(people)]
    await server.until(lambda: len(group.answers()) == 200)
    again = [person.says("/ask and what of Iraq?", group) for person in people]
    await server.until(lambda: len(group.answers()) == 400)
    replies = {a["reply_to_message"]["message_id"]: a["text"].split("\n")[0] for a in group.answers()}
    for number, (first, then) in enumerate(zip(asked, again, strict=True)):
        answer = bot.knowledge.ask(_question(number), now=now)
        assert replies[first["message_id"]] == _headline(answer)
        followed = bot.knowledge.ask("and what of Iraq?", now=now, thread=answer.thread)
        assert replies[then["message_id"]] == _headline(followed)


def _question(number: int) -> str:
    """One of two hundred questions, each of another day or metric."""
    day = date(2017, 5, 10) + timedelta(days=number // 2)
    return f"{('strikes', 'engagements')[number % 2]} in Syria on {day:%d %B %Y}?"


def _headline(answer: Answer) -> str:
    return render_plain(answer.text[:1])


@pytest.mark.parametrize("text", ["/ask", f"/ask@{USERNAME}", f"@{USERNAME}", f"@{USERNAME}?"])
async def test_a_bare_request_in_reply_to_a_message_answers_that_message(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    said = ann.says(QUESTION, group)
    ben.says(text, group, reply_to=said)
    await bot.settled()
    assert "27 strikes" in group.answers()[0]["text"]


async def test_only_the_quoted_part_of_a_message_is_asked(server: BotApiServer, bot: RunningBot) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    said = ann.says(f"Nice weather in Berlin. {QUESTION}", group)
    ben.says("/ask", group, reply_to=said, quote={"text": QUESTION, "position": 24, "is_manual": True})
    await bot.settled()
    assert group.answers()[0]["text"].startswith("27 strikes")


@pytest.mark.parametrize("text", ["/ask", f"@{USERNAME}"])
async def test_a_bare_request_says_how_to_ask(server: BotApiServer, bot: RunningBot, text: str) -> None:
    group = Group(server, "Talk")
    Person(server).says(text, group)
    await bot.settled()
    assert "xample" in group.answers()[0]["text"]


async def test_a_refusal_in_a_group_is_one_line(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    Person(server).says("/ask how many strikes in Yemen?", group)
    await bot.settled()
    assert "\n" not in group.answers()[0]["text"]


async def test_an_answer_in_a_group_is_short(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    for text in ("/ask what was hit in Iraq in June 2017?", "/help", "/sources", "/privacy", "/start"):
        Person(server).says(text, group)
    await bot.settled()
    await server.until(lambda: len(group.answers()) == 5)
    assert all(utf16_length(answer["text"]) <= GROUP_LIMIT for answer in group.answers())


async def test_an_answer_stays_in_its_topic(server: BotApiServer, bot: RunningBot) -> None:
    group, ann = Group(server, "Talk", forum=True), Person(server)
    news, other = group.topic("News"), group.topic("Other")
    ann.says(f"/ask {QUESTION}", group, topic=news)
    ann.says("/ask and what of Iraq?", group, topic=other)
    ann.says("/ask and what of Iraq?", group, topic=news)
    await server.until(lambda: len(group.answers()) == 3)
    by_topic = [(a["message_thread_id"], a["text"].startswith("7 strikes")) for a in group.answers()]
    assert sorted(by_topic) == [(news, False), (news, True), (other, False)]


async def test_the_thread_of_a_plain_reply_is_not_taken_for_a_topic(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann = Group(server, "Talk"), Person(server)
    said = ann.says("hello all", group)
    ann.says(f"/ask {QUESTION}", group, reply_to=said)
    await bot.settled()
    [call] = [c for c in server.called("sendMessage") if c.parameters["chat_id"] == str(group.chat.id)]
    assert "message_thread_id" not in call.parameters


async def test_a_topic_that_is_gone_holds_up_nobody(server: BotApiServer, bot: RunningBot) -> None:
    group, ann = Group(server, "Talk", forum=True), Person(server)
    topic = group.topic("Old")
    del group.chat.topics[topic]
    ann.says(f"/ask {QUESTION}", group, topic=topic)
    ann.says(f"/ask {QUESTION}", group)
    await server.until(lambda: len(group.answers()) == 1)


async def test_an_anonymous_administrator_is_answered_and_has_a_thread(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann = Group(server, "Talk"), Person(server)
    ann.says(f"/ask {QUESTION}", group, anonymous=True)
    ann.says("/ask and what of Iraq?", group, anonymous=True)
    ann.says("/ask and what of Iraq?", group)
    await server.until(lambda: len(group.answers()) == 3)
    texts = [answer["text"] for answer in group.answers()]
    assert sum(text.startswith("7 strikes") for text in texts) == 1


async def test_a_thread_goes_along_when_a_group_becomes_a_supergroup(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, ann = Group(server, "Talk", kind="group"), Person(server)
    ann.says(f"/ask {QUESTION}", group)
    await bot.settled()
    new = group.becomes_supergroup()
    await bot.settled()
    ann.says("/ask and what of Iraq?", new)
    await bot.settled()
    assert new.answers()[0]["text"].startswith("7 strikes")


async def test_an_answer_follows_a_group_that_moved_meanwhile(server: BotApiServer, bot: RunningBot) -> None:
    group, ann = Group(server, "Talk", kind="group"), Person(server)
    new = group.becomes_supergroup(announced=False)
    ann.says(f"/ask {QUESTION}", group)
    await bot.settled()
    assert new.answers()[0]["text"].startswith("27 strikes")
    ann.says("/ask and what of Iraq?", new)
    await bot.settled()
    assert new.answers()[1]["text"].startswith("7 strikes")
