"""A strict local Bot API server, driven from the same process by a test or a demonstration."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from bot.simulator.faults import Fault
from bot.simulator.http import HttpServer, Request, Response
from bot.simulator.methods import METHODS
from bot.simulator.parameters import ApiError, Json, Parameters, read_parameters
from bot.simulator.world import World

TOKEN = "123456789:AAExampleTokenOfTheLocalSimulator"  # noqa: S105  # opens nothing but this server
USERNAME = "sitrep_bot"
_ADDRESS = re.compile(r"/bot(?P<token>[^/]*)/(?P<method>[A-Za-z]+)")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
_LONGEST_HOLD = 50


@dataclass(slots=True)
class Call:
    """One call of a method: what was asked, and what came of it once it is answered."""

    method: str
    parameters: dict[str, Json]
    status: int = 0
    description: str = ""
    result: Json = None


#: Told of every call, first when it arrives and again when it has taken effect but is not yet answered.
Watcher = Callable[[str, Call], Awaitable[None]]


class BotApiServer:
    """The server: `async with BotApiServer() as server` listens on a free port of the loopback interface.

    `world` holds people and chats, `calls` everything that was asked, `faults` the troubles to come.
    """

    def __init__(
        self, token: str = TOKEN, username: str = USERNAME, clock: Callable[[], float] = time.time
    ) -> None:
        self.world = World(token, username, clock)
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.watchers: list[Watcher] = []
        self.released = asyncio.Event()
        self._http = HttpServer(self._handle)
        self._poller: asyncio.Event | None = None
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        await self._http.stop()

    @property
    def url(self) -> str:
        """The origin that a bot is pointed at."""
        return f"http://127.0.0.1:{self._http.port}"

    async def until(self, holds: Callable[[], bool], patience: float = 60) -> None:
        """Wait until something holds, looked at after every call.

        Raises `TimeoutError` where it has not come to hold within `patience` seconds.
        """
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(holds)

    def called(self, method: str) -> list[Call]:
        """The calls of a method, in the order they arrived."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def _handle(self, request: Request) -> Response | None:
        address = _ADDRESS.fullmatch(urlsplit(request.target).path)
        if address is None or not _TOKEN.fullmatch(address["token"]):
            return _refused(ApiError(404, "Not Found"))
        if address["token"] != self.world.token:
            return _refused(ApiError(401, "Unauthorized"))
        try:
            return await self._call(address["method"], read_parameters(request))
        except ApiError as error:
            return _refused(error)

    async def _call(self, method: str, parameters: Parameters) -> Response | None:
        call = Call(method, parameters.values)
        self.calls.append(call)
        await self._tell("arrived", call)
        try:
            fault = next((f for f in self.faults if f.concerns(method, parameters)), None)
            if fault is not None:
                fault.strike()
                if fault.kind == "lost before":
                    return None
                if fault.kind == "held":
                    await self.released.wait()
            result = await self._result(method, parameters)
            call.status, call.result = 200, result
        except ApiError as error:
            call.status, call.description = error.code, error.description
            raise
        finally:
            await self._tell("taken", call)
        if fault is not None and fault.kind == "lost after":
            return None
        return Response(200, json.dumps({"ok": True, "result": result}).encode())

    async def _tell(self, phase: str, call: Call) -> None:
        for watcher in self.watchers:
            await watcher(phase, call)
        async with self._changed:
            self._changed.notify_all()

    async def _result(self, method: str, parameters: Parameters) -> Json:
        if method.lower() == "getupdates":
            return await self._get_updates(parameters)
        known = METHODS.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        return known(self.world, parameters)

    async def _get_updates(self, parameters: Parameters) -> Json:
        """The waiting updates, held back until there is one; a second poller ends the first one's wait."""
        world = self.world
        if world.webhook:
            problem = "can't use getUpdates method while webhook is active"
            raise ApiError(409, f"Conflict: {problem}; use deleteWebhook to delete the webhook first")
        if self._poller is not None:
            self._poller.set()
        ended = self._poller = asyncio.Event()
        allowed = parameters.json("allowed_updates")
        if allowed is not None:
            world.allowed = tuple(allowed)
        offset = parameters.number("offset") or 0
        if offset < 0:
            offset = world.updates[offset:][0]["update_id"] if world.updates[offset:] else 0
        world.updates = [update for update in world.updates if update["update_id"] >= offset]
        try:
            await self._wait_for_news(ended, min(parameters.number("timeout") or 0, _LONGEST_HOLD))
        finally:
            if self._poller is ended:
                self._poller = None
        return world.updates[: min(parameters.number("limit") or 100, 100)]

    async def _wait_for_news(self, ended: asyncio.Event, seconds: int) -> None:
        self.world.news.clear()
        if self.world.updates or not seconds:
            return
        waits = [asyncio.ensure_future(event.wait()) for event in (self.world.news, ended)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if ended.is_set():
            problem = (
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
            raise ApiError(409, f"Conflict: {problem}")


def _refused(error: ApiError) -> Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Response(error.code, json.dumps(body).encode())
