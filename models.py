"""Every table, known to SQLAlchemy once this is imported: for migrations, for checks and for the app."""

import accounts.models
import actions.models
import applications.models
import appointments.models
import audit.models
import consultations.models
import notifications.models
import offices.models
import uploads.models
import visits.models
from database import Base

__all__ = ["Base", "accounts", "actions", "applications", "appointments", "audit", "consultations", "notifications",
           "offices", "uploads", "visits"]
