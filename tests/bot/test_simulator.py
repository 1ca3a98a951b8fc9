"""The local Bot API server takes what Telegram takes and refuses the rest, over the library's client."""

from __future__ import annotations

import random
import struct
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.simulator import TOKEN, BotApiServer, Group, Person
from tests.bot.pictures import picture

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Chart", callback_data="chart")]])


@pytest.fixture
async def client(server: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{server.url}/bot") as running:
        yield running


def article(number: str = "1", text: str = "<b>27</b> strikes", **more: object) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode=ParseMode.HTML)
    return InlineQueryResultArticle(number, "27 strikes", content, **more)  # type: ignore[arg-type]


async def test_a_picture_arrives_byte_for_byte(server: BotApiServer, client: Bot) -> None:
    noise = random.Random(1).randbytes(50_000)
    sent = picture(640, 480) + noise
    person = Person(server)
    message = await client.send_photo(person.private.id, sent, caption="<b>27</b>", parse_mode=ParseMode.HTML)
    assert (message.photo[0].width, message.photo[0].height) == (640, 480)
    assert server.world.files[message.photo[0].file_id] == sent
    assert (message.caption, message.caption_entities[0].type) == ("27", "bold")
    again = await client.send_photo(person.private.id, message.photo[0].file_id)
    assert again.photo == message.photo


@pytest.mark.parametrize(
    ("photo", "caption", "refusal"),
    [
        (b"no picture", "", "IMAGE_PROCESS_FAILED"),
        (picture(6000, 6000), "", "PHOTO_INVALID_DIMENSIONS"),
        (picture(21, 1), "", "PHOTO_INVALID_DIMENSIONS"),
        (picture(0, 1), "", "PHOTO_INVALID_DIMENSIONS"),
        (picture(1, 1) + bytes(10 * 1024 * 1024), "", "Too Large"),
        (picture(1, 1), "x" * 1025, "caption is too long"),
        (picture(1, 1), "<b>x", "Can't find end tag"),
        ("https://example.org/picture.png", "", "wrong file identifier"),
    ],
    ids=["text", "large", "narrow", "empty", "heavy", "long caption", "bad caption", "address"],
)
async def test_a_picture_that_telegram_refuses_is_refused(
    server: BotApiServer, client: Bot, photo: bytes | str, caption: str, refusal: str
) -> None:
    with pytest.raises(TelegramError, match=f"(?i){refusal}"):
        await client.send_photo(
            Person(server).private.id, photo, caption=caption or None, parse_mode=ParseMode.HTML
        )


async def test_buttons_stay_until_an_edit_takes_them_away(server: BotApiServer, client: Bot) -> None:
    person = Person(server)
    message = await client.send_message(person.private.id, "27 strikes", reply_markup=KEYBOARD)
    assert message.reply_markup == KEYBOARD
    with pytest.raises(BadRequest, match="not modified"):
        await client.edit_message_text("27 strikes", person.private.id, message.id, reply_markup=KEYBOARD)
    await client.edit_message_text("27 strikes", person.private.id, message.id)
    assert "reply_markup" not in person.answers()[0]


async def test_a_press_is_told_and_can_be_answered_once(server: BotApiServer, client: Bot) -> None:
    person, group = Person(server, "Ann"), Group(server, "Talk")
    await client.send_message(group.chat.id, "27 strikes", reply_markup=KEYBOARD)
    number = person.presses(group.answers()[0], "chart")
    [update] = await client.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.first_name) == (number, "chart", "Ann")
    await query.answer("Only who asked can press this.", show_alert=True)
    with pytest.raises(BadRequest, match="query id is invalid"):
        await query.answer()


async def test_an_edit_is_told_with_its_new_entities(server: BotApiServer, client: Bot) -> None:
    person = Person(server)
    message = person.says("/ask strikes in Syria")
    person.edits(message, "strikes in Iraq")
    updates: tuple[Update, ...] = await client.get_updates()
    edited = updates[1].edited_message
    assert edited is not None
    assert (edited.text, edited.entities, edited.message_id) == ("strikes in Iraq", (), 1)
    assert edited.edit_date is not None


async def test_an_inline_result_is_sent_by_way_of_the_bot(server: BotApiServer, client: Bot) -> None:
    person, group = Person(server), Group(server, "Talk", forum=True)
    topic = group.topic("Raqqa")
    number = person.queries("strikes raqqa")
    [update] = await client.get_updates()
    assert update.inline_query is not None
    await update.inline_query.answer([article(reply_markup=KEYBOARD), article("2")])
    message = person.picks(number, "1", group, topic=topic)
    assert message["text"] == "27 strikes"
    assert message["via_bot"]["id"] == server.world.me["id"]
    assert message["entities"][0]["type"] == "bold"
    assert message["message_thread_id"] == topic
    person.presses(message, "chart")
    pressed = (await client.get_updates(offset=update.update_id + 2))[0].callback_query
    assert pressed is not None
    assert pressed.message is None
    assert pressed.inline_message_id


async def test_no_result_can_come_with_a_way_to_the_private_chat(server: BotApiServer, client: Bot) -> None:
    number = Person(server).queries("weather")
    button = InlineQueryResultsButton("Ask in private", start_parameter="inline")
    await client.answer_inline_query(number, [], button=button)
    assert server.world.inline_answers[number]["button"]["start_parameter"] == "inline"


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article(text="<b>27")], "Can't find end tag"),
        ([article(text=" ")], "message text is empty"),
        ([article(text="x" * 4097)], "message is too long"),
    ],
)
async def test_results_that_telegram_refuses_are_refused(
    server: BotApiServer, client: Bot, results: list[InlineQueryResultArticle], refusal: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await client.answer_inline_query(Person(server).queries("strikes"), results)


async def test_a_query_that_nobody_made_cannot_be_answered(server: BotApiServer, client: Bot) -> None:
    with pytest.raises(BadRequest, match="query id is invalid"):
        await client.answer_inline_query("1", [article()])


async def test_commands_mentions_and_addresses_are_found_in_what_the_bot_writes(
    server: BotApiServer, client: Bot
) -> None:
    person = Person(server)
    text = '<b>See</b> /help, @ann and https://example.org/a. <a href="https://example.org">/why</a>'
    await client.send_message(person.private.id, text, parse_mode=ParseMode.HTML)
    kinds = [entity["type"] for entity in person.answers()[0]["entities"]]
    assert kinds == ["bold", "bot_command", "mention", "url", "text_link"]


def test_a_picture_of_the_tests_is_one() -> None:
    assert struct.unpack(">II", picture(2, 3)[16:24]) == (2, 3)
