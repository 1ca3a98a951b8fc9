"""The simulator refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.simulator import TOKEN, BotApiServer, Fault, Group, Person


@pytest.fixture
async def client(server: BotApiServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{server.url}/bot{TOKEN}/", trust_env=False) as opened:
        yield opened


async def refusal(client: httpx.AsyncClient, method: str, **parameters: Any) -> tuple[int, str]:
    """What a call is refused with."""
    response = await client.post(method, json=parameters)
    body = response.json()
    assert body["ok"] is False
    assert body["error_code"] == response.status_code
    return response.status_code, body["description"]


@pytest.mark.parametrize(("token", "status"), [("1:wrong", 401), ("nonsense", 404), ("", 404)])
async def test_a_wrong_token_is_refused(server: BotApiServer, token: str, status: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{server.url}/bot{token}/getMe")).status_code == status


async def test_an_unknown_method_is_not_found(client: httpx.AsyncClient) -> None:
    assert await refusal(client, "logOutOfEverything") == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag"),
        ("x</b>", "can't parse entities: Unexpected end tag"),
        ("<b><i>x</b></i>", "can't parse entities: Unmatched end tag"),
        ("1 < 2", "can't parse entities"),
        ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p"'),
        ("<b class='x'>x</b>", "can't parse entities: Unexpected attributes"),
        ("<blockquote><blockquote>x</blockquote></blockquote>", "can't parse entities: Blockquotes"),
    ],
)
async def test_texts_that_telegram_refuses_are_refused(
    server: BotApiServer, client: httpx.AsyncClient, text: str, problem: str
) -> None:
    chat = Person(server).private.id
    status, description = await refusal(client, "sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    assert status == 400
    assert description.startswith(f"Bad Request: {problem}")


async def test_a_text_is_measured_after_parsing(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person = Person(server)
    text = f'<a href="https://example.org/{"y" * 500}">{"&amp;" * 4096}</a>'
    response = await client.post(
        "sendMessage", json={"chat_id": person.private.id, "text": text, "parse_mode": "HTML"}
    )
    assert response.json()["result"]["text"] == "&" * 4096


async def test_entities_are_placed_in_utf_16(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person = Person(server)
    text = " 😀<b>b</b> <blockquote expandable>q</blockquote>"
    response = await client.post(
        "sendMessage", data={"chat_id": person.private.id, "text": text, "parse_mode": "HTML"}
    )
    assert response.json()["result"]["entities"] == [
        {"type": "bold", "offset": 2, "length": 1},
        {"type": "expandable_blockquote", "offset": 4, "length": 1},
    ]


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"chat_id": 5}, "chat not found"),
        ({}, "chat_id is empty"),
        ({"message_thread_id": 5}, "message thread not found"),
        ({"reply_parameters": {"message_id": 5}}, "message to be replied not found"),
        ({"parse_mode": "Markup"}, "unsupported parse_mode"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ],
)
async def test_parameters_that_telegram_refuses_are_refused(
    server: BotApiServer, client: httpx.AsyncClient, parameters: dict[str, Any], problem: str
) -> None:
    chat = {"chat_id": Person(server).private.id} if parameters else {}
    status, description = await refusal(client, "sendMessage", **{"text": "x", **chat, **parameters})
    assert (status, description.partition(": ")[2]) == (400, problem)


async def test_a_missing_message_can_be_replied_to_where_that_is_allowed(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    chat = Person(server).private.id
    response = await client.post(
        "sendMessage", json={"chat_id": chat, "text": "x", "reply_parameters": reply}
    )
    assert response.status_code == 200


async def test_a_blocked_bot_is_forbidden_to_write(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person = Person(server)
    person.private.blocked = True
    answer = await refusal(client, "sendMessage", chat_id=person.private.id, text="x")
    assert answer == (403, "Forbidden: bot was blocked by the user")


async def test_a_moved_group_names_its_new_number(server: BotApiServer, client: httpx.AsyncClient) -> None:
    group = Group(server, "Talk", kind="group")
    new = group.becomes_supergroup(announced=False)
    response = await client.post("sendMessage", json={"chat_id": group.chat.id, "text": "x"})
    assert response.json()["parameters"] == {"migrate_to_chat_id": new.chat.id}


async def test_a_flood_names_the_seconds_to_wait(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person = Person(server)
    server.faults.append(Fault("flood", seconds=9))
    first, second = [
        await client.post("sendMessage", json={"chat_id": person.private.id, "text": "x"}) for _ in "ab"
    ]
    assert (first.status_code, first.json()["parameters"]) == (429, {"retry_after": 9})
    assert second.status_code == 200


async def test_an_update_is_given_until_it_is_confirmed(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    Person(server).says("hello")
    first = (await client.get("getUpdates")).json()["result"]
    again = (await client.get("getUpdates")).json()["result"]
    after = (await client.get("getUpdates", params={"offset": first[0]["update_id"] + 1})).json()["result"]
    assert first == again != after == []


async def test_polling_is_held_until_there_is_news(server: BotApiServer, client: httpx.AsyncClient) -> None:
    polling = asyncio.create_task(client.post("getUpdates", data={"timeout": 50}, timeout=60))
    await server.until(lambda: bool(server.called("getUpdates")))
    assert not polling.done()
    Person(server).says("hello")
    assert len((await polling).json()["result"]) == 1


async def test_a_second_poller_ends_the_first_ones_wait(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    polling = asyncio.create_task(client.post("getUpdates", data={"timeout": 50}, timeout=60))
    await server.until(lambda: bool(server.called("getUpdates")))
    assert (await client.post("getUpdates")).status_code == 200
    assert (
        (await polling).json()["description"].startswith("Conflict: terminated by other getUpdates request")
    )


async def test_only_the_kinds_of_updates_asked_for_are_given(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    await client.post("getUpdates", data={"allowed_updates": json.dumps(["message"])})
    Person(server).says("hello", kind="edited_message")
    Person(server).says("hello")
    assert len((await client.get("getUpdates")).json()["result"]) == 1


async def test_forms_multipart_json_and_addresses_say_the_same(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    values = {"chat_id": str(Person(server).private.id), "text": "a & b"}
    responses = [
        await client.get("sendMessage", params=values),
        await client.post("sendMessage", data=values),
        await client.post("sendMessage", json=values),
        await client.post("sendMessage", files={name: (None, value) for name, value in values.items()}),
    ]
    assert [response.json()["result"]["text"] for response in responses] == ["a & b"] * 4


async def test_only_the_bots_own_messages_can_be_edited(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    person = Person(server)
    theirs = person.says("hello")
    chat = {"chat_id": person.private.id}
    sent = (await client.post("sendMessage", json={**chat, "text": "x"})).json()["result"]
    own = {**chat, "message_id": sent["message_id"]}
    assert (await client.post("editMessageText", json={**own, "text": "y"})).json()["result"]["text"] == "y"
    assert "message is not modified" in (await refusal(client, "editMessageText", **own, text="y"))[1]
    other = {**chat, "message_id": theirs["message_id"]}
    assert (await refusal(client, "editMessageText", **other, text="y"))[1].endswith(
        "message can't be edited"
    )
    gone = {**chat, "message_id": 99}
    assert (await refusal(client, "editMessageText", **gone, text="y"))[1].endswith(
        "message to edit not found"
    )


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(
    server: BotApiServer, client: httpx.AsyncClient
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Next", "callback_data": "page:1"}]]}
    chat = {"chat_id": Person(server).private.id}
    sent = (await client.post("sendMessage", json={**chat, "text": "x", "reply_markup": keyboard})).json()
    assert sent["result"]["reply_markup"] == keyboard
    own = {**chat, "message_id": sent["result"]["message_id"]}
    edited = (await client.post("editMessageText", json={**own, "text": "x"})).json()["result"]
    assert "reply_markup" not in edited


async def test_a_press_is_answered_once_only(server: BotApiServer, client: httpx.AsyncClient) -> None:
    person = Person(server)
    keyboard = {"inline_keyboard": [[{"text": "Next", "callback_data": "page:1"}]]}
    message = {"chat_id": person.private.id, "text": "x", "reply_markup": keyboard}
    sent = (await client.post("sendMessage", json=message)).json()["result"]
    query = person.presses(sent)
    assert (await client.post("answerCallbackQuery", json={"callback_query_id": query})).json()["ok"]
    status, problem = await refusal(client, "answerCallbackQuery", callback_query_id=query)
    assert (status, "query is too old" in problem) == (400, True)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("setMyCommands", {"commands": [{"command": "Upper", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "x", "description": "y" * 257}]}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("answerCallbackQuery", {"callback_query_id": "7"}),
        ("sendChatAction", {"action": "dancing"}),
    ],
)
async def test_what_is_over_a_limit_is_refused(
    server: BotApiServer, client: httpx.AsyncClient, method: str, parameters: dict[str, Any]
) -> None:
    status, _ = await refusal(client, method, chat_id=Person(server).private.id, **parameters)
    assert status == 400


async def test_menus_are_kept_by_scope(client: httpx.AsyncClient) -> None:
    menu = [{"command": "ask", "description": "Ask"}]
    scope = {"type": "all_private_chats"}
    await client.post("setMyCommands", json={"commands": menu, "scope": scope})
    assert (await client.post("getMyCommands", json={"scope": scope})).json()["result"] == menu
    assert (await client.post("getMyCommands")).json()["result"] == []
    await client.post("deleteMyCommands", json={"scope": scope})
    assert (await client.post("getMyCommands", json={"scope": scope})).json()["result"] == []
