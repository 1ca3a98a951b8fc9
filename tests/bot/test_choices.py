"""A question back has its choices as buttons: the asker's only, for as long as they are kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from bot.choices import Offers, labels, offers_from_json, offers_to_json, picked
from bot.simulator import BotApiServer, Call, Fault, Group, Person
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, button, buttons, calls_to, edited, notices

WHICH_DAY = "10/06/2017 strikes syria"
#: How the answer to the first choice begins, and that to "and in Iraq?" after it.
FIRST, THEN = "27 strikes in Syria by the coalition on 10 June 2017", "7 strikes in Iraq"
OFFERED = ("How many strikes in Syria on 5 June 2017?", "How many strikes in Syria on 6 May 2017?")


@pytest.mark.parametrize(
    ("questions", "shown"),
    [
        (OFFERED, ("5 June", "6 May")),
        (("Strikes in Iraq?", "When was Mosul freed?"), ("Strikes in Iraq?", "When was Mosul freed?")),
        (("Only this?",), ("Only this?",)),
        (("The same?", "The same?"), ("The same?", "The same?")),
        ((), ()),
    ],
)
def test_a_button_says_what_tells_its_choice_from_the_others(
    questions: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    assert labels(questions) == shown


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", 0),
        (" 2. ", 1),
        ("6 May", 1),
        ("june", 0),
        ("3", None),
        ("0", None),
        ("²", None),
        ("12", None),
        ("", None),
        ("strikes in June", None),  # a question of its own
        ("in June", None),
        ("2017", None),  # all have it
        ("what is a sortie?", None),
    ],
)
def test_a_typed_text_picks_by_number_or_by_what_one_choice_only_has(text: str, choice: int | None) -> None:
    assert picked(text, OFFERED) == (None if choice is None else OFFERED[choice])


def test_nothing_is_picked_of_nothing() -> None:
    assert picked("1", ()) is None


def test_offers_are_read_as_they_were_written() -> None:
    assert offers_from_json(offers_to_json(Offers("pick", OFFERED))) == Offers("pick", OFFERED)


async def test_a_question_back_has_at_most_four_buttons_and_numbered_choices(
    server: BotApiServer, bot: RunningBot
) -> None:
    texts = ("strikes on June 10th", WHICH_DAY, "strikes in Raqqa", "Syria", "source?")
    people = [Person(server) for _ in texts]
    for person, text in zip(people, texts, strict=True):
        person.says(text)
    for person in people:
        [answer] = await answered(server, person, 1)
        shown = buttons(answer)
        assert 2 <= len(shown) <= 4
        for number in range(1, len(shown) + 1):
            assert f"\n{number}. " in answer["text"]
        assert answer["text"].endswith("answer with the number.")


async def test_a_pressed_choice_becomes_the_answer_in_the_same_message(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk"), Person(server)
    question = person.says(f"/ask {WHICH_DAY}", group)
    [asked_back] = await answered(server, group, 1)
    query = person.presses(asked_back, button(asked_back, "10 June"))
    await bot.settled()
    [answer] = group.answers()
    assert answer["text"].startswith(FIRST)
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert [call["callback_query_id"] for call in await notices(server, 1)] == [query]
    person.says("/ask and in Iraq?", group)
    assert (await answered(server, group, 2))[1]["text"].startswith(THEN)


@pytest.mark.parametrize("text", ["1", "10 June"])
async def test_a_typed_answer_works_in_private(server: BotApiServer, bot: RunningBot, text: str) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    person.says(text)
    assert (await answered(server, person, 2))[1]["text"].startswith(FIRST)


@pytest.mark.parametrize("text", ["2", "6 October", "/ask 2"])
async def test_a_typed_answer_works_by_reply_in_a_group(
    server: BotApiServer, bot: RunningBot, text: str
) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {WHICH_DAY}", group)
    [asked_back] = await answered(server, group, 1)
    person.says(text, group, reply_to=asked_back)
    answer = (await answered(server, group, 2))[1]
    assert "6 October 2017" in answer["text"].split("\n")[0]


async def test_a_number_picks_nothing_once_something_else_was_answered(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    for text in (WHICH_DAY, "strikes in Iraq on 10 June 2017", "1"):
        person.says(text)
    assert not (await answered(server, person, 3))[2]["text"].startswith(FIRST)


async def test_another_persons_press_is_refused_with_an_alert(server: BotApiServer, bot: RunningBot) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {WHICH_DAY}", group)
    [asked_back] = await answered(server, group, 1)
    before = dict(asked_back)
    ben.presses(asked_back)
    [notice] = await notices(server, 1)
    await bot.settled()
    assert "for the person who asked" in notice["text"]
    assert notice["show_alert"] == "true"
    assert group.answers() == [before]
    ann.presses(asked_back)
    await edited(server, 1)
    assert group.answers()[0]["text"].startswith(FIRST)


async def test_what_was_asked_anonymously_belongs_to_the_administrators(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, boss, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    boss.looks_after(group)
    boss.says(f"/ask {WHICH_DAY}", group, anonymous=True)
    [asked_back] = await answered(server, group, 1)
    ben.presses(asked_back)
    assert "for the person who asked" in (await notices(server, 1))[0]["text"]
    boss.presses(asked_back)
    await edited(server, 1)
    boss.says("/ask and in Iraq?", group, anonymous=True)
    assert (await answered(server, group, 2))[1]["text"].startswith(THEN)


async def test_a_choice_survives_a_restart(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk"), Person(server)
    person.says(f"/ask {WHICH_DAY}", group)
    await answered(server, group, 1)
    await bot.end()
    bot.start()
    person.presses(group.answers()[0])
    await edited(server, 1)
    assert group.answers()[0]["text"].startswith(FIRST)


async def test_a_choice_that_is_kept_no_longer_expires_kindly(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    [asked_back] = await answered(server, person, 1)
    await bot.settled()
    with closing(sqlite3.connect(bot.settings.location, isolation_level=None)) as database:
        database.execute("delete from offers")
    person.presses(asked_back)
    [notice] = await notices(server, 1)
    await bot.settled()
    assert "ask again" in notice["text"]
    assert buttons(person.answers()[0]) == []
    assert len(person.answers()) == 1


async def test_a_choice_pressed_twice_is_answered_once(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    [asked_back] = await answered(server, person, 1)
    data = button(asked_back, "10 June")
    person.presses(asked_back, data)
    person.presses(asked_back, data)
    await notices(server, 2)
    await bot.settled()
    assert len(server.called("editMessageText")) == 1
    assert len(person.answers()) == 1


async def test_a_press_that_telegram_no_longer_knows_of_is_answered_all_the_same(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    [asked_back] = await answered(server, person, 1)
    query = person.presses(asked_back)
    server.world.callbacks.discard(query)
    await edited(server, 1)
    assert person.answers()[0]["text"].startswith(FIRST)


async def test_an_old_message_that_telegram_shows_nothing_of_still_has_its_choice(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    [asked_back] = await answered(server, person, 1)
    old = {"chat": asked_back["chat"], "message_id": asked_back["message_id"], "date": 0}
    person.presses(old, button(asked_back, "10 June"))
    await edited(server, 1)
    assert person.answers()[0]["text"].startswith(FIRST)


async def test_a_kill_between_any_two_calls_of_a_press_loses_nothing(
    server: BotApiServer, bot: RunningBot
) -> None:
    """The process is stopped while the answer is on its way; what is tried again changes nothing more."""
    person = Person(server)
    person.says(WHICH_DAY)
    [asked_back] = await answered(server, person, 1)
    server.faults.append(Fault("lost after", method="editMessageText"))
    person.presses(asked_back)
    await bot.clock.until_somebody_sleeps(1)
    await bot.end()
    bot.start()
    await edited(server, 2)
    await bot.end()
    [answer] = person.answers()
    assert answer["text"].startswith(FIRST)
    assert [c.status for c in server.called("editMessageText")] == [200, 400]
    assert bot.waiting() == 0


async def test_a_choice_in_a_group_that_moved_is_answered_where_it_moved_to(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, person = Group(server, "Talk", kind="group"), Person(server)
    person.says(f"/ask {WHICH_DAY}", group)
    [asked_back] = await answered(server, group, 1)
    new = group.becomes_supergroup(announced=False)
    person.presses(asked_back)
    assert (await answered(server, new, 1))[0]["text"].startswith(FIRST)
    await bot.end()
    assert bot.waiting() == 0


async def test_a_choice_is_in_its_topic(server: BotApiServer, bot: RunningBot) -> None:
    group, person = Group(server, "Talk", forum=True), Person(server)
    topic = group.topic("News")
    person.says(f"/ask {WHICH_DAY}", group, topic=topic)
    [asked_back] = await answered(server, group, 1)
    person.presses(asked_back)
    await edited(server, 1)
    person.says("/ask and in Iraq?", group, topic=topic)
    answer = (await answered(server, group, 2))[1]
    assert answer["text"].startswith(THEN)
    assert answer["message_thread_id"] == topic


async def test_presses_of_two_people_do_not_mix(server: BotApiServer, bot: RunningBot) -> None:
    group, ann, ben = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    ann.says(f"/ask {WHICH_DAY}", group)
    await answered(server, group, 1)
    ben.says(f"/ask {WHICH_DAY}", group)
    for_ann, for_ben = await answered(server, group, 2)
    ben.presses(for_ben, 1)
    ann.presses(for_ann, 0)
    await edited(server, 2)
    first, second = (answer["text"].split("\n")[0] for answer in group.answers())
    assert first == FIRST
    assert "6 October 2017" in second


def data_of(call: Call) -> str:
    return str(call.parameters.get("reply_markup", ""))


async def test_what_a_button_sends_back_holds_nothing_of_a_question(
    server: BotApiServer, bot: RunningBot
) -> None:
    person = Person(server)
    person.says(WHICH_DAY)
    await answered(server, person, 1)
    [call] = calls_to(server, person.private)
    assert '"callback_data": "pick:0"' in data_of(call)
