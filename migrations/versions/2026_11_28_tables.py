"""Which groups the tables of a stored summary show and hide, so that the next one hides the same."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_0001"
down_revision = "2026_11_27_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("summary_runs", sa.Column("tables", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("summary_runs", "tables")
