"""What happens at the Bot API server, in order, as pages are told of it.

The journal looks on from outside: it is told of every call, and looks for messages that are new or changed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot.simulator import BotApiServer, Call
from bot.simulator.parameters import Json

#: Calls of which a page shows nothing unless they brought updates.
_POLL = "getupdates"
#: Calls that introduce the bot: what they set is told whole, as it then is.
_INTRODUCTIONS = ("setmycommands", "setmydescription", "setmyshortdescription")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. What is not `lasting` means nothing to a page that comes later."""

    kind: str
    content: Json
    lasting: bool = True


class Journal:
    """Events in order; the number of an event is how many there were before it."""

    def __init__(self, server: BotApiServer) -> None:
        self.events: list[Event] = []
        self._server = server
        self._news = asyncio.Event()
        self._known: dict[tuple[int, int], str] = {}
        self._numbers: dict[int, int] = {}
        server.watchers.append(self._watch)
        self.look()

    def look(self) -> None:
        """Note the messages that are new, changed or gone since the last look."""
        for place in self._server.world.chats.values():
            for number, message in place.messages.items():
                shown = json.dumps(message)
                if self._known.get((place.id, number)) != shown:
                    self._known[place.id, number] = shown
                    self._note("message", json.loads(shown))
        for chat, number in list(self._known):
            if number not in self._server.world.chats[chat].messages:
                del self._known[chat, number]
                self._note("gone", {"chat": chat, "message": number})

    async def since(self, number: int) -> AsyncGenerator[tuple[int, Event], None]:
        """The events from a number on, each with its own, for as long as anybody listens.

        Of what was already there at the beginning, only what lasts.
        """
        begun_with = len(self.events)
        while True:
            news = self._news
            while number < len(self.events):
                event = self.events[number]
                if event.lasting or number >= begun_with:
                    yield number, event
                number += 1
            await news.wait()

    async def _watch(self, phase: str, call: Call) -> None:
        name = call.method.lower()
        if name != _POLL or (phase == "taken" and call.result):
            self._note("call", self._shown(call, done=phase == "taken"))
        if phase == "taken" and call.status == 200:
            self._note_effect(name, call)
            self.look()

    def _note_effect(self, name: str, call: Call) -> None:
        """What a call shows to people besides messages."""
        given = call.parameters
        if name in _INTRODUCTIONS:
            world = self._server.world
            self._note("profile", {"commands": world.commands, "descriptions": world.descriptions})
        elif name == "sendchataction":
            chat, thread = (int(given.get(key) or 0) for key in ("chat_id", "message_thread_id"))
            self._note("typing", {"chat": chat, "thread": thread}, lasting=False)
        elif name == "answercallbackquery":
            alert = str(given.get("show_alert", "")).lower() in ("true", "1")
            answer = {"query": str(given["callback_query_id"]), "text": given.get("text", ""), "alert": alert}
            self._note("pressed", answer, lasting=False)
        elif name == "answerinlinequery":
            query = str(given["inline_query_id"])
            offered = self._server.world.inline_answers[query]
            self._note("offered", {"query": query, **offered}, lasting=False)

    def _shown(self, call: Call, *, done: bool) -> Json:
        """A call for the panel. The token is part of its address only, which is not kept."""
        number = self._numbers.setdefault(id(call), len(self._numbers))
        shown: Json = {"number": number, "method": call.method, "time": self._server.world.now()}
        shown["parameters"] = {name: _readable(value) for name, value in call.parameters.items()}
        if done:
            shown.update(status=call.status, description=call.description, result=call.result)
        return shown

    def _note(self, kind: str, content: Json, *, lasting: bool = True) -> None:
        self.events.append(Event(kind, json.loads(json.dumps(content)), lasting))
        self._news.set()
        self._news = asyncio.Event()


def _readable(value: Json) -> Json:
    """A parameter as one reads it: JSON that came as text is JSON again, and a file is its size."""
    if isinstance(value, bytes):
        return {"file": len(value)}
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
