from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, Id, Instant, Json


class Outbox(Base):
    """A message that is due. Written in the transaction of its cause; sent by the worker.

    cause: what must still be so at sending, e.g. "appointment:12:3" (id, sequence); gone = void.
    payload holds ids and codes; secret_sealed holds what only this mail may say (a code, an address).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("status IN ('queued','leased','sent','dead','void')", name="status_is_known"),
        CheckConstraint("channel IN ('mail','letter')", name="channel_is_known"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    grant_id: Mapped[int | None] = mapped_column(BigInteger)
    dedup_key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10), default="mail")
    language: Mapped[str] = mapped_column(String(10))
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    secret_sealed: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(String(80))
    not_before_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(200))
    leased_until_at: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


_TO_SEND = text("status IN ('queued','leased')")
Index("outbox_next", Outbox.not_before_at, Outbox.id, sqlite_where=_TO_SEND, postgresql_where=_TO_SEND)
