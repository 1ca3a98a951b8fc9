"""Debian's Chromium without a window, and the demonstration's page as a person uses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

T = TypeVar("T")

#: How long a page gets to show what it should, in seconds; it is waited for no longer than it takes.
PATIENCE = 30

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
    # No name leads anywhere: a page that asked for another machine would not find it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def missing() -> str:
    """What is not installed of the browser and its driver; empty where both are."""
    return " and ".join(name for name in ("chromium", "chromedriver") if not shutil.which(name))


@contextmanager
def chromium(profile: Path, width: int = 1280, height: int = 800) -> Iterator[Chrome]:
    """The browser with a fresh profile."""
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


class Page:
    """The page, as somebody sees and uses it."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url
        driver.get(url)
        self.until(lambda: bool(self.all("#chat-list button")))

    def until(self, found: Callable[[], T]) -> T:
        """Wait for something to be there, and give it."""
        wait = WebDriverWait(self.driver, PATIENCE, 0.05, ignored_exceptions=(Exception,))
        return wait.until(lambda _driver: found())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def inside(self, node: WebElement, selector: str) -> WebElement:
        return node.find_element(By.CSS_SELECTOR, selector)

    def all_inside(self, node: WebElement, selector: str) -> list[WebElement]:
        return node.find_elements(By.CSS_SELECTOR, selector)

    @property
    def field(self) -> WebElement:
        return self.one("#text")

    def go_to(self, title: str) -> None:
        """Open a chat by its name in the list."""
        self.until(lambda: next(row for row in self.all("#chat-list button") if title in row.text)).click()

    def become(self, name: str) -> None:
        """Write as somebody else."""
        Select(self.one("#who")).select_by_visible_text(name)

    def say(self, text: str) -> None:
        self.field.send_keys(text + Keys.ENTER)

    def message(self, text: str) -> WebElement:
        """The last message that holds a text, waited for."""
        return self.until(
            lambda: [node for node in self.all("#log article") if text in self.text_of(node)][-1]
        )

    def answer(self, number: int) -> WebElement:
        """The bot's message at a place in the chat that is shown, waited for."""
        return self.until(
            lambda: [m for m in self.all("#log article") if self.sender_of(m) == "Sitrep"][number]
        )

    def sender_of(self, message: WebElement) -> str:
        return str(self.inside(message, ".bubble > p").get_property("textContent"))

    def text_of(self, message: WebElement) -> str:
        return "\n".join(str(e.get_property("textContent")) for e in self.all_inside(message, ".text"))

    def press(self, label: str, within: WebElement) -> None:
        """Press a button under a message."""
        within.find_element(By.XPATH, f".//div[@class='keyboard']//button[contains(., '{label}')]").click()

    def reply_to(self, message: WebElement) -> None:
        self.inside(message, ".tools button").send_keys(Keys.ENTER)

    def complaints(self) -> list[str]:
        """What the browser's console holds: errors of scripts and what the page's policy stopped."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]
