"""Rows of the built record, and models made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

# A row as sqlite-utils yields it: the columns' types are SQLite's.
Row = dict[str, Any]
#: Asks one statement, with its arguments.
Rows = Callable[[str, Sequence[object]], list[Row]]
Made = TypeVar("Made")


def made(kind: type[Made], row: Row) -> Made:
    """A model from the columns of its name; columns it does not know are left out."""
    names = [field.name for field in fields(cast("Any", kind))]
    return kind(**{name: row[name] for name in names if name in row})
