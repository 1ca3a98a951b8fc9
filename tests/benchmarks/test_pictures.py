"""The pictures that are measured are those that people ask for."""

from __future__ import annotations

from pathlib import Path

from .pictures import QUESTIONS, pictures
from .questions import NOW


def test_every_question_has_a_picture_and_its_times(built_record: Path) -> None:
    drawn = list(pictures(built_record, NOW, 1))
    assert [picture.name for picture in drawn] == list(QUESTIONS)
    assert all(picture.size > 1 for picture in drawn)
