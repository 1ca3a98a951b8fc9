"""Pictures for tests, drawn without a library."""

from __future__ import annotations

import struct
import zlib


def picture(width: int, height: int, grey: int = 160) -> bytes:
    """A PNG of one grey; https://www.w3.org/TR/png/."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    kind, content = named
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
