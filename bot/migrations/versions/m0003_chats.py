"""Choices, repeated questions, preferences and counters; whose a row is, for a person who wants it gone."""

import sqlalchemy as sa
from alembic import op

revision = "0003_chats"
down_revision = "0002"

_HASH = sa.String(64)
_OWNED = ("inbox", "conversations", "messages", "replies")


def upgrade() -> None:
    """Create the tables, and add whose a row is to those there were."""
    for table in _OWNED:
        op.add_column(table, sa.Column("person", _HASH))
        op.create_index(f"ix_{table}_person", table, ["person"])
    op.add_column("replies", sa.Column("before", sa.LargeBinary))
    op.create_table(
        "offers",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("message", _HASH, primary_key=True),
        sa.Column("speaker", _HASH, nullable=False, index=True),
        sa.Column("person", _HASH, nullable=False, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("sent", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "recent",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("digest", _HASH, primary_key=True),
        sa.Column("asked", sa.BigInteger, nullable=False),
        sa.Column("number", sa.LargeBinary, nullable=False),
        sa.Column("sent", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "preferences",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "doubts",
        sa.Column("fact", sa.String(200), primary_key=True),
        sa.Column("times", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("doubts", "counters", "preferences", "recent", "offers"):
        op.drop_table(table)
    op.drop_column("replies", "before")
    for table in _OWNED:
        op.drop_index(f"ix_{table}_person", table)
        op.drop_column(table, "person")
