"""A text from a file or from standard input, its claims checked against the record."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.errors import UnreadableText
from knowledge import answer_to_json, open_knowledge, render_plain


def check_file(file: str, as_json: bool, record: Path | None) -> None:
    """Print the verdict on each claim of a file's text; `-` reads standard input.

    Raises UnreadableText if the file can't be read as UTF-8 text.
    """
    text = _text_of(file)
    knowledge = open_knowledge(record)
    answer = knowledge.check(text, most=len(text))
    told = json.dumps(answer_to_json(answer), ensure_ascii=False) if as_json else render_plain(answer.text)
    print(told)  # noqa: T201  # this is the command's output


def _text_of(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableText(f"{file} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableText(f"{file} is no text in UTF-8") from error
