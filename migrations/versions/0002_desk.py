"""The desk: drafts, editors with sessions, an audit log; reasons and rulings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("articles", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("text", sa.Text(), nullable=True))
    op.add_column("events", sa.Column("withdrawn_at", TIME, nullable=True))
    op.add_column("events", sa.Column("merged_into", sa.Text(), nullable=True))
    for counter in ("sequence_from", "when_no_from"):
        op.add_column(
            "events", sa.Column(counter, sa.Integer(), server_default="0", nullable=False)
        )
    op.add_column("claims", sa.Column("was", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("said_by", sa.Text(), nullable=True))
    op.add_column(
        "revisions",
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("revisions", sa.Column("undoes", sa.Integer(), nullable=True))
    _add_moments()
    for table, column in (("claims", "redacted"), ("facts", "settles"), ("facts", "redacted")):
        op.add_column(
            table, sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.add_column("states", sa.Column("contested", JSON, server_default="[]", nullable=False))
    _create_editors()
    _create_drafts()
    _alter_deliveries(["confirm", "reminder", "invite"], with_editor=True)


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE subscriber_id IS NULL")
    _alter_deliveries(["confirm", "reminder"], with_editor=False)
    for table in ("drafts", "audit", "attempts", "sessions", "editors"):
        op.drop_table(table)
    op.drop_index(op.f("ix_revisions_effect_at"), "revisions")
    for table, columns in {
        "states": ["contested"],
        "facts": ["settles", "redacted"],
        "revisions": ["reason", "undoes", "known_from", "effect_at"],
        "claims": ["was", "said_by", "redacted"],
        "events": ["withdrawn_at", "merged_into", "sequence_from", "when_no_from"],
        "articles": ["title", "text"],
    }.items():
        for column in columns:
            op.drop_column(table, column)


def _add_moments() -> None:
    """Since when each revision is known, and since when it was published."""
    for column in ("known_from", "effect_at"):
        op.add_column("revisions", sa.Column(column, TIME, nullable=True))
    op.create_index(op.f("ix_revisions_effect_at"), "revisions", ["effect_at"])
    op.execute(
        "UPDATE revisions SET known_from ="
        " (SELECT MIN(known_since) FROM facts WHERE facts.revision_id = revisions.id)"
    )
    op.execute(
        "UPDATE revisions SET effect_at ="
        " CASE WHEN known_from > recorded_at THEN known_from ELSE recorded_at END"
        " WHERE known_from IS NOT NULL"
    )


def _create_editors() -> None:
    op.create_table(
        "editors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", _one_of("role", "editor", "administrator"), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("second_factor", sa.Text(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("recovery_codes", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editors")),
        sa.UniqueConstraint("email", name=op.f("uq_editors_email")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_sessions_editor_id_editors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_editor_id"), "sessions", ["editor_id"])
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_subject_at"), "attempts", ["subject", "at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_audit_editor_id_editors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    op.create_index(op.f("ix_audit_editor_id"), "audit", ["editor_id"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("title", JSON, nullable=True),
        sa.Column("when", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("place", JSON, nullable=True),
        sa.Column(
            "status",
            _one_of("status", "scheduled", "held", "postponed", "cancelled"),
            nullable=True,
        ),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("gist", JSON, nullable=True),
        sa.Column("state", _one_of("state", "waiting", "accepted", "rejected"), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_drafts_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_drafts_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_drafts_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_article_id"), "drafts", ["article_id"])
    op.create_index(op.f("ix_drafts_event_id"), "drafts", ["event_id"])
    op.create_index(op.f("ix_drafts_state_id"), "drafts", ["state", "id"])


def _alter_deliveries(kinds: list[str], *, with_editor: bool) -> None:
    """A delivery goes to a subscriber or to an editor, and says one of `kinds`."""
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("subscriber_id", existing_type=sa.Integer(), nullable=with_editor)
        batch.drop_constraint(op.f("ck_deliveries_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_deliveries_kind"), _in("kind", kinds))
        if with_editor:
            batch.add_column(sa.Column("editor_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f("fk_deliveries_editor_id_editors"), "editors", ["editor_id"], ["id"]
            )
            batch.create_index(op.f("ix_deliveries_editor_id"), ["editor_id"])
        else:
            batch.drop_index(op.f("ix_deliveries_editor_id"))
            batch.drop_constraint(op.f("fk_deliveries_editor_id_editors"), type_="foreignkey")
            batch.drop_column("editor_id")


def _in(column: str, words: list[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


def _one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
