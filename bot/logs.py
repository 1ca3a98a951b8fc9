"""The log: events with fields, on standard error. Nobody's text, name or id and no token is ever in it."""

from __future__ import annotations

import logging
import sys

import structlog

#: Loggers of libraries whose lines hold the token (in URLs) or people's texts (in updates).
_INDISCREET = ("httpx", "httpcore", "telegram", "sqlalchemy", "aiosqlite", "alembic")


def configure_logs() -> None:
    """Write events to standard error: coloured lines on a terminal, else a JSON object a line."""
    for name in _INDISCREET:
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
