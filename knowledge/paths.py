"""Where the curated record and its built database lie unless said otherwise, and what shows it."""

from __future__ import annotations

from pathlib import Path

RECORD_FOLDER = Path(__file__).parent / "record"
DEFAULT_DATABASE = Path(__file__).parent / "record.db"
BROWSE_FOLDER = Path(__file__).parent / "browse"
