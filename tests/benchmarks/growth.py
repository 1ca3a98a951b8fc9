"""Grows a built record: new release days, places with made-up names and sources, the same for the same seed.

What is added lies after the last shipped report and in series that are never answered without a date, so
that every shipped figure stays the one answer to its question.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlite_utils import Database

Cell = str | int | float | None
Row = dict[str, Cell]

#: The first added day; every shipped report is on an earlier one.
FIRST_DAY = date(2030, 1, 1)
#: One new place for so many added days, about as often as the shipped releases name one.
DAYS_A_PLACE = 5
#: A made-up name at least this like a known word (0 to 1) is thrown away: it would be a misspelling of it.
TOO_LIKE = 0.6

_SYLLABLES = [
    "bor",
    "dak",
    "fen",
    "gul",
    "hov",
    "jem",
    "kir",
    "lun",
    "mor",
    "nad",
    "pex",
    "rov",
    "suv",
    "tam",
    "vik",
    "wos",
    "yar",
    "zub",
    "quo",
    "dri",
]
_PUBLISHER = "U.S. Department of Defense"


@dataclass
class Additions:
    """The rows to be added, by table."""

    sources: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)


def grow(source: Path, target: Path, factor: int, seed: int = 2014) -> None:
    """Write a built record with `factor` times the figures of `source` to `target`.

    The same source, factor and seed give the same rows. Factor 1 is a plain copy.
    """
    shutil.copyfile(source, target)
    with closing(Database(target).conn) as connection:
        database = Database(connection)
        wanted = database.table("facts").count * (factor - 1)
        added = additions(database, wanted, Random(seed))
        with database.atomic():
            for table, rows in vars(added).items():
                database.table(table).insert_all(rows)


def additions(database: Database, figures: int, random: Random) -> Additions:
    """Whole release days until at least so many figures are added."""
    added = Additions()
    cities = _ids(
        database, "select id, parent from places where kind = 'city' and parent in ('iraq', 'syria')"
    )
    targets = [identifier for identifier, _ in _ids(database, "select id, singular from targets order by id")]
    names = _made_up_names(_known_words(database), random)
    day = FIRST_DAY
    while len(added.facts) < figures:
        if (day - FIRST_DAY).days % DAYS_A_PLACE == 0:
            cities.append(_add_place(added, next(names), random))
        _add_release(added, day, cities, targets, random)
        day += timedelta(days=1)
    return added


def _ids(database: Database, sql: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in database.execute(sql)]


def _known_words(database: Database) -> list[str]:
    words = {word for (words,) in database.execute("select words from names") for word in words.split()}
    return sorted(words)


def _made_up_names(known: Sequence[str], random: Random) -> Iterator[str]:
    """Names like no known word and none twice."""
    given: set[str] = set()
    while True:
        name = "".join(random.choices(_SYLLABLES, k=4))
        like = process.extractOne(name, known, scorer=OSA.normalized_similarity, score_cutoff=TOO_LIKE)
        if name not in given and like is None:
            given.add(name)
            yield name


def _add_place(added: Additions, name: str, random: Random) -> tuple[str, str]:
    country = random.choice(("iraq", "syria"))
    latitude, longitude = round(random.uniform(31, 37), 2), round(random.uniform(36, 45), 2)
    place: Row = {"id": name, "name": name.title(), "kind": "city", "parent": country}
    added.places.append(place | {"latitude": latitude, "longitude": longitude, "on_record_note": ""})
    for alias in (name, f"al {name}", f"{name} city"):
        row: Row = {"kind": "place", "id": name, "language": "en", "alias": alias, "words": alias}
        added.names.append(row)
    return name, country


def _add_release(
    added: Additions, day: date, cities: Sequence[tuple[str, str]], targets: Sequence[str], random: Random
) -> None:
    """One day's release: counts by city, their countries' sums, both together, and targets by type."""
    source = f"release-{day.isoformat()}"
    added.sources.append(_source(source, day))
    sums: dict[tuple[str, str], int] = {}
    for city, country in random.sample(cities, 6):
        strikes = random.randint(1, 20)
        added.facts.append(_fact(source, day, "strikes", city, strikes))
        for place in (country, "iraq-and-syria"):
            sums["strikes", place] = sums.get(("strikes", place), 0) + strikes
            sums["engagements", place] = sums.get(("engagements", place), 0) + strikes + random.randint(0, 20)
        for target in random.sample(targets, 2):
            added.facts.append(_fact(source, day, "targets", city, random.randint(1, 30), target))
    added.facts += [_fact(source, day, metric, place, total) for (metric, place), total in sums.items()]


def _source(identifier: str, day: date) -> Row:
    url = f"https://releases.example/{identifier}"
    published = (day + timedelta(days=1)).isoformat()
    title = f"Strikes of {day.isoformat()}"
    row: Row = {"id": identifier, "publisher": _PUBLISHER, "title": title, "url": url}
    return row | {"published": published, "kind": "primary", "note": ""}


def _fact(source: str, day: date, metric: str, place: str, value: int, target: str | None = None) -> Row:
    written = day.isoformat()
    row: Row = {"id": "-".join(filter(None, (source, metric, place, target))), "series": "strike-releases"}
    row |= {"source": source, "metric": metric, "actor": "coalition", "place": place, "target": target}
    row |= {"effect": "destroyed" if target else None, "value": value, "qualifier": "exactly"}
    row |= {"start": written, "end": written, "first_day": written, "last_day": written}
    return row | {"locator": "", "note": ""}
