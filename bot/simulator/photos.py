"""`sendPhoto`, as strict as Telegram's own.

https://core.telegram.org/bots/api#sendphoto
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from bot.simulator.parameters import ApiError, Json, Parameters, Upload

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_BYTES = 10 * 1024 * 1024
#: Width and height together, and how many times the longer side may be the shorter one.
_MOST_PIXELS, _MOST_STRETCHED = 10_000, 20
#: The longest side of what Telegram keeps of a photo.
_KEPT_SIDE = 1280


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that was sent, with its measures."""

    data: bytes
    width: int
    height: int


def photo_in(parameters: Parameters, known: dict[str, Photo]) -> Photo:
    """The photo that a call sends: uploaded in a part of the form, attached by name, or known by its id."""
    given = parameters.values.get("photo")
    if isinstance(given, str) and given.startswith("attach://"):
        given = parameters.values.get(given.removeprefix("attach://"))
        if not isinstance(given, Upload):
            raise ApiError(400, "Bad Request: there is no file with the name attached")
    if isinstance(given, Upload):
        return _read(given.data)
    if not given:
        raise ApiError(400, "Bad Request: there is no photo in the request")
    if given in known:
        return known[given]
    raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")


def sizes_of(photo: Photo, identifier: str) -> list[Json]:
    """The sizes that Telegram keeps: a small one, and one of up to 1,280 points a side."""
    sizes = []
    for side in (90, _KEPT_SIDE):
        share = min(1.0, side / max(photo.width, photo.height))
        name = f"{identifier}-{side}" if side < _KEPT_SIDE else identifier
        size = {"file_id": name, "file_unique_id": f"u{name}", "file_size": len(photo.data)}
        sizes.append(size | {"width": round(photo.width * share), "height": round(photo.height * share)})
    return sizes


def _read(data: bytes) -> Photo:
    """A PNG, whole and of measures that Telegram takes; the bot sends no other kind."""
    if not data:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if len(data) > _MOST_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    width, height = _measures(data)
    if width + height > _MOST_PIXELS or max(width, height) > _MOST_STRETCHED * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    return Photo(data, width, height)


def _measures(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG every chunk of which is whole. Raises `ApiError` for anything else."""
    refusal = ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    if not data.startswith(_PNG):
        raise refusal
    at, size, ended = len(_PNG), (0, 0), False
    while at + 12 <= len(data) and not ended:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", check)[0]:
            raise refusal
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        ended = kind == b"IEND"
        at += 12 + length
    if not ended or not all(size):
        raise refusal
    return size
