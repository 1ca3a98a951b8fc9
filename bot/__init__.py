"""Sitrep in Telegram and in the terminal."""

import os

# The library gives lengths of time as such and not, deprecated, as whole seconds.
os.environ.setdefault("PTB_TIMEDELTA", "true")
