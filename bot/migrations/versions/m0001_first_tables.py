"""The inbox, conversations, the bot's own messages, and its settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_HASH = sa.String(64)


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", _HASH, nullable=False, index=True),
        sa.Column("conversation", _HASH, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False, index=True),
    )
    op.create_table(
        "conversations",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("speaker", _HASH, primary_key=True),
        sa.Column("thread", sa.LargeBinary, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "messages",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("message", _HASH, primary_key=True),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("thread", sa.LargeBinary, nullable=False),
        sa.Column("sent", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop them all."""
    for table in ("settings", "messages", "conversations", "inbox"):
        op.drop_table(table)
