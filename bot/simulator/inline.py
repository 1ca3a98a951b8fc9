"""Answers to inline queries, as strict as Telegram takes them.

https://core.telegram.org/bots/api#answerinlinequery
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.simulator.parameters import ApiError, Json, Parameters

_MOST_RESULTS = 50
_MOST_ID = 64
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def inline_answer(parameters: Parameters, message: Callable[[Json], Json]) -> Json:
    """The results and the button above them. Raises `ApiError` on what Telegram refuses.

    Takes articles, which is what the bot offers. `message` reads an `InputTextMessageContent` into the
    `text` and `entities` of the message that comes of it, and raises where none could.
    """
    results = parameters.json("results")
    if not isinstance(results, list):
        raise ApiError(400, "Bad Request: can't parse inline query results JSON object")
    if len(results) > _MOST_RESULTS:
        raise ApiError(400, "Bad Request: RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) < len(results):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    button = parameters.json("button")
    if button is not None:
        _check_button(button)
    return {"results": [_article(result, message) for result in results], "button": button}


def _article(result: Json, message: Callable[[Json], Json]) -> Json:
    """A result with the message that it would become."""
    if not 1 <= len(str(result.get("id", "")).encode()) <= _MOST_ID:
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise ApiError(400, "Bad Request: RESULT_TYPE_INVALID")
    if not result.get("title"):
        raise ApiError(400, "Bad Request: ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise ApiError(400, "Bad Request: can't parse inline query result: message text must be non-empty")
    return {**result, "message": message(content)}


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise ApiError(400, "Bad Request: inline query results button text must be non-empty")
    if not _START_PARAMETER.fullmatch(button.get("start_parameter", "")):
        raise ApiError(400, "Bad Request: START_PARAM_INVALID")
