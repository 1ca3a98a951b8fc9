"""The bot without Telegram: the real one, at a local Bot API server, with a page to talk to it.

Everything is on this machine: no account, no token, and no address outside of the loopback interface.
"""
