"""One sentence of a release taken apart: each number of strikes with the place, country and day it is for.

Only what stands in the sentence is read here; what it inherits from the lines above, `reading` adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.releases.days import Days
from knowledge.releases.forms import DATED, Forms
from knowledge.releases.naming import BOTH, Names


@dataclass(frozen=True, slots=True)
class Clause:
    """A number of strikes as a sentence gives it.

    `places` are names as written; `country` is a country's id, both countries' or empty. `lead` tells
    a clause that speaks of all strikes of a country or of the release, though it may name one place;
    `acts` one in which forces conduct the strikes, whether of a place or of a country.
    `inexact` is the record's word where the number is a bound. `text` follows the number.
    """

    strikes: int
    engagements: int | None
    places: tuple[str, ...]
    country: str
    days: Days | None
    lead: bool
    acts: bool
    each: bool
    inexact: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: int
    each: bool


def clauses_in(text: str, days: Sequence[Days], forms: Forms, names: Names) -> tuple[Clause, ...]:
    """Every number of strikes in a sentence whose dates are masked."""
    numbers = list(_numbers(text, forms))
    begins = [0, *(_begin(text, one.end, other.start, forms) for one, other in pairwise(numbers))]
    ends = [*begins[1:], len(text)]
    return tuple(
        _clause(text, (begin, end), number, days, forms, names)
        for number, begin, end in zip(numbers, begins, ends, strict=False)
    )


def _numbers(text: str, forms: Forms) -> Iterator[_Number]:
    """Numbers of strikes; "one each near Kisik" goes on from a number of strikes before it."""
    found: list[_Number] = []
    position = 0
    while match := min(
        filter(None, (forms.count.search(text, position), forms.bare_count.search(text, position))),
        key=lambda m: (m.start(), -m.end()),
        default=None,
    ):
        position = match.end()
        told = re.search(rf"\b(?:{forms.options['references']})\s+$", text[: match.start()], re.IGNORECASE)
        bare = "noun" not in match.groupdict()
        if told or (bare and not found) or (bare and not _names_place(text, position, forms)):
            continue
        each = forms.has("each", text[match.start() : match.end() + 6])
        found.append(_Number(match.start(), match.end(), forms.number(match["number"]), each))
    yield from found


def _names_place(text: str, position: int, forms: Forms) -> bool:
    match = forms.place.match(text, position + len(text[position:]) - len(text[position:].lstrip()))
    return match is not None


def _begin(text: str, after: int, number: int, forms: Forms) -> int:
    """Where the clause of a number begins: at the place or country before it, else at the number."""
    between = text[after:number]
    joint = r"(?:[,;:.]\s+(?:and\s+|while\s+|but\s+)?|\band\s+|\bwhile\s+|\bSeparately,?\s+)"
    countries = forms.options["countries"]
    where = (
        rf"(?:on\s+{DATED}+,?\s*)?(?:in\s+(?:{countries})\b,?\s*)?"
        rf"(?:(?:{forms.options['near']}|(?:{forms.options['directions']})\s+of)\s[^;:.]{{2,40}}?)?"
    )
    agent = rf"(?:[^,;:.]{{0,60}}?(?:{forms.options['conducted']})\s+)?"
    found = re.search(rf"{joint}(?P<where>{where},?\s*{agent})$", between, re.IGNORECASE)
    return after + found.start("where") if found and found["where"].strip() else number


def _clause(
    text: str, bounds: tuple[int, int], number: _Number, days: Sequence[Days], forms: Forms, names: Names
) -> Clause:
    begin, end = bounds
    before, after = text[begin : number.start], text[number.end : end]
    verb = next(
        (v for v in forms.effect.finditer(after) if not forms.has("no_effect", after[: v.end()])), None
    )
    head = after[: verb.start()] if verb else after
    places, where, pre = _places(before, head, after, forms, names)
    engaged = forms.engagements.search(head) or forms.engagements.search(after)
    acts = _is_act_of_forces(before, forms)
    dated = [d for d in days if number.start <= d.start < number.end]
    dated = dated or [d for d in days if begin <= d.start < number.end + len(head)]
    inexact = re.search(rf"\b({forms.options['inexact']})\s+$", before, re.IGNORECASE)
    return Clause(
        strikes=number.value,
        engagements=forms.number(engaged["number"]) if engaged else None,
        places=places,
        country=_country(before, head, places, forms) or _country_before(where, after, forms),
        days=dated[0] if dated else None,
        lead=not pre and acts,
        acts=acts,
        each=number.each,
        inexact=inexact[1].casefold() if inexact else "",
        where=where,
        text=after,
    )


def _is_act_of_forces(before: str, forms: Forms) -> bool:
    """Whether forces as a whole are said to have conducted the strikes."""
    if forms.has("lead", before):
        return True
    acts = re.search(
        rf"\b(?:{forms.options['forces']})\b[^;:.]{{0,60}}?\b(?:{forms.options['conducted']})\s+(?:\w+\s+){{0,2}}$",
        before,
        re.IGNORECASE,
    )
    return acts is not None


def _places(
    before: str, head: str, after: str, forms: Forms, names: Names
) -> tuple[tuple[str, ...], str, bool]:
    """Names of places, how the text says where, and whether they stand before the number."""
    if opened := _opening(before, forms, names):
        return opened[0], opened[1], True
    for part in (before, head, after):
        found = list(_named(part, forms, names))
        if part is after and len(found) > 1:
            return (), "", False
        if found:
            chosen = found[-1:] if part is before else found
            names_found = tuple(dict.fromkeys(name for _, listed in chosen for name in listed))
            return names_found, chosen[0][0], part is before
    return (), "", False


def _opening(before: str, forms: Forms, names: Names) -> tuple[tuple[str, ...], str] | None:
    """The place in "Near Mosul, two strikes", whatever its letters; or in "Mosul, two strikes"."""
    dates = rf"(?:on\s+)?(?:{DATED}+)?,?\s*"
    near = forms.options["near"]
    text = re.sub(
        rf"^(?:and\s+|also,?\s+)?{dates}(?:in\s+(?:{forms.options['countries']})\b,?\s*)?",
        "",
        before,
        flags=re.IGNORECASE,
    )
    found = re.match(rf"(?P<prep>{near})[\s:,]+(?P<rest>.+)$", text, re.IGNORECASE)
    rest = (found["rest"] if found else text).strip()
    name = _without_country(re.split(rf"[,:;]|\s[-–—]+\s|{DATED}", rest)[0].strip(" .-"), forms)
    if not found and not (names.is_town(name) and re.search(r"[,:]\s*$|\s[-–—]+\s*$", before)):
        return None
    listed = _listed(rest, forms, names) if found else (name,)
    return (listed, found["prep"].casefold() if found else "near") if name else None


def _listed(rest: str, forms: Forms, names: Names) -> tuple[str, ...]:
    """The names of "Mosul, Kisik and Sinjar": one, unless each part is a place of its own."""
    parts = [_without_country(p.strip(" .-"), forms) for p in re.split(rf",|;|:|\band\b|{DATED}", rest)]
    parts = [part for part in parts if part and part.casefold() not in forms.countries]
    if not parts:
        return ()
    known = [part for part in parts if names.is_town(part)]
    return tuple(known) if len(known) > 1 and parts[0] in known else (parts[0],)


def _without_country(name: str, forms: Forms) -> str:
    name = re.sub(rf"^(?:{forms.options['before_name']})\s+(?=\S)", "", name, flags=re.IGNORECASE)
    name = re.sub(rf"\s+in\s+\S.*\s(?:{forms.options['provinces']})$", "", name, flags=re.IGNORECASE)
    ending = rf"(?:\s+(?:in\s+)?(?:{forms.options['countries']})|\s+(?:in|on))+$"
    return re.sub(ending, "", name, flags=re.IGNORECASE)


def _named(part: str, forms: Forms, names: Names) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each "near X" of a part with its names; "in X" counts where X is a town on record."""
    for match in forms.place.finditer(part):
        name = _without_country(match["name"].strip(" .-'"), forms)
        preposition = " ".join(match["prep"].casefold().split())
        if name.casefold() in forms.countries or forms.pattern["no_names"].match(name):
            continue
        if preposition in forms.words["within"] and not names.is_town(name):
            continue
        listed = _listed(part[match.start("name") : _list_end(part, match.end(), forms)], forms, names)
        yield preposition, listed if len(listed) > 1 else (name,)


def _list_end(part: str, position: int, forms: Forms) -> int:
    """Where a list of names that may follow a name ends: at the first word that is none."""
    particle = rf"(?:(?i:{forms.options['name_particles']})[\s-])*"
    name = rf"{particle}[A-Z][\w'-]+(?:\s{particle}[A-Z][\w'-]+)*"
    end = re.compile(rf"(?:\s*(?:,|and)\s+{name})*")
    match = end.match(part, position)
    return match.end() if match else position


def _country(before: str, head: str, places: Sequence[str], forms: Forms) -> str:
    """The country that a clause names, both, or none."""
    found: list[str] = []
    for part in (before, head):
        for match in forms.country.finditer(part):
            found += [forms.countries[name.casefold()] for name in match.group("first", "second") if name]
    if not found and places:
        tail = re.search(rf",?\s+({forms.options['countries']})\b", before + head, re.IGNORECASE)
        found = [forms.countries[tail[1].casefold()]] if tail else []
    distinct = dict.fromkeys(found)
    return BOTH if len(distinct) > 1 else next(iter(distinct), "")


def _country_before(where: str, after: str, forms: Forms) -> str:
    """The country of "destroyed a tank in Syria northwest of Qaim": right before where the place is told."""
    countries = forms.options["countries"]
    told = rf"\bin\s+({countries}),?\s+(?:just\s+|far\s+)?{re.escape(where)}\s"
    found = re.search(told, after, re.IGNORECASE) if where else None
    return forms.countries[found[1].casefold()] if found else ""
