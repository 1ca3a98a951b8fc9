"""Words that narrow what is counted in a way that no figure on record is narrowed.

"Strikes at night", "not in Syria", "against civilians", "according to" somebody the record does not
hold, a number beside a year that makes no date: each would make any figure given a wrong one, so each
stops the answer (SPEC rules 1, 3 and 12).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.mentions import Mention, ReadText
from knowledge.vocabulary import Vocabulary

_COUNTED_AS_STRIKES = frozenset({"strikes", "engagements"})
_WEIGHTLESS = frozenset({"mark", "smalltalk", "scope", "operation"})


def restrictions_of(read: ReadText, metrics: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a question that narrow its count beyond the record, each once."""
    found = [
        *_marked(read),
        *_ruled_out(read, vocabulary),
        *_victims(read, metrics),
        *_other_fates(read),
        *_counted_places(read),
        *_rates(read),
        *_uncited(read, vocabulary),
        *_numbers_beside_dates(read, vocabulary),
    ]
    return tuple(dict.fromkeys(found))


def _marked(read: ReadText) -> Iterator[str]:
    """Words of the language file's `restrictions`, in sentences that ask something."""
    asking = {
        read.tokens[m.start].sentence
        for m in read.mentions
        if not _WEIGHTLESS.issuperset(meaning.kind for meaning in m.meanings)
    }
    for mention in read.mentions:
        narrows = mention.has("mark", "restriction") and not mention.negated and not mention.ids("target")
        if narrows and (read.tokens[mention.start].sentence in asking or not asking):
            yield mention.words


def _ruled_out(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """A place or actor that is ruled out without another one named, or a part of what is asked for."""
    for kind in ("place", "actor"):
        out = [m for m in read.mentions if m.negated and m.ids(kind)]
        others = [m for m in read.mentions if not m.negated and m.ids(kind) and not m.has("actor", "isis")]
        named = {identifier for m in others for identifier in m.ids(kind)}
        for mention in out:
            parent = _parent(mention.ids(kind)[0], kind, vocabulary)
            if not mention.has("actor", "isis") and (not others or parent in named):
                yield f"not {mention.words}"
    yield from _bare_negation(
        read, vocabulary.language.parts["doing"], vocabulary.language.parts["contracted_not"]
    )


def _parent(identifier: str, kind: str, vocabulary: Vocabulary) -> str | None:
    table = vocabulary.places if kind == "place" else vocabulary.actors
    return table[identifier].parent if identifier in table else None


def _bare_negation(read: ReadText, doing: frozenset[str], contracted: frozenset[str]) -> Iterator[str]:
    """A "not" before the verb of what is counted: "how many did the coalition not carry out"."""
    asked = [m.start for m in read.mentions if m.has("operation", "how_many")]
    for mention in read.mentions:
        bare = mention.words.casefold() == "not" and not _reaches(read, mention)
        does = not doing.isdisjoint(read.norm(i) for i in (mention.end, mention.end + 1))
        if bare and does and any(start < mention.start for start in asked):
            yield mention.words
    for position, token in enumerate(read.tokens):
        if token.norm in contracted and any(start < position for start in asked):
            yield token.text


def _reaches(read: ReadText, negation: Mention) -> bool:
    return any(m.negated and m.start >= negation.end for m in read.mentions)


def _victims(read: ReadText, metrics: Sequence[str]) -> Iterator[str]:
    """Strikes "against civilians", or against others than ISIS, are not counted apart."""
    for mention in read.mentions:
        if _is_struck(read, mention):
            yield f"against {mention.words}"
    if not _COUNTED_AS_STRIKES.isdisjoint(metrics):
        yield from (m.words for m in read.mentions if m.has("group", "civilian") and not m.negated)


def _other_fates(read: ReadText) -> Iterator[str]:
    """What happened to weapons or vehicles that the record does not count: smuggled, escaped."""
    counted = [m for m in read.mentions if m.ids("target") or m.ids("metric")]
    for mention in read.mentions:
        other = mention.has("scope", "harm") or (
            mention.has("group", "fled") and any(m.ids("target") for m in counted)
        )
        if other and any(m.end <= mention.start for m in counted):
            yield mention.words


def _is_struck(read: ReadText, mention: Mention) -> bool:
    """Whether an actor other than ISIS is named as the one that is hit."""
    before = mention.start - 1
    while read.norm(before) == "the":
        before -= 1
    return bool(mention.ids("actor")) and not mention.has("actor", "isis") and read.norm(before) == "against"


def _counted_places(read: ReadText) -> Iterator[str]:
    """Places as what is counted ("how many cities"): the record counts none."""
    asked = {m.end for m in read.mentions if m.has("operation", "how_many")}
    yield from (m.words for m in read.mentions if m.start in asked and m.has("operation", "where"))


def _rates(read: ReadText) -> Iterator[str]:
    """A rate of one metric by another: "engagements per strike"."""
    for mention in read.mentions:
        if mention.ids("metric") and read.norm(mention.start - 1) == "per":
            yield f"per {mention.words}"


def _uncited(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Who follows "according to", where it is no source that the record knows."""
    parts = vocabulary.language.parts
    for position, token in enumerate(read.tokens):
        if token.norm not in parts["cited_before"] or read.norm(position + 1) != "to":
            continue
        name = position + 2
        while read.norm(name) in parts["articles"]:
            name += 1
        known = any(m.start <= name < m.end and m.ids("publisher") for m in read.mentions)
        if name < len(read.tokens) and not known and read.norm(name) not in parts["cited_freely"]:
            yield read.tokens[name].text


def _numbers_beside_dates(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Numbers that want to be part of a date and are none: "10 juin 2017", "week 23 2017", "since 9999"."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    years = {phrase.start for phrase in read.dates if phrase.period is not None and phrase.period.days > 300}
    calendar = vocabulary.language.calendar
    for position, token in enumerate(read.tokens):
        if token.kind != "number" or position in dated or token.value is None:
            continue
        beside = (
            not years.isdisjoint((position + 1, position + 2)) and read.tokens[position + 1].kind != "end"
        )
        counted = any(m.start in (position + 1, position + 2) and m.ids("metric") for m in read.mentions)
        dangling = read.norm(position - 1) in calendar.since and position + 1 >= len(read.tokens)
        beside = beside and read.tokens[position + 1].kind != "punctuation"
        if (beside and not counted) or dangling:
            yield token.text
