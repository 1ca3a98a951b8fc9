"""An answer as JSON: the contract that scripts and the question sets read.

`figures` is what the answer asserts, the headline first; `related` is offered besides and never
counted as an answer. `text` is what a person reads, as plain text.
"""

from __future__ import annotations

from typing import Any

from knowledge.models import Answer, Figure, Query, Source
from knowledge.wording import render_plain

# JSON objects: their values are of any JSON type.
Json = dict[str, Any]


def answer_to_json(answer: Answer) -> Json:
    """An answer as a JSON object."""
    return {
        "kind": answer.kind,
        "text": render_plain(answer.text),
        "figures": [_figure(f) for f in answer.figures],
        "related": [_figure(f) for f in answer.related],
        "claims": [
            {
                "value": claim.value,
                "date": claim.date or None,
                "quoted": claim.quoted,
                "verdict": claim.verdict,
                "reason": claim.reason,
                "figures": [_figure(f) for f in claim.figures],
                "related": [_figure(f) for f in claim.related],
            }
            for claim in answer.claims
        ],
        "query": _query(answer.query),
        "choices": list(answer.choices),
        "ignored": list(answer.ignored),
        "confidence": round(answer.confidence, 3),
    }


def _figure(figure: Figure) -> Json:
    names = [
        "fact",
        "metric",
        "value",
        "low",
        "high",
        "qualifier",
        "unit",
        "actor",
        "place",
        "start",
        "end",
        "as_of",
    ]
    data: Json = {name: getattr(figure, name) for name in names}
    data["source"] = _source(figure.source)
    if len(figure.sources) > 1:
        data["sources"] = [_source(source) for source in figure.sources]
    return data


def _source(source: Source) -> Json:
    return {name: getattr(source, name) for name in ("id", "title", "publisher", "url", "published")}


def _query(query: Query) -> Json:
    first = query.periods[0] if query.periods else None
    return {
        "operation": query.operation,
        "metric": query.metrics[0] if query.metrics else None,
        "actor": query.actors[0] if query.actors else None,
        "place": query.places[0] if query.places else None,
        "start": first.first.isoformat() if first else None,
        "end": first.last.isoformat() if first else None,
        "metrics": list(query.metrics),
        "actors": list(query.actors),
        "places": list(query.places),
        "periods": [
            {"start": p.first.isoformat(), "end": p.last.isoformat(), "by": p.by, "since": p.since}
            for p in query.periods
        ],
        "targets": list(query.targets),
        "publishers": list(query.publishers),
    }
