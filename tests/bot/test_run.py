"""`sitrep run` as a process of its own: how it starts, ends and dies."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.simulator import TOKEN, BotApiServer, Call, Fault, Group, Person

QUESTION = "strikes in Syria on June 10th, 2017?"
ASKED = (QUESTION, QUESTION, "/chart strikes in Syria in June 2017")
ROOT = Path(__file__).parents[2]


async def start(tmp_path: Path, **settings: str) -> asyncio.subprocess.Process:
    """`sitrep run` with these settings and nothing else of the environment's."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    environment |= {f"SITREP_{name}": value for name, value in settings.items()}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.guarded",
        "run",
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )


async def said(process: asyncio.subprocess.Process) -> str:
    """What a process that ends by itself writes to standard error."""
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    return errors.decode()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "SITREP_TOKEN is not set"),
        ({"TOKEN": "nonsense"}, "SITREP_TOKEN is not a bot token"),
        (
            {"TOKEN": TOKEN, "STAET": "x"},
            "SITREP_STAET is not a setting of Sitrep. Did you mean SITREP_STATE?",
        ),
        ({"TOKEN": TOKEN, "API_URL": "telegram"}, "SITREP_API_URL should be a server's origin"),
    ],
)
async def test_wrong_settings_end_it_with_a_sentence_and_no_traceback(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    process = await start(tmp_path, **settings)
    errors = await said(process)
    assert process.returncode == 2
    assert errors.startswith(sentence)
    assert errors.count("\n") == 1


async def test_a_wrong_token_ends_it_with_a_sentence_that_does_not_repeat_it(
    tmp_path: Path, server: BotApiServer
) -> None:
    process = await start(tmp_path, TOKEN="111:wrong", API_URL=server.url)
    errors = await said(process)
    assert process.returncode == 2
    assert "Telegram refuses the token" in errors
    assert "Traceback" not in errors
    assert "wrong" not in errors


async def test_a_state_that_cannot_be_used_ends_it_with_a_sentence(
    tmp_path: Path, server: BotApiServer
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_text("not a folder")
    process = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url, STATE=str(no_folder / "state.sqlite"))
    errors = await said(process)
    assert process.returncode == 2
    assert "SITREP_STATE" in errors or "cannot be used" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_well_and_its_log_tells_nothing_of_people(
    tmp_path: Path, server: BotApiServer, number: signal.Signals
) -> None:
    process = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url)
    group, person = Group(server, "Whisperers"), Person(server, "Zebulon", "zebulon_the_third")
    server.faults.append(Fault("bad gateway"))
    person.says(f"/ask {QUESTION} asks Xanthippe", group)
    await server.until(lambda: bool(group.answers()))
    process.send_signal(number)
    errors = await said(process)
    assert process.returncode == 0
    assert "stopped" in errors
    for telltale in (
        TOKEN,
        "Xanthippe",
        "Zebulon",
        "zebulon",
        "Whisperers",
        str(group.chat.id),
        str(person.private.id),
    ):
        assert telltale not in errors


async def test_a_signal_ends_it_well_while_telegram_is_out_of_reach(tmp_path: Path) -> None:
    process = await start(tmp_path, TOKEN=TOKEN, API_URL="http://127.0.0.1:9")
    assert process.stderr is not None
    async with asyncio.timeout(60):
        assert b"telegram_unreachable" in await process.stderr.readline()
    process.terminate()
    errors = await said(process)
    assert process.returncode == 0
    assert "Traceback" not in errors


async def test_a_second_process_on_the_same_state_is_refused(tmp_path: Path, server: BotApiServer) -> None:
    first = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url)
    await server.until(lambda: bool(server.called("getUpdates")))
    second = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url)
    assert "Another process of the bot uses the state" in await said(second)
    assert second.returncode == 2
    first.terminate()
    await said(first)
    assert first.returncode == 0


class Killer:
    """Kills the process at a random call, before or after the call has taken effect."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.struck = asyncio.Event()
        self.arm(None)

    def arm(self, process: asyncio.subprocess.Process | None) -> None:
        """Take aim at a process: at one of its next calls, in one of their two phases."""
        self._process = process
        self._calls = self._chance.randint(1, 24)
        self._phase = self._chance.choice(["arrived", "taken"])
        self.struck.clear()

    async def __call__(self, phase: str, call: Call) -> None:
        if (
            self._process is None
            or call.method not in ("sendMessage", "sendPhoto", "getUpdates")
            or phase != self._phase
        ):
            return
        self._calls -= 1
        if self._calls < 1:
            process, self._process = self._process, None
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
            self.struck.set()


async def test_ten_kills_lose_no_question_and_double_at_most_one_answer_each(
    tmp_path: Path, server: BotApiServer
) -> None:
    chance = random.Random(20170610)
    killer = Killer(chance)
    server.watchers.append(killer)
    people = [Person(server) for _ in range(12)]
    asked = Counter[tuple[int, int]]()
    for kill in range(10):
        process = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url)
        killer.arm(process)
        for _ in range(10):
            person = chance.choice(people)
            asked[person.private.id, person.says(chance.choice(ASKED))["message_id"]] += 1
        await strike(server, killer, people, process)
        assert doubled(people) <= kill  # of the kills before this one, each may have doubled one
    process = await start(tmp_path, TOKEN=TOKEN, API_URL=server.url)
    await server.until(lambda: set(answers(people)) == set(asked))
    process.terminate()
    await said(process)
    assert process.returncode == 0
    assert sum(asked.values()) == 100
    assert doubled(people) <= 10
    assert server.called("sendPhoto")


async def strike(
    server: BotApiServer, killer: Killer, people: list[Person], process: asyncio.subprocess.Process
) -> None:
    """Wait for the kill; where all is quiet before it is due, keep the process busy with calls."""
    async with asyncio.timeout(60):
        while not killer.struck.is_set():
            server.world.news.set()
            calls = len(server.calls)
            await either(server, killer, lambda: len(server.calls) > calls)  # noqa: B023  # awaited at once
    await process.communicate()


async def either(server: BotApiServer, killer: Killer, holds: Callable[[], bool]) -> None:
    """Wait for a call or for the kill."""
    await server.until(lambda: holds() or killer.struck.is_set())


def answers(people: list[Person]) -> Counter[tuple[int, int]]:
    """How often each question was answered."""
    return Counter(
        (person.private.id, answer["reply_to_message"]["message_id"])
        for person in people
        for answer in person.answers()
    )


def doubled(people: list[Person]) -> int:
    """How many answers were sent more often than once."""
    return sum(count - 1 for count in answers(people).values())
