"""The text of a strike release, in any of its forms from 2014 to 2019, to rows for a curator to accept.

`importing` is where to begin: it takes a text through `texts` (lines), `reading` (what each line states,
by `days`, `clauses`, `hits`), `drafting` (rows) and `gates` (what holds a row back) to `filing`.
"""
