"""The terminal: what is typed or piped is answered, and one conversation is kept in mind."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.terminal import Talk, chat, history_file, piped_lines, typed_lines, without_controls
from bot.words.terminal import TerminalWords, load_terminal_words
from knowledge import Knowledge

NOW = date(2017, 7, 1)
Ask = Callable[..., str]


@pytest.fixture(scope="module")
def words() -> TerminalWords:
    return load_terminal_words()


@pytest.fixture
def converse(knowledge: Knowledge, words: TerminalWords) -> Ask:
    """What is shown for some lines of one conversation, on a terminal or in a pipe."""

    def shown(*lines: str, terminal: bool = False) -> str:
        out = StringIO()
        console = Console(file=out, force_terminal=terminal, width=200, highlight=False, _environ={})
        Talk(knowledge, console, words, NOW).hold(lines)
        return out.getvalue()

    return shown


def test_a_question_is_answered_with_its_figure_and_source(converse: Ask) -> None:
    shown = converse("strike count in Syria, 10 June 2017")
    assert "27 strikes in Syria" in shown
    assert "https://www.defense.gov/" in shown


def test_a_follow_up_goes_on_from_the_question_before(converse: Ask) -> None:
    assert "7 strikes in Iraq" in converse("strike count in Syria, 10 June 2017", "and how about Iraq then")


def test_new_forgets_the_question_before(converse: Ask) -> None:
    shown = converse("strike count in Syria, 10 June 2017", "/new", "and how about Iraq then")
    assert "7 strikes in Iraq" not in shown


def test_links_are_clickable_on_a_terminal_and_written_out_in_a_pipe(converse: Ask) -> None:
    on_terminal = converse("strike count in Syria, 10 June 2017", terminal=True)
    assert "\x1b]8;" in on_terminal
    assert "(https://" not in on_terminal
    assert "\x1b" not in converse("strike count in Syria, 10 June 2017")


def test_why_shows_slots_words_scores_and_what_was_asked(converse: Ask) -> None:
    shown = converse("stirkes count in Syria, 10 June 2017", "/why")
    for expected in ("stirkes", "metric", "strikes", "syria", "2017-06-10", "Confidence"):
        assert expected in shown


def test_why_before_any_question_says_so(converse: Ask, words: TerminalWords) -> None:
    assert words.why_nothing in converse("/why")


def test_history_shows_what_stood_before_in_the_figure_answered_last(
    corrected: Knowledge, words: TerminalWords
) -> None:
    out = StringIO()
    console = Console(file=out, width=200, highlight=False, _environ={})
    Talk(corrected, console, words, NOW).hold(["strike count in Syria, 10 June 2017", "thanks", "/history"])
    assert out.getvalue().count("• 20 June 2017: before, it was 72 strikes. The digits were swapped.") == 1


@pytest.mark.parametrize("terminal", [True, False])
def test_history_of_a_figure_never_changed_says_so(converse: Ask, terminal: bool) -> None:
    shown = converse("strike count in Syria, 10 June 2017", "/history", terminal=terminal)
    assert "No changes on record." in shown


@pytest.mark.parametrize(
    "before", [[], ["strikes in Yemen on 10 June 2017"], ["strikes in Syria in May 2017"]]
)
def test_history_without_a_single_figure_says_so(
    converse: Ask, words: TerminalWords, before: list[str]
) -> None:
    assert words.history_nothing in converse(*before, "/history")


def test_a_number_picks_one_of_the_choices(converse: Ask, words: TerminalWords) -> None:
    shown = converse("strike count in Syria, 10/06/2017", "1")
    assert words.pick in shown
    assert "27 strikes in Syria" in shown


def test_choices_are_numbered_on_a_terminal(converse: Ask) -> None:
    shown = converse("strike count in Syria, 10/06/2017", terminal=True)
    assert "1. " in shown
    assert "2. " in shown


@pytest.mark.parametrize("number", ["0", "9", "²"])
def test_a_number_that_is_no_choice_is_a_question_like_any_other(converse: Ask, number: str) -> None:
    question = "strike count in Syria, 10/06/2017"
    assert converse(question, number) not in (converse(question, "1"), converse(question, "2"))


def test_sources_lists_publishers_with_a_page(converse: Ask) -> None:
    for terminal in (False, True):
        shown = converse("/sources", terminal=terminal)
        assert "Airwars" in shown
        assert "https://" in shown


def test_help_shows_examples_and_every_command(
    converse: Ask, knowledge: Knowledge, words: TerminalWords
) -> None:
    shown = converse("/help")
    for expected in (*knowledge.examples(), *words.commands):
        assert expected in shown


def test_quit_ends_the_conversation_there(converse: Ask) -> None:
    assert converse("/QUIT", "strike count in Syria, 10 June 2017") == ""


def test_an_unknown_command_is_named(converse: Ask) -> None:
    assert "/weather" in converse("/weather today")


def test_markup_and_control_characters_of_a_question_are_never_obeyed(converse: Ask) -> None:
    shown = converse("strikes near [bold]Zzyzx[/bold] \x1b[2J\x07", "/why", "/[red]x", terminal=False)
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[red]x" in shown


def test_blank_lines_get_no_answer(converse: Ask) -> None:
    assert converse("", "   ", "\x00") == ""


def test_line_breaks_of_a_pasted_text_keep_words_apart() -> None:
    assert without_controls("27 strikes\nin Syria\r\n") == "27 strikes in Syria"


def test_a_pipe_with_a_stray_byte_is_read_to_its_end() -> None:
    stream = TextIOWrapper(BytesIO(b"first \xff\nsecond\n"), encoding="utf-8")
    assert [line.strip() for line in piped_lines(stream)] == ["first \ufffd", "second"]


@pytest.mark.parametrize("leave", ["\x04", "\x03"], ids=["ctrl-d", "ctrl-c"])
def test_ctrl_d_and_ctrl_c_end_the_prompt_quietly(words: TerminalWords, leave: str) -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("strikes in Syria\r" + leave)
        assert list(typed_lines(words, InMemoryHistory())) == ["strikes in Syria"]


def test_typed_lines_are_kept_for_the_next_time_for_their_owner_only(tmp_path: Path) -> None:
    history_file(tmp_path / "state").append_string("strikes in Syria")
    again = history_file(tmp_path / "state")
    assert isinstance(again, FileHistory)
    assert list(again.load_history_strings()) == ["strikes in Syria"]
    assert stat.S_IMODE((tmp_path / "state" / "history").stat().st_mode) == 0o600


def test_without_a_place_to_write_the_history_lasts_for_the_session(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    assert isinstance(history_file(tmp_path / "state"), InMemoryHistory)


def test_every_command_of_the_help_is_known(converse: Ask, words: TerminalWords) -> None:
    unknown = words.unknown_command.split("{", maxsplit=1)[0]
    assert unknown not in converse(*words.commands)


def test_a_pipe_into_the_command_is_answered_without_a_prompt(
    built_record: Path, tmp_path: Path, words: TerminalWords
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--record", str(built_record), "--now", "2017-07-01"],
        input=b"strike count in Syria, 10 June 2017\n",
        capture_output=True,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("27 strikes in Syria")
    assert words.prompt not in done.stdout.decode()
    assert done.stderr == b""


def test_a_closed_input_ends_the_conversation_before_it_begins(
    built_record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    chat(built_record, NOW)
    assert capsys.readouterr().out == ""
