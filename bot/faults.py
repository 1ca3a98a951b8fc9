"""What is done about an error while an update is answered: the one place that decides, by precedence.

The first line that fits counts; the order matters, as several of these derive from one another.

1. `RetryAfter`          Telegram asks this chat to wait: wait, then again; other chats go on
2. `Forbidden`           blocked, removed or not allowed to write there: nobody to answer, done with
3. `ChatMigrated`        moved once more while being followed: again, from the new place
4. `BadRequest`          the chat, topic or right is gone: no sending will help, done with
5. `InvalidToken`        the token was revoked: the whole bot stops
6. `NetworkError`        not sent: again, waiting longer each time; perhaps sent: once more at most
7. the state's errors    the disk is full, the database away: again, waiting longer each time
8. anything else         a fault of ours: a few times more, then the update is set aside
"""

from __future__ import annotations

import traceback
from enum import Enum, auto

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

#: The longest that anything waits before it is tried again, in seconds.
LONGEST_WAIT = 30.0

#: Errors of a request that never left this machine or was never taken.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class Verdict(Enum):
    """What becomes of an update after an error."""

    WAIT = auto()
    DROP = auto()
    STOP = auto()
    AGAIN = auto()
    UNCERTAIN = auto()
    FAULT = auto()


def verdict(error: Exception) -> Verdict:
    """What to do about an error, by the precedence above."""
    match error:
        case RetryAfter():
            return Verdict.WAIT
        case Forbidden():
            return Verdict.DROP
        case ChatMigrated():
            return Verdict.AGAIN
        case BadRequest():
            return Verdict.DROP
        case InvalidToken():
            return Verdict.STOP
        case NetworkError():
            return Verdict.UNCERTAIN if perhaps_sent(error) else Verdict.AGAIN
        case SQLAlchemyError() | OSError():
            return Verdict.AGAIN
        case _:
            return Verdict.FAULT


def perhaps_sent(error: NetworkError) -> bool:
    """Whether a message may have been delivered though its answer was lost.

    An answer with an error's status (502 and the like) came from a server that did not take it.
    """
    return error.__cause__ is not None and not isinstance(error.__cause__, _UNSENT)


def asked_wait(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4, ... up to the longest wait."""
    return float(min(2.0 ** min(failures - 1, 10), LONGEST_WAIT))


def where(error: BaseException) -> str:
    """Where an error arose, for the log: its message is left out, it may hold somebody's text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
