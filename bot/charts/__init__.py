"""Charts as pictures and as text: drawn with matplotlib off the event loop, kept while they are asked for.

`drawing` and what it draws with are imported where the first picture is wanted only: matplotlib takes longer
to load than a question to answer.
"""
