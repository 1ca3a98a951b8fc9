"""A text as read: what each stretch of it names, and which words are left over."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.stretches import DatePhrase
from knowledge.text import Token
from knowledge.vocabulary import Meaning


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` (excluded) and all that they can mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    words: str
    score: float = 100.0
    rejected: tuple[str, ...] = ()
    negated: bool = False

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind that the words can mean."""
        return tuple([meaning.id for meaning in self.meanings if meaning.kind == kind])

    def has(self, kind: str, identifier: str) -> bool:
        """Whether the words can mean just this."""
        return any(m.kind == kind and m.id == identifier for m in self.meanings)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text's tokens with what they name. `unknown` are positions of words that no list explains."""

    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DatePhrase, ...]
    unknown: tuple[int, ...]
    forms: frozenset[str]

    def norm(self, position: int) -> str:
        """The compared form of a token, empty outside the text."""
        return self.tokens[position].norm if 0 <= position < len(self.tokens) else ""

    def operations(self) -> frozenset[str]:
        """Every operation that some words name."""
        return frozenset(i for m in self.mentions if not m.negated for i in m.ids("operation"))

    def groups(self) -> frozenset[str]:
        """Every word group that some words belong to."""
        return frozenset(i for m in self.mentions if not m.negated for i in m.ids("group"))

    def named(self, kind: str) -> tuple[Mention, ...]:
        """The mentions that can mean something of a kind, in order."""
        return tuple(m for m in self.mentions if m.ids(kind))
