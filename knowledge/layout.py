"""The tables of the built record: columns, keys, what refers to what, and what is indexed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table. `columns` maps names to types, `references` columns to the table whose id they hold."""

    name: str
    columns: dict[str, type]
    key: tuple[str, ...]
    references: tuple[tuple[str, str], ...] = ()
    needed: frozenset[str] = frozenset()


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
    ),
    TableLayout(
        "series",
        _text("id name scope") | {"addable": int, "partial": int} | _text("publisher note"),
        ("id",),
        needed=_NAMED,
    ),
    TableLayout(
        "metrics",
        _text("id name unit singular plural definition caveat default_actor kin places composed")
        | {"by_place": int},
        ("id",),
        needed=_NAMED,
    ),
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
        "topics", _text("id kind title places text sources"), ("id",), needed=frozenset({"title", "text"})
    ),
    TableLayout(
        "facts",
        _text("id series source metric actor place target effect start end as_of")
        | {"value": int, "low": int, "high": int}  # SQLite keeps a fraction in an integer column as it is
        | _text("qualifier locator note first_day last_day as_of_first as_of_last"),
        ("id",),
        (
            ("series", "series"),
            ("source", "sources"),
            ("actor", "actors"),
            ("place", "places"),
            ("target", "targets"),
            ("effect", "effects"),
        ),
        frozenset({"series", "source", "metric", "actor", "place", "qualifier"}),
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
INDEXES = (
    ("facts", ("metric", "place", "actor", "first_day", "last_day")),
    ("facts", ("metric", "place", "actor", "as_of_first")),
    ("facts", ("metric", "first_day")),
    ("facts", ("series", "first_day")),
    ("facts", ("source",)),
    ("facts", ("value",)),
    ("corrections", ("fact",)),
    ("events", ("event",)),
    ("names", ("alias",)),
    ("sources", ("published",)),
)
