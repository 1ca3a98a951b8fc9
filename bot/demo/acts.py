"""What a page may have people do, checked where it comes in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

#: Telegram's limits, in characters: https://core.telegram.org/bots/api#sendmessage, #inlinequery.
_Text = Annotated[str, Field(min_length=1, max_length=4096)]
_Query = Annotated[str, Field(max_length=256)]


class _Act(BaseModel):
    """Something that the person `who` does in `chat`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    who: int
    chat: int


class Say(_Act):
    """Write a message, in a topic where `thread` names one, in reply to another where `reply_to` does."""

    act: Literal["say"]
    text: _Text
    thread: int | None = None
    reply_to: int | None = None


class Edit(_Act):
    """Give a message of one's own another text."""

    act: Literal["edit"]
    message: int
    text: _Text


class Press(_Act):
    """Press the button with this data under a message."""

    act: Literal["press"]
    message: int
    data: str


class Query(_Act):
    """Type the bot's name and a text, unsent."""

    act: Literal["query"]
    text: _Query


class Pick(_Act):
    """Send a result that an inline query was answered with."""

    act: Literal["pick"]
    query: str
    result: str
    thread: int | None = None


Act = Annotated[Say | Edit | Press | Query | Pick, Field(discriminator="act")]

_ACTS: TypeAdapter[Act] = TypeAdapter(Act)


def read_act(body: bytes) -> Act:
    """The act that a page asks for. Raises pydantic's `ValidationError` on anything else."""
    return _ACTS.validate_json(body)
