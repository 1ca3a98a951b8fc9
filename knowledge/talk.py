"""Questions that need no figure looked up: small talk, terms, sources, what is out of scope."""

from __future__ import annotations

from knowledge.happenings import topic
from knowledge.question import Question, names_something

#: A text of more different words that asks something is no small talk for one "good" in it.
SHORT = 4


def out_of_scope(q: Question) -> tuple[str, str] | None:
    """Questions that the record does not answer, and which kind they are of."""
    scopes, slots = q.slots.scopes, q.slots
    specific = bool((slots.metrics or slots.targets) and slots.periods)
    if "injection" in scopes:
        return "out_of_scope", "injection"
    if "harm" in scopes and not specific:
        return "out_of_scope", "harm"
    if "other_war" in scopes:
        return "out_of_scope", "other_war"
    future = [p for p in slots.periods if p.first > q.now and not p.since]
    if future or ("prediction" in scopes and not slots.periods):
        return "out_of_scope", "prediction"
    if slots.other_places and not (slots.places or slots.metrics or slots.actors) and "death" in slots.groups:
        return "out_of_scope", "other_war"
    if "opinion" in scopes and not (slots.metrics and (q.counts or slots.periods or "more" in q.asks)):
        return "out_of_scope", "opinion"
    if "off_topic" in scopes and not slots.metrics and not slots.periods:
        return "out_of_scope", "off_topic"
    return None


def told(q: Question) -> tuple[str, str] | None:
    """What somebody tells of themselves without asking anything ("my brother was one of them")."""
    parts, words = q.vocabulary.language.parts, [t.norm for t in q.read.tokens if t.kind == "word"]
    opened = not parts["narrators"].isdisjoint(words[:1]) and not parts["narrating"].isdisjoint(words)
    asks = any("?" in token.text for token in q.read.tokens) or q.asks - {"those", "only", "event"}
    named = names_something(q.slots) or q.slots.dates or q.slots.claimed or q.slots.terms
    return ("smalltalk", "told") if opened and not asks and not named else None


def smalltalk(q: Question) -> tuple[str, str] | None:
    """Greetings, thanks, and questions about the bot itself."""
    slots = q.slots
    if not slots.smalltalk or names_something(slots) or slots.publishers:
        return None
    asks = bool(q.asks & {"when", "how_many", "where"}) and len(q.read.forms) > SHORT
    if asks or (q.before is not None and slots.claimed):
        return None
    if q.before is not None and q.asks & {"both", "compare", "average", "trend", "where", "missing"}:
        return None
    if q.before is not None and "total" in q.asks and len(q.read.forms) > SHORT:
        return None
    spoken_of_now = all(
        phrase.end - phrase.start == 1 and not phrase.relative and phrase.period and phrase.period.days == 1
        for phrase in slots.dates
    )
    if slots.dates and not (spoken_of_now and not any(t.kind == "number" for t in q.read.tokens)):
        return None
    if (
        q.asks & {"source", "sure", "whom"}
        and q.before is not None
        and not slots.smalltalk & {"about", "help"}
    ):
        return None
    if slots.terms and {"what", "who"} & q.read.forms:
        return None
    if (slots.terms or q.asks & {"when", "compare"}) and not slots.smalltalk & {"about", "help", "thanks"}:
        return None
    for kind in ("about", "help", "greeting", "thanks"):
        if kind in slots.smalltalk:
            return "smalltalk", kind
    return None


def definition(q: Question) -> tuple[str, str] | None:
    """Questions for what a term means."""
    slots, terms = q.slots, q.slots.terms
    compared = "compare" in q.asks and len(terms) < 2
    if q.before is not None and ("source" in q.asks or compared):
        return None
    if terms and not slots.periods and _defines_outright(q):
        return "definition", ""
    countries = [place for place in slots.places if place != "operation-inherent-resolve"]
    if (
        not terms
        or slots.publishers
        or slots.periods
        or countries
        or slots.other_places
        or (slots.targets and "definition" not in q.asks)
    ):
        return None
    if q.counts and "meaning" not in q.asks:
        return None
    beyond = [m for m in q.read.named("metric") if not m.ids("term")]
    if q.asks & {"first", "first_on_record", "most", "least"} and slots.metrics:
        return None
    if "definition" in q.asks or ("compare" in q.asks and len(terms) > 1):
        told_of = "meaning" not in q.asks and not _names_only_terms(q) and topic(q) is not None
        return None if beyond or told_of else ("definition", "")
    composed = bool(slots.metrics) and not q.read.named("metric")
    if beyond or composed or not _names_only_terms(q):
        return None
    asked = not {"what", "who"}.isdisjoint(q.read.forms) and "more_question" not in slots.marks
    if q.earlier == "definition" and "more_question" in slots.marks:
        return "definition", ""
    own = any(
        not m.ids("metric") and not m.ids("actor") and not m.ids("target") for m in q.read.named("term")
    )
    return ("definition", "") if asked or (own and q.before is None) else None


def _defines_outright(q: Question) -> bool:
    """Whether a term stands right after "what is a": then the rest of the sentence is about it."""
    articles = ("a", "an")
    ends = {
        m.end
        for m in q.read.named("operation")
        if m.has("operation", "definition") and q.read.norm(m.end - 1) in articles
    }
    return any(_before_quote(q, m.start) in ends for m in q.read.named("term"))


def _before_quote(q: Question, position: int) -> int:
    """A position, or that of the quotation mark before it."""
    return position - 1 if q.read.tokens[position - 1].kind == "punctuation" else position


def _names_only_terms(q: Question) -> bool:
    """Whether a text holds nothing of weight but terms of the glossary."""
    function_words = q.vocabulary.language.function_words
    explained = {
        i for m in q.read.mentions if m.ids("term") or m.ids("smalltalk") for i in range(m.start, m.end)
    }
    return all(
        token.kind != "word" or token.norm in function_words or i in explained
        for i, token in enumerate(q.read.tokens)
    )


def provenance(q: Question) -> tuple[str, str] | None:
    """Questions about the answer before: its source, its truth, who said so."""
    slots = q.slots
    if (
        q.before is not None
        and not slots.places
        and not slots.periods
        and {"death", "wounded"} <= slots.groups
        and q.asks & {"those"}
    ):
        return "sure", ""
    if slots.metrics or slots.targets or slots.other_places:
        return None
    if slots.periods and not ("source" in q.asks and q.before is not None and not slots.places):
        return None
    if "source" in q.asks and q.before is not None:
        return "source", ""
    if slots.places:
        return None
    if "whom" in q.asks and q.earlier == "event":
        return "whom", ""
    if "source" in q.asks:
        return "source", ""
    if q.before is not None and slots.claimed and _asks_what_it_was(q):
        return "what_value", ""
    told_otherwise = q.before is not None and bool(slots.claimed) and not q.counts
    told_otherwise = told_otherwise and not q.asks & {"any_day", "when"}
    if ("sure" in q.asks or told_otherwise) and not slots.actors:
        return "sure", ""
    return None


def _asks_what_it_was(q: Question) -> bool:
    """As in "so the 35 were what?": which count a number is."""
    asked = not {"what", "whose"}.isdisjoint(q.read.forms)
    return asked and (not q.counts or "whose" in q.read.forms) and not q.asks & {"sure", "when", "any_day"}
