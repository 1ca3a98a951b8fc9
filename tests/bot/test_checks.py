"""Texts that are checked in Telegram, over HTTP: forwarded, replied to, in a caption, edited, in pages."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from bot.messages import GROUP_LIMIT
from bot.settings import Settings
from bot.simulator import USERNAME, BotApiServer, Group, Person
from bot.simulator.markup import utf16_length
from tests.bot.conftest import RunningBot

POST = "On 10 June 2017 the coalition conducted 27 strikes in Syria. In Iraq it conducted eight strikes."
STATEMENT = "The coalition conducted 29 strikes in Syria on 10 June 2017."
ORIGIN = {"type": "channel", "date": 1_500_000_000, "message_id": 5}
ORIGIN |= {"chat": {"id": -1_000_000_000_777, "type": "channel", "title": "News"}}
LONG = "\n".join(f"On {day} July 2017 the coalition made 96 strikes in Syria." for day in range(1, 26))


async def answered(server: BotApiServer, where: Person | Group, count: int) -> list[dict[str, Any]]:
    """All answers of a chat, once there are so many."""
    await server.until(lambda: len(where.answers()) >= count)
    return where.answers()


async def changed(server: BotApiServer, times: int = 1) -> None:
    """Wait until the bot has changed messages of its own so many times, or was refused to."""
    await server.until(lambda: sum(bool(c.status) for c in server.called("editMessageText")) >= times)


def buttons(message: dict[str, Any]) -> list[str]:
    """What the buttons under a message say."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def test_a_forwarded_post_is_checked_in_one_message_the_contradicted_first(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    post = person.says(POST, forward_origin=ORIGIN)
    await bot.settled()
    [answer] = person.answers()
    lines = answer["text"].splitlines()
    assert lines[0] == "1 supported, 1 contradicted"
    assert "“eight strikes” is contradicted" in lines[1]
    assert "7 strikes in Iraq" in lines[1]
    assert "“27 strikes” is supported" in lines[2]
    assert answer["reply_to_message"]["message_id"] == post["message_id"]
    assert any(e["type"] == "text_link" for e in answer["entities"])


async def test_a_forwarded_statement_of_one_figure_is_checked_and_a_forwarded_question_is_answered(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(STATEMENT, forward_origin=ORIGIN)
    person.says("How many strikes in Syria on 10 June 2017?", forward_origin=ORIGIN)
    statement, question = await answered(server, person, 2)
    assert statement["text"].startswith("1 contradicted")
    assert question["text"].startswith("27 strikes")


async def test_check_in_reply_checks_that_message_in_a_group(server: BotApiServer, bot: RunningBot) -> None:
    group, author, reader = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    post = author.says(POST, group)
    command = reader.says(f"/check@{USERNAME}", group, reply_to=post)
    await bot.settled()
    [answer] = group.answers()
    assert answer["text"].startswith("1 supported, 1 contradicted")
    assert answer["reply_to_message"]["message_id"] == command["message_id"]


async def test_a_mention_in_reply_checks_that_message_in_a_group(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, author, reader = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    post = author.says(STATEMENT, group)
    reader.says(f"@{USERNAME}", group, reply_to=post)
    reader.says(f"@{USERNAME} is this true?", group, reply_to=post)
    answers = await answered(server, group, 2)
    assert [answer["text"].splitlines()[0] for answer in answers] == ["1 contradicted"] * 2


async def test_check_takes_the_text_after_it_or_the_part_that_is_quoted(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(f"/check {STATEMENT}")
    post = person.says(POST)
    quote = {"text": "On 10 June 2017 the coalition conducted 27 strikes in Syria.", "position": 0}
    person.says("/check", reply_to=post, quote=quote)
    after, _, quoted = await answered(server, person, 3)
    assert after["text"].startswith("1 contradicted")
    assert quoted["text"].startswith("1 supported\n")


async def test_check_alone_says_how_it_is_used(server: BotApiServer, bot: RunningBot) -> None:
    person, group = Person(server), Group(server, "Talk")
    person.says("/check")
    look = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular"}
    sticker = person.says(None, group, sticker={**look, "is_animated": False, "is_video": False})
    person.says(f"/check@{USERNAME}", group, reply_to=sticker)
    assert "reply with /check" in (await answered(server, person, 1))[0]["text"]
    assert "no text" in (await answered(server, group, 1))[0]["text"]


async def test_a_question_to_check_in_reply_checks_in_private_too(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    post = person.says("hello")
    person.says("fact check please", reply_to={**post, "text": STATEMENT})
    assert (await answered(server, person, 2))[1]["text"].startswith("1 contradicted")


async def test_the_caption_of_a_photo_is_checked(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    person.says(None, photo=photo, caption=POST, forward_origin=ORIGIN)
    await bot.settled()
    assert person.answers()[0]["text"].startswith("1 supported, 1 contradicted")


async def test_an_edited_post_changes_its_answer(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    post = person.says(POST)
    await answered(server, person, 1)
    person.edits(post, POST.replace("eight", "seven"))
    await changed(server)
    [answer] = person.answers()
    assert answer["text"].startswith("2 supported\n")
    assert "edit_date" in answer


async def test_an_edit_without_a_visible_change_is_no_fault(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    post = person.says(POST)
    await answered(server, person, 1)
    person.edits(post, edit_date=1)
    await changed(server)
    assert [c.status for c in server.called("editMessageText")] == [400]
    assert len(person.answers()) == 1


async def test_an_edited_question_changes_its_answer_and_the_follow_up(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    question = person.says("strikes in Syria on 10 June 2017?")
    await bot.settled()
    person.edits(question, "strikes in Syria on 6 July 2017?")
    await changed(server)
    person.says("and in Iraq?")
    answers = await answered(server, person, 2)
    assert [answer["text"].split(" ")[0] for answer in answers] == ["22", "7"]
    assert "6 July 2017" in answers[1]["text"]


async def test_an_edit_of_what_was_never_answered_is_let_be(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    remark = person.says("nice weather", group)
    person.edits(remark, f"/check {STATEMENT}")
    await bot.settled()
    assert group.answers() == []


async def test_the_rest_of_a_long_list_is_one_button_away_and_back(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(LONG)
    [answer] = await answered(server, person, 1)
    assert answer["text"].count("•") == 10
    assert buttons(answer) == ["Next (2 of 3)"]
    first = answer["text"]
    person.presses(answer)
    await changed(server, 1)
    assert buttons(answer) == ["Back (1 of 3)", "Next (3 of 3)"]
    assert answer["text"].splitlines()[0] == first.splitlines()[0]
    assert answer["text"] != first
    person.presses(answer, 1)
    await changed(server, 2)
    assert answer["text"].count("•") == 5
    assert buttons(answer) == ["Back (2 of 3)"]
    person.presses(answer)
    await changed(server, 3)
    person.presses(answer)
    await changed(server, 4)
    assert answer["text"] == first
    assert server.world.callbacks == set()
    assert len(person.answers()) == 1


async def test_pages_in_a_group_stay_short_and_hold_every_claim(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, author, reader = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    post = author.says(LONG, group)
    reader.says("/check", group, reply_to=post)
    [answer] = await answered(server, group, 1)
    rows, turned = answer["text"].count("•"), 0
    while any(text.startswith("Next") for text in buttons(answer)):
        assert utf16_length(answer["text"]) <= GROUP_LIMIT
        author.presses(answer, len(buttons(answer)) - 1)
        turned += 1
        await changed(server, turned)
        rows += answer["text"].count("•")
    assert rows == 25


async def test_pages_survive_a_restart(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(LONG)
    await answered(server, person, 1)
    await bot.end()
    bot.start()
    person.presses(person.answers()[0])
    await changed(server)
    assert buttons(person.answers()[0]) == ["Back (1 of 3)", "Next (3 of 3)"]


async def test_a_button_whose_pages_are_gone_says_so(
    server: BotApiServer, bot: RunningBot, settings: Settings
) -> None:
    person = Person(server)
    person.says(LONG)
    await answered(server, person, 1)
    await bot.end()
    with closing(sqlite3.connect(settings.location)) as database:
        database.execute("delete from replies")
        database.commit()
    bot.start()
    query = person.presses(person.answers()[0])
    await server.until(lambda: bool(server.called("answerCallbackQuery")))
    [call] = server.called("answerCallbackQuery")
    assert call.parameters["callback_query_id"] == query
    assert "no longer kept" in call.parameters["text"]
    assert server.called("editMessageText") == []


async def test_of_a_checked_text_nothing_is_left_in_clear(
    server: BotApiServer, bot: RunningBot, settings: Settings
) -> None:
    person = Person(server)
    person.says(f"{LONG}\nA remark that only the author of this text would make.")
    await answered(server, person, 1)
    await bot.end()
    with closing(sqlite3.connect(settings.location)) as database:
        dump = "\n".join(database.iterdump())
    for words in ("coalition made", "remark that only", "96 strikes", "contradicted"):
        assert words not in dump
        assert words.encode().hex().upper() not in dump.upper()
