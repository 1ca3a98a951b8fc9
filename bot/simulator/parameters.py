"""The parameters of a call: from the address, a form, a multipart form or JSON, as the Bot API takes them.

https://core.telegram.org/bots/api#making-requests
"""

from __future__ import annotations

import json
from email.message import Message
from email.parser import BytesParser
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
    head = f"Content-Type: {request.content_type}\r\n\r\n".encode("latin-1")
    whole = BytesParser(policy=HTTP).parsebytes(head + request.body)
    return {_name(part): _content(part) for part in whole.iter_parts()}


def _name(part: Message) -> str:
    return str(part.get_param("name", "", header="content-disposition"))


def _content(part: Message) -> str | bytes:
    """A field's text, or the bytes of a file."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return content.decode() if part.get_filename() is None else content
