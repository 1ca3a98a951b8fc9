"""A small HTTP/1.1 server on asyncio and h11, for the loopback interface only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import cast

import h11

_LOOPBACK = "127.0.0.1"
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived, its body whole; the names of its headers are in lower case."""

    method: str
    target: str
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """A response, with a JSON body unless another type is named.

    Where there is a `stream`, its parts follow the body as they come, until it ends or the client leaves.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    stream: AsyncGenerator[bytes, None] | None = None


#: Answers a request; None closes the connection without an answer.
Handle = Callable[[Request], Awaitable[Response | None]]


class HttpServer:
    """Serves requests, several connections at a time, each kept alive."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, port: int = 0) -> None:
        """Listen; port 0 takes a free one, which is in `port` afterwards."""
        self._server = await asyncio.start_server(self._accept, _LOOPBACK, port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())  # a callback that is a coroutine is a task
        self._connections.add(task)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._connections.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            request = await _read(connection, reader)
            if request is None:
                return
            response = await self._handle(request)
            if response is None:
                writer.transport.abort()
                return
            async with aclosing(_encoded(connection, response)) as parts:
                async for part in parts:
                    writer.write(part)
                    await writer.drain()
            if connection.our_state is not h11.DONE:
                return
            connection.start_next_cycle()


async def _read(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | None:
    """The next whole request of a connection, None where the client has left."""
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
            kind = headers.get("content-type", "")
            return Request(head.method.decode(), head.target.decode(), kind, bytes(body), headers)
        elif isinstance(event, h11.ConnectionClosed):
            return None


async def _encoded(connection: h11.Connection, response: Response) -> AsyncGenerator[bytes, None]:
    """A response as it goes over the wire: whole, or part by part where it is a stream."""
    headers = [("Content-Type", response.content_type), *response.headers]
    if response.stream is None:
        headers.append(("Content-Length", str(len(response.body))))
    head = connection.send(h11.Response(status_code=response.status, headers=headers)) or b""
    yield head + (connection.send(h11.Data(data=response.body)) or b"")
    if response.stream is not None:
        async with aclosing(response.stream) as parts:
            async for part in parts:
                yield connection.send(h11.Data(data=part)) or b""
    if end := connection.send(h11.EndOfMessage()):
        yield end
