"""The message sheet: every kind of message that the bot sends, in private and in a group.

`python -m tests.bot.sheet FILE.html` writes it as a page to look at, each message as Telegram shows it and
as plain text; `test_sheet` holds every one of them to Telegram's limits and to those for groups.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from telegram import Update, User

from bot.application import App, Switchboard, build_app
from bot.charts.studio import Studio
from bot.conversations import conversation_of
from bot.delivery import kept_of, memory_of
from bot.desk import Desk, Greeting, Reply
from bot.handlers.charts import Charts
from bot.inbox import Inbox, Incoming
from bot.messages import PRIVATE_LIMIT
from bot.sending import Sent, limit_of, plain
from bot.settings import Settings
from bot.simulator import TOKEN, USERNAME, BotApiServer
from bot.simulator.markup import entities_of
from bot.state import State, open_state
from bot.vault import Vault
from bot.words import load_wordbook
from bot.words.charts import load_chart_words
from knowledge import Knowledge, RichText, open_knowledge, render_html

#: What is asked, in conversations: the messages of one follow each other.
CONVERSATIONS: Sequence[Sequence[str]] = (
    ("strikes in Syria on 10 June 2017", "and in Iraq?", "which of them was higher?", "/why", "/history"),
    ("strikes in Syria in June 2017",),
    ("civilian deaths by the end of August 2019, by all sources", "your source?", "are you sure?"),
    ("how many strikes were there?",),
    ("compare strikes in Syria and Iraq on 10 June 2017",),
    ("compare strikes, engagements and weapons released in Iraq and Syria, month by month in 2017",),
    ("places struck in Syria in June 2017, all of them",),
    ("list every target hit in Iraq during June 2017",),
    ("When was Mosul declared free of ISIS?",),
    ("what is a sortie?",),
    ("what is Operation Inherent Resolve?",),
    ("is it true that 50 strikes were carried out in Syria on 10 June 2017?",),
    ("/check On 10 June 2017 the coalition carried out 27 strikes in Syria and 99 strikes in Iraq.",),
    ("/check " + " ".join(f"On {day} June 2017 there were {day} strikes in Syria." for day in range(1, 31)),),
    ("10/06/2017 strikes syria",),
    ("strikes on June 10th",),
    ("strikes in Raqqa",),
    ("Syria",),
    ("source?",),
    ("strikes in Yemen",),
    ("strikes near Kobani in May 2013",),
    ("strikes by frobnicators in Syria",),
    ("strikes in Syria on 31 June 2017",),
    ("كم عدد الضربات في سوريا؟",),
    ("good morning",),
    ("thanks",),
    ("who is right?",),
    ("?!",),
    ("strikes in <b>Foo & Bar</b>",),
    ("x" * 4000,),
    ("/chart strikes in Syria in June 2017",),
    ("/chart strikes in Syria in June 2017", "/chart"),
    ("/chart",),
    ("/start",),
    ("/help",),
    ("/sources",),
    ("/history",),
    ("/why",),
    ("/about",),
    ("/stats",),
    ("/settings",),
    ("/privacy",),
    ("/forget",),
    ("/ask",),
    ("/check",),
    (f"/frobnicate@{USERNAME}",),
)
#: The kinds of answers that there are.
KINDS = frozenset(
    {"figure", "event", "text", "list", "comparison", "total", "claims", "choice", "unknown", "smalltalk"}
)
_ME = User(int(TOKEN.partition(":")[0]), "Sitrep", True, username=USERNAME)
_PERSON = {"id": 77, "is_bot": False, "first_name": "Ann"}
_PRIVATE = {"id": 77, "type": "private", "first_name": "Ann"}
_GROUP = {"id": -1000000000009, "type": "supergroup", "title": "Talk"}


@dataclass(frozen=True, slots=True)
class Row:
    """One message of the sheet: what was asked where, and what it is answered with."""

    asked: str
    in_group: bool
    kind: str
    text: RichText
    limit: int
    buttons: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The message as it is sent."""
        return render_html(self.text)

    @property
    def plain(self) -> str:
        """The message as it is sent where its markup is refused."""
        return plain(self.text, self.limit)


class Sheet:
    """Asks the bot, which sends nothing, and keeps what it answers as a running bot does."""

    def __init__(self, app: App, knowledge: Knowledge, state: State) -> None:
        self._app = app
        words = load_chart_words()
        self._studio = Studio(words)
        self._desk = Desk(knowledge, state, load_wordbook(), words, _ME)
        self._switchboard = Switchboard(app, self._desk, Charts(self._desk, self._studio, words))
        self._inbox = Inbox(state, lambda: 1_800_000_000)
        self._number = 0

    async def rows(self) -> list[Row]:
        """Every message, in private first, then in a group."""
        rows = []
        for in_group in (False, True):
            for talk, texts in enumerate(CONVERSATIONS):
                rows += [await self._asked(text, in_group, talk) for text in texts]
        rows += [await self._asked("strikes in Syria on 10 June 2017", True, 0), await self._greeting()]
        self._studio.close()
        return rows

    async def _asked(self, text: str, in_group: bool, talk: int) -> Row:
        update = self._update(text, in_group, talk)
        outcome = await self._switchboard.handle(update)
        if not isinstance(outcome, Reply):
            raise AssertionError(f"{text[:60]} got no reply")
        await self._keep(update, outcome)
        buttons = tuple(button.text for row in outcome.keyboard for button in row)
        limit = limit_of(outcome)
        return Row(text, in_group, outcome.kind, outcome.text, limit, buttons)

    async def _keep(self, update: Update, reply: Reply) -> None:
        talk = conversation_of(reply.question)
        await self._inbox.put([Incoming({"update_id": update.update_id}, talk, wanted=True)])
        sent = Sent(reply.question.chat.id, 100_000 + update.update_id)
        await self._inbox.finish(update.update_id, memory_of(reply, sent), kept_of(reply, sent))

    async def _greeting(self) -> Row:
        me = _ME.to_dict()
        change = {"chat": {**_GROUP, "id": -5}, "from": _PERSON, "date": 1_600_000_000}
        members = [{"user": me, "status": status} for status in ("left", "member")]
        self._number += 1
        raw = {**change, "old_chat_member": members[0], "new_chat_member": members[1]}
        update = Update.de_json({"update_id": self._number, "my_chat_member": raw}, self._app.bot)
        outcome = await self._switchboard.handle(update)
        if not isinstance(outcome, Greeting):
            raise AssertionError("a new group got no greeting")
        return Row("(the bot is added)", True, "", outcome.text, PRIVATE_LIMIT)

    def _update(self, text: str, in_group: bool, talk: int) -> Update:
        """A message that asks the bot: each conversation is of a person of its own."""
        self._number += 1
        if in_group and not text.startswith("/"):
            text = f"/ask {text}"
        person = {**_PERSON, "id": 77 + talk}
        message: dict[str, Any] = {"message_id": self._number, "date": 1_600_000_000, "from": person}
        message["chat"] = _GROUP if in_group else {**_PRIVATE, "id": 77 + talk}
        if text == "/settings" and in_group:
            message["sender_chat"] = _GROUP  # an anonymous administrator, whom nobody need be asked about
        message.update(text=text, entities=entities_of(text))
        return Update.de_json({"update_id": self._number, "message": message}, self._app.bot)


def rows_of(knowledge: Knowledge, folder: Path) -> list[Row]:
    """The rows of a sheet whose memory lies in a folder."""

    async def made() -> list[Row]:
        secret = Vault("a key for the sheet only")
        async with BotApiServer() as server, open_state(str(folder / "sheet.sqlite"), secret) as state:
            app, _ = build_app(Settings(token=SecretStr(TOKEN), api_url=server.url))
            async with app:
                return await Sheet(app, knowledge, state).rows()

    return asyncio.run(made())


def page(rows: Sequence[Row]) -> str:
    """The sheet as a page: the message on the left, its plain text on the right."""
    shown = "".join(_shown(row) for row in rows)
    style = (
        "body{font:14px sans-serif;margin:1em;background:#dfe7ee}section{display:flex;gap:1em;margin:1em 0}"
        ".m{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;border-radius:8px;padding:.6em;width:360px}"
        "blockquote{margin:0;padding-left:.5em;border-left:3px solid #6a9;color:#444}"
        "pre{white-space:pre-wrap;width:480px;font-size:11px;margin:0;overflow-wrap:anywhere}"
        ".b{display:inline-block;background:#cde;border-radius:6px;padding:.3em .6em;margin:.2em}"
    )
    return f"<!doctype html><meta charset=utf-8><title>Message sheet</title><style>{style}</style>{shown}"


def _shown(row: Row) -> str:
    buttons = "".join(f"<span class=b>{escape(text)}</span>" for text in row.buttons)
    where = "group" if row.in_group else "private"
    head = f"<h4>{where}, {row.kind or 'own words'}: {escape(row.asked[:90])}</h4>"
    message = f"<div style=width:380px><div class=m>{row.html}</div>{buttons}</div>"
    return f"{head}<section>{message}<pre>{escape(row.plain)}</pre></section>"


def _write(file: Path) -> None:
    with closing(open_knowledge()) as knowledge, tempfile.TemporaryDirectory() as folder:
        file.write_text(page(rows_of(knowledge, Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
