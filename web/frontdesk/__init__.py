"""The front desk: who is in the house, the brief of one file, the meeting with its ticks and outcomes."""

from web.frontdesk import brief, meeting, search, today, visits  # noqa: F401 - each module adds its routes
from web.frontdesk.blueprint import bp

__all__ = ["bp"]
