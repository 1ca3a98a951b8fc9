"""The page over HTTP: its files, what happens as a stream of events, and what people are to do.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncGenerator, Mapping
from html import escape
from importlib.resources import files
from secrets import token_hex
from string import Template
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.demo.acts import read_act
from bot.demo.journal import Event, Journal
from bot.demo.stage import ActRefused, Stage
from bot.errors import DemoError
from bot.simulator import BotApiServer
from bot.simulator.http import HttpServer, Request, Response
from bot.simulator.parameters import Json
from bot.words.demo import DemoWords

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: The page takes nothing from any other address, and runs no script but its own.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
#: How often a silent stream says that it is there, in seconds: so a page that has left is noticed.
_HEARTBEAT = 20.0
_HIGHEST_PORT = 65535


class Pages:
    """The page's own server: `async with Pages(server, words, examples, port) as pages`.

    Port 0 takes a free one. Raises `DemoError` where the port cannot be listened on.
    """

    def __init__(
        self, server: BotApiServer, words: DemoWords, examples: tuple[str, ...], port: int = 0
    ) -> None:
        self.stage = Stage(server, words)
        self._journal = Journal(server)
        self._server = server
        self._words = words
        self._examples = examples
        self._wanted_port = port
        self._http = HttpServer(self._handle)
        self._run = token_hex(8)
        self._files = _page_files(words)

    async def __aenter__(self) -> Self:
        try:
            await self._http.start(self._wanted_port)
        except OSError as error:
            raise DemoError(self._refusal(error)) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.stop()

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self._http.port}/"

    def _refusal(self, error: OSError) -> str:
        port, words = self._wanted_port, self._words
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < _HIGHEST_PORT else port - 1
            return words.port_taken.format(port=port, other=other)
        return words.port_refused.format(port=port, reason=error.strerror)

    async def _handle(self, request: Request) -> Response:
        """Answer a request of the page's; one that another site or name leads to is refused."""
        hosts = {f"{name}:{self._http.port}" for name in ("127.0.0.1", "localhost")}
        origin = request.headers.get("origin")
        foreign = origin is not None and origin not in {f"http://{host}" for host in hosts}
        if request.headers.get("host") not in hosts or foreign:
            return _plain(403, "Forbidden")
        path = urlsplit(request.target).path
        if path == "/act":
            return self._act(request)
        if request.method != "GET":
            return _plain(405, "Method Not Allowed")
        if path == "/events":
            return Response(200, b"", "text/event-stream", _HEADERS, self._events(request.headers))
        if path.startswith("/photo/"):
            return self._photo(path.removeprefix("/photo/"))
        found = self._files.get(path)
        return _plain(404, "Not Found") if found is None else Response(200, found[1], found[0], _HEADERS)

    def _act(self, request: Request) -> Response:
        if request.method != "POST" or request.content_type != "application/json":
            return _plain(405, "Method Not Allowed")
        try:
            result = self.stage.play(read_act(request.body))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            return _json(400, {"refused": f"{'.'.join(map(str, first['loc']))}: {first['msg']}"})
        except ActRefused as refused:
            return _json(400, {"refused": str(refused)})
        self._journal.look()
        return _json(200, result)

    def _photo(self, name: str) -> Response:
        picture = self._server.world.files.get(name)
        if picture is None:
            return _plain(404, "Not Found")
        return Response(200, picture, "image/png", _HEADERS)

    async def _events(self, headers: Mapping[str, str]) -> AsyncGenerator[bytes, None]:
        """Who takes part, then everything that happens from where the page was."""
        run, _, number = headers.get("last-event-id", "").partition("-")
        first = int(number) + 1 if run == self._run and number.isdigit() else 0
        cast = {**self.stage.cast(), "run": self._run, "examples": self._examples}
        latest = len(self._journal.events)
        yield _sent("stage", {**cast, "words": self._words.page, "latest": latest, "first": first})
        events = self._journal.since(first)
        following = asyncio.ensure_future(anext(events))
        try:
            while True:
                done, _ = await asyncio.wait((following,), timeout=_HEARTBEAT)
                if not done:
                    yield b": still here\n\n"
                    continue
                yield self._numbered(*following.result())
                following = asyncio.ensure_future(anext(events))
        finally:
            following.cancel()

    def _numbered(self, number: int, event: Event) -> bytes:
        content = {"number": number, "content": event.content}
        return f"id: {self._run}-{number}\n".encode() + _sent(event.kind, content)


def _page_files(words: DemoWords) -> dict[str, tuple[str, bytes]]:
    """The page's files by path, each with its type. The page itself has its words filled in."""
    folder = files("bot.demo") / "page"
    found = {
        f"/page/{file.name}": (_KINDS[suffix], file.read_bytes())
        for file in folder.iterdir()
        if (suffix := file.name[file.name.rfind(".") :]) in _KINDS
    }
    page = Template((folder / "index.html").read_text(encoding="utf-8"))
    filled = page.substitute({name: escape(text) for name, text in words.page.items()})
    return {**found, "/": ("text/html; charset=utf-8", filled.encode())}


def _sent(kind: str, content: Json) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n".encode()


def _json(status: int, content: Json) -> Response:
    return Response(status, json.dumps(content).encode(), headers=_HEADERS)


def _plain(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8", _HEADERS)
