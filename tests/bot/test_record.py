"""`sitrep record coverage` and `sitrep record history`: what a curator sees, and how the commands end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.coverage_picture import coverage_figure, draw_coverage
from bot.coverage_views import BEGIN, END, coverage_markdown, put_between_markers
from bot.errors import FileUnusable
from bot.words.coverage import CoverageWords, load_coverage_words
from knowledge import Knowledge

README = Path(__file__).parent.parent.parent / "README.md"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def words() -> CoverageWords:
    return load_coverage_words()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", "record", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_coverage_shows_a_row_a_month_and_how_much_there_is(built_record: Path) -> None:
    shown = run("coverage", "--record", str(built_record))
    assert shown.returncode == 0
    for expected in ("2014-08", "2017-06", " of 30", "daily strike releases (", " figures from "):
        assert expected in " ".join(shown.stdout.split())


def test_coverage_as_json_holds_every_month_and_series(built_record: Path, knowledge: Knowledge) -> None:
    found = json.loads(run("coverage", "--json", "--record", str(built_record)).stdout)
    counted = knowledge.coverage()
    assert (found["figures"], found["releases"]) == (counted.figures, counted.releases)
    assert [m["month"] for m in found["months"]] == [m.month for m in counted.months]
    assert [m["release_days"] for m in found["months"]] == [m.release_days for m in counted.months]
    assert {s["id"] for s in found["series"]} >= {"strike-releases", "cost"}


def test_coverage_of_a_metric_and_place_says_so(built_record: Path) -> None:
    shown = run("coverage", "--metric", "strikes", "--place", "syria", "--record", str(built_record))
    assert "strikes, Syria only" in " ".join(shown.stdout.split())


def test_coverage_of_an_unknown_metric_ends_with_a_sentence(built_record: Path) -> None:
    ended = run("coverage", "--metric", "stirkes", "--record", str(built_record))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "There is no metric with the id stirkes on record.\n"


def test_a_picture_is_drawn_and_the_table_shown_all_the_same(built_record: Path, tmp_path: Path) -> None:
    picture = tmp_path / "coverage.png"
    shown = run("coverage", "--plot", str(picture), "--record", str(built_record))
    assert shown.returncode == 0
    assert "2017-06" in shown.stdout
    assert picture.read_bytes().startswith(PNG)


def test_a_picture_that_cannot_be_written_ends_with_a_sentence(built_record: Path, tmp_path: Path) -> None:
    ended = run("coverage", "--plot", str(tmp_path / "no" / "x.png"), "--record", str(built_record))
    assert ended.returncode == 2
    assert ended.stderr.endswith("x.png cannot be written: No such file or directory.\n")
    assert "Traceback" not in ended.stderr


def test_the_picture_names_the_records_version_and_every_series(
    knowledge: Knowledge, words: CoverageWords, tmp_path: Path
) -> None:
    coverage = knowledge.coverage()
    figure = coverage_figure(coverage, words)
    [axes, *_] = figure.axes
    labels = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    assert labels == [series.name for series in coverage.series]
    assert coverage.version[:12] in figure.get_supxlabel()
    draw_coverage(coverage, tmp_path / "coverage.png", words)
    assert (tmp_path / "coverage.png").stat().st_size > 10_000


def test_an_empty_selection_is_drawn_too(knowledge: Knowledge, words: CoverageWords, tmp_path: Path) -> None:
    draw_coverage(knowledge.coverage("strikes", "worldwide"), tmp_path / "empty.png", words)
    assert (tmp_path / "empty.png").read_bytes().startswith(PNG)


def test_the_readmes_table_is_what_is_on_record(knowledge: Knowledge, words: CoverageWords) -> None:
    shown = README.read_text(encoding="utf-8").partition(BEGIN + "\n")[2].partition(END)[0]
    hint = "run `make readme`"
    assert shown == coverage_markdown(knowledge.coverage(), words) + "\n", hint


def test_only_what_stands_between_the_markers_is_rewritten(
    knowledge: Knowledge, words: CoverageWords, tmp_path: Path
) -> None:
    file = tmp_path / "page.md"
    file.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    table = coverage_markdown(knowledge.coverage(), words)
    for _ in range(2):
        put_between_markers(file, table, words)
        assert file.read_text(encoding="utf-8") == f"before\n{BEGIN}\n{table}\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["no markers\n", f"{END}\n{BEGIN}\n"])
def test_a_page_without_markers_is_left_as_it_is(words: CoverageWords, tmp_path: Path, text: str) -> None:
    file = tmp_path / "page.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnusable, match="to put the table between"):
        put_between_markers(file, "table", words)
    assert file.read_text(encoding="utf-8") == text


def test_a_page_that_is_missing_is_an_error(words: CoverageWords, tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="cannot be written: No such file"):
        put_between_markers(tmp_path / "page.md", "table", words)


def test_history_prints_a_figure_with_what_stood_before(corrected_record: Path) -> None:
    shown = run("history", "dod-1210346-strikes-syria", "--record", str(corrected_record))
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("27 strikes in Syria")
    assert lines[1] == "• 20 June 2017: before, it was 72 strikes. The digits were swapped."
    assert "https://www.defense.gov/" in lines[2]


def test_history_of_an_unchanged_figure_says_so(built_record: Path) -> None:
    shown = run("history", "dod-1210346-strikes-syria", "--record", str(built_record))
    assert "No changes on record." in shown.stdout


def test_history_of_an_unknown_id_ends_with_a_sentence(built_record: Path) -> None:
    ended = run("history", "nowhere", "--record", str(built_record))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "There is no figure with the id nowhere on record.\n"


@pytest.mark.parametrize("module", ["bot.cli", "bot.asking", "bot.record_commands", "bot.application"])
def test_nothing_but_a_picture_loads_matplotlib(module: str) -> None:
    check = f"import sys, {module}; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False, timeout=60).returncode == 0
