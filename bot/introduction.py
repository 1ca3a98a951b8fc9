"""How the bot presents itself in Telegram: its menus and descriptions, set at every start."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.faults import where
from bot.words import Words

log = structlog.get_logger()

#: The menus, in the order shown. In a group there is little room, and /why is for the curious.
PRIVATE_MENU = (
    "ask",
    "check",
    "help",
    "sources",
    "history",
    "why",
    "settings",
    "about",
    "stats",
    "privacy",
    "forget",
)
GROUP_MENU = ("ask", "check", "chart", "help", "sources", "history", "settings", "privacy")


async def introduce(bot: Bot, words: Words) -> None:
    """Set menus and descriptions. A refusal is logged; the bot answers all the same."""
    scopes: tuple[tuple[tuple[str, ...], BotCommandScope], ...] = (
        (PRIVATE_MENU, BotCommandScopeAllPrivateChats()),
        (GROUP_MENU, BotCommandScopeAllGroupChats()),
    )
    for names, scope in scopes:
        menu = [BotCommand(name, words.commands[name]) for name in names]
        await _try("menu", bot.set_my_commands(menu, scope=scope))
    await _try("description", bot.set_my_description(words.description))
    await _try("short_description", bot.set_my_short_description(words.short_description))


async def _try(what: str, call: Awaitable[bool]) -> None:
    try:
        await call
    except TelegramError as error:
        log.warning("introduction_refused", what=what, error=where(error))
