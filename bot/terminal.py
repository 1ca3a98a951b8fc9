"""`sitrep chat`: questions typed at a prompt, or read from a pipe, answered where they were asked.

Only the typed lines are kept, in a history file of the user's own; nothing leaves the machine.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console
from rich.text import Text

from bot.terminal_views import answer_view, help_view, sources_view, text_view, why_view
from bot.words.terminal import TerminalWords, load_terminal_words
from knowledge import Answer, Knowledge, Thread, open_knowledge


def chat(record: Path | None, now: date) -> None:
    """Converse until the end of the input, `/quit`, Ctrl-D or Ctrl-C.

    `record` is a built record, None the shipped one; `now` is the day that "yesterday" counts from.
    Raises `KnowledgeError` where the record cannot be used.
    """
    words = load_terminal_words()
    with closing(open_knowledge(record)) as knowledge:
        talk = Talk(knowledge, Console(highlight=False, soft_wrap=not sys.stdout.isatty()), words, now)
        stream = sys.stdin or StringIO()  # a closed standard input is None
        if stream.isatty():
            talk.greet()
            talk.hold(typed_lines(words, history_file(user_state_path("sitrep", appauthor=False))))
            talk.part()
        else:
            talk.hold(piped_lines(stream))


class Talk:
    """One conversation: what was answered last, and where its thread is at."""

    def __init__(self, knowledge: Knowledge, console: Console, words: TerminalWords, now: date) -> None:
        self._knowledge = knowledge
        self._console = console
        self._words = words
        self._now = now
        self._links = console.is_terminal and not console.is_dumb_terminal
        self._thread = Thread()
        self._last: Answer | None = None
        self._commands = {
            "/why": self._why,
            "/sources": self._sources,
            "/history": self._history,
            "/new": self._forget,
            "/help": self._help,
        }

    def hold(self, lines: Iterable[str]) -> None:
        """Answer line after line, until there are no more or `/quit` is one of them."""
        for line in filter(None, map(without_controls, lines)):
            if line.lower() == "/quit":
                return
            self.take(line)
            self._console.print()

    def take(self, line: str) -> None:
        """Answer one line: a command, the number of a choice, or a question."""
        if line.startswith("/"):
            command = line.split()[0].lower()
            self._commands.get(command, lambda: self._unknown(command))()
        else:
            self._answer(self._picked(line) or line)

    def greet(self) -> None:
        """Say what this is."""
        counts = self._knowledge.summary()
        greeting = self._words.greeting.format(figures=counts["figures"], sources=counts["sources"])
        self._say(greeting, "bold")
        self._say(self._words.invitation + "\n", "dim")

    def part(self) -> None:
        """Take leave."""
        self._say(self._words.farewell, "dim")

    def _answer(self, question: str) -> None:
        self._last = self._knowledge.ask(question, now=self._now, thread=self._thread)
        self._thread = self._last.thread
        self._console.print(answer_view(self._last, self._words, links=self._links))

    def _picked(self, line: str) -> str | None:
        """The choice whose number was typed, where the last answer offered some."""
        choices = self._last.choices if self._last else ()
        wanted = int(line) if line.isascii() and line.isdigit() and len(line) == 1 else 0
        return choices[wanted - 1] if 0 < wanted <= len(choices) else None

    def _why(self) -> None:
        if self._last is None:
            self._say(self._words.why_nothing)
        else:
            self._console.print(why_view(self._last, self._words))

    def _history(self) -> None:
        """What stood before in the figures answered last, or in those that the talk is still about."""
        answered = tuple(f.fact for f in self._last.figures if f.fact is not None) if self._last else ()
        text = self._knowledge.histories(answered or self._thread.facts)
        if text:
            self._console.print(text_view(text, links=self._links))
        else:
            self._say(self._words.history_nothing)

    def _sources(self) -> None:
        self._console.print(sources_view(self._knowledge.sources(), self._words, links=self._links))

    def _forget(self) -> None:
        self._thread, self._last = Thread(), None
        self._say(self._words.new_thread)

    def _help(self) -> None:
        self._console.print(help_view(self._knowledge.examples(), self._words))

    def _unknown(self, command: str) -> None:
        self._say(self._words.unknown_command.format(command=command))

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style))


def without_controls(line: str) -> str:
    r"""A line without control characters, so that echoing it cannot steer the terminal.

    >>> without_controls("strikes\x1b[2J in Syria\n")
    'strikes[2J in Syria'
    """
    return "".join(c if unicodedata.category(c) != "Cc" else " " * c.isspace() for c in line).strip()


def piped_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a pipe or file; the interrupt key ends them, and a stray byte does not."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        yield from stream
    except KeyboardInterrupt:
        return


def typed_lines(words: TerminalWords, history: History) -> Iterator[str]:
    """What is typed at the prompt, until Ctrl-D or Ctrl-C."""
    session: PromptSession[str] = PromptSession(history=history)
    completer = WordCompleter(list(words.commands), sentence=True, meta_dict=words.commands)
    slash = Condition(lambda: session.default_buffer.text.startswith("/"))
    while True:
        try:
            yield session.prompt(words.prompt, completer=completer, complete_while_typing=slash)
        except (EOFError, KeyboardInterrupt):
            return


def history_file(folder: Path) -> History:
    """The history of typed lines, for the user's own eyes; in memory where the folder can't be written."""
    path = folder / "history"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
