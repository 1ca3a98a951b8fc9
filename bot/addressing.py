"""Whether a message in a group is meant for the bot, and what it asks: pure functions of a message.

A mention is an entity and not a part of the text: `@bot2` is not `@bot`. Offsets of entities count UTF-16
code units (https://core.telegram.org/bots/api#messageentity); the library converts them.
"""

from __future__ import annotations

from telegram import Message, MessageEntity, User

_AROUND = " \t\r\n,:;-–—"


def text_of(message: Message) -> str:
    """The text or caption of a message, empty where there is none."""
    return message.text or message.caption or ""


def entities_of(message: Message) -> dict[MessageEntity, str]:
    """The entities of a message's text or caption, with the text that each covers."""
    return message.parse_entities() if message.text else message.parse_caption_entities()


def is_from_a_person(message: Message) -> bool:
    """Whether somebody wrote this here: not a bot, not through one, and not forwarded from elsewhere.

    Anonymous administrators and channels write through a stand-in that calls itself a bot.
    """
    by_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return not by_bot and message.via_bot is None and message.forward_origin is None


def starts_with_command(message: Message) -> bool:
    """Whether the message is a command, anybody's."""
    return any(
        entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in entities_of(message)
    )


def names_command_for(message: Message, me: User) -> bool:
    """Whether the message is a command with this bot's own name after it."""
    return any(
        entity.type == MessageEntity.BOT_COMMAND
        and entity.offset == 0
        and text.lower().endswith(f"@{(me.username or '').lower()}")
        for entity, text in entities_of(message).items()
    )


def mentions(message: Message, me: User) -> list[MessageEntity]:
    """The entities that mention this bot, by its username or by its id."""
    return [entity for entity, text in entities_of(message).items() if _is_me(entity, text, me)]


def is_reply_to(message: Message, me: User) -> bool:
    """Whether the message replies to one of the bot's own."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == me.id


def question_after_command(message: Message) -> str:
    """What stands after the command that a message begins with."""
    parts = text_of(message).split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


def question_beside_mentions(message: Message, me: User) -> str:
    """The message without the mentions of the bot; empty where no word is left beside them."""
    found = mentions(message, me)
    if not found:
        return text_of(message)
    text = text_of(message).encode("utf-16-le")
    for entity in sorted(found, key=lambda entity: entity.offset, reverse=True):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        text = text[:start] + text[end:]
    question = text.decode("utf-16-le").strip(_AROUND)
    return question if any(character.isalnum() for character in question) else ""


def question_quoted(message: Message, me: User) -> str | None:
    """The text of somebody's message that this one replies to, or the part of it that it quotes.

    None where it replies to nothing or to the bot itself; empty where the other message has no text.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or is_reply_to(message, me):
        return None
    return message.quote.text if message.quote is not None else text_of(replied)


def _is_me(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntity.MENTION:
        return text[1:].lower() == (me.username or "").lower()
    return entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id
