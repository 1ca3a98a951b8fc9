"""`sitrep browse`: on this machine only unless said otherwise, and a sentence where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import knowledge
from bot.cli import app
from knowledge import StoreError

Served = list[tuple[Path | None, str, int]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """What would have been served, and where."""
    calls: Served = []

    def browse(path: Path | None, host: str, port: int, ready: Callable[[], None]) -> None:
        calls.append((path, host, port))
        ready()

    monkeypatch.setattr(knowledge, "browse_record", browse)
    return calls


def test_it_listens_on_this_machine_only(served: Served) -> None:
    result = CliRunner().invoke(app, ["browse"])
    assert served == [(None, "127.0.0.1", 8001)]
    assert "http://127.0.0.1:8001/record" in result.output


def test_another_address_port_and_record_can_be_named(served: Served) -> None:
    CliRunner().invoke(app, ["browse", "--host", "::1", "--port", "9000", "--record", "other.db"])
    assert served == [(Path("other.db"), "::1", 9000)]


def test_a_record_that_is_missing_is_said_before_any_address(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["browse", "--record", str(tmp_path / "none.db")])
    assert isinstance(result.exception, StoreError)
    assert "http://" not in result.output
