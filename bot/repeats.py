"""The same question asked again in a group: how it is known again, and for how long."""

from __future__ import annotations

import re

from telegram import Message

from bot.conversations import topic_of
from bot.ledger import Echo
from bot.vault import Vault
from knowledge import RichText, render_html

#: For so many seconds an answer is pointed at instead of being posted again.
SHORT_TIME = 600
_WORD = re.compile(r"\w+")


def echo_of(vault: Vault, message: Message, question: str, answer: RichText) -> Echo:
    """What a question in a topic is known by again: its words, and that it has the same answer."""
    words = " ".join(_WORD.findall(question.casefold()))
    digest = vault.key("echo", message.chat.id, topic_of(message), words, render_html(answer))
    return Echo(digest, int(message.date.timestamp()))
