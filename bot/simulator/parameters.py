"""The parameters of a call: from the address, a form, a multipart form or JSON, as the Bot API takes them.

https://core.telegram.org/bots/api#making-requests
"""

from __future__ import annotations

import json
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bot.simulator.http import Request

#: A JSON object or array as it was sent; its shape is the sender's to choose.
Json = Any


class ApiError(Exception):
    """What Telegram answers a call with that it refuses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Parameters:
    """Named values that may have come as text or as JSON."""

    def __init__(self, values: dict[str, Json]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        """A text; empty where it was not sent."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise ApiError(400, f"Bad Request: {name} must be a string")
        return value

    def file(self, name: str) -> bytes | None:
        """A file that was uploaded, under its own name or the one that `attach://` names; None without one.

        https://core.telegram.org/bots/api#sending-files
        """
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, bytes) else None

    def number(self, name: str) -> int | None:
        """A whole number, None where it was not sent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise ApiError(400, f"Bad Request: {name} must be an integer") from None

    def json(self, name: str) -> Json:
        """An object or an array, None where it was not sent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(400, f"Bad Request: can't parse {name} JSON object") from None


def read_parameters(request: Request) -> Parameters:
    """All parameters of a request, those of the body last."""
    values: dict[str, Json] = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
    values.update(_from_body(request))
    return Parameters(values)


def _from_body(request: Request) -> dict[str, Json]:
    kind = request.content_type.partition(";")[0].strip().lower()
    if not request.body:
        return {}
    if kind == "application/json":
        try:
            found = json.loads(request.body)
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse request JSON") from None
        return found if isinstance(found, dict) else {}
    if kind == "multipart/form-data":
        return _from_multipart(request)
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def _from_multipart(request: Request) -> dict[str, Json]:
    """The parts of a form, byte for byte as they were sent (RFC 2046, 5.1.1)."""
    head = BytesHeaderParser(policy=HTTP).parsebytes(
        f"Content-Type: {request.content_type}".encode("latin-1")
    )
    boundary = head.get_boundary()
    if not boundary:
        raise ApiError(400, "Bad Request: can't find boundary in Content-Type")
    mark = b"\r\n--" + boundary.encode("latin-1")
    parts = (b"\r\n" + request.body).split(mark)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise ApiError(400, "Bad Request: the form has no end")
    return dict(map(_part, parts[1:-1]))


def _part(part: bytes) -> tuple[str, str | bytes]:
    """A field's name with its text, or with the bytes of a file."""
    headers, blank, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    head: Message = BytesHeaderParser(policy=HTTP).parsebytes(headers)
    name = head.get_param("name", None, header="content-disposition")
    if not blank or not isinstance(name, str):
        raise ApiError(400, "Bad Request: a part of the form has no name")
    if head.get_filename() is not None:
        return name, content
    try:
        return name, content.decode()
    except UnicodeDecodeError:
        raise ApiError(400, f"Bad Request: {name} must be encoded in UTF-8") from None
