"""Charts in Telegram, over HTTP: `/chart`, the button's tap, and what becomes of a photo in trouble."""

from __future__ import annotations

import pytest

from bot.charts.buttons import CHART, can_be_charted, chart_button
from bot.messages import GROUP_LIMIT, utf16_length
from bot.simulator import USERNAME, BotApiServer, Fault, Group, Person
from bot.words.charts import load_chart_words
from knowledge import Knowledge
from tests.bot.conftest import RunningBot
from tests.knowledge.asking import ask

JUNE = "strikes in Syria in June 2017"


async def test_a_chart_of_a_question_is_a_photo_with_the_same_as_text(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    asked = person.says(f"/chart {JUNE}")
    await server.until(lambda: bool(person.answers()))
    [answer] = person.answers()
    assert answer["photo"][-1]["width"] == 1080
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert answer["caption"].startswith("Strikes in Syria by the coalition in June 2017")
    chart = bot.knowledge.chart(ask(bot.knowledge, JUNE).thread.query)
    assert chart is not None
    assert all(f"{p.first.day} Jun: {p.amount}" in answer["caption"] for p in chart.series[0].points)
    assert ("No report on record: " in answer["caption"]) == bool(chart.series[0].missing)
    assert "Source: U.S. Department of Defense" in answer["caption"]
    assert utf16_length(answer["caption"]) <= 1024
    assert any(entity["type"] == "text_link" for entity in answer["caption_entities"])


async def test_a_chart_without_a_question_is_of_the_last_one(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    for text in (JUNE, "and in Iraq?", "/chart"):
        person.says(text)
    await server.until(lambda: len(person.answers()) == 3)
    assert person.answers()[-1]["caption"].startswith("Strikes in Iraq by the coalition in June 2017")


async def test_a_chart_in_reply_to_an_answer_is_of_that_answer(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(JUNE)
    person.says("strikes near Mosul in May 2017")
    await server.until(lambda: len(person.answers()) == 2)
    person.says("/chart", reply_to=person.answers()[0])
    await server.until(lambda: len(person.answers()) == 3)
    assert person.answers()[-1]["caption"].startswith("Strikes in Syria")


async def test_the_conversation_goes_on_from_a_chart_and_from_a_reply_to_it(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, one, other = Group(server, "Talk"), Person(server, "One"), Person(server, "Other")
    one.says(f"/chart {JUNE}", group)
    await server.until(lambda: len(group.answers()) == 1)
    one.says("/ask and in Iraq?", group)
    await server.until(lambda: len(group.answers()) == 2)
    assert "strikes in Iraq" in group.answers()[1]["text"]
    other.says("and near Raqqa?", group, reply_to=group.answers()[0])
    await server.until(lambda: len(group.answers()) == 3)
    assert "strikes near Raqqa" in group.answers()[2]["text"]


async def test_a_message_of_somebody_that_is_replied_to_is_charted(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, one, other = Group(server, "Talk"), Person(server, "One"), Person(server, "Other")
    said = one.says("I wonder: how many strikes in Syria in June 2017?", group)
    other.says(f"/chart@{USERNAME}", group, reply_to=said)
    await server.until(lambda: bool(group.answers()))
    assert group.answers()[0]["photo"]
    assert utf16_length(group.answers()[0]["caption"]) <= GROUP_LIMIT


async def test_a_chart_in_a_topic_stays_there(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk", forum=True)
    topic = group.topic("Figures")
    Person(server).says(f"/chart {JUNE}", group, topic=topic)
    await server.until(lambda: bool(group.answers()))
    assert group.answers()[0]["message_thread_id"] == topic


async def test_a_dark_chart_is_another_picture(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(f"/chart {JUNE}")
    person.says(f"/chart dark {JUNE}")
    person.says("/chart dark")
    await server.until(lambda: len(person.answers()) == 3)
    light, dark, again = (server.world.files[a["photo"][-1]["file_id"]] for a in person.answers())
    assert light != dark
    assert again == dark
    assert person.answers()[0]["caption"] == person.answers()[1]["caption"]


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (("/chart",), "There is nothing to draw"),
        (("hello", "/chart"), "There is nothing to draw"),
        (("/chart strikes in Syria in March 2013",), "Not on record"),
        (("/chart when did the battle of Mosul begin?",), "17 October 2016"),
    ],
)
async def test_what_cannot_be_drawn_is_said_in_words(
    server: BotApiServer, bot: RunningBot, texts: tuple[str, ...], says: str
) -> None:
    person = Person(server)
    for text in texts:
        person.says(text)
    await server.until(lambda: len(person.answers()) == len(texts))
    assert says in person.answers()[-1]["text"]
    assert server.called("sendPhoto") == []


async def test_a_chart_command_for_another_bot_is_not_answered(server: BotApiServer, bot: RunningBot) -> None:
    group = Group(server, "Talk")
    Person(server).says(f"/chart@other_bot {JUNE}", group)
    await bot.settled()
    assert group.answers() == []


# -- the button ------------------------------------------------------------------------------------


async def test_a_press_draws_the_answer_it_stands_under_after_a_restart_too(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(JUNE)
    person.says("strikes near Mosul in May 2017")
    await bot.settled()
    await bot.end()
    bot.start()
    press = person.presses(person.answers()[0], CHART)
    await server.until(lambda: len(person.answers()) == 3)
    answer = person.answers()[-1]
    assert answer["caption"].startswith("Strikes in Syria")
    assert answer["reply_to_message"]["message_id"] == person.answers()[0]["message_id"]
    assert press not in server.world.callbacks
    person.says("and in Iraq?")
    await server.until(lambda: len(person.answers()) == 4)
    assert "strikes in Iraq" in person.answers()[-1]["text"]


async def test_in_a_group_the_talk_of_who_presses_goes_on_from_the_chart(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, one, other = Group(server, "Talk"), Person(server, "One"), Person(server, "Other")
    one.says(f"/ask {JUNE}", group)
    await server.until(lambda: len(group.answers()) == 1)
    other.presses(group.answers()[0], CHART)
    await server.until(lambda: len(group.answers()) == 2)
    other.says("/ask and in Iraq?", group)
    await server.until(lambda: len(group.answers()) == 3)
    assert "strikes in Iraq" in group.answers()[-1]["text"]


async def test_a_press_under_an_answer_that_is_forgotten_says_so(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says("/help")
    await server.until(lambda: bool(person.answers()))
    person.presses(person.answers()[0], CHART)
    await server.until(lambda: bool(server.called("answerCallbackQuery")))
    [call] = server.called("answerCallbackQuery")
    assert "ask again" in call.parameters["text"]
    await bot.settled()
    assert len(person.answers()) == 1


async def test_a_press_on_a_message_too_old_to_be_shown_is_answered(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(JUNE)
    await server.until(lambda: bool(person.answers()))
    shown = {"message_id": person.answers()[0]["message_id"], "chat": person.answers()[0]["chat"], "date": 0}
    person.presses(shown, CHART)
    await server.until(lambda: len(person.answers()) == 2)
    assert person.answers()[-1]["photo"]


async def test_a_press_that_is_too_old_to_be_acknowledged_is_still_answered(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(JUNE)
    await server.until(lambda: bool(person.answers()))
    server.world.callbacks.discard(person.presses(person.answers()[0], CHART))
    await server.until(lambda: len(person.answers()) == 2)
    assert person.answers()[-1]["photo"]


async def test_other_buttons_are_left_alone(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(JUNE)
    await server.until(lambda: bool(person.answers()))
    person.presses(person.answers()[0], "charts")
    await bot.settled()
    assert len(person.answers()) == 1


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        (JUNE, True),
        ("compare strikes in Iraq and Syria on 10 June 2017", True),
        ("where were strikes in June 2017", True),
        ("how many civilians has the coalition killed so far?", True),
        ("strikes near Raqqa on 10 June 2017", False),
        ("strikes in Syria in March 2013", False),
        ("what is a sortie?", False),
        ("hello", False),
    ],
)
def test_the_button_is_offered_where_a_chart_shows_more(
    knowledge: Knowledge, question: str, offered: bool
) -> None:
    answer = ask(knowledge, question)
    assert can_be_charted(answer) is offered
    if offered:
        assert knowledge.chart(answer.thread.query) is not None


def test_the_buttons_data_is_within_telegrams_limit() -> None:
    button = chart_button(load_chart_words())
    assert button.text == "Chart"
    assert 1 <= len(str(button.data).encode()) <= 64


# -- edited questions ------------------------------------------------------------------------------


async def test_an_edited_question_changes_its_picture(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    asked = person.says(f"/chart {JUNE}")
    await server.until(lambda: bool(person.answers()))
    before = person.answers()[0]["photo"][0]["file_id"]
    person.edits(asked, "/chart strikes in Iraq in June 2017")
    await server.until(lambda: bool(server.called("editMessageMedia")))
    await bot.settled()
    [answer] = person.answers()
    assert answer["photo"][0]["file_id"] != before
    assert answer["caption"].startswith("Strikes in Iraq")
    person.says("and near Mosul?", reply_to=answer)
    await server.until(lambda: len(person.answers()) == 2)
    assert "strikes near Mosul" in person.answers()[-1]["text"]


async def test_an_edit_from_words_to_a_chart_puts_the_picture_there(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    asked = person.says(JUNE)
    await server.until(lambda: bool(person.answers()))
    person.edits(asked, f"/chart {JUNE}")
    await server.until(lambda: bool(server.called("editMessageMedia")))
    await bot.settled()
    [answer] = person.answers()
    assert answer["photo"]
    assert "text" not in answer


async def test_an_edit_from_a_chart_to_words_takes_the_picture_away(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    asked = person.says(f"/chart {JUNE}")
    await server.until(lambda: bool(person.answers()))
    person.edits(asked, "strikes in Iraq in June 2017")
    await server.until(lambda: bool(server.called("deleteMessage")))
    await bot.settled()
    [answer] = person.answers()
    assert "strikes in Iraq" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]


async def test_an_edit_of_a_chart_that_changes_nothing_is_no_fault(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    asked = person.says(f"/chart {JUNE}")
    await server.until(lambda: bool(person.answers()))
    person.edits(asked, edit_date=1)
    await server.until(lambda: any(call.status for call in server.called("editMessageMedia")))
    assert [call.status for call in server.called("editMessageMedia")] == [400]
    await bot.settled()
    assert len(person.answers()) == 1


# -- trouble ---------------------------------------------------------------------------------------


async def test_a_photo_that_was_perhaps_sent_is_doubled_once_at_most(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("lost after", "sendPhoto", chat=person.private.id, times=5))
    person.says(f"/chart {JUNE}")
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await server.until(lambda: len(person.answers()) == 2)
    server.faults.clear()
    person.says(JUNE)
    await server.until(lambda: len(person.answers()) == 3)
    assert [bool(answer.get("photo")) for answer in person.answers()] == [True, True, False]


@pytest.mark.parametrize("kind", ["lost before", "bad gateway"])
async def test_a_photo_that_did_not_arrive_is_sent_again(
    server: BotApiServer, bot: RunningBot, kind: str
) -> None:
    person = Person(server)
    server.faults.append(Fault(kind, "sendPhoto"))  # type: ignore[arg-type]
    person.says(f"/chart {JUNE}")
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    await server.until(lambda: bool(person.answers()))
    await bot.settled()
    assert len(person.answers()) == 1


async def test_a_chart_asked_for_before_a_restart_is_sent_after_it(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    server.faults.append(Fault("bad gateway", "sendPhoto"))
    person.says(f"/chart {JUNE}")
    await bot.clock.until_somebody_sleeps(1)
    await bot.end()
    bot.start()
    await server.until(lambda: bool(person.answers()))
    assert len(person.answers()) == 1


async def test_where_photos_are_not_allowed_the_chart_comes_as_text(
    server: BotApiServer, bot: RunningBot
) -> None:
    group = Group(server, "Talk")
    group.chat.no_photos = True
    Person(server).says(f"/chart {JUNE}", group)
    await server.until(lambda: bool(group.answers()))
    assert "1 Jun: 19" in group.answers()[0]["text"]
    assert [call.status for call in server.called("sendPhoto")] == [400]


async def test_a_caption_whose_markup_is_refused_is_sent_plain(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    server.faults.append(Fault("bad markup", "sendPhoto"))
    person.says(f"/chart {JUNE}")
    await server.until(lambda: bool(person.answers()))
    [answer] = person.answers()
    assert answer["caption"].startswith("Strikes in Syria")
    assert utf16_length(answer["caption"]) <= 1024


async def test_a_chart_follows_a_group_that_became_a_supergroup(
    server: BotApiServer, bot: RunningBot
) -> None:
    group = Group(server, "Talk", kind="group")
    Person(server).says(f"/chart {JUNE}", group)
    new = group.becomes_supergroup(announced=False)
    await server.until(lambda: bool(new.answers()))
    assert new.answers()[0]["photo"]
