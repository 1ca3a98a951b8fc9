"""Telegram's HTML, read as strictly as Telegram reads it, and the entities of plain texts.

https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from bot.simulator.parameters import ApiError, Json

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[^\s<>/]*)(?P<attributes>[^<>]*)>|(?P<stray><)|(?P<text>[^<]+)")
_HREF = re.compile(r"""\s*href\s*=\s*("(?P<double>[^"]*)"|'(?P<single>[^']*)')\s*""")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?")
_MENTION = re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}\b")
_URL = re.compile(r"(?<!\w)https?://[^\s<>]*[\w/]")


def utf16_length(text: str) -> int:
    """A length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Reader:
    """What has been read of a text with markup so far."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)
    open: list[tuple[str, int, str]] = field(default_factory=list)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The visible text of some HTML and its entities. Raises `ApiError` as Telegram would."""
    reader = _Reader()
    for token in _TOKEN.finditer(source):
        if token["text"] is not None:
            reader.text += _REFERENCE.sub(lambda found: unescape(found[0]), token["text"])
        elif token["stray"]:
            raise _refusal(f"Unclosed start tag at byte offset {token.start()}")
        elif token["close"]:
            _close(reader, token["tag"].lower())
        else:
            _open(reader, token["tag"].lower(), token["attributes"])
    if reader.open:
        raise _refusal(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    return _stripped(reader)


def entities_of(text: str) -> list[Json]:
    """The addresses, commands and mentions that Telegram finds in a text, none within another."""
    found: list[tuple[str, re.Match[str]]] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND), ("mention", _MENTION)):
        spans = [match.span() for _, match in found]
        matches = pattern.finditer(text)
        found += [(kind, m) for m in matches if not any(a <= m.start() < b for a, b in spans)]
    return [
        {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}
        for kind, match in sorted(found, key=lambda pair: pair[1].start())
    ]


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities of a text's markup, with those that Telegram finds outside of links and code."""
    closed = [e for e in entities if e["type"] in ("text_link", "code", "pre")]
    found = [
        entity
        for entity in entities_of(text)
        if not any(e["offset"] <= entity["offset"] < e["offset"] + e["length"] for e in closed)
    ]
    return sorted([*entities, *found], key=lambda entity: int(entity["offset"]))


def _open(reader: _Reader, tag: str, attributes: str) -> None:
    if tag not in _TAGS:
        raise _refusal(f'Unsupported start tag "{tag}"')
    extra = ""
    if tag == "a":
        match = _HREF.fullmatch(attributes)
        extra = unescape(match["double"] or match["single"] or "") if match else ""
    elif tag == "blockquote":
        extra = attributes.strip()
        if any(open_tag == "blockquote" for open_tag, _, _ in reader.open):
            raise _refusal("Blockquotes can't be nested")
    if tag not in ("a", "blockquote", "pre", "code") and attributes.strip():
        raise _refusal(f'Unexpected attributes in the tag "{tag}"')
    reader.open.append((tag, len(reader.text), extra))


def _close(reader: _Reader, tag: str) -> None:
    if not reader.open:
        raise _refusal("Unexpected end tag")
    opened, start, extra = reader.open.pop()
    if tag not in ("", opened):
        raise _refusal(f'Unmatched end tag, expected "</{opened}>", found "</{tag}>"')
    length = utf16_length(reader.text[start:])
    kind = "expandable_blockquote" if extra == "expandable" else _TAGS[opened]
    entity: Json = {"type": kind, "offset": utf16_length(reader.text[:start]), "length": length}
    if opened == "a":
        entity["url"] = extra
    if length and (opened != "a" or extra):
        reader.entities.append(entity)


def _stripped(reader: _Reader) -> tuple[str, list[Json]]:
    """Telegram takes white space off both ends."""
    lead = utf16_length(reader.text) - utf16_length(reader.text.lstrip())
    for entity in reader.entities:
        entity["offset"] = max(0, entity["offset"] - lead)
    return reader.text.strip(), sorted(reader.entities, key=lambda entity: int(entity["offset"]))


def _refusal(problem: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {problem}")
