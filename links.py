"""Addresses in mails and on paper. They stand on the configured base, never on what a request says its host is.

tests/web/test_links.py holds every path against the routes of the app.
"""

from __future__ import annotations

FILE = "/file"
CONSULTATION = "/file/questions"
BOOKING = "/file/booking"
WAY_IN = "/way-in"
WAY_IN_LINK = "/way-in/by-link/"
TOPIC = "/topic/"
STAFF_FILE = "/office/files/"


def front_door(base_url: str) -> str:
    return f"{base_url}/"


def file(base_url: str) -> str:
    """The applicant's own file. Who is not signed in is asked for the file reference first."""
    return base_url + FILE


def consultation(base_url: str) -> str:
    return base_url + CONSULTATION


def booking(base_url: str) -> str:
    return base_url + BOOKING


def way_in(base_url: str) -> str:
    return base_url + WAY_IN


def way_in_link(base_url: str, token: str) -> str:
    """The link of a mail that lets its reader back in; opening it changes nothing."""
    return base_url + WAY_IN_LINK + token


def topic(base_url: str, name: str) -> str:
    """For posters: straight to one topic of the front door."""
    return base_url + TOPIC + name


def staff_file(base_url: str, reference: str) -> str:
    return base_url + STAFF_FILE + reference
