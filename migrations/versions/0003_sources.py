"""Sources that are watched, what they list, and articles once by their words."""

import re
from hashlib import sha256
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("articles", sa.Column("digest", sa.Text(), nullable=True))
    _fill_digests()
    op.create_index(op.f("ix_articles_digest"), "articles", ["digest"], unique=True)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("every_minutes", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("next_check_at", TIME, nullable=False),
        sa.Column("checked_at", TIME, nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("told", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("url", name=op.f("uq_sources_url")),
    )
    op.create_index(op.f("ix_sources_next_check_at"), "sources", ["next_check_at"])
    op.create_table(
        "listed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("listed_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("read_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name=op.f("fk_listed_source_id_sources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_listed_source_id_url")),
    )
    op.create_index(op.f("ix_listed_source_id_read_at"), "listed", ["source_id", "read_at"])


def downgrade() -> None:
    op.drop_table("listed")
    op.drop_table("sources")
    op.drop_index(op.f("ix_articles_digest"), "articles")
    op.drop_column("articles", "digest")


def _fill_digests() -> None:
    """Of texts that are there twice already, the first is the one that is recognised."""
    articles = sa.table("articles", sa.column("id"), sa.column("text"), sa.column("digest"))
    database, taken = op.get_bind(), set()
    for number, text in database.execute(
        sa.select(articles.c.id, articles.c.text).order_by(articles.c.id)
    ).all():
        words = re.findall(r"\w+", normalize("NFKC", text or "").casefold())
        digest = sha256(" ".join(words).encode()).hexdigest() if words else None
        if digest is None or digest in taken:
            continue
        taken.add(digest)
        database.execute(articles.update().where(articles.c.id == number).values(digest=digest))
