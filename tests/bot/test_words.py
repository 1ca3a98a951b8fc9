"""The bot's own words are whole and within Telegram's limits."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

import bot
from bot.errors import WordsError
from bot.introduction import GROUP_MENU, PRIVATE_MENU
from bot.messages import utf16_length
from bot.words import Words, load_words
from bot.words.charts import ChartWords, load_chart_words
from bot.words.coverage import load_coverage_words

FILLED = {
    "start": {"examples", "username"},
    "help": {"examples", "username"},
    "help_group": {"examples", "username"},
    "privacy": {"days"},
    "ask_usage": {"example"},
    "mention_usage": {"example"},
    "page_next": {"page", "pages"},
    "page_back": {"page", "pages"},
    "left_out": {"count"},
    "sources_head": {"sources", "publishers", "facts"},
    "sources_item": {"publisher", "count"},
    "sources_one": {"publisher"},
    "sources_date": {"date"},
    "why_row": {"words", "slot", "meaning"},
    "why_score": {"score"},
    "why_rejected": {"rejected"},
}


def test_every_sentence_names_only_what_it_is_filled_with() -> None:
    for name, text in load_words().model_dump(exclude={"commands"}).items():
        named = {field for _, field, _, _ in Formatter().parse(text) if field}
        assert named <= FILLED.get(name, set()), name


def test_every_command_of_the_menus_is_described_within_the_limits() -> None:
    words = load_words()
    assert set(PRIVATE_MENU) | set(GROUP_MENU) == set(words.commands)
    assert all(1 <= utf16_length(text) <= 256 for text in words.commands.values())


def test_the_descriptions_are_within_the_limits() -> None:
    words = load_words()
    assert utf16_length(words.description) <= 512
    assert utf16_length(words.short_description) <= 120


def test_the_file_has_no_sentence_that_nobody_says() -> None:
    loaded = yaml.safe_load((files("bot.words") / "en.yaml").read_text(encoding="utf-8"))
    assert set(loaded) == set(Words.model_fields)


def test_a_language_without_words_is_an_error() -> None:
    with pytest.raises(WordsError, match="no words for the language xx"):
        load_words("xx")


def test_a_file_that_lacks_a_sentence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "safe_load", lambda _text: {"start": "hello"})
    with pytest.raises(WordsError, match=r"en\.yaml is not a whole file of words"):
        load_words()


def test_every_sentence_on_coverage_names_only_what_it_is_filled_with() -> None:
    known = {"releases", "figures", "sources", "counted", "months", "days", "of", "name", "title", "only"}
    known |= {"file", "begin", "end", "reason", "version", "summary"}
    for name, text in load_coverage_words().model_dump().items():
        for line in (text,) if isinstance(text, str) else text:
            assert {field for _, field, _, _ in Formatter().parse(line) if field} <= known, name


def test_every_sentence_on_charts_names_only_what_it_is_filled_with() -> None:
    known = {"first", "last", "covered", "days", "name", "names", "total", "day", "count", "period", "places"}
    known |= {"unit", "degrees", "publisher", "publishers", "version", "when", "amount", "values", "group"}
    known |= {"highest", "lowest", "stretches", "answer", "example", "file", "reason"}
    for name, text in load_chart_words().model_dump().items():
        for line in (text,) if isinstance(text, str) else text:
            assert {field for _, field, _, _ in Formatter().parse(line) if field} <= known, name


def test_every_sentence_on_charts_is_said_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(bot.__file__).parent.rglob("*.py"))
    unsaid = [name for name in ChartWords.model_fields if f"ords.{name}" not in code]
    assert unsaid == []
