"""Pictures as Telegram takes and shows them.

https://core.telegram.org/bots/api#sendphoto
"""

from __future__ import annotations

import struct
from hashlib import sha256

from bot.simulator.parameters import ApiError, Json

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE_IN_PNG = slice(16, 24)
_MOST_BYTES = 10 * 1024 * 1024
_MOST_WIDTH_AND_HEIGHT = 10_000
_MOST_RATIO = 20


def photo_sizes(picture: bytes) -> list[Json]:
    """A picture as a message shows it, in its own size only; its file's name comes of its content.

    Takes PNG, as the bot draws them. Raises `ApiError` on what Telegram refuses.
    """
    if len(picture) > _MOST_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not picture.startswith(_PNG) or len(picture) < _SIZE_IN_PNG.stop:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", picture[_SIZE_IN_PNG])
    if not width or not height or width + height > _MOST_WIDTH_AND_HEIGHT:
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > _MOST_RATIO * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    digest = sha256(picture).hexdigest()
    names = {"file_id": f"photo-{digest[:40]}", "file_unique_id": digest[:16]}
    return [{**names, "width": width, "height": height, "file_size": len(picture)}]
