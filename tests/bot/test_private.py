"""Private chats, over HTTP."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.introduction import GROUP_MENU, PRIVATE_MENU
from bot.simulator import USERNAME, BotApiServer, Fault, Person
from bot.simulator.markup import utf16_length
from tests.bot.conftest import RunningBot

QUESTION = "strikes in Syria on June 10th, 2017?"


async def ask(server: BotApiServer, text: str) -> dict[str, Any]:
    """What somebody new is answered."""
    person = Person(server)
    person.says(text)
    await server.until(lambda: bool(person.answers()))
    [answer] = person.answers()
    return dict(answer)


async def test_a_question_gets_one_message_in_reply_with_the_figure_in_bold_and_its_source(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    question = person.says(QUESTION)
    await bot.settled()
    [answer] = person.answers()
    assert answer["text"].startswith("27 strikes")
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert {"type": "bold", "offset": 0, "length": len("27 strikes")} in answer["entities"]
    assert any(e["type"] == "text_link" and "defense.gov" in e["url"] for e in answer["entities"])


async def test_no_link_preview_is_asked_for(server: BotApiServer, bot: RunningBot) -> None:
    await ask(server, QUESTION)
    [call] = server.called("sendMessage")
    assert '"is_disabled": true' in call.parameters["link_preview_options"]


async def test_a_follow_up_goes_on_from_the_question_before(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    person.says("and what of Iraq?")
    await server.until(lambda: len(person.answers()) == 2)
    assert person.answers()[1]["text"].startswith("7 strikes")


async def test_a_follow_up_survives_a_restart(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    await bot.settled()
    await bot.end()
    bot.start()
    person.says("and what of Iraq?")
    await server.until(lambda: len(person.answers()) == 2)
    assert person.answers()[1]["text"].startswith("7 strikes")


async def test_a_reply_to_an_answer_goes_on_from_that_answer(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    await bot.settled()
    first = person.answers()[0]
    person.says("what is a sortie?")
    person.says("and what of Iraq?", reply_to=first)
    await server.until(lambda: len(person.answers()) == 3)
    assert person.answers()[2]["text"].startswith("7 strikes")


@pytest.mark.parametrize("command", ["start", *PRIVATE_MENU])
async def test_each_command_has_an_answer(server: BotApiServer, bot: RunningBot, command: str) -> None:
    answer = await ask(server, f"/{command}")
    assert len(str(answer["text"])) > 20
    assert server.called("sendMessage")[0].status == 200


async def test_ask_with_a_question_answers_it(server: BotApiServer, bot: RunningBot) -> None:
    answer = await ask(server, f"/ask {QUESTION}")
    assert str(answer["text"]).startswith("27 strikes")


async def test_ask_in_reply_to_a_message_answers_that_message(server: BotApiServer, bot: RunningBot) -> None:
    person, other = Person(server), Person(server)
    forwarded = person.says(
        "Syria, June 10th, 2017: 27 strikes were carried out.", forward_origin=_origin(other)
    )
    await server.until(lambda: len(person.answers()) == 1)
    person.says("/ask", reply_to=forwarded)
    await server.until(lambda: len(person.answers()) == 2)
    assert person.answers()[1]["text"] == person.answers()[0]["text"]


def _origin(person: Person) -> dict[str, object]:
    return {"type": "user", "date": 1_500_000_000, "sender_user": person.json}


async def test_why_shows_how_the_last_question_was_read(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION)
    person.says("/why")
    await server.until(lambda: len(person.answers()) == 2)
    why = person.answers()[1]["text"]
    assert "• “Syria”: place, Syria\n" in why


async def test_why_shows_how_alike_a_misspelt_word_is(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION.replace("Syria", "Syriaa"))
    person.says("/why")
    await server.until(lambda: len(person.answers()) == 2)
    assert re.search(r"“Syriaa”: place, Syria \(\d\d % alike\)", person.answers()[1]["text"])


async def test_why_has_nothing_to_explain_before_a_question(server: BotApiServer, bot: RunningBot) -> None:
    assert "ask one first" in (await ask(server, "/why"))["text"]


async def test_a_mention_in_private_is_no_part_of_the_question(server: BotApiServer, bot: RunningBot) -> None:
    answer = await ask(server, f"@{USERNAME}: {QUESTION}")
    assert answer["text"].startswith("27 strikes")


async def test_an_unknown_command_gets_one_sentence(server: BotApiServer, bot: RunningBot) -> None:
    answer = await ask(server, "/frobnicate")
    assert "/help" in str(answer["text"])


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂🙂",
        "كم عدد الضربات في سوريا؟",
        "\u202estrikes in Syria\u202c",
        "strikes\x00in\x07Syria\x1b[31m",
        "x" * 4096,
        "strikes in Syria " * 240,
        "?!",
        "\u200b",
    ],
    ids=["emoji", "arabic", "overridden direction", "control", "4096", "repeated", "marks", "invisible"],
)
async def test_odd_texts_get_one_answer_that_telegram_takes(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    answer = await ask(server, text)
    assert 0 < utf16_length(str(answer["text"])) <= 4096
    assert [call.status for call in server.called("sendMessage")] == [200]


@pytest.mark.parametrize(
    "text", ["strikes in <b>Foo & Bar</b>", "strikes in *Foo_bar* [x](http://x)", "</b></a><i>"]
)
async def test_markup_in_a_question_is_never_taken_as_markup(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    person = Person(server)
    person.says(text)
    person.says("/why")
    await server.until(lambda: len(person.answers()) == 2)
    assert {call.status for call in server.called("sendMessage")} == {200}
    kinds = {entity["type"] for answer in person.answers() for entity in answer.get("entities", [])}
    assert kinds <= {"bold", "text_link", "expandable_blockquote", "bot_command"}


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo"])
async def test_what_is_no_text_gets_one_clear_sentence(
    server: BotApiServer, bot: RunningBot, kind: str
) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    content: dict[str, Any] = {
        "sticker": {**file, "type": "regular", "is_animated": False, "is_video": False},
        "voice": {"file_id": "f", "file_unique_id": "u", "duration": 1},
        "photo": [file],
    }
    person = Person(server)
    person.says(None, **{kind: content[kind]})
    await bot.settled()
    [answer] = person.answers()
    assert "text" in answer["text"]


async def test_the_caption_of_a_picture_is_a_question(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(
        None, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], caption=QUESTION
    )
    await bot.settled()
    assert person.answers()[0]["text"].startswith("27 strikes")


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post", "guest_message"])
async def test_what_is_no_new_message_is_ticked_off_in_silence(
    server: BotApiServer, bot: RunningBot, kind: str
) -> None:
    person = Person(server)
    await server.until(lambda: bool(server.called("getUpdates")))
    server.world.allowed = ()  # an update from before the bot said what it wants
    person.says(QUESTION, kind=kind)
    await bot.settled()
    assert person.answers() == []


async def test_a_message_through_another_bot_is_not_answered(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(QUESTION, via_bot={"id": 5, "is_bot": True, "first_name": "Gif"})
    await bot.settled()
    assert person.answers() == []


async def test_an_answer_whose_markup_is_refused_is_sent_plain(server: BotApiServer, bot: RunningBot) -> None:
    server.faults.append(Fault("bad markup"))
    answer = await ask(server, QUESTION)
    assert str(answer["text"]).startswith("27 strikes")
    assert "entities" not in answer or all(e["type"] != "bold" for e in answer["entities"])


async def test_a_person_who_blocked_the_bot_holds_up_nobody(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.private.blocked = True
    person.says(QUESTION)
    person.says(QUESTION)
    await bot.settled()
    here = str(person.private.id)
    tried = [call for call in server.called("sendMessage") if call.parameters["chat_id"] == here]
    assert [call.status for call in tried] == [403, 403]
    await bot.end()
    assert bot.waiting() == 0
    assert person.answers() == []


async def test_a_deleted_question_is_answered_without_a_reply_mark(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    question = person.says(QUESTION)
    del person.private.messages[question["message_id"]]
    await bot.settled()
    [answer] = person.answers()
    assert "reply_to_message" not in answer


async def test_menus_and_descriptions_are_set_at_the_start(server: BotApiServer, bot: RunningBot) -> None:
    await server.until(lambda: "short_description" in server.world.descriptions)
    menus = server.world.commands
    assert [entry["command"] for entry in menus["all_private_chats"]] == list(PRIVATE_MENU)
    assert [entry["command"] for entry in menus["all_group_chats"]] == list(GROUP_MENU)
    assert server.world.descriptions["description"]


async def test_refused_menus_do_not_stop_the_bot(server: BotApiServer, bot: RunningBot) -> None:
    server.faults.append(Fault("bad gateway", method="setMyCommands", times=2))
    answer = await ask(server, QUESTION)
    assert str(answer["text"]).startswith("27 strikes")
