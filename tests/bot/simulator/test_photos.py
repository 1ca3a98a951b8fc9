"""The simulator takes a photo as Telegram does: whole, of measures it takes, with a caption that fits."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.simulator import TOKEN, BotApiServer, Person


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 40, height: int = 30, padding: int = 0) -> bytes:
    """A picture as small as can be, or padded to a number of bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(width)) * height)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"tEXt", b"x" * padding), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
async def client(server: BotApiServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{server.url}/bot{TOKEN}/", trust_env=False) as opened:
        yield opened


async def send(client: httpx.AsyncClient, chat: int, photo: Any = None, **fields: str) -> httpx.Response:
    files = {"photo": ("chart.png", photo, "image/png")} if photo is not None else {"none": ("", b"")}
    return await client.post("sendPhoto", data={"chat_id": str(chat), **fields}, files=files)


async def test_a_photo_arrives_byte_for_byte(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person, picture = Person(server), png() + b""
    answer = await send(client, person.private.id, picture, caption="<b>Bold</b>", parse_mode="HTML")
    message = answer.json()["result"]
    assert message["caption"] == "Bold"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    largest = message["photo"][-1]
    assert (largest["width"], largest["height"]) == (40, 30)
    assert server.world.photos[largest["file_id"]].data == picture


async def test_a_photo_can_be_sent_again_by_its_id(server: BotApiServer, client: httpx.AsyncClient) -> None:
    chat = Person(server).private.id
    sent = (await send(client, chat, png())).json()["result"]
    again = await client.post("sendPhoto", json={"chat_id": chat, "photo": sent["photo"][-1]["file_id"]})
    assert again.status_code == 200


async def test_a_photo_may_stand_in_an_attached_part(server: BotApiServer, client: httpx.AsyncClient) -> None:
    data = {"chat_id": str(Person(server).private.id), "photo": "attach://picture"}
    answer = await client.post("sendPhoto", data=data, files={"picture": ("chart.png", png())})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("photo", "status", "problem"),
    [
        (b"", 400, "file must be non-empty"),
        (b"GIF89a and so on", 400, "IMAGE_PROCESS_FAILED"),
        (png()[:-12], 400, "IMAGE_PROCESS_FAILED"),
        (png().replace(b"IDAT", b"IDAX"), 400, "IMAGE_PROCESS_FAILED"),
        (png(6000, 4001), 400, "PHOTO_INVALID_DIMENSIONS"),
        (png(21, 1), 400, "PHOTO_INVALID_DIMENSIONS"),
        (png(padding=10 * 1024 * 1024), 413, "Request Entity Too Large"),
    ],
    ids=["empty", "no picture", "cut off", "damaged", "too large", "too long", "too heavy"],
)
async def test_pictures_that_telegram_refuses_are_refused(
    server: BotApiServer, client: httpx.AsyncClient, photo: bytes, status: int, problem: str
) -> None:
    answer = await send(client, Person(server).private.id, photo)
    assert answer.status_code == status
    assert answer.json()["description"].endswith(problem)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"caption": "x" * 1025}, "message caption is too long"),
        ({"caption": "😀" * 513}, "message caption is too long"),
        ({"caption": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"message_thread_id": "5"}, "message thread not found"),
    ],
)
async def test_captions_and_places_that_telegram_refuses_are_refused(
    server: BotApiServer, client: httpx.AsyncClient, fields: dict[str, str], problem: str
) -> None:
    answer = await send(client, Person(server).private.id, png(), **fields)
    assert answer.status_code == 400
    assert problem in answer.json()["description"]


@pytest.mark.parametrize(
    ("photo", "problem"),
    [
        (None, "there is no photo in the request"),
        ("https://example.org/chart.png", "wrong file identifier/HTTP URL specified"),
        ("attach://missing", "there is no file with the name attached"),
    ],
)
async def test_a_photo_that_is_not_there_is_refused(
    server: BotApiServer, client: httpx.AsyncClient, photo: str | None, problem: str
) -> None:
    fields = {"chat_id": Person(server).private.id} | ({"photo": photo} if photo else {})
    answer = await client.post("sendPhoto", json=fields)
    assert (answer.status_code, problem in answer.json()["description"]) == (400, True)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\nb\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--x--",
        ),
    ],
    ids=["no boundary", "no end", "no name", "no text"],
)
async def test_a_form_that_is_not_whole_is_refused(
    server: BotApiServer, client: httpx.AsyncClient, kind: str, body: bytes
) -> None:
    answer = await client.post("sendPhoto", content=body or b"x", headers={"Content-Type": kind})
    assert answer.status_code == 400
