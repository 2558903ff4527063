"""The 37 characters of the zone, their check digit, and which of them a reader takes for one another."""

import string

FILLER = "<"
DIGITS = string.digits
LETTERS = string.ascii_uppercase
ALPHABET = DIGITS + LETTERS + FILLER
_WEIGHTS = (7, 3, 1)
_VALUES = {character: value for value, character in enumerate(DIGITS + LETTERS)} | {FILLER: 0}

# Groups whose members look alike in OCR-B when the picture is poor.
_LOOK_ALIKE = ("0OQD", "1IL", "2Z", "5S", "6G", "8B")
ALIKE = {one: group.replace(one, "") for group in _LOOK_ALIKE for one in group}
_FIRST_DIGIT = {one: group[0] for group in _LOOK_ALIKE for one in group}
_FIRST_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}


def check_digit(text: str) -> str:
    """The digit that ICAO 9303 puts behind these characters. Raises KeyError for a character the zone has not."""
    return str(sum(_VALUES[one] * _WEIGHTS[at % 3] for at, one in enumerate(text)) % 10)


def as_digit(character: str) -> str | None:
    """The digit this letter is often read for; None when there is none."""
    return _FIRST_DIGIT.get(character)


def as_letter(character: str) -> str | None:
    """The letter this digit is often read for; None when there is none."""
    return _FIRST_LETTER.get(character)


def alike(text: str, other: str) -> bool:
    """True when the two differ at most in characters that look alike."""
    return _folded(text) == _folded(other)


def _folded(text: str) -> str:
    return "".join(_FIRST_DIGIT.get(one, one) for one in text)
