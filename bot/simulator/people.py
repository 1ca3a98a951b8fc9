"""People of the simulated Telegram, and what they do: write, reply, mention, send a sticker."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.parameters import Json
from bot.simulator.server import BotApiServer
from bot.simulator.world import GROUP_ANONYMOUS_BOT, Chat


class Group:
    """A group, as a test speaks of it."""

    def __init__(
        self, server: BotApiServer, title: str, *, kind: str = "supergroup", forum: bool = False
    ) -> None:
        self._server = server
        self.chat = server.world.add_chat(kind, title, forum=forum)

    def topic(self, name: str) -> int:
        """Open a topic; returns its message thread."""
        return self._server.world.add_topic(self.chat, name)

    def answers(self) -> list[Json]:
        """What the bot has written here."""
        return answers_in(self._server, self.chat)

    def becomes_supergroup(self, *, announced: bool = True) -> Group:
        """Turn this group into a supergroup, as Telegram does: a new chat, and two service messages."""
        new = Group(self._server, self.chat.title)
        self.chat.moved_to = new.chat.id
        if announced:
            world = self._server.world
            old_note = world.write(self.chat, None, None, migrate_to_chat_id=new.chat.id)
            world.publish(message=old_note)
            new_note = world.write(new.chat, None, None, migrate_from_chat_id=self.chat.id)
            world.publish(message=new_note)
        return new


@dataclass(frozen=True)
class _Place:
    chat: Chat
    fields: Json


class Person:
    """Somebody with an account; everything done returns the message that came of it."""

    def __init__(self, server: BotApiServer, name: str = "Ann", username: str | None = None) -> None:
        self._server = server
        self.private = server.world.add_chat("private", name)
        self.json: Json = {"id": self.private.id, "is_bot": False, "first_name": name, "language_code": "en"}
        if username:
            self.json["username"] = username

    def says(
        self,
        text: str | None,
        where: Group | None = None,
        *,
        reply_to: Json | None = None,
        topic: int | None = None,
        anonymous: bool = False,
        kind: str = "message",
        **fields: Json,
    ) -> Json:
        """Write a text, in private or in a group, or send what `fields` hold (a sticker, a caption)."""
        place = self._place(where, reply_to, topic, anonymous)
        sender = GROUP_ANONYMOUS_BOT if anonymous else self.json
        message = self._server.world.write(place.chat, sender, text, **place.fields, **fields)
        self._server.world.publish(**{kind: message})
        return message

    def taps(self, message: Json, data: str) -> str:
        """Press a button under one of the bot's messages; returns the id of the tap."""
        world = self._server.world
        identifier = str(world.identifier())
        world.callbacks.add(identifier)
        tap = {"id": identifier, "from": self.json, "message": message, "data": data, "chat_instance": "1"}
        world.publish(callback_query=tap)
        return identifier

    def answers(self) -> list[Json]:
        """What the bot has written to this person in private."""
        return answers_in(self._server, self.private)

    def _place(
        self, where: Group | None, reply_to: Json | None, topic: int | None, anonymous: bool
    ) -> _Place:
        chat = where.chat if where is not None else self.private
        fields: Json = {}
        if reply_to is not None:
            fields["reply_to_message"] = {k: v for k, v in reply_to.items() if k != "reply_to_message"}
            # Telegram gives plain replies in a supergroup a thread of their own, which is no topic.
            fields["message_thread_id"] = reply_to["message_id"]
        if topic is not None:
            fields.update(message_thread_id=topic, is_topic_message=True)
        if anonymous:
            fields["sender_chat"] = chat.as_json()
        return _Place(chat, fields)


def answers_in(server: BotApiServer, chat: Chat) -> list[Json]:
    """The bot's own messages of a chat, in order."""
    return [m for m in chat.messages.values() if m.get("from", {}).get("id") == server.world.me["id"]]
