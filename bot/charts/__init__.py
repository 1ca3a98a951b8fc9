"""Charts as pictures and as text: drawn with matplotlib off the event loop, kept while they are asked for.

Nothing here is imported before the first chart is wanted but `captions`, `formats` and `studio`: matplotlib
takes longer to load than a question to answer.
"""
