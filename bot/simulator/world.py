"""What exists on the simulated side of Telegram: people, chats, topics, messages and waiting updates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.simulator.markup import entities_of
from bot.simulator.parameters import Json

#: The stand-in that an anonymous administrator writes through.
GROUP_ANONYMOUS_BOT = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(slots=True)
class Chat:
    """A chat with its messages by number, its topics by thread, and what is wrong with it."""

    id: int
    kind: str
    title: str = ""
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    last_message: int = 0
    blocked: bool = False
    muted: bool = False
    no_photos: bool = False
    slow_mode: int = 0
    administrators: list[Json] = field(default_factory=list)
    moved_to: int | None = None

    def as_json(self) -> Json:
        """The chat as the Bot API shows it."""
        shown: Json = {"id": self.id, "type": self.kind}
        shown["first_name" if self.kind == "private" else "title"] = self.title
        if self.forum:
            shown["is_forum"] = True
        return shown

    def wait(self, sender: Json, now: int) -> int:
        """How many seconds slow mode has somebody wait before the next message."""
        mine = (m["date"] for m in self.messages.values() if m.get("from", {}).get("id") == sender["id"])
        return max(0, max(mine, default=now - self.slow_mode) + self.slow_mode - now)

    def number(self) -> int:
        """The next message's number."""
        self.last_message += 1
        return self.last_message


class World:
    """Everything there is. `clock` gives Unix seconds for the dates of messages."""

    def __init__(self, token: str, username: str, clock: Callable[[], float]) -> None:
        self.token = token
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Sitrep",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.chats: dict[int, Chat] = {}
        self.updates: list[Json] = []
        self.news = asyncio.Event()
        self.allowed: Sequence[str] = ()
        self.commands: dict[str, Json] = {}
        self.descriptions: dict[str, str] = {}
        self.callbacks: set[str] = set()
        self.inline_answers: dict[str, Json] = {}
        self.files: dict[str, bytes] = {}
        self.webhook = ""
        self._clock = clock
        self._next_update = 700_000_001
        self._next_id = 1000

    def identifier(self) -> int:
        """A number that nobody has yet."""
        self._next_id += 1
        return self._next_id

    def now(self) -> int:
        """The date of what happens now, in Unix seconds."""
        return int(self._clock())

    def add_chat(self, kind: str, title: str, *, id: int | None = None, forum: bool = False) -> Chat:  # noqa: A002
        """A new chat; groups have negative numbers."""
        number = self.identifier() if id is None else id
        if id is None and kind != "private":
            number = -number if kind == "group" else -1_000_000_000_000 - number
        self.chats[number] = Chat(number, kind, title, forum)
        return self.chats[number]

    def add_topic(self, chat: Chat, name: str) -> int:
        """A new topic of a forum; returns its message thread."""
        thread = chat.number()
        chat.topics[thread] = name
        return thread

    def publish(self, **content: Json) -> int:
        """A new update with one kind of content, if the bot asked for that kind; returns its number."""
        number = self._next_update
        self._next_update += 1
        if not self.allowed or set(content) <= set(self.allowed):
            self.updates.append({"update_id": number, **content})
            self.news.set()
        return number

    def write(self, chat: Chat, sender: Json | None, text: str | None, **fields: Json) -> Json:
        """A message as the Bot API shows it, kept in its chat; commands and mentions get their entities."""
        message: Json = {"message_id": chat.number(), "date": self.now(), "chat": chat.as_json(), **fields}
        if sender is not None:
            message["from"] = sender
        if text is not None:
            message["text"] = text
            message.setdefault("entities", entities_of(text))
        if message.get("entities") == []:
            del message["entities"]
        chat.messages[message["message_id"]] = message
        return message
