"""Which message answers which, for answers that change when their question does, and their pages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_HASH = sa.String(64)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "replies",
        sa.Column("chat", _HASH, primary_key=True),
        sa.Column("message", _HASH, primary_key=True),
        sa.Column("question", _HASH, nullable=False, index=True),
        sa.Column("number", sa.LargeBinary, nullable=False),
        sa.Column("pages", sa.LargeBinary),
        sa.Column("sent", sa.BigInteger, nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("replies")
