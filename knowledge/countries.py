"""The world's countries by name, from Unicode's CLDR by way of Babel: places outside the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from babel import Locale


def country_names(language: str, but: Collection[str] = ()) -> Iterator[str]:
    """The names of all countries and territories in a language, but for some by their own name."""
    territories = Locale.parse(language).territories
    for code in sorted(territories):
        if len(code) == 2 and code.isalpha() and territories[code] not in but:
            yield str(territories[code])
