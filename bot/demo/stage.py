"""The people and chats of the demonstration, and what people do in them."""

from __future__ import annotations

from bot.demo.acts import Act, Edit, Pick, Press, Query, Say
from bot.simulator import BotApiServer, Group, Person
from bot.simulator.parameters import Json
from bot.words.demo import DemoWords


class ActRefused(Exception):  # noqa: N818  # named for what happened
    """An act that is impossible where it was to happen; the message says why."""


class Stage:
    """Three people, each with a private chat with the bot, and a group of theirs with a topic.

    The first of them looks after the group, and has added the bot to it.
    """

    def __init__(self, server: BotApiServer, words: DemoWords) -> None:
        self._server = server
        self._words = words
        self.people = [Person(server, name, name.lower()) for name in words.people]
        self.group = Group(server, words.group, forum=True)
        self.topic = self.group.topic(words.topic)
        self.people[0].looks_after(self.group)
        self.group.takes_bot_in(self.people[0].json)

    def cast(self) -> Json:
        """Who and what there is, as the page needs it to begin with."""
        return {
            "bot": self._server.world.me,
            "people": [person.json for person in self.people],
            "group": self.group.chat.as_json(),
            "topics": {str(thread): name for thread, name in self.group.chat.topics.items()},
            "general": self._words.general,
        }

    def play(self, act: Act) -> Json:
        """Do something; returns what the page needs to go on with it. Raises `ActRefused`."""
        person = self._person(act.who)
        where = self._where(person, act.chat)
        match act:
            case Say():
                reply = None if act.reply_to is None else self._message(act.chat, act.reply_to)
                message = person.says(act.text, where, reply_to=reply, topic=self._topic(where, act.thread))
                return {"message": message["message_id"]}
            case Edit():
                return {"message": self._edit(person, act)["message_id"]}
            case Press():
                return {"query": person.presses(self._pressed(act), act.data)}
            case Query():
                return {"query": person.queries(act.text, where.chat.kind if where else "sender")}
            case Pick():
                self._check_result(act)
                topic = self._topic(where, act.thread)
                return {"message": person.picks(act.query, act.result, where, topic=topic)["message_id"]}

    def _edit(self, person: Person, act: Edit) -> Json:
        message = self._message(act.chat, act.message)
        if message.get("from", {}).get("id") != act.who or "text" not in message or "via_bot" in message:
            raise ActRefused("only a text of one's own can be edited")
        if message["text"] == act.text:
            return message
        return person.edits(message, act.text)

    def _pressed(self, act: Press) -> Json:
        message = self._message(act.chat, act.message)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if act.data not in [button.get("callback_data") for row in rows for button in row]:
            raise ActRefused("the button is gone")
        return message

    def _check_result(self, act: Pick) -> None:
        answer = self._server.world.inline_answers.get(act.query)
        if answer is None or act.result not in [result["id"] for result in answer["results"]]:
            raise ActRefused("the result is gone")

    def _person(self, number: int) -> Person:
        found = next((person for person in self.people if person.json["id"] == number), None)
        if found is None:
            raise ActRefused("nobody here has this number")
        return found

    def _where(self, person: Person, chat: int) -> Group | None:
        """The group, or None for the person's own private chat."""
        if chat == person.private.id:
            return None
        if chat != self.group.chat.id:
            raise ActRefused("this person is not in that chat")
        return self.group

    def _topic(self, where: Group | None, thread: int | None) -> int | None:
        if thread is not None and (where is None or thread not in where.chat.topics):
            raise ActRefused("there is no such topic")
        return thread

    def _message(self, chat: int, number: int) -> Json:
        message = self._server.world.chats[chat].messages.get(number)
        if message is None:
            raise ActRefused("the message is gone")
        return message
