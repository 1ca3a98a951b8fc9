"""Whether a question asks for a happening, its duration, or a subject that is answered in words."""

from __future__ import annotations

from knowledge.question import Question, names_something
from knowledge.slots import is_loss
from knowledge.vocabulary import CueGroup

#: Metrics that "the first" and "began" can be said of.
_OF_STRIKES = frozenset({"strikes", "engagements", "weapons_released", "munitions", "sorties"})


def topic(q: Question) -> tuple[str, str] | None:
    """The subject that is answered in words, by the most cues met."""
    if _looks_up_a_figure(q):
        return None
    if q.asks & {"first_on_record", "last_on_record"}:
        return None
    if q.before is not None and any(m.has("mark", "correction") for m in q.read.mentions):
        return None
    named = {*q.slots.places}
    best, score = "", 0
    for cues in q.vocabulary.topic_cues:
        met = q.cues_met(cues)
        if not met or (cues.places and named and not named & set(cues.places)):
            continue
        met += bool(named & set(cues.places))
        if met > score:
            best, score = cues.id, met
    return ("topic", best) if best else None


def _looks_up_a_figure(q: Question) -> bool:
    """Whether a count, or what happened in a few days, is asked for: not what one's figures leave out."""
    counted = q.slots.metrics or q.slots.targets or q.slots.periods or not q.slots.publishers
    return (q.counts and bool(counted)) or not all(p.days > 27 for p in q.slots.periods)


def duration(q: Question) -> tuple[str, str] | None:
    """How long something took that one event began and another one ended."""
    if "how_long" not in q.asks or q.slots.metrics:
        return None
    places = set(q.slots.places) or set(q.before.places if q.before else ())
    told = set(q.before.events) if q.before and not q.slots.places else set()
    starts = {cues.id: cues for cues in q.vocabulary.event_cues}
    for start, end in q.vocabulary.event_ends.items():
        if "holding" in q.asks and starts[start].actor != "isis":
            continue  # how long somebody held a town is not how long it was fought for
        if {start, end} & told or places & set(starts[start].places):
            return "duration", start
    return None


def event(q: Question) -> tuple[str, str] | None:
    """The happening whose date is asked for."""
    slots = q.slots
    if q.earlier == "event" and q.before is not None and slots.dates and not names_something(slots):
        return "event", q.before.events[0]
    if (
        q.counts
        or slots.targets
        or q.asks & {"most", "least", "average"}
        or (slots.claimed and slots.metrics and "first" not in q.asks)
    ):
        return None
    single_days = [p for p in slots.periods if p.days == 1 and len(slots.periods) == 1 and slots.metrics]
    if single_days and "when" not in q.asks:
        return None
    if "when" not in q.asks and any(metric not in _OF_STRIKES for metric in slots.metrics):
        return None
    asked = "when" in q.asks or (q.earlier == "event" and not slots.metrics)
    told = "event" in q.asks or ("outcome" in q.asks and not slots.metrics)
    first = "first" in q.asks and bool(slots.metrics or "air" in q.read.forms) and not slots.dates
    if not (asked or told or first) or (q.asks & {"latest"} and not told):
        return None
    goes_on = q.earlier == "event" and not slots.metrics
    found = best_event(q) or (like_event(q) if goes_on else "")
    if not found and "when" in q.asks and "event" in q.asks and _by_others(q):
        return "first_day", ""  # a nation's strikes begin with the first one on record, if with any
    return ("event", found) if found else None


def best_event(q: Question) -> str:
    """The event whose cues are all met, at the place named now, or else at the one named before."""
    if q.slots.other_places:
        return ""
    goes_on = q.before is not None and (q.earlier == "event" or "those" in q.asks)
    before = set(q.before.places) if q.before is not None and goes_on else set()
    named = set(q.slots.places)
    return (
        _event_at(q, named, least=2)
        or (_event_at(q, before) if before and not named else "")
        or _event_at(q, named)
    )


def _event_at(q: Question, named: set[str], least: int = 1) -> str:
    best, score = "", least - 1
    for cues in q.vocabulary.event_cues:
        met = q.cues_met(cues)
        if not met or (named and not named & set(cues.places)) or (cues.needs_place and not named):
            continue
        if _is_of_others(q, cues.actor) or _tells_of_a_loss(q, cues.groups):
            continue
        met += bool(named)
        if met > score:
            best, score = cues.id, met
    return best


def _tells_of_a_loss(q: Question, groups: tuple[CueGroup, ...]) -> bool:
    """Whether the first loss is asked for, and a happening was none."""
    lost = "first" in q.asks and any(map(is_loss, q.slots.metrics))
    deaths = {word for m in q.read.mentions if m.has("group", "death") for word in m.words.casefold().split()}
    named = {word for group in groups for cue in (*group.words, *group.phrases) for word in cue.split()}
    return lost and bool(deaths) and deaths.isdisjoint(named)


def _is_of_others(q: Question, actor: str) -> bool:
    """Whether a question tells of others than who did it: of ISIS taking a town, of another's strikes."""
    if "taken_by_isis" in q.asks and actor != "isis":
        return True
    return actor not in q.slots.actors and _by_others(q)


def _by_others(q: Question) -> bool:
    """Whether strikes of others than the coalition or the United States are asked for."""
    others = set(q.slots.actors) - {"isis", "coalition", "united-states"}
    return bool(others) and not _OF_STRIKES.isdisjoint(q.slots.metrics)


def like_event(q: Question) -> str:
    """The event of another place that is told of in the same words ("and in Syria?")."""
    told = next(
        (c for c in q.vocabulary.event_cues if q.before is not None and c.id in q.before.events), None
    )
    if told is None:
        return ""
    alike = {
        cues.id: len(cues.groups[0].words & told.groups[0].words)
        for cues in q.vocabulary.event_cues
        if cues.id != told.id and set(q.slots.places) & set(cues.places)
    }
    return max(alike, key=lambda event: alike[event]) if alike and max(alike.values()) > 3 else ""
