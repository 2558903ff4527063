"""Passwords, codes and references."""

from __future__ import annotations

import pytest

from accounts import passwords
from accounts.secrets import CODE_LENGTH, CODE_SIGNS, as_reference, folded, new_code, new_token


def test_a_password_fits_its_own_hash_and_no_other():
    kept = passwords.hashed("violet harbour train")
    assert kept.startswith("$argon2id$")
    assert "violet" not in kept
    assert passwords.fits(kept, "violet harbour train")
    assert not passwords.fits(kept, "violet harbour trains")
    assert kept != passwords.hashed("violet harbour train")


def test_no_account_has_a_password_and_nonsense_is_none():
    assert not passwords.fits(None, "nobody has this password")
    assert not passwords.fits("not a hash", "x")


def test_the_same_letter_typed_on_another_keyboard_is_the_same():
    assert passwords.fits(passwords.hashed("m\u00f8de p\u00e5 havnen \u00e9"), "m\u00f8de pa\u030a havnen e\u0301")


@pytest.mark.parametrize(("password", "codes"), [
    ("violet harbour train", []), ("short", ["too_short"]), ("aaaaaaaaaaaaaaaa", ["too_plain"]),
    ("ab" * 100, ["too_long", "too_plain"]),
    ("clara likes boats", ["holds_your_name"]), ("the jensens of odense", ["holds_your_name"]),
])
def test_a_new_password_is_told_all_that_is_wrong_with_it(password, codes):
    assert passwords.faults(password, email="clara@house.example", name="Clara Jensen") == codes


def test_codes_are_long_enough_unlike_and_free_of_signs_that_look_alike():
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) for code in made)
    assert not set(CODE_SIGNS) & set("0O1IL5S2Z8BUAEI")
    assert len(CODE_SIGNS) ** CODE_LENGTH > 2**35


def test_tokens_have_256_bits_and_are_safe_in_an_address():
    token = new_token()
    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("typed", ["K7F-4QX-2MP", "k7f4qx2mp", " K7F 4QX 2MP ", "k7f–4qx–2mp"])
def test_a_reference_is_found_however_it_was_typed(typed):
    assert as_reference(typed) == "K7F-4QX-2MP"


def test_signs_of_other_alphabets_are_no_part_of_a_code():
    assert folded("А7") == "7"  # a Cyrillic A
