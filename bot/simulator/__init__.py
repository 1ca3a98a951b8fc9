"""A strict local Bot API server, for tests and demonstrations; nothing else imports it.

It knows the methods that this bot calls, refuses what Telegram refuses, and can be asked for the troubles
that Telegram has: floods, lost answers, moved groups, people who block the bot.
"""

from bot.simulator.faults import Fault
from bot.simulator.people import Group, Person
from bot.simulator.server import TOKEN, USERNAME, BotApiServer, Call
from bot.simulator.world import Chat

__all__ = ["TOKEN", "USERNAME", "BotApiServer", "Call", "Chat", "Fault", "Group", "Person"]
