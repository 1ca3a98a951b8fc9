"""Members of a chat as the Bot API shows them.

https://core.telegram.org/bots/api#chatmember
"""

from __future__ import annotations

from bot.simulator.parameters import Json

#: What an administrator may do here; the library asks for all of it.
_RIGHTS = dict.fromkeys(
    (
        "can_be_edited",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    True,
)


def member(who: Json, status: str) -> Json:
    """Somebody with a status; who was put out may come back on a day, 0 is never."""
    shown: Json = {"user": who, "status": status}
    if status in ("creator", "administrator"):
        shown["is_anonymous"] = False
    if status == "administrator":
        shown.update(_RIGHTS)
    if status == "kicked":
        shown["until_date"] = 0
    return shown
