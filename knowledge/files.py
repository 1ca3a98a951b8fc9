"""CSV and YAML files read with the line of every row, and CSV written in its one form.

Knows nothing of what the rows mean; nothing here stops at the first problem.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from knowledge.errors import Problem


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its text as found, and its rows by the line each begins on."""

    file: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


class LinedDict(dict[str, object]):
    """A YAML mapping that knows the line it begins on."""

    line: int = 0


def read_text(path: Path, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, line ends kept; a problem where it cannot be read as UTF-8."""
    try:
        return path.read_bytes().decode("utf-8"), ()
    except FileNotFoundError:
        return "", (Problem(file, 0, "the file is missing"),)
    except UnicodeDecodeError as error:
        return "", (Problem(file, 0, f"not UTF-8 at byte {error.start}"),)


def read_table(text: str, file: str, columns: Sequence[str]) -> tuple[Table, tuple[Problem, ...]]:
    """The rows of a CSV file that has just these columns; blank cells are left out of a row."""
    if not text:
        return Table(file, text, tuple(columns), ()), ()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    try:
        header = next(reader)
        problems = _header_problems(file, header, columns)
        line = reader.line_num + 1
        for cells in reader:
            problems += _cell_problems(file, line, header, cells)
            rows.append((line, {name: cell for name, cell in zip(header, cells, strict=False) if cell}))
            line = reader.line_num + 1
    except csv.Error as error:
        return Table(file, text, tuple(columns), tuple(rows)), (Problem(file, reader.line_num, str(error)),)
    return Table(file, text, tuple(columns), tuple(rows)), tuple(problems)


def _header_problems(file: str, header: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    problems = [Problem(file, 1, f"unknown column: {name}") for name in header if name not in columns]
    problems += [Problem(file, 1, f"missing column: {name}") for name in columns if name not in header]
    if not problems and tuple(header) != tuple(columns):
        problems.append(Problem(file, 1, f"columns are not in order: {','.join(columns)}"))
    return problems


def _cell_problems(file: str, line: int, header: Sequence[str], cells: Sequence[str]) -> list[Problem]:
    problems = []
    if len(cells) != len(header):
        problems.append(Problem(file, line, f"{len(cells)} cells in a table of {len(header)} columns"))
    for name, cell in zip(header, cells, strict=False):
        if cell != cell.strip():
            problems.append(Problem(file, line, f"{name}: space around the value"))
    return problems


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV in the one form the record keeps: quoted only where needed, lines ended by a newline."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows in the record's one form, so that a curator's diff shows only what changed."""
    path.write_text(csv_text(columns, rows), encoding="utf-8", newline="")


class _Loader(yaml.SafeLoader):
    """A safe loader that keeps lines, notes a key given twice and takes no word for a truth or a date."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[int, str]] = []

    def mapping(self, node: yaml.MappingNode) -> LinedDict:
        """A mapping with its line; a key given twice is noted."""
        made = LinedDict()
        made.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = str(cast("Hashable", self.construct_object(key_node, deep=True)))
            if key in made:
                self.repeated.append((key_node.start_mark.line + 1, key))
            made[key] = self.construct_object(value_node, deep=True)
        return made


# "no", "true" and dates stay the words they are, for a name may be any of them; rows read truths themselves.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _Loader.mapping)


def read_yaml(text: str, file: str) -> tuple[object, tuple[Problem, ...]]:
    """What a YAML file holds, mappings with their lines; None where it cannot be read."""
    loader = _Loader(text)
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (
            Problem(file, mark.line + 1 if mark else 0, f"no valid YAML: {error.problem or error.context}"),
        )
    except yaml.YAMLError:
        return None, (Problem(file, 0, "no valid YAML: a character that YAML does not allow"),)
    finally:
        loader.dispose()
    return content, tuple(Problem(file, line, f"key given twice: {key}") for line, key in loader.repeated)
