"""The methods of the Bot API that the simulator knows, each as strict as Telegram's own.

https://core.telegram.org/bots/api#available-methods
"""

from __future__ import annotations

from collections.abc import Callable

from bot.simulator.inline import inline_answer
from bot.simulator.markup import entities_of, parse_html, utf16_length, with_found
from bot.simulator.members import member
from bot.simulator.parameters import ApiError, Json, Parameters
from bot.simulator.photos import photo_sizes
from bot.simulator.world import Chat, World

_MOST_TEXT = 4096
_MOST_CAPTION = 1024
_MOST_CALLBACK_DATA = 64
#: How long, in seconds, a message can be deleted.
_DELETABLE = 48 * 3600
_UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
_ACTIONS = ("typing", "upload_photo", "upload_document")

Method = Callable[[World, Parameters], Json]


def get_me(world: World, _parameters: Parameters) -> Json:
    """Who the bot is."""
    return world.me


def send_message(world: World, parameters: Parameters) -> Json:
    """A message of the bot's in a chat that it can write to."""
    chat = _writable(world, parameters)
    text, entities = _text(parameters)
    _check_preview(parameters.json("link_preview_options"))
    fields: Json = {"entities": entities, **_thread(chat, parameters), **_reply(chat, parameters)}
    return world.write(chat, world.me, text, **fields, **_keyboard(parameters))


def send_photo(world: World, parameters: Parameters) -> Json:
    """A picture of the bot's, uploaded or by the name of one that was, with or without a caption."""
    chat = _writable(world, parameters)
    if chat.no_photos:
        raise ApiError(400, "Bad Request: not enough rights to send photos to the chat")
    caption, entities = _caption(parameters)
    sizes = _photo(world, parameters)
    fields: Json = {**_thread(chat, parameters), **_reply(chat, parameters), **_keyboard(parameters)}
    if caption:
        fields.update(caption=caption, caption_entities=entities)
    return world.write(chat, world.me, None, photo=sizes, **fields)


def edit_message_text(world: World, parameters: Parameters) -> Json:
    """Another text for one of the bot's own messages."""
    message = _own_message(world, parameters)
    if "text" not in message:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    text, entities = _text(parameters)
    _check_preview(parameters.json("link_preview_options"))
    keyboard = _keyboard(parameters)
    shown = {"text": text, "entities": entities, "reply_markup": None, **keyboard}
    if all(message.get(name, [] if name == "entities" else None) == shown[name] for name in shown):
        raise ApiError(400, _UNCHANGED)
    message.pop("reply_markup", None)  # an edit without a keyboard takes it away
    message.update(text=text, entities=entities, edit_date=world.now(), **keyboard)
    return message


def edit_message_media(world: World, parameters: Parameters) -> Json:
    """A picture, or another one, in one of the bot's own messages; it may have been a text before."""
    message = _own_message(world, parameters)
    media = parameters.json("media")
    if not isinstance(media, dict) or media.get("type") != "photo":
        raise ApiError(400, "Bad Request: can't parse InputMedia: media type is not supported here")
    given = Parameters({**parameters.values, **media, "photo": media.get("media")})
    caption, entities = _caption(given)
    shown: Json = {"photo": _photo(world, given), "caption": caption, "caption_entities": entities}
    shown |= {"reply_markup": None, **_keyboard(parameters)}
    if all((message.get(name) or None) == (shown[name] or None) for name in shown):
        raise ApiError(400, _UNCHANGED)
    for name in ("text", "entities", *shown):
        message.pop(name, None)
    message.update({name: value for name, value in shown.items() if value}, edit_date=world.now())
    return message


def delete_message(world: World, parameters: Parameters) -> Json:
    """One of the bot's own messages taken away, for two days after it was sent."""
    chat = _chat(world, parameters)
    number = parameters.number("message_id") or 0
    message = chat.messages.get(number)
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    if message.get("from") != world.me or world.now() - int(message["date"]) > _DELETABLE:
        raise ApiError(400, "Bad Request: message can't be deleted")
    del chat.messages[number]
    return True


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    """Other buttons, or none, under one of the bot's own messages."""
    message = _own_message(world, parameters)
    keyboard = _keyboard(parameters)
    if message.get("reply_markup") == keyboard.get("reply_markup"):
        raise ApiError(400, _UNCHANGED)
    message.pop("reply_markup", None)
    message.update(edit_date=world.now(), **keyboard)
    return message


def get_chat_administrators(world: World, parameters: Parameters) -> Json:
    """Who looks after a group: its creator first, then the others; bots are left out."""
    chat = _chat(world, parameters)
    if chat.kind == "private":
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    return [
        member(person, "administrator" if place else "creator")
        for place, person in enumerate(chat.administrators)
    ]


def send_chat_action(world: World, parameters: Parameters) -> Json:
    """That the bot is about to answer."""
    _thread(_chat(world, parameters), parameters)
    if parameters.text("action") not in _ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    return True


def answer_callback_query(world: World, parameters: Parameters) -> Json:
    """An answer to a button that was pressed; only once."""
    if parameters.text("callback_query_id") not in world.callbacks:
        raise ApiError(
            400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    if utf16_length(parameters.text("text")) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    world.callbacks.discard(parameters.text("callback_query_id"))
    return True


def answer_inline_query(world: World, parameters: Parameters) -> Json:
    """What somebody who types the bot's name is offered."""
    query = parameters.text("inline_query_id")
    if query not in world.inline_answers:
        raise ApiError(
            400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    world.inline_answers[query] = inline_answer(parameters, _content)
    return True


def set_my_commands(world: World, parameters: Parameters) -> Json:
    """The menu of a scope."""
    commands = parameters.json("commands") or []
    if len(commands) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for entry in commands:
        name, description = entry.get("command", ""), entry.get("description", "")
        if not 1 <= len(name) <= 32 or not all(c.islower() or c.isdigit() or c == "_" for c in name):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(description) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(parameters)] = commands
    return True


def get_my_commands(world: World, parameters: Parameters) -> Json:
    """The menu of a scope, empty where none was set."""
    return world.commands.get(_scope(parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> Json:
    """No menu for a scope any more."""
    world.commands.pop(_scope(parameters), None)
    return True


def set_my_description(world: World, parameters: Parameters) -> Json:
    """What an empty chat with the bot shows."""
    return _describe(world, "description", parameters.text("description"), 512)


def set_my_short_description(world: World, parameters: Parameters) -> Json:
    """What the bot's profile shows."""
    return _describe(world, "short_description", parameters.text("short_description"), 120)


def get_webhook_info(world: World, _parameters: Parameters) -> Json:
    """Which webhook is set; it is never called, but it stands in the way of polling."""
    return {"url": world.webhook, "has_custom_certificate": False, "pending_update_count": len(world.updates)}


def delete_webhook(world: World, parameters: Parameters) -> Json:
    """Removes the webhook, and what waits if asked to."""
    world.webhook = ""
    if parameters.values.get("drop_pending_updates") in (True, "true", "True", "1"):
        world.updates.clear()
    return True


#: By their names in lower case: the Bot API does not mind the case of a method.
METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "editmessagetext": edit_message_text,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "editmessagereplymarkup": edit_message_reply_markup,
    "getchatadministrators": get_chat_administrators,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
    "getwebhookinfo": get_webhook_info,
    "deletewebhook": delete_webhook,
}


def _chat(world: World, parameters: Parameters) -> Chat:
    number = parameters.number("chat_id")
    if number is None:
        raise ApiError(400, "Bad Request: chat_id is empty")
    chat = world.chats.get(number)
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    if chat.moved_to is not None:
        problem = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, problem, migrate_to_chat_id=chat.moved_to)
    if chat.blocked:
        by_user = chat.kind == "private"
        raise ApiError(
            403, f"Forbidden: bot was {'blocked by the user' if by_user else 'kicked from the chat'}"
        )
    return chat


def _writable(world: World, parameters: Parameters) -> Chat:
    """A chat that lets the bot write, and write now."""
    chat = _chat(world, parameters)
    if chat.muted:
        raise ApiError(400, "Bad Request: not enough rights to send text messages to the chat")
    wait = chat.wait(world.me, world.now())
    if wait:
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    return chat


def _own_message(world: World, parameters: Parameters) -> Json:
    """The message of the bot's that is to be edited."""
    chat = _chat(world, parameters)
    message = chat.messages.get(parameters.number("message_id") or 0)
    if message is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if message.get("from") != world.me:
        raise ApiError(400, "Bad Request: message can't be edited")
    return message


def _text(parameters: Parameters) -> tuple[str, list[Json]]:
    text, entities = _parsed(parameters.text("text"), parameters.text("parse_mode"))
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > _MOST_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return text, entities


def _caption(parameters: Parameters) -> tuple[str, list[Json]]:
    caption, entities = _parsed(parameters.text("caption"), parameters.text("parse_mode"))
    if utf16_length(caption) > _MOST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    return caption, entities


def _content(content: Json) -> Json:
    """The text and entities of the message that an inline result becomes."""
    text, entities = _text(Parameters({**content, "text": content.get("message_text", "")}))
    return {"text": text, "entities": entities}


def _parsed(source: str, mode: str) -> tuple[str, list[Json]]:
    if mode not in ("", "HTML"):
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    if not mode:
        return source.strip(), entities_of(source.strip())
    text, entities = parse_html(source)
    return text, with_found(text, entities)


def _photo(world: World, parameters: Parameters) -> list[Json]:
    """The picture of a message, kept so that it can be shown; one that is known may be sent by its name."""
    picture = parameters.file("photo")
    if picture is None:
        name = parameters.text("photo")
        if name not in world.files:
            problem = (
                "wrong file identifier/HTTP URL specified" if name else "there is no photo in the request"
            )
            raise ApiError(400, f"Bad Request: {problem}")
        picture = world.files[name]
    sizes = photo_sizes(picture)
    world.files[sizes[0]["file_id"]] = picture
    return sizes


def _thread(chat: Chat, parameters: Parameters) -> Json:
    thread = parameters.number("message_thread_id")
    if thread is None:
        return {}
    if thread not in chat.topics:
        raise ApiError(400, "Bad Request: message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(chat: Chat, parameters: Parameters) -> Json:
    wanted = parameters.json("reply_parameters")
    if not wanted:
        return {}
    original = chat.messages.get(wanted.get("message_id"))
    if original is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise ApiError(400, "Bad Request: message to be replied not found")
    if wanted.get("quote") and wanted["quote"] not in original.get("text", ""):
        raise ApiError(400, "Bad Request: QUOTE_TEXT_INVALID")
    return {"reply_to_message": {k: v for k, v in original.items() if k != "reply_to_message"}}


def _keyboard(parameters: Parameters) -> Json:
    """The buttons under a message, as a field of it; none where there are none."""
    markup = parameters.json("reply_markup")
    _check_keyboard(markup)
    return {"reply_markup": markup} if markup and any(markup.get("inline_keyboard", [])) else {}


def _check_keyboard(markup: Json) -> None:
    rows = markup.get("inline_keyboard", []) if markup else []
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise ApiError(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
        if (
            "callback_data" in button
            and not 1 <= len(button["callback_data"].encode()) <= _MOST_CALLBACK_DATA
        ):
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_preview(options: Json) -> None:
    if options is not None and not isinstance(options, dict):
        raise ApiError(400, "Bad Request: can't parse link preview options JSON object")


def _scope(parameters: Parameters) -> str:
    scope = parameters.json("scope") or {"type": "default"}
    return str(scope.get("type"))


def _describe(world: World, name: str, text: str, most: int) -> bool:
    if utf16_length(text) > most:
        raise ApiError(400, f"Bad Request: BOT_{name.upper()}_TOO_LONG")
    world.descriptions[name] = text
    return True
