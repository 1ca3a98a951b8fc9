"""The tables of the bot's state. Sealed columns are bytes, keyed hashes are 64 hexadecimal digits."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

_HASH = String(64)

#: Every update ever received and not yet pruned. `state` is waiting, done or failed; only a waiting or
#: failed row keeps its payload. `attempts` counts the processes that took it up, `failures` its errors.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", _HASH, nullable=False, index=True),
    Column("conversation", _HASH, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("payload", LargeBinary),
    Column("attempts", Integer, nullable=False, default=1),
    Column("failures", Integer, nullable=False, default=0),
    Column("state", String(8), nullable=False, index=True),
)

#: What was last spoken of where and by whom: slots and ids of the record, never text.
conversations = Table(
    "conversations",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("speaker", _HASH, primary_key=True),
    Column("thread", LargeBinary, nullable=False),
    Column("updated", BigInteger, nullable=False, index=True),
)

#: Which message of the bot said what, so that a reply to it goes on from there.
messages = Table(
    "messages",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("message", _HASH, primary_key=True),
    Column("facts", String, nullable=False),
    Column("thread", LargeBinary, nullable=False),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: Which message answers which question, and the pages of a long answer. `number` is the answer's own.
replies = Table(
    "replies",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("message", _HASH, primary_key=True),
    Column("question", _HASH, nullable=False, index=True),
    Column("number", LargeBinary, nullable=False),
    Column("pages", LargeBinary),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: Named values of the bot itself; `seal` proves that the key is the one this state was written under.
settings = Table(
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
