"""The front door of `knowledge`: what it exports is written down, sorted, and all there is."""

from __future__ import annotations

import ast
from pathlib import Path

import knowledge

SOURCE = ast.parse(Path(knowledge.__file__).read_text(encoding="utf-8"))


def names_defined_at_the_top() -> set[str]:
    """Every name that the module itself binds when it is imported: imports, functions, classes, constants."""
    names: set[str] = set()
    for node in SOURCE.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def imported_from(module_prefix: str) -> set[str]:
    return {
        alias.asname or alias.name
        for node in SOURCE.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module_prefix)
        for alias in node.names
    }


def test_exported_names_are_sorted_constants_then_types_then_functions() -> None:
    def rank(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    assert knowledge.__all__ == sorted(knowledge.__all__, key=rank)
    assert len(set(knowledge.__all__)) == len(knowledge.__all__)


def test_every_exported_name_exists() -> None:
    assert [name for name in knowledge.__all__ if not hasattr(knowledge, name)] == []


def test_every_public_name_is_exported() -> None:
    tools = {"annotations", "Path", "TYPE_CHECKING"}
    public = {name for name in names_defined_at_the_top() if not name.startswith("_")} - tools
    assert public == set(knowledge.__all__)


def test_what_is_taken_from_the_packages_own_modules_is_handed_on() -> None:
    assert imported_from("knowledge.") <= set(knowledge.__all__)


def test_what_is_exported_is_explained() -> None:
    undocumented = [
        name
        for name in knowledge.__all__
        if callable(thing := getattr(knowledge, name)) and isinstance(thing, type) and not thing.__doc__
    ]
    assert undocumented == []
