"""Sitrep in Telegram and in the terminal."""
