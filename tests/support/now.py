"""The instant at which tests take place: a Wednesday morning, nine o'clock UTC, ten in Copenhagen, in winter."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
