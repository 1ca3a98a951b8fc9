"""`/settings`: who may change them, and what each of them does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.application import Switchboard
from bot.preferences import GROUP_SWITCHES, Preferences, prefer, preferences_of
from bot.simulator import USERNAME, BotApiServer, Fault, Group, Person
from bot.state import open_state
from bot.vault import Vault
from bot.words import load_words
from tests.bot.conftest import RunningBot
from tests.bot.reading import answered, button, buttons, calls_to, edited, notices

QUESTION = "strikes in Syria on June 10th, 2017?"


async def switch(server: BotApiServer, boss: Person, group: Group, *labels: str) -> None:
    """Have an administrator press buttons of the settings, one after the other."""
    changes = len(server.called("editMessageText"))
    boss.says("/settings", group)
    message = (await answered(server, group, len(group.answers()) + 1))[-1]
    for number, label in enumerate(labels, 1):
        boss.presses(message, button(group.chat.messages[message["message_id"]], label))
        await edited(server, changes + number)


async def governed(server: BotApiServer) -> tuple[Group, Person, Person]:
    """A group, its administrator, and a member."""
    group, boss, member = Group(server, "Talk"), Person(server, "Ann"), Person(server, "Ben")
    boss.looks_after(group)
    return group, boss, member


def test_a_switch_is_on_or_off_and_goes_back_to_what_it_was() -> None:
    for name in GROUP_SWITCHES:
        default = Preferences().has(name)
        changed = Preferences().switched(name, not default)
        assert changed.has(name) is not default
        assert changed.switched(name, default) == Preferences()
        assert changed.switched(name, not default) == changed


async def test_preferences_are_kept_sealed_by_chat(tmp_path: Path) -> None:
    async with open_state(str(tmp_path / "state.sqlite"), Vault("a key for tests only")) as state:
        quiet = Preferences().switched("quiet", True)
        await prefer(state, -5, quiet)
        assert await preferences_of(state, -5) == quiet
        assert await preferences_of(state, -6) == Preferences()
        await state.move_chat(-5, -1005)
        assert await preferences_of(state, -1005) == quiet
        assert await preferences_of(state, -5) == Preferences()
        await state.move_chat(-5, -1005)  # told of the migration from both sides
        assert await preferences_of(state, -1005) == quiet


async def test_an_administrator_sees_and_changes_the_settings(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, _ = await governed(server)
    boss.says("/settings", group)
    [shown] = await answered(server, group, 1)
    assert "Quiet mode is off" in shown["text"]
    assert "Everybody may ask" in shown["text"]
    boss.presses(shown, button(shown, "Turn quiet mode on"))
    await edited(server, 1)
    [shown] = group.answers()
    assert "Quiet mode is on" in shown["text"]
    boss.presses(shown, button(shown, "Done"))
    await edited(server, 2)
    [shown] = group.answers()
    assert buttons(shown) == []
    assert "Quiet mode is on" in shown["text"]


async def test_an_anonymous_administrator_may_change_them_too(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, _ = await governed(server)
    boss.says("/settings", group, anonymous=True)
    [shown] = await answered(server, group, 1)
    boss.presses(shown, button(shown, "Turn quiet mode on"))  # a press is never anonymous
    await edited(server, 1)
    assert "Quiet mode is on" in group.answers()[0]["text"]


async def test_others_may_neither_open_nor_press_them(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    member.says("/settings", group)
    [refused] = await answered(server, group, 1)
    assert "Only administrators" in refused["text"]
    assert "\n" not in refused["text"]
    boss.says("/settings", group)
    shown = (await answered(server, group, 2))[1]
    member.presses(shown, 0)
    assert "Only administrators" in (await notices(server, 1))[0]["text"]
    await bot.settled()
    assert "Quiet mode is off" in group.answers()[1]["text"]


async def test_a_channel_that_speaks_in_its_group_is_no_administrator(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, boss, _ = await governed(server)
    channel = Group(server, "News", kind="channel")
    boss.says("/settings", group, sender_chat=channel.chat.as_json())
    assert "Only administrators" in (await answered(server, group, 1))[0]["text"]


async def test_quiet_mode_is_without_sound_and_buttons_but_asks_back(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, boss, member = await governed(server)
    await switch(server, boss, group, "Turn quiet mode on")
    member.says("/ask strikes in Syria in June 2017", group)
    member.says("/ask 10/06/2017 strikes syria", group)
    answer, asked_back = (await answered(server, group, 3))[1:]
    assert buttons(answer) == []
    assert len(buttons(asked_back)) > 1
    sent = [c for c in calls_to(server, group.chat) if c.method == "sendMessage"]
    assert [c.parameters.get("disable_notification") for c in sent] == [None, "true", "true"]


async def test_a_group_may_let_administrators_only_ask(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    await switch(server, boss, group, "Let administrators only ask")
    for text in (f"/ask {QUESTION}", f"@{USERNAME} {QUESTION}", "/help", f"/frobnicate@{USERNAME}"):
        member.says(text, group)
    member.says(QUESTION, group, reply_to=group.answers()[0])
    await bot.settled()
    assert len(group.answers()) == 1
    boss.says(f"/ask {QUESTION}", group)
    boss.says("/ask and in Iraq?", group, anonymous=True)
    member.says("/privacy", group)
    assert len(await answered(server, group, 4)) == 4


async def test_a_group_may_do_without_mentions(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    await switch(server, boss, group, "Do not answer mentions")
    member.says(f"@{USERNAME} {QUESTION}", group)
    member.says(f"/ask {QUESTION}", group)
    await answered(server, group, 2)
    member.says(f"@{USERNAME} and in Iraq?", group, reply_to=group.answers()[1])
    assert (await answered(server, group, 3))[2]["text"].startswith("7 strikes")


async def test_a_group_may_do_without_buttons(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    await switch(server, boss, group, "Hide buttons under answers")
    member.says("/ask strikes in Syria in June 2017", group)
    assert buttons((await answered(server, group, 2))[1]) == []


async def test_a_group_may_do_without_checks(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    await switch(server, boss, group, "Do not check texts")
    member.says("/check On 10 June 2017 the coalition carried out 27 strikes in Syria.", group)
    answer = (await answered(server, group, 2))[1]
    assert "switched this off" in answer["text"]
    assert "27" not in answer["text"]


async def test_a_group_may_do_without_charts(server: BotApiServer, bot: RunningBot) -> None:
    group, boss, member = await governed(server)
    member.says("/ask strikes in Syria in June 2017", group)
    assert "Chart" in buttons((await answered(server, group, 1))[0])
    await switch(server, boss, group, "Do not draw charts")
    member.says("/ask strikes in Syria in July 2017", group)
    member.says("/chart strikes in Syria in July 2017", group)
    answer, refused = (await answered(server, group, 4))[2:]
    assert "Chart" not in buttons(answer)
    assert "switched this off" in refused["text"]


async def test_settings_hold_in_their_own_chat_survive_a_restart_and_move_along(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, other = Group(server, "Talk", kind="group"), Group(server, "Other")
    boss, member = Person(server, "Ann"), Person(server, "Ben")
    boss.looks_after(group)
    await switch(server, boss, group, "Do not answer mentions")
    await bot.end()
    bot.start()
    new = group.becomes_supergroup()
    await bot.settled()
    member.says(f"@{USERNAME} {QUESTION}", new)
    member.says(f"@{USERNAME} {QUESTION}", other)
    await answered(server, other, 1)
    await bot.settled()
    assert new.answers() == []


async def test_a_private_chat_has_settings_of_its_own(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says("/settings")
    [shown] = await answered(server, person, 1)
    assert buttons(shown) == ["Turn quiet mode on", "Hide buttons under answers", "Done"]
    person.presses(shown, 1)
    await edited(server, 1)
    person.says(QUESTION)
    assert buttons((await answered(server, person, 2))[1]) == []


async def test_a_made_up_setting_changes_nothing(server: BotApiServer, bot: RunningBot) -> None:
    person = Person(server)
    person.says("/settings")
    [shown] = await answered(server, person, 1)
    before = shown["text"]
    for data in ("set:nonsense:on", "set:administrators:on", "set:language:xx", "set:"):
        person.presses(shown, data)
    await notices(server, 4)
    await bot.settled()
    assert person.answers()[0]["text"] == before


async def test_whoever_can_not_be_told_apart_for_now_is_asked_for_again(
    server: BotApiServer, bot: RunningBot
) -> None:
    group, boss, _ = await governed(server)
    server.faults.append(Fault("lost after", method="getChatAdministrators"))
    boss.says("/settings", group)
    await bot.clock.until_somebody_sleeps(1)
    bot.clock.advance(1)
    assert "Quiet mode" in (await answered(server, group, 1))[0]["text"]


async def test_a_second_language_is_offered_and_spoken(
    server: BotApiServer, bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What there is a file of is offered; the words here stand in for such a file."""
    german = load_words().model_copy(update={"language": "Deutsch", "choice_hint": "Nummer genügt."})
    make = Switchboard.__init__

    def with_german(self: Switchboard, app: Any, desk: Any, charts: Any) -> None:
        desk.wordbook = {**desk.wordbook, "de": german}
        make(self, app, desk, charts)

    await bot.end()
    monkeypatch.setattr(Switchboard, "__init__", with_german)
    bot.start()
    person, other = Person(server), Person(server)
    person.says("/settings")
    [shown] = await answered(server, person, 1)
    person.presses(shown, button(shown, "Deutsch"))
    await edited(server, 1)
    assert "English" in buttons(person.answers()[0])
    for who in (person, other):
        who.says("strikes in Raqqa")
    assert (await answered(server, person, 2))[1]["text"].endswith("Nummer genügt.")
    assert (await answered(server, other, 1))[0]["text"].endswith("answer with the number.")
