"""People of the simulated Telegram, and what they do: write, reply, mention, send a sticker."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.markup import entities_of
from bot.simulator.members import member
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

    def takes_bot_in(self, by: Json, *, was: str = "left", status: str = "member") -> None:
        """Somebody adds the bot: Telegram tells the bot of its new place, and a service message says so."""
        world = self._server.world
        self.chat.blocked = False
        announce_membership(self._server, self.chat, by, was, status)
        world.publish(message=world.write(self.chat, by, None, new_chat_members=[world.me]))

    def puts_bot_out(self, by: Json) -> None:
        """Somebody removes the bot, which can't write here any more."""
        self.chat.blocked = True
        announce_membership(self._server, self.chat, by, "member", "kicked")

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

    def edits(self, message: Json, text: str | None = None, **fields: Json) -> Json:
        """Change an own message; without anything new Telegram may say so all the same."""
        world = self._server.world
        messages = world.chats[message["chat"]["id"]].messages
        changed = {**messages[message["message_id"]], "edit_date": world.now(), **fields}
        if text is not None:
            changed["text"] = text
            changed.pop("entities", None)
            if entities := entities_of(text):
                changed["entities"] = entities
        messages[message["message_id"]] = changed  # an update under way keeps the message as it was
        world.publish(edited_message=dict(changed))
        return changed

    def presses(self, message: Json, button: int | str = 0) -> str:
        """Press a button of a message, by its place or its data; returns the number of the query made.

        A message sent by way of an inline query belongs to no chat that the bot knows of.
        """
        world = self._server.world
        data = button if isinstance(button, str) else self._button(message, button)["callback_data"]
        query: Json = {"id": str(world.identifier()), "from": self.json, "data": data}
        query["chat_instance"] = str(message["chat"]["id"])
        if "via_bot" in message:
            query["inline_message_id"] = f"{message['chat']['id']}_{message['message_id']}"
        else:
            query["message"] = dict(message)
        world.callbacks.add(query["id"])
        world.publish(callback_query=query)
        return str(query["id"])

    def _button(self, message: Json, position: int) -> Json:
        """A button that a message shows now, counted from 0."""
        shown = self._server.world.chats[message["chat"]["id"]].messages[message["message_id"]]
        return [b for row in shown["reply_markup"]["inline_keyboard"] for b in row][position]

    def queries(self, text: str, chat_type: str = "supergroup") -> str:
        """Type the bot's name and a text, unsent; returns the number of the query that comes of it."""
        world = self._server.world
        number = str(world.identifier())
        query = {"id": number, "from": self.json, "query": text, "offset": "", "chat_type": chat_type}
        world.inline_answers[number] = None
        world.publish(inline_query=query)
        return number

    def picks(self, query: str, result: str, where: Group | None = None, *, topic: int | None = None) -> Json:
        """Send one of the results that an inline query was answered with."""
        world = self._server.world
        found = next(r for r in world.inline_answers[query]["results"] if r["id"] == result)
        fields = {**found["message"], "via_bot": world.me}
        if "reply_markup" in found:
            fields["reply_markup"] = found["reply_markup"]
        return self.says(fields.pop("text"), where, topic=topic, **fields)

    def looks_after(self, where: Group) -> None:
        """Become an administrator of a group; the first one is its creator."""
        where.chat.administrators.append(self.json)

    def blocks_bot(self) -> None:
        """Block the bot, which can't write in private any more."""
        self.private.blocked = True
        announce_membership(self._server, self.private, self.json, "member", "kicked")

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


def announce_membership(server: BotApiServer, chat: Chat, by: Json, was: str, status: str) -> None:
    """Tell the bot that its own place in a chat has changed."""
    world = server.world
    before, after = (member(world.me, held) for held in (was, status))
    change = {"chat": chat.as_json(), "from": by, "date": world.now()}
    world.publish(my_chat_member={**change, "old_chat_member": before, "new_chat_member": after})


def answers_in(server: BotApiServer, chat: Chat) -> list[Json]:
    """The bot's own messages of a chat, in order."""
    return [m for m in chat.messages.values() if m.get("from", {}).get("id") == server.world.me["id"]]
