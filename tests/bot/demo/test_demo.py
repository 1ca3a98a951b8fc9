"""`sitrep demo` as a process of its own: the real bot in the browser, and nothing left over at the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome

from bot.simulator import USERNAME
from tests.bot.demo.browser import PATIENCE, Page

ROOT = Path(__file__).parents[3]


@contextmanager
def demo(folder: Path, port: int = 0) -> Iterator[subprocess.Popen[str]]:
    """The command with a temporary folder of its own and nothing else of the environment's."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "tests.bot.guarded", "demo", "--no-open", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    """Where the page is, as the command says."""
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("The demonstration is at http://127.0.0.1:")
    return line.split()[4]


def test_a_newcomer_asks_and_somebody_else_follows_up_in_the_group(driver: Chrome, tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        page = Page(driver, address(process))
        page.say("how many strikes in Syria on 10 June 2017?")
        assert "27 strikes" in page.text_of(page.answer(0))
        assert page.inside(page.answer(0), ".text b").text == "27 strikes"
        page.go_to("Raqqa 2017")
        page.say(f"/ask@{USERNAME} how many strikes near Raqqa on 10 June 2017?")
        assert "17 strikes" in page.text_of(page.answer(0))
        page.become("Karim")
        page.say("nothing for the bot")
        page.message("nothing for the bot")
        page.reply_to(page.answer(0))
        page.say("and in Iraq?")
        assert "7 strikes in Iraq" in page.text_of(page.answer(1))
        assert page.complaints() == []
        process.send_signal(signal.SIGINT)
        page.until(lambda: page.one("#lost").is_displayed())
        assert process.wait(PATIENCE) == 0
        driver.get("about:blank")
        page.complaints()


def test_an_interrupt_ends_it_well_and_leaves_nothing(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        address(process)
        assert [path.name.startswith("sitrep-demo-") for path in tmp_path.iterdir()] == [True]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "Traceback" not in errors
        assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(tmp_path, port) as process:
            _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert errors.startswith(f"Port {port} is taken")
    assert errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
