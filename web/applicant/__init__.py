"""Pages for who applies. One file per part of her way; importing them puts their routes on the blueprint."""

from web.applicant import (  # noqa: F401
    answers,
    booking,
    consultation,
    elsewhere,
    front,
    pages,
    papers,
    people,
    send,
    start,
    tasks,
    tracking,
    triage,
)
from web.applicant.blueprint import bp

__all__ = ["bp"]
