"""Make every table of the core

One purpose, both ways, no import of our models.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

# History that may not be rewritten, whoever holds the database password of the app.
APPEND_ONLY = ("verdict", "signature", "state_change", "audit_entry", "audit_seal")

# Uniqueness that ignores who is missing: NULL would differ from NULL. Plain SQL, since neither database is asked
# for expressions when the shapes are compared; tests/migrations does that.
BY_EXPRESSION = (
    (
        "one_row_per_role_and_place",
        "staff_role",
        "staff_id, role, COALESCE(office_id, 0), COALESCE(municipality_id, 0)",
        "",
    ),
    ("one_current_answer", "answer", "application_id, COALESCE(person_id, 0), question_id", "superseded_at IS NULL"),
    ("one_row_per_demand", "requirement", "application_id, COALESCE(person_id, 0), item_id", ""),
    ("one_paper_per_person_and_document", "paper", "application_id, COALESCE(person_id, 0), document_id", ""),
    ("second_verdict_on_the_same_sight_loses", "verdict", "requirement_id, COALESCE(replaces_id, 0)", ""),
    ("one_open_flag_of_a_kind", "flag", "application_id, kind, COALESCE(other_id, 0)", "closed_at IS NULL"),
)


def upgrade() -> None:

    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("chain", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_entry_key")),
        sa.UniqueConstraint("chain", "seq", name=op.f("audit_entry_chain_seq_is_unique")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("id", ID, nullable=False),
        sa.Column("up_to_id", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("entries_hash", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_seal_key")),
        sa.UniqueConstraint("previous", name=op.f("audit_seal_previous_is_unique")),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=True),
        sa.Column("result", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("idempotency_key")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("lease_key")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("municipality_key")),
        sa.UniqueConstraint("code", name=op.f("municipality_code_is_unique")),
    )
    op.create_table(
        "office",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=10), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("directions", sa.String(length=500), nullable=True),
        sa.Column("grid_minutes", sa.Integer(), nullable=False),
        sa.Column("opens_ahead_days", sa.Integer(), nullable=False),
        sa.Column("modes", JSON, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("grid_minutes BETWEEN 5 AND 60", name=op.f("office_grid_is_sensible")),
        sa.PrimaryKeyConstraint("id", name=op.f("office_key")),
        sa.UniqueConstraint("code", name=op.f("office_code_is_unique")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=True),
        sa.Column("grant_id", sa.BigInteger(), nullable=True),
        sa.Column("dedup_key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("secret_sealed", sa.Text(), nullable=True),
        sa.Column("cause", sa.String(length=80), nullable=True),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("leased_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('mail','letter')", name=op.f("outbox_channel_is_known")),
        sa.CheckConstraint("status IN ('queued','leased','sent','dead','void')", name=op.f("outbox_status_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_key")),
        sa.UniqueConstraint("dedup_key", name=op.f("outbox_dedup_key_is_unique")),
        sa.UniqueConstraint("message_id", name=op.f("outbox_message_id_is_unique")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("outbox_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "outbox_next",
            ["not_before_at", "id"],
            unique=False,
            sqlite_where=sa.text("status IN ('queued','leased')"),
            postgresql_where=sa.text("status IN ('queued','leased')"),
        )

    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_key")),
        sa.UniqueConstraint("email", name=op.f("staff_email_is_unique")),
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("throttle_key")),
    )
    op.create_table(
        "application",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lapsed_from", sa.String(length=20), nullable=True),
        sa.Column("closed_reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("checklist", sa.String(length=60), nullable=False),
        sa.Column("checklist_version", sa.String(length=20), nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("municipality_id", ID, nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=True),
        sa.Column("holder_id", ID, nullable=True),
        sa.Column("holder_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("first_reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erase_on", sa.Date(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("queue", sa.String(length=30), nullable=False),
        sa.Column("office_todo", sa.String(length=300), nullable=False),
        sa.Column("complete_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete_from_on", sa.Date(), nullable=True),
        sa.Column("complete_until_on", sa.Date(), nullable=True),
        sa.Column("act_by_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queue_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('draft','open'))", name=op.f("application_closed_exactly_when_final")
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (submitted_at IS NULL) OR state IN ('lapsed','withdrawn')",
            name=op.f("application_sent_unless_draft"),
        ),
        sa.CheckConstraint("channel IN ('web','desk','paper','employer')", name=op.f("application_channel_is_known")),
        sa.CheckConstraint(
            "queue IN ('none','current','waiting_for_citizen','ready_to_attend','completed')",
            name=op.f("application_queue_is_known"),
        ),
        sa.CheckConstraint(
            "state <> 'open' OR office_id IS NOT NULL", name=op.f("application_an_open_file_has_an_office")
        ),
        sa.CheckConstraint(
            "state IN ('draft','open','issued','refused','lapsed','withdrawn')", name=op.f("application_state_is_known")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name=op.f("application_holder_id_points_to_staff")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("application_municipality_id_points_to_municipality")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("application_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("application_key")),
        sa.UniqueConstraint("reference", name=op.f("application_reference_is_unique")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(
            "files_due_for_erasure",
            ["erase_on", "id"],
            unique=False,
            sqlite_where=sa.text("erase_on IS NOT NULL AND erased_at IS NULL"),
            postgresql_where=sa.text("erase_on IS NOT NULL AND erased_at IS NULL"),
        )
        batch_op.create_index(
            "files_somebody_holds",
            ["holder_id", "queue", "act_by_at", "id"],
            unique=False,
            sqlite_where=sa.text("holder_id IS NOT NULL AND closed_at IS NULL"),
            postgresql_where=sa.text("holder_id IS NOT NULL AND closed_at IS NULL"),
        )
        batch_op.create_index(
            "worklist_in_one_walk",
            ["office_id", "queue", "act_by_at", "id"],
            unique=False,
            sqlite_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
            postgresql_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
        )
        batch_op.create_index(
            "worklist_of_one_municipality",
            ["municipality_id", "queue", "act_by_at", "id"],
            unique=False,
            sqlite_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
            postgresql_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
        )

    op.create_table(
        "office_closure",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("because", sa.String(length=200), nullable=False),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("office_closure_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("office_id", "day_on", name=op.f("office_closure_key")),
    )
    op.create_table(
        "office_hours",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.CheckConstraint("counters BETWEEN 1 AND 200", name=op.f("office_hours_counters_are_sensible")),
        sa.CheckConstraint("opens < closes", name=op.f("office_hours_opens_before_it_closes")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("office_hours_weekday_is_one_of_seven")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("office_hours_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("office_hours_key")),
        sa.UniqueConstraint(
            "office_id", "weekday", "opens", name=op.f("office_hours_office_id_weekday_opens_is_unique")
        ),
    )
    op.create_table(
        "office_serves",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("office_serves_municipality_id_points_to_municipality")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("office_serves_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("office_id", "municipality_id", "from_on", name=op.f("office_serves_key")),
    )
    with op.batch_alter_table("office_serves", schema=None) as batch_op:
        batch_op.create_index("offices_of_a_municipality", ["municipality_id", "office_id"], unique=False)

    op.create_table(
        "queue_count",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("queue", sa.String(length=30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("queue_count_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("office_id", "municipality_id", "queue", name=op.f("queue_count_key")),
    )
    op.create_table(
        "queue_delta",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("queue", sa.String(length=30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("queue_delta_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("queue_delta_key")),
    )
    op.create_table(
        "slot_block",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("shut_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("slot_block_never_more_taken_than_there_are")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("slot_block_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("slot_block_key")),
        sa.UniqueConstraint(
            "office_id", "line", "starts_at", name=op.f("slot_block_office_id_line_starts_at_is_unique")
        ),
    )
    op.create_table(
        "staff_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("municipality_id", ID, nullable=True),
        sa.CheckConstraint("role IN ('caseworker','frontdesk','lead','admin')", name=op.f("staff_role_role_is_known")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("staff_role_municipality_id_points_to_municipality")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("staff_role_office_id_points_to_office")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("staff_role_staff_id_points_to_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_role_key")),
    )
    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("staff_role_staff_id_index"), ["staff_id"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("begins", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("municipality_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "office_id IS NOT NULL OR municipality_id IS NOT NULL", name=op.f("api_key_belongs_somewhere")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("api_key_municipality_id_points_to_municipality")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("api_key_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("api_key_key")),
        sa.UniqueConstraint("digest", name=op.f("api_key_digest_is_unique")),
    )
    op.create_table(
        "access_grant",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("may", JSON, nullable=False),
        sa.Column("contact_sealed", sa.String(), nullable=True),
        sa.Column("api_key_id", ID, nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('applicant','helper','employer','guardian','system')", name=op.f("access_grant_role_is_known")
        ),
        sa.CheckConstraint(
            "(role = 'system') = (api_key_id IS NOT NULL)", name=op.f("access_grant_a_system_has_a_key")
        ),
        sa.ForeignKeyConstraint(
            ["api_key_id"], ["api_key.id"], name=op.f("access_grant_api_key_id_points_to_api_key")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("access_grant_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("access_grant_key")),
    )
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("access_grant_application_id_index"), ["application_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("wall_time", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refit_needed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.String(length=60), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "frozen_at IS NULL OR status IN ('booked','released')", name=op.f("appointment_only_a_live_time_freezes")
        ),
        sa.CheckConstraint(
            "status IN ('booked','done','no_show','cancelled','released')", name=op.f("appointment_status_is_known")
        ),
        sa.CheckConstraint("people > 0", name=op.f("appointment_somebody_comes")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("appointment_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("appointment_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("appointment_key")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("appointment_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index("appointments_of_a_day", ["office_id", "starts_at", "id"], unique=False)
        batch_op.create_index(
            "one_live_appointment_per_application",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("status = 'booked'"),
            postgresql_where=sa.text("status = 'booked'"),
        )

    op.create_table(
        "clock_segment",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("clock_segment_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("clock_segment_key")),
    )
    with op.batch_alter_table("clock_segment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("clock_segment_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "one_running_segment",
            ["application_id", "clock", "subject_id"],
            unique=True,
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )

    op.create_table(
        "consultation",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("counts_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("more_time_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_because", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("consultation_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consultation_key")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index("consultations_of_a_file", ["application_id"], unique=False)
        batch_op.create_index(
            "one_open_consultation_per_file",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "deadline",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("fires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminds_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_because", sa.String(length=120), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("deadline_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("deadline_key")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("deadline_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "deadlines_that_fire_next",
            ["fires_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND paused_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND paused_at IS NULL"),
        )
        batch_op.create_index(
            "deadlines_that_remind_next",
            ["reminds_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND paused_at IS NULL AND reminds_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NULL AND paused_at IS NULL AND reminds_at IS NOT NULL"),
        )
        batch_op.create_index(
            "one_running_deadline_of_a_kind",
            ["application_id", "kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supersedes_id", ID, nullable=True),
        sa.CheckConstraint(
            "status IN ('gathering','dropped') OR content_hash IS NOT NULL", name=op.f("document_sent_with_its_hash")
        ),
        sa.CheckConstraint(
            "status IN ('gathering','sent','beside','superseded','dropped')", name=op.f("document_status_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("document_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["document.id"], name=op.f("document_supersedes_id_points_to_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_key")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("document_application_id_index"), ["application_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "kind IN ('hold','legal_hold','confidential','unreachable','suspected_duplicate','appeal','erasure')",
            name=op.f("flag_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("flag_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["application.id"], name=op.f("flag_other_id_points_to_application")),
        sa.PrimaryKeyConstraint("id", name=op.f("flag_key")),
    )
    op.create_table(
        "note",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("note_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("note_staff_id_points_to_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("note_key")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("note_application_id_index"), ["application_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("deferred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("left_at IS NULL OR outcome <> 'issued'", name=op.f("person_who_has_a_number_cannot_leave")),
        sa.CheckConstraint(
            "outcome IN ('pending','issued','refused','lapsed','withdrawn')", name=op.f("person_outcome_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("person_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("person_key")),
        sa.UniqueConstraint("application_id", "position", name=op.f("person_application_id_position_is_unique")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            "one_applicant_per_file",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("role = 'applicant' AND left_at IS NULL"),
            postgresql_where=sa.text("role = 'applicant' AND left_at IS NULL"),
        )

    op.create_table(
        "search_word",
        sa.Column("application_id", ID, nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("search_word_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("application_id", "word", name=op.f("search_word_key")),
    )
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.create_index("files_by_a_word_of_a_name", ["word", "application_id"], unique=False)

    op.create_table(
        "state_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.String(length=20), nullable=False),
        sa.Column("new", sa.String(length=20), nullable=False),
        sa.Column("old_stage", sa.String(length=30), nullable=False),
        sa.Column("new_stage", sa.String(length=30), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("state_change_application_id_points_to_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("state_change_key")),
        sa.UniqueConstraint("application_id", "version", name=op.f("state_change_application_id_version_is_unique")),
    )
    with op.batch_alter_table("state_change", schema=None) as batch_op:
        batch_op.create_index(
            "stages_that_were_reached",
            ["at", "application_id"],
            unique=False,
            sqlite_where=sa.text("new_stage <> old_stage"),
            postgresql_where=sa.text("new_stage <> old_stage"),
        )

    op.create_table(
        "visit",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("token", sa.String(length=10), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counter", sa.String(length=20), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_as", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("visit_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("visit_office_id_points_to_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("visit_key")),
        sa.UniqueConstraint("office_id", "day_on", "token", name=op.f("visit_office_id_day_on_token_is_unique")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_visit_per_file",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL AND application_id IS NOT NULL"),
            postgresql_where=sa.text("left_at IS NULL AND application_id IS NOT NULL"),
        )
        batch_op.create_index(
            "people_in_the_building",
            ["office_id", "arrived_at", "id"],
            unique=False,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.Column("pen", sa.String(length=40), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("answer_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("answer_person_id_points_to_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("answer_key")),
    )
    op.create_table(
        "appointment_block",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("slot_block_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("appointment_block_appointment_id_points_to_appointment")
        ),
        sa.ForeignKeyConstraint(
            ["slot_block_id"], ["slot_block.id"], name=op.f("appointment_block_slot_block_id_points_to_slot_block")
        ),
        sa.PrimaryKeyConstraint("appointment_id", "slot_block_id", name=op.f("appointment_block_key")),
    )
    with op.batch_alter_table("appointment_block", schema=None) as batch_op:
        batch_op.create_index("appointments_on_a_block", ["slot_block_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("supersedes_id", ID, nullable=True),
        sa.Column("reason_codes", JSON, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("number_sealed", sa.Text(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=True),
        sa.Column("proposed_by", ID, nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name=op.f("decision_settled_once")),
        sa.CheckConstraint("kind IN ('issue','refuse','correct')", name=op.f("decision_kind_is_known")),
        sa.CheckConstraint("status IN ('proposed','confirmed','returned')", name=op.f("decision_status_is_known")),
        sa.CheckConstraint(
            "settled_by IS NULL OR settled_by <> proposed_by", name=op.f("decision_settled_by_another_person")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("decision_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("decision_person_id_points_to_person")),
        sa.ForeignKeyConstraint(["proposed_by"], ["staff.id"], name=op.f("decision_proposed_by_points_to_staff")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("decision_settled_by_points_to_staff")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["decision.id"], name=op.f("decision_supersedes_id_points_to_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("decision_key")),
        sa.UniqueConstraint("supersedes_id", name=op.f("decision_supersedes_id_is_unique")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            "a_number_is_given_once",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("status = 'confirmed' AND kind = 'issue'"),
            postgresql_where=sa.text("status = 'confirmed' AND kind = 'issue'"),
        )
        batch_op.create_index(batch_op.f("decision_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "one_proposal_per_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("status = 'proposed'"),
            postgresql_where=sa.text("status = 'proposed'"),
        )

    op.create_table(
        "login_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("grant_id", ID, nullable=False),
        sa.Column("browser_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("link_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["access_grant.id"], name=op.f("login_code_grant_id_points_to_access_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("login_code_key")),
        sa.UniqueConstraint("link_digest", name=op.f("login_code_link_digest_is_unique")),
    )
    with op.batch_alter_table("login_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("login_code_grant_id_index"), ["grant_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=True),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_as", sa.String(length=20), nullable=True),
        sa.Column("because", sa.String(length=200), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ended_as IN ('finished','abandoned')", name=op.f("meeting_ended_as_is_known")),
        sa.CheckConstraint("mode IN ('office','video','phone')", name=op.f("meeting_mode_is_known")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("meeting_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("meeting_appointment_id_points_to_appointment")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("meeting_office_id_points_to_office")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("meeting_officer_id_points_to_staff")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("meeting_visit_id_points_to_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_key")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("meeting_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "one_open_meeting_per_file",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "one_open_meeting_per_officer",
            ["officer_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "paper",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("document_id", sa.String(length=60), nullable=False),
        sa.Column("choice", sa.String(length=60), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("paper_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("paper_person_id_points_to_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("paper_key")),
    )
    op.create_table(
        "requirement",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("item_id", sa.String(length=130), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("reason", JSON, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("current_verdict_id", sa.BigInteger(), nullable=True),
        sa.Column("judged_by_id", ID, nullable=True),
        sa.Column("answers_hash", sa.String(length=64), nullable=True),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("document_hash", sa.String(length=64), nullable=True),
        sa.Column("gathered", sa.Boolean(), nullable=False),
        sa.Column("seen_at_desk_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_from_on", sa.Date(), nullable=True),
        sa.Column("good_until_on", sa.Date(), nullable=True),
        sa.Column("promises", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('document','signature')", name=op.f("requirement_kind_is_known")),
        sa.CheckConstraint("origin IN ('rule','staff')", name=op.f("requirement_origin_is_known")),
        sa.CheckConstraint(
            "status <> 'accepted' OR kind = 'signature' OR current_verdict_id IS NOT NULL",
            name=op.f("requirement_accepted_by_a_verdict"),
        ),
        sa.CheckConstraint(
            "status IN ('missing','sent','recheck','accepted','refused','waived','promised','cannot_get','not_needed')",
            name=op.f("requirement_status_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("requirement_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["staff.id"], name=op.f("requirement_judged_by_id_points_to_staff")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("requirement_person_id_points_to_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("requirement_key")),
    )
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.create_index(
            "accepted_papers_that_run_out",
            ["good_until_on", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'accepted' AND good_until_on IS NOT NULL"),
            postgresql_where=sa.text("status = 'accepted' AND good_until_on IS NOT NULL"),
        )

    op.create_table(
        "signature",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("signer_grant_id", ID, nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("signature_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("signature_person_id_points_to_person")),
        sa.ForeignKeyConstraint(
            ["signer_grant_id"], ["access_grant.id"], name=op.f("signature_signer_grant_id_points_to_access_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("signature_key")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("signature_application_id_index"), ["application_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("original_name", sa.String(length=200), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("flags", JSON, nullable=False),
        sa.Column("rotated", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pictures", sa.String(length=10), nullable=False),
        sa.Column("no_pictures_because", sa.String(length=60), nullable=True),
        sa.Column("pictures_tries", sa.Integer(), nullable=False),
        sa.Column("leased_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pictures IN ('waiting','made','none')", name=op.f("upload_pictures_are_known")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("upload_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("upload_document_id_points_to_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("upload_key")),
        sa.UniqueConstraint("document_id", "position", name=op.f("upload_document_id_position_is_unique")),
        sa.UniqueConstraint("object_key", name=op.f("upload_object_key_is_unique")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("upload_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "uploads_without_pictures",
            ["id"],
            unique=False,
            sqlite_where=sa.text("pictures = 'waiting'"),
            postgresql_where=sa.text("pictures = 'waiting'"),
        )

    op.create_table(
        "web_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("grant_id", ID, nullable=True),
        sa.Column("helping_id", ID, nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(staff_id IS NULL) <> (grant_id IS NULL)", name=op.f("web_session_belongs_to_staff_or_to_an_applicant")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["access_grant.id"], name=op.f("web_session_grant_id_points_to_access_grant")
        ),
        sa.ForeignKeyConstraint(["helping_id"], ["staff.id"], name=op.f("web_session_helping_id_points_to_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("web_session_staff_id_points_to_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("web_session_key")),
        sa.UniqueConstraint("token_digest", name=op.f("web_session_token_digest_is_unique")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("web_session_grant_id_index"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("web_session_helping_id_index"), ["helping_id"], unique=False)
        batch_op.create_index(batch_op.f("web_session_staff_id_index"), ["staff_id"], unique=False)

    op.create_table(
        "document_serves",
        sa.Column("document_id", ID, nullable=False),
        sa.Column("requirement_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("document_serves_document_id_points_to_document")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("document_serves_requirement_id_points_to_requirement")
        ),
        sa.PrimaryKeyConstraint("document_id", "requirement_id", name=op.f("document_serves_key")),
    )
    with op.batch_alter_table("document_serves", schema=None) as batch_op:
        batch_op.create_index("documents_of_a_requirement", ["requirement_id"], unique=False)

    op.create_table(
        "meeting_person",
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ticks", JSON, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('issued','proposed','not_come','paper_missing','identity_doubt','withdrawn')",
            name=op.f("meeting_person_outcome_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("meeting_person_meeting_id_points_to_meeting")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("meeting_person_person_id_points_to_person")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("meeting_person_key")),
    )
    op.create_table(
        "page_image",
        sa.Column("upload_id", ID, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("thumb_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("page_image_upload_id_points_to_upload")),
        sa.PrimaryKeyConstraint("upload_id", "page", name=op.f("page_image_key")),
        sa.UniqueConstraint("object_key", name=op.f("page_image_object_key_is_unique")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("requirement_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=True),
        sa.Column("document_hash", sa.String(length=64), nullable=True),
        sa.Column("answers_hash", sa.String(length=64), nullable=False),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason_codes", JSON, nullable=True),
        sa.Column("good_from_on", sa.Date(), nullable=True),
        sa.Column("good_until_on", sa.Date(), nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind <> 'refused' OR reason_codes IS NOT NULL", name=op.f("verdict_refused_with_a_reason")),
        sa.CheckConstraint(
            "kind IN ('accepted','refused','waived','promised','ran_out','promise_broken','recheck')",
            name=op.f("verdict_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("verdict_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("verdict_document_id_points_to_document")),
        sa.ForeignKeyConstraint(["replaces_id"], ["verdict.id"], name=op.f("verdict_replaces_id_points_to_verdict")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("verdict_requirement_id_points_to_requirement")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("verdict_staff_id_points_to_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("verdict_key")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("verdict_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "papers_that_were_refused",
            ["at", "id"],
            unique=False,
            sqlite_where=sa.text("kind = 'refused'"),
            postgresql_where=sa.text("kind = 'refused'"),
        )

    op.create_table(
        "consultation_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("consultation_id", ID, nullable=True),
        sa.Column("requirement_id", ID, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("verdict_id", ID, nullable=True),
        sa.Column("reason_codes", JSON, nullable=False),
        sa.Column("may_answer", JSON, nullable=False),
        sa.Column("text", JSON, nullable=True),
        sa.Column("answer_kind", sa.String(length=20), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer_kind IN ('file','text','cannot_get','promise')", name=op.f("consultation_item_answer_kind_is_known")
        ),
        sa.CheckConstraint(
            "status IN ('unsent','asked','answered','withdrawn','closed')",
            name=op.f("consultation_item_status_is_known"),
        ),
        sa.CheckConstraint(
            "status IN ('unsent','withdrawn','closed') OR consultation_id IS NOT NULL",
            name=op.f("consultation_item_asked_in_a_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("consultation_item_application_id_points_to_application")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("consultation_item_consultation_id_points_to_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("consultation_item_requirement_id_points_to_requirement")
        ),
        sa.ForeignKeyConstraint(
            ["verdict_id"], ["verdict.id"], name=op.f("consultation_item_verdict_id_points_to_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consultation_item_key")),
    )
    with op.batch_alter_table("consultation_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("consultation_item_application_id_index"), ["application_id"], unique=False)
        batch_op.create_index(
            "one_live_item_per_requirement",
            ["requirement_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('unsent','asked')"),
            postgresql_where=sa.text("status IN ('unsent','asked')"),
        )
    for name, table, columns, where in BY_EXPRESSION:
        op.execute(f"CREATE UNIQUE INDEX {name} ON {table} ({columns})" + (f" WHERE {where}" if where else ""))
    _forbid_rewriting()


def downgrade() -> None:
    _allow_rewriting()

    with op.batch_alter_table("consultation_item", schema=None) as batch_op:
        batch_op.drop_index(
            "one_live_item_per_requirement",
            sqlite_where=sa.text("status IN ('unsent','asked')"),
            postgresql_where=sa.text("status IN ('unsent','asked')"),
        )
        batch_op.drop_index(batch_op.f("consultation_item_application_id_index"))

    op.drop_table("consultation_item")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index("papers_that_were_refused", sqlite_where=sa.text("kind = 'refused'"),
                            postgresql_where=sa.text("kind = 'refused'"))
        batch_op.drop_index(batch_op.f("verdict_application_id_index"))

    op.drop_table("verdict")
    op.drop_table("page_image")
    op.drop_table("meeting_person")
    with op.batch_alter_table("document_serves", schema=None) as batch_op:
        batch_op.drop_index("documents_of_a_requirement")

    op.drop_table("document_serves")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("web_session_staff_id_index"))
        batch_op.drop_index(batch_op.f("web_session_helping_id_index"))
        batch_op.drop_index(batch_op.f("web_session_grant_id_index"))

    op.drop_table("web_session")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(
            "uploads_without_pictures",
            sqlite_where=sa.text("pictures = 'waiting'"),
            postgresql_where=sa.text("pictures = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("upload_application_id_index"))

    op.drop_table("upload")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("signature_application_id_index"))

    op.drop_table("signature")
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_index(
            "accepted_papers_that_run_out",
            sqlite_where=sa.text("status = 'accepted' AND good_until_on IS NOT NULL"),
            postgresql_where=sa.text("status = 'accepted' AND good_until_on IS NOT NULL"),
        )

    op.drop_table("requirement")
    op.drop_table("paper")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_meeting_per_officer",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "one_open_meeting_per_file",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("meeting_application_id_index"))

    op.drop_table("meeting")
    with op.batch_alter_table("login_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("login_code_grant_id_index"))

    op.drop_table("login_code")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "one_proposal_per_person",
            sqlite_where=sa.text("status = 'proposed'"),
            postgresql_where=sa.text("status = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("decision_application_id_index"))
        batch_op.drop_index(
            "a_number_is_given_once",
            sqlite_where=sa.text("status = 'confirmed' AND kind = 'issue'"),
            postgresql_where=sa.text("status = 'confirmed' AND kind = 'issue'"),
        )

    op.drop_table("decision")
    with op.batch_alter_table("appointment_block", schema=None) as batch_op:
        batch_op.drop_index("appointments_on_a_block")

    op.drop_table("appointment_block")
    op.drop_table("answer")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(
            "people_in_the_building",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(
            "one_open_visit_per_file",
            sqlite_where=sa.text("left_at IS NULL AND application_id IS NOT NULL"),
            postgresql_where=sa.text("left_at IS NULL AND application_id IS NOT NULL"),
        )

    op.drop_table("visit")
    with op.batch_alter_table("state_change", schema=None) as batch_op:
        batch_op.drop_index("stages_that_were_reached", sqlite_where=sa.text("new_stage <> old_stage"),
                            postgresql_where=sa.text("new_stage <> old_stage"))
    op.drop_table("state_change")
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.drop_index("files_by_a_word_of_a_name")

    op.drop_table("search_word")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(
            "one_applicant_per_file",
            sqlite_where=sa.text("role = 'applicant' AND left_at IS NULL"),
            postgresql_where=sa.text("role = 'applicant' AND left_at IS NULL"),
        )

    op.drop_table("person")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("note_application_id_index"))

    op.drop_table("note")
    op.drop_table("flag")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("document_application_id_index"))

    op.drop_table("document")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(
            "one_running_deadline_of_a_kind",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(
            "deadlines_that_remind_next",
            sqlite_where=sa.text("done_at IS NULL AND paused_at IS NULL AND reminds_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NULL AND paused_at IS NULL AND reminds_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "deadlines_that_fire_next",
            sqlite_where=sa.text("done_at IS NULL AND paused_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND paused_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("deadline_application_id_index"))

    op.drop_table("deadline")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_consultation_per_file",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("consultations_of_a_file")

    op.drop_table("consultation")
    with op.batch_alter_table("clock_segment", schema=None) as batch_op:
        batch_op.drop_index(
            "one_running_segment",
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("clock_segment_application_id_index"))

    op.drop_table("clock_segment")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(
            "one_live_appointment_per_application",
            sqlite_where=sa.text("status = 'booked'"),
            postgresql_where=sa.text("status = 'booked'"),
        )
        batch_op.drop_index("appointments_of_a_day")
        batch_op.drop_index(batch_op.f("appointment_application_id_index"))

    op.drop_table("appointment")
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("access_grant_application_id_index"))

    op.drop_table("access_grant")
    op.drop_table("api_key")
    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("staff_role_staff_id_index"))

    op.drop_table("staff_role")
    op.drop_table("slot_block")
    op.drop_table("queue_delta")
    op.drop_table("queue_count")
    with op.batch_alter_table("office_serves", schema=None) as batch_op:
        batch_op.drop_index("offices_of_a_municipality")

    op.drop_table("office_serves")
    op.drop_table("office_hours")
    op.drop_table("office_closure")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(
            "worklist_of_one_municipality",
            sqlite_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
            postgresql_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
        )
        batch_op.drop_index(
            "worklist_in_one_walk",
            sqlite_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
            postgresql_where=sa.text("queue <> 'none' AND erased_at IS NULL"),
        )
        batch_op.drop_index(
            "files_somebody_holds",
            sqlite_where=sa.text("holder_id IS NOT NULL AND closed_at IS NULL"),
            postgresql_where=sa.text("holder_id IS NOT NULL AND closed_at IS NULL"),
        )
        batch_op.drop_index(
            "files_due_for_erasure",
            sqlite_where=sa.text("erase_on IS NOT NULL AND erased_at IS NULL"),
            postgresql_where=sa.text("erase_on IS NOT NULL AND erased_at IS NULL"),
        )

    op.drop_table("application")
    op.drop_table("throttle")
    op.drop_table("staff")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "outbox_next",
            sqlite_where=sa.text("status IN ('queued','leased')"),
            postgresql_where=sa.text("status IN ('queued','leased')"),
        )
        batch_op.drop_index(batch_op.f("outbox_application_id_index"))

    op.drop_table("outbox")
    op.drop_table("office")
    op.drop_table("municipality")
    op.drop_table("lease")
    op.drop_table("idempotency")
    op.drop_table("audit_seal")
    op.drop_table("audit_entry")


def _forbid_rewriting() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _allow_rewriting() -> None:
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_is_append_only ON {table}")
            continue
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_refuses_{verb}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_rewriting()")
