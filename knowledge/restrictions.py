"""Words that narrow what is counted in a way that no figure on record is narrowed.

"Strikes at night", "not in Syria", "against civilians", "according to" somebody the record does not
hold, a number beside a year that makes no date: each would make any figure given a wrong one, so each
stops the answer (SPEC rules 1, 3 and 12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from knowledge.ordinals import singled_out
from knowledge.reading import Mention, ReadText
from knowledge.vocabulary import Vocabulary

_COUNTED_AS_STRIKES = frozenset({"strikes", "engagements"})
#: A sentence of more words that counts nothing tells a story; its words narrow no count.
LONG_PREAMBLE = 8
_WEIGHTLESS = frozenset({"mark", "smalltalk", "scope", "operation"})


def restrictions_of(read: ReadText, metrics: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a question that narrow its count beyond the record, each once."""
    found = [
        *_marked(read),
        *_ruled_out(read, vocabulary),
        *_victims(read, metrics),
        *_other_fates(read),
        *_counted_places(read),
        *_remainders(read, vocabulary),
        *_origins(read, vocabulary),
        *_led(read, vocabulary),
        *_during_events(read, vocabulary),
        *_killers(read, metrics),
        *_clock_times(read, vocabulary),
        *_other_money(read, metrics, vocabulary),
        *_kinds_of(read, vocabulary),
        *_rates(read),
        *_flows(read, metrics, vocabulary),
        *_uncited(read, vocabulary),
        *_numbers_beside_dates(read, vocabulary),
        *singled_out(read, metrics, vocabulary),
        *_priced(read, vocabulary),
    ]
    return tuple(dict.fromkeys(found))


def _marked(read: ReadText) -> Iterator[str]:
    """Words of the language file's `restrictions`, in sentences that ask something."""
    asking = {
        read.tokens[m.start].sentence
        for m in read.mentions
        if not _WEIGHTLESS.issuperset(meaning.kind for meaning in m.meanings)
    }
    asking |= {read.tokens[d.start].sentence for d in read.dates}
    asking -= _preambles(read)
    asking |= {read.tokens[m.start].sentence for m in read.mentions if m.has("operation", "only")}
    for mention in read.mentions:
        narrows = mention.has("mark", "restriction") and not mention.negated and not mention.ids("target")
        if narrows and (read.tokens[mention.start].sentence in asking or not asking):
            yield mention.words


def _preambles(read: ReadText) -> set[int]:
    """Numbers of the longer sentences that count nothing, where another one does."""
    words = Counter(token.sentence for token in read.tokens if token.kind == "word")
    counting = {
        read.tokens[m.start].sentence
        for m in read.mentions
        if m.ids("metric") or m.ids("target") or m.has("operation", "how_many")
    }
    return {s for s, n in words.items() if n > LONG_PREAMBLE and s not in counting} if counting else set()


def _ruled_out(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """A place or actor that is ruled out without another one named, or a part of what is asked for."""
    for kind in ("place", "actor"):
        out = [m for m in read.mentions if m.negated and m.ids(kind)]
        others = [m for m in read.mentions if not m.negated and m.ids(kind) and not m.has("actor", "isis")]
        named = {identifier for m in others for identifier in m.ids(kind)}
        for mention in out:
            if kind == "actor" and _is_contrasted(read, mention, others):
                continue
            parent = _parent(mention.ids(kind)[0], kind, vocabulary)
            if not mention.has("actor", "isis") and (not others or parent in named):
                yield f"not {mention.words}"
    yield from _bare_negation(
        read, vocabulary.language.parts["doing"], vocabulary.language.parts["contracted_not"]
    )


def _is_contrasted(read: ReadText, out: Mention, others: Sequence[Mention]) -> bool:
    """As in "the coalition, not France": another one is named right before a plain "not"."""
    negation = out.start - 1
    if read.norm(negation) != "not":
        return False
    before = negation - 1 if read.norm(negation - 1) == "," else negation
    return any(other.end == before for other in others)


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
        told = ("civilian", "death")
        yield from (m.words for m in read.mentions if {*m.ids("group")} & {*told} and not m.negated)
    civilians = {m.end: m for m in read.mentions if m.has("group", "civilian")}
    yield from (civilians[m.start].words for m in read.mentions if m.ids("target") and m.start in civilians)


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


def _remainders(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """What is left of a count ("the rest of the strikes in Iraq"): the record has none as such."""
    of_a_time = not read.forms.isdisjoint(vocabulary.language.calendar.units)
    named = of_a_time or any(m.ids("metric") or m.ids("place") or m.ids("target") for m in read.mentions)
    yield from (m.words for m in read.mentions if named and m.has("operation", "rest"))


def _kinds_of(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """What is asked for by its kind ("which weapon did the most strikes?"): no figure is kept that way."""
    metrics = [m for m in read.mentions if m.ids("metric")]
    listing = vocabulary.language.parts["joiners"]
    for mention in metrics:
        asked = read.norm(mention.start - 1) in vocabulary.language.parts["which"]
        later = [m for m in metrics if m.start >= mention.end and m.ids("metric") != mention.ids("metric")]
        if asked and later and listing.isdisjoint(read.norm(i) for i in range(mention.end, later[0].start)):
            yield mention.words


def _origins(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Where strikes set out from ("launched from Iraq"): the record only has where they hit."""
    places = [m for m in read.mentions if m.ids("place") or m.ids("elsewhere") or m.ids("adjective")]
    setting_out = vocabulary.language.parts["setting_out"]
    counted = {(read.tokens[m.start].sentence, m.end) for m in read.mentions if m.ids("metric")}
    for mention in places:
        at = mention.start - 1
        while read.norm(at) in vocabulary.language.parts["articles"]:
            at -= 1
        if not any(s == read.tokens[mention.start].sentence and end <= at for s, end in counted):
            continue
        if read.norm(at) == "from" and (len(places) > 1 or read.norm(at - 1) in setting_out):
            yield f"from {mention.words}"


def _led(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """As in "Iraqi-led strikes": who acted, not where; no figure is kept that way."""
    led = vocabulary.language.parts["led_by"]
    for mention in read.mentions:
        after = mention.end + (read.norm(mention.end) == "-")
        if read.norm(after) in led and (mention.ids("adjective") or mention.ids("place")):
            yield f"{mention.words}-{read.norm(after)}"


def _during_events(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """A time that is only named by what happened then ("during the battle for Mosul")."""
    bounds, articles = vocabulary.language.parts["bounding"], vocabulary.language.parts["articles"]
    counted = any(m.ids("metric") for m in read.mentions)
    for mention in read.mentions:
        happened = mention.ids("operation") and not {"event", "outcome"}.isdisjoint(mention.ids("operation"))
        at = mention.start - 1
        while read.norm(at) in articles:
            at -= 1
        if counted and happened and read.norm(at) in bounds and not read.dates:
            yield mention.words


def _killers(read: ReadText, metrics: Sequence[str]) -> Iterator[str]:
    """By whom soldiers were killed: the record counts their deaths, not who caused them."""
    if not any(metric.startswith(("us_", "partner_")) for metric in metrics):
        return
    deaths = {m.end for m in read.mentions if m.has("group", "death") or m.has("group", "wounded")}
    for mention in read.mentions:
        by = read.norm(mention.start - 1) in ("by", "did")
        if mention.ids("actor") and by and deaths:
            killer = mention.has("actor", "isis") or mention.start - 1 in deaths
            if killer:
                yield f"by {mention.words}"


def _other_money(read: ReadText, metrics: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """A currency that no cost on record is given in."""
    if any(metric.startswith("cost") for metric in metrics):
        foreign = vocabulary.language.parts["foreign_money"]
        yield from (token.text for token in read.tokens if token.norm in foreign)


def _clock_times(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Hours of a day, which no report keeps apart."""
    clock = vocabulary.language.parts["clock"]
    for position, token in enumerate(read.tokens):
        if token.kind != "number" or token.ordinal:
            continue
        after, then = read.norm(position + 1), position + 2
        hours = after == ":" and then < len(read.tokens) and read.tokens[then].kind == "number"
        if after in clock or hours:
            yield f"{token.text} {after}"


def _priced(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """What a part of the war cost, or one of many things: only the cost of all of it is on record."""
    costs = [m for m in read.mentions if m.has("metric", "cost") and not m.negated]
    counted = {m.end for m in read.mentions if m.has("operation", "how_many")}
    listing = vocabulary.language.parts["joiners"]
    for mention in read.mentions:
        if not costs or mention.start in counted or mention.negated:
            continue
        if not (mention.has("group", "trained") or {*mention.ids("metric")} - {"cost", "cost_per_day"}):
            continue
        first, last = sorted((costs[0], mention), key=lambda m: m.start)
        if listing.isdisjoint(read.norm(i) for i in range(first.end, last.start)):
            yield " ".join(token.text for token in read.tokens[first.start : last.end])


def _rates(read: ReadText) -> Iterator[str]:
    """A rate of one metric by another: "engagements per strike"."""
    for mention in read.mentions:
        if mention.ids("metric") and read.norm(mention.start - 1) == "per":
            yield f"per {mention.words}"


def _flows(read: ReadText, metrics: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """What those did, or what became of them, of whom only is known how many there were: troops that left."""
    if vocabulary.levels.isdisjoint(metrics):
        return
    parts = vocabulary.language.parts
    phrases = [m for m in read.named("group") if m.end - m.start > 1]  # "fighters did ISIS have"
    named = {i for m in (*read.named("metric"), *phrases) for i in range(m.start, m.end)}
    within = any(d.period is not None and not d.period.by for d in read.dates)
    if within:  # "countries joined the coalition in 2019" asks for those of the year, not for all
        named = {i for i in named if read.norm(i) not in parts["joining"]}
    whose = bool(read.named("actor"))  # "how many troops does Iraq have" does not ask for those of others
    for position, token in enumerate(read.tokens):
        owned = token.norm in parts["owning"] and not whose
        if position not in named and (token.norm in parts["flows"] or owned):
            yield token.text


def _uncited(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Who follows "according to", where it is no source that the record knows."""
    parts = vocabulary.language.parts
    for position in range(len(read.tokens)):
        name = _cited_after(read, position, parts)
        if not name:
            continue
        while read.norm(name) in parts["articles"]:
            name += 1
        known = any(m.start <= name < m.end and m.ids("publisher") for m in read.mentions)
        if name < len(read.tokens) and not known and read.norm(name) not in parts["cited_freely"]:
            yield read.tokens[name].text


def _cited_after(read: ReadText, position: int, parts: Mapping[str, frozenset[str]]) -> int:
    """Where the name begins that "according to", "as per", "reported by", "source:" bring; 0 if none."""
    word, after = read.norm(position), read.norm(position + 1)
    if word in parts["cited_before"] and after == "to":
        return position + 2
    if (word == "as" and after in parts["cited_right_before"]) or (
        word in parts["reported"] and after == "by"
    ):
        return position + 2
    return position + 2 if word in parts["sources"] and after == ":" else 0


def _numbers_beside_dates(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """Numbers that want to be part of a date and are none: "10 juin 2017", "week 23 2017", "since 9999"."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    years = {phrase.start for phrase in read.dates if phrase.period is not None and phrase.period.days > 300}
    calendar = vocabulary.language.calendar
    for start in years:
        before = read.norm(start - 1)
        if calendar.units.get(before) == "day" or before in calendar.weekdays or start - 1 in read.unknown:
            yield f"{read.tokens[start - 1].text} {read.tokens[start].text}"
    for position, token in enumerate(read.tokens):
        if token.kind != "number" or position in dated or token.value is None:
            continue
        dashed = position + 2 in dated and read.tokens[position + 1].kind == "dash"
        no_year = read.norm(position - 1) == "in" and token.value >= 1000 and position + 1 >= len(read.tokens)
        if dashed or no_year:
            yield token.text
            continue
        beside = (
            not years.isdisjoint((position + 1, position + 2)) and read.tokens[position + 1].kind != "end"
        )
        counted = any(m.start in (position + 1, position + 2) and m.ids("metric") for m in read.mentions)
        dangling = read.norm(position - 1) in calendar.since and position + 1 >= len(read.tokens)
        beside = beside and read.tokens[position + 1].kind != "punctuation"
        if (beside and not counted) or dangling:
            yield token.text
