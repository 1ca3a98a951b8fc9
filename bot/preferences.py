"""How a chat wants the bot to behave, as `/settings` changes it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlalchemy import delete, insert, select

from bot.schema import conversations, preferences
from bot.state import State

_PURPOSE = "preferences"

#: What can be switched in a group and in a private chat, in the order shown. Whoever adds a feature that
#: a group may do without adds its name here and its words under `switches`.
GROUP_SWITCHES = ("quiet", "administrators", "mentions", "buttons", "checks", "charts")
PRIVATE_SWITCHES = ("quiet", "buttons")
#: Those that are on in a chat that never changed anything.
_ON = frozenset({"mentions", "buttons", "checks", "charts"})


@dataclass(frozen=True, slots=True)
class Preferences:
    """A chat's language and those of its switches that are not as they are by default."""

    language: str = "en"
    changed: tuple[str, ...] = ()

    def has(self, switch: str) -> bool:
        """Whether a switch is on."""
        return (switch in _ON) != (switch in self.changed)

    def switched(self, switch: str, on: bool) -> Preferences:
        """The same with one switch on or off."""
        others = {name for name in self.changed if name != switch}
        changed = others | {switch} if on != (switch in _ON) else others
        return replace(self, changed=tuple(sorted(changed)))


async def preferences_of(state: State, chat: int) -> Preferences:
    """A chat's preferences; the defaults where it never changed any."""
    query = select(preferences.c.content).where(preferences.c.chat == state.vault.key("chat", chat))
    async with state.engine.connect() as connection:
        sealed = await connection.scalar(query)
    if sealed is None:
        return Preferences()
    kept = json.loads(state.vault.unseal(sealed, _PURPOSE))
    return Preferences(str(kept["language"]), tuple(kept["changed"]))


async def prefer(state: State, chat: int, wanted: Preferences) -> None:
    """Keep a chat's preferences."""
    key = state.vault.key("chat", chat)
    content = state.vault.seal(json.dumps(asdict(wanted)), _PURPOSE)
    async with state.engine.begin() as connection:
        await connection.execute(delete(preferences).where(preferences.c.chat == key))
        await connection.execute(insert(preferences).values(chat=key, content=content))


async def is_known(state: State, chat: int) -> bool:
    """Whether anything is kept of a chat: then it needs no introduction, whatever its number was before."""
    key = state.vault.key("chat", chat)
    async with state.engine.connect() as connection:
        for table in (preferences, conversations):
            if await connection.scalar(select(table.c.chat).where(table.c.chat == key).limit(1)):
                return True
    return False
