"""The page's server: who may ask it for what, what it refuses, and the words that it fills in."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from importlib.resources import files

import httpx
import pytest

from bot.demo.pages import Pages
from bot.simulator import TOKEN, BotApiServer
from bot.words.demo import load_demo_words

FILES = {file.name: file.read_text() for file in (files("bot.demo") / "page").iterdir()}
SCRIPTS = "\n".join(text for name, text in FILES.items() if name.endswith(".js"))


@pytest.fixture
async def pages(server: BotApiServer) -> AsyncIterator[Pages]:
    async with Pages(server, load_demo_words(), ()) as running:
        yield running


@pytest.fixture
async def web(pages: Pages) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=pages.url, trust_env=False) as client:
        yield client


async def events(web: httpx.AsyncClient, count: int, **headers: str) -> list[tuple[str, str, object]]:
    """The first events of the stream: number, kind and content of each."""
    found, fields = [], dict[str, str]()
    async with web.stream("GET", "/events", headers=headers) as response:
        async for line in response.aiter_lines():
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
                fields = {}
                if len(found) == count:
                    break
    return found


async def test_the_page_may_load_nothing_from_anywhere_else(web: httpx.AsyncClient) -> None:
    response = await web.get("/")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    elsewhere = {url for text in FILES.values() for url in re.findall(r"https?://[\w.-]+", text)}
    assert elsewhere <= {  # documents that comments name, and the namespace of SVG
        "https://core.telegram.org",
        "https://www.w3.org",
        "http://www.w3.org",
    }


def test_no_script_makes_markup_of_a_text() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser", SCRIPTS)


async def test_every_file_that_the_page_names_is_served(web: httpx.AsyncClient) -> None:
    page = (await web.get("/")).text
    named = set(re.findall(r'"(/page/[\w.]+)"', page))
    named |= {f"/page/{name}" for name in re.findall(r'from "\./([\w.]+)"', SCRIPTS)}
    assert len(named) > 5
    for path in named:
        assert (await web.get(path)).status_code == 200, path


async def test_nothing_else_is_served(web: httpx.AsyncClient) -> None:
    for path in ("/page/index.html", "/page/../pages.py", "/photo/none", "/favicon.ico"):
        assert (await web.get(path)).status_code == 404, path
    assert (await web.post("/")).status_code == 405
    assert (await web.get("/act")).status_code == 405


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_another_site_is_refused(web: httpx.AsyncClient, headers: dict[str, str]) -> None:
    act = {"act": "say", "who": 1, "chat": 1, "text": "hello"}
    assert (await web.get("/", headers=headers)).status_code == 403
    assert (await web.post("/act", headers=headers, json=act)).status_code == 403


async def test_a_form_of_another_site_does_nothing(web: httpx.AsyncClient, server: BotApiServer) -> None:
    before = len(server.world.updates)
    response = await web.post("/act", content=b"{}", headers={"Content-Type": "text/plain"})
    assert response.status_code == 405
    assert len(server.world.updates) == before


async def test_what_nobody_can_do_is_refused_with_a_reason(web: httpx.AsyncClient, pages: Pages) -> None:
    ada, karim, _ = (person.private.id for person in pages.stage.people)
    group = pages.stage.group.chat.id
    pages.stage.people[0].says("hello", pages.stage.group)
    number = pages.stage.group.chat.last_message
    for act, reason in (
        ({"act": "say", "who": 1, "chat": ada, "text": "x"}, "nobody here"),
        ({"act": "say", "who": ada, "chat": karim, "text": "x"}, "not in that chat"),
        ({"act": "say", "who": ada, "chat": ada, "text": ""}, "at least 1"),
        ({"act": "say", "who": ada, "chat": ada, "text": "x" * 4097}, "at most 4096"),
        ({"act": "say", "who": ada, "chat": ada, "text": "x", "thread": 9}, "no such topic"),
        ({"act": "say", "who": ada, "chat": ada, "text": "x", "reply_to": 9}, "message is gone"),
        ({"act": "edit", "who": karim, "chat": group, "message": number, "text": "x"}, "one's own"),
        ({"act": "press", "who": ada, "chat": group, "message": number, "data": "x"}, "button is gone"),
        ({"act": "pick", "who": ada, "chat": group, "query": "1", "result": "1"}, "result is gone"),
        ({"act": "fly", "who": ada, "chat": ada}, "fly"),
        ({"act": "say", "who": str(ada), "chat": ada, "text": "x"}, "integer"),
    ):
        response = await web.post("/act", json=act)
        assert response.status_code == 400, act
        assert reason in response.json()["refused"], act


async def test_events_go_on_from_where_a_page_was(web: httpx.AsyncClient, pages: Pages) -> None:
    for text in ("one", "two"):
        act = {"act": "say", "who": pages.stage.people[0].private.id, "chat": 0, "text": text}
        assert (await web.post("/act", json=act | {"chat": act["who"]})).status_code == 200
    whole = await events(web, 4)
    assert [kind for _, kind, _ in whole] == ["stage", "message", "message", "message"]
    rest = await events(web, 2, **{"Last-Event-ID": whole[2][0]})
    assert rest[1] == whole[3]
    other_run = await events(web, 2, **{"Last-Event-ID": "0-9"})
    assert other_run[1] == whole[1]


async def test_no_event_holds_the_token(web: httpx.AsyncClient, pages: Pages, server: BotApiServer) -> None:
    async with httpx.AsyncClient(trust_env=False) as bot:
        await bot.post(f"{server.url}/bot{TOKEN}/sendMessage", json={"chat_id": 1, "text": "x"})
    found = await events(web, 4)
    assert [kind for _, kind, _ in found][2:] == ["call", "call"]
    assert TOKEN.partition(":")[2] not in json.dumps(found)


def test_every_word_of_the_page_is_used_and_every_one_used_exists() -> None:
    words = set(load_demo_words().page)
    named = set(re.findall(r"\$(\w+)", FILES["index.html"]))
    named |= set(re.findall(r"words\.(\w+)", SCRIPTS))
    for inner in re.findall(r"\{([^{}]*)\} = (?:this\.app|this)\.words", SCRIPTS):
        named |= set(re.findall(r"(\w+)(?::|,|\s*$)", inner)) - {"group", "alone"}
    assert named == words
