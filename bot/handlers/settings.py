"""`/settings`: how the bot behaves in a chat, changed by buttons; in a group by its administrators."""

from __future__ import annotations

from telegram import Bot, Message, Update

from bot.conversations import person_of
from bot.desk import Desk, Pressed, Reply, is_group
from bot.handlers.shapes import Context, message_of, tap_of
from bot.keyboards import Button, one_a_row
from bot.messages import paragraphs
from bot.preferences import GROUP_SWITCHES, PRIVATE_SWITCHES, Preferences, prefer, preferences_of
from bot.rights import is_administrator

DONE, LANGUAGE, ON, OFF = "done", "language", "on", "off"


class ChatSettings:
    """The handlers of a chat's settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, update: Update, context: Context) -> Reply:
        """The settings with a button for each; in a group one line for those who may not change them."""
        message = message_of(update)
        if not await self._may_change(message, person_of(message) or 0, context.bot):
            return self._desk.say(message, self._desk.words.settings_refused)
        return self._shown(message, await preferences_of(self._desk.state, message.chat.id))

    async def changed(self, update: Update, context: Context) -> Pressed:
        """A button of the settings: the change is made, and the message says how it is now.

        Each button names the state that it leads to, so that a press that arrives twice changes nothing more.
        """
        tap, words = tap_of(update), self._desk.words
        if not await self._may_change(tap.message, tap.person, context.bot):
            return Pressed(tap.query, words.settings_refused, alert=True)
        what, _, value = tap.argument.partition(":")
        wanted = await preferences_of(self._desk.state, tap.message.chat.id)
        if what == LANGUAGE and value in self._desk.wordbook:
            wanted = Preferences(value, wanted.changed)
            self._desk.speak(value)
        elif what in _switches(tap.message):
            wanted = wanted.switched(what, value == ON)
        if what != DONE:
            await prefer(self._desk.state, tap.message.chat.id, wanted)
        reply = self._shown(tap.message, wanted, edits=tap.message.message_id, done=what == DONE)
        return Pressed(tap.query, reply=reply)

    async def _may_change(self, message: Message, person: int, bot: Bot) -> bool:
        return not is_group(message) or await is_administrator(bot, message.chat.id, person)

    def _shown(
        self, message: Message, preferences: Preferences, *, edits: int | None = None, done: bool = False
    ) -> Reply:
        words = self._desk.words
        head = words.settings_group if is_group(message) else words.settings_private
        lines = [self._line(switch, preferences) for switch in _switches(message)]
        text = paragraphs("\n".join([head, *lines]), bold_first=True)
        keyboard = () if done else one_a_row([*self._buttons(message, preferences)])
        return Reply(message, text, edits=edits, keyboard=keyboard, traced=False)

    def _line(self, switch: str, preferences: Preferences) -> str:
        words = self._desk.words.switches[switch]
        return words.is_on if preferences.has(switch) else words.is_off

    def _buttons(self, message: Message, preferences: Preferences) -> list[Button]:
        buttons = []
        for switch in _switches(message):
            words, on = self._desk.words.switches[switch], preferences.has(switch)
            label = words.turn_off if on else words.turn_on
            buttons.append(Button(label, f"set:{switch}:{OFF if on else ON}"))
        for code, words_there in self._desk.wordbook.items():
            if code != preferences.language:
                buttons.append(Button(words_there.language, f"set:{LANGUAGE}:{code}"))
        return [*buttons, Button(self._desk.words.settings_done, f"set:{DONE}")]


def _switches(message: Message) -> tuple[str, ...]:
    return GROUP_SWITCHES if is_group(message) else PRIVATE_SWITCHES
