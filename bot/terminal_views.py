"""What the terminal shows: answers, how a question was read, and the sources, for rich to print.

On a real terminal links are clickable; in a pipe or a file they are written out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields

from rich import box
from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.words.terminal import TerminalWords
from knowledge import Answer, Block, Period, Query, RichText, Source, Span, render_plain

_STYLES = {"headline": "", "body": "", "item": "", "source": "dim", "aside": "italic dim"}


def answer_view(answer: Answer, words: TerminalWords, *, links: bool) -> RenderableType:
    """An answer; its choices are numbered, and with `links` its sources are clickable."""
    if not links:
        return Text(_with_pick(render_plain(answer.text), answer, words))
    numbers = iter(range(1, len(answer.choices) + 1))
    numbered = _lists_choices(answer)
    lines = [
        _line(block, next(numbers, None) if numbered and block.role == "item" else None)
        for block in answer.text
    ]
    if numbered:
        lines.append(Text(words.pick, style="dim"))
    return Group(*lines)


def text_view(text: RichText, *, links: bool) -> RenderableType:
    """A text of the record that is no answer."""
    return Group(*map(_line, text)) if links else Text(render_plain(text))


def why_view(answer: Answer, words: TerminalWords) -> RenderableType:
    """How a question was read: each reading with its score and rivals, then what was asked of the record."""
    table = _table(words.why_head, words.why_columns)
    for reading in answer.readings:
        rejected = ", ".join(reading.rejected)
        table.add_row(
            *map(_cell, (reading.slot, reading.words, reading.meaning, f"{reading.score:.0f}", rejected))
        )
    asked = _table(words.why_query, ("", ""), header=False)
    for name, value in slots_of(answer.query):
        asked.add_row(_cell(name.replace("_", " ")), _cell(value))
    asked.add_row(_cell(words.why_ignored), _cell(", ".join(answer.ignored) or words.why_slot_empty))
    asked.add_row(_cell(words.why_confidence), _cell(f"{answer.confidence:.2f}"))
    return Group(table, asked)


def sources_view(sources: Iterable[Source], words: TerminalWords, *, links: bool) -> RenderableType:
    """Each publisher with how many of its pages are on record and the latest one."""
    publishers = sorted(_by_publisher(sources).items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [(name, len(pages), max(pages, key=lambda p: (p.published, p.id))) for name, pages in publishers]
    if not links:
        return Text(
            "\n".join(f"{name} ({count}): {page.url}, {page.published}" for name, count, page in rows)
        )
    table = _table(words.sources_head, words.sources_columns)
    for name, count, page in rows:
        link = _span(Span(page.title, url=page.url))
        table.add_row(_cell(name), _cell(str(count)), link, _cell(page.published))
    return table


def _by_publisher(sources: Iterable[Source]) -> dict[str, list[Source]]:
    pages: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        pages[source.publisher].append(source)
    return pages


def help_view(examples: Iterable[str], words: TerminalWords) -> RenderableType:
    """What can be asked, and the commands."""
    lines = [Text(words.help_head, style="bold")]
    lines += [Text(f"  {example}") for example in examples]
    lines += [Text(words.help_follow_up), Text(words.commands_head, style="bold")]
    width = max(map(len, words.commands))
    lines += [Text(f"  {name:<{width}}  {what}") for name, what in words.commands.items()]
    return Group(*lines)


def slots_of(query: Query) -> list[tuple[str, str]]:
    """The slots of a query that hold something, each with its ids as one text."""
    slots = {slot.name: _slot_text(getattr(query, slot.name)) for slot in fields(query)}
    slots["periods"] = ", ".join(map(_period_text, query.periods))
    slots["claimed"] = ", ".join(f"{claim.qualifier} {claim.value}" for claim in query.claimed)
    return [(name, text) for name, text in slots.items() if text]


def _slot_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _period_text(period: Period) -> str:
    flags = [name for name in ("by", "since", "published") if getattr(period, name)]
    days = f"{period.first}" if period.days == 1 else f"{period.first} to {period.last}"
    return f"{days} ({', '.join(flags)})" if flags else days


def _lists_choices(answer: Answer) -> bool:
    return bool(answer.choices) and sum(block.role == "item" for block in answer.text) == len(answer.choices)


def _with_pick(text: str, answer: Answer, words: TerminalWords) -> str:
    return f"{text}\n{words.pick}" if _lists_choices(answer) else text


def _line(block: Block, number: int | None = None) -> Text:
    """One line of an answer in the style of its part."""
    mark = f"{number}. " if number else "• " if block.role == "item" else ""
    return Text.assemble(Text(mark), *map(_span, block.spans), style=_STYLES[block.role])


def _span(span: Span) -> Text:
    style = Style(bold=True if span.bold else None, color="cyan" if span.bold else None, link=span.url)
    return Text(span.text, style=style + Style(underline=True) if span.url else style)


def _cell(text: str) -> Text:
    # Text, not str: what somebody typed must never be read as rich's own markup.
    return Text(text)


def _table(title: str, columns: Iterable[str], *, header: bool = True) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE, show_header=header)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
