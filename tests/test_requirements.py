"""The pinned requirements: by hash, without addresses, and of one version each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = ("requirements.txt", "requirements-browse.txt", "requirements-dev.txt")


def pins(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", FILES)
def test_every_package_has_hashes_and_none_an_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert text.count(" \\\n    --hash=sha256:") >= len(pins(file)) > 0
    assert "://" not in text
    assert not re.search(r"^(-i|-f|--index-url|--extra-index-url|--find-links)", text, re.MULTILINE)


def test_what_is_installed_beside_the_bot_changes_nothing_of_it() -> None:
    alone, browsing, developing = map(pins, FILES)
    assert alone.items() <= browsing.items() <= developing.items()
    assert "datasette" in browsing
    assert "datasette" not in alone
