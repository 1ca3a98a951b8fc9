"""What the documentation names exists, and what it shows is what happens."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.main import get_command

from bot import cli, record_commands
from bot.application import GRACE
from bot.settings import PREFIX, Settings
from bot.terminal import Talk
from bot.words.terminal import load_terminal_words
from knowledge import Knowledge, check_record

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CURATORS = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
DEPLOY = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
EVERY_DOC = {"README.md": README, "knowledge/README.md": CURATORS, "deploy/README.md": DEPLOY}

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "sitrep.service").read_text(encoding="utf-8")


def code_in(text: str) -> list[str]:
    """Everything set as code: fenced or indented blocks, line by line, and what stands in backticks."""
    fenced = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in fenced for line in block.splitlines()]
    lines += re.findall(r"^ {4}(.+)$", text, re.MULTILINE)
    return lines + re.findall(r"`([^`\n]+)`", text)


def blocks(text: str, kind: str) -> list[tuple[str, str]]:
    """The fenced blocks of a kind, each with the file that its opening line names."""
    return re.findall(rf"^```{kind} (\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def subcommands(app: typer.Typer) -> set[str]:
    return set(getattr(get_command(app), "commands", {}))


@pytest.mark.parametrize("document", EVERY_DOC)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    named = {
        target
        for code in code_in(EVERY_DOC[document])
        for target in re.findall(r"\bmake (?:-C \S+ )?([a-z]+)", code)
    }
    assert named <= targets


@pytest.mark.parametrize("document", EVERY_DOC)
def test_every_sitrep_command_that_is_named_exists(document: str) -> None:
    known = subcommands(cli.app) | {f"record {name}" for name in subcommands(record_commands.app)}
    named = {
        found
        for code in code_in(EVERY_DOC[document])
        for found in re.findall(r"(?:^|bin/| )sitrep (record [a-z]+|chat\b|ask\b|run\b|[a-z]+$)", code)
        if "systemctl" not in code and "journalctl" not in code
    }
    assert named <= known


def test_the_readme_opens_with_the_two_commands() -> None:
    assert README.splitlines()[2:4] == ["    make chat", "    make test"]


def test_every_setting_is_in_the_readme_and_nothing_else_is() -> None:
    settings = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"^\| `({PREFIX}[A-Z_]+)`", README, re.MULTILINE)) == settings


def test_every_setting_that_the_deployment_names_exists() -> None:
    example = (ROOT / "deploy" / "sitrep.env.example").read_text(encoding="utf-8")
    named = set(re.findall(rf"\b({PREFIX}[A-Z_]+)", CONTAINERFILE + UNIT + DEPLOY + example))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("document", EVERY_DOC)
def test_every_link_leads_to_a_file(document: str) -> None:
    folder = (ROOT / document).parent
    links = re.findall(r"\]\(([^)#]+)\)", EVERY_DOC[document])
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


@pytest.mark.parametrize("document", EVERY_DOC)
def test_every_path_that_is_named_exists(document: str) -> None:
    named = {
        path
        for code in code_in(EVERY_DOC[document])
        for path in re.findall(r"(?:^|[\s`=])((?:bot|knowledge|tests|deploy|record|\.ci)/[\w./-]*\w/?)", code)
    }
    made = {"deploy/sitrep.env", "knowledge/record.db"}  # made by a person or by a command that is named
    bases = (ROOT, ROOT / "knowledge")
    missing = {path for path in named - made if not any((base / path).exists() for base in bases)}
    assert missing == set()


def test_every_module_that_the_readme_names_exists() -> None:
    package, missing = "", []
    for row in re.findall(r"^\|([^|]*)\|((?: ?`\w+`,?)+) \|[^|]*\|$", README, re.MULTILINE):
        package = row[0].strip(" `") or package
        for module in re.findall(r"`(\w+)`", row[1]):
            path = ROOT / package / module
            if not path.with_suffix(".py").exists() and not (path / "__init__.py").exists():
                missing.append(f"{package}.{module}")
    assert package == "bot"
    assert missing == []


def test_the_readmes_conversation_is_what_happens(knowledge: Knowledge) -> None:
    shown = re.search(r"^```\n(You: .*?)^```", README, re.MULTILINE | re.DOTALL)
    assert shown
    out = StringIO()
    talk = Talk(knowledge, Console(file=out, soft_wrap=True), load_terminal_words(), date(2026, 1, 1))
    for turn in shown[1].strip().split("\n\n"):
        question, _, answer = turn.partition("\n")
        out.seek(0)
        out.truncate()
        talk.take(question.removeprefix("You: "))
        assert out.getvalue().startswith(answer), question


def test_the_curators_examples_are_sound(record_copy: Path) -> None:
    for file, rows in blocks(CURATORS, "csv"):
        with (record_copy.parent / file).open("a", encoding="utf-8", newline="") as table:
            table.write(rows)
    for file, change in blocks(CURATORS, "diff"):
        path = record_copy.parent / file
        had, wants = ("".join(re.findall(rf"^\{sign}(.*\n)", change, re.MULTILINE)) for sign in "-+")
        text = path.read_text(encoding="utf-8")
        assert had.rstrip("\n") in text, file
        changed = text.replace(had.rstrip("\n"), wants.rstrip("\n"), 1)
        path.write_text(changed, encoding="utf-8", newline="")
    assert check_record(record_copy) == ()


def test_the_curators_examples_show_the_columns_there_are() -> None:
    shown = blocks(CURATORS, "csv-header")
    assert shown
    for file, header in shown:
        assert (ROOT / "knowledge" / file).read_text(encoding="utf-8").startswith(header)


def test_supervisors_wait_longer_than_the_bot_itself() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    waits = [*re.findall(r"TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)]
    waits += re.findall(r"stop_grace_period: (\d+)s", compose)
    assert len(waits) == 2
    assert all(int(seconds) > GRACE for seconds in waits)
    assert f"{GRACE:.0f} seconds" in DEPLOY


def test_the_container_stops_the_way_the_bot_listens_for() -> None:
    assert "STOPSIGNAL SIGTERM" in CONTAINERFILE
    assert re.search(r"^USER (?!0|root)", CONTAINERFILE, re.MULTILINE)
    assert "--require-hashes" in CONTAINERFILE
