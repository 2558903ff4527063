"""Offices, accounts, and messages that failed. Nothing here shows a file; a lead who closes a day sees references."""

from web.admin import days, messages, offices, people  # noqa: F401 - each module adds its routes
from web.admin.blueprint import bp

__all__ = ["bp"]
