"""The tables of the built record: columns, keys, what refers to what, what is searched and indexed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table. `columns` maps names to types, `references` columns to the table whose id they hold.

    The words of `searched` columns are found by full-text search when the record is browsed.
    """

    name: str
    columns: dict[str, type]
    key: tuple[str, ...]
    references: tuple[tuple[str, str], ...] = ()
    needed: frozenset[str] = frozenset()
    searched: tuple[str, ...] = ()


def _text(names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), str)


_NAMED = frozenset({"name"})

#: In the order they are written, so that what is referred to is there first.
TABLES = (
    TableLayout("meta", _text("key value"), ("key",)),
    TableLayout(
        "sources",
        _text("id publisher title url published kind note"),
        ("id",),
        needed=frozenset({"publisher", "title", "url", "published", "kind"}),
        searched=("publisher", "title", "note"),
    ),
    TableLayout(
        "series",
        _text("id name scope")
        | {"addable": int, "partial": int, "independent": int}
        | _text("publisher note"),
        ("id",),
        needed=_NAMED,
    ),
    TableLayout(
        "metrics",
        _text("id name unit singular plural definition caveat default_actor kin places composed actor_as")
        | {"by_place": int},
        ("id",),
        needed=_NAMED,
    ),
    # Everything a figure can count: the metrics, and things hit by type, which is no metric of its own.
    TableLayout("measures", _text("id name unit"), ("id",), needed=_NAMED),
    TableLayout(
        "places",
        _text("id name kind parent") | {"latitude": float, "longitude": float} | _text("on_record_note"),
        ("id",),
        (("parent", "places"),),
        _NAMED,
    ),
    TableLayout("actors", _text("id name parent"), ("id",), (("parent", "actors"),), _NAMED),
    TableLayout("targets", _text("id name singular group"), ("id",), needed=_NAMED),
    TableLayout("effects", _text("id"), ("id",)),
    TableLayout("publishers", _text("id name matches"), ("id",), needed=_NAMED),
    TableLayout(
        "event_kinds",
        _text("id name place places") | {"needs_place": int} | _text("ended_by"),
        ("id",),
        (("place", "places"), ("ended_by", "event_kinds")),
        _NAMED,
    ),
    TableLayout(
        "topics",
        _text("id kind title places text sources"),
        ("id",),
        needed=frozenset({"title", "text"}),
        searched=("title", "text"),
    ),
    TableLayout(
        "topic_sources",
        _text("topic source"),
        ("topic", "source"),
        (("topic", "topics"), ("source", "sources")),
    ),
    TableLayout(
        "facts",
        _text("id series source metric actor place target effect start end as_of")
        | {"value": int, "low": int, "high": int}  # SQLite keeps a fraction in an integer column as it is
        | _text("qualifier locator note first_day last_day as_of_first as_of_last month"),
        ("id",),
        (
            ("series", "series"),
            ("source", "sources"),
            ("metric", "measures"),
            ("actor", "actors"),
            ("place", "places"),
            ("target", "targets"),
            ("effect", "effects"),
        ),
        frozenset({"series", "source", "metric", "actor", "place", "qualifier"}),
        ("note",),
    ),
    TableLayout(
        "events",
        _text("id event source actor place start end note"),
        ("id",),
        (("event", "event_kinds"), ("source", "sources"), ("actor", "actors"), ("place", "places")),
        frozenset({"event", "source", "start"}),
    ),
    TableLayout(
        "pins",
        _text("metric place") | {"position": int} | _text("fact"),
        ("metric", "place", "position"),
        (("metric", "metrics"), ("place", "places"), ("fact", "facts")),
    ),
    TableLayout(
        "corrections",
        {"number": int} | _text("fact changed field old new reason"),
        ("number",),
        (("fact", "facts"),),
    ),
    TableLayout("names", _text("kind id language alias words"), ("kind", "id", "language", "alias")),
    TableLayout(
        "cues",
        _text("kind id language") | {"position": int} | _text("alternatives"),
        ("kind", "id", "language", "position"),
    ),
    TableLayout("language", _text("code content"), ("code",)),
    TableLayout("lexicon", _text("word lemma language"), ("word", "language")),
)

#: The lookups of `store`: a figure of a period, the latest cumulative one, what a source or day reported.
#: The month is for browsing.
INDEXES = (
    ("facts", ("metric", "place", "actor", "first_day", "last_day")),
    ("facts", ("metric", "place", "actor", "as_of_first")),
    ("facts", ("metric", "first_day")),
    ("facts", ("series", "first_day")),
    ("facts", ("source",)),
    ("facts", ("month",)),
    ("facts", ("value",)),
    ("corrections", ("fact",)),
    ("events", ("event",)),
    ("names", ("alias",)),
    ("sources", ("published",)),
)

#: What is read by people and by the queries of `browse`, by name; nothing that answers questions uses it.
VIEWS = {
    "figures": """
        select facts.id, measures.name as metric, places.name as place, actors.name as actor,
            targets.name as target, effect, start, "end", as_of, month, value, low, high, qualifier,
            series.name as series, sources.publisher, sources.title as source, sources.url, facts.note
        from facts
        join measures on measures.id = facts.metric
        join places on places.id = facts.place
        join actors on actors.id = facts.actor
        join series on series.id = facts.series
        join sources on sources.id = facts.source
        left join targets on targets.id = facts.target
    """,
    # Paragraphs and titles of sources are kept as JSON; here they are lines.
    "topics_in_words": """
        select topics.rowid as number, id, kind, title,
            (select group_concat(value, char(10, 10)) from json_each(topics.text)) as text,
            (select group_concat(sources.publisher || ': ' || sources.title, char(10)) from topic_sources
                join sources on sources.id = topic_sources.source where topic = topics.id) as sources
        from topics
    """,
}
