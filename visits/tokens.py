"""What the waiting line shows: A1 to A99, B1 and so on, then AA1. Pure."""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O, Q: read from across a room
NUMBERS = 99


def token_of(place: int) -> str:
    """The token of the nth arrival of a day, counted from 1; no two are the same."""
    row, number = divmod(place - 1, NUMBERS)
    letters = ""
    while row >= 0:
        row, letter = divmod(row, len(LETTERS))
        letters = LETTERS[letter] + letters
        row -= 1
    return f"{letters}{number + 1}"
