"""`sitrep` as a process of its own, unable to reach any other machine: `python -m tests.bot.guarded run`."""

from bot.cli import main
from tests.network import forbid

if __name__ == "__main__":
    forbid()
    main()
