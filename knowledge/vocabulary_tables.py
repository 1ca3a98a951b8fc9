"""What a question can name, from the tables of the built record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial

from knowledge.models import Actor, Metric, Place, Series, Source, Target, Topic
from knowledge.tables import Row, Rows, made
from knowledge.text import words_of
from knowledge.vocabulary import Composition, CueGroup, Cues, Language, PhraseIndex, Publisher, Vocabulary
from knowledge.words import Lexicon

_LEVELS = "select distinct metric from facts where series in (select id from series where scope = 'level')"
_EVENT_BOUNDS = (
    "select id, places, needs_place, (select actor from events where event = event_kinds.id"
    " order by rowid limit 1) as actor from event_kinds"
)
_TOPIC_BOUNDS = "select id, places, 0 as needs_place, '' as actor from topics"


def read_vocabulary(rows: Rows, sources: Mapping[str, Source], words: Row) -> Vocabulary:
    """The vocabulary of a record: `rows` asks its tables, `words` is its language file."""
    metrics = rows("select * from metrics", ())
    places = {row["id"]: made(Place, row) for row in rows("select * from places", ())}
    kinds = rows("select * from event_kinds", ())
    cues = _cues(rows)
    language = Language.from_words(words)
    cue_words = {w for _, cue in cues for g in cue.groups for p in (*g.words, *g.phrases) for w in p.split()}
    return Vocabulary(
        metrics={row["id"]: made(Metric, row) for row in metrics},
        places=places,
        actors={row["id"]: made(Actor, row) for row in rows("select * from actors", ())},
        targets={row["id"]: made(Target, row) for row in rows("select * from targets", ())},
        series={row["id"]: made(Series, row) for row in rows("select * from series", ())},
        topics={row["id"]: _topic(row, sources) for row in rows("select * from topics", ())},
        publishers={
            row["id"]: Publisher(row["id"], row["name"], tuple(json.loads(row["matches"])))
            for row in rows("select * from publishers", ())
        },
        event_names={row["id"]: row["name"] for row in kinds},
        event_ends={row["id"]: row["ended_by"] for row in kinds if row["ended_by"]},
        event_cues=tuple(cue for kind, cue in cues if kind == "event"),
        topic_cues=tuple(cue for kind, cue in cues if kind == "topic"),
        levels=frozenset(row["metric"] for row in rows(_LEVELS, ())),
        compositions=tuple(
            Composition(row["id"], frozenset(group))
            for row in metrics
            for group in json.loads(row["composed"])
        ),
        kin={row["id"]: tuple(json.loads(row["kin"])) for row in metrics},
        home_places={row["id"]: tuple(json.loads(row["places"])) for row in metrics},
        cities=_cities(places.values()),
        language=language,
        lexicon=Lexicon(partial(_lemma, rows)),
        phrases=PhraseIndex(_names(rows), language, cue_words),
    )


def _lemma(rows: Rows, word: str) -> str | None:
    """The dictionary form of a word of any language on record."""
    found = rows("select lemma from lexicon where word = ?", (word,))
    return str(found[0]["lemma"]) if found else None


def _names(rows: Rows) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["id"], row["words"]) for row in rows("select kind, id, words from names", ())]


def _topic(row: Row, sources: Mapping[str, Source]) -> Topic:
    named = tuple(sources[identifier] for identifier in json.loads(row["sources"]))
    return Topic(row["id"], row["kind"], row["title"], tuple(json.loads(row["text"])), named)


def _cues(rows: Rows) -> list[tuple[str, Cues]]:
    """The cues of events and topics, in the record's order."""
    groups: dict[tuple[str, str], list[CueGroup]] = {}
    for row in rows("select kind, id, alternatives from cues order by rowid", ()):
        groups.setdefault((row["kind"], row["id"]), []).append(_group(json.loads(row["alternatives"])))
    bounds = {("event", row["id"]): row for row in rows(_EVENT_BOUNDS, ())}
    bounds |= {("topic", row["id"]): row for row in rows(_TOPIC_BOUNDS, ())}
    return [(of[0], _bounded(of[1], tuple(found), bounds[of])) for of, found in groups.items()]


def _group(alternatives: Iterable[str]) -> CueGroup:
    phrases = [" ".join(words_of(phrase)) for phrase in alternatives]
    return CueGroup(frozenset(p for p in phrases if " " not in p), tuple(p for p in phrases if " " in p))


def _bounded(identifier: str, groups: tuple[CueGroup, ...], bounds: Row) -> Cues:
    places = tuple(json.loads(bounds["places"]))
    return Cues(identifier, groups, places, bool(bounds["needs_place"]), bounds["actor"])


def _cities(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """The places directly in each place, in the record's order."""
    cities: dict[str, tuple[str, ...]] = {}
    for place in places:
        if place.parent is not None:
            cities[place.parent] = (*cities.get(place.parent, ()), place.id)
    return cities
