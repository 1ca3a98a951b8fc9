"""The bot's errors, one tree; a caller that catches `BotError` has caught them all.

BotError
├── SettingsError    the environment says something that the bot cannot start with
├── TokenRefused     Telegram does not know the token, or no longer does
├── StateError       what the bot remembers cannot be opened, read or written
├── WordsError       the file of words lacks a sentence or has one too many
├── UnreadableText   a file to be checked is missing or holds no text
├── NothingToDraw    a chart was asked for of an answer that has none
├── FileUnusable     a file to be written can't be, or lacks the place to write to
└── DemoError        the demonstration cannot have the port that it was given

Each message is a whole sentence for the person who runs the bot: it names no token and nobody's text.
The command line prints it and ends with `EXIT_CODE`; nothing else turns errors into words.
"""

from __future__ import annotations

#: What the process ends with where it could not start or go on: the usual code for wrong use.
EXIT_CODE = 2


class BotError(Exception):
    """Anything this package reports to its caller."""


class SettingsError(BotError):
    """A setting is missing, unknown or ill-formed; the message names it and what it should be."""


class TokenRefused(BotError):  # noqa: N818  # named for what happened, as the documentation speaks of it
    """The Bot API server refused the token."""


class StateError(BotError):
    """The state cannot be used; the message says what to do about it."""


class WordsError(BotError):
    """The words shipped with the bot are not the ones that it needs."""


class UnreadableText(BotError):  # noqa: N818  # named for what it is
    """A file to be checked is missing or holds no text."""


class FileUnusable(BotError):  # noqa: N818  # named for what it is
    """A file to be written can't be, or lacks the place to write to."""


class NothingToDraw(BotError):  # noqa: N818  # named for what it is
    """A chart was asked for, and the answer has no figures that one could show."""


class DemoError(BotError):
    """The demonstration cannot listen where it was told to; the message says what to do about it."""
