"""Is this the name the applicant gave? Zones write names in 26 letters, cut them off and leave some out."""

import difflib
import unicodedata
from collections.abc import Callable

from anyascii import anyascii

# ICAO 9303-3, section 6: where a letter has more than one spelling in use, the first is the recommended one.
_SPELLED = {
    "Ä": ("AE", "A"), "Ö": ("OE", "O"), "Ü": ("UE", "U", "UXX"), "Æ": ("AE",), "Ø": ("OE", "O"),
    "Å": ("AA", "A"), "Ñ": ("N", "NXX"), "Þ": ("TH",), "Ð": ("D",), "Ł": ("L",), "Œ": ("OE",), "Ĳ": ("IJ",),
    "İ": ("I",), "ı": ("I",), "Ŋ": ("N",), "Đ": ("D",), "Ħ": ("H",), "Ŧ": ("T",),
}  # fmt: skip
_SPELLINGS_MAX = 3
_WORD_MIN = 0.84
# Between two scripts spellings differ more than within one.
_OTHER_SCRIPT_MIN = 0.72
_LONG = 6
_VOWELS = str.maketrans("", "", "AEIOUYWH")


def spellings(name: str) -> list[tuple[str, ...]]:
    """The words of this name as a zone may write them, likeliest first."""
    plain = unicodedata.normalize("NFC", name).upper()
    found = []
    for which in range(_SPELLINGS_MAX):
        letters = "".join(_letter(one, which) for one in plain)
        words = tuple("".join(c if c.isalpha() else " " for c in letters.replace("'", "").replace("’", "")).split())
        if words not in found:
            found.append(words)
    return found


def _letter(one: str, which: int) -> str:
    if one in _SPELLED:
        ways = _SPELLED[one]
        return ways[min(which, len(ways) - 1)]
    return one if one.isascii() else anyascii(one).upper()


def is_latin(name: str) -> bool:
    """True when every letter is Latin, so that the zone holds it letter by letter."""
    return all("LATIN" in unicodedata.name(one, "") for one in name if one.isalpha())


def same(answered: str, surname: str, given_names: str, *, cut: bool = False) -> bool:
    """True when the name in a zone can be the answered one.

    Further given names on either side, another order and a name that was cut off (`cut`) are no difference. Somebody
    of the same family is: every word of the shorter of the two must be found in the other.
    """
    printed = [*surname.split(), *given_names.split()]
    if not is_latin(answered):
        return any(_same_in_other_script(list(words), printed) for words in spellings(answered)[:1] if words)
    return any(_same_words(list(words), printed, cut) for words in spellings(answered) if words)


def _same_in_other_script(answered: list[str], printed: list[str]) -> bool:
    shorter, longer = sorted((answered, printed), key=len)
    return bool(shorter) and _all_found(shorter, list(longer), _OTHER_SCRIPT_MIN, _other_script_alike)


def _same_words(answered: list[str], printed: list[str], cut: bool) -> bool:
    if not printed:
        return False
    if _joined_alike(answered, printed):
        return True
    shorter, longer = sorted((answered, printed), key=len)
    if len(shorter) == 1 and len(longer) > 1 and len(shorter[0]) < 3:
        return False
    cut_word = printed[-1] if cut else None
    return _all_found(shorter, list(longer), _WORD_MIN, lambda word, other: _alike(word, other, cut_word))


def _joined_alike(answered: list[str], printed: list[str]) -> bool:
    """`Al-Masri` may be one word here and two there."""
    other = "".join(printed)
    rotations = ("".join(answered[at:] + answered[:at]) for at in range(len(answered)))
    return any(turned == other for turned in rotations)


def _all_found(shorter: list[str], longer: list[str], enough: float, alike: Callable[[str, str], float]) -> bool:
    for word in shorter:
        likely, best = max(((alike(word, other), other) for other in longer), default=(0.0, ""))
        if likely < enough:
            return False
        longer.remove(best)
    return True


def _alike(word: str, other: str, cut_word: str | None) -> float:
    if cut_word and cut_word in (word, other) and (word.startswith(other) or other.startswith(word)):
        return 1.0
    # A letter more or less makes another person of a short name: Ivan and Ivana.
    return _ratio(word, other) if min(len(word), len(other)) >= _LONG else float(word == other)


def _other_script_alike(word: str, other: str) -> float:
    """Arabic and Hebrew write no short vowels, and Cyrillic has several spellings for one letter."""
    bones, others = (one.translate(_VOWELS) for one in (word, other))
    return max(_ratio(word, other), _ratio(bones, others) if min(len(bones), len(others)) >= 2 else 0.0)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
