"""A browser, which is started once, and a page that a test has to itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.bot.demo.browser import Page, chromium, missing
from tests.bot.demo.puppet import Puppet


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if missing():
        pytest.skip(f"no {missing()} on this machine (Debian: apt-get install chromium chromium-driver)")
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def puppet() -> Iterator[Puppet]:
    with Puppet() as running:
        yield running


@pytest.fixture
def page(driver: Chrome, puppet: Puppet) -> Iterator[Page]:
    opened = Page(driver, puppet.pages.url)
    yield opened
    driver.get("about:blank")
    assert opened.complaints() == []
