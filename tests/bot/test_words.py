"""The bot's own words are whole and within Telegram's limits."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

import bot
from bot.errors import WordsError
from bot.introduction import GROUP_MENU, PRIVATE_MENU
from bot.messages import utf16_length
from bot.preferences import GROUP_SWITCHES, PRIVATE_SWITCHES
from bot.words import Words, load_wordbook, load_words
from bot.words.charts import ChartWords, load_chart_words
from bot.words.coverage import load_coverage_words

FILLED = {
    "start": {"examples", "username"},
    "help": {"examples", "username"},
    "help_group": {"examples", "username"},
    "privacy": {"days"},
    "privacy_group": {"days", "username"},
    "ask_usage": {"example"},
    "mention_usage": {"example"},
    "greeting": {"username", "example"},
    "sources_behind": {"count"},
    "about": {"version", "figures", "sources"},
    "stats": {"asked", "answered", "refused", "asked_back", "corrected", "doubted"},
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
    for name, text in load_words().model_dump(exclude={"commands", "switches"}).items():
        named = {field for _, field, _, _ in Formatter().parse(text) if field}
        assert named <= FILLED.get(name, set()), name


def test_every_switch_has_its_words_and_no_words_are_of_no_switch() -> None:
    assert set(load_words().switches) == {*GROUP_SWITCHES, *PRIVATE_SWITCHES}


def test_nothing_is_said_by_a_picture_of_letters_alone() -> None:
    """A screen reader reads words: no emoji, and no sign that stands for a word."""
    text = (files("bot.words") / "en.yaml").read_text(encoding="utf-8")
    assert {c for c in text if unicodedata.category(c) in ("So", "Cs")} == set()


def test_what_a_pressed_button_says_is_within_the_limit() -> None:
    words = load_words()
    said = (words.choice_expired, words.not_yours, words.doubt_noted, words.settings_refused, words.page_gone)
    assert all(1 <= utf16_length(text) <= 200 for text in said)


def test_every_language_is_in_the_wordbook_and_names_itself() -> None:
    assert load_wordbook()["en"].language == "English"


@pytest.mark.parametrize(
    ("iso", "written"), [("2017-06-10", "10 June 2017"), ("2017-06", "June 2017"), ("2017", "2017")]
)
def test_dates_and_numbers_are_written_as_the_language_does(iso: str, written: str) -> None:
    assert load_words().day(iso) == written
    assert load_words().number(10455) == "10,455"
    german = load_words().model_copy(update={"locale": "de"})
    assert german.number(10455) == "10.455"
    assert german.day("2017-06-10") == "10 Juni 2017"


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
