"""The back office: worklists, one file on one page, asking the applicant, the lead's overview."""

from web.caseworker import (  # noqa: F401 - each module adds its routes
    asking,
    contact,
    counted,
    deciding,
    decisions,
    file,
    holding,
    judging,
    overview,
    people,
    pictures,
    walk_in,
    worklist,
)
from web.caseworker.blueprint import bp

__all__ = ["bp"]
