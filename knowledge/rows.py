"""The rows of the curated files, checked for form: which columns or keys each has and what a value may be."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.models import QUALIFIERS, ActorAs, Number, Scope, first_day, last_day

#: The metric of rows that count one kind of target; its words are the targets' own.
TARGETS = "targets"

_NUMBER = re.compile(r"\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*")


def _date(value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            first_day(value)
            last_day(value)
            return value
    except ValueError:
        pass
    raise ValueError(f"no date like 2017-06-10, 2017-06 or 2017: {value}")


def _number(value: object) -> Number:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError(f"no plain number: {value}")
    return float(value) if "." in value else int(value)


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"no web address: {value}")
    return value


def _qualifier(value: str) -> str:
    if value not in QUALIFIERS:
        raise ValueError(f"none of {', '.join(QUALIFIERS)}: {value}")
    return value


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Date = Annotated[str, AfterValidator(_date)]
Figure = Annotated[int | float, BeforeValidator(_number)]
Address = Annotated[str, AfterValidator(_address)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Names = dict[LanguageCode, tuple[Text, ...]]
CueGroups = dict[LanguageCode, tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...]]


class RecordRow(BaseModel):
    """A row of a curated file; a key it does not name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceRow(RecordRow):
    """A row of sources.csv: a public page that a curator has seen."""

    id: Id
    publisher: str
    title: str
    url: Address
    published: Date
    kind: Literal["primary", "secondary"]
    note: str = ""


class FactRow(RecordRow):
    """A row of facts/**.csv: one figure of one source."""

    id: Id
    series: str
    source: str
    metric: str
    actor: str
    place: str
    target: str | None = None
    effect: str | None = None
    start: Date | None = None
    end: Date | None = None
    as_of: Date | None = None
    value: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    qualifier: Annotated[str, AfterValidator(_qualifier)]
    locator: str = ""
    note: str = ""


class EventRow(RecordRow):
    """A row of events.csv: a date that a source gives for a happening."""

    id: Id
    event: str
    source: str
    actor: str
    place: str
    start: Date
    end: Date | None = None
    note: str = ""


class CorrectionRow(RecordRow):
    """A row of corrections.csv: what was changed in a figure already given out, and why."""

    fact: str
    changed: Date
    field: str
    old: str = ""
    new: str = ""
    reason: str


class SeriesRow(RecordRow):
    """An entry of series.yaml."""

    id: Id
    name: Text
    scope: Scope
    addable: bool
    partial: bool = False
    independent: bool = False
    publisher: Text
    note: str = ""


class PinRow(RecordRow):
    """An entry of pins.yaml: the figures that stand for a metric in a place when no time is named."""

    metric: str
    place: str
    facts: Annotated[tuple[str, ...], Field(min_length=1)]


class MetricRow(RecordRow):
    """An entry of vocabulary/metrics.yaml."""

    id: Id
    name: Text
    unit: Text
    singular: Text
    plural: Text
    definition: str = ""
    caveat: str = ""
    default_actor: str = ""
    kin: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    by_place: bool = True
    actor_as: ActorAs = "by"
    composed: tuple[tuple[str, ...], ...] = ()
    names: Names


class ActorRow(RecordRow):
    """An entry of vocabulary/actors.yaml."""

    id: Id
    name: Text
    parent: str | None = None
    names: Names


class PublisherRow(RecordRow):
    """An entry of vocabulary/publishers.yaml."""

    id: Id
    name: Text
    matches: tuple[Text, ...]
    names: Names


class PlaceRow(RecordRow):
    """An entry of vocabulary/places.yaml."""

    id: Id
    name: Text
    kind: Literal["country", "city", "area", "region", "operation", "world"]
    parent: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    names: Names
    on_record_note: str = ""


class ElsewhereRow(RecordRow):
    """A place outside the campaign that people ask about."""

    name: Text
    names: Names


class TargetRow(RecordRow):
    """An entry of vocabulary/targets.yaml."""

    id: Id
    name: Text
    singular: Text
    group: Id
    names: Names


class EffectRow(RecordRow):
    """What was done to a target."""

    id: Id
    names: Names


class EventKindRow(RecordRow):
    """An entry of vocabulary/events.yaml."""

    id: Id
    name: Text
    place: str
    places: tuple[str, ...] = ()
    needs_place: bool = False
    ended_by: str | None = None
    cues: CueGroups


class TopicRow(RecordRow):
    """An entry of topics/*.yaml: a sourced answer in words."""

    id: Id
    kind: Literal["glossary", "topic", "statement"]
    title: Text
    names: Names = {}
    cues: CueGroups = {}
    places: tuple[str, ...] = ()
    text: Annotated[tuple[Text, ...], Field(min_length=1)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
