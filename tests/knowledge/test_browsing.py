"""Browsing: Datasette's own app on the built record, asked as a browser or a script asks it."""

from __future__ import annotations

import re
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Knowledge, StoreError
from knowledge.browsing import pages
from knowledge.layout import TABLES, VIEWS
from knowledge.paths import BROWSE_FOLDER

METADATA = yaml.safe_load((BROWSE_FOLDER / "metadata.yaml").read_text(encoding="utf-8"))
RECORD = METADATA["databases"]["record"]
SHOWN = [name for name, table in RECORD["tables"].items() if not table.get("hidden")]
NOW = date(2026, 1, 1)
RELEASE = "dod-1210346"


@pytest.fixture
def app(built_record: Path) -> Any:
    return pages(built_record)


async def rows(app: Any, path: str) -> list[dict[str, Any]]:
    joint = "&" if "?" in path else "?"
    response = await app.client.get(f"/record/{path}{joint}_shape=array")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    return found


async def html(app: Any, path: str) -> str:
    response = await app.client.get(path)
    assert response.status_code == 200, response.text
    text: str = response.text
    return text


def untagged(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


async def test_the_front_page_says_what_is_there_and_whose_it_is(app: Any) -> None:
    text = await html(app, "/")
    assert METADATA["title"].replace("'", "&#39;") in text
    assert METADATA["license_url"] in text
    assert "_memory" not in text


async def test_a_figure_shows_the_names_of_what_it_refers_to(app: Any) -> None:
    [fact] = await rows(app, f"facts.json?id={RELEASE}-strikes-syria&_labels=on")
    labels = {column: fact[column]["label"] for column in ("source", "place", "metric", "actor", "series")}
    assert labels == {
        "source": "Military Strikes Continue Against ISIS Terrorists in Syria and Iraq",
        "place": "Syria",
        "metric": "strikes",
        "actor": "Coalition",
        "series": "daily strike releases",
    }


async def test_a_count_of_things_hit_has_names_too(app: Any) -> None:
    [fact] = await rows(app, f"facts.json?id={RELEASE}-raqqa-fighting-positions-destroyed&_labels=on")
    assert fact["metric"]["label"] == "things hit, by type"
    assert fact["target"]["label"] == "fighting positions"


async def test_figures_have_facets_by_month_place_and_metric(app: Any) -> None:
    facets = (await app.client.get("/record/facts.json?_size=0")).json()["facet_results"]
    assert set(facets) == {"month", "place", "metric"}
    names = {one["label"] for one in facets["place"]["results"]}
    assert {"Mosul", "Raqqa", "Iraq", "Syria"} <= names


async def test_a_month_holds_what_lies_in_it_wholly(app: Any) -> None:
    for fact in await rows(app, "facts.json?month=2017-06&_size=max"):
        assert fact["first_day"][:7] == fact["last_day"][:7] == "2017-06"
    longer = await rows(app, "facts.json?month__isnull=1&first_day__notnull=1&_size=max")
    assert longer
    assert all(fact["last_day"] is None or fact["first_day"][:7] != fact["last_day"][:7] for fact in longer)


@pytest.mark.parametrize(
    ("table", "word", "column"),
    [
        ("sources", "civilian", "title"),
        ("topics", "civilian", "text"),
        ("topics_in_words", "civilian", "text"),
        ("facts", "afcent", "note"),
    ],
)
async def test_search_finds_words_and_only_where_they_stand(
    app: Any, table: str, word: str, column: str
) -> None:
    found = await rows(app, f"{table}.json?_search={word}&_size=max")
    assert found
    whole = await rows(app, f"{table}.json?_size=max")
    assert len(found) < len(whole)
    having = [row for row in whole if re.search(rf"\b{word}\b", row[column], re.IGNORECASE)]
    assert [row for row in having if row not in found] == []


async def test_a_source_has_a_page_with_its_figures(app: Any) -> None:
    page = untagged(await html(app, f"/record/sources/{RELEASE}"))
    assert "Military Strikes Continue Against ISIS Terrorists in Syria and Iraq" in page
    figures = await rows(app, f"facts.json?source={RELEASE}&_size=max")
    assert f"{len(figures)} figures on record from this source" in page
    assert "strikes Syria Coalition 2017-06-10 2017-06-10 exactly 27" in page
    assert [figure["id"] for figure in figures if figure["id"] not in page] == []


async def test_a_source_without_figures_says_so(app: Any) -> None:
    assert "No figure is taken from this source" in await html(app, "/record/sources/afcent-2008")


@pytest.mark.parametrize("query", RECORD["queries"])
async def test_every_query_runs_and_gives_rows(app: Any, query: str) -> None:
    assert await rows(app, f"{query}.json")
    assert "message-error" not in await html(app, f"/record/{query}")


@pytest.mark.parametrize("place", ["Iraq", "Syria", "Mosul", "Raqqa", "Abu Kamal"])
async def test_totals_of_a_month_are_those_that_the_bot_gives(
    app: Any, knowledge: Knowledge, place: str
) -> None:
    totals = await rows(app, f"totals_by_month.json?place={place}&metric=strikes")
    assert totals
    for total in totals:
        figures = knowledge.ask(f"strikes in {place} in {total['month']}", now=NOW).figures
        assert figures[0].value == total["total"], total


async def test_the_totals_say_how_many_days_they_are_of(app: Any) -> None:
    [total] = await rows(app, "totals_by_month.json?place=Syria&metric=strikes&month=2017-06")
    assert (total["days_on_record"], total["days_of_month"]) == (13, 30)


@pytest.mark.parametrize("table", SHOWN)
async def test_every_page_of_a_table_opens(app: Any, table: str) -> None:
    assert "<h1" in await html(app, f"/record/{table}")


def test_what_the_metadata_describes_exists() -> None:
    columns = {layout.name: set(layout.columns) for layout in TABLES}
    unknown = {
        f"{table}.{column}"
        for table, described in RECORD["tables"].items()
        if table not in VIEWS
        for column in described.get("columns", {})
        if column not in columns[table]
    }
    assert unknown == set()
    assert set(RECORD["tables"]) == {*columns, *VIEWS}


@pytest.mark.parametrize(
    "sql", ["delete from facts", "insert into effects values ('x')", "attach 'x.db' as x", "vacuum"]
)
async def test_sql_that_is_not_a_question_is_refused(app: Any, built_record: Path, sql: str) -> None:
    before = built_record.read_bytes()
    answer = await app.client.get("/record.json", params={"sql": sql})
    assert answer.status_code == 400
    assert built_record.read_bytes() == before


@pytest.mark.parametrize("path", ["/record/facts", "/record", "/record/totals_by_month"])
async def test_nothing_can_be_posted(app: Any, built_record: Path, path: str) -> None:
    before = built_record.read_bytes()
    answer = await app.client.post(path, data={"id": "x"})
    assert answer.status_code >= 400
    assert built_record.read_bytes() == before


async def test_the_file_itself_is_closed_to_writing(app: Any) -> None:
    assert not app.get_database("record").is_mutable
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await app.get_database("record").execute_fn(lambda record: record.execute("delete from facts"))


async def test_no_plugins_are_loaded(app: Any) -> None:
    assert (await app.client.get("/-/plugins.json")).json() == []


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No built record"):
        pages(tmp_path / "none.db")


def test_without_datasette_one_sentence_says_how_to_get_it(
    built_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    with pytest.raises(StoreError, match="make browse"):
        pages(built_record)
