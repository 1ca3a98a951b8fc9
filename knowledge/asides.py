"""What a sentence names without asking about it: what is ruled out, corrected, or told of oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.models import Period
from knowledge.reading import Mention
from knowledge.stretches import DatePhrase
from knowledge.text import Token
from knowledge.vocabulary import Meaning, Vocabulary

#: So many words and marks before a place can say whose place it is.
NEAR = 5
#: In so many words from its start a sentence says who it tells of ("Hi, I'm writing …").
OPENING = 3
#: What a stretch means that was read and set aside.
_SET_ASIDE = (Meaning("mark", "set aside"),)
#: What a date means that is cut out of what is asked for.
_CUT_OUT = (Meaning("mark", "restriction"),)
#: Operations that make a sentence a question.
_ASKING = frozenset({"how_many", "where", "when", "what", "compare", "most", "least", "average"})
_NAMING = frozenset({"metric", "place", "actor", "adjective", "elsewhere", "target", "publisher"})


def without_asides(
    given: Sequence[Token],
    mentions: Sequence[Mention],
    dates: Sequence[DatePhrase],
    vocabulary: Vocabulary,
    before: Period | None,
) -> tuple[tuple[Mention, ...], tuple[DatePhrase, ...]]:
    """The mentions and dates that a text asks about.

    What is told of oneself and what a correction replaced is set aside, what is ruled out is marked as
    negated; `before` is the period that the conversation spoke of last.
    """
    mentions = [
        m
        for m in mentions
        if not _is_common_noun(m, given, vocabulary) and not _is_where_one_is(m, given, vocabulary)
    ]
    mentions, dates = _without_stories(given, mentions, dates, vocabulary)
    dated = {i for phrase in dates for i in range(phrase.start, phrase.end)}
    mentions = _negated(mentions, given, dated)
    dates, out, cut = _without_negated(dates, mentions, given, before)
    cut_out = (Mention(d.start, d.end, _CUT_OUT, _words(d, given)) for d in cut)
    return _revised((*_with_set_aside(mentions, out), *cut_out), dates)


def can_be_named(mention: Mention) -> bool:
    """Whether a mention can be meant by a name with a capital."""
    names = {"place", "elsewhere", "actor", "adjective", "target", "publisher", "term", "metric", "scope"}
    return any(meaning.kind in names for meaning in mention.meanings) or mention.has("mark", "restriction")


def _without_stories(
    given: Sequence[Token],
    mentions: Sequence[Mention],
    dates: Sequence[DatePhrase],
    vocabulary: Vocabulary,
) -> tuple[tuple[Mention, ...], tuple[DatePhrase, ...]]:
    """Without what is told of the one who asks ("I was there with the army") beside the question itself.

    A place or date of such a sentence counts where the question points back to it ("near my city").
    """
    told = _stories(given, mentions, vocabulary.language.parts)
    asked = {token.norm for token in given if token.sentence not in told}
    asking = [m for m in mentions if given[m.start].sentence not in told]
    bounded = any(m.ids("place") or m.has("operation", "total") for m in asking) or any(
        given[d.start].sentence not in told for d in dates
    )
    pointing = not bounded or not vocabulary.language.parts["pointing"].isdisjoint(asked)
    placed = not pointing or any(m.ids("place") for m in mentions if given[m.start].sentence not in told)
    dated = not pointing or any(given[d.start].sentence not in told and not d.relative for d in dates)
    kept = [m for m in mentions if given[m.start].sentence not in told or (m.ids("place") and not placed)]
    kept_dates = [d for d in dates if given[d.start].sentence not in told or not dated]
    told_of = [replace(m, meanings=_SET_ASIDE) for m in mentions if m not in kept]
    out = [d for d in dates if d not in kept_dates]
    return _with_set_aside((*kept, *told_of), out), tuple(kept_dates)


def _stories(
    given: Sequence[Token], mentions: Sequence[Mention], parts: Mapping[str, frozenset[str]]
) -> frozenset[int]:
    """Numbers of the sentences that tell of people in the past and count nothing."""
    counted = any(m.ids("metric") for m in mentions)
    questions = {given[m.start].sentence for m in mentions if not _ASKING.isdisjoint(m.ids("operation"))}
    counting = {given[m.start].sentence for m in mentions if m.ids("metric") or m.ids("group")}
    is_asked = bool(questions & counting)  # then a story may name what is counted, too
    asking = {
        given[m.start].sentence
        for m in mentions
        if any(m.ids(kind) for kind in ("metric", "target", "effect"))
        or (m.ids("group") and given[m.start].norm not in parts["narrating"] and not counted)
        or not _ASKING.isdisjoint(m.ids("operation"))
    }
    opened: dict[int, list[str]] = {}
    for token in given:
        if token.kind == "word":
            opened.setdefault(token.sentence, []).append(token.norm)
    narrating = {token.sentence for token in given if token.norm in parts["narrating"]}
    requesting = {token.sentence for token in given if token.norm in parts["requesting"]}
    naming = {given[m.start].sentence for m in mentions if can_be_named(m)}
    told = {s for s, words in opened.items() if not parts["narrators"].isdisjoint(words[:OPENING])}
    set_aside = told & (narrating | (set(opened) - naming - requesting))
    if is_asked:
        return frozenset(told - questions - requesting)
    return frozenset(set_aside - asking) if asking else frozenset()


def _is_where_one_is(mention: Mention, given: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether a place outside the record is only where the one who asks is ("I'm from Spain")."""
    only = all(meaning.kind in ("elsewhere", "actor") for meaning in mention.meanings)
    return only and bool(mention.ids("elsewhere")) and tells_of_oneself(given, mention.start, vocabulary)


def tells_of_oneself(given: Sequence[Token], position: int, vocabulary: Vocabulary) -> bool:
    """Whether "I'm in", "a student in", "greetings from" … stands right before a position."""
    parts = vocabulary.language.parts
    before = given[max(position - NEAR, 0) : position]
    clause = [t.norm for t in before if t.kind == "word" and t.sentence == given[position].sentence]
    located = bool(clause) and clause[-1] in ("in", "from", "at", "near")
    cut = any(t.kind == "punctuation" for t in before)
    return located and not cut and not parts["oneself"].isdisjoint(clause)


def _is_common_noun(mention: Mention, given: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether a territory's name in small letters is meant as the noun it also is ("our reunion")."""
    token = given[mention.start]
    only = all(meaning.kind == "elsewhere" for meaning in mention.meanings)
    alone = mention.end - mention.start == 1 and not token.capitalised
    if not only or not alone or given[mention.start - 1].norm in vocabulary.language.parts["locating"]:
        return False
    return vocabulary.lexicon.has(token.norm)


def _without_negated(
    dates: Sequence[DatePhrase], mentions: Sequence[Mention], given: Sequence[Token], before: Period | None
) -> tuple[tuple[DatePhrase, ...], tuple[DatePhrase, ...], tuple[DatePhrase, ...]]:
    """The dates to go by, those ruled out beside one of them, and those that cut a piece out of one.

    "The 15th, not the 14th" rules out; "June, but not 10 June" cuts out.
    After a question on one day, "June, not July" means that day of June.
    """
    ends = {m.end for m in mentions if m.has("mark", "negation")}
    out = [d for d in dates if _before_articles(d.start, given) in ends]
    kept = [d for d in dates if d not in out]
    if not kept or any(_lies_in(d, k) for d in out for k in kept):
        return tuple(dates), (), tuple(out)
    day = before.first.day if before is not None and before.days == 1 else None
    same_month = before is not None and any(d.day is None and d.month == before.first.month for d in out)
    return tuple(_on_day(d, day) if day and same_month else d for d in kept), tuple(out), ()


def _lies_in(inner: DatePhrase, outer: DatePhrase) -> bool:
    """Whether one date is a part of another one."""
    if inner.period is None or outer.period is None:
        return False
    return outer.period.first <= inner.period.first and inner.period.last <= outer.period.last


def _with_set_aside(mentions: Sequence[Mention], dates: Sequence[DatePhrase]) -> tuple[Mention, ...]:
    """The mentions with dates that were read but do not count, so that their words are explained."""
    aside = [Mention(d.start, d.end, _SET_ASIDE, "") for d in dates]
    return tuple(sorted((*mentions, *aside), key=lambda m: m.start))


def _words(phrase: DatePhrase, given: Sequence[Token]) -> str:
    """The words of a date as they were written."""
    return " ".join(token.text for token in given[phrase.start : phrase.end])


def _before_articles(position: int, given: Sequence[Token]) -> int:
    """The position that a phrase begins at, small words before it counted in."""
    while position and given[position - 1].norm in ("the", "in", "on", "of"):
        position -= 1
    return position


def _on_day(phrase: DatePhrase, day: int) -> DatePhrase:
    """A bare month as one day of it, where it has such a day."""
    period = phrase.period
    if period is None or phrase.day is not None or not 27 < period.days < 32 or day > period.days:
        return phrase
    first = period.first.replace(day=day)
    return replace(phrase, period=Period(first, first), day=day)


def _negated(mentions: Sequence[Mention], given: Sequence[Token], dated: set[int]) -> tuple[Mention, ...]:
    """Mentions that "not", "without", "forget" … rule out; "X not counted" rules out what precedes."""
    result = list(mentions)
    for index, mention in enumerate(mentions):
        either = mention.has("mark", "negated") and mention.has("mark", "negation")
        ahead = _next_named(mentions, index, given, dated) if either else None
        if ahead is not None:
            result[ahead] = replace(result[ahead], negated=True)
        elif mention.has("mark", "negated") and index:
            result[index - 1] = replace(result[index - 1], negated=True)
        elif mention.has("mark", "negation") and not _opens_a_correction(mention, given):
            following = _next_named(mentions, index, given, dated)
            if following is not None:
                result[following] = replace(result[following], negated=True)
    return tuple(result)


def _opens_a_correction(mention: Mention, given: Sequence[Token]) -> bool:
    """Whether "no" only opens a sentence ("no, Iraq", "no I said Iraq") or says none ("no strikes")."""
    return given[mention.start].norm == "no" and mention.end - mention.start == 1


def _next_named(
    mentions: Sequence[Mention], index: int, given: Sequence[Token], dated: set[int]
) -> int | None:
    """What a negation reaches: the next name within four tokens, before any comma or date."""
    start = mentions[index].end
    if given[start - 1].norm == "no" and start < len(given) and given[start].text == ",":
        return None
    for later in range(index + 1, len(mentions)):
        mention = mentions[later]
        between = given[start : mention.start]
        if not dated.isdisjoint(range(start, mention.start)):
            return None
        if len(between) > 4 or any(token.kind in ("end", "punctuation") for token in between):
            return None
        opens = mentions[index].start == 0 and mention.has("mark", "restriction")
        if opens or any(meaning.kind in _NAMING for meaning in mention.meanings):
            return later
    return None


def _revised(
    mentions: Sequence[Mention], dates: Sequence[DatePhrase]
) -> tuple[tuple[Mention, ...], tuple[DatePhrase, ...]]:
    """After "no wait", "I mean" … what is named again replaces what was named before."""
    marks = [m.start for m in mentions if m.has("mark", "correction")]
    if not marks:
        return tuple(mentions), tuple(dates)
    mark = marks[-1]
    renamed = {
        kind.kind for m in mentions if m.start > mark and not m.negated for kind in m.meanings
    } & _NAMING
    kept = tuple(
        m for m in mentions if m.start >= mark or not renamed & {meaning.kind for meaning in m.meanings}
    )
    later_dates = tuple(phrase for phrase in dates if phrase.start > mark)
    return kept, later_dates or tuple(dates)
