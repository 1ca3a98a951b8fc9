"""The house keeps its shape: who may import whom, and how large things may grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60
#: Put together here, so that this file does not hold the marks that it looks for.
MARKS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")

PRODUCT = sorted(path for package in ("bot", "knowledge") for path in (ROOT / package).rglob("*.py"))
EVERY_MODULE = sorted({*PRODUCT, *(ROOT / "tests").rglob("*.py")})


def name_of(path: Path) -> str:
    """A file's module name: knowledge/store.py is knowledge.store."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


#: The modules that draw, each a kind of picture or what they share.
DRAWING = ("bars", "counts", "maps", "rows", "sheet")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever in the file it stands."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = ".".join(filter(None, [*_ancestors(path, node.level), node.module]))
            yield source
            yield from (
                f"{source}.{alias.name}" for alias in node.names if is_module(f"{source}.{alias.name}")
            )


def _ancestors(path: Path, level: int) -> list[str]:
    """The package that a relative import counts from; none for an absolute one."""
    return list(path.relative_to(ROOT).parts[:-level]) if level else []


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def is_of(imported: str, package: str) -> bool:
    return imported == package or imported.startswith(package + ".")


def importers_of(package: str, among: list[Path]) -> set[str]:
    return {name_of(path) for path in among if any(is_of(name, package) for name in imports_of(path))}


def test_the_walk_sees_imports_wherever_they_stand() -> None:
    front_door = set(imports_of(ROOT / "knowledge" / "__init__.py"))
    assert "knowledge.errors" in front_door
    assert "knowledge.build" in front_door  # imported within a function
    assert importers_of("telegram", PRODUCT) != set()


@pytest.mark.parametrize("forbidden", ["bot", "telegram", "tests"])
def test_the_record_knows_nothing_of(forbidden: str) -> None:
    assert importers_of(forbidden, [p for p in PRODUCT if name_of(p).startswith("knowledge")]) == set()


def test_the_bot_goes_through_the_front_door_of_knowledge_only() -> None:
    past_it = {
        f"{name_of(path)} imports {name}"
        for path in PRODUCT
        if name_of(path).startswith("bot")
        for name in imports_of(path)
        if name.startswith("knowledge.")
    }
    assert past_it == set()


def test_nothing_that_runs_imports_the_tests() -> None:
    assert importers_of("tests", PRODUCT) == set()


@pytest.mark.parametrize(
    ("library", "users"),
    [
        ("rapidfuzz", {"knowledge.matching"}),
        ("sqlite_utils", {"knowledge.build", "knowledge.store"}),
        ("matplotlib", {"bot.coverage_picture", *(f"bot.charts.{name}" for name in DRAWING)}),
        ("datasette", {"knowledge.browsing"}),
        ("uvicorn", {"knowledge.browsing"}),
    ],
)
def test_a_library_is_used_where_the_design_puts_it_only(library: str, users: set[str]) -> None:
    assert importers_of(library, PRODUCT) <= users


def test_sqlite_on_the_record_is_nobodys_outside_knowledge() -> None:
    outside = [path for path in PRODUCT if not name_of(path).startswith("knowledge")]
    assert importers_of("sqlite3", outside) == set()


def test_only_the_demonstration_and_tests_import_the_simulator() -> None:
    allowed = ("bot.simulator", "bot.demo")
    others = [path for path in PRODUCT if not any(is_of(name_of(path), package) for package in allowed)]
    assert importers_of("bot.simulator", others) == set()


def test_the_simulator_knows_nothing_of_the_bot() -> None:
    inside = [path for path in PRODUCT if is_of(name_of(path), "bot.simulator")]
    imported = {name for path in inside for name in imports_of(path) if is_of(name, "bot")}
    assert {name for name in imported if not is_of(name, "bot.simulator")} == set()


@pytest.mark.parametrize("path", EVERY_MODULE, ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES_OF_A_MODULE


@pytest.mark.parametrize("path", EVERY_MODULE, ids=name_of)
def test_a_function_stays_small(path: Path) -> None:
    too_long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert too_long == {}


def test_nothing_is_left_for_later() -> None:
    kinds = {".py", ".yaml", ".md", ".toml", ".sh", ".csv"}
    places = [ROOT / name for name in ("bot", "knowledge", "tests", "deploy", ".ci")]
    files = [p for place in places for p in place.rglob("*") if p.suffix in kinds or p.parent.name == ".ci"]
    files += [*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    marked = {str(p.relative_to(ROOT)) for p in files if p.is_file() and MARKS.search(p.read_text("utf-8"))}
    assert marked == set()
