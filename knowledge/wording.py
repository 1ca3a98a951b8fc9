"""Answers in words: figures, dates and sources as neutral rich text, rendered plain or as Telegram HTML.

All words come from the language file (`wording:`); numbers and dates are written by Babel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import cast

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from knowledge.models import (
    ActorAs,
    Assertion,
    Block,
    Event,
    Figure,
    Number,
    Period,
    RichText,
    Role,
    Source,
    Span,
    first_day,
    last_day,
)
from knowledge.reply import unique_sources
from knowledge.vocabulary import Vocabulary

_LARGE = 1_000_000


@lru_cache(maxsize=4096)
def number(value: Number, locale: str = "en") -> str:
    """A number as people read it: 1,335; 7.7 million.

    >>> number(8700000000), number(34573)
    ('8.7 billion', '34,573')
    """
    if value >= _LARGE and value % (_LARGE / 100) == 0:
        return str(format_compact_decimal(value, format_type="long", fraction_digits=2, locale=locale))
    return str(format_decimal(round(value, 2), locale=locale))


@lru_cache(maxsize=4096)
def day_text(day: date, locale: str = "en") -> str:
    """A day, written out: 10 June 2017."""
    return str(format_date(day, "d MMMM y", locale=locale))


@lru_cache(maxsize=4096)
def iso_text(iso: str, locale: str = "en") -> str:
    """An ISO date of any precision, written out: 10 June 2017, June 2017, 2017."""
    pattern = {4: "y", 7: "MMMM y"}.get(len(iso), "d MMMM y")
    return str(format_date(first_day(iso), pattern, locale=locale))


def period_text(period: Period, locale: str = "en") -> str:
    """A period's name: a day, "June 2017", "2017", or first to last day."""
    first, last = period.first, period.last
    if first == last:
        return day_text(first, locale)
    if first.day == 1 and (last_day(f"{first:%Y-%m}") == last):
        return iso_text(f"{first:%Y-%m}", locale)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if first.year == last.year and first.month == last.month:
        return f"{first.day} to {day_text(last, locale)}"
    return f"{day_text(first, locale)} to {day_text(last, locale)}"


class Wording:
    """Builds the blocks of answers in one language."""

    def __init__(self, templates: Mapping[str, object], vocabulary: Vocabulary) -> None:
        self._templates = templates
        self._vocabulary = vocabulary
        self.locale = vocabulary.language.code

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key with its braces filled."""
        return str(self._templates[key]).format(**values)

    def block(self, role: Role, key: str, **values: object) -> Block:
        """One sentence as a block."""
        return Block(role, (Span(self.say(key, **values)),))

    def number(self, value: Number) -> str:
        """A number in this language."""
        return number(value, self.locale)

    def reports(self, count: int) -> str:
        """As in "1 report", "21 reports"."""
        return self._counted("reports", count)

    def compared(self, unit: str, count: int) -> str:
        """How many weeks, months, years or figures were compared."""
        one, other = cast("Mapping[str, Sequence[str]]", self._templates["compared_units"])[unit]
        return self.say("compared", n=self.number(count), unit=one if count == 1 else other)

    def duration(self, days: int) -> str:
        """How many days lie between two dates."""
        return self._counted("duration", days)

    def _counted(self, key: str, count: int) -> str:
        """A sentence that has one form for one and another for more."""
        return self._table(key)["one" if count == 1 else "other"].format(n=self.number(count))

    def claimed(self, assertion: Assertion) -> str:
        """A number as the question asserts it: "fewer than 14,000"."""
        amount = self.number(assertion.value)
        return amount if assertion.qualifier == "exactly" else f"{assertion.qualifier} {amount}"

    def cell(self, field: str, old: str) -> str:
        """What stood in a cell of a figure: "the place was Mosul"."""
        return self._table("cells")[field].format(old=old or self.say("empty_cell"))

    def _table(self, key: str) -> dict[str, str]:
        """A key's own small table of words."""
        return {str(k): str(v) for k, v in cast("Mapping[object, object]", self._templates[key]).items()}

    # -- parts of a figure -----------------------------------------------------------------

    def value(self, figure: Figure) -> str:
        """A figure's value with its qualifier and unit: "at least 1,335 deaths", "$8.7 billion"."""
        amount = self.amount(figure)
        return amount if figure.unit == "USD" else f"{amount} {self.unit(figure)}"

    def amount(self, figure: Figure) -> str:
        """A figure's value with its qualifier: "at least 1,335", "between 8,106 and 12,980"."""
        sign = "$" if figure.unit.startswith("USD") else ""
        if figure.value is None and figure.low is not None and figure.high is not None:
            return self.say("range", low=sign + self.number(figure.low), high=sign + self.number(figure.high))
        amount = sign + self.number(figure.value or 0)
        return amount if figure.qualifier == "exactly" else f"{figure.qualifier} {amount}"

    def unit(self, figure: Figure) -> str:
        """What is counted, in the number that the value needs."""
        if figure.unit == "USD per day":
            return "a day"
        if figure.metric.startswith("targets:"):
            return figure.unit
        metric = self._vocabulary.metrics[figure.metric]
        return metric.singular if figure.value == 1 else metric.plural

    def where(self, place: str) -> str:
        """As in "near Raqqa", "in Syria", "worldwide"."""
        found = next((p for p in self._vocabulary.places.values() if p.name == place), None)
        if found is not None and found.kind == "world":
            return self.say("worldwide")
        return self.say(
            "near" if found is not None and found.kind in ("city", "area") else "in_place", place=place
        )

    def by(self, actor: str, said_as: ActorAs = "by") -> str:
        """Who did it, with the article that the name takes ("by the coalition"), or whose it is."""
        if not actor or said_as == "unsaid":
            return ""
        if said_as == "of":
            return self.say("of_actor", actor=actor)
        return self.say("by_actor", actor=self._table("actors_named").get(actor, actor))

    def when(self, figure: Figure) -> str:
        """The time a figure is for: a day, a period, or "as of" a day."""
        if figure.cumulative:
            as_of = self.say("as_of", day=iso_text(figure.as_of or figure.end or "", self.locale))
            since = (
                self.say("since", first=iso_text(figure.start, self.locale)) + ", " if figure.start else ""
            )
            return since + as_of
        if figure.start is None:
            return self.say("undated", month=iso_text(figure.source.published, self.locale))
        period = Period(first_day(figure.start), last_day(figure.end or figure.start))
        return self.period(period)

    def period(self, period: Period) -> str:
        """A period after its preposition: "on 10 June 2017", "in June 2017"."""
        text = period_text(period, self.locale)
        if period.days == 1:
            return self.say("on_day", day=text)
        if " to " in text:
            first, _, last = text.partition(" to ")
            return self.say("over_period", first=first, last=last)
        return self.say("in_period", period=text)

    def figure_block(self, figure: Figure, role: Role = "headline", lead: str = "") -> Block:
        """One figure: the value in bold, then what, who, where and when."""
        metric = self._vocabulary.metrics.get(figure.metric)  # none of a type of target
        actor, where = self.by(figure.actor, metric.actor_as if metric else "by"), self.where(figure.place)
        who_and_where = (actor, where) if metric and metric.actor_as == "of" else (where, actor)
        parts = (self._metric_name(figure), *who_and_where, self.when(figure))
        counted = self.say("counted_by", name=figure.counted_by) if figure.counted_by else ""
        rest = " ".join(part for part in parts if part) + counted
        spans = (Span(lead),) if lead else ()
        return Block(role, (*spans, Span(self.value(figure), bold=True), Span(" " + rest)))

    def beside_block(self, figure: Figure, same_days: bool) -> Block:
        """A figure for a whole stretch beside a sum of single reports, with who gives it."""
        lead = self.say("also_on_record" if same_days else "not_counted") + ": "
        given = "" if figure.counted_by else self.say("given_by", name=figure.source.publisher)
        return Block("body", (*self.figure_block(figure, "body", lead).spans, Span(given)))

    def _metric_name(self, figure: Figure) -> str:
        """The metric's name where the unit alone does not say it."""
        if figure.metric.startswith("targets:"):
            return ""
        metric = self._vocabulary.metrics[figure.metric]
        said = (
            metric.plural in metric.name
            or metric.name in metric.plural
            or (metric.singular in metric.name and metric.unit != "deaths")
        )
        return "" if said else f"({metric.name})"

    def source_block(self, source: Source, role: Role = "source") -> Block:
        """Title as a link, publisher and date."""
        published = self.say("published", date=iso_text(source.published, self.locale))
        return Block(
            role,
            (
                Span(self.say("source") + ": "),
                Span(source.title, url=source.url),
                Span(f", {source.publisher}, {published}"),
            ),
        )

    def source_blocks(self, figures: Sequence[Figure], most: int = 3) -> list[Block]:
        """The sources of some figures, each once; of a total's many the first, and how many more."""
        sources = unique_sources(figures)
        shown = [self.source_block(source) for source in sources[:most]]
        more = len(sources) - most
        return [*shown, self.block("source", "more_sources", n=more)] if more > 0 else shown

    def weekday_block(self, day: date) -> Block:
        """On which weekday a day fell, where the question had another one."""
        weekday = str(format_date(day, "EEEE", locale=self.locale))
        return self.block("aside", "weekday", day=day_text(day, self.locale), weekday=weekday)

    def event_block(self, event: Event) -> Block:
        """A happening with its date in bold."""
        name = self._vocabulary.event_names[event.event]
        return Block("headline", (Span(f"{name}: "), Span(iso_text(event.start, self.locale), bold=True)))

    def event_figure(self, event: Event) -> Figure:
        """A date of a happening as an answer gives it."""
        actor, place = self._vocabulary.actors[event.actor].name, self._vocabulary.places[event.place].name
        return Figure(
            event.id,
            "event",
            None,
            None,
            None,
            "exactly",
            "date",
            actor,
            place,
            event.start,
            event.end or event.start,
            None,
            event.source,
            note=event.note,
        )

    def dated_spans(self, figure: Figure) -> tuple[Span, ...]:
        """A happening's date, in bold, where an answer gives it as a figure."""
        return (Span(iso_text(figure.start or "", self.locale), bold=True),)


# -- rendering --------------------------------------------------------------------------------


def render_plain(text: RichText) -> str:
    """Rich text for a terminal or a file: links written out, list rows marked."""
    return "\n".join(_plain_line(block) for block in text)


def _plain_line(block: Block) -> str:
    line = "".join(f"{span.text} ({span.url})" if span.url else span.text for span in block.spans)
    return f"• {line}" if block.role == "item" else line


def render_html(text: RichText) -> str:
    """Rich text in the HTML that Telegram takes; asides fold into one expandable quote.

    https://core.telegram.org/bots/api#html-style
    """
    main = [_html_line(block) for block in text if block.role != "aside"]
    asides = [_html_line(block) for block in text if block.role == "aside"]
    if asides:
        main.append("<blockquote expandable>" + "\n".join(asides) + "</blockquote>")
    return "\n".join(main)


def _html_line(block: Block) -> str:
    line = "".join(_html_span(span) for span in block.spans)
    return f"• {line}" if block.role == "item" else line


def _html_span(span: Span) -> str:
    inner = escape(span.text, quote=False)
    if span.url:
        inner = f'<a href="{escape(span.url)}">{inner}</a>'
    return f"<b>{inner}</b>" if span.bold else inner
