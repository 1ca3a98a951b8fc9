"""What a line says was hit: each effect with its list of targets, numbers before them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.releases.forms import Forms
from knowledge.text import words_of

_PARENTHESES = re.compile(r"\s*[(\[][^)\]]*(?:[)\]]|$)")
#: After one of these a number belongs to the phrase before it.
_LINKS = frozenset({"of", "such", "as", "in", "to", "with", "from", "on", "near", "by", "than", "the"})
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A number of targets and what became of them; `target` is the phrase without the group's name.

    `count` is None where the text gives no number: it says so itself ("multiple buildings"), or the
    phrase is `bare` ("damaged buildings"). `inexact` is the word that makes it a bound ("at least four").
    """

    count: int | None
    target: str
    effect: str
    bare: bool = False
    inexact: str = ""


def hits_in(text: str, forms: Forms, *, whole: bool = True) -> tuple[Hit, ...]:
    """Every target of a text with its effect. Of a text that breaks off, the last one is left out."""
    text = re.sub(
        rf",\s+[^,;]{{0,60}}\b(?:{forms.options['speech']})\b[^,;]*", "", _PARENTHESES.sub("", text)
    )
    verbs = [verb for verb in forms.effect.finditer(text) if not _is_no_verb(text, verb, forms)]
    found: list[Hit] = []
    for verb, after in zip(verbs, [*verbs[1:], None], strict=False):
        listed = text[verb.end() : after.start() if after else len(text)]
        effect = forms.effect_of(verb["verb"])
        if not effect or " ".join(verb["verb"].casefold().split()) in forms.words["either"]:
            continue
        items = list(_items(listed, forms))
        if after is None and not whole and items:
            items.pop()
        for item in items:
            target = _target(item.phrase, forms)
            if target in forms.words["same_again"] or (not target and item.count is not None):
                target = found[-1].target if found else ""
            if target:
                found.append(Hit(item.count, target, effect, item.bare, item.inexact))
    return tuple(found)


def _is_no_verb(text: str, verb: re.Match[str], forms: Forms) -> bool:
    """Whether a verb's word is part of a fixed phrase: "continued to strike"."""
    return any(
        phrase.start() <= verb.start() < phrase.end() for phrase in forms.pattern["no_effect"].finditer(text)
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: its number, if it has one, and the phrase after that."""

    count: int | None
    phrase: str
    bare: bool = False
    inexact: str = ""


def _items(listed: str, forms: Forms) -> Iterator[_Item]:
    """The items of a list, in its order."""
    starts = [match for match in forms.quantity.finditer(listed) if _opens(listed, match)]
    head = listed[: starts[0].start()] if starts else listed
    bound = re.compile(rf"\b(?P<bound>{forms.options['inexact']})\s+$", re.IGNORECASE)
    for part in re.split(r"[,;]|\band\b", bound.sub("", head)):
        if words_of(part):
            uncounted = forms.pattern["not_counted"]
            yield _Item(None, uncounted.sub("", part), bare=not uncounted.search(part))
    for match, after in zip(starts, [*starts[1:], None], strict=False):
        phrase = bound.sub("", listed[match.end() : after.start()]) if after else listed[match.end() :]
        if after and not phrase.strip():
            continue  # a stray article, as in "a six positions"
        inexact = bound.search(listed, 0, match.start())
        yield from _parts(forms.number(match["number"]), _trimmed(phrase), inexact, forms)


def _opens(listed: str, number: re.Match[str]) -> bool:
    """Whether a number opens an item: it stands first, after a comma or an "and", or it is no article."""
    before = listed[: number.start()].rstrip()
    if not before or before[-1] in ",;:" or re.search(r"\b(?:and|both|or|an?)$", before, re.IGNORECASE):
        return True
    word = number["number"].casefold()
    return word != "another" and before.split()[-1].casefold() not in _LINKS


def _trimmed(phrase: str) -> str:
    return re.sub(r"(?:[\s,;.:]|\band\b|\bor\b|\ba\b)+$", "", phrase.strip(" ,;.:"), flags=re.IGNORECASE)


def _parts(count: int, phrase: str, inexact: re.Match[str] | None, forms: Forms) -> Iterator[_Item]:
    """A phrase after a number, and what follows in it without one: "a tank and several vehicles"."""
    uncounted = forms.pattern["not_counted"].search(phrase)
    counted = _trimmed(phrase[: uncounted.start()] if uncounted else phrase)
    yield _Item(count, counted, inexact=inexact["bound"].casefold() if inexact else "")
    if uncounted:
        yield _Item(None, phrase[uncounted.end() :])


def _target(phrase: str, forms: Forms) -> str:
    """The target's compared words without the group's name and whatever follows it."""
    phrase = forms.pattern["phrase_ends"].split(phrase)[0]
    bare = forms.group_name.sub(" ", _POSSESSIVE.sub("", phrase))
    kept: list[str] = []
    for word in words_of(bare):
        if word in forms.words["target_ends"] and kept:
            break
        kept.append(word)
    while len(kept) > 1 and kept[0] in forms.words["target_fillers"]:
        kept.pop(0)
    while kept and kept[-1] in forms.words["target_tails"]:
        kept.pop()
    return " ".join(kept)
