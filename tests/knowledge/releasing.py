"""The head of a release that the tests of the importer write their own texts under."""

from __future__ import annotations

HEADER = """url: https://www.defense.gov/News/Article/Article/9000001/example/
publisher: U.S. Department of Defense
title: Example Strikes
published: 2021-03-02
complete: yes
---
"""
