"""What `/stats` tells: how often something happened in all chats together, and nothing of anybody."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.schema import counters, doubts
from bot.state import State

#: What an answer of a kind counts as; small talk counts as nothing.
_COUNTED = {
    "figure": "answered",
    "event": "answered",
    "text": "answered",
    "list": "answered",
    "comparison": "answered",
    "total": "answered",
    "claims": "answered",
    "unknown": "refused",
    "choice": "asked_back",
}
NAMES = ("answered", "refused", "asked_back")


async def count_answer(connection: AsyncConnection, kind: str) -> None:
    """Count an answer by its kind, within the caller's transaction."""
    name = _COUNTED.get(kind)
    if name is None:
        return
    row = counters.c.name == name
    if not await _changed(connection, counters, row, count=counters.c.count + 1):
        await connection.execute(insert(counters).values(name=name, count=1))


async def counts(state: State) -> dict[str, int]:
    """How many questions were answered, refused and asked back, and how many figures were doubted."""
    async with state.engine.connect() as connection:
        kept = {
            name: int(n) for name, n in await connection.execute(select(counters.c.name, counters.c.count))
        }
        doubted = await connection.scalar(select(func.count()).select_from(doubts))
    return {**{name: kept.get(name, 0) for name in NAMES}, "doubted": int(doubted or 0)}


async def doubt(state: State, facts: tuple[str, ...]) -> None:
    """Note that somebody takes figures for wrong."""
    async with state.engine.begin() as connection:
        for fact in dict.fromkeys(facts):
            row = doubts.c.fact == fact
            if not await _changed(connection, doubts, row, times=doubts.c.times + 1):
                await connection.execute(insert(doubts).values(fact=fact, times=1))


async def _changed(
    connection: AsyncConnection, table: Table, row: ColumnElement[bool], **values: object
) -> bool:
    result = await connection.execute(update(table).where(row).values(**values))
    return result.rowcount > 0
