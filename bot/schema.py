"""The tables of the bot's state. Sealed columns are bytes, keyed hashes are 64 hexadecimal digits.

`person` is whose a row is, wherever it came of; where nobody is known, as in rows of before, it is empty.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, String, Table

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
    Column("person", _HASH, index=True),
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
    Column("person", _HASH, index=True),
    Column("thread", LargeBinary, nullable=False),
    Column("updated", BigInteger, nullable=False, index=True),
)

#: Which message of the bot said what, so that a reply to it goes on from there.
messages = Table(
    "messages",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("message", _HASH, primary_key=True),
    Column("person", _HASH, index=True),
    Column("facts", String, nullable=False),
    Column("thread", LargeBinary, nullable=False),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: Which message answers which question, and the pages of a long answer. `number` is the answer's own,
#: `before` the thread that the question was asked in, so that it can be asked again when it is edited.
replies = Table(
    "replies",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("message", _HASH, primary_key=True),
    Column("person", _HASH, index=True),
    Column("question", _HASH, nullable=False, index=True),
    Column("number", LargeBinary, nullable=False),
    Column("before", LargeBinary),
    Column("pages", LargeBinary),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: The questions behind the buttons of a message: complete ones of the record's, in nobody's own words.
#: `speaker` and `person` are whose they are. `open` marks the choice that a conversation was asked last.
offers = Table(
    "offers",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("message", _HASH, primary_key=True),
    Column("speaker", _HASH, nullable=False, index=True),
    Column("person", _HASH, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: What was answered lately in a group, to be pointed at: `digest` is of a question with its answer, `asked`
#: when it was asked, in Unix seconds, `number` the answer's message.
recent = Table(
    "recent",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("digest", _HASH, primary_key=True),
    Column("asked", BigInteger, nullable=False),
    Column("number", LargeBinary, nullable=False),
    Column("sent", BigInteger, nullable=False, index=True),
)

#: How a chat wants the bot to behave; a chat without a row has every default.
preferences = Table(
    "preferences",
    metadata,
    Column("chat", _HASH, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

#: How often something happened, of all chats together.
counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

#: Figures that somebody took for wrong: how often, never who.
doubts = Table(
    "doubts",
    metadata,
    Column("fact", String(200), primary_key=True),
    Column("times", BigInteger, nullable=False),
)

#: Named values of the bot itself; `seal` proves that the key is the one this state was written under.
settings = Table(
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
