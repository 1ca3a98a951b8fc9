"""Deleting what is kept of a person or a chat before its time.

Telegram's terms ask for it on request (https://telegram.org/tos/bot-developers, 4.2). What still waits for
an answer is kept until it has one.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.schema import conversations, inbox, messages, offers, preferences, recent, replies
from bot.state import State

_OF_CHATS = (conversations, messages, offers, recent, replies)
_OF_PEOPLE = (conversations, messages, offers, replies)


async def forget_person(state: State, person: int) -> None:
    """Delete all that is kept of somebody, wherever it came of; their private chat goes as a whole."""
    async with state.engine.begin() as connection:
        for table in _OF_PEOPLE:
            await _delete(connection, table, table.c.person == state.vault.key("person", person))
        await _delete_done(connection, inbox.c.person == state.vault.key("person", person))
        if person > 0:  # a private chat has the number of its person; groups and channels have negative ones
            await _forget_chat(connection, state.vault.key("chat", person))
            await _delete(connection, preferences, preferences.c.chat == state.vault.key("chat", person))


async def forget_chat(state: State, chat: int) -> None:
    """Delete what was spoken of in a chat; how it wants the bot to behave stays, in case it comes back."""
    async with state.engine.begin() as connection:
        await _forget_chat(connection, state.vault.key("chat", chat))


async def _forget_chat(connection: AsyncConnection, key: str) -> None:
    for table in _OF_CHATS:
        await _delete(connection, table, table.c.chat == key)
    await _delete_done(connection, inbox.c.chat == key)


async def _delete_done(connection: AsyncConnection, rows: ColumnElement[bool]) -> None:
    """Updates that were set aside hold somebody's text; one that is done is only a number, which stays."""
    await _delete(connection, inbox, rows & (inbox.c.state == "failed"))


async def _delete(connection: AsyncConnection, table: Table, rows: ColumnElement[bool]) -> None:
    await connection.execute(delete(table).where(rows))
