"""What a question takes over from the one before it in its conversation (SPEC rule 10).

A follow-up keeps what it doesn't change; a complete question keeps nothing; what was taken over is
named, so that the answer can say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from knowledge.models import Period, Query, first_day, last_day
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES, WHOLE_CAMPAIGN, unique
from knowledge.slots import Slots, is_loss
from knowledge.stretches import DatePhrase
from knowledge.vocabulary import Vocabulary

#: What sorties can be asked to have released.
_RELEASED = frozenset({"weapons_released", "munitions"})


def period_before(before: Query | None) -> Period | None:
    """The period that a new date is completed from; of an unresolved date only the year is known."""
    if before is None:
        return None
    if before.unresolved and not before.unresolved[0].startswith("--"):
        year = before.unresolved[0][:4]
        return Period(first_day(year), last_day(year))
    periods = before.found or before.periods
    return periods[-1] if periods else None


def continued(
    query: Query, slots: Slots, before: Query | None, vocabulary: Vocabulary, earlier: Sequence[Query] = ()
) -> tuple[Query, tuple[str, ...]]:
    """The query with what it leaves open taken from the one before, and the names of those slots."""
    inherited: tuple[str, ...] = ()
    query = _resolved(query, slots, before)
    if before is not None and earlier:
        last = (*earlier, before)[-max(slots.several, 2) :]
        if _asks_for_several(query, slots, last):
            return _settled(_several_asked(query, slots, last), slots), ()
    went_to = before is not None and before.found and before.operation != "figure"
    of_it = bool(slots.metrics) or "those" in slots.operations
    if before is not None and went_to and of_it and query.operation == "figure":
        before = replace(before, periods=before.found)
    if before is not None and _asks_of_losses(query, slots, before):
        query = replace(query, metrics=("civilian_deaths",))
    if before is not None and _asks_for_a_part(query, slots, before):
        query = replace(query, metrics=("sorties_with_release",))
    if before is not None and not _is_complete(query, slots, vocabulary):
        query, inherited = _taken_over(query, slots, before, vocabulary)
    return _settled(query, slots), inherited


def _asks_for_several(query: Query, slots: Slots, last: Sequence[Query]) -> bool:
    """Whether a question sets the last answers against one another, adds them up, or is of both days."""
    single = all(max(len(q.places), len(q.periods), len(q.metrics)) < 2 for q in last)
    if query.places or query.periods or query.targets or query.actors or not single:
        return False
    if "two_days" in slots.marks:
        return len({q.periods for q in last}) == 2
    if query.metrics:
        return False
    if query.in_total and not query.publishers and _tell_of_both_countries(last[-2:]):
        return True
    if slots.several > 2:
        return len(last) == slots.several and len(_differences(last)) == 1
    if query.operation == "compare":
        return len(_differences(last)) == 1 and last[-1].operation in ("figure", "compare")
    return "two" in slots.marks and (query.together or query.in_total or query.operation == "average")


def _tell_of_both_countries(last: Sequence[Query]) -> bool:
    """Whether the last two questions asked the same of Iraq and of Syria."""
    return _differences(last) == ["places"] and {q.places for q in last} == {(c,) for c in COUNTRIES}


def _differences(queries: Sequence[Query]) -> list[str]:
    """The slots in which queries differ."""
    slots = ("metrics", "places", "periods", "actors", "publishers", "targets")
    return [slot for slot in slots if len({getattr(query, slot) for query in queries}) > 1]


def as_one(queries: Sequence[Query]) -> Query | None:
    """Queries as one that holds every value of the only slot they differ in; None if they differ in more."""
    differing = _differences(queries)
    same_operation = len({query.operation for query in queries}) == 1
    if len(differing) != 1 or not same_operation:
        return None
    return replace(_with_all_values(queries[-1], queries), found=())


def _with_all_values(query: Query, queries: Sequence[Query]) -> Query:
    """A query whose slots hold the values of several, each once."""
    return replace(
        query,
        metrics=unique(metric for q in queries for metric in q.metrics),
        places=unique(place for q in queries for place in q.places),
        periods=unique(period for q in queries for period in q.periods),
        actors=unique(actor for q in queries for actor in q.actors),
        publishers=unique(publisher for q in queries for publisher in q.publishers),
        targets=unique(target for q in queries for target in q.targets),
    )


def _several_asked(query: Query, slots: Slots, last: Sequence[Query]) -> Query:
    """The last queries as one: the slot in which they differ holds all its values."""
    before = last[-1]
    if "two_days" in slots.marks:
        periods = unique(period for q in last for period in q.periods)
        added = query.in_total or "joined" in slots.operations
        both = replace(before, periods=periods, operation=query.operation, in_total=added)
        return replace(both, metrics=query.metrics or before.metrics, together=False)
    together = query.operation not in ("compare", "average")
    several = replace(_with_all_values(query, last), together=together)
    whole = together and set(several.places) == set(COUNTRIES)
    return replace(several, places=(BOTH_COUNTRIES,)) if whole else several


# -- dates that were asked back ------------------------------------------------------------------


def unresolved(phrase: DatePhrase) -> tuple[str, ...]:
    """What is known of a date that has to be asked back, as `Query.unresolved` holds it."""
    if phrase.issue == "ambiguous":
        return tuple(option.first.isoformat() for option in phrase.options)
    if phrase.issue == "no year" and phrase.month is not None:
        return (f"--{phrase.month:02d}" + (f"-{phrase.day:02d}" if phrase.day else ""),)
    return ()


def phrase_of(known: tuple[str, ...]) -> DatePhrase:
    """The date that is still to be asked back, as `unresolved` wrote it down."""
    if known[0].startswith("--"):
        month, _, day = known[0][2:].partition("-")
        return DatePhrase(0, 0, issue="no year", month=int(month), day=int(day) if day else None)
    options = tuple(Period(first_day(iso), first_day(iso)) for iso in known)
    return DatePhrase(0, 0, issue="ambiguous", options=options)


def _resolved(query: Query, slots: Slots, before: Query | None) -> Query:
    """The answer to a question back: "2017" completes "26 August", "June" picks one of two readings."""
    if before is None or not before.unresolved:
        return query
    options = [] if before.unresolved[0].startswith("--") else list(map(first_day, before.unresolved))
    if not query.periods and slots.ordinal is not None and slots.ordinal <= len(options):
        day = options[slots.ordinal - 1]
        return replace(query, periods=(Period(day, day),), operation=before.operation)
    if len(query.periods) != 1:
        return query
    period = query.periods[0]
    if before.unresolved[0].startswith("--"):
        iso = f"{period.first.year}{before.unresolved[0][1:]}"
        whole_year = period.days >= 365 and not period.since
        return replace(query, periods=(Period(first_day(iso), last_day(iso)),)) if whole_year else query
    inside = [day for day in options if period.first <= day <= period.last]
    return replace(query, periods=(Period(inside[0], inside[0]),)) if len(inside) == 1 else query


# -- slots taken over ------------------------------------------------------------------------------


def _asks_of_losses(query: Query, slots: Slots, before: Query) -> bool:
    """As in "how many died?" after a question on strikes: civilians, whom strikes are asked about for."""
    losses = {"death", "wounded", "casualty", "civilian", "collateral"} & slots.groups
    named = query.metrics or query.targets or slots.restrictions
    return bool(losses) and not named and not any(is_loss(metric) for metric in before.metrics)


def _asks_for_a_part(query: Query, slots: Slots, before: Query) -> bool:
    """As in "how many of those released a weapon?", "with weapons?": sorties are asked for, not weapons."""
    some = "those" in slots.operations or "having" in slots.marks
    return some and before.metrics == ("sorties",) and set(query.metrics) <= _RELEASED and bool(query.metrics)


def _is_complete(query: Query, slots: Slots, vocabulary: Vocabulary) -> bool:
    """Names what is counted and where, and a time or words like "in total"."""
    counted = bool(query.metrics or query.targets)
    placed = bool(query.places) or _is_counted_as_a_whole(query.metrics, vocabulary)
    timed = bool(query.periods) or _is_all_time(query, slots)
    relative = any(phrase.relative for phrase in slots.dates) or "those" in slots.operations
    return counted and placed and timed and query.operation != "compare" and not relative


def _is_all_time(query: Query, slots: Slots) -> bool:
    """Whether "in total" means the whole campaign, not only both countries taken together."""
    return query.in_total and (not query.together or "so_far" in slots.operations)


def _is_counted_as_a_whole(metrics: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether metrics are kept for the operation or the world, never for a country."""
    if metrics and not any(vocabulary.metrics[metric].by_place for metric in metrics):
        return True
    homes = [home for metric in metrics for home in vocabulary.home_places.get(metric, ())]
    return bool(homes) and BOTH_COUNTRIES not in homes


def _taken_over(
    query: Query, slots: Slots, before: Query, vocabulary: Vocabulary
) -> tuple[Query, tuple[str, ...]]:
    if query.operation == "compare" and slots.operations & {"compare", "those"}:
        query = _compared_with_before(query, before)
    if before.defined and "those" in slots.operations:
        before = replace(before, metrics=before.defined)
    before = replace(before, places=before.places or _home_shared(query, before, vocabulary))
    wanted = _open_slots(query, slots, before, vocabulary)
    taken = tuple(slot for slot in wanted if not getattr(query, slot) and getattr(before, slot))
    values = {slot: getattr(before, slot) for slot in taken}
    query = replace(query, **values)
    if "periods" not in taken and before.periods and before.periods[-1].by and not slots.metrics:
        query = replace(query, periods=tuple(map(_by_its_end, query.periods)))
    return query, taken


def _open_slots(query: Query, slots: Slots, before: Query, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The slots that the question before may fill."""
    all_time = (_is_all_time(query, slots) and bool(query.metrics)) or "newest" in slots.operations
    wanted = [] if all_time else ["periods"]
    if (query.metrics or query.targets) and query.places:
        return tuple(wanted)
    if not query.targets and not query.metrics:
        wanted += ["targets", "effects"]
    if not query.targets:
        wanted.append("metrics")
    if _may_keep_place(query, slots, before, vocabulary) and (not all_time or "those" in slots.operations):
        wanted.append("places")
    if _may_keep_actor(query, slots, before, vocabulary):
        wanted.append("actors")
    if query.operation.endswith("_months") and not slots.periods:
        wanted = [slot for slot in wanted if slot != "periods"]
    if not query.actors:
        wanted.append("publishers")
    return tuple(wanted)


def _may_keep_actor(query: Query, slots: Slots, before: Query, vocabulary: Vocabulary) -> bool:
    """Not where the coalition as a whole is heard, nor where a metric is told of others than before."""
    member = any(vocabulary.actors[a].parent == "coalition" for a in before.actors if a in vocabulary.actors)
    if "cjtf-oir" in query.publishers and member:
        return False
    if is_of_the_same(slots.metrics, before.metrics, vocabulary):
        return True
    return not any(
        _brings_its_actor(metric, vocabulary) for metric in (*slots.metrics, *_changed(slots, before))
    )


def _home_shared(query: Query, before: Query, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The operation or the world, where a loss was told for it without being asked for by name."""
    if not is_of_the_same(query.metrics, before.metrics, vocabulary) or query.metrics == before.metrics:
        return ()
    homes = [vocabulary.home_places.get(metric, ()) for metric in (*before.metrics, *query.metrics)]
    return next(((p,) for p in homes[0] if p in WHOLE_CAMPAIGN and all(p in home for home in homes)), ())


def is_of_the_same(metrics: Sequence[str], before: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether metrics are losses of the same people as those before: the wounded after the killed."""
    if not metrics or not all(map(is_loss, (*metrics, *before))):
        return False
    return len({vocabulary.metrics[metric].default_actor for metric in (*metrics, *before)}) == 1


def _may_keep_place(query: Query, slots: Slots, before: Query, vocabulary: Vocabulary) -> bool:
    """A metric that is counted for the whole operation or the world drops a country named earlier."""
    if not slots.metrics or "those" in slots.operations:
        return True
    if not _is_counted_as_a_whole(slots.metrics, vocabulary):
        return True
    if is_of_the_same(slots.metrics, before.metrics, vocabulary):
        return True
    homes = {home for metric in slots.metrics for home in vocabulary.home_places.get(metric, ())}
    return not homes.isdisjoint(before.places) or before.metrics == slots.metrics


def _changed(slots: Slots, before: Query) -> tuple[str, ...]:
    """The metrics asked about before, where another one is named now."""
    return before.metrics if slots.metrics and slots.metrics != before.metrics else ()


def _brings_its_actor(metric: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.metrics[metric].default_actor not in ("coalition", "")


def _by_its_end(period: Period) -> Period:
    """After "by 15 December" a bare "31 July 2016?" also means by that day."""
    if period.by or period.since or period.days > 31:
        return period
    return Period(period.last, period.last, by=True)


def _compared_with_before(query: Query, before: Query) -> Query:
    """The slot that is named joins the earlier one: "compare that with June", "… with Iraq"."""
    for slot in ("places", "periods", "actors", "metrics", "publishers"):
        mine, earlier = getattr(query, slot), getattr(before, slot)
        if len(mine) == 1 and len(earlier) == 1 and mine != earlier:
            joined = {slot: earlier + mine}
            return replace(query, **joined)
    return query


# -- countries and days taken together -----------------------------------------------------------------


def _settled(query: Query, slots: Slots) -> Query:
    """Both countries as one place or two, and adjoining days as one period, as the question wants."""
    added_up = (query.together or query.in_total) and query.operation != "compare"
    periods = _joined_days(query.periods) if added_up else query.periods
    metrics = (
        ("cost",)
        if query.in_total and query.metrics == ("cost_per_day",) and not slots.metrics
        else query.metrics
    )
    places = _settled_places(query, slots)
    if (metrics, places, periods) == (query.metrics, query.places, query.periods):
        return query
    return replace(query, metrics=metrics, places=places, periods=periods)


def _settled_places(query: Query, slots: Slots) -> tuple[str, ...]:
    if "other_country" in slots.operations and len(query.places) == 1 and query.places[0] in COUNTRIES:
        return tuple(country for country in COUNTRIES if country != query.places[0])
    if "by_country" in slots.operations and query.places in ((), (BOTH_COUNTRIES,)):
        return COUNTRIES
    countries_only = set(query.places) <= {*COUNTRIES, BOTH_COUNTRIES}
    both_named = set(query.places) == set(COUNTRIES) and query.operation != "compare"
    if "two_days" in slots.marks:
        return query.places
    opposed = len(query.places) > 1 and (query.operation == "compare" or "joined" not in slots.operations)
    joinable = query.together and query.places and not opposed
    if joinable and ((not slots.places and countries_only) or both_named):
        return (BOTH_COUNTRIES,)
    others = (query.periods, query.metrics, query.actors, query.publishers)
    one_of_each = max(map(len, others)) < 2 and not any(phrase.joined for phrase in slots.dates)
    if query.operation == "compare" and query.places == (BOTH_COUNTRIES,) and one_of_each:
        return COUNTRIES
    return query.places


def _joined_days(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Days that follow one another as one stretch ("6 and 7 June together")."""
    follow = all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(periods))
    if len(periods) < 2 or not follow or any(p.by or p.since for p in periods):
        return periods
    return (Period(periods[0].first, periods[-1].last),)
