"""The package's errors, one tree; a caller that catches `KnowledgeError` has caught them all.

KnowledgeError
├── RecordError      a curated file is wrong: which file, which line, what is the problem
├── ReleaseError     the text of a strike release is none: which file, which line, what is the problem
├── StoreError       the built database is missing, unreadable or of another format
└── UnknownIdError   an id is asked for that the record does not have
"""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """Anything this package reports to its caller."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a curated file, for a curator to mend.

    `file` is relative to the record's folder; `line` counts from 1, 0 where the whole file is meant.
    """

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.text}"


class RecordError(KnowledgeError):
    """The curated record breaks its rules; `problems` holds every breach found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class ReleaseError(KnowledgeError):
    """A strike release can't be taken in as it is; the message names its file, line and problem."""

    def __init__(self, file: str, line: int, text: str) -> None:
        self.problem = Problem(file, line, text)
        super().__init__(str(self.problem))


class StoreError(KnowledgeError):
    """The built record cannot be used; the message says what to do about it."""


class UnknownIdError(KnowledgeError):
    """An id is asked for that the record does not have; the message says what kind of id, and which."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"There is no {kind} with the id {identifier} on record.")
