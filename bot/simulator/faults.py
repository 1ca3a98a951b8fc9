"""Troubles that the simulator can be asked for, as they happen with Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.simulator.parameters import ApiError, Parameters

#: `flood` answers 429, `bad gateway` 502, `bad markup` refuses HTML, `lost before` and `lost after` drop
#: the connection before or after the call took effect, `held` never answers until the server is told to.
Kind = Literal["flood", "bad gateway", "bad markup", "lost before", "lost after", "held"]


@dataclass(slots=True)
class Fault:
    """A trouble for the next `times` calls of a method, in one chat or in any."""

    kind: Kind
    method: str = "sendMessage"
    chat: int | None = None
    times: int = 1
    seconds: int = 1

    def concerns(self, method: str, parameters: Parameters) -> bool:
        """Whether a call meets this trouble."""
        if self.times < 1 or method.lower() != self.method.lower():
            return False
        if self.kind == "bad markup" and not parameters.text("parse_mode"):
            return False
        return self.chat is None or parameters.number("chat_id") == self.chat

    def strike(self) -> None:
        """Count the trouble as met, and refuse the call if that is its kind."""
        self.times -= 1
        if self.kind == "flood":
            problem = f"Too Many Requests: retry after {self.seconds}"
            raise ApiError(429, problem, retry_after=self.seconds)
        if self.kind == "bad gateway":
            raise ApiError(502, "Bad Gateway")
        if self.kind == "bad markup":
            raise ApiError(400, "Bad Request: can't parse entities: character '_' is reserved")
