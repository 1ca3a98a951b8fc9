"""The simulator takes a photo as Telegram does: whole, of measures it takes, with a caption that fits."""

from __future__ import annotations

import json
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
    person, picture = Person(server), png()
    answer = await send(client, person.private.id, picture, caption="<b>Bold</b>", parse_mode="HTML")
    message = answer.json()["result"]
    assert message["caption"] == "Bold"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    largest = message["photo"][-1]
    assert (largest["width"], largest["height"]) == (40, 30)
    assert server.world.files[largest["file_id"]] == picture


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
        ("attach://missing", "wrong file identifier/HTTP URL specified"),
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


# -- changed and deleted ---------------------------------------------------------------------------


async def media(
    client: httpx.AsyncClient, chat: int, number: int, photo: bytes, **fields: str
) -> httpx.Response:
    told = {"type": "photo", "media": "attach://picture", **fields}
    data = {"chat_id": str(chat), "message_id": str(number), "media": json.dumps(told)}
    return await client.post("editMessageMedia", data=data, files={"picture": ("chart.png", photo)})


async def test_another_picture_takes_the_place_of_one_or_of_a_text(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    chat = Person(server).private.id
    photo = (await send(client, chat, png(), caption="Old")).json()["result"]
    text = (await client.post("sendMessage", json={"chat_id": chat, "text": "Old"})).json()["result"]
    for message in (photo, text):
        answer = await media(client, chat, message["message_id"], png(50, 50), caption="New")
        changed = answer.json()["result"]
        assert (changed["caption"], changed["photo"][0]["width"], "text" in changed) == ("New", 50, False)


async def test_the_same_picture_again_is_no_change(server: BotApiServer, client: httpx.AsyncClient) -> None:
    chat = Person(server).private.id
    sent = (await send(client, chat, png(), caption="Same")).json()["result"]
    answer = await media(client, chat, sent["message_id"], png(), caption="Same")
    assert (answer.status_code, "not modified" in answer.json()["description"]) == (400, True)


async def test_a_text_cannot_take_the_place_of_a_picture(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    chat = Person(server).private.id
    sent = (await send(client, chat, png())).json()["result"]
    edit = {"chat_id": chat, "message_id": sent["message_id"], "text": "New"}
    answer = await client.post("editMessageText", json=edit)
    assert answer.json()["description"] == "Bad Request: there is no text in the message to edit"


async def test_only_own_and_recent_messages_can_be_deleted(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    person = Person(server)
    chat, said = person.private.id, person.says("hello")
    sent = (await send(client, chat, png())).json()["result"]
    numbers = [sent["message_id"], sent["message_id"], said["message_id"]]
    answers = [
        await client.post("deleteMessage", json={"chat_id": chat, "message_id": number}) for number in numbers
    ]
    assert [answer.status_code for answer in answers] == [200, 400, 400]
    old = (await send(client, chat, png())).json()["result"]
    person.private.messages[old["message_id"]]["date"] -= 49 * 3600
    answer = await client.post("deleteMessage", json={"chat_id": chat, "message_id": old["message_id"]})
    assert answer.json()["description"] == "Bad Request: message can't be deleted"
