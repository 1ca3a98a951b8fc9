"""The page that a release was found on, as a row of sources.csv; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from knowledge.errors import ReleaseError
from knowledge.models import last_day
from knowledge.releases.forms import Forms
from knowledge.rows import SourceRow
from knowledge.text import words_of

KEYS = ("url", "publisher", "title", "published", "complete")
FROM_ADDRESS = "from address"
_FROM_ADDRESS = re.compile(r"\s*\((from address)[^)]*\)\s*$")
_REMARK = re.compile(r"\s*\(([^)]*)\)\s*$")
_NUMBER = re.compile(r"/(\d{5,})(?:/|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """What the header of a release says of it."""

    url: str
    publisher: str
    title: str
    published: str
    whole: bool
    remarks: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The last day on which the release may have come out."""
        return last_day(self.published)


def page_of(header: Mapping[str, str], file: str) -> Page:
    """The page that a header tells of. Raises ReleaseError for a key that is unknown, missing or no date."""
    for key in header:
        if key not in KEYS:
            raise ReleaseError(file, 1 + list(header).index(key), f"unknown key: {key}")
    for key in KEYS[:4]:
        if not header.get(key):
            raise ReleaseError(file, 0, f"missing key: {key} (in the header, or --{key})")
    complete = header.get("complete", "yes").casefold()
    if complete not in ("yes", "no"):
        raise ReleaseError(file, 0, f"complete: yes or no, not {complete}")
    publisher, title = header["publisher"], header["title"]
    remarks = [found[1] for found in (_FROM_ADDRESS.search(title), _REMARK.search(publisher)) if found]
    try:
        last_day(header["published"])
    except ValueError:
        raise ReleaseError(file, 0, f"published: no date like 2017-06-10: {header['published']}") from None
    return Page(
        url=header["url"],
        publisher=_REMARK.sub("", publisher),
        title=_FROM_ADDRESS.sub("", title),
        published=header["published"],
        whole=complete == "yes",
        remarks=tuple(remarks),
    )


def source_of(page: Page, taken: Collection[str], forms: Forms, file: str) -> SourceRow:
    """The row of a page that is not on record. Raises ReleaseError where the address is none."""
    known = forms.publishers.get(" ".join(words_of(page.publisher)))
    note = "".join(f"{_remark(remark)}." for remark in page.remarks)
    try:
        return SourceRow.model_validate(
            {
                "id": _free(_id(page, known.id if known else "", forms), taken),
                "publisher": known.name if known else page.publisher,
                "title": _title(page, forms),
                "url": page.url,
                "published": page.published,
                "kind": "primary" if known else "secondary",
                "note": note,
            }
        )
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        raise ReleaseError(file, 0, f"{'.'.join(map(str, found['loc']))}: {found['msg']}") from None


def _title(page: Page, forms: Forms) -> str:
    """The headline; one that was taken from an address gets its capitals back."""
    if FROM_ADDRESS not in page.remarks:
        return page.title
    return forms.pattern["title_words"].sub(lambda m: forms.title_words[m[0].casefold()], page.title)


def _remark(remark: str) -> str:
    if remark == FROM_ADDRESS:
        return "The title is taken from the address"
    return remark[:1].upper() + remark[1:]


def _id(page: Page, prefix: str, forms: Forms) -> str:
    """Publisher and the page's number; publisher and date where the address has no number."""
    number = _NUMBER.search(page.url)
    if prefix and number:
        return f"{prefix}-{number[1]}"
    return f"{prefix or '-'.join(words_of(page.publisher))}-{page.published}"


def _free(identifier: str, taken: Collection[str]) -> str:
    """The id, or the first of its numbered forms that no source has."""
    identifier = re.sub(r"[^a-z0-9]+", "-", identifier.casefold()).strip("-") or "source"
    numbered = (f"{identifier}-{number}" for number in range(2, len(taken) + 3))
    return identifier if identifier not in taken else next(name for name in numbered if name not in taken)
