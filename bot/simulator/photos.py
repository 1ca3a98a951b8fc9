"""Pictures as Telegram takes and shows them.

https://core.telegram.org/bots/api#sendphoto
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

from bot.simulator.parameters import ApiError, Json

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_BYTES = 10 * 1024 * 1024
_MOST_WIDTH_AND_HEIGHT = 10_000
_MOST_RATIO = 20


def photo_sizes(picture: bytes) -> list[Json]:
    """A picture as a message shows it, in its own size only; its file's name comes of its content.

    Takes PNG, as the bot draws them. Raises `ApiError` on what Telegram refuses.
    """
    if not picture:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if len(picture) > _MOST_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    width, height = _measures(picture)
    if not width or not height or width + height > _MOST_WIDTH_AND_HEIGHT:
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > _MOST_RATIO * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    digest = sha256(picture).hexdigest()
    names = {"file_id": f"photo-{digest[:40]}", "file_unique_id": digest[:16]}
    return [{**names, "width": width, "height": height, "file_size": len(picture)}]


def _measures(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG every chunk of which is whole. Raises `ApiError` for anything else."""
    refusal = ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    if not picture.startswith(_PNG):
        raise refusal
    at, size, ended = len(_PNG), (0, 0), False
    while at + 12 <= len(picture) and not ended:
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body, check = picture[at + 8 : at + 8 + length], picture[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", check)[0]:
            raise refusal
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        ended = kind == b"IEND"
        at += 12 + length
    if not ended:
        raise refusal
    return size
